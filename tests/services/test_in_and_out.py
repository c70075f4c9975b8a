"""Inflow, outflow, closing and opening again: what is written, what is proposed, what is refused, and undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.entry import EntryRefused
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import Dossier, Inflow, Membership, Outflow, Todo
from app.domain.kinds.person import Person
from app.domain.record import ScopeKind
from app.domain.verbs import FAMILY_REGISTERED
from app.services import case_states, closing, data_check, families, family_page, outflows
from app.services.case_states import NewState
from app.services.closing import IsClosed, IsOpen
from app.services.membership_rules import BeforeBirth, BeforeTheBeginning
from app.services.outflows import KindMissing, LeftAlready, NobodyLeaves
from app.services.session import Session
from app.storage.uow import read, read_where
from tests.support.family import Family, add, register, save
from tests.support.family_case import make_difference, register_family


def pair(session: Session) -> Family:
    people = (Person(id=new_id(), scope="", family_name="Voorbeeld", given_names=name) for name in "AB")
    return register(session.store, "Voorbeeld", *people)


def out(session: Session, dossier: str, kind: str = "gedwongen", **values: str) -> Outflow:
    made = Outflow(id=new_id(), scope=dossier, kind=session.content.ref("basis", f"uitstroom.{kind}"))
    return made.with_values(**{"on": "2026-11-02", **values})


def dossier_of(session: Session, dossier: str) -> Dossier:
    with session.store.read() as conn:
        found = read(conn, Dossier, dossier)
    assert found is not None
    return found


def standing(session: Session, dossier: str, person: str = "") -> tuple[str, ...]:
    return case_states.standing_codes(case_states.of_dossier(session, dossier), person)


def in_closing(session: Session, dossier: str) -> closing.ClosingView:
    return closing.view(session, dossier)


# --- inflow -----------------------------------------------------------------------------------------------------------


def test_registering_keeps_how_the_family_came_in_and_since_when_they_belong(session: Session) -> None:
    form = families.new_family(session)
    assert form.inflow is not None
    inflow = form.inflow.with_values(
        on="2026-11-03", source=session.content.ref("basis", "instroom.ind"), missing="Het besluit"
    )
    wanted = replace(form, dossier=form.dossier.with_values(title="Voorbeeld"), inflow=inflow)
    saved = families.save(session, None, wanted)
    with session.store.read() as conn:
        assert closing.inflows_in(conn, saved.dossier) == (inflow,)
        assert [row.from_on for row in read_where(conn, Membership, "scope = ?", (saved.dossier,))] == [
            "2026-11-03"
        ]
    closing.save_inflow(session, inflow, inflow.with_values(asked_on="2026-11-04"))
    assert session.store.undo() is not None
    assert session.store.undo() is not None
    with session.store.read() as conn:
        assert read_where(conn, Inflow, "1 = 1") == []


@pytest.mark.parametrize(
    ("born", "begun"),
    [
        ("2020-01-01", "2024-05-01"),
        ("2024-07", "2024-07"),
        ("2024-07-08", "2024-07-08"),
        ("2024", "2024-05-01"),
        ("?", "2024-05-01"),
        (None, "2024-05-01"),
        ("2099-01-01", "2026-11-23"),
    ],
)
def test_a_child_born_after_the_family_came_in_belongs_to_it_since_birth(
    session: Session, born: str | None, begun: str
) -> None:
    form = families.new_family(session)
    assert form.inflow is not None
    (member,) = form.members
    wanted = replace(
        form,
        dossier=form.dossier.with_values(title="Voorbeeld"),
        inflow=form.inflow.with_values(on="2024-05-01"),
        members=(replace(member, person=member.person.with_values(birth_date=born)),),
    )
    saved = families.save(session, None, wanted)
    (member,) = families.load(session, saved.dossier).members
    assert member.membership.from_on == begun
    assert [each.rule for each in data_check.of_dossier(session, saved.dossier)] == ["birth-ahead"] * (
        born == "2099-01-01"
    )


def test_a_day_of_inflow_that_is_to_come_is_refused_at_its_field(session: Session) -> None:
    form = families.new_family(session)
    assert form.inflow is not None
    late = replace(
        form,
        dossier=form.dossier.with_values(title="Voorbeeld"),
        inflow=form.inflow.with_values(on="2027-01-01"),
    )
    with pytest.raises(EntryRefused) as refused:
        families.save(session, None, late)
    assert [(each.kind, each.field) for each in refused.value.found] == [("inflow", "on")]


# --- outflow ----------------------------------------------------------------------------------------------------------


def test_outflow_of_several_at_once_with_their_state_and_undo(session: Session) -> None:
    family = pair(session)
    for person in family.persons:
        wish = NewState(dossier=family.dossier, code="stand.s4", on=date(2026, 10, 1), person=person)
        case_states.begin(session, wish)
    outflows.record(session, out(session, family.dossier, proof="Uitreisstempel"), family.persons)
    assert {row.person for row in outflows.of_dossier(session, family.dossier)} == set(family.persons)
    assert standing(session, family.dossier, family.persons[1]) == ("stand.s10",)
    assert session.store.undo() is not None
    assert outflows.of_dossier(session, family.dossier) == ()
    assert standing(session, family.dossier, family.persons[1]) == ("stand.s4",)


def test_outflow_is_refused_without_kind_or_person_and_a_second_time(session: Session) -> None:
    family = pair(session)
    wanted = out(session, family.dossier)
    for refused_wish, persons, problem in (
        (wanted, (), NobodyLeaves),
        (wanted.with_values(kind=None), family.persons, KindMissing),
    ):
        with pytest.raises(EntryRefused) as refused:
            outflows.record(session, refused_wish, persons)
        assert isinstance(refused.value.found[0].problem, problem)
    outflows.record(session, wanted, family.persons[:1])
    with pytest.raises(EntryRefused) as again:
        outflows.record(session, wanted, family.persons)
    assert isinstance(again.value.found[0].problem, LeftAlready)
    assert len(outflows.of_dossier(session, family.dossier)) == 1


def refused_day(deed: Callable[[], object]) -> type[KnownProblem]:
    """What is wrong with the day of an outflow."""
    with pytest.raises(EntryRefused) as refused:
        deed()
    (found,) = refused.value.found
    assert (found.kind, found.field) == ("outflow", "on")
    return type(found.problem)


def test_nobody_leaves_before_belonging_to_the_family_or_before_birth(session: Session) -> None:
    made = register_family(session, "Voorbeeld", "1984", "2024-03")
    dossier, parent, child = made.dossier.id, *(member.person.id for member in made.members)
    for member, begun in zip(made.members, ("2023-05", None), strict=True):
        save(session.store, member.membership, member.membership.with_values(from_on=begun))

    def leave(on: str, *persons: str) -> Callable[[], object]:
        return lambda: outflows.record(session, out(session, dossier, on=on), persons)

    assert refused_day(leave("2023-04-30", parent)) is BeforeTheBeginning
    assert refused_day(leave("2024-02-29", child)) is BeforeBirth
    assert refused_day(leave("2024-02-29", parent, child)) is BeforeBirth, (
        "whoever of them it cannot be right for"
    )
    assert refused_day(leave("1970-01-01", child)) is BeforeBirth
    assert outflows.of_dossier(session, dossier) == ()
    leave("2023-05-01", parent)()
    leave("2024-03-01", child)()  # it can be right
    (mine,) = (each for each in outflows.of_dossier(session, dossier) if each.person == parent)
    changed = mine.with_values(on="2023-04-30")
    assert refused_day(lambda: outflows.change(session, mine, changed)) is BeforeTheBeginning
    assert outflows.load(session, mine.id) == mine


def test_who_came_back_can_have_left_the_first_time(session: Session) -> None:
    made = register_family(session, "Voorbeeld", "1984")
    dossier, (member,) = made.dossier.id, made.members
    save(session.store, member.membership, member.membership.with_values(from_on="2025-01-01"))
    early = out(session, dossier, on="2024-06-01")
    assert refused_day(lambda: outflows.record(session, early, (member.person.id,))) is BeforeTheBeginning
    add(
        session.store,
        Membership(id=new_id(), scope=dossier, person=member.person.id, from_on="2024", to_on="2024-07"),
    )
    outflows.record(session, early, (member.person.id,))


def test_a_beginning_that_two_officers_differ_on_refuses_nothing(session: Session) -> None:
    made = register_family(session, "Voorbeeld", "1984")
    make_difference(session, made, "birth_date", "2025-01-01", "2025-01-02")
    (member,) = made.members
    save(session.store, member.membership, member.membership.with_values(from_on="2023"))
    outflows.record(session, out(session, made.dossier.id, on="2024-06-01"), (member.person.id,))


def test_sorts_follow_the_kind_and_a_disappearance_is_reported(session: Session) -> None:
    sorts = {each.code.partition(".")[2] for each in outflows.sorts_of(session, "uitstroom.zonder-vertrek")}
    assert sorts == {"asiel", "vergunning", "overleden", "anders", "onbekend"}
    assert [kind.code for kind in outflows.kinds(session) if outflows.asks_report(session, kind.code)] == [
        "uitstroom.zonder-toezicht"
    ]


def test_another_day_moves_the_states_and_removing_lets_them_stand_again(session: Session) -> None:
    family = pair(session)
    who = family.persons[0]
    wish = NewState(dossier=family.dossier, code="stand.s9", on=date(2026, 10, 1), person=who)
    case_states.begin(session, wish)
    outflows.record(session, out(session, family.dossier), (who,))
    before = outflows.of_dossier(session, family.dossier)[0]
    outflows.change(session, before, before.with_values(on="2026-11-05"))
    days = {
        each.code: (each.record.from_on, each.record.to_on)
        for each in case_states.of_dossier(session, family.dossier)
    }
    assert days == {"stand.s10": ("2026-11-05", None), "stand.s9": ("2026-10-01", "2026-11-05")}
    outflows.remove(session, before.id)
    assert standing(session, family.dossier, who) == ("stand.s9",)
    assert outflows.of_dossier(session, family.dossier) == ()
    outflows.record(session, out(session, family.dossier), (who,))  # and it can be recorded anew
    assert len(outflows.of_dossier(session, family.dossier)) == 1


def test_a_day_that_nobody_knows_comes_later_and_who_is_back_is_back(session: Session) -> None:
    family = pair(session)
    who = family.persons[0]
    unknown = out(session, family.dossier, "zonder-toezicht").with_values(on=None)
    outflows.record(session, unknown, (who,))
    assert in_closing(session, family.dossier).without_outflow == family.persons[1:]
    before = outflows.of_dossier(session, family.dossier)[0]
    outflows.change(session, before, before.with_values(on="2026-11-05"))
    state = case_states.of_dossier(session, family.dossier)[0].record
    assert (state.from_on, state.to_on) == ("2026-11-05", None)
    outflows.change(session, before.with_values(on="2026-11-05"), before)
    state = case_states.of_dossier(session, family.dossier)[0].record
    case_states.mend(session, state, state.with_values(to_on="2026-11-20"))
    assert in_closing(session, family.dossier).without_outflow == family.persons
    outflows.record(session, out(session, family.dossier, on="2026-11-21"), (who,))
    assert in_closing(session, family.dossier).without_outflow == family.persons[1:]


def test_a_departure_that_took_place_proposes_the_outflow_of_its_travellers(session: Session) -> None:
    family = pair(session)
    gone = Departure(id=new_id(), scope=family.dossier, departed_on="2026-11-02")
    plan = Departure(id=new_id(), scope=family.dossier, planned_on="2026-12-02")
    who = [
        DeparturePerson(id=new_id(), scope=family.dossier, departure=each.id, person=person)
        for each in (gone, plan)
        for person in family.persons
    ]
    add(session.store, gone, plan, *who)
    with session.store.read() as conn:
        found = outflows.departed_in(conn, session, family.dossier)
    assert [(each.departure.id, set(each.persons)) for each in found] == [(gone.id, set(family.persons))]
    outflows.record(session, out(session, family.dossier), family.persons[:1])
    with session.store.read() as conn:
        assert outflows.departed_in(conn, session, family.dossier)[0].persons == family.persons[1:]


def test_the_page_of_the_family_knows_who_left_and_which_departure_asks_for_it(session: Session) -> None:
    family = pair(session)
    gone = Departure(id=new_id(), scope=family.dossier, departed_on="2026-11-02")
    who = DeparturePerson(id=new_id(), scope=family.dossier, departure=gone.id, person=family.persons[0])
    add(session.store, gone, who)
    page = family_page.load(session, family.dossier)
    assert page.departed is not None and page.departed.persons == family.persons[:1]
    for person in family.persons:
        assert not page.everybody_left
        outflows.record(session, out(session, family.dossier), (person,))
        page = family_page.load(session, family.dossier)
        assert person in {line.person for line in page.members if line.has_left}
    assert page.everybody_left and page.departed is None


# --- closing and opening again ----------------------------------------------------------------------------------------


def test_closing_is_offered_when_the_last_member_left_and_names_what_is_open(session: Session) -> None:
    family = pair(session)
    add(session.store, Todo(id=new_id(), scope=family.dossier, what="Koffers", due_on="2026-12-01"))
    outflows.record(session, out(session, family.dossier), family.persons[:1])
    assert not in_closing(session, family.dossier).is_offered
    assert in_closing(session, family.dossier).without_outflow == family.persons[1:]
    with session.store.read() as conn:
        mine = read_where(conn, Membership, "person = ?", family.persons[1:])[0]
    save(session.store, mine, mine.with_values(to_on="2026-11-03"))
    view = in_closing(session, family.dossier)
    assert view.is_offered
    assert [(each.what, each.words) for each in view.matters] == [(closing.AGENDA, "Koffers")]
    assert view.dossier.closed_on is None  # never by itself


def test_an_empty_dossier_is_not_offered_to_close(session: Session) -> None:
    with session.store.write(FAMILY_REGISTERED) as uow:
        scope = uow.new_scope(ScopeKind.DOSSIER)
        uow.add(Dossier(id=scope, scope=scope, title="Leeg"))
    assert not in_closing(session, scope).is_offered


def test_closing_ends_the_states_and_can_be_undone(session: Session) -> None:
    family = pair(session)
    for code in ("stand.s3", "stand.s5"):
        case_states.begin(session, NewState(dossier=family.dossier, code=code, on=date(2026, 10, 1)))
    before = dossier_of(session, family.dossier)
    closing.close(session, before, date(2026, 11, 3))
    assert dossier_of(session, family.dossier).closed_on == "2026-11-03"
    assert standing(session, family.dossier) == ("stand.s10",)
    with pytest.raises(IsClosed):
        closing.close(session, dossier_of(session, family.dossier), date(2026, 11, 4))
    assert session.store.undo() is not None
    assert dossier_of(session, family.dossier) == before
    assert set(standing(session, family.dossier)) == {"stand.s3", "stand.s5"}


def test_opening_again_keeps_the_history_and_brings_back_who_returns(session: Session) -> None:
    family = pair(session)
    first, second = family.persons
    outflows.record(session, out(session, family.dossier), family.persons)
    closing.close(session, dossier_of(session, family.dossier), date(2026, 11, 3))
    inflow = closing.new_inflow(session, family.dossier, closing.AGAIN)
    closing.reopen(session, dossier_of(session, family.dossier), inflow, (first,))
    assert dossier_of(session, family.dossier).closed_on is None
    assert standing(session, family.dossier) == ()
    assert len(outflows.of_dossier(session, family.dossier)) == 2
    assert in_closing(session, family.dossier).without_outflow == (first,)
    with pytest.raises(IsOpen):
        closing.reopen(session, dossier_of(session, family.dossier), inflow, ())
    outflows.record(session, out(session, family.dossier, on="2026-11-20"), (first,))
    assert len(outflows.of_dossier(session, family.dossier)) == 3
    assert in_closing(session, family.dossier).is_offered
    for _step in ("outflow", "opening"):
        assert session.store.undo() is not None
    assert dossier_of(session, family.dossier).closed_on == "2026-11-03"
    assert standing(session, family.dossier, second) == ("stand.s10",)
    assert standing(session, family.dossier, first) == ("stand.s10",)


def test_two_laptops_that_record_the_same_outflow_make_one_record(session: Session) -> None:
    family = pair(session)
    made = []
    for _laptop in "ab":
        outflows.record(session, out(session, family.dossier), family.persons[:1])
        made.append(outflows.of_dossier(session, family.dossier)[0].id)
        assert session.store.undo() is not None
    assert made[0] == made[1]
