"""A part of a dossier to read only: given until a day, listed, read as plain text, removed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.extract_facts import ExtractChoice
from app.domain.paper_text import LineKind, TextLine
from app.domain.record import Compartment
from app.services.session import Session
from tests.support.exchange_fake import WIT, FakeExtract, FakeGive, FakeTake, FakeTrust, Refused, held_extract
from tests.support.family_case import register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.views.exchange.exchange_view import ExchangePage
from ui.views.exchange.extract_view import ExtractPage
from ui.widgets.banner import Banner
from ui.widgets.check_table import CheckTable
from ui.widgets.dialog import Question
from ui.widgets.row_table import RowTable

Settle = Callable[[], None]


@pytest.fixture
def extract() -> FakeExtract:
    return FakeExtract(
        extracts=(held_extract(1, "Alpha", date(2100, 1, 1)), held_extract(2, "Bravo", date(2000, 1, 1))),
        lines=(
            TextLine(kind=LineKind.HEADING, value="Gezin"),
            TextLine(kind=LineKind.FACT, label="Naam", value="<b>Alpha</b>"),
        ),
    )


@pytest.fixture
def page(extract: FakeExtract, session: Session, desk: Desk, qtbot: QtBot) -> ExchangePage:
    for name in ("Alpha", "Bravo"):
        register_family(session, name)
    made = ExchangePage(desk, FakeGive(), FakeTake(), FakeTrust(), extract)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    return made


def _click(page: ExchangePage, name: str) -> None:
    button = page.findChild(QPushButton, name) or page.findChild(QCheckBox, name)
    assert button is not None and button.isEnabled(), name
    button.click()


def _begin(page: ExchangePage, settle: Settle, families: int) -> QLineEdit:
    page.open_place(Place(page="exchange", part="give"))
    settle()
    table, day = page.findChild(CheckTable, "give_families"), page.findChild(QLineEdit, "give_until")
    assert isinstance(table, CheckTable) and isinstance(day, QLineEdit)
    for row in range(families):
        table.choose_row(row)
        QTest.keyClick(table, Qt.Key.Key_Space)
    _click(page, f"give_to_{WIT.device}")
    assert not day.isVisible()
    _click(page, "give_reading")
    assert day.isVisible()
    return day


def test_one_family_is_given_to_read_until_a_day(
    page: ExchangePage,
    extract: FakeExtract,
    session: Session,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    until = session.today + timedelta(days=30)
    day = _begin(page, settle, families=1)
    day.setText(f"{until:%d-%m-%Y}")
    _click(page, "give_preview")
    settle()
    (asked,) = extract.asked
    assert isinstance(asked, ExtractChoice)
    assert (asked.receivers, asked.until) == ((WIT.device,), until)
    assert asked.compartments == {Compartment.KERN, Compartment.WERKWIJZE}
    said = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert f"Te lezen tot en met {until:%d-%m-%Y}" in said
    folder = str(tmp_path)
    monkeypatch.setattr("ui.views.exchange.give_part.QFileDialog.getExistingDirectory", lambda *_args: folder)
    _click(page, "give_save")
    settle()
    assert extract.asked[-1] == (asked, tmp_path, False)


@pytest.mark.parametrize("typed", ["", "01-01-2000", "in de zomer"])
def test_a_day_that_is_not_to_come_asks_nothing(
    page: ExchangePage, extract: FakeExtract, settle: Settle, typed: str
) -> None:
    day = _begin(page, settle, families=1)
    day.setText(typed)
    _click(page, "give_preview")
    settle()
    assert extract.asked == []
    assert day.property("error") and day.text() == typed


def test_two_families_are_two_files_to_read(page: ExchangePage, extract: FakeExtract, settle: Settle) -> None:
    day = _begin(page, settle, families=2)
    day.setText("01-01-2100")
    _click(page, "give_preview")
    settle()
    assert extract.asked == []
    assert any("Kies één gezin" in each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_what_can_be_read_is_listed_opened_and_removed(
    page: ExchangePage, extract: FakeExtract, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[object] = []
    page.go_requested.connect(places.append)
    page.open_place(Place(page="exchange", part="extracts"))
    settle()
    table = page.findChild(RowTable, "extracts_table")
    assert isinstance(table, RowTable) and table.model().rowCount() == 2
    _click(page, "extracts_read")
    assert places == [Place(page="exchange_extract", subject=f"{1:032x}")]
    monkeypatch.setattr(Question, "exec", lambda _question: QDialog.DialogCode.Rejected)
    _click(page, "extracts_drop")
    settle()
    assert extract.asked == []
    monkeypatch.setattr(Question, "exec", lambda _question: QDialog.DialogCode.Accepted)
    _click(page, "extracts_drop")
    settle()
    assert extract.asked == [("drop", f"{1:032x}")]
    assert table.model().rowCount() == 1


def test_an_extract_is_read_as_plain_text_and_forgotten_on_leaving(
    extract: FakeExtract, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = ExtractPage(desk, extract)
    qtbot.addWidget(page)
    page.show()
    page.open_place(Place(page="exchange_extract", subject=f"{1:032x}"))
    settle()

    def shown() -> list[str]:
        return [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]

    assert page.title() == "Alpha" and "<b>Alpha</b>" in shown()
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in page.findChildren(QLabel))
    page.leave()
    assert page.title() == "" and "<b>Alpha</b>" not in shown()
    extract.problem = Refused()
    page.open_place(Place(page="exchange_extract", subject=f"{1:032x}"))
    settle()
    assert [each.accessibleName() for each in page.findChildren(Banner) if each.isVisible()] == [
        Refused.message
    ]


def test_without_the_service_there_is_no_tab_and_no_choice(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = ExchangePage(desk, FakeGive(), FakeTake(), FakeTrust())
    qtbot.addWidget(page)
    page.show()
    page.open_place(Place(page="exchange", part="give"))
    settle()
    box = page.findChild(QCheckBox, "give_reading")
    assert box is not None and not box.isVisible()
    assert page.findChild(QPushButton, "exchange_tabs_extracts") is None
