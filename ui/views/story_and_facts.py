"""A story with facts beside it, in one page that scrolls: in a narrow window the facts go below."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.bridge import theme

_SIDE_FROM = 860


class StoryAndFacts(QScrollArea):
    """`facts_width` in logical px at size 1.0. Both parts stand on the canvas without a frame."""

    def __init__(
        self, story: QWidget, facts: QWidget, *, name: str, facts_width: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("ground", "canvas")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._facts, self._facts_width = facts, facts_width
        sheet = QWidget()
        outer = QVBoxLayout(sheet)
        outer.setContentsMargins(0, 0, theme.gap(0), theme.gap(2))
        self._sheet = sheet
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.gap(5))
        left = QVBoxLayout()
        left.addWidget(story)
        left.addStretch(1)
        self._row.addLayout(left, 1)
        right = QVBoxLayout()
        right.addWidget(facts)
        right.addStretch(1)
        self._row.addLayout(right)
        outer.addLayout(self._row)
        outer.addStretch(1)
        self.setWidget(sheet)
        self._fit(self.width())

    def bring_into_sight(self, part: QWidget, box: QRect) -> None:
        """Scroll so that `box` of `part` is seen."""
        top = part.mapTo(self._sheet, box.topLeft()).y()
        self.ensureVisible(0, top, 0, theme.gap(2))
        self.ensureVisible(0, top + box.height(), 0, theme.gap(2))

    def _fit(self, width: int) -> None:
        factor = theme.current().factor
        narrow = width < _SIDE_FROM * factor
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(wanted)
        side = round(self._facts_width * factor)
        self._facts.setMinimumWidth(0 if narrow else side)
        self._facts.setMaximumWidth(16_777_215 if narrow else side)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._fit(self.width())
