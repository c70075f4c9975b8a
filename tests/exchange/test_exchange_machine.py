"""Several laptops, any order of writing, giving, taking and losing: nothing is lost, and all agree at last."""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from typing_extensions import override

from app.content.load import Content
from app.domain.op import DELETED
from app.domain.record import Record
from app.services import take
from tests.support.exchange_world import BARE, FIELDS, GIVEN, YEAR_MS, World, make_templates

LAPTOP = st.integers(0, 9)
PICK = st.integers(0, 10**6)


class ExchangeMachine(RuleBasedStateMachine):
    """`count` laptops with one family; `kinds` of records that may be made."""

    templates: list[Path]
    content: Content
    kinds: tuple[str, ...] = ("alias", "talk", "health_fact", "own_note")
    most_records = 6

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.templates, self.content)
        self.forms: list[Record] = []

    @override
    def teardown(self) -> None:
        """At last everybody gives everything to everybody: all see the same."""
        try:
            self.world.settle()
            first = self.world.picture(0)
            for no in range(len(self.world.copies)):
                self.world.check(no)
                assert self.world.picture(no) == first
        finally:
            self.world.close()

    def laptop(self, which: int) -> int:
        """One of them."""
        return which % len(self.world.copies)

    @initialize()
    def one_record(self) -> None:
        """So that there is something to meet on."""
        self.forms.append(self.world.add(0, self.kinds[0]))

    @rule(who=LAPTOP, which=PICK)
    def add(self, who: int, which: int) -> None:
        """A new record; its form stays open."""
        if len(self.world.records) < self.most_records:
            self.forms.append(self.world.add(self.laptop(who), self.kinds[which % len(self.kinds)]))

    def pick(self, who: int, which: int) -> Record | None:
        """A record as it stands on this laptop."""
        records = sorted(self.world.records)
        return self.world.form(self.laptop(who), records[which % len(records)])

    @rule(who=LAPTOP, which=PICK, both=st.booleans())
    def save(self, who: int, which: int, both: bool) -> None:
        """Change what is on screen."""
        form = self.pick(who, which)
        if form is not None:
            names = FIELDS[self.world.records[form.id]]
            chosen = names if both else (names[which % len(names)],)
            self.forms.append(self.world.save(self.laptop(who), form, chosen))

    @rule(who=LAPTOP, which=PICK)
    def save_an_old_form(self, who: int, which: int) -> None:
        """A form that has been open on this laptop while files came in."""
        form = self.forms[which % len(self.forms)]
        no = self.laptop(who)
        if any(deed.record == form.id for deed in self.world.copies[no].knows):
            names = FIELDS[self.world.records[form.id]]
            self.forms.append(self.world.save(no, form, (names[which % len(names)],)))

    @rule(who=LAPTOP, which=PICK)
    def delete(self, who: int, which: int) -> None:
        """Remove what is on screen."""
        form = self.pick(who, which)
        if form is not None:
            self.world.delete(self.laptop(who), form)

    @rule(who=LAPTOP, which=PICK)
    def add_again(self, who: int, which: int) -> None:
        """What is gone comes back."""
        form = self.forms[which % len(self.forms)]
        no = self.laptop(who)
        if any(deed.record == form.id for deed in self.world.copies[no].knows):
            self.world.add_again(no, form)

    @rule(who=LAPTOP, which=PICK, keep=st.sampled_from([0, 1]))
    def resolve(self, who: int, which: int, keep: int) -> None:
        """Clear one difference up."""
        no = self.laptop(who)
        with self.world.copies[no].store.read() as conn:
            rows = conn.exec_driver_sql("SELECT rec, field FROM j_conflict ORDER BY rec, field").all()
        known = [(record, name) for record, name in rows if record in self.world.records]
        if known:
            record, name = known[which % len(known)]
            if name == DELETED or name in FIELDS[self.world.records[record]]:
                self.world.resolve(no, record, name, keep)

    @rule(who=LAPTOP, whom=LAPTOP, full=st.booleans(), bare=st.booleans(), now=st.booleans())
    def give(self, who: int, whom: int, full: bool, bare: bool, now: bool) -> None:
        """A file for a colleague, which arrives at once, or later, or never."""
        sender, receiver = self.laptop(who), self.laptop(whom)
        if sender != receiver:
            posted = self.world.post(sender, receiver, full=full, parts=BARE if bare else GIVEN)
            if now:
                self.world.deliver(posted)

    @rule(which=PICK)
    def deliver(self, which: int) -> None:
        """Any file that was ever made, perhaps again."""
        files = [
            posted
            for posted in self.world.posted
            if self.world.copies[posted.receiver].desk.device == self.device_of(posted)
        ]
        if files:
            self.world.deliver(files[which % len(files)])

    def device_of(self, posted: object) -> str:
        """The device a file was made for; one that was replaced since can still open it."""
        return self.world.copies[posted.receiver].desk.device  # type: ignore[attr-defined]

    @rule(which=PICK)
    def crash_while_taking(self, which: int) -> None:
        """The program is killed before the end of an import: nothing has happened."""
        if not self.world.posted:
            return
        posted = self.world.posted[which % len(self.world.posted)]
        before = self.world.picture(posted.receiver)
        kept = take._note

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        take._note = killed  # type: ignore[assignment]
        try:
            with pytest.raises(KeyboardInterrupt), self.world.at(posted.receiver) as copy:
                take.accept(copy.session, posted.path)
        finally:
            take._note = kept
        assert self.world.picture(posted.receiver) == before

    @rule(who=LAPTOP, years=st.sampled_from([-56, -3, 0, 2, 73]))
    def shift_clock(self, who: int, years: int) -> None:
        """A clock that is off by years."""
        self.world.copies[self.laptop(who)].skew_ms = years * YEAR_MS

    @rule(who=LAPTOP)
    def snapshot(self, who: int) -> None:
        """A backup is made."""
        self.world.snapshot(self.laptop(who))

    @rule(who=LAPTOP)
    def restore(self, who: int) -> None:
        """The backup is put back."""
        self.world.restore(self.laptop(who))

    @invariant()
    def every_value_stands_or_was_replaced_by_who_saw_it(self) -> None:
        """On every laptop, after every step."""
        for no in range(len(self.world.copies)):
            self.world.check(no)


class SmallMachine(ExchangeMachine):
    """One record and three laptops: rare meetings become common."""

    kinds = ("alias",)
    most_records = 1


LONG = int(os.environ.get("REGIEMAP_RUNS", "0"))
SHORT = settings(
    max_examples=LONG or 6,
    stateful_step_count=40 if LONG else 25,
    phases=[Phase.generate] if not LONG else [Phase.generate, Phase.shrink],
    deadline=None,
    report_multiple_bugs=False,
)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, content: Content) -> dict[int, list[Path]]:
    """Laptops by how many there are."""
    folder = tmp_path_factory.mktemp("laptops")
    return {count: make_templates(folder, count, content) for count in (3, 4)}


@pytest.mark.slow
@pytest.mark.parametrize(("machine", "count"), [(ExchangeMachine, 4), (SmallMachine, 3)])
def test_any_order_of_meetings(
    machine: type[ExchangeMachine], count: int, templates: dict[int, list[Path]], content: Content
) -> None:
    machine.templates, machine.content = templates[count], content
    run_state_machine_as_test(machine, settings=SHORT)
