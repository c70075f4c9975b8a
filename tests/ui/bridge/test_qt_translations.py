"""Qt's own buttons speak the language of the program."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from ui.bridge.qt_translations import QtTranslator, install_qt_translations

CANCEL = QDialogButtonBox.StandardButton.Cancel


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QCoreApplication]:
    yield qapp
    set_language("nl")
    install_qt_translations(qapp)


def cancel_text(qtbot: QtBot) -> str:
    box = QDialogButtonBox(CANCEL)
    qtbot.addWidget(box)
    return box.button(CANCEL).text().replace("&", "")


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Annuleren"), ("en", "Cancel"), ("xx", "‹Ánnúlérén····›")]
)
def test_a_button_of_qt_speaks_the_language(
    application: QCoreApplication, qtbot: QtBot, language: str, text: str
) -> None:
    set_language(language)
    install_qt_translations(application)
    assert cancel_text(qtbot) == text


def test_installing_again_replaces(application: QCoreApplication, qtbot: QtBot) -> None:
    for language in ("xx", "nl", "nl"):
        set_language(language)
        install_qt_translations(application)
    assert cancel_text(qtbot) == "Annuleren"
    qtbot.waitUntil(lambda: len(application.findChildren(QtTranslator)) == 1)
    assert QLocale().language() == QLocale.Language.Dutch


@pytest.mark.parametrize("language", ["nl", "en", "xx"])
def test_a_text_that_is_not_qts_own_is_left_to_others(application: QCoreApplication, language: str) -> None:
    set_language(language)
    install_qt_translations(application)
    assert QCoreApplication.translate("QPlatformTheme", "Not one of Qt's") == "Not one of Qt's"
