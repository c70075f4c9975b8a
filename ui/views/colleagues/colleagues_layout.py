"""Places the page of colleagues: two tabs; list and detail beside each other, or below each other when narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.models.row_model import RowModel
from ui.presenters.colleague_words import COLLEAGUE_HEADS
from ui.views.colleagues.detail_panel import DetailPanel
from ui.views.colleagues.own_card_panel import OwnCardPanel
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_table import RowTable
from ui.widgets.tab_bar import TabBar

LIST, OWN = "list", "own"
_WIDTHS = (230, 260)
_NARROW_FROM = 820


class ColleaguesLayout:
    """The parts of the page."""

    def __init__(self, page: PageFrame, reasons: Sequence[tuple[str, str]]) -> None:
        self.add = Button(_("Add a card …"), "primary", name="colleagues_add", icon_role="sign.add")
        self.tabs = TabBar(((LIST, _("Colleagues")), (OWN, _("My card"))), name="colleagues_tabs")
        self.problem = Banner("watch", "")
        self.problem.hide()
        self.table = RowTable(
            name="colleagues_list", words=_("Colleagues"), row_role="row_two_lines", head=Head()
        )
        self.model = RowModel([_(head) for head in COLLEAGUE_HEADS], self.table)
        self.table.setModel(self.model)
        self.table.set_columns(_WIDTHS, stretch=1)
        self.detail = DetailPanel(reasons)
        self.own = OwnCardPanel()
        self.to_own = Button(_("To my card"), name="colleagues_to_own", icon_role="sign.key")
        self.empty = EmptyState(
            _("No colleagues yet"),
            _(
                "Exchange cards first: give yours and add theirs. A card is a small file that ends in "
                ".regiemap-card; you can also drop it on this page."
            ),
            self.to_own,
        )
        self.detail_scroll, own_scroll = _scroll(self.detail), _scroll(self.own)
        both = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.gap(5))
        self._row.addWidget(self.table, 54)
        self._row.addWidget(self.detail_scroll, 46)
        self.lists = QStackedWidget()
        self.lists.addWidget(both)
        self.lists.addWidget(self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.lists)
        self.stack.addWidget(own_scroll)
        page.add_action(self.add)
        page.set_tabs(self.tabs)
        page.set_banner(self.problem)
        page.set_content(self.stack)

    def show_tab(self, key: str) -> None:
        """Show a tab; an unknown key shows the list."""
        known = key if key in (LIST, OWN) else LIST
        self.tabs.set_current(known)
        self.stack.setCurrentIndex(int(known == OWN))
        self.add.setVisible(known == LIST)

    def show_list(self, filled: bool) -> None:
        """Show the list, or the empty state."""
        self.lists.setCurrentIndex(int(not filled))

    def fit(self, width: int) -> None:
        """Below each other when beside each other would be too narrow to read."""
        narrow = width < _NARROW_FROM * theme.current().factor
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)


def _scroll(part: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setProperty("ground", "canvas")
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, theme.gap(1), 0, 0)
    column.addWidget(part)
    scroll.setWidget(holder)
    return scroll
