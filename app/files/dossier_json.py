"""The open JSON form of dossiers (settled rule 23): what it holds, all of it derived from the declarations.

How a file looks is told in `docs/dossier-json.md`; the schema is made by `tools/json_schema.py`. The location
of a store has no id in a file: its records (officers that a dossier names) stand under the scope `plaats`, so
that they find their place in every store.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import app.domain.kinds  # noqa: F401 - declares the kinds
from app.domain.record import KINDS, Compartment, FieldType, Kind, ScopeKind, Value

FORMAT: Final = "regiemap-dossiers"
VERSION: Final = 1
PLACE: Final = str(ScopeKind.PLACE)

# Who may write, who got what and which laptops there are stays out (settled rule 23).
LEFT_OUT: Final = frozenset({"scope", "access", "disclosure"})
NEVER: Final = frozenset({Compartment.EIGEN})
CHOOSABLE: Final = tuple(part for part in Compartment if part not in NEVER)
USUAL: Final = frozenset({Compartment.KERN, Compartment.WERKWIJZE})
MAIN_KIND: Final = {ScopeKind.PERSON: "person", ScopeKind.DOSSIER: "dossier"}


class JsonScope(NamedTuple):
    """A person or a dossier: the id that its records carry, and which of the two it is."""

    id: str
    kind: ScopeKind


class JsonPack(NamedTuple):
    """A content pack that records name: `hash` is the SHA-256 of `content` in UTF-8, as 64 hex characters."""

    name: str
    hash: str
    content: str


class JsonRecord(NamedTuple):
    """One record. A field that is not in `fields` is left as it is.

    `was` is None for a record that was not taken from a store; a name that is missing in it was empty there.
    """

    kind: str
    id: str
    scope: str
    fields: Mapping[str, Value]
    was: Mapping[str, Value] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFile:
    """A file that was read and found whole: codes in the form `«hash16»:«code»`, every value of its type."""

    scopes: tuple[JsonScope, ...]
    packs: tuple[JsonPack, ...]
    records: tuple[JsonRecord, ...]


def _of_families(kind: Kind) -> bool:
    return kind.name not in LEFT_OUT and kind.compartment not in NEVER and kind.scopes != {ScopeKind.PLACE}


def _targets(kinds: list[Kind]) -> frozenset[str]:
    return frozenset(field.target for kind in kinds for field in kind.fields if field.type is FieldType.REF)


_FAMILY_KINDS = [kind for kind in KINDS.values() if _of_families(kind)]
PLACE_KINDS: Final[dict[str, Kind]] = {
    name: kind
    for name, kind in KINDS.items()
    if kind.scopes == {ScopeKind.PLACE} and name in _targets(_FAMILY_KINDS)
}
CARRIED: Final[dict[str, Kind]] = {
    name: kind
    for name, kind in sorted(KINDS.items(), key=lambda pair: pair[0] not in MAIN_KIND.values())
    if name in PLACE_KINDS or _of_families(kind)
}
"""In the order of a file: dossiers and persons, then as declared."""


def in_json(type_: FieldType, value: Value) -> str | int | bool | None:
    """A stored value as it stands in a file: yes and no are `true` and `false`."""
    return bool(value) if type_ is FieldType.FLAG and value is not None else value
