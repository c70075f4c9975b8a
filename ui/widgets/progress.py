"""Work that takes longer than half a second: what, n of m, a bar, Stop. The screen shows it after that half second."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.line import Line

_SHOWN_AFTER_MS = 500


class Progress(QWidget):
    """Hidden at first; `begin` starts the half second, `step` moves the bar, `end` hides it."""

    stop_requested = Signal()

    def __init__(self, *, name: str, stoppable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._line = Line()
        self._stop = Button(_("Stop"), "link", name=f"{name}_stop")
        self._stop.clicked.connect(self.stop_requested)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        row = QHBoxLayout()
        row.addWidget(self._line, 1)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addLayout(row)
        column.addWidget(self._bar)
        self._stop.setVisible(
            stoppable
        )  # in its place by now: shown before, it is a window of its own for a moment
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SHOWN_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self.hide()

    def begin(self, sentence: str, *, stoppable: bool = True) -> None:
        """Say what is being done; a bar without steps shows that it is unknown how much there is."""
        self._stop.setVisible(stoppable)
        self._bar.setRange(0, 0)
        self._say(sentence)
        self._delay.start()

    def show_busy(self, sentence: str) -> None:
        """Begin work that cannot be stopped, or end it: "" says that it is over."""
        if sentence:
            self.begin(sentence, stoppable=False)
        else:
            self.end()

    def step(self, sentence: str, done: int, total: int) -> None:
        """Show `done` of `total`; `sentence` says it in words."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._say(sentence)

    def end(self) -> None:
        """Hide it, also before it was ever shown."""
        self._delay.stop()
        self.hide()

    def _say(self, sentence: str) -> None:
        self._line.setText(sentence)
        self._bar.setAccessibleName(sentence)
