"""The frame every screen has: title line, one quiet line, tabs, banner, content, foot. The screen fills the places.

Order and margins are fixed here, so that moving from screen to screen nothing jumps.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.line import Line

_DOT = "  ·  "


class PageFrame(QWidget):
    """`back_requested` comes from the link above the title. Put one primary action last in `add_action`."""

    back_requested = Signal()

    def __init__(self, title: str = "", *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = Line(title, "title")
        self._native = Line("", "heading", "quiet", strong=False)
        self._native.hide()
        self._quiet = Line("", "body", "quiet")
        self._quiet.hide()
        self._back = Button(_("Back"), "link", name=f"{name}_back", icon_role="sign.back")
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._chip_place, self._actions = QHBoxLayout(), QHBoxLayout()
        self._tabs, self._banner, self._content, self._foot = (QVBoxLayout() for _number in range(4))
        self._foot_left, self._foot_right = Line(), Line("", "body", "quiet")
        self._place()
        self.setAccessibleName(title)
        self._fit(self.width())

    def _place(self) -> None:
        self._title_row, self._below = title_row, below = QHBoxLayout(), QHBoxLayout()
        title_row.setSpacing(theme.gap(2))
        self._actions.setSpacing(theme.gap(1))
        below.addStretch(1)
        title_row.addWidget(self._title)
        title_row.addWidget(self._native)
        title_row.addLayout(self._chip_place)
        title_row.addStretch(1)
        title_row.addLayout(self._actions)
        foot_row = QHBoxLayout()
        foot_row.addWidget(self._foot_left, 1)
        self._foot_right.setAlignment(Qt.AlignmentFlag.AlignRight)
        foot_row.addWidget(self._foot_right)
        self._foot.addLayout(foot_row)
        self._foot_left.hide()
        self._foot_right.hide()
        self._title.setMinimumHeight(theme.size("control"))
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(title_row)
        column.addWidget(self._quiet)
        column.addLayout(below)
        for place, space in ((self._tabs, 1), (self._banner, 1), (self._content, 2)):
            place.setContentsMargins(0, theme.gap(space), 0, 0)
            column.addLayout(place, 1 if place is self._content else 0)
        self._foot.setContentsMargins(0, theme.gap(1), 0, 0)
        column.addLayout(self._foot)
        for empty in (self._tabs, self._banner):
            empty.setContentsMargins(0, 0, 0, 0)

    def set_title(self, title: str, native: str = "") -> None:
        """Say what this screen is about; a family's name may be followed by its own script."""
        self._title.setText(title)
        self._native.setText(native)
        self._native.setVisible(bool(native))
        if native:
            self._native.setFont(theme.native_font(native, px=theme.current().metrics.types["heading"].px))
        self.setAccessibleName(title)
        self._give_title_room()

    def title(self) -> str:
        """The title as shown."""
        return self._title.text()

    def set_quiet(self, parts: Sequence[str]) -> None:
        """The one quiet line below the title: who, number, where, since; empty parts are left out."""
        text = _DOT.join(part for part in parts if part)
        self._quiet.setText(text)
        self._quiet.setVisible(bool(text))

    def set_back(self, words: str) -> None:
        """Show a link above the title to where the officer came from; "" for none."""
        self._back.set_words(words)
        self._back.setVisible(bool(words))

    def set_chip(self, chip: QWidget) -> None:
        """Put the status of the thing beside its title."""
        self._chip_place.addWidget(chip)

    def add_action(self, button: QWidget) -> None:
        """Put a button or field at the top right, in the order of adding."""
        self._actions.addWidget(button)

    def set_tabs(self, tabs: QWidget) -> None:
        """Put tabs below the quiet line."""
        self._tabs.setContentsMargins(0, theme.gap(1), 0, 0)
        self._tabs.addWidget(tabs)

    def set_banner(self, banner: QWidget) -> None:
        """Put the one banner of the screen; the screen hides it when nothing is wrong."""
        self._banner.setContentsMargins(0, theme.gap(1), 0, 0)
        self._banner.addWidget(banner)

    def set_content(self, content: QWidget) -> None:
        """Put what the screen is about."""
        self._content.addWidget(content)

    def set_foot(self, left: str, right: str = "") -> None:
        """Counts and totals at the left, keys at the right."""
        self._foot_left.setText(left)
        self._foot_left.setVisible(bool(left))
        self._foot_right.setText(right)
        self._foot_right.setVisible(bool(right))

    def _fit(self, width: int) -> None:
        rail = theme.size("rail_narrow")
        narrow = width + rail < theme.breakpoint_px("rail_icons_below")
        metrics = theme.current().metrics
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(*(metrics.page_margin_narrow if narrow else metrics.page_margin))
        self._give_title_room()

    def _give_title_room(self) -> None:
        """The actions stand beside the title, or below it where a title would be cut for them."""
        layout = self.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        here = self._below if self._actions.parent() is self._below else self._title_row
        beside = self._title_row.sizeHint().width()
        if here is self._below:
            beside += self._actions.sizeHint().width() + self._title_row.spacing()
        wanted = self._title_row if beside <= self.width() - margins.left() - margins.right() else self._below
        if wanted is not here:
            here.removeItem(self._actions)
            self._actions.setParent(None)
            wanted.addLayout(self._actions)
            self._below.setContentsMargins(0, theme.gap(1) if wanted is self._below else 0, 0, 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_foot_right"):
            self._title.setMinimumHeight(theme.size("control"))
            self._fit(self.width())
