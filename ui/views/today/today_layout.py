"""Places what *Vandaag* is made of: one table with its groups, the facts beside it, and the empty page."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.cell import CELL_ROLE
from ui.views.fact_panel import FactPanel
from ui.views.story_and_facts import StoryAndFacts
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_table import RowTable

COLUMNS = 4
_WIDTHS = (168, 300, 132, 100)
_WIDTHS_NARROW = (140, 200, 118, 106)
_STRETCH = 1
_FACTS_WIDTH = 300
_NARROW_FROM = 700


class TodayLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame) -> None:
        self.new = Button(_("New family"), "plain", name="today_new", icon_role="sign.add")
        page.add_action(self.new)
        self.table = RowTable(name="today_table", words=_("What is due"), ground="canvas")
        self.table.setItemDelegate(GroupDelegate(self.table))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.begin = Button(_("New family"), "primary", name="today_begin", icon_role="sign.add")
        self.empty = EmptyState("", "", self.begin)
        self.facts = FactPanel(name="today_facts")
        story = QWidget()
        column = QVBoxLayout(story)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self.empty)
        self.empty.hide()
        self.area = StoryAndFacts(story, self.facts, name="today_area", facts_width=_FACTS_WIDTH)
        page.set_content(self.area)

    def fit(self) -> None:
        """Give rows and columns their sizes; the page scrolls as one, so the table is as high as its rows."""
        model = self.table.model()
        narrow = self.table.width() < _NARROW_FROM * theme.current().factor
        self.table.set_columns(_WIDTHS_NARROW if narrow else _WIDTHS, stretch=_STRETCH)
        height = 0
        for row in range(model.rowCount()):
            cell = model.index(row, 0).data(CELL_ROLE)
            wanted = theme.gap(2) if cell is None else theme.size("row")
            self.table.setRowHeight(row, wanted)
            height += self.table.rowHeight(row)  # never below the least that the style allows
        self.table.setFixedHeight(height)


class GroupDelegate(RowDelegate):
    """Leaves the space before a group empty, without the hairline that ends a row."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.model().index(index.row(), 0).data(CELL_ROLE) is not None:
            super().paint(painter, option, index)
