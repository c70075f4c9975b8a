"""A whole date, typed; it may be empty, which `QDateEdit` may not.

Read by the same rules as an incomplete date, so that one spelling means one thing everywhere; only here a part may
not be missing.
"""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.incomplete_date_entry import parse_whole
from app.i18n import _
from app.i18n.formats import fact
from ui.widgets.text_field import ReadField


class DateField(ReadField):
    """`value()` is "YYYY-MM-DD" or ""."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_read, _shown, name=name, placeholder=_("dd-mm-yyyy"), parent=parent)


def _read(typed: str) -> str:
    if not typed.strip():
        return ""
    return parse_whole(typed).text


def _shown(iso: str) -> str:
    return fact(date.fromisoformat(iso)) if iso else ""
