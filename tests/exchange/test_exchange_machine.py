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

    @rule(who=LAPTOP, which=PICK)
    def add(self, who: int, which: int) -> None:
        """A new record; its form stays open."""
        if len(self.world.records) < self.most_records:
            self.forms.append(self.do("add", self.laptop(who), self.kinds[which % len(self.kinds)]))
            name, (no, kind), _more = self.steps[-1]
            self.steps[-1] = (name, (no, kind, self.forms[-1].id), {})

    def pick(self, who: int, which: int) -> Record | None:
        """A record as it stands on this laptop."""
        records = sorted(self.world.records)
        return self.world.form(self.laptop(who), records[which % len(records)])

    def an_old_form(self, who: int, which: int) -> Record | None:
        """One that may have been open since long ago, of a record that this laptop has met."""
        form = self.forms[which % len(self.forms)]
        return form if self.world.knows_of(self.laptop(who), form.id) else None

    @rule(who=LAPTOP, which=PICK, both=st.booleans())
    def save(self, who: int, which: int, both: bool) -> None:
        """Change what is on screen."""
        form = self.pick(who, which)
        if form is not None:
            names = FIELDS[self.world.records[form.id]]
            chosen = names if both else (names[which % len(names)],)
            self.forms.append(self.do("save", self.laptop(who), form, chosen))

    @rule(who=LAPTOP, which=PICK)
    def save_an_old_form(self, who: int, which: int) -> None:
        """A form that has been open on this laptop while files came in."""
        form = self.an_old_form(who, which)
        if form is not None:
            names = FIELDS[self.world.records[form.id]]
            self.forms.append(self.do("save", self.laptop(who), form, (names[which % len(names)],)))

    @rule(who=LAPTOP, which=PICK)
    def delete(self, who: int, which: int) -> None:
        """Remove what is on screen."""
        form = self.pick(who, which)
        if form is not None:
            self.do("delete", self.laptop(who), form)

    @rule(who=LAPTOP, which=PICK)
    def add_again(self, who: int, which: int) -> None:
        """What is gone comes back."""
        form = self.an_old_form(who, which)
        if form is not None:
            self.do("add_again", self.laptop(who), form)

    @rule(who=LAPTOP, which=PICK, keep=st.sampled_from([0, 1]))
    def resolve(self, who: int, which: int, keep: int) -> None:
        """Clear one difference up."""
        no = self.laptop(who)
        with self.world.copies[no].rows() as conn:
            rows = conn.exec_driver_sql("SELECT rec, field FROM j_conflict ORDER BY rec, field").all()
        known = [(record, name) for record, name in rows if record in self.world.records]
        if known:
            record, name = known[which % len(known)]
            if name == DELETED or name in FIELDS[self.world.records[record]]:
                self.do("resolve", no, record, name, keep)

    @rule(who=LAPTOP, back=st.booleans())
    def undo(self, who: int, back: bool) -> None:
        """Take the latest action back, or do again what was undone."""
        self.do("undo", self.laptop(who), back=back)

    @rule(who=LAPTOP, whom=LAPTOP, full=st.booleans(), bare=st.booleans(), now=st.booleans())
    def give(self, who: int, whom: int, full: bool, bare: bool, now: bool) -> None:
        """A file for a colleague, which arrives at once, or later, or never."""
        sender, receiver = self.laptop(who), self.laptop(whom)
        if sender != receiver:
            which = self.do("post", sender, receiver, full=full, parts=BARE if bare else GIVEN)
            if now:
                self.do("deliver", which, receiver)

    @rule(who=LAPTOP, full=st.booleans(), bare=st.booleans())
    def give_all(self, who: int, full: bool, bare: bool) -> None:
        """One file for all others, which arrives with each of them later, or never."""
        sender = self.laptop(who)
        others = [no for no in range(self.size) if no != sender]
        self.do("post", sender, *others, full=full, parts=BARE if bare else GIVEN)

    @rule(which=PICK)
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

    @rule(who=LAPTOP, which=PICK, latest=st.booleans())
    def take_back(self, who: int, which: int, latest: bool) -> None:
        """Take a file back that came in, the latest one or any."""
        no = self.laptop(who)
        taken = self.world.minds[no].taken
        if taken:
            self.do("take_back", no, len(taken) - 1 if latest else which % len(taken))

    @rule(which=PICK)
    def crash_while_taking(self, which: int) -> None:
        """The program is killed before the end of an import: nothing has happened."""
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

    @rule(who=LAPTOP, years=st.sampled_from(SKEWS))
    def shift_clock(self, who: int, years: int) -> None:
        """A clock that is off by years."""
        self.do("shift_clock", self.laptop(who), years)

    @rule(who=LAPTOP)
    def snapshot(self, who: int) -> None:
        """A backup is made."""
        self.do("snapshot", self.laptop(who))

    @rule(who=LAPTOP)
    def restore(self, who: int) -> None:
        """The backup is put back."""
        self.do("restore", self.laptop(who))

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
    ("machine", "few", "share"), [(ExchangeMachine, 8, 25), (SmallMachine, 10, 30), (ClocksMachine, 6, 15)]
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
