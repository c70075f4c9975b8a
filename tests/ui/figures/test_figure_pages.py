"""The figures in the window: a period is chosen, a line opens its list, a row of the list opens its family."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from app.domain.ident import new_id
from app.domain.kinds.dossier import Inflow
from app.services.session import Session
from tests.support.family import add, register
from ui.bridge.cell import CELL_ROLE
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.figures_presenter import LAST_TWELVE, OWN
from ui.views.figures.figures_view import FiguresPage
from ui.views.figures.list_view import FigureListPage
from ui.views.page import Page
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.row_table import RowTable

Settle = Callable[[], None]


def lines(page: Page, name: str) -> dict[str, str]:
    """First word and second of each line."""
    table = page.findChild(RowTable, name)
    assert table is not None
    model = table.model()
    cells = [
        [model.index(row, column, QModelIndex()).data(CELL_ROLE) for column in (0, 1)]
        for row in range(model.rowCount())
    ]
    return {first.spoken_as or first.main: second.main for first, second in cells}


def opened(page: Page, qtbot: QtBot, settle: Settle, place: Place) -> list[Place]:
    places: list[Place] = []
    page.go_requested.connect(places.append)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.open_place(place)
    settle()
    return places


def choose(page: Page, code: str) -> None:
    field = page.findChild(Choice, "figures_period")
    assert field is not None
    field.set_code(code)
    field.code_chosen.emit(code)


def test_from_a_period_to_a_figure_to_its_list_to_a_family(
    session: Session, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    family = register(session.store, "Voorbeeld")
    register(session.store, "Later")
    for on, source in (("2025-12-05", "ind"), ("2024-06-01", "avim")):
        ref = session.content.ref("basis", f"instroom.{source}")
        add(session.store, Inflow(id=new_id(), scope=family.dossier, on=on, source=ref))
    page = FiguresPage(desk)
    places = opened(page, qtbot, settle, Place(page="figures"))
    assert lines(page, "figures_table")["Instroom, personen"] == "0"
    choose(page, LAST_TWELVE)
    settle()
    assert lines(page, "figures_table")["Instroom, personen"] == "1"
    assert lines(page, "figures_table")["IND"] == "1"
    choose(page, OWN)
    for name, day in (("figures_from", "2024-01-01"), ("figures_to", "2024-12-31")):
        field = page.findChild(DateField, name)
        assert field is not None and field.isVisible()
        field.set_value(day)
    page.presenter.choose_own("2024-01-01", "2024-12-31")
    settle()
    assert (lines(page, "figures_table")["IND"], lines(page, "figures_table")["AVIM"]) == ("0", "1")
    table = page.findChild(RowTable, "figures_table")
    assert table is not None
    row = list(lines(page, "figures_table")).index("AVIM")
    table.row_opened.emit(row + _repeated(page, row))
    assert places[-1].page == "figure_list"

    listed = FigureListPage(desk)
    ways = opened(listed, qtbot, settle, places[-1])
    assert listed.title() == "Instroom naar herkomst, personen"
    assert list(lines(listed, "figure_list")) == ["Voorbeeld"]
    rows = listed.findChild(RowTable, "figure_list")
    assert rows is not None
    rows.row_opened.emit(0)
    assert ways == [Place(page="family", subject=family.dossier)]


def _repeated(page: Page, before: int) -> int:
    """How many lines before this one share their words with an earlier line."""
    table = page.findChild(RowTable, "figures_table")
    assert table is not None
    model = table.model()
    words = [model.index(row, 0, QModelIndex()).data(CELL_ROLE) for row in range(model.rowCount())]
    said = [cell.spoken_as or cell.main for cell in words]
    wanted = list(dict.fromkeys(said))[before]
    return said.index(wanted) - before


def test_days_the_wrong_way_round_are_said(
    session: Session, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    page = FiguresPage(desk)
    opened(page, qtbot, settle, Place(page="figures"))
    before = page.presenter.period
    page.presenter.choose_own("2026-02-01", "2026-01-01")
    assert page.presenter.period == before
    assert not page.findChild(RowTable, "figures_table").isVisible()  # type: ignore[union-attr]


def test_a_figure_of_zero_says_so(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    listed = FigureListPage(desk)
    opened(listed, qtbot, settle, Place(page="figure_list", subject="persons", part="2026-01-01|2026-11-23"))
    table = listed.findChild(RowTable, "figure_list")
    assert table is not None and not table.isVisible()
