"""A stored value in words, from its declaration alone: for the timeline and for differences to clear up."""

from collections.abc import Mapping
from datetime import date

from app.domain.incomplete_date import IncompleteDate
from app.domain.incomplete_date_words import say
from app.domain.record import BYTES, CENTS, GRAMS, FieldSpec, FieldType, Value
from app.domain.words import N_
from app.i18n import _, formats, language
from app.services.session import Session

EMPTY = N_("empty")
_DAY_LENGTH = 10
_UNITS = {GRAMS: formats.weight, CENTS: formats.amount, BYTES: formats.size}


def value_words(
    session: Session, spec: FieldSpec, value: Value, names: Mapping[str, str] | None = None
) -> str:
    """`value` as the officer would say it; `names` turns ids into words, an id without one says only that it is set.

    A value of an older form than its field takes now is shown as it stands.
    """
    if value is None or value == "":
        return _(EMPTY)
    text = str(value)
    try:
        return _UNITS[spec.unit](int(text)) if spec.unit else _by_type(session, spec, text, names or {})
    except ValueError:
        return text


def _by_type(session: Session, spec: FieldSpec, text: str, names: Mapping[str, str]) -> str:
    if spec.type is FieldType.CODE:
        return session.content.label(text, language())
    if spec.type is FieldType.DATE:
        return formats.fact(date.fromisoformat(text))
    if spec.type is FieldType.INCOMPLETE:
        return incomplete_words(IncompleteDate.from_text(text))
    if spec.type is FieldType.MOMENT:
        return formats.deed(text)
    if spec.type is FieldType.LOCAL:
        day = formats.fact(date.fromisoformat(text[:_DAY_LENGTH]))
        return f"{day}, {text[_DAY_LENGTH + 1 :]}" if len(text) > _DAY_LENGTH else day
    if spec.type is FieldType.FLAG:
        return _("yes") if text == "1" else _("no")
    if spec.type is FieldType.REF:
        return names.get(text, _("set"))
    return text


def incomplete_words(value: IncompleteDate) -> str:
    """An incomplete date in the language that speaks."""
    return say(value, translate=_, month_name=formats.month_name, day_text=formats.fact)
