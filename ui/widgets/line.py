"""Texts: one that elides instead of widening the window, and one that wraps.

A plain QLabel forces the window as wide as its text (seen at 1,484 px in stretched text), hence `Line`.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme, tool_tip

_LEAST_PX = 40
_DRESS_AGAIN = (
    QEvent.Type.FontChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.ParentChange,
)


class _Dressed(QLabel):
    """Keeps font and colour of its role: under an application sheet Qt gives a label back the ones it was first
    polished with whenever something it stands in gets another parent. Never rich text: notes may hold markup."""

    def __init__(
        self,
        text: str = "",
        type_role: str = "body",
        colour_role: str = "ink",
        *,
        strong: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._settle()
        self.set_role(type_role, colour_role, strong=strong)

    def _settle(self) -> None:
        """How it takes room."""
        raise NotImplementedError

    def set_role(self, type_role: str, colour_role: str = "ink", *, strong: bool | None = None) -> None:
        """Change font and colour by role."""
        self._colour_role = colour_role
        theme.dress(self, type_role, colour_role, strong=strong)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _DRESS_AGAIN:
            theme.dress_again(self)


class Line(_Dressed):
    """One line of text; what does not fit is elided and shown whole as tooltip."""

    @override
    def _settle(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(_LEAST_PX, hint.width()), hint.height())

    @override
    def sizeHint(self) -> QSize:
        wanted = super().sizeHint()
        return QSize(wanted.width() + 1, wanted.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(self._colour_role if self.isEnabled() else "edge"))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, self._shown())

    def _shown(self) -> str:
        room = self.contentsRect().width()
        return QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _tell_whole(self) -> None:
        self.setToolTip("" if self._shown() == self.text() else tool_tip.plain(self.text()))


class Sentence(_Dressed):
    """Text that wraps; selectable when the officer may want to copy it."""

    @override
    def _settle(self) -> None:
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
