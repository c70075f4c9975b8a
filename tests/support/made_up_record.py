"""Hypothesis strategies for records of every kind that a file of dossiers may hold, from the declarations alone."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.record import KINDS, FieldSpec, FieldType, Record, ScopeKind, Value
from app.domain.text import DIRECTION_CONTROLS, LINE_BREAKS
from app.files.dossier_json import CARRIED, MAIN_KIND, PLACE_KINDS

_FORBIDDEN = "".join(DIRECTION_CONTROLS | LINE_BREAKS)
_letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=_FORBIDDEN)
_line = st.text(_letters, max_size=12)
_note = st.text(st.one_of(_letters, st.sampled_from("\n\t")), max_size=30)
_days = st.dates(min_value=date(1900, 1, 1), max_value=date(2190, 1, 1))
_moments = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1))
_ids = st.integers(min_value=0, max_value=9).map(lambda number: id_of(f"elsewhere {number}"))
_incomplete = st.one_of(
    st.just("?"),
    st.integers(1900, 2100).map(str),
    st.integers(1900, 2100).map(lambda year: f"~{year}"),
    _days.map(lambda day: IncompleteDate.of(day).text),
    _days.map(lambda day: IncompleteDate(day.year, day.month).text),
)
OTHERS = tuple(
    kind for name, kind in CARRIED.items() if name not in PLACE_KINDS and name not in MAIN_KIND.values()
)


def id_of(name: str) -> str:
    """An id that is the same for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def value_of(spec: FieldSpec, codes: Sequence[str], people: Sequence[str]) -> SearchStrategy[Value]:
    """Values that a field takes, empty ones included; `codes` are references into content packs by pack name."""
    match spec.type:
        case FieldType.TEXT:
            made: SearchStrategy[Value] = _line
        case FieldType.NOTE:
            made = _note
        case FieldType.CODE:
            made = st.sampled_from(
                [code for code in codes if code.startswith(f"{spec.target} ")] or [""]
            ).map(lambda code: code.partition(" ")[2] or None)
        case FieldType.DATE:
            made = _days.map(date.isoformat)
        case FieldType.INCOMPLETE:
            made = _incomplete
        case FieldType.MOMENT:
            made = _moments.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        case FieldType.LOCAL:
            made = _moments.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M"))
        case FieldType.REF:
            made = st.sampled_from(people) if spec.target == "person" and people else _ids
        case FieldType.INT:
            made = st.integers(-(2**63), 2**63 - 1)
        case FieldType.FLAG:
            made = st.sampled_from((0, 1))
    return st.none() | made


@st.composite
def families(draw: DrawFn, codes: Sequence[str]) -> tuple[Record, ...]:
    """One or two dossiers with members and a handful of records of any kind in their scopes."""
    found: list[Record] = []
    dossiers = [id_of(f"dossier {number}") for number in range(draw(st.integers(1, 2)))]
    people = [id_of(f"person {number}") for number in range(draw(st.integers(1, 3)))]

    def values(kind: str) -> dict[str, Value]:
        return {spec.name: draw(value_of(spec, codes, people)) for spec in KINDS[kind].fields}

    found += [KINDS["dossier"].make(scope, scope, values("dossier")) for scope in dossiers]
    for number, person in enumerate(people):
        found.append(KINDS["person"].make(person, person, values("person")))
        home = draw(st.sampled_from(dossiers))
        found.append(Membership(id=id_of(f"member {number}"), scope=home, person=person))
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(OTHERS))
        home = draw(st.sampled_from(people if ScopeKind.PERSON in kind.scopes else dossiers))
        found.append(kind.make(id_of(f"other {number}"), home, values(kind.name)))
    return tuple(found)


def scopes_of(records: Sequence[Record]) -> list[tuple[ScopeKind, str]]:
    """The scopes that begin in these records."""
    return [
        (ScopeKind.DOSSIER if isinstance(record, Dossier) else ScopeKind.PERSON, record.id)
        for record in records
        if isinstance(record, Dossier | Person)
    ]
