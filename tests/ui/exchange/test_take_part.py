"""Taking in through its real tab: nothing is kept before it is accepted, and every reason is said at the place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.exchange_facts import Taken
from tests.support.exchange_fake import (
    AT,
    DESTROYED,
    FAMILIES,
    KNOWN,
    LOST,
    NEW,
    WIT,
    FakeGive,
    FakeTake,
    FakeTrust,
    Refused,
    arrival,
)
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.views.exchange.exchange_view import ExchangePage
from ui.views.exchange.take_part import TakePart
from ui.widgets.banner import Banner
from ui.widgets.check_table import CheckTable
from ui.widgets.line import Line, Sentence
from ui.widgets.row_table import RowTable

Settle = Callable[[], None]
W = TypeVar("W", bound=QWidget)
BROUGHT = "Verder 8 punten op te helderen"


class Tab:
    """The exchange page at the tab *Take in*, driven by names."""

    def __init__(self, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
        self.take, self.give, self.settle = FakeTake(arrival=arrival()), FakeGive(), settle
        self.page = ExchangePage(desk, self.give, self.take, FakeTrust())
        self.places: list[object] = []
        self.said: list[Notice] = []
        self.page.go_requested.connect(self.places.append)
        self.page.said.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 700)
        self.page.show()
        self.page.open_place(Place(page="exchange", part="take"))
        settle()

    def part(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.part(QPushButton, name)
        assert button.isVisible() and button.isEnabled(), name
        button.click()
        self.settle()

    def offer(self, *names: str) -> None:
        part = self.page.part("take")
        assert isinstance(part, TakePart)
        part.offer([Path(name) for name in names])
        self.settle()

    def accepted(self) -> list[object]:
        return [asked for asked in self.take.asked if isinstance(asked, tuple) and asked[0] == "accept"]

    def texts(self) -> str:
        kinds: Sequence[type[Line] | type[Sentence]] = (Line, Sentence)
        return "\n".join(
            each.text() for kind in kinds for each in self.page.findChildren(kind) if each.isVisible()
        )


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot, settle: Settle) -> Tab:
    return Tab(desk, qtbot, settle)


def test_before_anything_is_kept_the_screen_says_from_whom_what_and_what_stays_out(tab: Tab) -> None:
    tab.offer("pakket.regiemap")
    assert tab.accepted() == []
    said = tab.texts()
    for words in (
        "Bestand van M. de Wit, GL Noordermeer", "Door u vergeleken op 20-11-2026",
        "3 gezinnen, 229 wijzigingen, 4 scans",
        "2 nieuwe verschillen", "2 wijzigingen zijn apart gezet", "1 wijziging wacht op een nieuwere versie",
        "Er ontbreekt iets dat hiervoor kwam. Vraag om een volledig bestand.",
        "1 persoon is hier misschien al bekend", KNOWN,
    ):  # fmt: skip
        assert words in said, words
    table = tab.part(CheckTable, "take_coming")
    assert table.model().rowCount() == len(FAMILIES)
    assert "nieuw hier" in str(table.model().index(1, 1).data())


def test_all_is_taken_in_with_one_key_and_the_report_says_what_came_of_it(tab: Tab) -> None:
    tab.offer("pakket.regiemap")
    tab.click("take_accept")
    assert tab.accepted() == [("accept", Path("pakket.regiemap"), None)]
    assert "Het bestand van M. de Wit, GL Noordermeer is opgenomen." in tab.texts()
    for words in ("2 waarden staan nu naast andere.", "1 persoon is hier misschien al bekend", BROUGHT):
        assert words in tab.texts(), words
    links = [
        each.objectName() for each in tab.page.findChildren(QPushButton) if "_link_" in each.objectName()
    ]
    assert [name for name in links if name.startswith("take_report")] == ["take_report_0_link_2"]
    tab.click("take_report_0_link_2")
    assert tab.places == [Place(page="clear_up")]


def test_only_the_families_that_are_ticked_go_in(tab: Tab) -> None:
    tab.offer("pakket.regiemap")
    table = tab.part(CheckTable, "take_coming")
    assert table.hasFocus()
    table.choose_row(1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    tab.click("take_accept")
    assert tab.accepted() == [("accept", Path("pakket.regiemap"), frozenset({"d1", "d3"}))]
    assert BROUGHT not in tab.texts(), "of a part it was not found out"


def test_with_no_family_ticked_nothing_can_be_taken_in(tab: Tab) -> None:
    tab.offer("pakket.regiemap")
    tab.click("take_none")
    assert not tab.part(QPushButton, "take_accept").isEnabled()
    tab.click("take_all")
    assert tab.part(QPushButton, "take_accept").isEnabled()


def test_a_file_of_somebody_not_compared_can_be_seen_and_not_taken_in(tab: Tab) -> None:
    tab.take.arrival = arrival(sender=NEW, may_take=False)
    tab.offer("pakket.regiemap")
    assert not tab.part(QPushButton, "take_accept").isEnabled()
    assert not tab.part(QPushButton, "take_all").isVisible()
    table = tab.part(CheckTable, "take_coming")
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert tab.page.part("take").foot() == ("", "")
    tab.click("take_check_sender")
    assert tab.places == [Place(page="colleagues", subject=NEW.device)]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"sender": LOST, "may_take": False}, "De laptop van B. Verloren, GL Noordermeer is ingetrokken."),
        ({"known": True}, "Alles uit dit bestand staat hier al."),
        ({"to_confirm": ("Sahak",)}, "M. de Wit, GL Noordermeer vraagt om vernietiging van 1 dossier."),
        ({"clock_ahead": True}, "De klok van de afzender loopt voor op de klok van deze laptop."),
    ],
)
def test_the_worst_stands_above_all(tab: Tab, other: dict[str, object], sentence: str) -> None:
    tab.take.arrival = arrival(**other)
    tab.offer("pakket.regiemap")
    shown = [each.accessibleName() for each in tab.page.findChildren(Banner) if each.isVisible()]
    assert len(shown) == 1 and shown[0].startswith(sentence)
    may = "to_confirm" in other or "clock_ahead" in other
    assert tab.part(QPushButton, "take_accept").isEnabled() is may


def test_what_was_destroyed_here_stays_out_without_a_name_and_what_is_removed_says_so(tab: Tab) -> None:
    tab.take.arrival = arrival(families=(DESTROYED, replace(FAMILIES[1], removed=True), FAMILIES[2]))
    tab.offer("pakket.regiemap")
    model = tab.part(CheckTable, "take_coming").model()
    rows = [[str(model.index(row, column).data()) for column in range(5)] for row in range(3)]
    assert (
        "Een vernietigd gezin" in rows[0][0] and "vernietigd" in rows[0][1] and "blijft eruit" in rows[0][4]
    )
    assert "Tesfaye Bekele" in rows[1][0] and "verwijderd" in rows[1][1]
    assert "Dit gezin is hier vernietigd en blijft eruit." in tab.texts()
    assert "U kunt het terughalen." in tab.texts()
    tab.click("take_none")
    tab.click("take_all")
    tab.click("take_accept")
    assert tab.accepted() == [("accept", Path("pakket.regiemap"), None)]


def test_a_file_of_only_what_was_destroyed_here_says_so_and_is_not_taken_in(tab: Tab) -> None:
    tab.take.arrival = arrival(families=(DESTROYED,), known=True, changes=0, differences=0)
    tab.offer("oud.regiemap")
    shown = [each.accessibleName() for each in tab.page.findChildren(Banner) if each.isVisible()]
    assert len(shown) == 1
    assert shown[0].startswith("1 gezin uit dit bestand is hier vernietigd en blijft eruit.")
    assert "staat hier al" not in shown[0]
    assert not tab.part(QPushButton, "take_accept").isEnabled()


def test_a_receipt_has_no_families_and_is_kept(tab: Tab) -> None:
    tab.take.arrival = arrival(kind="receipt", families=(), changes=0, differences=0, known=True)
    tab.offer("bewijs.regiemap")
    assert not tab.part(CheckTable, "take_coming").isVisible()
    tab.click("take_accept")
    assert "Genoteerd wat M. de Wit, GL Noordermeer heeft." in tab.texts()
    assert not tab.part(QPushButton, "take_receipt").isVisible()


def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(tab: Tab) -> None:
    tab.take.refused["kapot.regiemap"] = Refused()
    tab.offer("kapot.regiemap")
    assert f"kapot.regiemap: {Refused.message}" in tab.texts()
    assert tab.part(QPushButton, "take_open").isVisible()


def test_a_refusal_while_taking_in_leaves_the_file_to_try_again(tab: Tab) -> None:
    tab.offer("pakket.regiemap")
    tab.take.problem = Refused()
    tab.click("take_accept")
    assert Refused.message in tab.texts()
    tab.take.problem = None
    tab.click("take_accept")
    assert "is opgenomen" in tab.texts()


def test_several_files_are_looked_at_one_after_the_other(tab: Tab) -> None:
    tab.offer("een.regiemap", "twee.regiemap", "een.regiemap")
    tab.click("take_accept")
    tab.take.arrival = arrival(package="0193" * 8)
    assert tab.part(QPushButton, "take_next").text() == "Volgende bestand (nog 1)"
    tab.click("take_next")
    assert tab.take.asked[-1] == ("look", Path("twee.regiemap"))
    QTest.keyClick(tab.page, Qt.Key.Key_Escape)
    tab.settle()
    table = tab.part(RowTable, "take_taken")
    assert table.isVisible() and table.hasFocus()
    assert len(tab.accepted()) == 1


def test_parts_of_one_file_dropped_together_are_one_file(tab: Tab) -> None:
    tab.offer("deel-1.regiemap", "deel-2.regiemap")
    tab.click("take_accept")
    tab.click("take_next")
    assert tab.take.asked[-1] == ("look", Path("deel-2.regiemap"))
    assert tab.part(RowTable, "take_taken").isVisible()


def test_the_receipt_goes_to_who_sent_the_file(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path)
    monkeypatch.setattr("ui.views.exchange.take_part.QFileDialog.getExistingDirectory", lambda *_args: folder)
    tab.offer("pakket.regiemap")
    tab.click("take_accept")
    tab.click("take_receipt")
    assert tab.give.asked == [(WIT.device, tmp_path)]
    assert folder in tab.texts()


def test_a_file_dropped_on_the_page_is_looked_at_and_a_folder_is_not(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "pakket.regiemap"
    file.write_bytes(b"x")
    tab.page.open_place(Place(page="exchange", part="give"))
    tab.settle()
    for place, accepted in ((tmp_path, False), (file, True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(place))])
        enter = QDragEnterEvent(
            QPoint(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter.ignore()
        tab.page.dragEnterEvent(enter)
        assert enter.isAccepted() is accepted
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.page.dropEvent(drop)
    tab.settle()
    assert tab.take.asked == [("look", file)]
    assert tab.part(CheckTable, "take_coming").isVisible()


def test_only_a_file_that_may_go_back_can_be_taken_back(tab: Tab) -> None:
    first = Taken(
        number=1, package="1" * 32, sender=WIT.device, sender_name=WIT.name, at=AT, families=("Hakobyan",), changes=3,
        differences=0, why_not="It brought nothing new.",
    )  # fmt: skip
    tab.take.files = (replace(first, number=2, may_go_back=True, why_not=""), first)
    tab.page.open_place(Place(page="exchange", part="take"))
    tab.settle()
    table, button = tab.part(RowTable, "take_taken"), tab.part(QPushButton, "take_back")
    table.choose_row(1)
    assert not button.isEnabled()
    table.choose_row(0)
    tab.click("take_back")
    assert tab.take.asked[-1] == ("take back", 2)
    assert [notice.sentence for notice in tab.said] == [
        "Het bestand van M. de Wit is teruggenomen. U kunt het opnieuw openen."
    ]
    assert not tab.said[0].undoable
    assert table.hasFocus()
    assert not button.isEnabled()


def test_the_file_at_hand_can_be_looked_into(tab: Tab) -> None:
    tab.offer("pakket.regiemap")
    tab.click("take_inspect")
    assert tab.places == [Place(page="exchange_inspect", subject="pakket.regiemap")]


def test_a_store_that_is_only_read_looks_and_takes_nothing_in(
    desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    desk.read_only = True
    tab = Tab(desk, qtbot, settle)
    tab.offer("pakket.regiemap")
    assert not tab.part(QPushButton, "take_accept").isEnabled()
