"""Qt's own texts (dialog buttons, context menus of fields, file dialog) in the language of the program.

Qt ships them translated; the pseudo-locale stretches the Dutch ones, so that a button of Qt's that does not fit is
seen as well.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from typing_extensions import override

from app.i18n import Language, language
from app.i18n.pseudo import stretched

_LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB", "xx": "nl_NL"}


class QtTextsMissing(RuntimeError):
    """Qt's own translations are not where this installation of Qt keeps them: a broken installation."""


class QtTranslator(QTranslator):
    """Qt's own texts in one language; in the pseudo-locale stretched."""

    def __init__(self, spoken: Language, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self.setObjectName("qt_translations")
        self._stretches = spoken == "xx"
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not self.load(QLocale(_LOCALES[spoken]), "qtbase", "_", folder):
            raise QtTextsMissing(spoken)

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        text = super().translate(context, sourceText, disambiguation, n)
        if not text:
            # None is Qt's "not mine": it asks the next translator. An empty text would be shown as the translation.
            return None
        return stretched(text) if self._stretches else text


def install_qt_translations(application: QCoreApplication) -> None:
    """Let Qt speak the language of the screen; a translator installed earlier goes. Also sets Qt's locale."""
    spoken = language()
    for old in application.findChildren(QtTranslator, "qt_translations"):
        application.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(_LOCALES[spoken]))
    application.installTranslator(QtTranslator(spoken, application))
