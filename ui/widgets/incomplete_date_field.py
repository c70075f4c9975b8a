"""A date of which parts may be unknown, typed: `1990`, `03-1990`, `?? mei 1988`, `ca. 1989`, `onbekend`."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.incomplete_date import IncompleteDate
from app.domain.incomplete_date_entry import parse
from app.domain.incomplete_date_words import say
from app.i18n import _
from app.i18n.formats import fact, month_name
from ui.widgets.text_field import ReadField


class IncompleteDateField(ReadField):
    """`value()` is the text form of the records (`1990-03`, `~1989`, `?`) or "" when nothing was typed.

    What was typed stays as typed: `?? mei 1988` is rewritten nowhere, since a rewritten date looks corrected.
    `meaning()` says in words how it was understood.
    """

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_read, _shown, name=name, parent=parent)

    def meaning(self) -> str:
        """The date in words, "" for an empty field; raises KnownProblem as `value` does."""
        value = self.value()
        return _words(IncompleteDate.from_text(value)) if value else ""

    @override
    def _tidy(self) -> None:
        """Leave the text as it was typed."""


def _read(typed: str) -> str:
    return parse(typed).text if typed.strip() else ""


def _shown(text: str) -> str:
    """The stored form as somebody would type it, so that it can be read back."""
    if not text:
        return ""
    value = IncompleteDate.from_text(text)
    if value.year is None:
        return _("unknown")
    if value.approximate:
        return _("ca. %(year)d", year=value.year)
    if value.month is None:
        return f"{value.year}"
    if value.day is None:
        return f"{value.month:02d}-{value.year}"
    return f"{value.day:02d}-{value.month:02d}-{value.year}"


def _words(value: IncompleteDate) -> str:
    return say(value, translate=_, month_name=month_name, day_text=fact)
