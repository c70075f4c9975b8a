"""Reads a file of dossiers as a stream and hands it on only when nothing at all is wrong with it.

One pass: each item is checked as it comes by, what items say of each other at the end. Up to fifty problems
are gathered, so that the maker of a file can mend them in one go.
"""

import hashlib
from collections.abc import Callable
from io import TextIOBase, TextIOWrapper
from typing import Any, BinaryIO, Final

from app.domain.errors import KnownProblem
from app.domain.record import Compartment, FieldType, ScopeKind
from app.files import dossier_json_problem as wrong
from app.files.dossier_json import (
    CARRIED,
    FORMAT,
    MAIN_KIND,
    PLACE_KINDS,
    VERSION,
    DossierFile,
    JsonPack,
    JsonRecord,
    JsonScope,
)
from app.files.dossier_json_check import Codes, ItemCheck
from app.files.dossier_json_problem import MOST_PROBLEMS, FileProblem, FileRefused
from app.files.json_walk import JsonWalk, shown

_PARTS: Final = ("format", "version", "compartments", "scopes", "records", "packs")
_NEEDED: Final = ("format", "version", "scopes", "records")


class _EnoughSaidError(Exception):
    """Fifty problems, or one after which nothing else can be said."""


def read_dossiers(source: BinaryIO, codes: Codes) -> DossierFile:
    """The file as a whole; `source` stays open. Raises `FileRefused` with all that is wrong."""
    text = TextIOWrapper(source, encoding="utf-8-sig", newline="")
    reader = _Reader(text, codes)
    try:
        return reader.read()
    finally:
        text.detach()


class _Reader:
    def __init__(self, text: TextIOBase, codes: Codes) -> None:
        self._walk, self._codes = JsonWalk(text), codes
        self._problems: list[FileProblem] = []
        self._check = ItemCheck(codes, self._note)
        self._held: frozenset[Compartment] | None = None
        self._scopes: list[JsonScope] = []
        self._records: list[tuple[int, JsonRecord]] = []
        self._packs: list[JsonPack] = []
        self._found: set[str] = set()

    def read(self) -> DossierFile:
        try:
            self._parts()
            self._between()
        except _EnoughSaidError:
            pass
        except KnownProblem as problem:
            self._problems.append(FileProblem(path="", problem=problem))
        if self._problems:
            raise FileRefused(tuple(self._problems[:MOST_PROBLEMS]))
        return DossierFile(
            scopes=tuple(self._scopes),
            packs=tuple(self._packs),
            records=tuple(record for _index, record in self._records),
        )

    def _note(self, path: str, problem: KnownProblem) -> None:
        self._problems.append(FileProblem(path=path, problem=problem))
        if len(self._problems) >= MOST_PROBLEMS:
            raise _EnoughSaidError

    # -- one by one ------------------------------------------------------------------------------------------

    def _parts(self) -> None:
        for name in self._walk.members():
            self._found.add(name)
            if name == "format":
                self._only(name, FORMAT, lambda _found: wrong.OtherFormat(wanted=FORMAT))
            elif name == "version":
                self._only(name, VERSION, lambda found: wrong.OtherVersion(found=found, wanted=str(VERSION)))
            elif name == "compartments":
                self._held = self._check.compartments(self._walk.value())
            elif name in _PARTS:
                self._items(name)
            else:
                self._walk.value()
                self._note("", wrong.PartUnknown(name=shown(name)))
        for name in _NEEDED:
            if name not in self._found:
                self._note("", wrong.PartMissing(name=name))

    def _only(self, name: str, wanted: str | int, problem: Callable[[str], KnownProblem]) -> None:
        """The head of another form or version makes every other problem meaningless."""
        found = self._walk.value()
        if type(found) is not type(wanted) or found != wanted:
            self._problems = [FileProblem(path=name, problem=problem(shown(found)))]
            raise _EnoughSaidError

    def _items(self, name: str) -> None:
        if not self._walk.is_list():
            self._walk.value()
            self._note(name, wrong.NotAList())
            return
        take = {"scopes": self._scope, "records": self._record, "packs": self._pack}[name]
        for index, item in enumerate(self._walk.items()):
            take(index, item)

    def _scope(self, index: int, item: Any) -> None:
        scope = self._check.scope(f"scopes[{index}]", item)
        if scope is not None:
            self._scopes.append(scope)

    def _record(self, index: int, item: Any) -> None:
        record = self._check.record(index, item)
        if record is not None:
            self._records.append((index, record))

    def _pack(self, index: int, item: Any) -> None:
        parts = self._check.pack(f"packs[{index}]", item)
        if parts is not None:
            pack = JsonPack(**parts)
            try:
                fits = hashlib.sha256(pack.content.encode()).hexdigest() == pack.hash
            except UnicodeEncodeError:  # half a character, written as an escape
                fits = False
            if not fits:
                self._note(f"packs[{index}].hash", wrong.PackDiffers(name=shown(pack.name)))
            self._packs.append(pack)

    # -- between each other ----------------------------------------------------------------------------------

    def _between(self) -> None:
        scopes: dict[str, ScopeKind] = {}
        for scope in self._scopes:
            if scope.id in scopes:
                self._note("scopes", wrong.IdTwice(id=scope.id))
            scopes[scope.id] = scope.kind
        kinds: dict[str, str] = {}
        for index, record in self._records:
            if record.id in kinds:
                self._note(f"records[{index}].id", wrong.IdTwice(id=record.id))
            kinds[record.id] = record.kind
        for index, record in self._records:
            self._place(index, record, scopes)
            self._references(index, record, kinds)
        self._foreign_codes()

    def _place(self, index: int, record: JsonRecord, scopes: dict[str, ScopeKind]) -> None:
        path, kind = f"records[{index}]", CARRIED[record.kind]
        if self._held is not None and kind.compartment not in self._held:
            self._note(path, wrong.CompartmentNotNamed(name=str(kind.compartment)))
        if record.kind in PLACE_KINDS:
            return
        scope = scopes.get(record.scope)
        if scope is None:
            self._note(f"{path}.scope", wrong.ScopeNotNamed(id=record.scope))
        elif scope not in kind.scopes:
            self._note(f"{path}.scope", wrong.ScopeOfWrongKind(kind=record.kind, scope=str(scope)))
        elif record.kind == MAIN_KIND[scope] and record.id != record.scope:
            self._note(f"{path}.id", wrong.MainIdDiffers(kind=record.kind))

    def _references(self, index: int, record: JsonRecord, kinds: dict[str, str]) -> None:
        for field in _REFERENCES[record.kind]:
            value = record.fields.get(field.name)
            found = kinds.get(value) if isinstance(value, str) else None
            if found is not None and found != field.target:
                other = wrong.RefersToOtherKind(wanted=field.target, id=str(value), found=found)
                self._note(f"records[{index}].fields.{field.name}", other)

    def _foreign_codes(self) -> None:
        """A code of a pack that came along must be of the pack that its field takes."""
        names = {pack.hash[:16]: pack.name for pack in self._packs}
        for used in self._check.foreign:
            found = names.get(used.short, used.field.target)
            if found != used.field.target:
                path = f"records[{used.record}].{used.part}.{used.field.name}"
                self._note(path, wrong.CodeOfOtherPack(wanted=used.field.target, found=found))


_REFERENCES: Final = {
    name: tuple(field for field in kind.fields if field.type is FieldType.REF and field.target)
    for name, kind in CARRIED.items()
}
