"""A family over time: each deed is one action, loses nobody, refuses plainly, and undo gives back what was there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain import verbs
from app.domain.entry import EntryRefused, NotYet
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership, Owner
from app.domain.kinds.person import Original, Person
from app.domain.kinds.request import Request, RequestEvent, RequestPerson
from app.services import families, family_list, membership_rules, memberships, requests, shield, timeline
from app.services.family_page import load as load_page
from app.services.memberships import Leaving, NewFamily
from app.services.session import Session
from app.services.shield import Shield
from app.storage.uow import read, read_where
from tests.support.family import Family, register
from tests.support.request_case import begin_request

ON = "2026-05-01"


@pytest.fixture
def family(session: Session) -> Family:
    """A mother, a father and a son."""
    people = (("Anahit", "1985-02-03"), ("Vahan", "1980-07-01"), ("Narek", "2018-09-12"))
    made = register(
        session.store,
        "Petrosyan",
        *(
            Person(id=new_id(), scope="", family_name="Petrosyan", given_names=name, birth_date=born)
            for name, born in people
        ),
    )
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        for place, row in enumerate(_rows(session, made.dossier), start=1):
            role = "gezinsrol.kind" if place == 3 else "gezinsrol.ouder"
            after = row.with_values(
                from_on="2024-01", role=session.content.ref("basis", role), position=place,
                custody=session.content.ref("basis", "gezag.beide-ouders"),
            )  # fmt: skip
            uow.save(row, after)
    return made


def _rows(session: Session, dossier: str) -> list[Membership]:
    with session.store.read() as conn:
        return read_where(conn, Membership, "scope = ? ORDER BY id", (dossier,))


def _present(session: Session, dossier: str) -> set[str]:
    return {member.person.id for member in families.load(session, dossier).members}


def _of(session: Session, dossier: str, person: str) -> Membership:
    (found,) = (row for row in _rows(session, dossier) if row.person == person)
    return found


def _leaving(*persons: str, on: str = ON, reason: str = memberships.MOVED, sure: bool = False) -> Leaving:
    return Leaving(persons=persons, on=on, reason=reason, sure=sure)


def _bare(code: str | None) -> str:
    return (code or "").partition(":")[2]


def _refused(deed: Callable[[], object]) -> list[type[KnownProblem]]:
    with pytest.raises(EntryRefused) as caught:
        deed()
    return [type(each.problem) for each in caught.value.found]


def test_a_child_is_born_on_the_day_the_membership_begins(session: Session, family: Family) -> None:
    line = memberships.newborn(session, family.dossier)
    line = replace(line, person=line.person.with_values(given_names="Ani", birth_date="2026-10"))
    memberships.born(session, line)
    made = _of(session, family.dossier, line.person.id)
    assert (made.from_on, _bare(made.reason), _bare(made.role)) == (
        "2026-10",
        memberships.BORN,
        "gezinsrol.kind",
    )
    assert made.position == 4
    deed = timeline.read(session, family.dossier).deeds[0]
    assert (deed.verb, deed.officer) == ("member.born", "Robin Voorbeeld")
    assert ("From", "oktober 2026, dag onbekend") in [
        field for detail in deed.details for field in detail.fields
    ]
    session.store.undo()
    assert line.person.id not in _present(session, family.dossier)


def test_nobody_is_born_tomorrow(session: Session, family: Family) -> None:
    line = memberships.newborn(session, family.dossier)
    late = replace(line, person=line.person.with_values(given_names="Ani", birth_date="2027-01"))
    assert _refused(lambda: memberships.born(session, late)) == [NotYet]


def test_death_stands_with_the_person_and_ends_every_membership_here(
    session: Session, family: Family
) -> None:
    mother = family.persons[0]
    other = register(session.store, "Elders")
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier, person=mother, from_on="2025"))
    memberships.died(session, family.dossier, mother, "2026-04")
    with session.store.read() as conn:
        person = read(conn, Person, mother)
    assert person is not None and person.died_on == "2026-04"
    for dossier in (family.dossier, other.dossier):
        ended = _of(session, dossier, mother)
        assert (ended.to_on, _bare(ended.reason)) == ("2026-04", memberships.DIED)
    session.store.undo()
    assert mother in _present(session, family.dossier) & _present(session, other.dossier)


def test_death_before_birth_or_in_the_future_is_refused(session: Session, family: Family) -> None:
    mother = family.persons[0]
    assert _refused(lambda: memberships.died(session, family.dossier, mother, "1984")) == [
        membership_rules.BeforeBirth
    ]
    assert _refused(lambda: memberships.died(session, family.dossier, mother, "2030")) == [NotYet]
    assert mother in _present(session, family.dossier)


def test_death_before_the_membership_began_is_refused_at_its_field(session: Session, family: Family) -> None:
    mother, other = family.persons[0], register(session.store, "Elders")
    assert _refused(lambda: memberships.died(session, family.dossier, mother, "1990-01-01")) == [
        membership_rules.BeforeTheBeginning
    ]
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier, person=mother, from_on="2025"))
    assert _refused(lambda: memberships.died(session, family.dossier, mother, "2024-03")) == [
        membership_rules.BeforeTheBeginning
    ], "it would end the other membership before it began"
    assert mother in _present(session, family.dossier) & _present(session, other.dossier)
    memberships.died(session, family.dossier, mother, "2025")  # it can be right


@pytest.mark.parametrize("begun", [None, "~2024", "2017"])
def test_nobody_leaves_before_birth_whatever_is_known_of_the_beginning(
    session: Session, family: Family, begun: str | None
) -> None:
    son, other = family.persons[2], register(session.store, "Elders")
    row = _of(session, family.dossier, son)
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(row, row.with_values(from_on=begun))
    early = _leaving(son, on="2018-08")
    new = NewFamily(title="Nieuw", native="", custody={}, requests=(), same_location=True)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: memberships.leave(session, family.dossier, early),
        lambda: memberships.move(session, family.dossier, early, other.dossier),
        lambda: memberships.reunite(session, family.dossier, early, other.dossier),
        lambda: memberships.split(session, family.dossier, early, new),
        lambda: shield.shield(session, family.dossier, Shield(persons=(son,), on="2018-08")),
    )
    for deed in deeds:
        assert _refused(deed) == [membership_rules.BeforeBirth]
    assert son in _present(session, family.dossier)


def test_a_membership_is_not_corrected_to_before_the_birth(session: Session, family: Family) -> None:
    row = _of(session, family.dossier, family.persons[2])
    for values in ({"from_on": "2018-08"}, {"from_on": None, "to_on": "2017"}):
        after = row.with_values(**values)
        assert _refused(lambda after=after: memberships.correct(session, row, after)) == [  # type: ignore[misc]
            membership_rules.BeforeBirth
        ]
    memberships.correct(session, row, row.with_values(from_on="2018"))


def test_a_member_moves_under_the_same_person_with_what_was_known(session: Session, family: Family) -> None:
    other, son = register(session.store, "Elders"), family.persons[2]
    memberships.move(session, family.dossier, _leaving(son), other.dossier)
    ended, begun = _of(session, family.dossier, son), _of(session, other.dossier, son)
    assert (ended.to_on, _bare(ended.reason)) == (ON, memberships.MOVED)
    assert (begun.from_on, _bare(begun.reason), begun.to_on) == (ON, memberships.MOVED_HERE, None)
    assert (begun.role, begun.custody) == (ended.role, ended.custody)
    assert son in _present(session, other.dossier) - _present(session, family.dossier)
    (row,) = (row for row in family_list.rows_of(session, [family.dossier]) if row)
    assert (row.adults, row.children) == (2, 0)
    session.store.undo()
    assert son in _present(session, family.dossier) - _present(session, other.dossier)


def test_moving_is_refused_where_it_makes_no_sense(session: Session, family: Family) -> None:
    other, son = register(session.store, "Elders"), family.persons[2]
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier, person=son))
    for into, problem in (
        (family.dossier, membership_rules.SameFamily),
        (other.dossier, membership_rules.MemberAlready),
        (new_id(), families.NoSuchDossier),
    ):
        with pytest.raises(problem):
            memberships.move(session, family.dossier, _leaving(son), into)
    with pytest.raises(membership_rules.NobodyChosen):
        memberships.leave(session, family.dossier, _leaving())
    with pytest.raises(membership_rules.NotAMember):
        memberships.leave(session, family.dossier, _leaving(new_id()))


def test_a_reason_fits_the_moment_and_the_list(session: Session, family: Family) -> None:
    other, son = register(session.store, "Elders"), family.persons[2]
    for reason in (memberships.BORN, "lidmaatschap.verzonnen"):
        with pytest.raises(membership_rules.ReasonDoesNotFit):
            memberships.leave(session, family.dossier, _leaving(son, reason=reason))
    with pytest.raises(membership_rules.ReasonDoesNotFit):
        memberships.move(session, family.dossier, _leaving(son), other.dossier, begins=memberships.DIED)
    memberships.leave(session, family.dossier, _leaving(son, reason="lidmaatschap.onbekend"))


def test_days_are_judged_by_what_is_certain(session: Session, family: Family) -> None:
    father = family.persons[1]

    def leave(on: str) -> None:
        memberships.leave(session, family.dossier, _leaving(father, on=on))

    assert _refused(lambda: leave("2023-12")) == [membership_rules.BeforeTheBeginning]
    assert _refused(lambda: leave("2027")) == [NotYet]
    leave("2024")  # the membership began in January of that year
    assert _of(session, family.dossier, father).to_on == "2024"


def test_that_only_children_stay_is_asked_not_refused(session: Session, family: Family) -> None:
    grown = family.persons[:2]
    with pytest.raises(membership_rules.OnlyChildrenStay) as caught:
        memberships.leave(session, family.dossier, _leaving(*grown))
    assert caught.value.params["names"] == "Narek"
    memberships.leave(session, family.dossier, _leaving(*grown, sure=True))
    assert _present(session, family.dossier) == {family.persons[2]}
    assert memberships.leave(session, family.dossier, _leaving(family.persons[2])).emptied == family.dossier


def test_a_family_splits_into_a_dossier_of_its_own(session: Session, family: Family) -> None:
    mother, son = family.persons[0], family.persons[2]
    new = NewFamily(title="Petrosyan-A", custody={son: "gezag.moeder"})
    made = memberships.split(
        session, family.dossier, _leaving(mother, son, reason=memberships.SPLIT), new
    ).dossier
    with session.store.read() as conn:
        dossier = read(conn, Dossier, made)
        (owner,) = read_where(conn, Owner, "scope = ?", (made,))
    assert dossier is not None and (dossier.title, dossier.number) == ("Petrosyan-A", "TEST-0002")
    assert owner.officer == session.officer
    assert _present(session, made) == {mother, son}
    assert _bare(_of(session, made, son).custody) == "gezag.moeder"
    assert _bare(_of(session, made, mother).custody) == "gezag.beide-ouders"
    for dossier_id in (family.dossier, made):
        assert timeline.read(session, dossier_id).deeds[0].title == "Family split"
    session.store.undo()
    assert _present(session, family.dossier) == set(family.persons)
    with session.store.read() as conn:
        assert read(conn, Dossier, made) is None


def test_a_request_goes_on_for_those_who_go_along(session: Session) -> None:
    case = begin_request(session)
    case.file()
    gone = case.persons[0]
    new = NewFamily(title="Hakobyan-A", requests=(case.request,))
    made = memberships.split(session, case.dossier, _leaving(gone, on="2026-10-01"), new).dossier
    (there,) = requests.of_dossier(session, made)
    (here,) = requests.of_dossier(session, case.dossier)
    assert there.request.follows == case.request
    assert there.persons == (gone,)
    assert [event.event for event in there.events] == [event.event for event in here.events]
    assert not {event.id for event in there.events} & {event.id for event in here.events}
    assert there.position.raw_code == here.position.raw_code == "lp.ingediend"
    assert not here.nobody_here
    with session.store.read() as conn:
        for kind in (Request, RequestEvent, RequestPerson):
            ids = [row.id for row in read_where(conn, kind, "1 = 1")]
            assert len(ids) == len(set(ids))


def test_what_all_left_asks_no_attention_any_more(session: Session) -> None:
    case = begin_request(session)
    case.file()

    def lines() -> int:
        with session.store.read() as conn:
            sql = "SELECT count(*) FROM d_agenda WHERE dossier = ?"
            return int(conn.exec_driver_sql(sql, (case.dossier,)).scalar_one())

    assert lines()
    memberships.leave(session, case.dossier, _leaving(*case.persons, on="2026-10-01"))
    assert lines() == 0
    session.store.undo()
    assert lines()


def test_a_document_is_registered_for_those_who_are_still_there(session: Session) -> None:
    case = begin_request(session)
    case.file()
    memberships.leave(session, case.dossier, _leaving(case.persons[0], on="2026-10-01"))
    view = requests.of_dossier(session, case.dossier)[0]
    event = RequestEvent(
        id=new_id(), scope=case.dossier, request=case.request, event="x", on="2026-11-01", valid_until="2027-01-01",
        document_number="X1", kind=session.content.ref("reisdocument", "document.lp"),
    )  # fmt: skip
    with session.store.read() as conn:
        made = list(requests._issued(session, conn, requests.Step(event=event)))
    assert view.persons == case.persons
    assert [type(each) for each in made] == [Original] and [each.scope for each in made] == [case.persons[1]]


def test_a_family_comes_together_again_and_nothing_closes_by_itself(session: Session, family: Family) -> None:
    mother, son = family.persons[0], family.persons[2]
    split = memberships.split(session, family.dossier, _leaving(mother, son), NewFamily(title="")).dossier
    with session.store.read() as conn:
        apart = read(conn, Dossier, split)
    assert apart is not None and apart.title == "Petrosyan"
    back = _leaving(mother, son, on="2026-06-01", reason=memberships.WENT_BACK)
    done = memberships.reunite(session, split, back, family.dossier)
    assert done.emptied == split
    assert _present(session, family.dossier) == set(family.persons)
    rows = [row for row in _rows(session, family.dossier) if row.person == mother]
    assert [row.to_on for row in rows] == [ON, None]
    with session.store.read() as conn:
        after = read(conn, Dossier, split)
    assert after is not None and after.closed_on is None


def test_a_membership_is_corrected(session: Session, family: Family) -> None:
    before = _of(session, family.dossier, family.persons[1])
    custody = session.content.ref("basis", "gezag.vader")
    memberships.correct(session, before, before.with_values(from_on="2023", custody=custody, elsewhere=1))
    after = _of(session, family.dossier, family.persons[1])
    assert (after.from_on, after.custody, after.elsewhere) == ("2023", custody, 1)
    assert _refused(lambda: memberships.correct(session, after, after.with_values(to_on="2022"))) == [
        membership_rules.BeforeTheBeginning
    ]
    session.store.undo()
    assert _of(session, family.dossier, family.persons[1]) == before


def test_ending_is_not_taken_back_into_a_second_membership(session: Session, family: Family) -> None:
    father = family.persons[1]
    memberships.leave(session, family.dossier, _leaving(father))
    ended = _of(session, family.dossier, father)
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=family.dossier, person=father, from_on="2026-07-01"))
    with pytest.raises(membership_rules.MemberAlready):
        memberships.correct(session, ended, ended.with_values(to_on=None))


def test_who_left_stands_on_the_page_in_a_quiet_line(session: Session, family: Family) -> None:
    memberships.leave(session, family.dossier, _leaving(family.persons[1]))
    (gone,) = load_page(session, family.dossier).earlier
    assert (gone.name.given, gone.until, gone.reason) == ("Vahan", date(2026, 5, 1).isoformat(), "Verhuisd")


def test_a_reason_to_begin_is_no_reason_for_leaving(session: Session, family: Family) -> None:
    begun = session.content.ref("basis", "lidmaatschap.instroom")
    row = _of(session, family.dossier, family.persons[1])
    memberships.correct(session, row, row.with_values(reason=begun, from_on="2024-01-01"))
    before = families.load(session, family.dossier)
    kept = tuple(member for member in before.members if member.person.id != family.persons[1])
    families.save(session, before, replace(before, members=kept))
    (gone,) = load_page(session, family.dossier).earlier
    assert (gone.name.given, gone.reason) == ("Vahan", "")
