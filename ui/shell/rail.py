"""The rail at the left: where one can go, saved lists, the last families, who is at work, and the lock.

It is a band of its own colour, not a frame. Narrow it keeps the icons; low it lets go of the families first, then of
the lists, both of which stay within reach by Ctrl K.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.place import Place
from ui.shell.page_spec import PageSpec
from ui.shell.rail_item import RailItem
from ui.widgets.line import Line
from ui.widgets.sign import Sign

_SIDE = 8
_LOCK_KEY = "Ctrl L"
_MARK_LEFT = 18
_MOST_RECENT = 3
_MOST_LISTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RailLine:
    """A saved list or a family: words, a count (0 for none) and where it leads."""

    words: str
    place: Place
    count: int = 0


class Rail(QWidget):
    """`place_requested` carries a Place."""

    place_requested = Signal(object)
    lock_requested = Signal()

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(_("Navigation"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._narrow = False
        self._items = {spec.key: self._item(spec) for spec in pages if spec.in_rail}
        self._groups = {"lists": _Group(_("Lists"), self), "recent": _Group(_("Opened last"), self)}
        for group in self._groups.values():
            group.place_requested.connect(self.place_requested)
        self._name = Line("Regiemap", "heading")
        self._officer = Line("", "second", strong=True)
        self._location = Line("", "second", "quiet")
        self._lock = RailItem("lock", _("Lock"), "sign.lock", _LOCK_KEY, self)
        self._lock.setCheckable(False)
        self._lock.clicked.connect(self.lock_requested)
        self._place([self._items[spec.key] for spec in pages if spec.in_rail and spec.at_bottom])
        self.fit(theme.breakpoint_px("rail_icons_below"), theme.breakpoint_px("rail_recent_from"))

    def _item(self, spec: PageSpec) -> RailItem:
        item = RailItem(spec.key, _(spec.title), spec.icon, parent=self)
        item.clicked.connect(self._press)
        return item

    def _place(self, at_bottom: list[RailItem]) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(theme.gap(1))
        self._mark = Sign("sign.mark", "accent", "icon_mark")
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        # Without this the rail's own content would decide how low the window may be made.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(_SIDE, theme.gap(2) + 2, _SIDE, theme.gap(1))
        column.setSpacing(0)
        column.addLayout(head)
        for item in self._items.values():
            if item not in at_bottom:
                column.addWidget(item)
        for group in self._groups.values():
            column.addWidget(group)
        column.addStretch(1)
        names = QVBoxLayout()
        names.setContentsMargins(_MARK_LEFT - _SIDE, theme.gap(1), 0, theme.gap(0))
        names.setSpacing(0)
        names.addWidget(self._officer)
        names.addWidget(self._location)
        column.addLayout(names)
        for item in at_bottom:
            column.addWidget(item)
        column.addWidget(self._lock)

    def set_person(self, name: str, location: str) -> None:
        """Say who is at work and where."""
        self._officer.setText(name)
        self._location.setText(location)

    def set_count(self, key: str, count: int, role: str = "quiet") -> None:
        """Show how many wait on a page; KeyError for a page that is not in the rail."""
        self._items[key].set_count(count, role)

    def set_lists(self, lines: Sequence[RailLine]) -> None:
        """Show the saved lists, five at most."""
        self._groups["lists"].set_lines(lines[:_MOST_LISTS])

    def set_recent(self, lines: Sequence[RailLine]) -> None:
        """Show the families opened last, three at most."""
        self._groups["recent"].set_lines(lines[:_MOST_RECENT])

    def show_current(self, key: str, place: Place) -> None:
        """Mark where the officer is: the family's own line when it is in sight, else the line of the page."""
        in_recent = self._groups["recent"].mark(place) and not self._groups["recent"].isHidden()
        for own, item in self._items.items():
            item.setChecked(own == key and not in_recent)
            item.update()

    def fit(self, window_width: int, window_height: int) -> None:
        """Take the form for a window of this size."""
        self._narrow = window_width < theme.breakpoint_px("rail_icons_below")
        self.setFixedWidth(theme.size("rail_narrow" if self._narrow else "rail"))
        for item in (*self._items.values(), self._lock):
            item.set_narrow(self._narrow)
        for words in (self._name, self._officer, self._location):
            words.setVisible(not self._narrow)
        mark_left = (theme.size("rail_narrow") - theme.size("icon_mark")) // 2 if self._narrow else _MARK_LEFT
        self._head.setContentsMargins(max(mark_left - _SIDE, 0), 0, 0, theme.gap(2))
        heights = {"lists": "rail_lists_from", "recent": "rail_recent_from"}
        for name, role in heights.items():
            self._groups[name].allow(not self._narrow and window_height >= theme.breakpoint_px(role))

    def first_item(self) -> QWidget:
        """The line to put the focus on: the current one, else the first."""
        items = list(self._items.values())
        return next((item for item in items if item.isChecked()), items[0])

    def _press(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RailItem):
            self.place_requested.emit(Place(page=pressed.key))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.size("rail_narrow"), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("rail"))


class _Group(QWidget):
    """A named group of lines in the rail; hidden while it is empty."""

    place_requested = Signal(object)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._allowed = True
        self._lines: list[tuple[RailItem, Place]] = []
        head = Line(words, "small", "quiet")
        head.setContentsMargins(_MARK_LEFT - _SIDE, 0, 0, 0)
        self.setAccessibleName(words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.gap(3), 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hide()

    def set_lines(self, lines: Sequence[RailLine]) -> None:
        for item, _place in self._lines:
            if isValid(item):
                self._column.removeWidget(item)
                item.hide()
                item.deleteLater()
        self._lines = []
        for at, line in enumerate(lines):
            item = RailItem(f"line_{at}", line.words, parent=self)
            item.setCheckable(True)
            item.set_count(line.count)
            item.clicked.connect(self._press)
            self._column.addWidget(item)
            self._lines.append((item, line.place))
        self.allow(self._allowed)

    def allow(self, allowed: bool) -> None:
        self._allowed = allowed
        self.setVisible(allowed and bool(self._lines))

    def mark(self, place: Place) -> bool:
        """Mark the line of a subject; True when it has one here."""
        found = False
        for item, leads_to in self._lines:
            same = bool(place.subject) and leads_to.subject == place.subject
            item.setChecked(same)
            item.update()
            found = found or same
        return found

    def _press(self) -> None:
        pressed = self.sender()
        for item, place in self._lines:
            if item is pressed:
                self.place_requested.emit(place)
