"""Checks one item of a file at a time; what is wrong is noted with its place, and reading goes on."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from app.domain.entry import NotText, value_problems
from app.domain.errors import KnownProblem
from app.domain.ident import is_id
from app.domain.record import KINDS, Compartment, FieldSpec, FieldType, Kind, ScopeKind, Value
from app.files import dossier_json_problem as wrong
from app.files.dossier_json import CARRIED, PLACE, PLACE_KINDS, JsonRecord, JsonScope
from app.files.json_walk import shown

_BY_NAME: Final = re.compile(r"(?P<pack>[a-z]{2,20}):(?P<code>[^\s:]{1,150})")
_PLAIN_LENGTH: Final = 200  # up to here every text rule agrees
_MOST_SEEN: Final = 50_000
_TEXTS: Final = frozenset({FieldType.TEXT, FieldType.NOTE})
_FIELDS: Final = {name: {field.name: field for field in kind.fields} for name, kind in CARRIED.items()}
_NEEDED: Final = frozenset({"kind", "id", "scope", "fields"})
_KEYS: Final = _NEEDED | {"was"}
_SCOPE_KEYS: Final = frozenset({"id", "kind"})
_PACK_KEYS: Final = frozenset({"name", "hash", "content"})

Note = Callable[[str, KnownProblem], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What is known of content: `ref` gives `«hash16»:«code»`, or "" where a pack has no such code."""

    ref: Callable[[str, str], str]
    packs: Mapping[str, str]
    """The name of each known pack by the first 16 characters of its hash."""


class UsedCode(NamedTuple):
    """A code that a record names, for the check against packs that come later in the file."""

    record: int
    part: str
    field: FieldSpec
    short: str


