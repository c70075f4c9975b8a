"""Giving through its real tab: what is chosen, what stays, to whom, and what was written."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.exchange_facts import GiveChoice, Trust
from app.domain.record import Compartment
from app.i18n import formats, in_language
from app.services.session import Session
from tests.support.exchange_fake import (
    LOST,
    NEW,
    OKORO,
    OWN,
    WIT,
    FakeGive,
    FakeTake,
    FakeTrust,
    Refused,
    colleague,
)
from tests.support.family_case import register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.views.exchange.exchange_view import ExchangePage
from ui.widgets.banner import Banner
from ui.widgets.check_table import CheckTable
from ui.widgets.line import Sentence
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField

Settle = Callable[[], None]
W = TypeVar("W", bound=QWidget)


class Tab:
    """The exchange page at the tab *Give*, driven by names."""

    def __init__(self, desk: Desk, qtbot: QtBot, settle: Settle, people: FakeTrust | None = None) -> None:
        self.give, self.settle = FakeGive(), settle
        self.page = ExchangePage(desk, self.give, FakeTake(), people or FakeTrust())
        self.places: list[object] = []
        self.page.go_requested.connect(self.places.append)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 700)
        self.page.show()
        self.open()

    def open(self, **place: str) -> None:
        self.page.open_place(Place(**{"page": "exchange", "part": "give", **place}))
        self.settle()

    def part(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.part(QPushButton, name)
        assert button.isVisible() and button.isEnabled(), name
        button.click()
        self.settle()

    def tick(self, name: str) -> None:
        self.part(QCheckBox, name).click()
        self.settle()

    def tick_family(self, row: int) -> None:
        table = self.part(CheckTable, "give_families")
        table.choose_row(row)
        QTest.keyClick(table, Qt.Key.Key_Space)

    def choice(self) -> GiveChoice:
        self.click("give_preview")
        asked = self.give.asked[-1]
        assert isinstance(asked, GiveChoice)
        return asked

    def texts(self) -> str:
        return "\n".join(each.text() for each in self.page.findChildren(Sentence) if each.isVisible())


@pytest.fixture
def ids(session: Session) -> dict[str, str]:
    return {name: register_family(session, name).dossier.id for name in ("Alpha", "Bravo", "Charlie")}


@pytest.fixture
def tab(ids: dict[str, str], desk: Desk, qtbot: QtBot, settle: Settle) -> Tab:
    return Tab(desk, qtbot, settle)


def test_by_keyboard_families_and_a_colleague_are_chosen_and_previewed(tab: Tab, ids: dict[str, str]) -> None:
    tab.tick_family(0)
    tab.tick_family(2)
    tab.tick_family(0)
    tab.tick_family(1)
    tab.tick(f"give_to_{WIT.device}")
    choice = tab.choice()
    assert set(choice.dossiers) == {ids["Bravo"], ids["Charlie"]}
    assert choice.receivers == (WIT.device,)
    assert choice.compartments == {Compartment.KERN, Compartment.WERKWIJZE}
    assert choice.scans and not choice.full
    going = tab.part(RowTable, "give_going")
    assert going.isVisible() and going.model().rowCount() == 2


def test_a_click_on_the_box_ticks_and_beside_it_only_chooses_the_row(tab: Tab) -> None:
    table = tab.part(CheckTable, "give_families")
    row = table.visualRect(table.model().index(1, 0))
    box = QPoint(row.left() + 15, row.center().y())
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.left() + 120, row.center().y())
    )
    assert not tab.page.part("give").foot()[0]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert "1" in tab.page.part("give").foot()[0]


def test_a_colleague_who_was_not_compared_cannot_be_chosen_and_there_is_a_way_to_mend_that(tab: Tab) -> None:
    for one in (NEW, LOST):
        assert not tab.part(QCheckBox, f"give_to_{one.device}").isEnabled()
    assert tab.page.findChild(QCheckBox, f"give_to_{OWN.device}") is None
    links = [
        each for each in tab.page.findChildren(QPushButton) if each.objectName().startswith("give_to_link_")
    ]
    assert [link.accessibleName() for link in links] == [
        f"Met deze collega vergelijken …: {NEW.name}, {NEW.office}"
    ]
    links[0].click()
    assert tab.places == [Place(page="colleagues", subject=NEW.device)]


def test_own_notes_can_never_be_ticked_and_the_core_never_unticked(tab: Tab) -> None:
    for part, checked in ((Compartment.EIGEN, False), (Compartment.KERN, True)):
        box = tab.part(QCheckBox, f"give_part_{part.value}")
        assert (box.isEnabled(), box.isChecked()) == (False, checked)
    tab.tick("give_part_gezondheid")
    tab.tick("give_part_werkwijze")
    tab.tick_family(0)
    tab.tick(f"give_to_{OKORO.device}")
    tab.tick("give_scans")
    tab.tick("give_full")
    choice = tab.choice()
    assert choice.compartments == {Compartment.KERN, Compartment.GEZONDHEID}
    assert (choice.scans, choice.full) == (False, True)


def test_what_stays_here_is_said(tab: Tab) -> None:
    tab.tick_family(0)
    tab.tick(f"give_to_{WIT.device}")
    tab.choice()
    said = tab.texts()
    assert "Gezondheid, Asiel en straf, Veilig adres" in said
    assert "Uw eigen notities gaan nooit mee." in said


def test_without_family_or_colleague_nothing_is_asked_and_the_place_says_so(tab: Tab) -> None:
    tab.click("give_preview")
    assert tab.give.asked == []
    said = tab.texts()
    assert "Kies minstens één gezin." in said and "Kies de collega die dit bestand krijgt." in said
    tab.tick_family(0)
    tab.click("give_preview")
    assert "Kies minstens één gezin." not in tab.texts()
    assert tab.give.asked == []


def test_a_family_named_by_the_place_is_chosen(tab: Tab, ids: dict[str, str]) -> None:
    tab.open(part=f"give/{ids['Bravo']}/{OKORO.device}")
    assert tab.part(QCheckBox, f"give_to_{OKORO.device}").isChecked()
    choice = tab.choice()
    assert (choice.dossiers, choice.receivers) == ((ids["Bravo"],), (OKORO.device,))


def test_a_search_narrows_the_list_and_keeps_what_was_chosen(tab: Tab, ids: dict[str, str]) -> None:
    tab.tick_family(0)
    field = tab.part(SearchField, "give_search")
    field.setText("charlie")
    QTest.keyClick(field, Qt.Key.Key_Return)
    tab.settle()
    assert tab.part(CheckTable, "give_families").model().rowCount() == 1
    tab.click("give_all")
    tab.tick(f"give_to_{WIT.device}")
    assert set(tab.choice().dossiers) == {ids["Alpha"], ids["Charlie"]}


def test_a_colleague_revoked_while_chosen_is_chosen_no_more(
    ids: dict[str, str], desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    trust = FakeTrust()
    tab = Tab(desk, qtbot, settle, trust)
    tab.tick(f"give_to_{WIT.device}")
    trust.people = (colleague(WIT.name, Trust.REVOKED, 1), OKORO)
    tab.open()
    tab.tick_family(0)
    tab.click("give_preview")
    assert tab.give.asked == []


def test_what_was_written_is_said_with_its_place(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    tab.tick_family(0)
    tab.tick(f"give_to_{WIT.device}")
    choice = tab.choice()
    tab.tick("give_split")
    tab.click("give_save")
    assert tab.give.asked[-1] == (choice, tmp_path, True)
    assert "teruggelezen en gelijk" in tab.texts()
    assert str(tmp_path) in tab.texts()
    tab.click("give_again")
    tab.click("give_preview")
    assert "Kies minstens één gezin." in tab.texts()


def test_no_folder_chosen_writes_nothing(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    tab.tick_family(0)
    tab.tick(f"give_to_{WIT.device}")
    tab.choice()
    tab.click("give_save")
    assert len(tab.give.asked) == 1


def test_a_disk_that_refuses_leaves_the_preview_with_a_sentence(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    tab.tick_family(0)
    tab.tick(f"give_to_{WIT.device}")
    tab.choice()
    tab.give.problem = Refused()
    tab.click("give_save")
    banners = [each.accessibleName() for each in tab.page.findChildren(Banner) if each.isVisible()]
    assert banners == [Refused.message]
    assert tab.part(QPushButton, "give_save").isEnabled()
    QTest.keyClick(tab.page, Qt.Key.Key_Escape)
    assert tab.part(CheckTable, "give_families").isVisible()


def test_a_store_that_is_only_read_gives_nothing(
    ids: dict[str, str], desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    desk.read_only = True
    tab = Tab(desk, qtbot, settle)
    assert not tab.part(QPushButton, "give_preview").isEnabled()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "1 kB"),
        (1, "1 kB"),
        (1000, "1 kB"),
        (33_400, "34 kB"),
        (999_999, "1.000 kB"),
        (2_081_400, "2,1 MB"),
    ],
)
def test_sizes_never_say_less_than_there_is(count: int, words: str) -> None:
    with in_language("nl"):
        assert formats.size(count) == words
