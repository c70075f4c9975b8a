"""*Vandaag*: groups, a family's name once, arrows over headings, the new day, and the empty page."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.ident import new_id
from app.domain.kinds.talk import Agreement
from app.services import drafts
from app.services.session import Session
from tests.support.family import Family, add, register
from tests.support.request_case import begin_request
from tests.support.session_fixture import Clock
from tests.ui.conftest import RunAtOnce
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.fact import FactGroup
from ui.presenters.today_presenter import Nothing, TodayPresenter, TodayRow
from ui.views.today.today_view import TodayPage
from ui.widgets.row_table import RowTable

Settle = Callable[[], None]


class _Screen:
    def __init__(self) -> None:
        self.day = self.foot = ""
        self.rows: Sequence[TodayRow] = ()
        self.nothing: Nothing | None = None
        self.facts: Sequence[FactGroup] = ()

    def show_day(self, words: str) -> None:
        self.day = words

    def show_rows(self, rows: Sequence[TodayRow]) -> None:
        self.rows, self.nothing = rows, None

    def show_nothing(self, nothing: Nothing) -> None:
        self.rows, self.nothing = (), nothing

    def show_facts(self, groups: Sequence[FactGroup]) -> None:
        self.facts = groups

    def show_foot(self, words: str) -> None:
        self.foot = words


def agree(session: Session, family: Family, what: str, due_on: str) -> None:
    add(session.store, Agreement(id=new_id(), scope=family.dossier, what=what, due_on=due_on))


@pytest.fixture
def families(session: Session) -> tuple[Family, Family]:
    """Two families whose agreements lie crosswise."""
    first, second = register(session.store, "Beridze"), register(session.store, "Amrani")
    agree(session, first, "oud", "2026-11-16")
    agree(session, second, "minder oud", "2026-11-18")
    agree(session, first, "gisteren", "2026-11-22")
    agree(session, second, "nu", "2026-11-23")
    agree(session, first, "straks", "2026-11-26")
    return first, second


def told(rows: Sequence[TodayRow]) -> list[str]:
    """Family and what, of every line; headings in brackets."""
    return [
        f"[{row.cells[0].main}]" if row.heading else f"{row.cells[0].main}:{row.cells[1].main}"
        for row in rows
        if row.cells
    ]


def test_families_by_earliest_day_and_each_name_once_per_group(
    session: Session, families: tuple[Family, Family], run_at_once: RunAtOnce
) -> None:
    screen = _Screen()
    TodayPresenter(session, run_at_once, screen).reload()
    assert told(screen.rows) == [
        "[Te laat]", "Beridze:oud", ":gisteren", "Amrani:minder oud",
        "[Vandaag]", "Amrani:nu",
        "[Komende 7 dagen]", "Beridze:straks",
    ]  # fmt: skip
    late = screen.rows[1].cells
    assert (late[3].main, late[3].spoken(), late[3].role) == ("7 dagen", "7 dagen te laat", "late")
    assert screen.day == "maandag 23 november 2026"
    assert screen.foot == "5 regels  ·  2 gezinnen"
    assert screen.rows[1].place == Place(page="family", subject=families[0].dossier)


def test_at_midnight_what_was_today_is_late(
    session: Session, families: tuple[Family, Family], run_at_once: RunAtOnce, clock: Clock
) -> None:
    screen = _Screen()
    presenter = TodayPresenter(session, run_at_once, screen)
    presenter.reload()
    clock.forward(hours=13)  # half past eleven at night, Dutch time
    presenter.look_at_clock()
    assert screen.day == "maandag 23 november 2026"
    clock.forward(hours=1)
    presenter.look_at_clock()
    assert screen.day == "dinsdag 24 november 2026"
    assert told(screen.rows)[:5] == ["[Te laat]", "Beridze:oud", ":gisteren", "Amrani:minder oud", ":nu"]


def test_a_term_leads_to_its_request_and_names_only_some(session: Session, run_at_once: RunAtOnce) -> None:
    case = begin_request(session, only_first=True)
    case.file()
    screen = _Screen()
    TodayPresenter(session, run_at_once, screen).reload()
    lines = [row for row in screen.rows if not row.heading]
    assert {row.place for row in lines} == {Place(page="request", subject=case.request)}
    assert all(row.cells[1].aside == "Lusine" for row in lines)


def test_drafts_and_a_missing_backup_stand_beside_it(session: Session, run_at_once: RunAtOnce) -> None:
    register(session.store)
    drafts.keep(session, "request_step", "0190/lp.rappel", {"way": "e-mail"})
    screen = _Screen()
    TodayPresenter(session, run_at_once, screen).reload()
    groups = {group.title: group.facts for group in screen.facts}
    (waiting,) = groups["Begonnen, niet bewaard"]
    assert waiting.place == Place(page="request_step", subject="0190", part="lp.rappel")
    assert "nog geen reservekopie" in groups["Reservekopie"][0].main
    assert screen.nothing is not None and not screen.nothing.new


def test_a_store_without_families_offers_the_first(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    page.open_place(Place(page="today"))
    page.take_focus()
    settle()
    (begin,) = page.regions()
    assert begin.objectName() == "today_begin"
    with qtbot.waitSignal(page.go_requested) as gone:
        QTest.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert gone.args == [Place(page="family_form")]


@pytest.mark.usefixtures("families")
def test_arrows_step_over_headings_and_enter_opens(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    page.open_place(Place(page="today"))
    settle()
    table = page.findChild(RowTable, "today_table")
    assert table is not None
    rows = [table.current_row()]
    for _step in range(5):
        QTest.keyClick(table, Qt.Key.Key_Down)
        rows.append(table.current_row())
    assert rows == [1, 2, 3, 6, 9, 9]
    with qtbot.waitSignal(page.go_requested):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_a_change_elsewhere_shows_at_once_and_the_choice_stays(
    desk: Desk, settle: Settle, qtbot: QtBot, families: tuple[Family, Family]
) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    page.open_place(Place(page="today"))
    settle()
    table = page.findChild(RowTable, "today_table")
    assert table is not None
    table.choose_row(6)
    agree(desk.session, families[1], "erbij", "2026-11-17")
    qtbot.waitUntil(lambda: table.model().rowCount() == 11)
    settle()
    assert table.current_row() == 7
