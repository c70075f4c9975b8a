"""The one declaration of a record kind; table, journal, merge, JSON form and history derive from it.

A kind is a frozen dataclass made by `@record`. Its fields are declared by the small functions below, whose
order is the order in `resources/schema.lock` and only grows. Values are NULL, whole numbers or text (settled
rule 8): there is no floating number, no list and no byte string in a record.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, Self, TypeVar, dataclass_transform

Value = str | int | None

GRAMS, CENTS, BYTES = "g", "cents", "bytes"

SPEC: Final = "regiemap"


class Compartment(StrEnum):
    """Who needs to know: whole compartments travel, a kind lies in exactly one (settled rule 5)."""

    KERN = "kern"
    GEZONDHEID = "gezondheid"
    ASIEL_STRAF = "asiel-straf"
    VEILIG_ADRES = "veilig-adres"
    WERKWIJZE = "werkwijze"
    EIGEN = "eigen"


class ScopeKind(StrEnum):
    """What a scope is about (settled rule 4)."""

    PERSON = "person"
    DOSSIER = "dossier"
    PLACE = "plaats"


ANY_SCOPE: Final = frozenset(ScopeKind)


class FieldType(StrEnum):
    """How a value is written; all but INT and FLAG are text."""

    TEXT = "text"  # one line
    NOTE = "note"  # several lines
    CODE = "code"  # «hash16»:«code» of a content pack
    DATE = "date"  # YYYY-MM-DD
    INCOMPLETE = "incomplete_date"  # text form of IncompleteDate
    MOMENT = "moment"  # YYYY-MM-DDTHH:MM:SSZ
    LOCAL = "local_time"  # YYYY-MM-DDTHH:MM, zone in a field of its own
    REF = "ref"  # id of another record, 32 hex characters
    INT = "int"
    FLAG = "flag"  # 1, 0 or NULL = unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One declared field: `title` is an English msgid; `searched` puts it in the search index.

    `target` is the pack of a code or the kind of a reference; `choices` names the list of the pack that is offered.
    `unit` is what a whole number counts ("" for pieces); `inner` marks what only the program uses.
    """

    name: str
    title: str
    type: FieldType
    target: str = ""
    searched: bool = False
    choices: str = ""
    unit: str = ""
    inner: bool = False

    @property
    def whole_number(self) -> bool:
        """True where the stored value is an integer."""
        return self.type in (FieldType.INT, FieldType.FLAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One declared record kind. `lasting` kinds are never undone; `appended` ones are never changed either."""

    name: str
    title: str
    cls: type["Record"]
    scopes: frozenset[ScopeKind]
    compartment: Compartment
    fields: tuple[FieldSpec, ...]
    lasting: bool = False
    appended: bool = False
    names: tuple[str, ...] = dataclasses.field(init=False)
    whole_numbers: frozenset[str] = dataclasses.field(init=False)
    codes: tuple[str, ...] = dataclasses.field(init=False)
    _values_of: Callable[["Record"], tuple[Value, ...]] = dataclasses.field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Work out once what every write asks: the names in the order of the lock, which hold integers or codes."""
        names = tuple(field.name for field in self.fields)
        object.__setattr__(self, "names", names)
        numbers = frozenset(field.name for field in self.fields if field.whole_number)
        object.__setattr__(self, "whole_numbers", numbers)
        codes = tuple(field.name for field in self.fields if field.type is FieldType.CODE)
        object.__setattr__(self, "codes", codes)
        several = len(names) > 1  # `attrgetter` gives the value of one name alone, not in a tuple
        object.__setattr__(self, "_values_of", attrgetter(*names) if several else self._one_by_one)

    def _one_by_one(self, record: "Record") -> tuple[Value, ...]:
        return tuple(getattr(record, name) for name in self.names)

    def values_of(self, record: "Record") -> dict[str, Value]:
        """The declared fields of a record by name, in the order of the lock."""
        return dict(zip(self.names, self._values_of(record), strict=True))

    def make(self, record_id: str, scope: str, values: Mapping[str, Value]) -> "Record":
        """A record of this kind from plain values; unknown names are left out (a newer kind wrote them)."""
        known = {name: values[name] for name in self.names if name in values}
        return self.cls(id=record_id, scope=scope, **known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all kinds have: an id made by the program and the scope that holds them. Neither ever changes."""

    id: str
    scope: str

    def values(self) -> dict[str, Value]:
        """The declared fields by name, in the order of the lock."""
        return kind_of(self).values_of(self)

    def with_values(self, **changes: Value) -> Self:
        """The same record with some fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


T = TypeVar("T", bound=Record)

KINDS: dict[str, Kind] = {}
_BY_CLASS: dict[type, Kind] = {}


def kind_of(record: Record | type[Record]) -> Kind:
    """The declaration behind a record or its class."""
    return _BY_CLASS[record if isinstance(record, type) else type(record)]


def kinds() -> Iterator[Kind]:
    """All declared kinds in the order of declaration."""
    return iter(KINDS.values())


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(
    name: str,
    title: str,
    *,
    scope: ScopeKind | frozenset[ScopeKind],
    compartment: Compartment,
    lasting: bool = False,
    appended: bool = False,
) -> Callable[[type[T]], type[T]]:
    """Declare a record kind; the class body lists its fields."""

    def declare(cls: type[T]) -> type[T]:
        made: type[T] = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        specs = tuple(
            dataclasses.replace(item.metadata[SPEC], name=item.name)
            for item in dataclasses.fields(made)
            if SPEC in item.metadata
        )
        scopes = frozenset((scope,)) if isinstance(scope, ScopeKind) else scope
        kind = Kind(
            name=name,
            title=title,
            cls=made,
            scopes=scopes,
            compartment=compartment,
            fields=specs,
            lasting=lasting or appended,
            appended=appended,
        )
        if name in KINDS:
            raise ValueError(f"kind declared twice: {name}")
        KINDS[name] = _BY_CLASS[made] = kind
        return made

    return declare


def _field(title: str, type_: FieldType, **about: Any) -> Any:
    spec = FieldSpec(name="", title=title, type=type_, **about)
    return dataclasses.field(default=None, metadata={SPEC: spec})


def text(title: str, *, searched: bool = False, inner: bool = False) -> Any:
    """A line of text, kept as typed."""
    return _field(title, FieldType.TEXT, searched=searched, inner=inner)


def note(title: str, *, searched: bool = False) -> Any:
    """Text of several lines, kept as typed."""
    return _field(title, FieldType.NOTE, searched=searched)


def code(title: str, pack: str, choices: str = "") -> Any:
    """An item of the content pack `pack`, as «hash16»:«code».

    `choices` is the list of the pack it comes from; with a star before it a section of the pack, "*" the countries.
    """
    return _field(title, FieldType.CODE, target=pack, choices=choices)


def date(title: str) -> Any:
    """A full date."""
    return _field(title, FieldType.DATE)


def incomplete_date(title: str) -> Any:
    """A date of which parts may be unknown."""
    return _field(title, FieldType.INCOMPLETE)


def moment(title: str) -> Any:
    """A moment in UTC, to the second."""
    return _field(title, FieldType.MOMENT)


def local_time(title: str) -> Any:
    """A date and time as it stands on a ticket; the zone is a field of its own."""
    return _field(title, FieldType.LOCAL)


def ref(title: str, target: str) -> Any:
    """The id of a record of kind `target` (empty: any kind)."""
    return _field(title, FieldType.REF, target=target)


def number(title: str, *, unit: str = "", inner: bool = False) -> Any:
    """A whole number, of pieces or of a `unit`; the field's name says which."""
    return _field(title, FieldType.INT, unit=unit, inner=inner)


def flag(title: str) -> Any:
    """Yes (1), no (0) or unknown (NULL)."""
    return _field(title, FieldType.FLAG)
