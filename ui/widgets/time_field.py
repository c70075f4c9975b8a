"""A time of day, typed; it may be empty. 9.30, 930 and 9 are understood."""

import re

from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownProblem
from app.i18n import N_, _
from ui.widgets.text_field import ReadField

_TYPED = re.compile(r"([0-9]{1,2})(?:[:.uh ]?([0-9]{2}))?\Z")


class NoTime(KnownProblem):
    """The text is no time of day."""

    message = N_("Write the time as hours and minutes, for example 10:30.")


class TimeField(ReadField):
    """`value()` is "HH:MM" or ""."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(read_time, _shown, name=name, placeholder=_("hh:mm"), parent=parent)


def typed_moment(day: ReadField, time: ReadField | None) -> str:
    """A local time as "2026-03-09T10:30", the day alone, or "". Raises what the two editors raise."""
    on, at = day.value(), time.value() if time is not None else ""
    return f"{on}T{at}" if on and at else on


def read_time(typed: str) -> str:
    """Return "HH:MM", or "" for an empty text. Raises NoTime."""
    text = typed.strip()
    if not text:
        return ""
    found = _TYPED.match(text)
    if found is None:
        raise NoTime
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise NoTime
    return f"{hour:02d}:{minute:02d}"


def _shown(value: str) -> str:
    return value
