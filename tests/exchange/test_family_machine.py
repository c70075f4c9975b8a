"""Families, persons, destructions and values taken out, on several laptops in any order: see `family_world`."""

from pathlib import Path
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
MOST_FAMILIES = 4


class FamilyMachine(Counted):
    """Everything that may happen to families between laptops."""

    begun: ClassVar[Begun]
    content: ClassVar[Content]
    world_of: ClassVar[type[Families]] = Families

    def __init__(self) -> None:
        super().__init__()
        self.world = self.world_of(self.begun.templates, self.content, self.begun)

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

    @rule(
        what=st.sampled_from(["put", "put", "change", "remove", "undo", "redo", "take out", "family"]),
        who=LAPTOP,
        which=PICK,
        kind=st.sampled_from(KINDS_HERE),
    )
    def write(self, what: str, who: int, which: int, kind: str) -> None:
        """An officer works."""
        no, world = self.laptop(who), self.world
        scopes = world.scopes(no, "dossier" if kind == "talk" else "person")
        if what == "put" and scopes:
            world.put(no, kind, scopes[which % len(scopes)])
        elif what == "change":
            world.change(no, which)
        elif what == "remove":
            world.remove(no, which)
        elif what in ("undo", "redo"):
            world.step(no, back=what == "undo")
        elif what == "take out":
            world.take_out(no, which)
            world.sound(no)
        elif what == "family" and len(world.scopes(no, "dossier")) < MOST_FAMILIES:
            world.family(no)

    @rule(
        what=st.sampled_from(["join", "shielded", "membership", "same person"]),
        who=LAPTOP,
        which=PICK,
        whom=PICK,
    )
    def relate(self, what: str, who: int, which: int, whom: int) -> None:
        """A person in a second dossier, perhaps shielded; a membership ends or begins; same person, crosswise."""
        no = self.laptop(who)
        dossiers, persons = self.world.scopes(no, "dossier"), self.world.scopes(no, "person")
        if what == "membership":
            self.world.change_membership(no, which)
        elif what == "same person":
            if len(persons) > 1:
                self.world.link(no, persons[0], persons[1])
        elif dossiers and persons:
            dossier, person = dossiers[which % len(dossiers)], persons[whom % len(persons)]
            self.world.join(no, dossier, person, shielded=what == "shielded")

    @rule(what=st.sampled_from(["family", "person", "agree"]), who=LAPTOP, which=PICK)
    def destroy(self, what: str, who: int, which: int) -> None:
        """Destroy a family or a person, at most two in one run, or nothing is left to meet; agree to what waits."""
        no, kind = self.laptop(who), "person" if what == "person" else "dossier"
        if what == "agree":
            self.world.agree(no)
            return
        scopes = self.world.scopes(no, kind)
        if scopes and len(self.world.orders) < 2:
            self.world.destroy(no, scopes[which % len(scopes)], kind)
            self.world.sound(no)

    @rule(
        what=st.sampled_from(["now", "now", "now", "later", "parts", "arrive", "one family", "take back"]),
        who=LAPTOP,
        whom=LAPTOP,
        which=PICK,
        chosen=st.sampled_from([BARE, GIVEN, frozenset({Compartment.KERN})]),
        full=st.booleans(),
    )
    def exchange(
        self, what: str, who: int, whom: int, which: int, chosen: frozenset[Compartment], full: bool
    ) -> None:
        """Files with one family or all are made, and arrive at once, or later, or twice, or never, or go back."""
        sender, receiver = self.laptop(who), self.laptop(whom)
        if what == "take back":
            self.world.go_back(receiver)
            self.world.sound(receiver)
        elif what in ("arrive", "one family"):
            self.arrive(which, only=what == "one family")
        else:
            if sender == receiver:
                receiver = (sender + 1) % len(self.world.copies)
            self.send(sender, receiver, which, chosen, full=full, how=what)

    def send(
        self, sender: int, receiver: int, which: int, chosen: frozenset[Compartment], *, full: bool, how: str
    ) -> None:
        """A file with one family or all."""
        dossiers = self.world.scopes(sender, "dossier")
        if dossiers:
            no = which % (len(dossiers) + 1)
            picked = tuple(dossiers) if no == len(dossiers) else (dossiers[no],)
            split = how == "parts"
            (sent,) = self.world.send(
                sender, receiver, dossiers=picked, compartments=chosen, full=full, split=split
            )
            if how != "later":
                self.world.arrive(sent, part=which)
                self.world.sound(receiver)

    def arrive(self, which: int, *, only: bool) -> None:
        """Any file that was ever made, whole or one family of it."""
        if self.world.files:
            sent = self.world.files[which % len(self.world.files)]
            families = frozenset(sent.dossiers[:1]) if only and sent.dossiers else None
            self.world.arrive(sent, part=which, only=families)
            self.world.sound(sent.receiver)

    @rule(
        what=st.sampled_from(["kill", "clock", "backup", "restore", "restore", "new keys"]),
        who=LAPTOP,
        which=PICK,
    )
    def accident(self, what: str, who: int, which: int) -> None:
        """A kill in the midst of giving, a clock that is off, a backup that is made, or put back, new keys."""
        no = self.laptop(who)
        if what == "kill":
            self.killed_while_giving(no, (no + 1) % len(self.world.copies))
        elif what == "clock":
            self.world.shift_clock(no, SKEWS[which % len(SKEWS)])
        elif what == "backup":
            self.world.keep(no)
        elif what == "restore":
            self.world.restore(no)
            self.world.sound(no)
        else:
            self.world.renew(no)

    def killed_while_giving(self, sender: int, receiver: int) -> None:
        """Nothing has happened and no file is left."""
        dossiers = tuple(self.world.scopes(sender, "dossier"))
        if dossiers:
            before, files = self.world.texts(sender), set(self.world.folder.iterdir())
            with self.world.killed_in(give, "_note"), pytest.raises(KeyboardInterrupt):
                self.world.send(sender, receiver, dossiers=dossiers, compartments=GIVEN)
            assert self.world.texts(sender) == before
            assert {one for one in self.world.folder.iterdir() if "regiemap" in one.name} <= files


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Begun:
    """Three laptops."""
    folder = tmp_path_factory.mktemp("families")
    return Families.begin(make_templates(folder, 3, content), content, folder)


@pytest.mark.slow
def test_any_order_of_meetings_of_families(begun: Begun, content: Content) -> None:
    FamilyMachine.begun, FamilyMachine.content = begun, content
    run(FamilyMachine, few=9, share=25)


class DerivingFamilies(Families):
    """The same, with everything that is derived for the screens."""

    derives = True

    def __init__(self, templates: list[Path], content: Content, begun: Begun | None = None) -> None:
        super().__init__(templates, content, begun)
        for copy in self.copies:
            copy.store.refresh_all()

    @override
    def sound(self, no: int) -> None:
        super().sound(no)
        self.lines_are_true(no)


class DerivingMachine(FamilyMachine):
    """Lists, agenda and what persons are found by stay true, whatever happens to families."""

    world_of = DerivingFamilies


@pytest.mark.slow
def test_lists_stay_true_whatever_happens_to_families(begun: Begun, content: Content) -> None:
    DerivingMachine.begun, DerivingMachine.content = begun, content
    run(DerivingMachine, few=9, share=5)
