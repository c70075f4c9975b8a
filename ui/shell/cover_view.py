"""The cover over everything: the word Pauze, the time, one button. Nothing of a dossier can be seen through it.

The lock is the same screen with the passphrase in the place of the button.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from app.i18n.formats import clock
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.line import Line

_TICK_MS = 1_000
_WIDTH = 320


class CoverView(QWidget):
    """Without `unlock_form` it is a pause with *Verder*; with it, a lock."""

    resume_requested = Signal()

    def __init__(
        self,
        unlock_form: QWidget | None = None,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        """`now` gives the local time to show."""
        super().__init__(parent)
        self.setObjectName("cover" if unlock_form is None else "lock_screen")
        self._now = now
        self._word = Line(_("Pause") if unlock_form is None else _("Locked"), "display")
        self._time = Line("", "title", "quiet", strong=False)
        self._resume = Button(_("Go on"), "primary", name="cover_resume", icon_role="talk.resume")
        self._resume.clicked.connect(self.resume_requested)
        self._form = unlock_form
        holder = QWidget()
        holder.setFixedWidth(round(_WIDTH * theme.current().factor))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self._word)
        column.addWidget(self._time)
        column.addSpacing(theme.gap(3))
        if unlock_form is None:
            column.addWidget(self._resume, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._resume.setParent(self)
            self._resume.hide()
            column.addWidget(unlock_form)
        outer = QVBoxLayout(self)
        outer.addWidget(holder, 0, Qt.AlignmentFlag.AlignCenter)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)
        self._show_time()

    def take_focus(self) -> None:
        """Put the focus where going on begins."""
        (self._form or self._resume).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_time(self) -> None:
        self._time.setText(clock(self._now()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_time()
        self._tick.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("rail"))
