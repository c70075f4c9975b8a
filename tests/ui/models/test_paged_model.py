"""A list of 100,000 rows costs what the rows in sight cost."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.bridge.cell import CELL_ROLE, Cell
from ui.bridge.look import Look
from ui.models.paged_model import PAGE_ROWS, PagedModel, Row
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_MANY = 100_000


class _Source:
    def __init__(self) -> None:
        self.fetched: list[Sequence[str]] = []

    def fetch(self, ids: Sequence[str]) -> Sequence[Row]:
        self.fetched.append(ids)
        return [(Cell(main=wanted), Cell(main="x")) for wanted in ids]


@pytest.fixture
def source() -> _Source:
    return _Source()


def test_only_pages_in_sight_are_fetched(look: Look, qtbot: QtBot, source: _Source) -> None:
    table = RowTable(name="dossiers", words="Gezinnen", head=Head())
    qtbot.addWidget(table)
    model = PagedModel(("Gezin", "Leden"), source.fetch, table)
    table.setModel(model)
    table.resize(800, 600)
    table.show()
    model.set_ids([f"id{number}" for number in range(_MANY)])
    table.scrollToBottom()
    assert not table.grab().isNull()
    assert model.rowCount() == _MANY
    assert 1 <= len(source.fetched) <= 6
    assert all(len(ids) <= PAGE_ROWS for ids in source.fetched)
    assert model.index(_MANY - 1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"Gezin: id{_MANY - 1}"


def test_the_cache_stays_small(qapp: QApplication, source: _Source) -> None:
    model = PagedModel(("Gezin",), source.fetch)
    model.set_ids([str(number) for number in range(_MANY)])
    for row in range(0, _MANY, PAGE_ROWS):
        assert model.cell(row, 0) == Cell(main=str(row))
    assert len(model._pages) < 50


def test_refresh_forgets_only_what_changed(qapp: QApplication, source: _Source) -> None:
    model = PagedModel(("Gezin", "Leden"), source.fetch)
    model.set_ids([str(number) for number in range(200)])
    for row in (0, 100):
        model.cell(row, 0)
    model.refresh(["3"])
    for row in (0, 100):
        model.cell(row, 0)
    assert [ids[0] for ids in source.fetched] == ["0", "64", "0"]
    assert model.row_of("100") == 100
    assert model.row_of("weg") == -1


def test_a_row_that_is_gone_shows_nothing(qapp: QApplication) -> None:
    model: PagedModel[str] = PagedModel(("Gezin",), lambda ids: [() for _id in ids])
    model.set_ids(["a"])
    assert model.index(0, 0).data(CELL_ROLE) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) is None
