"""The list of dossiers by SQL: search, filters, order, rows with words, totals."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Owner
from app.domain.kinds.person import Original
from app.services import agenda, families, family_list, family_page, requests
from app.services.families import Family
from app.services.family_list import NO_REQUEST, Filters, Order
from app.services.session import Session
from tests.support.request_start import start_request


def family(session: Session, title: str, *births: str, v_number: str = "", native: str = "") -> Family:
    """A registered family with a member per date of birth."""
    empty = families.new_family(session)
    members = []
    for number, birth in enumerate(births or ("1984",), start=1):
        made = families.new_member(session, empty.dossier.id, position=number)
        person = made.person.with_values(
            family_name=title,
            given_names=f"Voorbeeld {number}",
            family_name_native=native or None,
            birth_date=birth,
        )
        members.append(
            replace(made, person=person, v_number=made.v_number.with_values(value=v_number or None))
        )
    wanted = Family(dossier=empty.dossier.with_values(title=title), members=tuple(members))
    saved = families.save(session, None, wanted)
    return families.load(session, saved.dossier)


def titles(session: Session, query: str = "", **asked: object) -> list[str]:
    found = family_list.lines(session, query, **asked)  # type: ignore[arg-type]
    return [row.title for row in family_list.rows(session, found) if row is not None]


def test_order_is_that_of_a_reader(session: Session) -> None:
    for title in ("Öztürk", "Abebe", "al-Hamad", "Osman"):
        family(session, title)
    assert titles(session) == ["Abebe", "al-Hamad", "Osman", "Öztürk"]
    assert titles(session, descending=True) == ["Öztürk", "Osman", "al-Hamad", "Abebe"]


def test_what_is_empty_comes_last_both_ways(session: Session) -> None:
    first, second = family(session, "Abebe"), family(session, "Beridze")
    add_document(session, second.members[0].person.id, "2026-12-09")
    for descending in (False, True):
        assert titles(session, order=Order.EXPIRES, descending=descending)[-1] == first.dossier.title


@pytest.mark.parametrize("query", ["hako", "289.114.7071", "2891147071", "Հակոբ", "hakobyan voorbeeld"])
def test_search_finds_names_scripts_and_numbers(session: Session, query: str) -> None:
    family(session, "Hakobyan", v_number="289.114.7071", native="Հակոբյան")
    family(session, "Beridze")
    assert titles(session, query) == ["Hakobyan"]


def test_every_word_must_match(session: Session) -> None:
    family(session, "Hakobyan")
    assert titles(session, "hakobyan beridze") == []


def test_mine_are_those_i_own(session: Session) -> None:
    mine, other = family(session, "Abebe"), family(session, "Beridze")
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.add(Owner(id=new_id(), scope=other.dossier.id, officer=new_id(), from_on="2026-11-24"))
    assert titles(session, filters=Filters(mine=True)) == [mine.dossier.title]


def test_a_closed_family_shows_only_when_asked(session: Session) -> None:
    made = family(session, "Abebe")
    families.save(session, made, replace(made, dossier=made.dossier.with_values(closed_on="2026-11-20")))
    assert titles(session) == []
    assert titles(session, filters=Filters(closed=True)) == ["Abebe"]


def test_request_filters(session: Session) -> None:
    with_one = family(session, "Abebe")
    family(session, "Beridze")
    start_request(session, with_one)
    stage = requests.of_dossier(session, with_one.dossier.id)[0].position.state
    assert stage is not None
    assert titles(session, filters=Filters(request=NO_REQUEST)) == ["Beridze"]
    assert titles(session, filters=Filters(request=stage.stage)) == ["Abebe"]
    row = family_list.rows_of(session, [with_one.dossier.id])[0]
    assert row is not None
    assert row.request == "Concept-opdracht"


def test_expiry_counts_from_today(session: Session) -> None:
    soon, later = family(session, "Abebe"), family(session, "Beridze")
    add_document(session, soon.members[0].person.id, "2026-12-09")
    add_document(session, later.members[0].person.id, "2027-05-14")
    assert titles(session, filters=Filters(expires_within_days=30)) == ["Abebe"]
    row = family_list.rows_of(session, [soon.dossier.id])[0]
    assert row is not None
    assert (row.expires_on, row.has_document) == (date(2026, 12, 9), True)


def test_of_two_documents_the_longest_counts_and_among_members_the_first_to_end(session: Session) -> None:
    made = family(session, "Abebe")
    person = made.members[0].person.id
    add_document(session, person, "2026-12-09")
    add_document(session, person, "2028-05-14")
    row = family_list.rows_of(session, [made.dossier.id])[0]
    assert row is not None and row.expires_on == date(2028, 5, 14)
    first = family_page.load(session, made.dossier.id).first_to_expire
    assert first is not None and first.on == row.expires_on, (
        "the list and the page of the family say the same"
    )
    assert [line.due_on for line in agenda.read(session, days=900).ahead] == [row.expires_on]
    session.store.refresh_all()
    assert family_list.rows_of(session, [made.dossier.id])[0] == row, "made anew it is the same"


def test_a_document_of_unknown_validity_is_known_to_be_there(session: Session) -> None:
    made = family(session, "Abebe")
    add_document(session, made.members[0].person.id, None)
    row = family_list.rows_of(session, [made.dossier.id])[0]
    assert row is not None
    assert (row.expires_on, row.has_document) == (None, True)


def test_totals_count_unknown_ages_apart(session: Session) -> None:
    family(session, "Abebe", "1984", "2015-03", "?")
    found = family_list.totals(session, family_list.lines(session))
    assert (found.families, found.adults, found.children, found.age_unknown) == (1, 1, 1, 1)
    assert found.persons == 3


def test_a_row_that_is_gone_leaves_its_place(session: Session) -> None:
    made = family(session, "Abebe")
    gone = new_id()
    rows = family_list.rows_of(session, [gone, made.dossier.id])
    assert rows[0] is None
    assert rows[1] is not None


@pytest.mark.parametrize("order", list(Order))
def test_every_order_is_sql_that_runs(session: Session, order: Order) -> None:
    family(session, "Abebe")
    assert len(family_list.lines(session, order=order)) == 1


def add_document(session: Session, person: str, valid_until: str | None) -> None:
    """A laissez-passer of this person."""
    kind = session.content.ref("basis", "documentsoort.lp")
    with session.store.write(verbs.DOCUMENT_RECORDED) as uow:
        uow.add(Original(id=new_id(), scope=person, kind=kind, valid_until=valid_until))


def test_a_family_without_a_name_of_its_own_is_found_in_both_scripts(session: Session) -> None:
    empty = families.new_family(session)
    made = families.new_member(session, empty.dossier.id, position=1)
    person = made.person.with_values(family_name="Voorbeeldian", family_name_native="Օրինակյան")
    families.save(session, None, Family(dossier=empty.dossier, members=(replace(made, person=person),)))
    (dossier,) = family_list.ids(session, "Օրինակ")
    row = family_list.rows_of(session, [dossier])[0]
    assert row is not None and (row.title, row.native) == ("Voorbeeldian", "Օրինակյան")


def test_the_18_clock_lists_families_by_the_birthday_of_the_youngest_and_the_unknown_apart(
    session: Session,
) -> None:
    """Today is 23 November 2026; the stretches come from content."""
    family(session, "Binnenkort", "1984", "2009-01-10")
    family(session, "Halfjaar", "1984", "2009-05-23")
    family(session, "Jaar", "1984", "2009-11-23")
    family(session, "Later", "1984", "2009-01-10", "2015-02-02")  # the youngest counts
    family(session, "Schrikkel", "1984", "2008-02-29")  # already 18
    family(session, "Onbekend", "1984", "2010")
    family(session, "Volwassen", "1984")
    by_code = {
        code: titles(session, filters=Filters(turns_18=code))
        for code in ("achttien.3", "achttien.6", "achttien.12", family_list.TURNS_UNKNOWN)
    }
    assert by_code == {
        "achttien.3": ["Binnenkort"],
        "achttien.6": ["Binnenkort", "Halfjaar"],
        "achttien.12": ["Binnenkort", "Halfjaar", "Jaar"],
        "?": ["Onbekend"],
    }
    row = family_list.rows_of(session, family_list.ids(session, filters=Filters(turns_18="achttien.3")))[0]
    assert row is not None and row.turns_18_on == date(2027, 1, 10)
