"""Places what the window is made of: rail, pages, the notice at the foot, and what lies over them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import icon, theme
from ui.shell.cover_view import CoverView
from ui.shell.menu import Menu
from ui.shell.page_host import PageHost
from ui.shell.page_spec import PageSpec
from ui.shell.rail import Rail
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.undo_notice import UndoNotice

_LEAST_WIDTH, _LEAST_HEIGHT = 760, 480
_FIRST_WIDTH, _FIRST_HEIGHT = 1366, 768


class WindowLayout:
    """The parts of one window. `layers` shows one of: gate (unlock, first start), work, cover."""

    def __init__(self, window: QMainWindow, pages: Sequence[PageSpec]) -> None:
        window.setWindowTitle("Regiemap")
        window.setObjectName("window")
        window.setWindowIcon(icon.program_icon())
        window.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        window.resize(_FIRST_WIDTH, _FIRST_HEIGHT)
        self.layers = QStackedWidget(window)
        self.rail = Rail(pages)
        self.host = PageHost(pages)
        self.notice = UndoNotice()
        self.seen = Button(_("Close"), "link", name="warning_seen")
        self.warning = Banner("watch", "", action=self.seen)
        self.warning.setObjectName("warning")
        self.seen.clicked.connect(self.end_warning)
        self.work = self._work()
        self.cover = CoverView()
        self.layers.addWidget(self.work)
        self.layers.addWidget(self.cover)
        window.setCentralWidget(self.layers)
        self.menu = Menu(window, pages)
        self.ring = FocusRing(window)

    def warn(self, state: str, text: str, *, lasting: bool = False) -> None:
        """Say above every page what holds for the whole store, its first sentence strong; a lasting one cannot be
        closed."""
        first, stop, rest = text.partition(". ")
        self.warning.set_message(state, first + stop.rstrip(), rest)
        self.seen.setVisible(not lasting)
        self._above.setContentsMargins(theme.gap(4), theme.gap(2), theme.gap(3), 0)
        self.warning.show()

    def end_warning(self) -> None:
        """Take it away."""
        self._above.setContentsMargins(0, 0, 0, 0)
        self.warning.hide()

    def _work(self) -> QWidget:
        work = QWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.addWidget(self.warning)
        self.end_warning()
        right.addLayout(self._above)
        right.addWidget(self.host, 1)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.gap(4), 0, theme.gap(4), theme.gap(1))
        holder.addWidget(self.notice)
        right.addLayout(holder)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        return work
