"""The family as on a day: by what had come in, and by what had been written; nothing of later, nothing taken out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Alias
from app.domain.kinds.request import Request
from app.domain.kinds.sensitive import Decision, HealthFact
from app.domain.kinds.talk import Agreement
from app.domain.merge import state_of
from app.domain.record import KINDS, ScopeKind
from app.services import as_on, families, requests, take
from app.services.as_on import AsOn, DayAhead, Meaning
from app.services.record_names import SHOWN
from app.services.session import DUTCH_TIME, Session
from app.storage.journal import Until, ops_in
from app.storage.uow import read, read_where
from tests.support.clock_case import clock_says, young_clock
from tests.support.family_case import change, make_difference, register_family
from tests.support.package_case import Office

KNOWN, WRITTEN = Meaning.KNOWN, Meaning.WRITTEN
BOTH = pytest.mark.parametrize("meaning", [KNOWN, WRITTEN])


@pytest.fixture(autouse=True)
def from_the_beginning(request: pytest.FixtureRequest) -> None:
    """Stores of these tests may write in the past."""
    for name in ("session", "anna", "bram"):
        if name in request.fixturenames:
            made = request.getfixturevalue(name)
            young_clock(made if isinstance(made, Session) else made.session)


def at(year: int, month: int = 3, day: int = 3) -> datetime:
    """Noon on a day."""
    return datetime(year, month, day, 12, 0, tzinfo=UTC)


def everything(found: AsOn) -> str:
    return repr((found.title, found.members, found.requests, found.agreements, found.facts))


@BOTH
def test_each_day_shows_what_stood_then(session: Session, meaning: Meaning) -> None:
    with clock_says(at(2025)):
        made = register_family(session, "Hakobyan", "1984")
    with clock_says(at(2026)):
        change(session, made, birth_place="Gjumri", given_names="Armen")
    who = made.dossier.id
    before, then, later = (
        as_on.read(session, who, day, meaning)
        for day in (date(2025, 3, 2), date(2025, 3, 3), date(2026, 3, 3))
    )
    assert not before.is_there and everything(before) == everything(
        AsOn(dossier=who, day=before.day, meaning=meaning, is_there=False)
    )
    assert "Gjumri" not in everything(then) and then.members[0].title == "Voorbeeld 1 Hakobyan"
    assert "Gjumri" in everything(later) and later.members[0].title == "Armen Hakobyan"


def test_a_change_of_the_evening_counts_for_the_dutch_day(session: Session) -> None:
    with clock_says(datetime(2026, 3, 3, 22, 30, tzinfo=UTC)):  # half past eleven here
        made = register_family(session, "Hakobyan")
    with clock_says(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)):  # half past twelve the next day
        change(session, made, birth_place="Gjumri")
    assert "Gjumri" not in everything(as_on.read(session, made.dossier.id, date(2026, 3, 3)))
    assert "Gjumri" in everything(as_on.read(session, made.dossier.id, date(2026, 3, 4)))


def test_known_never_shows_what_came_later_however_old_its_clock(anna: Office, bram: Office) -> None:
    with clock_says(at(2025)):
        family = bram.family()
    with clock_says(at(1990)):
        old = bram.give(anna, dossiers=(family.dossier,))
    now = datetime.now(DUTCH_TIME)
    take.accept(anna.session, old)
    came = anna.session.today
    for day in (date(1990, 3, 4), date(2025, 6, 1), date.fromordinal(came.toordinal() - 1)):
        assert not as_on.read(anna.session, family.dossier, day, KNOWN).is_there, day
    assert as_on.read(anna.session, family.dossier, came, KNOWN).is_there
    assert as_on.read(anna.session, family.dossier, date(2025, 6, 1), WRITTEN).is_there
    assert now.date() >= came


@BOTH
def test_clocks_of_1970_and_of_far_ahead_break_nothing(session: Session, meaning: Meaning) -> None:
    with clock_says(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)):
        made = register_family(session, "Hakobyan")
    with clock_says(at(2150)):
        change(session, made, birth_place="Gjumri")
    early = as_on.read(session, made.dossier.id, date(1980, 1, 1), meaning)
    assert early.is_there and "Gjumri" not in everything(early)
    assert "Gjumri" not in everything(as_on.read(session, made.dossier.id, date(2025, 1, 1), meaning))
    now = as_on.read(session, made.dossier.id, session.today, meaning)
    assert "Gjumri" in everything(now), "today is all there is"
    for day in (session.today + timedelta(days=1), date(2100, 1, 1), date.max):
        with pytest.raises(DayAhead):
            as_on.read(session, made.dossier.id, day, meaning)
    assert not as_on.read(session, made.dossier.id, date.min, meaning).is_there


def test_what_was_taken_out_later_stays_out(session: Session) -> None:
    with clock_says(at(2025)):
        made = register_family(session, "Hakobyan")
        change(session, made, birth_place="Gjumri")
    session.store.redact(made.members[0].person.id, frozenset({"birth_place"}))
    found = as_on.read(session, made.dossier.id, date(2025, 4, 1))
    assert "Gjumri" not in everything(found)
    assert ("Place of birth", "weggenomen", False) in found.members[0].fields


def test_a_difference_that_was_open_then_shows_both_values(session: Session) -> None:
    with clock_says(at(2025)):
        made = register_family(session, "Hakobyan", "1984")
        person = make_difference(session, made, "birth_date", "1985", "1986")
    later = families.load(session, made.dossier.id)
    with clock_says(at(2026)), session.store.write(verbs.MEMBER_CHANGED, dossier=made.dossier.id) as uow:
        from app.storage.journal import NewOp, ops_of

        state = state_of(ops_of(uow.conn, [person])[person])
        uow.write(
            NewOp(
                kind="person", record=person, scope=person, scope_kind=ScopeKind.PERSON,
                cells={"birth_date": "1987"},
                parents={"birth_date": tuple(head.dot for head in state.heads["birth_date"])},
            )
        )  # fmt: skip
    assert later.members[0].person.id == person
    (then,) = as_on.read(session, made.dossier.id, date(2025, 4, 1)).members
    (words,) = [words for title, words, both in then.fields if both]
    assert "1985" in words and "1986" in words and "Robin Voorbeeld" in words and then.differs
    (after,) = as_on.read(session, made.dossier.id, date(2026, 4, 1)).members
    assert not after.differs and ("Date of birth", "1987, maand en dag onbekend", False) in after.fields


def test_what_only_some_may_know_is_not_told(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = made.members[0].person.id
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(HealthFact(id=new_id(), scope=person, body="geheim-1"))
        uow.add(Decision(id=new_id(), scope=person, result="geheim-2"))
        uow.add(Alias(id=new_id(), scope=person, family_name="Hakobian"))
    found = everything(as_on.read(session, made.dossier.id, session.today))
    assert "geheim" not in found and "Hakobian" in found


def test_of_who_is_shielded_elsewhere_nothing_is_told(session: Session) -> None:
    with clock_says(at(2025)):
        made = register_family(session, "Hakobyan", "1984", "2015")
        other = register_family(session, "Beridze")
    person = made.members[1].person.id
    assert "Voorbeeld 2" in everything(as_on.read(session, made.dossier.id, date(2025, 4, 1)))
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        shield = Membership(id=new_id(), scope=other.dossier.id, person=person, shielded=1)
        uow.add(shield)
    found = as_on.read(session, made.dossier.id, date(2025, 4, 1))
    assert "Voorbeeld 2" not in everything(found) and "2015" not in everything(found)
    assert [member.title for member in found.members] == ["Voorbeeld 1 Hakobyan"]


def test_requests_stand_where_they_stood_and_agreements_too(session: Session) -> None:
    ref = session.content.ref
    with clock_says(at(2026, 9, 1)):
        made = register_family(session, "Hakobyan")
        request = Request(
            id=new_id(), scope=made.dossier.id, track=ref("reisdocument", "spoor.lp"),
            country=ref("landen", "AM"), purpose=ref("reisdocument", "doel.terugkeer"),
            representation="Den Haag", cooperation=ref("reisdocument", "medewerking.getekend"),
        )  # fmt: skip
        found = requests.start(session, request, [made.members[0].person.id], on=date(2026, 9, 1)).record
        with session.store.write(verbs.TALK_CHANGED) as uow:
            agreement = uow.add(Agreement(id=new_id(), scope=made.dossier.id, what="Pas zoeken"))
    with clock_says(at(2026, 10, 1)):
        from app.domain.kinds.request import RequestEvent

        event = RequestEvent(
            id=new_id(), scope=made.dossier.id, request=found, on="2026-10-01", reason="Verzonnen",
            event=ref("reisdocument", "lp.vervallen"),
        )  # fmt: skip
        requests.record_step(session, event)
        with session.store.write(verbs.TALK_CHANGED) as uow:
            uow.save(agreement, agreement.with_values(done_on="2026-10-01"))
    states = []
    for day in (date(2026, 9, 2), date(2026, 10, 2)):
        then = as_on.read(session, made.dossier.id, day)
        (told,) = then.requests
        states.append({title: words for title, words, _both in told.fields}["State"])
        assert told.about == "Voorbeeld 1 Hakobyan" and told.title.endswith("Armenië")
        done = [title for title, _words, _both in then.agreements[0].fields]
        assert ("Done on" in done) == (day.month == 10)
    assert states == ["Concept-opdracht", "Vervallen"]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["change", "undo", "differ", "alias", "import"]),
        st.sampled_from([1970, 2001, 2024, 2025, 2026, 2090]),
    ),
    max_size=7,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(deeds=[("import", 1970), ("change", 1970), ("undo", 1970)])
@given(deeds=DEEDS)
def test_as_on_now_is_now_and_before_the_first_is_nothing(
    anna: Office, bram: Office, deeds: list[tuple[str, int]]
) -> None:
    """Whatever clocks say. The tables are the oracle: they were filled without any moment."""
    session = anna.session
    made = register_family(session, "Hakobyan", "1984", "2015")
    person, dossier = made.members[0].person.id, made.dossier.id
    take.accept(bram.session, anna.give(bram, dossiers=(dossier,)))
    for number, (deed, year) in enumerate(deeds):
        with clock_says(at(year)):
            if deed == "import":
                theirs = families.load(bram.session, dossier)
                change(bram.session, theirs, birth_place=f"daar {number}")
                file = bram.give(anna, dossiers=(dossier,))
            elif deed == "undo":
                undoable = session.store.next_undo()
                if undoable is not None and undoable.verb != verbs.FAMILY_REGISTERED.code:
                    session.store.undo()
            elif deed == "alias":
                with session.store.write(verbs.MEMBER_CHANGED) as uow:
                    uow.add(Alias(id=new_id(), scope=person, family_name=f"ander {number}"))
            else:
                form = made if deed == "differ" else families.load(session, dossier)
                change(session, form, birth_place=f"plaats {number}")
        if deed == "import":
            take.accept(session, file)
    with session.store.read() as conn:
        for meaning in Meaning:
            limit = as_on.until(session, session.today, meaning)
            for record, ops in ops_in(conn, [dossier, person], SHOWN, limit).items():
                row = read(conn, KINDS[ops[0].kind].cls, record)
                state = state_of(ops)
                assert (row is None) == state.absent
                if row is not None:
                    wanted = {name: value for name, value in row.values().items() if value is not None}
                    shown = {name: value for name, value in state.shown().items() if value is not None}
                    assert shown == wanted
        arrived = conn.exec_driver_sql(
            "SELECT count(*) FROM j_op o JOIN j_stream s ON s.no = o.stream WHERE o.arrival IS NOT NULL"
            " AND s.scope IN (?, ?)",
            (dossier, person),
        ).scalar_one()
        before = int(session.now().timestamp() * 1000) - 86_400_000
        early = ops_in(conn, [dossier, person], SHOWN, Until(known=before))
        brought = read_where(conn, Alias, "scope = ?", (person,))
        undone = any(
            deed == "undo" for deed, _year in deeds
        )  # that writes here, anew, what had come in before
        assert undone or not any(
            "daar" in str(op.cells.get("birth_place")) for ops in early.values() for op in ops
        )
    assert (arrived > 0) == any(deed == "import" for deed, _year in deeds)
    assert len(brought) <= len(deeds)
    for meaning in Meaning:
        assert not as_on.read(session, dossier, date(1969, 12, 30), meaning).is_there
