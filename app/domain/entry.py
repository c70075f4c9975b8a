"""What may stand in a field, from its declaration alone: the one check that forms, import and services share."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from app.domain.clock import moment_text, parse_moment
from app.domain.errors import KnownProblem
from app.domain.ident import is_id
from app.domain.incomplete_date import IncompleteDate
from app.domain.record import FieldSpec, FieldType, Record, Value, kind_of
from app.domain.text import LINE, NAME, NOTE, TextRule, problems
from app.domain.words import N_

MOST_INT, DAY_LENGTH = (1 << 63) - 1, 10
_CODE = re.compile(r"[0-9a-f]{16}:[^\s:]{1,150}")
_NAMES = frozenset(
    {"family_name", "given_names", "family_name_native", "given_names_native", "call_name", "native"}
)


class NotText(KnownProblem):
    """A value of another type than the field takes."""

    message = N_("%(field)s takes text.")


class NotWholeNumber(KnownProblem):
    """A value that is no whole number of 64 bits."""

    message = N_("%(field)s takes a whole number.")


class NotThisForm(KnownProblem):
    """A text that does not have the form of the field."""

    message = N_("%(field)s has the form %(form)s.")


class EntryRefused(KnownProblem):
    """One or more fields cannot be kept as they are; `found` says which and why, all at once."""

    message = N_("Some fields cannot be kept like this. What is wrong stands beside each.")

    def __init__(self, found: "tuple[FieldProblem, ...]") -> None:
        super().__init__(count=len(found))
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What is wrong with one field of one record."""

    record: str
    kind: str
    field: str
    problem: KnownProblem


def rule_for(spec: FieldSpec) -> TextRule:
    """Length and lines of a text field."""
    if spec.type is FieldType.NOTE:
        return NOTE
    return NAME if spec.name in _NAMES else LINE


def value_problems(spec: FieldSpec, value: Value) -> Iterator[KnownProblem]:
    """What keeps `value` out of the field; nothing for NULL."""
    if value is None:
        return
    if spec.whole_number:
        least, most = (0, 1) if spec.type is FieldType.FLAG else (-MOST_INT - 1, MOST_INT)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield NotWholeNumber(field=spec.title)
    elif not isinstance(value, str):
        yield NotText(field=spec.title)
    elif spec.type in (FieldType.TEXT, FieldType.NOTE):
        yield from problems(value, rule_for(spec))
    elif not has_form(spec.type, value):
        yield NotThisForm(field=spec.title, form=FORMS[spec.type])


FORMS = {
    FieldType.CODE: "0123456789abcdef:code",
    FieldType.DATE: "2026-11-23",
    FieldType.INCOMPLETE: "1990-03-14, 1990-03, 1990, ~1990, ?",
    FieldType.MOMENT: "2026-11-23T09:30:00Z",
    FieldType.LOCAL: "2026-11-23T09:30, 2026-11-23",
    FieldType.REF: "0123456789abcdef0123456789abcdef",
}


@lru_cache(maxsize=8192)
def has_form(type_: FieldType, text: str) -> bool:
    """Whether a text has the form that fields of this type keep (for text and notes: any)."""
    if type_ not in FORMS:
        return True
    if type_ is FieldType.CODE:
        return _CODE.fullmatch(text) is not None
    if type_ is FieldType.REF:
        return is_id(text)
    try:
        return _again(type_, text) == text
    except ValueError:
        return False


def _again(type_: FieldType, text: str) -> str:
    """The text of a date or moment, read and written anew. Raises ValueError."""
    if type_ is FieldType.INCOMPLETE:
        return IncompleteDate.from_text(text).text
    if type_ is FieldType.MOMENT:
        return moment_text(parse_moment(text))
    if type_ is FieldType.DATE or len(text) == DAY_LENGTH:  # a local time of which only the day is known
        return date.fromisoformat(text).isoformat()
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError("a local time has no zone of its own")
    return moment.isoformat(timespec="minutes")


def record_problems(record: Record) -> Iterator[FieldProblem]:
    """All that is wrong with a record, field by field."""
    kind = kind_of(record)
    for spec in kind.fields:
        for problem in value_problems(spec, getattr(record, spec.name)):
            yield FieldProblem(record=record.id, kind=kind.name, field=spec.name, problem=problem)


def refuse(problems: Iterable[FieldProblem]) -> None:
    """Raise `EntryRefused` with all of it, if there is any."""
    found = tuple(problems)
    if found:
        raise EntryRefused(found)


def check(*records: Record | None) -> None:
    """Raise `EntryRefused` with everything that is wrong with these records."""
    refuse(problem for record in records if record is not None for problem in record_problems(record))


class NotYet(KnownProblem):
    """What happened is written down; what is planned has a field of its own."""

    message = N_("This day is still to come. Write the day on which it happened.")


def wrong_at(record: Record, field: str, problem: KnownProblem) -> FieldProblem:
    """A problem with a field of a record."""
    return FieldProblem(record=record.id, kind=kind_of(record).name, field=field, problem=problem)


def refused_at(record: Record, field: str, problem: KnownProblem) -> EntryRefused:
    """What to raise when one field of a record cannot be as it is wanted."""
    return EntryRefused((wrong_at(record, field, problem),))
