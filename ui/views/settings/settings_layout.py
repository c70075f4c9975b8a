"""Places the settings: tabs above, under each the blocks in two columns, or one when the page is narrow."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import N_, _
from ui.bridge import theme
from ui.views.settings.block import Block
from ui.widgets.page_frame import PageFrame
from ui.widgets.tab_bar import TabBar

TABS: Final = (
    ("look", N_("Display")),
    ("you", N_("You")),
    ("lock", N_("Locking")),
    ("store", N_("Store")),
)
_COLUMN_WIDTH = 460
_NARROW_FROM = 860


class SettingsLayout:
    """The parts of the page: `tabs`, and one scrolling sheet per tab."""

    def __init__(self, page: PageFrame, columns: Sequence[Sequence[Sequence[Block]]]) -> None:
        """`columns`: per tab one or two columns of blocks, in the order of `TABS`."""
        self.tabs = TabBar([(key, _(title)) for key, title in TABS], name="settings_tabs")
        page.set_tabs(self.tabs)
        self.stack = QStackedWidget()
        self._rows: list[QBoxLayout] = []
        self._sheets: list[QWidget] = []
        for blocks in columns:
            self._sheets.append(self._sheet(blocks))
            self.stack.addWidget(self._sheets[-1])
        page.set_content(self.stack)

    def _sheet(self, columns: Sequence[Sequence[Block]]) -> QScrollArea:
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, theme.gap(1), theme.gap(2), theme.gap(2))
        row.setSpacing(theme.gap(6))
        for blocks in columns:
            holder = QWidget()
            holder.setMaximumWidth(round(_COLUMN_WIDTH * theme.current().factor))
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.gap(5))
            for block in blocks:
                column.addWidget(block)
            column.addStretch(1)
            row.addWidget(holder, 4)
        row.addStretch(1)
        self._rows.append(row)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setProperty("ground", "canvas")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        return scroll

    def fit(self, width: int) -> None:
        """One column when two would be too narrow to read."""
        narrow = width < _NARROW_FROM * theme.current().factor
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)
            row.setSpacing(theme.gap(5 if narrow else 6))

    def sheet(self) -> QWidget:
        """What lies under the current tab."""
        return self._sheets[self.stack.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Show a tab; an unknown key shows the first."""
        keys = [each for each, _title in TABS]
        known = key if key in keys else keys[0]
        self.tabs.set_current(known)
        self.stack.setCurrentIndex(keys.index(known))
