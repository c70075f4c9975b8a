"""Two parts of a screen beside each other, or behind two tabs where the window is too narrow for both."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.widgets.tab_bar import TabBar


class Pane(NamedTuple):
    """One part: its key and tab words, its widget, and its share of the width."""

    key: str
    words: str
    widget: QWidget
    share: int


class Panes(QWidget):
    """All parts side by side from `breakpoint` on, below it one at a time."""

    def __init__(self, panes: Sequence[Pane], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = tuple(panes)
        self._side_by_side = True
        self._left_out: frozenset[str] = frozenset()
        self.tabs = TabBar([(pane.key, pane.words) for pane in panes], name=f"{name}_tabs")
        self.tabs.tab_chosen.connect(self._fit)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(5))
        for pane in panes:
            row.addWidget(pane.widget, pane.share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self.tabs)
        column.addLayout(row, 1)
        self._fit()

    def show_pane(self, key: str) -> None:
        """Bring a part to the front where only one shows."""
        self.tabs.set_current(key)
        self._fit()

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Leave out a part that has nothing to show now; what is left gets the room."""
        self._left_out = self._left_out - {key} if shown else self._left_out | {key}
        self._fit()

    def _fit(self, _key: object = None) -> None:
        self._side_by_side = self.width() >= theme.breakpoint_px("talk_side_by_side_from")
        offered = [pane.key for pane in self._panes if pane.key not in self._left_out]
        if len(offered) == 1:
            self.tabs.set_current(offered[0])
        self.tabs.setVisible(not self._side_by_side and len(offered) > 1)
        for pane in self._panes:
            shown = self._side_by_side or pane.key == self.tabs.current()
            pane.widget.setVisible(shown and pane.key in offered)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side_by_side"):
            self._fit()


class Scroll(QScrollArea):
    """A part that scrolls downwards when it does not fit, on the canvas and without a frame."""

    def __init__(self, content: QWidget, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("ground", "canvas")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self.setHorizontalScrollBarPolicy(self.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        self.setWidget(content)
        content.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_height()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as its sentences are at this width: left to itself Qt counts them at their narrowest."""
        content: QWidget | None = self.widget()
        layout = content.layout() if content is not None else None
        if content is not None and layout is not None and layout.hasHeightForWidth():
            content.setMinimumHeight(max(layout.totalHeightForWidth(self.viewport().width()), 1))
