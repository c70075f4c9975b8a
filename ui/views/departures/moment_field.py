"""A day and a time as they stand on a ticket. The time may be left out when only the day is known."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.widgets.date_field import DateField
from ui.widgets.time_field import TimeField, typed_moment

_TIME_PX = 92


class MomentField(QWidget):
    """`value()` is "YYYY-MM-DDTHH:MM", "YYYY-MM-DD" or ""; `value_typed` when either part was changed and left."""

    value_typed = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.time = DateField(name=f"{name}_day"), TimeField(name=f"{name}_time")
        self.setObjectName(name)
        self.time.setFixedWidth(round(_TIME_PX * theme.current().factor))
        self.time.setAccessibleName(_("Time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(1))
        row.addWidget(self.day, 1)
        row.addWidget(self.time)
        self.setFocusProxy(self.day)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for part in (self.day, self.time):
            part.value_typed.connect(self.value_typed)

    def value(self) -> str:
        """Raises KnownProblem when a part cannot be read."""
        return typed_moment(self.day, self.time)

    def set_value(self, value: str) -> None:
        """Show a stored value."""
        day, _t, time = value.partition("T")
        self.day.set_value(day)
        self.time.set_value(time)

    @override
    def setAccessibleName(self, name: str) -> None:
        """The words of the field belong to its first part too."""
        super().setAccessibleName(name)
        if hasattr(self, "day"):
            self.day.setAccessibleName(name)
