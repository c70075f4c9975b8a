"""Says once that the program made a mistake, calmly: what is safe, where the report lies, and work goes on."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.config.crash_report import CrashReport
from app.i18n import _
from ui.widgets.dialog import Question


class CrashNotice(QObject):
    """Connect `CrashHandler.recorded` to `show_report`. A second mistake while the first is shown stays silent."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_shown = False

    def show_report(self, report: object) -> None:
        """Show one CrashReport."""
        if self._is_shown or not isinstance(report, CrashReport):
            return
        self._is_shown = True
        Question.tell(self._window, _("The program made a mistake."), _words(report))
        self._is_shown = False


def _words(report: CrashReport) -> str:
    safe = _("What was saved is safe, and you can go on. Look whether your last step was done.")
    if report.path is None:
        return safe
    where = _("A report without case data lies in %(file)s.", file=str(report.path))
    return f"{safe} {where}"
