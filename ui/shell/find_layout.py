"""Places the panel of Ctrl K: a field, the lines below it, one sentence. It lies over the page, near its top."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.line import Sentence
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField

_WIDTH, _SIDE, _TOP = 680, 24, 64


class FindLayout:
    """The parts of the panel."""

    def __init__(self, panel: QWidget) -> None:
        self.field = SearchField(_("Name, V-number or command"), name="find_field")
        self.table = RowTable(name="find_hits", words=_("Found"))
        self.sentence = Sentence("", "second", "quiet")
        column = QVBoxLayout(panel)
        edge = theme.gap(3)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.gap(2))
        column.addWidget(self.field)
        column.addWidget(self.table)
        column.addWidget(self.sentence)

    def fit(self, panel: QWidget, room: QRect) -> None:
        """Give the panel its place in `room`: as high as its lines, never higher than the window."""
        width = min(round(_WIDTH * theme.current().factor), room.width() - 2 * _SIDE)
        rows = self.table.height_of_all()
        self.table.setVisible(rows > 0)
        inner = width - 2 * theme.gap(3)
        words = self.sentence.heightForWidth(inner) if not self.sentence.isHidden() else 0
        gaps = theme.gap(2) * ((rows > 0) + (words > 0)) + 2 * theme.gap(3)
        most = room.height() - 2 * _SIDE
        top = room.top() + min(_TOP, max(room.height() // 10, _SIDE))
        self.table.setFixedHeight(min(rows, most - top - words - gaps - self.field.sizeHint().height()))
        height = gaps + self.field.sizeHint().height() + self.table.height() * (rows > 0) + words
        panel.setGeometry(room.left() + (room.width() - width) // 2, top, width, height)
