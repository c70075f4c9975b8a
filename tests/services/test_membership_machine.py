"""Families over time in any order: nobody is lost or twice in one family, and undo gives back what was there."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from typing_extensions import override

from app.content.load import Content
from app.domain import verbs
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import SecretAddress
from app.services import clear_up, families, memberships, shield, take
from app.services.memberships import Changed, Leaving, NewFamily
from app.services.shield import Shield
from app.storage.uow import read_where
from tests.support.package_case import ALL, Office, make_office

PICK = st.integers(0, 10**6)
DAY = st.sampled_from(("2026-05-01", "2026-05", "2026", "~2026", "?"))
REASON = st.sampled_from(("lidmaatschap.vertrokken", "lidmaatschap.verhuisd", "lidmaatschap.gewijzigd"))
WHOLE = frozenset(ALL)
Rows = dict[str, list[object]]


class MembershipMachine(RuleBasedStateMachine):
    """Every deed on a laptop of one officer, then undone and done again."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.session = self.office.session
        self.everybody: set[str] = set()
        for title in ("Een", "Twee"):
            made = self.office.family(title)
            self.everybody.add(made.person)
            self.born(made.dossier, "1980-01-01")
            self.born(made.dossier, "2015")
        self.begun = set(self._ids())

    def _ids(self) -> list[str]:
        with self.session.store.read() as conn:
            return [row.id for row in read_where(conn, Dossier, "1 = 1 ORDER BY id")]

    def rows(self) -> Rows:
        """Everything that deeds may change, as it stands."""
        kinds = (Dossier, Membership, Person, SecretAddress)
        with self.session.store.read() as conn:
            return {kind.__name__: [*read_where(conn, kind, "1 = 1 ORDER BY id")] for kind in kinds}

    def family(self, which: int) -> tuple[str, tuple[str, ...]]:
        """One of the dossiers with its members."""
        ids = self._ids()
        dossier = ids[which % len(ids)]
        return dossier, tuple(member.person.id for member in families.load(self.session, dossier).members)

    def some(self, members: tuple[str, ...], which: int) -> tuple[str, ...]:
        """A choice of members; not always a possible one."""
        return tuple(person for place, person in enumerate(members) if which >> place & 1)

    def there_and_back(self, deed: Callable[[], Changed]) -> None:
        """Do it, undo it, do it again. What is refused changes nothing."""
        before = self.rows()
        try:
            deed()
        except KnownProblem:
            assert self.rows() == before
            return
        after = self.rows()
        if after == before:  # nothing was corrected: there is nothing to undo
            return
        self.session.store.undo()
        assert self.rows() == before
        self.session.store.redo()
        assert self.rows() == after

    def born(self, dossier: str, birth: str) -> None:
        """A child."""
        line = memberships.newborn(self.session, dossier)
        line = replace(line, person=line.person.with_values(given_names="Kind", birth_date=birth))
        self.there_and_back(lambda: memberships.born(self.session, line))
        self.everybody.add(line.person.id)

    @rule(which=PICK, birth=DAY)
    def birth(self, which: int, birth: str) -> None:
        """Somebody is born."""
        if len(self.everybody) < 12:
            self.born(self.family(which)[0], birth)

    @rule(which=PICK, who=PICK, on=DAY)
    def death(self, which: int, who: int, on: str) -> None:
        """Somebody dies."""
        dossier, members = self.family(which)
        if members:
            person = members[who % len(members)]
            self.there_and_back(lambda: memberships.died(self.session, dossier, person, on, sure=True))

    @rule(which=PICK, who=PICK, into=PICK, on=DAY, reason=REASON, back=st.booleans())
    def move(self, which: int, who: int, into: int, on: str, reason: str, back: bool) -> None:
        """Some move, or go back."""
        dossier, members = self.family(which)
        leaving = Leaving(persons=self.some(members, who), on=on, reason=reason, sure=True)
        deed = memberships.reunite if back else memberships.move
        self.there_and_back(lambda: deed(self.session, dossier, leaving, self.family(into)[0]))

    @rule(which=PICK, who=PICK, on=DAY, sure=st.booleans())
    def split(self, which: int, who: int, on: str, sure: bool) -> None:
        """A family splits."""
        dossier, members = self.family(which)
        leaving = Leaving(persons=self.some(members, who), on=on, reason=memberships.SPLIT, sure=sure)
        if len(self._ids()) < 8:
            self.there_and_back(
                lambda: memberships.split(self.session, dossier, leaving, NewFamily(title=""))
            )

    @rule(which=PICK, who=PICK, on=DAY, reason=REASON)
    def leave(self, which: int, who: int, on: str, reason: str) -> None:
        """Some leave."""
        dossier, members = self.family(which)
        leaving = Leaving(persons=self.some(members, who), on=on, reason=reason, sure=True)
        self.there_and_back(lambda: memberships.leave(self.session, dossier, leaving))

    @rule(which=PICK, who=PICK, on=DAY)
    def shield(self, which: int, who: int, on: str) -> None:
        """Some are shielded."""
        dossier, members = self.family(which)
        wanted = Shield(persons=self.some(members, who), on=on, address="Verzonnen", sure=True)
        if len(self._ids()) < 8:
            self.there_and_back(lambda: shield.shield(self.session, dossier, wanted))

    @rule(which=PICK)
    def lift(self, which: int) -> None:
        """Shielding is lifted."""
        dossier, members = self.family(which)
        self.there_and_back(lambda: shield.lift(self.session, dossier, members, "lidmaatschap.gesplitst"))

    @rule(which=PICK, who=PICK, to_on=st.one_of(st.none(), DAY))
    def correct(self, which: int, who: int, to_on: str | None) -> None:
        """An ending is corrected, or taken back."""
        with self.session.store.read() as conn:
            found = read_where(conn, Membership, "to_on IS NOT NULL AND shielded IS NOT 1 ORDER BY id")
        found = [row for row in found if not (row.reason or "").endswith("gewijzigd")]
        if found:
            row = found[(which + who) % len(found)]
            self.there_and_back(
                lambda: memberships.correct(self.session, row, row.with_values(to_on=to_on, custody=None))
            )

    @invariant()
    def nobody_is_lost_or_doubled(self) -> None:
        """Every person is still there, was a member of something, and is at most once a member of each family."""
        with self.session.store.read() as conn:
            people = {row.id for row in read_where(conn, Person, "1 = 1")}
            rows = read_where(conn, Membership, "1 = 1 ORDER BY id")
            shown = {
                dossier: [
                    member.person.id for member in families.load_in(conn, self.session, dossier).members
                ]
                for dossier in self._ids()
            }
        assert people == self.everybody == {row.person for row in rows}
        running = [(row.scope, row.person) for row in rows if row.to_on is None]
        assert len(running) == len(set(running))
        for dossier, members in shown.items():
            assert len(members) == len(set(members))
            shielding = {row.person for row in rows if row.shielded and row.scope != dossier}
            here = {row.person for row in rows if row.shielded and row.scope == dossier}
            assert not (shielding - here) & set(members)
        assert self.begun <= set(self._ids())

    @override
    def teardown(self) -> None:
        self.office.desk.store.close()


