"""Families, persons, destructions and values taken out, on several laptops in any order: see `family_world`."""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from typing_extensions import override

from app.content.load import Content
from app.domain.record import Compartment
from tests.support.exchange_world import BARE, GIVEN, YEAR_MS, make_templates
from tests.support.family_world import FIELD, Families

LAPTOP = st.integers(0, 9)
PICK = st.integers(0, 10**6)
KINDS_HERE = tuple(FIELD)
MET: dict[str, int] = {
    "runs": 0,
    "steps": 0,
    "differences": 0,
    "set apart": 0,
    "destructions": 0,
    "taken out": 0,
}


class FamilyMachine(RuleBasedStateMachine):
    """Everything that may happen to families between laptops."""

    templates: list[Path]
    content: Content

    def __init__(self) -> None:
        super().__init__()
        self.world = Families(self.templates, self.content)
        MET["runs"] += 1

    @override
    def teardown(self) -> None:
        """At last everybody gives everything to everybody: all see the same."""
        world = self.world
        try:
            world.settle_all()
            for no in range(len(world.copies)):
                world.sound(no)
            world.agreed()
        finally:
            MET["differences"] += world.differences
            MET["set apart"] += world.set_apart
            MET["destructions"] += len(world.orders)
            MET["taken out"] += len(world.redacted)
            world.close()

    def laptop(self, which: int) -> int:
        """One of them."""
        MET["steps"] += 1
        return which % len(self.world.copies)

    @initialize()
    def begin(self) -> None:
        """Two families with an alias, which all laptops have, and one on one laptop only."""
        self.world.family(0)
        for person in self.world.persons:
            self.world.put(0, "alias", person)
        for receiver in range(1, len(self.world.copies)):
            dossiers = tuple(self.world.scopes(0, "dossier"))
            self.world.arrive(self.world.send(0, receiver, dossiers, GIVEN))
        self.world.family(1)

    @rule(who=LAPTOP, which=PICK, kind=st.sampled_from(KINDS_HERE))
    def put(self, who: int, which: int, kind: str) -> None:
        """A new record."""
        no = self.laptop(who)
        scopes = self.world.scopes(no, "dossier" if kind == "talk" else "person")
        if scopes:
            self.world.put(no, kind, scopes[which % len(scopes)])

    @rule(who=LAPTOP, which=PICK)
    def change(self, who: int, which: int) -> None:
        """Change one."""
        self.world.change(self.laptop(who), which)

    @rule(who=LAPTOP, which=PICK)
    def remove(self, who: int, which: int) -> None:
        """Remove one."""
        self.world.remove(self.laptop(who), which)

    @rule(who=LAPTOP, back=st.booleans())
    def step(self, who: int, back: bool) -> None:
        """Undo or redo."""
        self.world.step(self.laptop(who), back=back)

    @rule(who=LAPTOP, which=PICK)
    def take_out(self, who: int, which: int) -> None:
        """Take a value out."""
        no = self.laptop(who)
        self.world.take_out(no, which)
        self.world.sound(no)

    @rule(who=LAPTOP, which=PICK, whom=PICK, shielded=st.booleans())
    def join(self, who: int, which: int, whom: int, shielded: bool) -> None:
        """A person in a second dossier."""
        no = self.laptop(who)
        dossiers, persons = self.world.scopes(no, "dossier"), self.world.scopes(no, "person")
        if dossiers and persons:
            dossier, person = dossiers[which % len(dossiers)], persons[whom % len(persons)]
            self.world.join(no, dossier, person, shielded=shielded)

    @rule(who=LAPTOP, which=PICK)
    def change_membership(self, who: int, which: int) -> None:
        """End or begin one."""
        self.world.change_membership(self.laptop(who), which)

    @rule(who=LAPTOP)
    def link(self, who: int) -> None:
        """Same person, crosswise."""
        no = self.laptop(who)
        persons = self.world.scopes(no, "person")
        if len(persons) > 1:
            self.world.link(no, persons[0], persons[1])

    @rule(who=LAPTOP, which=PICK, person=st.booleans())
    def destroy(self, who: int, which: int, person: bool) -> None:
        """Destroy a family or a person; at most two in one run, or nothing is left to meet."""
        no, kind = self.laptop(who), "person" if person else "dossier"
        scopes = self.world.scopes(no, kind)
        if scopes and len(self.world.orders) < 2:
            self.world.destroy(no, scopes[which % len(scopes)], kind)
            self.world.sound(no)

    @rule(who=LAPTOP)
    def agree(self, who: int) -> None:
        """Agree to what waits."""
        self.world.agree(self.laptop(who))

    @rule(
        who=LAPTOP,
        whom=LAPTOP,
        which=PICK,
        chosen=st.sampled_from([BARE, GIVEN, frozenset({Compartment.KERN})]),
        full=st.booleans(),
        split=st.booleans(),
        now=st.booleans(),
    )
    def send(
        self,
        who: int,
        whom: int,
        which: int,
        chosen: frozenset[Compartment],
        full: bool,
        split: bool,
        now: bool,
    ) -> None:
        """A file with one family or all."""
        sender, receiver = self.laptop(who), self.laptop(whom)
        dossiers = self.world.scopes(sender, "dossier")
        if sender != receiver and dossiers:
            no = which % (len(dossiers) + 1)
            picked = tuple(dossiers) if no == len(dossiers) else (dossiers[no],)
            sent = self.world.send(sender, receiver, picked, chosen, full=full, split=split)
            if now:
                self.world.arrive(sent)
                self.world.sound(receiver)

    @rule(which=PICK, part=PICK, only=st.booleans())
    def arrive(self, which: int, part: int, only: bool) -> None:
        """Any file that was ever made, whole or one family of it."""
        if self.world.files:
            sent = self.world.files[which % len(self.world.files)]
            families = frozenset(sent.dossiers[:1]) if only and sent.dossiers else None
            self.world.arrive(sent, part=part, only=families)
            self.world.sound(sent.receiver)

    @rule(who=LAPTOP)
    def go_back(self, who: int) -> None:
        """Take a file back."""
        no = self.laptop(who)
        self.world.go_back(no)
        self.world.sound(no)

    @rule(who=LAPTOP, whom=LAPTOP)
    def killed_while_giving(self, who: int, whom: int) -> None:
        """Nothing has happened and no file is left."""
        sender, receiver = self.laptop(who), self.laptop(whom)
        dossiers = tuple(self.world.scopes(sender, "dossier"))
        if sender != receiver and dossiers:
            before, files = self.world.texts(sender), set(self.world.folder.iterdir())
            with self.world.killed_while_giving(), pytest.raises(KeyboardInterrupt):
                self.world.send(sender, receiver, dossiers, GIVEN)
            assert self.world.texts(sender) == before
            assert {one for one in self.world.folder.iterdir() if "regiemap" in one.name} <= files

    @rule(who=LAPTOP)
    def renew(self, who: int) -> None:
        """New keys."""
        self.world.renew(self.laptop(who))

    @rule(who=LAPTOP, years=st.sampled_from([-56, -3, 0, 2, 73]))
    def shift_clock(self, who: int, years: int) -> None:
        """A clock that is off by years."""
        self.world.copies[self.laptop(who)].skew_ms = years * YEAR_MS


LONG = int(os.environ.get("REGIEMAP_RUNS", "0"))
SETTINGS = settings(
    max_examples=LONG or 5,
    stateful_step_count=40 if LONG else 25,
    phases=[Phase.generate, Phase.shrink] if os.environ.get("REGIEMAP_SHRINK") else [Phase.generate],
    derandomize=not LONG,
    deadline=None,
    report_multiple_bugs=False,
    print_blob=True,
)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, content: Content) -> list[Path]:
    """Three laptops."""
    return make_templates(tmp_path_factory.mktemp("families"), 3, content)


@pytest.mark.slow
def test_any_order_of_meetings_of_families(templates: list[Path], content: Content) -> None:
    FamilyMachine.templates, FamilyMachine.content = templates, content
    try:
        run_state_machine_as_test(FamilyMachine, settings=SETTINGS)
    finally:
        if LONG:
            print("\nMET", MET)  # noqa: T201
