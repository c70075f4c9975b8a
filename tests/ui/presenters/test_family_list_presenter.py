"""The presenter of the list, without Qt: stale answers, ways on from nothing, words of rows."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from app.domain import verbs
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import IncompleteDate
from app.services import family_list
from app.services.family_list import FamilyRow, Filters, Order, Totals
from app.services.session import Session
from app.storage import removal
from tests.support.family_case import register_family
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from ui.bridge.place import Place
from ui.presenters.family_list_presenter import FamilyListPresenter, Nothing, foot_words, row_cells
from ui.presenters.family_words import age_words, document_sign, lower_first, members_words

__all__ = ["clock", "content", "make_store_file", "session", "store", "store_file", "store_template"]
TODAY = date(2026, 11, 23)


class Later:
    """A runner whose answers come when the test says so, in any order."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        del failed
        self.waiting.append(lambda: done(work()))


class Screen:
    """Remembers what it was asked to show."""

    def __init__(self) -> None:
        self.lines: list[Sequence[int]] = []
        self.nothing: Nothing | None = None
        self.foot = ""
        self.place: Place | None = None

    def show_families(self, lines: Sequence[int]) -> None:
        self.lines.append(lines)

    def show_nothing(self, nothing: Nothing) -> None:
        self.nothing = nothing

    def show_removed(self, words: str) -> None:
        """The way to the removed families."""

    def go_to(self, place: Place) -> None:
        self.place = place

    def show_foot(self, words: str) -> None:
        self.foot = words


@pytest.fixture
def asked(session: Session) -> tuple[FamilyListPresenter, Later, Screen]:
    runner, screen = Later(), Screen()
    return FamilyListPresenter(session, runner, screen), runner, screen


Asked = tuple[FamilyListPresenter, Later, Screen]


def test_an_answer_to_an_older_question_is_dropped(session: Session, asked: Asked) -> None:
    presenter, runner, screen = asked
    made = register_family(session, "Abebe")
    register_family(session, "Beridze")
    presenter.reload()
    presenter.search("abebe")
    for answer in reversed(runner.waiting):
        answer()
    (lines,) = screen.lines
    assert [row.dossier for row in family_list.rows(session, lines) if row] == [made.dossier.id]


def test_a_line_leads_to_its_family_and_one_that_is_gone_to_no_other(session: Session, asked: Asked) -> None:
    """A page may still show what was taken out: its number never comes to stand for who came after."""
    presenter, runner, screen = asked
    made = register_family(session, "Abebe")
    presenter.reload()
    runner.waiting.pop()()
    (line,) = screen.lines[-1]
    presenter.open(line)
    runner.waiting.pop()()
    assert screen.place == Place(page="family", subject=made.dossier.id)
    screen.place = None
    with session.store.removing(verbs.DESTROYED) as whole:
        whole.touched += removal.remove_scope(whole.conn, made.dossier.id)
        whole.gone.add(made.dossier.id)
    register_family(session, "Beridze")
    assert presenter.fetch([line]) == [()]
    presenter.open(line, "family_form")
    runner.waiting.pop()()
    assert screen.place is None
    presenter.reload()
    runner.waiting.pop()()
    assert [row.title for row in family_list.rows(session, screen.lines[-1]) if row] == ["Beridze"]
    assert line not in screen.lines[-1]


def test_the_same_search_is_asked_once(asked: Asked) -> None:
    presenter, runner, _screen = asked
    presenter.search("abebe")
    presenter.search(" abebe ")
    assert len(runner.waiting) == 1


@pytest.mark.parametrize(
    ("query", "filters", "way"),
    [("", Filters(), "new"), ("abebe", Filters(), "all"), ("", Filters(mine=True), "all")],
)
def test_an_empty_list_offers_one_way_on(asked: Asked, query: str, filters: Filters, way: str) -> None:
    presenter, runner, screen = asked
    presenter.query, presenter.filters = query, filters
    presenter.reload()
    runner.waiting[-1]()
    assert screen.nothing is not None
    assert screen.nothing.way == way
    assert screen.foot == ""


def test_sorting_twice_turns_the_order_around(asked: Asked) -> None:
    presenter, _runner, _screen = asked
    presenter.sort(Order.NEXT)
    assert (presenter.order, presenter.descending) == (Order.NEXT, False)
    presenter.sort(Order.NEXT)
    assert presenter.descending


def test_filters_under_more_come_back_as_they_were_chosen(asked: Asked) -> None:
    presenter, _runner, _screen = asked
    for key, _words in presenter.others():
        presenter.filters = presenter.with_other(key)
        assert presenter.other() == key
    presenter.filters = presenter.with_other("")
    assert presenter.filters == Filters()


