"""Families, persons, destructions and values taken out, on several laptops in any order: see `family_world`."""

from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule
from typing_extensions import override

from app.content.load import Content
from app.domain.record import Compartment
from app.services import give
from tests.support.family_world import FIELD, Begun, Families
from tests.support.laptops import BARE, GIVEN, SKEWS, make_templates
from tests.support.machine_runs import Counted, run

LAPTOP = st.integers(0, 9)
PICK = st.integers(0, 10**6)
KINDS_HERE = tuple(FIELD)


class FamilyMachine(Counted):
    """Everything that may happen to families between laptops."""

    begun: ClassVar[Begun]
    content: ClassVar[Content]

    def __init__(self) -> None:
        super().__init__()
        self.world = Families(self.begun.templates, self.content, self.begun)

    @override
    def teardown(self) -> None:
        """At last everybody gives everything to everybody: all see the same."""
        world = self.world
        try:
            world.settle_all()
            for no in range(len(world.copies)):
                world.sound(no)
            world.agreed()
            self.passed()
        finally:
            self.met.update(
                {
                    "differences": world.differences,
                    "set apart": world.set_apart,
                    "destructions": len(world.orders),
                    "taken out": len(world.redactions),
                    "taken back": world.taken_back,
                    "restores": world.restores,
                }
            )
            world.close()

    def laptop(self, which: int) -> int:
        """One of them."""
        self.met["steps"] += 1
        return which % len(self.world.copies)

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
            (sent,) = self.world.send(
                sender, receiver, dossiers=picked, compartments=chosen, full=full, split=split
            )
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
            with self.world.killed_in(give, "_note"), pytest.raises(KeyboardInterrupt):
                self.world.send(sender, receiver, dossiers=dossiers, compartments=GIVEN)
            assert self.world.texts(sender) == before
            assert {one for one in self.world.folder.iterdir() if "regiemap" in one.name} <= files

    @rule(who=LAPTOP)
    def keep(self, who: int) -> None:
        """Make a backup."""
        self.world.keep(self.laptop(who))

    @rule(who=LAPTOP)
    def restore(self, who: int) -> None:
        """Put the backup back."""
        no = self.laptop(who)
        self.world.restore(no)
        self.world.sound(no)

    @rule(who=LAPTOP)
    def renew(self, who: int) -> None:
        """New keys."""
        self.world.renew(self.laptop(who))

    @rule(who=LAPTOP, years=st.sampled_from(SKEWS))
    def shift_clock(self, who: int, years: int) -> None:
        """A clock that is off by years."""
        self.world.shift_clock(self.laptop(who), years)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Begun:
    """Three laptops."""
    folder = tmp_path_factory.mktemp("families")
    return Families.begin(make_templates(folder, 3, content), content, folder)


@pytest.mark.slow
def test_any_order_of_meetings_of_families(begun: Begun, content: Content) -> None:
    FamilyMachine.begun, FamilyMachine.content = begun, content
    run(FamilyMachine, few=9, share=30)
