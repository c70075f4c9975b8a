"""The head of a family and its member lines, without Qt: one banner, the worst; unknown said as unknown."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.incomplete_date import DATE_AHEAD, DAY_UNKNOWN, IncompleteDate
from app.domain.kinds.departure import Departure
from app.domain.lights import Light, Standing
from app.domain.person_name import PersonName
from app.services.family_page import Document, FirstToExpire, Heard, MemberLine, Overview, Step
from app.services.outflows import Left
from app.services.session import Session
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from ui.bridge.place import Place
from ui.presenters.family_board import light_cell, member_cells
from ui.presenters.family_presenter import head_of

__all__ = ["clock", "content", "make_store_file", "session", "store", "store_file", "store_template"]
TODAY = date(2026, 11, 23)
NAREK = MemberLine(
    person="p",
    name=PersonName(family="Hakobyan", given="Narek", native_given="Նարեկ"),
    role="Kind",
    birth=IncompleteDate(2015, 1, 2),
    birth_is_stated=True,
    is_child=True,
    nationality="Armenië",
    v_number="2891147071",
    phase="",
    phase_since=None,
    has_role_of_child=True,
    heard=Heard(),
    document=Document(),
    next=None,
)
FAMILY = Overview(
    dossier="d",
    title="Hakobyan",
    native="",
    number="TEST-1",
    opened_on=None,
    closed_on=None,
    location_since=IncompleteDate(2024, 3),
    owner="R. Voorbeeld",
    members=(NAREK,),
    flight_on=None,
    first_to_expire=None,
    youngest_18_on=date(2033, 1, 2),
)


def ends(on: date, flight_on: date | None = None) -> Overview:
    return replace(
        FAMILY, first_to_expire=FirstToExpire(person="p", name="Narek", on=on, flight_on=flight_on)
    )


@pytest.mark.parametrize(
    ("overview", "state", "words"),
    [
        (ends(date(2026, 12, 9), date(2026, 12, 17)), "late", "8 dagen vóór het vertrek"),
        (ends(date(2026, 11, 1)), "late", "is verlopen op zo 1 nov"),
        (ends(date(2026, 12, 9)), "watch", "Loopt het eerst af: het document van Narek, wo 9 dec."),
        (replace(FAMILY, draft_waits=True), "info", "niet opgeslagen"),
    ],
)
def test_the_banner_says_the_worst(session: Session, overview: Overview, state: str, words: str) -> None:
    banner = head_of(overview, session).banner
    assert banner is not None
    assert banner.state == state
    assert words in banner.sentence


def test_a_closed_dossier_says_so_before_anything_that_expires_and_offers_to_open_again(
    session: Session,
) -> None:
    head = head_of(replace(ends(date(2026, 11, 1)), closed_on=date(2026, 11, 3)), session)
    assert head.banner is not None
    assert (head.banner.sentence, head.foot) == ("Dit dossier is gesloten op 03-11-2026.", "")
    assert head.banner.place == Place(page="inflow_form", subject="d", part="reopen")


def test_closing_is_offered_when_everybody_left_after_what_is_worse(session: Session) -> None:
    everybody = replace(FAMILY, everybody_left=True)
    banner = head_of(everybody, session).banner
    assert banner is not None
    assert banner.place == Place(page="close_form", subject="d")
    worse = head_of(replace(ends(date(2026, 11, 1)), everybody_left=True), session).banner
    assert worse is not None and worse.state == "late"


def test_a_departure_that_took_place_asks_for_its_outflow_unless_values_clash(session: Session) -> None:
    gone = Left(departure=Departure(id="e", scope="d", departed_on="2026-11-20"), persons=("p",))
    banner = head_of(replace(ends(date(2026, 11, 1)), departed=gone), session).banner
    assert banner is not None
    assert "20-11-2026" in banner.sentence
    assert banner.place == Place(page="outflow_form", subject="d", part="departure:e")


def test_who_left_the_caseload_says_so_in_the_line(session: Session) -> None:
    gone = replace(NAREK, has_left=True)
    assert "Uitgestroomd" in [cell.main for cell in member_cells(gone, FAMILY, TODAY)]
    assert "Uitgestroomd" not in [cell.main for cell in member_cells(NAREK, FAMILY, TODAY)]


def test_a_document_that_holds_long_is_no_banner_but_stands_at_the_foot(session: Session) -> None:
    head = head_of(ends(date(2027, 2, 20)), session)
    assert head.banner is None
    assert "za 20 feb 2027" in head.foot


def test_a_draft_leads_back_to_the_form(session: Session) -> None:
    banner = head_of(replace(FAMILY, draft_waits=True), session).banner
    assert banner is not None
    assert banner.place == Place(page="family_form", subject="d")


def test_the_quiet_line(session: Session) -> None:
    assert head_of(FAMILY, session).quiet == (
        "1 lid, van wie 1 kind",
        "TEST-1",
        "Gezinslocatie Voorbeeld sinds maart 2024, dag onbekend",
        "jongste wordt 18 op 02-01-2033",
        "R. Voorbeeld",
    )
    nobody_knows = replace(NAREK, is_child=None)
    of_both = replace(FAMILY, members=(NAREK, nobody_knows, nobody_knows))
    assert head_of(of_both, session).quiet[0] == "3 leden, van wie 1 kind, 2 leeftijd onbekend"
    assert head_of(replace(FAMILY, members=(nobody_knows,)), session).quiet[0] == "1 lid, 1 leeftijd onbekend"
    unsure = replace(FAMILY, youngest_18_on=DAY_UNKNOWN)
    assert "wanneer de jongste 18 wordt is onbekend" in head_of(unsure, session).quiet
    ahead = replace(FAMILY, youngest_18_on=DATE_AHEAD)
    said = "jongste wordt 18: onbekend (geboortedatum in de toekomst)"
    assert said in head_of(ahead, session).quiet


def test_who_bears_the_name_of_the_family_is_called_by_given_names() -> None:
    name = member_cells(NAREK, FAMILY, TODAY)[0]
    assert (name.main, name.native, name.second) == ("Narek", "Նարեկ", "kind, 11 jaar")
    other = replace(NAREK, name=PersonName(family="Tesfaye", given="Hirut"))
    assert member_cells(other, FAMILY, TODAY)[0].main == "Hirut Tesfaye"


@pytest.mark.parametrize(
    ("heard", "main", "second"),
    [
        (Heard(), "nog niet gehoord", ""),
        (Heard(words="Zelf", yes=True, on=date(2026, 11, 12), by="moeder"), "Gehoord", "do 12 nov, moeder"),
        (Heard(words="Niet gehoord, reden: wens van ouders"), "Niet gehoord", "wens van ouders"),
    ],
)
def test_of_a_child_it_counts_whether_it_was_heard(heard: Heard, main: str, second: str) -> None:
    cell = member_cells(replace(NAREK, heard=heard), FAMILY, TODAY)[1]
    assert (cell.main, cell.second) == (main, second)


def test_unknown_is_a_word_and_nothing_yet_is_another() -> None:
    nothing = member_cells(NAREK, FAMILY, TODAY)
    assert nothing[-1].main == "nog geen"
    held = replace(NAREK, document=Document(words="Laissez-passer", held=True))
    cells = member_cells(held, FAMILY, TODAY)
    assert (cells[-1].main, cells[-1].role) == ("onbekend", "unknown")


def test_a_document_that_ends_before_departure_is_late() -> None:
    line = replace(NAREK, document=Document(words="Afgegeven", held=True, valid_until=date(2026, 12, 9)))
    cell = member_cells(line, replace(FAMILY, flight_on=date(2026, 12, 17)), TODAY)[-1]
    assert (cell.main, cell.spoken(), cell.role) == ("9 dec", "9 dec, vóór vertrek", "late")
    assert cell.axis is not None and cell.axis.late
    assert cell.axis.end == pytest.approx(0.5 * 16 / 24)
    long = replace(line, document=replace(line.document, valid_until=date(2027, 6, 1)))
    reaches = member_cells(long, replace(FAMILY, flight_on=date(2026, 12, 17)), TODAY)[-1]
    assert reaches.axis is not None and reaches.axis.end is not None
    assert reaches.axis.end > 1 and not reaches.axis.late


def test_without_a_planned_flight_the_last_day_stands_in_words_only() -> None:
    line = replace(NAREK, document=Document(words="Afgegeven", held=True, valid_until=date(2026, 11, 1)))
    cell = member_cells(line, FAMILY, TODAY)[-1]
    assert (cell.main, cell.second, cell.axis) == ("1 nov", "verlopen", None)


def test_a_light_says_its_word_with_the_day_and_is_spoken_in_full() -> None:
    light = Light(standing=Standing.GOOD, word="yes", on=date(2026, 11, 12), by="IND")
    cell = light_cell(light, "May leave", TODAY)
    assert (cell.main, cell.icon, cell.light) == ("ja 12/11", "state.good", True)
    assert cell.spoken() == "may leave: ja, nagegaan op 12-11-2026, IND"
    older = light_cell(replace(light, on=date(2025, 6, 3)), "May leave", TODAY)
    assert older.main == "ja 3/6/25"


def test_more_open_actions_stand_behind_the_next_step() -> None:
    step = Step(on=date(2026, 11, 27), time="", words="Arts bellen")
    cells = member_cells(replace(NAREK, next=step, open_actions=3), FAMILY, TODAY)
    assert cells[3].second == "arts bellen, nog 2 open"
