"""The column of facts beside a story: groups with a heading, each fact with at most one link to where it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import theme
from ui.presenters.fact import Fact, FactGroup
from ui.widgets.heading import Heading
from ui.widgets.side_list import SideEntry, SideList


class FactPanel(QWidget):
    """`go_requested` carries the Place of a link."""

    go_requested = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._made: list[QWidget] = []
        self._places: dict[str, Fact] = {}

    def set_groups(self, groups: Sequence[FactGroup]) -> None:
        """Show other facts."""
        for old in self._made:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made, self._places = [], {}
        for number, group in enumerate(group for group in groups if group.facts):
            if number:
                self._put(QWidget(), theme.gap(4))
            self._put(
                Heading(group.title, icon_role=group.icon, role=group.role, count=group.count, ruled=True)
            )
            entries = SideList(name=f"{self.objectName()}_{number}")
            entries.set_entries([self._entry(f"{number}:{at}", fact) for at, fact in enumerate(group.facts)])
            entries.link_pressed.connect(self._go)
            self._put(entries)

    def _put(self, widget: QWidget, height: int = 0) -> None:
        if height:
            widget.setFixedHeight(height)
        self._made.append(widget)
        self._column.addWidget(widget)

    def _entry(self, key: str, fact: Fact) -> SideEntry:
        self._places[key] = fact
        return SideEntry(
            main=fact.main,
            second=fact.second,
            icon=fact.icon,
            role=fact.role,
            strong=fact.strong,
            link=fact.link if fact.place is not None else "",
            key=key,
        )

    def _go(self, key: object) -> None:
        fact = self._places.get(str(key))
        if fact is not None and fact.place is not None:
            self.go_requested.emit(fact.place)