class ItemCheck:
    """Turns the parsed items of one file into scopes and records; `note` is told of every problem."""

    def __init__(self, codes: Codes, note: Note) -> None:
        self._codes, self._note = codes, note
        self.foreign: list[UsedCode] = []
        self._seen: dict[tuple[str, str, str], str] = {}
        """By kind, field and text as written, what is stored: dates and codes come back thousands of times."""

    def compartments(self, value: Any) -> frozenset[Compartment] | None:
        """The compartments that the file says it holds."""
        if not isinstance(value, list):
            self._note("compartments", wrong.NotAList())
            return None
        names = {str(part): part for part in {kind.compartment for kind in CARRIED.values()}}
        for place, name in enumerate(value):
            if not isinstance(name, str) or name not in names:
                self._note(f"compartments[{place}]", wrong.CompartmentUnknown(name=shown(name)))
        return frozenset(names[name] for name in value if isinstance(name, str) and name in names)

    def scope(self, path: str, item: Any) -> JsonScope | None:
        """One entry of `scopes`."""
        if not self._has(path, item, _SCOPE_KEYS, _SCOPE_KEYS):
            return None
        if not is_id(item["id"]):
            self._note(f"{path}.id", wrong.NotAnId())
            return None
        if item["kind"] not in (ScopeKind.PERSON, ScopeKind.DOSSIER):
            self._note(f"{path}.kind", wrong.ScopeKindUnknown())
            return None
        return JsonScope(item["id"], ScopeKind(item["kind"]))

    def pack(self, path: str, item: Any) -> dict[str, str] | None:
        """One entry of `packs`, all three parts of it texts."""
        if not self._has(path, item, _PACK_KEYS, _PACK_KEYS):
            return None
        for name, value in item.items():
            if not isinstance(value, str):
                self._note(f"{path}.{name}", NotText(field=name))
                return None
        found: dict[str, str] = item
        return found

    def record(self, index: int, item: Any) -> JsonRecord | None:
        """One entry of `records`."""
        path = f"records[{index}]"
        whole = isinstance(item, dict) and item.keys() >= _NEEDED and item.keys() <= _KEYS
        if not whole and not self._has(path, item, _NEEDED, _KEYS):
            return None
        kind = self._kind(path, item["kind"])
        if kind is None:
            return None
        if not is_id(item["id"]):
            self._note(f"{path}.id", wrong.NotAnId())
            return None
        scope = item["scope"]
        if scope != PLACE if kind.name in PLACE_KINDS else not is_id(scope):
            astray = kind.name in PLACE_KINDS or scope == PLACE
            other = wrong.ScopeOfWrongKind(kind=kind.name, scope=shown(scope)) if astray else wrong.NotAnId()
            self._note(f"{path}.scope", other)
            return None
        fields = self._values(index, "fields", kind, item.get("fields"))
        was = None if item.get("was") is None else self._values(index, "was", kind, item["was"])
        return JsonRecord(kind.name, item["id"], scope, fields or {}, was)

    def _kind(self, path: str, name: Any) -> Kind | None:
        if isinstance(name, str) and name in CARRIED:
            return CARRIED[name]
        known = isinstance(name, str) and name in KINDS
        problem = wrong.KindNotCarried if known else wrong.KindUnknown
        self._note(f"{path}.kind", problem(kind=shown(name)))
        return None

    def _values(self, index: int, part: str, kind: Kind, given: Any) -> dict[str, Value] | None:
        if not isinstance(given, dict):
            self._note(f"records[{index}].{part}", wrong.NotAnObject())
            return None
        specs, found = _FIELDS[kind.name], dict[str, Value]()
        for name, value in given.items():
            spec = specs.get(name)
            if spec is None:
                unknown = wrong.FieldUnknown(kind=kind.name, name=shown(name))
                self._note(f"records[{index}].{part}", unknown)
            elif (spec.type in _TEXTS and _is_plain(value)) or (spec.type is FieldType.REF and is_id(value)):
                found[name] = value
            elif value.__class__ is str and (seen := self._seen.get((kind.name, name, value))) is not None:
                found[name] = seen
            else:
                for problem in self._problems(index, part, kind.name, spec, value, found):
                    self._note(f"records[{index}].{part}.{name}", problem)
        return found

    def _problems(
        self, index: int, part: str, kind: str, spec: FieldSpec, value: Any, found: dict[str, Value]
    ) -> Iterator[KnownProblem]:
        """Put the value into `found` in its stored form, or say what is wrong with it."""
        if spec.type is FieldType.FLAG:
            if value is None or isinstance(value, bool):
                found[spec.name] = None if value is None else int(value)
            else:
                yield wrong.NotYesOrNo()
            return
        written = value
        if spec.type is FieldType.CODE and isinstance(value, str):
            named = _BY_NAME.fullmatch(value)
            if named is not None:
                code = self._codes.ref(named["pack"], named["code"])
                if not code:
                    yield wrong.CodeUnknown(pack=named["pack"], name=named["code"])
                    return
                value = code
        bad = tuple(value_problems(spec, value))
        yield from bad
        if bad:
            return
        found[spec.name] = value
        if spec.type is FieldType.CODE and value is not None:
            short = value.partition(":")[0]
            pack = self._codes.packs.get(short)
            if pack is None:
                self.foreign.append(UsedCode(index, part, spec, short))
                return
            if spec.target and pack != spec.target:  # an empty target: an item of any pack
                yield wrong.CodeOfOtherPack(wanted=spec.target, found=pack)
                return
        if isinstance(written, str) and len(written) <= _PLAIN_LENGTH and len(self._seen) < _MOST_SEEN:
            self._seen[kind, spec.name, written] = str(value)

    def _has(self, path: str, item: Any, needed: frozenset[str], allowed: frozenset[str]) -> bool:
        """Whether an item is an object with the parts it must have and no others."""
        if not isinstance(item, dict):
            self._note(path, wrong.NotAnObject())
            return False
        for name in sorted(needed - item.keys()):
            self._note(path, wrong.PartMissing(name=name))
        for name in item:
            if name not in allowed:
                self._note(path, wrong.PartUnknown(name=shown(name)))
        return needed <= item.keys()


def _is_plain(value: object) -> bool:
    """A short text without anything special: the common case, taken without asking the rules."""
    return isinstance(value, str) and len(value) <= _PLAIN_LENGTH and value.isprintable()