def row(**changes: object) -> FamilyRow:
    values: dict[str, Any] = {
        "dossier": "d", "title": "Hakobyan", "native": "", "number": "", "adults": 2, "children": 1,
        "age_unknown": 0, "phase": "", "request": "", "stage": "", "on_hold": False, "issued": False,
        "ended": False, "expires_on": None, "has_document": False, "flight_on": None, "next_on": None,
        "next_words": "", "owner": "", "closed": False, "disputed": 0,
    }  # fmt: skip
    return FamilyRow(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "words", "role"),
    [
        ({}, "–", "ink"),
        ({"has_document": True}, "onbekend", "quiet"),
        ({"expires_on": date(2027, 2, 20)}, "za 20 feb 2027", "ink"),
        ({"expires_on": date(2026, 12, 9)}, "wo 9 dec", "watch"),
        ({"expires_on": date(2026, 12, 9), "flight_on": date(2026, 12, 17)}, "wo 9 dec", "late"),
        ({"expires_on": date(2026, 11, 1)}, "zo 1 nov", "late"),
    ],
)
def test_when_a_document_ends(changes: dict[str, object], words: str, role: str) -> None:
    cell = row_cells(row(**changes), TODAY)[4]
    assert (cell.main, cell.role) == (words, role)


@pytest.mark.parametrize(
    ("next_on", "words", "role"),
    [
        (TODAY, "vandaag", "ink"),
        (date(2026, 11, 24), "di 24 nov", "ink"),
        (date(2026, 11, 20), "3 dagen te laat", "late"),
    ],
)
def test_the_next_step(next_on: date, words: str, role: str) -> None:
    cell = row_cells(row(next_on=next_on, next_words="Gesprek"), TODAY)[5]
    assert (cell.main, cell.aside, cell.role) == (words, "gesprek", role)


def test_a_difference_is_said_in_the_row() -> None:
    assert row_cells(row(disputed=2), TODAY)[0].aside == "verschil"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((2, 3, 0), "2 volw., 3 kinderen"),
        ((1, 1, 1), "1 volw., 1 kind, 1 leeftijd onbekend"),
        ((0, 0, 0), ""),
    ],
)
def test_members_in_words(counts: tuple[int, int, int], words: str) -> None:
    assert members_words(*counts) == words


def test_the_foot_counts_people() -> None:
    said = foot_words(Totals(families=300, adults=516, children=688))
    assert said == "300 gezinnen  ·  1.204 personen, van wie 688 kinderen"
    unsure = foot_words(Totals(families=3, adults=5, children=0, age_unknown=2))
    assert unsure == "3 gezinnen  ·  7 personen, 2 leeftijd onbekend"


def test_an_unknown_age_comes_with_its_reason() -> None:
    assert age_words(IncompleteDate.from_text("~1989"), TODAY).startswith("leeftijd onbekend: ")
    assert age_words(IncompleteDate.from_text("1984-05"), TODAY) == "42 jaar"
    assert age_words(None, TODAY) == "leeftijd onbekend"


def test_signs_of_documents() -> None:
    assert document_sign("lp-fase.onderzoek", on_hold=True, held=False) == ("lp.held", "watch")
    assert document_sign("lp-fase.afgegeven", on_hold=False, held=True) == ("lp.issued", "good")
    assert document_sign("onbekend", on_hold=False, held=False)[1] == "ink"


def test_an_abbreviation_keeps_its_capitals() -> None:
    assert lower_first("LP in onderzoek") == "LP in onderzoek"
    assert lower_first("Gesprek") == "gesprek"


def test_lines_come_before_the_counts_beside_them(session: Session, asked: Asked) -> None:
    presenter, runner, screen = asked
    register_family(session, "Abebe")
    presenter.reload()
    runner.waiting.pop()()
    assert (len(screen.lines[-1]), screen.foot) == (1, "1 gezin")
    runner.waiting.pop()()
    assert screen.foot == "1 gezin  ·  1 persoon"


def test_no_count_stands_beside_newer_lines(session: Session, asked: Asked) -> None:
    presenter, runner, screen = asked
    register_family(session, "Abebe")
    register_family(session, "Beridze")
    presenter.reload()
    runner.waiting.pop(0)()
    (old_counts,) = runner.waiting
    presenter.search("abebe")
    runner.waiting.pop()()
    assert screen.foot == "1 gezin"
    old_counts()
    assert screen.foot == "1 gezin"


def test_a_question_that_is_not_the_last_any_more_is_not_looked_for(
    session: Session, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter, runner, _screen = asked
    looked: list[str] = []
    find = family_list.lines

    def lines(session: Session, query: str, **more: Any) -> Sequence[int]:
        looked.append(query)
        return find(session, query, **more)

    monkeypatch.setattr(family_list, "lines", lines)
    register_family(session, "Abebe")
    for query in ("a", "ab", "abe"):
        presenter.search(query)
    for answer in list(runner.waiting):
        answer()
    assert looked == ["abe"]
