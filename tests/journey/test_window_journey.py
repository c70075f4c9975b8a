"""The main job through the real window, offscreen: from first start to a sheet, and nothing is lost on the way.

The guard of `tests/support/no_internet.py` watches all of it: an internet socket or a warning of Qt ends the test.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit

from app.domain.paper import PaperStatus
from app.services import papers
from tests.reports.validation import assert_archivable
from tests.support.departure_case import made_up_family, planned, wanted_sheet
from tests.support.first_start import PASSPHRASE, first_start
from tests.support.window_driver import CONTROL, Open, WindowDriver
from ui.bridge.place import Place
from ui.views.talks.agreement_form import AgreementList
from ui.views.talks.talk_page import TalkPage
from ui.widgets.button import Button
from ui.widgets.dialog import Question
from ui.widgets.row_table import RowTable

_DEEDS = (
    "Gezin ingeschreven", "Gesprek begonnen", "Checklist beantwoord", "Notitie geschreven", "Afspraak gemaakt",
    "Bijzondere omstandigheden vastgelegd", "Gesprek afgerond", "Aanvraag van een reisdocument begonnen",
    "Stap van de aanvraag vastgelegd", "Vertrek gepland", "Afgedrukt of meegegeven", "Vertrek gewijzigd",
    "Ongedaan gemaakt: vertrek gewijzigd", "Opnieuw gedaan: vertrek gewijzigd",
)  # fmt: skip


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for the system's own windows: print to a file, save under a name."""
    paper = tmp_path / "printer.pdf"

    def to_file(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", to_file)
    saved = str(tmp_path / "bewaard.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (saved, ""))
    return paper


@pytest.mark.slow
def test_from_first_start_to_a_printed_sheet(
    open_program: Open, printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_program()
    first_start(driver, "Robin Voorbeeld", "Gezinslocatie Voorbeeld")
    dossier = _family(driver)
    _talk(driver)
    _request(driver, dossier)
    departure = _departure(driver, dossier)
    _sheet(driver, departure, printed, tmp_path / "bewaard.pdf")
    _lock_while_typing(driver, departure)
    _undo_and_redo(driver)
    monkeypatch.setattr(Question, "exec", lambda _question: QDialog.DialogCode.Accepted)
    _final_sheet(driver, printed, tmp_path / "bewaard.pdf")
    driver.window.close()

    again = open_program()
    again.type("passphrase", PASSPHRASE)
    again.click("unlock")
    again.picture("again")
    _everything_is_there(again, dossier)


def _family(driver: WindowDriver) -> str:
    driver.click("today_begin")
    driver.type("title_0", "Voorbeeldian")
    driver.type("family_name_1", "Voorbeeldian")
    driver.type("given_names_1", "Lusine")
    driver.type("family_name_native_1", "Օրինակյան")
    driver.type("given_names_native_1", "Լուսինե")
    driver.type("birth_date_1", "03-1990")
    driver.type("country_1", "Turkije")
    driver.choose("role_1", "gezinsrol.ouder")
    driver.click("family_form_add")
    driver.type("family_name_2", "Voorbeeldian")
    driver.type("given_names_2", "Narek")
    driver.type("birth_date_2", "ca. 2017")
    driver.choose("role_2", "gezinsrol.kind")
    driver.picture("family-form")
    driver.click("family_form_save")
    driver.picture("family")
    assert driver.names("undo_notice_undo", "")
    assert "Լուսինե" in driver.words()
    assert driver.place.page == "family"
    return driver.place.subject


def _talk(driver: WindowDriver) -> None:
    driver.click("family_talk")
    driver.type("talk_form_goal", "Weten wat er nodig is.")
    driver.picture("talk-form")
    driver.click("talk_form_store")
    assert not driver.names("undo_notice_undo", ""), "undo beside an older step would take back the newest"
    assert driver.place.page == "talk"
    driver.picture("talk-mode")
    page = driver.program.window.current_page()
    assert isinstance(page, TalkPage)
    page.mode.take_focus()
    driver.key(Qt.Key.Key_J)
    driver.key(Qt.Key.Key_B)
    driver.write("talk_notes", "Lusine wil eerst de school spreken.")
    driver.key(Qt.Key.Key_Return, CONTROL)
    driver.type("talk_quick_what", "belt de school")
    driver.click("talk_quick_add")
    driver.picture("talk-answered")
    agreed = driver.part(AgreementList, "talk_agreed")
    assert agreed.visibleRegion().boundingRect().height() > 20, "what was agreed can be read"
    while not driver.names("topic_bijz.", ""):
        driver.key(Qt.Key.Key_PageDown, CONTROL)
    driver.picture("talk-topics")
    for topic in driver.names("topic_bijz.", "_geen"):
        driver.click(topic)
    driver.click("talk_finish")
    driver.picture("talk-finish")
    driver.write("talk_finish_summary", "Zij denkt na.")
    driver.click("talk_finish_store")
    driver.picture("talk-report")
    assert (driver.place.page, driver.place.part) == ("talk", "report")


def _request(driver: WindowDriver, dossier: str) -> None:
    driver.program.window.go(Place(page="family", subject=dossier, part="documents"))
    driver.settle()
    driver.click("family_documents_new")
    driver.choose("ask_country", "TR")
    driver.choose("ask_purpose", "doel.terugkeer")
    driver.choose("ask_cooperation", "medewerking.getekend")
    driver.click("ask_representation_unknown")
    driver.type("ask_on", "01-11-2026")
    driver.picture("request-form")
    driver.click("request_form_save")
    assert driver.place.page == "request"
    request = driver.place.subject
    driver.click("request_step")
    driver.type("ask_on", "2 nov 2026")
    driver.picture("request-step")
    driver.click("request_step_save")
    driver.program.window.go(Place(page="asylum_check", subject=request))
    driver.settle()
    driver.picture("asylum-check")
    driver.click("ask_answer_antwoord.nee")
    driver.type("ask_on", "03-11-2026")
    driver.click("asylum_check_save")
    driver.program.window.go(Place(page="request_step", subject=request, part="lp.ingediend"))
    driver.settle()
    driver.click("ask_way_unknown")
    driver.type("ask_on", "04-11-2026")
    driver.click("request_step_save")
    driver.picture("request")
    driver.key(Qt.Key.Key_1, CONTROL)
    driver.picture("today")
    assert "Verwachte datum van de presentatie" in driver.words()
    _no_row_is_cut(driver.part(RowTable, "today_table"))


def _no_row_is_cut(table: RowTable) -> None:
    """The page scrolls as one, so the table must be as high as all its rows."""
    last = table.model().rowCount() - 1
    assert table.rowViewportPosition(last) + table.rowHeight(last) <= table.viewport().height()


def _departure(driver: WindowDriver, dossier: str) -> str:
    driver.program.window.go(Place(page="family", subject=dossier, part="departure"))
    driver.settle()
    driver.click("family_plan_departure")
    driver.type("*_planned_on", "9-12-2026")
    driver.type("*_carrier", "DV&O")
    driver.picture("departure")
    driver.click("departure_save")
    driver.click("departure_sheet")
    assert driver.place.page == "sheet"
    return driver.place.subject


def _sheet(driver: WindowDriver, departure: str, printed: Path, saved: Path) -> None:
    gaps = len(driver.names("sheet_missing_link_", ""))
    driver.picture("sheet")
    assert "CONCEPT" in driver.words().upper()
    driver.program.window.go(Place(page="departure", subject=departure))
    driver.settle()
    driver.type("*_contact_name", "Robin Voorbeeld")
    driver.type("*_contact_phone", "+31600000002")
    driver.type("*_deputy_name", "Sam Voorbeeld")
    driver.type("*_deputy_phone", "+31600000003")
    driver.click("departure_save")
    driver.click("departure_sheet")
    assert 0 < len(driver.names("sheet_missing_link_", "")) < gaps
    driver.picture("sheet-filled")
    driver.click("sheet_print")
    assert printed.read_bytes().startswith(b"%PDF")
    driver.click("sheet_save")
    assert_archivable(saved.read_bytes())
    driver.click("sheet_papers_receipt")
    driver.picture("receipt")
    saved.unlink()
    driver.click("sheet_save")
    assert_archivable(saved.read_bytes())


def _final_sheet(driver: WindowDriver, printed: Path, saved: Path) -> None:
    """A departure of which all facts are known: only its own text is still to be written, read, and made final."""
    desk = driver.program.desk
    file = planned(desk.session, made_up_family(desk.session))
    driver.program.window.go(Place(page="sheet", subject=file.departure.id))
    driver.settle()
    assert not driver.part(Button, "sheet_final").isEnabled(), "the own text has not been read"
    driver.click("sheet_missing_link_0")
    driver.write("own_text_request.request", "Zij komt uit het azc.")
    assert not driver.part(Button, "own_text_read").isEnabled(), "a word that may not stand there"
    driver.picture("forbidden-word")
    driver.write("own_text_request.request", "Draag Lusine over aan haar zus.")
    driver.click("own_text_read")
    driver.click("sheet_final")
    driver.picture("final")
    assert papers.prepare(desk.session, wanted_sheet(file)).paper.status is PaperStatus.FINAL
    for paper in (printed, saved):
        paper.unlink()
    driver.click("sheet_print")
    assert printed.read_bytes().startswith(b"%PDF")
    driver.click("sheet_save")
    assert_archivable(saved.read_bytes())
    lines = papers.disclosures_of(desk.session, file.departure.scope)
    assert [line.status for line in lines] == ["final", "final"]


def _lock_while_typing(driver: WindowDriver, departure: str) -> None:
    driver.program.window.go(Place(page="departure", subject=departure))
    driver.settle()
    driver.type("*_carrier", "net getypt")
    driver.key(Qt.Key.Key_L, CONTROL)
    driver.picture("locked")
    assert "Voorbeeldian" not in driver.words()
    driver.type("passphrase", PASSPHRASE)
    driver.click("unlock")
    driver.picture("draft")
    driver.click("departure_take_draft")
    assert driver.part(QLineEdit, "*_carrier").text() == "net getypt"
    driver.click("departure_save")


def _undo_and_redo(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert driver.part(QLineEdit, "*_carrier").text() == "DV&O"
    driver.key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert driver.part(QLineEdit, "*_carrier").text() == "net getypt"


def _everything_is_there(driver: WindowDriver, dossier: str) -> None:
    driver.program.window.go(Place(page="family", subject=dossier, part="timeline"))
    driver.settle()
    driver.picture("timeline")
    said = driver.words()
    missing = [deed for deed in _DEEDS if deed not in said]
    assert missing == []
    driver.program.window.go(Place(page="family", subject=dossier, part="papers"))
    driver.settle()
    driver.picture("papers")
    assert "Begeleider" in driver.words()
