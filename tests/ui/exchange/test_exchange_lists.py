"""Who has what, looking into a file, and the page around them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.exchange_facts import Holding, InspectedLine
from app.domain.record import Compartment
from tests.support.exchange_fake import AT, OKORO, WIT, FakeGive, FakeTake, FakeTrust, Refused
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.views.exchange.exchange_view import ExchangePage
from ui.views.exchange.inspect_view import InspectPage
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField

Settle = Callable[[], None]


def _held() -> tuple[Holding, ...]:
    parts = frozenset({Compartment.KERN})
    return (
        Holding(
            device=WIT.device, name=WIT.name, dossier="d1", title="Hakobyan", compartments=parts, sent_at=AT, behind=1
        ),
        Holding(
            device=OKORO.device, name=OKORO.name, dossier="d1", title="Hakobyan", compartments=parts, sent_at=AT,
            told_at=AT,
        ),
    )  # fmt: skip


def _cells(table: RowTable, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


@pytest.fixture
def give() -> FakeGive:
    return FakeGive(held=_held())


@pytest.fixture
def page(give: FakeGive, desk: Desk, qtbot: QtBot, settle: Settle) -> ExchangePage:
    made = ExchangePage(desk, give, FakeTake(), FakeTrust())
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    made.open_place(Place(page="exchange", part="holdings"))
    settle()
    return made


def test_per_colleague_and_family_it_stands_what_they_lack(page: ExchangePage, settle: Settle) -> None:
    table, person = page.findChild(RowTable, "holdings_table"), page.findChild(Choice, "holdings_person")
    assert isinstance(table, RowTable) and isinstance(person, Choice)
    assert _cells(table, 0)[3:] == ["20-11-2026", "nog niet", "1 wijziging"]
    assert _cells(table, 1)[3:] == ["20-11-2026", "20-11-2026", "heeft alles"]
    person.setCurrentIndex(person.findData(OKORO.device))
    person.activated.emit(person.currentIndex())
    assert table.model().rowCount() == 1
    assert _cells(table, 0)[0] == OKORO.name


def test_what_is_new_is_given_from_there(page: ExchangePage) -> None:
    places: list[object] = []
    page.go_requested.connect(places.append)
    button = page.findChild(QPushButton, "holdings_give")
    assert isinstance(button, QPushButton)
    button.click()
    assert places == [Place(page="exchange", part=f"give/d1/{WIT.device}")]


def test_a_receipt_for_the_chosen_colleague(
    page: ExchangePage, give: FakeGive, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path)
    monkeypatch.setattr(
        "ui.views.exchange.holdings_part.QFileDialog.getExistingDirectory", lambda *_args: folder
    )
    table, button = (
        page.findChild(RowTable, "holdings_table"),
        page.findChild(QPushButton, "holdings_receipt"),
    )
    assert isinstance(table, RowTable) and isinstance(button, QPushButton)
    table.choose_row(1)
    button.click()
    settle()
    assert give.asked == [(OKORO.device, tmp_path)]
    give.problem = Refused()
    button.click()
    settle()
    assert [each.accessibleName() for each in page.findChildren(Banner) if each.isVisible()] == [
        Refused.message
    ]


def test_each_tab_brings_its_own_buttons(page: ExchangePage, settle: Settle) -> None:
    def shown() -> set[str]:
        names = (
            "take_open",
            "take_look_into",
            "give_preview",
            "give_save",
            "holdings_give",
            "holdings_receipt",
        )
        buttons = [page.findChild(QPushButton, name) for name in names]
        return {each.objectName() for each in buttons if isinstance(each, QPushButton) and each.isVisible()}

    assert shown() == {"holdings_give", "holdings_receipt"}
    for tab, wanted in (("take", {"take_open", "take_look_into"}), ("give", {"give_preview"})):
        button = page.findChild(QPushButton, f"exchange_tabs_{tab}")
        assert isinstance(button, QPushButton)
        button.click()
        settle()
        assert shown() == wanted


_LINES = (
    InspectedLine(group="Families", words="0190", detail="0191, 0192"),
    InspectedLine(group="Changes", words="Person 0191", detail="<b>Lusine</b>\nregel twee"),
    InspectedLine(group="Changes", words="Person 0192", detail="Narek"),
)


@pytest.fixture
def inspect(desk: Desk, qtbot: QtBot, settle: Settle) -> InspectPage:
    take = FakeTake(lines=_LINES, refused={"kapot.regiemap": Refused()})
    made = InspectPage(desk, take)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    made.open_place(Place(page="exchange_inspect", subject="pakket.regiemap"))
    settle()
    return made


def test_all_that_a_file_holds_stands_there_as_plain_text(inspect: InspectPage) -> None:
    table, whole = (
        inspect.findChild(RowTable, "inspect_table"),
        inspect.findChild(QPlainTextEdit, "inspect_whole"),
    )
    assert isinstance(table, RowTable) and isinstance(whole, QPlainTextEdit)
    assert [_cells(table, row)[0] for row in range(table.model().rowCount())] == [
        "Gezinnen", "0190", "Wijzigingen", "Person 0191", "Person 0192",
    ]  # fmt: skip
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert whole.toPlainText() == "Person 0191\n<b>Lusine</b>\nregel twee"
    assert whole.isReadOnly()


def test_a_search_leaves_the_lines_that_hold_it(inspect: InspectPage, settle: Settle) -> None:
    table, field = (
        inspect.findChild(RowTable, "inspect_table"),
        inspect.findChild(SearchField, "inspect_search"),
    )
    assert isinstance(table, RowTable) and isinstance(field, SearchField)
    field.setText("NAREK")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert [_cells(table, row)[0] for row in range(table.model().rowCount())] == [
        "Wijzigingen",
        "Person 0192",
    ]


def test_a_file_that_cannot_be_read_says_why_and_keeps_no_line_of_the_one_before(
    inspect: InspectPage, settle: Settle
) -> None:
    inspect.open_place(Place(page="exchange_inspect", subject="kapot.regiemap"))
    settle()
    table, banner = inspect.findChild(RowTable, "inspect_table"), inspect.findChild(Banner)
    assert isinstance(table, RowTable) and isinstance(banner, Banner)
    assert table.model().rowCount() == 0
    assert banner.isVisible() and banner.accessibleName() == Refused.message
