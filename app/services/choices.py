"""What can be chosen for a field that holds a code, from the list its declaration names."""

from app.domain.dated_event import bare_code
from app.domain.record import FieldSpec, Value
from app.i18n import language
from app.services.session import Session

COUNTRIES = "landen"
_FEW = 3

Pairs = tuple[tuple[str, str], ...]
"""(bare code, words in the language of the screen), in the order of the list."""


def choices(session: Session, spec: FieldSpec) -> Pairs:
    """The list of a code field. Raises KeyError where the declaration names a list that is not there."""
    content, words = session.content, language()
    if spec.target == COUNTRIES:
        found = ((code, country.label(words)) for code, country in content.countries.items())
        return tuple(sorted(found, key=lambda pair: pair[1].casefold()))
    if spec.choices.startswith("*"):
        return tuple(
            (each.code, each.label(words)) for each in content.section(spec.target, spec.choices[1:])
        )
    return tuple((each.code, each.label(words)) for each in content.choices(spec.target, spec.choices))


def country_named(session: Session, said: str) -> str:
    """The bare code of the country whose name or adjective was typed, in either language; "" for none."""
    wanted = said.strip().casefold()
    for code, country in session.content.countries.items():
        names = (country.words.nl, country.words.en, country.adjective.nl, country.adjective.en)
        if wanted and wanted in (name.casefold() for name in names):
            return code
    return ""


def countries_like(session: Session, said: str) -> tuple[str, ...]:
    """The names of a few countries that begin with what was typed."""
    wanted, words = said.strip().casefold(), language()
    names = (country.label(words) for country in session.content.countries.values())
    return tuple(name for name in names if wanted and name.casefold().startswith(wanted))[:_FEW]


def stored(session: Session, spec: FieldSpec, code: str, was: Value) -> Value:
    """The reference to keep for a chosen bare code; what did not change keeps the pack it was chosen from."""
    if not code:
        return None
    return was if isinstance(was, str) and bare_code(was) == code else session.content.ref(spec.target, code)
