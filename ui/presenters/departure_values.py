"""Between a field of a departure and its editor: what can be chosen, a value as text, and text as a value."""

from collections.abc import Sequence

from app.domain.dated_event import bare_code
from app.domain.errors import KnownProblem
from app.domain.kinds.person import Original
from app.domain.record import KINDS, Value, kind_of
from app.domain.words import N_
from app.i18n import _, language
from app.services import departure_edit
from app.services.departures import DepartureFile
from app.services.session import Session
from ui.presenters.departure_fields import ANYBODY, DOCUMENT, PERSON, FieldDecl
from ui.presenters.departure_seen import name_of

Pairs = tuple[tuple[str, str], ...]
_CONDITION = "*condition"


class NoNumber(KnownProblem):
    """The text is no number."""

    message = N_("Write a number, for example 12 or 21,5.")


def pairs(session: Session, file: DepartureFile, originals: Sequence[Original], decl: FieldDecl) -> Pairs:
    """What can be chosen for a field; the first is nothing."""
    nothing = ("", "–")
    if decl.choices in (PERSON, ANYBODY):
        travelling = {each.person for each in file.persons}
        names = tuple((each.id, name_of(each)) for each in file.people if each.id in travelling)
        return ((("", _("Everybody")) if decl.choices == ANYBODY else nothing), *names)
    if decl.choices == DOCUMENT:
        return (nothing, *((each.id, _document(session, each)) for each in originals))
    if decl.choices == _CONDITION:
        found = ((each.code, each.label(language())) for each in session.content.travel_conditions)
        return (nothing, *found)
    if decl.form == "yes":
        return (nothing, ("1", _("Yes")), ("0", _("No")))
    pack, _slash, name = decl.choices.partition("/")
    return (nothing, *((each.code, each.label(language())) for each in session.content.choices(pack, name)))


def _document(session: Session, paper: Original) -> str:
    return " ".join(part for part in (session.content.label(paper.kind, language()), paper.number) if part)


def shown(file: DepartureFile, record: str, decl: FieldDecl) -> str:
    """The value of a field as an editor takes it: bare codes, days and times in their text form."""
    found = departure_edit.find(file, record)
    value = getattr(found, decl.name) if found is not None else None
    if value is None:
        return ""
    if decl.form == "kg":
        return f"{int(value) / 1000:g}".replace(".", ",")
    if decl.form == "money":
        return f"{int(value) // 100},{int(value) % 100:02d}"
    by_code = decl.choices and not decl.choices.startswith((PERSON, ANYBODY, DOCUMENT))
    return bare_code(str(value)) if by_code else str(value)


def read(session: Session, file: DepartureFile, record: str, decl: FieldDecl, text: str) -> Value:
    """What an editor holds as the value of the field; None when it is empty. Raises `NoNumber`."""
    if not text.strip():
        return None
    if decl.form in ("kg", "money"):
        return round(_number(text) * (1000 if decl.form == "kg" else 100))
    found = departure_edit.find(file, record)
    if found is not None and decl.name in KINDS[kind_of(found).name].whole_numbers:
        return int(_number(text))
    if decl.choices == _CONDITION:
        return session.content.ref("vertrek", text)
    if "/" in decl.choices:
        return session.content.ref(decl.choices.partition("/")[0], text)
    return text


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise NoNumber from None
