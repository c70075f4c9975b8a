"""Says what was done and offers to undo it, for ten seconds; afterwards Ctrl Z still does. It does not slide in."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import icon, theme
from ui.widgets.button import Button
from ui.widgets.line import Line

_SHOWN_MS = 10_000


class UndoNotice(QWidget):
    """One quiet line with one action; a newer notice replaces it. Stays while the pointer or the focus is in it."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo_notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._line = Line("", strong=True)
        self._undo = Button(_("Undo"), "link", name="undo_notice_undo")
        self._undo.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.size("icon") + 2 * theme.gap(2), 0, theme.gap(2), 0)
        row.addWidget(self._line, 1)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self._leave)
        self.setFixedHeight(theme.size("control") + theme.gap(1))
        self.hide()

    def say(self, sentence: str, *, undoable: bool = True) -> None:
        """Show a sentence such as "Gezin gesloten."; without `undoable` there is no action beside it."""
        self._line.setText(sentence)
        self.setAccessibleName(sentence)
        self._undo.setVisible(undoable)
        self.show()
        self._timer.start()

    def overtake(self) -> None:
        """Another step was made: undoing now would take back that one, not what stands here."""
        if not self._undo.isHidden():
            self.forget()

    def forget(self) -> None:
        """Hide it and keep no word of it: it may name a family."""
        self._timer.stop()
        self._line.setText("")
        self.setAccessibleName("")
        self.hide()

    def _ask(self) -> None:
        self.hide()
        self.undo_requested.emit()

    def _leave(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start()
        else:
            self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("good_bg"))
        radius = theme.size("radius_panel")
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        top = (self.height() - theme.size("icon")) / 2
        icon.draw(painter, theme.gap(2), top, "state.good", "good")
