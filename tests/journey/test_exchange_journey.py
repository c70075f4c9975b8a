"""Two officers, two laptops, one folder between them: a family goes over and back through their real windows.

Nothing is lost on the way: each value that somebody wrote is on screen, or waits to be cleared up, or was replaced by
somebody who had it on screen.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPlainTextEdit

from tests.support.first_start import first_start
from tests.support.window_driver import Open, WindowDriver
from ui.bridge.place import Place
from ui.widgets.button import Button
from ui.widgets.check_table import CheckTable
from ui.widgets.choice import Choice
from ui.widgets.key_groups import KeyGroups
from ui.widgets.row_table import RowTable

LOCATION = "Gezinslocatie Voorbeeld"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder between the two; the system's own windows always choose it."""
    made = tmp_path / "tussen"
    made.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(made))
    return made


@pytest.mark.slow
def test_a_family_goes_over_and_back_and_both_values_are_seen(
    open_program: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    robin, sam = _two_officers(open_program)
    _exchange_cards(robin, sam, folder, monkeypatch)
    _exchange_cards(sam, robin, folder, monkeypatch)
    dossier = _family(robin)
    first = _give(robin, dossier, "Sam Proef", folder)
    _look_into(sam, first)
    _no_package(sam, folder)
    _take(sam, first, folder).unlink()
    _take_back(sam)
    receipt = _take(sam, first, folder)
    _take_receipt(robin, receipt)

    _write_birth_date(robin, dossier, "14-03-1990")
    _write_birth_date(sam, dossier, "14-04-1990")
    _cannot_take_back(sam)
    back = _give(sam, dossier, "Robin Voorbeeld", folder)
    _take_a_difference(robin, back)
    _clear_up(robin)
    chosen = _birth_date(robin, dossier)
    again = _give(robin, dossier, "Sam Proef", folder)
    _take(sam, again, folder)
    assert _birth_date(sam, dossier) == chosen
    assert "Niets op te helderen" in _clear_up_words(sam)
    _taken_in_twice(sam, again)
    _hand_over(robin, sam, dossier, folder)


def _two_officers(open_program: Open) -> tuple[WindowDriver, WindowDriver]:
    robin = open_program("robin")
    first_start(robin, "Robin Voorbeeld", LOCATION)
    sam = open_program("sam")
    first_start(sam, "Sam Proef", LOCATION)
    return robin, sam


def _exchange_cards(
    giver: WindowDriver, receiver: WindowDriver, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card on the stick, its six groups of digits read out by telephone and typed by the other."""
    card = folder / "kaart.regiemap-card"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(card), ""))
    _to_colleagues(giver)
    giver.click("colleagues_tabs_own")
    giver.picture("own-card")
    giver.click("own_save")
    spoken = giver.part(KeyGroups, "own_groups").accessibleName()
    groups = [part.partition(":")[2].replace(" ", "") for part in spoken.split(";")]
    _to_colleagues(receiver)
    receiver.drop(card)
    assert "Nog niet vergeleken" in receiver.words()
    receiver.program.window.go(Place(page="exchange", part="give"))
    receiver.settle()
    assert not any(box.isEnabled() for box in _receivers(receiver)), (
        "nothing goes before the digits are compared"
    )
    receiver.picture("not-compared")
    receiver.click("give_to_link_0")
    receiver.type("compare_digits", " ".join(groups))
    receiver.picture("compare")
    receiver.click("compare_now")
    receiver.picture("compared")
    card.unlink()


def _to_colleagues(driver: WindowDriver) -> None:
    driver.program.window.go(Place(page="exchange", part="take"))
    driver.settle()
    driver.click("exchange_colleagues")


def _receivers(driver: WindowDriver) -> list[QCheckBox]:
    boxes = [
        each for each in driver.window.findChildren(QCheckBox) if each.objectName().startswith("give_to_")
    ]
    assert boxes
    return boxes


def _family(driver: WindowDriver) -> str:
    driver.program.window.go(Place(page="today"))
    driver.settle()
    driver.click("today_begin")
    driver.type("title_0", "Voorbeeldian")
    driver.type("family_name_1", "Voorbeeldian")
    driver.type("given_names_1", "Lusine")
    driver.type("birth_date_1", "03-1990")
    driver.choose("role_1", "gezinsrol.ouder")
    driver.click("family_form_save")
    return driver.place.subject


def _give(driver: WindowDriver, dossier: str, receiver: str, folder: Path) -> Path:
    """From the page of the family to a file in the folder; the name of the file says nothing of the family."""
    before = set(folder.iterdir())
    driver.program.window.go(Place(page="family", subject=dossier))
    driver.settle()
    driver.click("family_give")
    boxes = [each for each in _receivers(driver) if each.text().startswith(receiver)]
    assert len(boxes) == 1 and boxes[0].isEnabled()
    if not boxes[0].isChecked():
        boxes[0].click()
    driver.picture("give")
    driver.click("give_preview")
    said = driver.words()
    assert "Voorbeeldian" in said and "Uw eigen notities gaan nooit mee." in said
    driver.picture("give-preview")
    driver.click("give_save")
    driver.picture("given")
    assert "teruggelezen en gelijk" in driver.words()
    (file,) = set(folder.iterdir()) - before
    assert "oorbeeld" not in file.name
    assert b"Voorbeeldian" not in file.read_bytes()
    return file


def _hand_over(robin: WindowDriver, sam: WindowDriver, dossier: str, folder: Path) -> None:
    """Robin offers the family, Sam takes it over, and after the receipt it may leave Robin's laptop."""
    _to_leaving(robin, dossier)
    box = robin.part(Choice, "leaving_colleague")
    codes = [
        str(box.itemData(row)) for row in range(box.count()) if box.itemText(row).startswith("Sam Proef")
    ]
    robin.choose("leaving_colleague", codes[0])
    robin.click("leaving_offer")
    assert "Sam Proef" in robin.words()
    robin.picture("offered")
    offer = _give(robin, dossier, "Sam Proef", folder)
    _take(sam, offer, folder)
    sam.program.window.go(Place(page="today"))
    sam.settle()
    sam.picture("asked")
    assert "Voorbeeldian" in sam.words()
    _to_leaving(sam, dossier)
    sam.click("leaving_accept")
    sam.picture("taken-over")
    answer = _give(sam, dossier, "Robin Voorbeeld", folder)
    _take(robin, answer, folder)
    _to_leaving(robin, dossier)
    robin.picture("handed-over")
    assert "Sam Proef" in robin.words()


def _to_leaving(driver: WindowDriver, dossier: str) -> None:
    driver.program.window.go(Place(page="family", subject=dossier, part="leaving"))
    driver.settle()


def _look_into(driver: WindowDriver, file: Path) -> None:
    driver.program.window.go(Place(page="exchange_inspect", subject=str(file)))
    driver.settle()
    driver.picture("inspect")
    assert "Lusine" in driver.words()
    table = driver.part(RowTable, "inspect_table")
    rows = [
        row for row in range(table.model().rowCount()) if "Lusine" in str(table.model().index(row, 1).data())
    ]
    table.choose_row(rows[0])
    assert "Lusine" in driver.part(QPlainTextEdit, "inspect_whole").toPlainText()
    driver.program.window.go(Place(page="dossiers"))
    driver.settle()
    assert "Voorbeeldian" not in driver.words(), "looking keeps nothing"


def _open(driver: WindowDriver, file: Path) -> None:
    driver.program.window.go(Place(page="exchange", part="take"))
    driver.settle()
    driver.drop(file)


def _take(driver: WindowDriver, file: Path, folder: Path) -> Path:
    """Take a file in, and leave a receipt in the folder."""
    _open(driver, file)
    driver.picture("arrival")
    assert "Voorbeeldian" in driver.words()
    driver.click("take_accept")
    driver.picture("taken")
    before = set(folder.iterdir())
    driver.click("take_receipt")
    (receipt,) = set(folder.iterdir()) - before
    driver.click("take_next")
    taken = driver.part(RowTable, "take_taken")
    assert taken.hasFocus() or not driver.window.isActiveWindow()
    driver.picture("taken-list")
    driver.program.window.go(Place(page="dossiers"))
    driver.settle()
    assert "Voorbeeldian" in driver.words()
    return receipt


def _no_package(driver: WindowDriver, folder: Path) -> None:
    """A file that is something else: one sentence, and nothing is kept."""
    other = folder / "vakantie.regiemap"
    other.write_bytes(b"GIF89a" * 400)
    _open(driver, other)
    driver.picture("no-package")
    assert "vakantie.regiemap: " in driver.words()
    assert driver.part(Button, "take_open").isEnabled()
    other.unlink()


def _take_back(driver: WindowDriver) -> None:
    driver.program.window.go(Place(page="exchange", part="take"))
    driver.settle()
    driver.click("take_back")
    driver.picture("taken-back")
    assert "is teruggenomen" in driver.words()
    driver.program.window.go(Place(page="dossiers"))
    driver.settle()
    assert "Voorbeeldian" not in driver.words()


def _cannot_take_back(driver: WindowDriver) -> None:
    driver.program.window.go(Place(page="exchange", part="take"))
    driver.settle()
    driver.picture("cannot-take-back")
    assert not driver.part(Button, "take_back").isEnabled()
    assert "geschreven" in driver.words(), "the reason stands beside the button"


def _take_receipt(driver: WindowDriver, receipt: Path) -> None:
    _open(driver, receipt)
    driver.picture("receipt")
    assert "Ontvangstbewijs van Sam Proef" in driver.words()
    driver.click("take_accept")
    driver.program.window.go(Place(page="exchange", part="holdings"))
    driver.settle()
    driver.picture("holdings")
    assert "heeft alles" in driver.words()


def _write_birth_date(driver: WindowDriver, dossier: str, day: str) -> None:
    driver.program.window.go(Place(page="family_form", subject=dossier))
    driver.settle()
    driver.type("birth_date_1", day)
    driver.click("family_form_save")


def _birth_date(driver: WindowDriver, dossier: str) -> str:
    driver.program.window.go(Place(page="family_form", subject=dossier))
    driver.settle()
    return driver.part(QLineEdit, "birth_date_1").text()


def _take_a_difference(driver: WindowDriver, file: Path) -> None:
    _open(driver, file)
    driver.picture("difference-coming")
    table = driver.part(CheckTable, "take_coming")
    assert "1 verschil" in str(table.model().index(0, 3).data())
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not driver.part(Button, "take_accept").isEnabled()
    QTest.keyClick(table, Qt.Key.Key_Space)
    driver.click("take_accept")
    driver.picture("difference-taken")
    driver.click("take_report_0_link_0")
    assert driver.place.page == "clear_up"


def _clear_up(driver: WindowDriver) -> None:
    driver.picture("clear-up")
    said = driver.words()
    assert "14-03-1990" in said and "14-04-1990" in said
    driver.click("clear_up_card_1")
    driver.click("clear_up_hold")
    driver.picture("cleared-up")


def _clear_up_words(driver: WindowDriver) -> str:
    driver.program.window.go(Place(page="clear_up"))
    driver.settle()
    return driver.words()


def _taken_in_twice(driver: WindowDriver, file: Path) -> None:
    _open(driver, file)
    driver.picture("known")
    assert "Alles uit dit bestand staat hier al." in driver.words()
    assert not driver.part(Button, "take_accept").isEnabled()
