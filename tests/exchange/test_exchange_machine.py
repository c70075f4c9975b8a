"""Several laptops, any order of writing, giving, taking and losing: nothing is lost, and all agree at last."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from typing_extensions import override

from app.content.load import Content
from app.domain.op import DELETED
from app.domain.record import Record
from app.services import take
from tests.support.exchange_oracle import FIELDS
from tests.support.exchange_world import World
from tests.support.laptops import BARE, GIVEN, SKEWS, make_templates
from tests.support.machine_runs import Counted, run

LAPTOP = st.integers(0, 9)
PICK = st.integers(0, 10**6)


class ExchangeMachine(Counted):
    """Three to five laptops with one family; `kinds` of records that may be made."""

    templates: ClassVar[dict[int, list[Path]]]
    content: ClassVar[Content]
    sizes: tuple[int, ...] = (3, 4, 5)
    kinds: tuple[str, ...] = ("alias", "talk", "health_fact", "own_note")
    most_records = 6

    def __init__(self) -> None:
        super().__init__()
        self.world: World
        self.forms: list[Record] = []
        self.steps: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    @initialize(size=PICK)
    def begin(self, size: int) -> None:
        """Laptops, and a record so that there is something to meet on."""
        self.size = self.sizes[size % len(self.sizes)]
        self.world = World(self.templates[self.size], self.content)
        self.add(0, 0)

    def do(self, name: str, *args: Any, **more: Any) -> Any:
        """A step in the world, which is remembered."""
        self.steps.append((name, args, more))
        self.met[name] += 1
        return getattr(self.world, name)(*args, **more)

    @override
    def teardown(self) -> None:
        """At last everybody gives everything to everybody: all see the same."""
        if not hasattr(self, "world"):
            return
        try:
            self.at_last()
            self.passed()
        finally:
            self.world.close()

    def at_last(self) -> None:
        """What must hold when all is done."""
        self.world.settle()
        first = self.world.picture(0)
        for no in range(self.size):
            self.world.check(no)
            assert self.world.picture(no) == first

    def laptop(self, which: int) -> int:
        """One of them."""
        return which % self.size

    @rule(
        what=st.sampled_from(
            ["save", "save", "old form", "remove", "resolve", "undo", "undo", "redo", "add"]
        ),
        who=LAPTOP,
        which=PICK,
        both=st.booleans(),
    )
    def write(self, what: str, who: int, which: int, both: bool) -> None:
        """An officer works, perhaps on a form that was open while files came in."""
        if what in ("save", "old form"):
            self.save(who, which, old=what == "old form", both=both)
        elif what == "remove":
            self.remove_or_bring_back(who, which, old=both)
        elif what == "resolve":
            self.resolve(who, which, keep=int(both))
        elif what == "add":
            self.add(who, which)
        else:
            self.do("undo", self.laptop(who), back=what == "undo")

    @rule(
        what=st.sampled_from(["give", "give", "write", "later", "all", "deliver", "take back", "regret"]),
        who=LAPTOP,
        whom=LAPTOP,
        which=PICK,
        full=st.booleans(),
        bare=st.booleans(),
    )
    def exchange(self, what: str, who: int, whom: int, which: int, full: bool, bare: bool) -> None:
        """Files are made, and arrive at once, or later, or never, or twice; what came in may go back."""
        if what in ("write", "regret"):
            self.save(who, which, old=False, both=full)
            receiver = self.give(who, whom, full=False, bare=False, now=True)
            if what == "regret":
                self.take_back(which, latest=True, only=receiver)
        elif what in ("give", "later"):
            self.give(who, whom, full=full, bare=bare, now=what == "give")
        elif what == "all":
            self.give_all(who, full=full, bare=bare)
        elif what == "deliver":
            self.deliver(which)
        else:
            self.take_back(which, latest=bare)

    def add(self, who: int, which: int) -> None:
        """A new record; its form stays open."""
        if len(self.world.records) < self.most_records:
            self.forms.append(self.do("add", self.laptop(who), self.kinds[which % len(self.kinds)]))
            name, (no, kind), _more = self.steps[-1]
            self.steps[-1] = (name, (no, kind, self.forms[-1].id), {})

    def form(self, no: int, which: int, *, old: bool) -> Record | None:
        """A record as it stands on this laptop, or a form of it that has been open since long ago."""
        if old:
            form = self.forms[which % len(self.forms)]
            return form if self.world.knows_of(no, form.id) else None
        records = sorted(self.world.records)
        return self.world.form(no, records[which % len(records)])

    def save(self, who: int, which: int, *, old: bool, both: bool) -> None:
        """Change what is on screen, perhaps on a form that was open while files came in."""
        no = self.laptop(who)
        form = self.form(no, which, old=old)
        if form is not None:
            names = FIELDS[self.world.records[form.id]]
            chosen = names if both else (names[which % len(names)],)
            self.forms.append(self.do("save", no, form, chosen))

    def remove_or_bring_back(self, who: int, which: int, *, old: bool) -> None:
        """Remove what is on screen; what is gone comes back."""
        no = self.laptop(who)
        form = self.form(no, which, old=old)
        if form is not None:
            gone = not self.world.sights(no)[form.id].there
            self.do("add_again" if gone else "delete", no, form)

    def resolve(self, who: int, which: int, *, keep: int) -> None:
        """Clear one difference up."""
        no = self.laptop(who)
        with self.world.copies[no].rows() as conn:
            rows = conn.exec_driver_sql("SELECT rec, field FROM j_conflict ORDER BY rec, field").all()
        known = [(record, name) for record, name in rows if record in self.world.records]
        if known:
            record, name = known[which % len(known)]
            if name == DELETED or name in FIELDS[self.world.records[record]]:
                self.do("resolve", no, record, name, keep)

    def give(self, who: int, whom: int, *, full: bool, bare: bool, now: bool) -> int:
        """A file for a colleague."""
        sender, receiver = self.laptop(who), self.laptop(whom)
        if sender == receiver:
            receiver = (sender + 1) % self.size
        which = self.do("post", sender, receiver, full=full, parts=BARE if bare else GIVEN)
        if now:
            self.do("deliver", which, receiver)
        return receiver

    def give_all(self, who: int, *, full: bool, bare: bool) -> None:
        """One file for all others."""
        sender = self.laptop(who)
        others = [no for no in range(self.size) if no != sender]
        self.do("post", sender, *others, full=full, parts=BARE if bare else GIVEN)

    def deliver(self, which: int) -> None:
        """Any file that was ever made, perhaps again."""
        posted = self.a_file(which)
        if posted is not None:
            self.do("deliver", *posted)

    def a_file(self, which: int) -> tuple[int, int] | None:
        """A file that was made, and a laptop that can open it."""
        if self.world.posted:
            no = which % len(self.world.posted)
            able = self.world.may_open(no)
            if able:
                return no, able[which % len(able)]
        return None

    def take_back(self, which: int, *, latest: bool, only: int | None = None) -> None:
        """Take a file back, the latest that brought something to a laptop, or any."""
        able = [
            (no, place)
            for no, mind in enumerate(self.world.minds)
            for place, coming in enumerate(mind.taken)
            if not coming.back
            and only in (no, None)
            and (not latest or any(one.record for one in coming.gained))
        ]
        if able:
            no, place = able[which % len(able)]
            place = dict(able)[no] if latest else place
            self.do("take_back", no, place)
            self.met["went back"] += self.world.minds[no].taken[place].back

    @rule(what=st.sampled_from(["crash", "clock", "backup", "restore"]), who=LAPTOP, which=PICK)
    def accident(self, what: str, who: int, which: int) -> None:
        """A kill in the midst of an import, a clock that is off by years, a backup that is made, or put back."""
        if what == "crash":
            self.crash_while_taking(which)
        elif what == "clock":
            self.do("shift_clock", self.laptop(who), SKEWS[which % len(SKEWS)])
        else:
            self.do("snapshot" if what == "backup" else "restore", self.laptop(who))

    def crash_while_taking(self, which: int) -> None:
        """Nothing has happened."""
        posted = self.a_file(which)
        if posted is None:
            return
        no, receiver = posted
        before = self.world.picture(receiver)
        with (
            self.world.killed_in(take, "_note"),
            pytest.raises(KeyboardInterrupt),
            self.world.at(receiver) as copy,
        ):
            take.accept(copy.session, self.world.posted[no].path)
        assert self.world.picture(receiver) == before

    @invariant()
    def every_value_stands_or_was_replaced_by_who_saw_it(self) -> None:
        """On every laptop, after every step."""
        for no in range(self.size):
            self.world.check(no)


class SmallMachine(ExchangeMachine):
    """One record and three laptops: rare meetings become common."""

    sizes = (3,)
    kinds = ("alias",)
    most_records = 1


class ClocksMachine(SmallMachine):
    """The same steps once more with other clocks: every laptop holds the same values, before and after all meet."""

    @override
    def at_last(self) -> None:
        """Also in the twin."""
        twin = World(self.templates[self.size], self.content)
        try:
            for no in range(self.size):
                twin.shift_clock(no, other_clock(0, no))
            for name, args, more in self.steps:
                if name == "shift_clock":
                    no, years = args
                    twin.shift_clock(no, other_clock(years, no))
                else:
                    getattr(twin, name)(*args, **more)
            self.the_same(twin)
            super().at_last()
            twin.settle()
            self.the_same(twin)
        finally:
            twin.close()

    def the_same(self, twin: World) -> None:
        """Read from both, and by both oracles."""
        for no in range(self.size):
            assert self.world.sights(no) == twin.sights(no)
            twin.check(no)


def other_clock(years: int, no: int) -> int:
    """How far a clock is off in the twin: never as here, and in another order among the laptops."""
    return SKEWS[(SKEWS.index(years) + 1 + no) % len(SKEWS)]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, content: Content) -> dict[int, list[Path]]:
    """Laptops by how many there are."""
    folder = tmp_path_factory.mktemp("laptops")
    return {count: make_templates(folder, count, content) for count in ExchangeMachine.sizes}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("machine", "few", "share"), [(ExchangeMachine, 8, 25), (SmallMachine, 10, 30), (ClocksMachine, 6, 20)]
)
def test_any_order_of_meetings(
    machine: type[ExchangeMachine],
    few: int,
    share: int,
    templates: dict[int, list[Path]],
    content: Content,
) -> None:
    machine.templates, machine.content = templates, content
    run(machine, few=few, share=share)


@pytest.mark.parametrize("which", [0, 1], ids=["the first value", "the second value"])
def test_what_undoing_brings_back_does_not_depend_on_clocks(
    which: int, templates: dict[int, list[Path]], content: Content
) -> None:
    """Where a third value was added beside two, undoing writes one of the two once more: always the same one."""
    seen = []
    for years in SKEWS:
        world = World(templates[3], content)
        try:
            world.shift_clock(1, years)
            form = world.add(0, "alias")
            world.deliver(world.post(0, 1, full=True, parts=GIVEN), 1)
            forms = [world.save(no, form, ("family_name",)) for no in (0, 1)]
            world.deliver(world.post(0, 1, full=False, parts=GIVEN), 1)
            world.deliver(world.post(1, 0, full=False, parts=GIVEN), 0)
            world.save(0, form, ("family_name",))
            world.undo(0)
            world.save(1, forms[which], ("family_name",))
            world.deliver(world.post(1, 0, full=False, parts=GIVEN), 0)
            world.check(0)
            seen.append(world.sights(0)[form.id].values["family_name"])
        finally:
            world.close()
    assert len(set(seen)) == 1, seen