def test_families_over_time(tmp_path: Path, content: Content) -> None:
    count = iter(range(10**6))
    times = int(os.environ.get("MEMBERSHIP_RUNS", "8"))

    class Machine(MembershipMachine):
        def __init__(self) -> None:
            self.office = make_office(tmp_path / str(next(count)), "Anna", content)
            super().__init__()

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=times, stateful_step_count=15, deadline=None, phases=(Phase.explicit, Phase.generate)
        ),
    )


@pytest.mark.parametrize("by", ["move", "split"])
def test_moved_on_two_laptops_is_for_a_person_to_clear_up(anna: Office, bram: Office, by: str) -> None:
    home, first, second = (anna.family(title) for title in ("Thuis", "Anna's keuze", "Brams keuze"))
    everything = (home.dossier, first.dossier, second.dossier)
    take.accept(bram.session, anna.give(bram, dossiers=everything, parts=WHOLE))
    leaving = Leaving(persons=(home.person,), on="2026-05-01", reason=memberships.MOVED)
    there = [first.dossier, second.dossier]
    for no, office in enumerate((anna, bram)):
        if by == "move":
            memberships.move(office.session, home.dossier, leaving, there[no])
        else:
            there[no] = memberships.split(
                office.session, home.dossier, leaving, NewFamily(title=f"Deel {no}")
            ).dossier
    to_bram = anna.give(bram, dossiers=(*everything, there[0]), parts=WHOLE)
    to_anna = bram.give(anna, dossiers=(*everything, there[1]), parts=WHOLE)
    take.accept(bram.session, to_bram)
    take.accept(anna.session, to_anna)
    for office in (anna, bram):
        (matter,) = (one for one in clear_up.matters(office.session) if one.kind == "membership")
        assert {matter.dossier} < set(there)
        assert len(matter.answers) == 3
    (matter,) = (one for one in clear_up.matters(anna.session) if one.kind == "membership")
    clear_up.answer(anna.session, matter.id, matter.answers[0].code)
    take.accept(bram.session, anna.give(bram, dossiers=(home.dossier, *there), parts=WHOLE))
    for office in (anna, bram):
        assert not [one for one in clear_up.matters(office.session) if one.kind == "membership"]
        with office.desk.store.read() as conn:
            running = read_where(conn, Membership, "person = ? AND to_on IS NULL", (home.person,))
        assert [row.scope for row in running] == [matter.dossier]


def test_both_families_may_be_right(anna: Office) -> None:
    one, other = anna.family("Een"), anna.family("Twee")
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier, person=one.person))
    (matter,) = (each for each in clear_up.matters(anna.session) if each.kind == "membership")
    clear_up.answer(anna.session, matter.id, "both")
    assert not [each for each in clear_up.matters(anna.session) if each.kind == "membership"]
    assert one.person in {member.person.id for member in families.load(anna.session, other.dossier).members}


def test_in_three_families_one_answer_lets_the_first_be_home_and_the_others_elsewhere(anna: Office) -> None:
    one, *others = (anna.family(name) for name in ("Een", "Twee", "Drie"))
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        for other in others:
            uow.add(Membership(id=new_id(), scope=other.dossier, person=one.person))
    (matter,) = (each for each in clear_up.matters(anna.session) if each.kind == "membership")
    home = matter.dossier
    clear_up.answer(anna.session, matter.id, "both")
    assert not [each for each in clear_up.matters(anna.session) if each.kind == "membership"]
    with anna.desk.store.read() as conn:
        rows = read_where(conn, Membership, "person = ? AND to_on IS NULL", (one.person,))
    assert {row.scope: bool(row.elsewhere) for row in rows} == {
        each.dossier: each.dossier != home for each in (one, *others)
    }
