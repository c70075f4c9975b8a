"""One content pack: its data, the canonical text that is kept for ever, its hash, and its items by code."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypedDict, cast

from app.content import compiled, problem, schema
from app.content.row import Row
from app.content.verify import verify
from app.domain.guidance import Item, Mark, Provenance, Source, Words

SHORT = 16
"""Hex digits of the hash that a code reference carries (settled rule 21)."""


class Common(TypedDict):
    """The arguments that every kind of item takes."""

    code: str
    words: Words
    provenance: Provenance


@dataclass(frozen=True)
class Pack:
    """A pack, of the program or from a store. `canonical` is its data as JSON with sorted keys and no spaces.

    `hash` is the SHA-256 of the UTF-8 bytes of `canonical`, 64 hex digits: comments and layout do not count.
    """

    name: str
    canonical: str
    hash: str

    @property
    def short_hash(self) -> str:
        """The beginning of the hash that code references carry."""
        return self.hash[:SHORT]

    @cached_property
    def data(self) -> Mapping[str, object]:
        """The pack's data as plain values."""
        return cast(Mapping[str, object], json.loads(self.canonical))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources that items name, by code."""
        rows = Row(self.data).group("sources")
        return {code: _source(code, Row(cast(Mapping[str, object], row))) for code, row in rows.items()}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by code, with its words and where it comes from, whatever part it stands in."""
        found: dict[str, Item] = {}
        for section, rows in self.data.items():
            if section not in ("pack", "sources") and isinstance(rows, list):
                for row in map(Row, rows):
                    found[row.text("code")] = Item(**self.common(row))
        return MappingProxyType(found)

    def rows(self, section: str) -> tuple[Row, ...]:
        """Return the items of one part, in the order of the file."""
        return Row(self.data).rows(section)

    def common(self, row: Row) -> Common:
        """Return what every item has: the arguments of `Item`."""
        named = tuple(self.sources[code] for code in row.texts("sources") if code in self.sources)
        provenance = Provenance(
            mark=_mark(row.text("mark")),
            sources=named,
            as_of=row.text("as_of") or max((source.as_of for source in named), default=""),
            valid_from=row.text("valid_from"),
            valid_to=row.text("valid_to"),
            note=row.text("note"),
            is_partly_assumed=row.flag("assumed_part"),
        )
        return {
            "code": row.text("code"),
            "words": Words(row.text("nl"), row.text("en")),
            "provenance": provenance,
        }


def read_pack(path: Path) -> Pack:
    """Read, check and seal the pack in `path` (`«name».toml`); raise a `ContentProblem` in one sentence.

    One that was compiled from just this file was checked then.
    """
    source = _bytes(path)
    canonical = compiled.read(path, source)
    if canonical is None:
        canonical = _checked(path, source)
    return Pack(path.stem, canonical, _hash(canonical))


def read_source(path: Path) -> tuple[bytes, str]:
    """The bytes of a pack and their canonical text, checked, whatever was compiled; raise a `ContentProblem`."""
    source = _bytes(path)
    return source, _checked(path, source)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise problem.PackMissing(file=path.name) from None
    except OSError as error:
        raise problem.PackUnreadable(file=path.name, detail=_plain(error)) from None


def _checked(path: Path, source: bytes) -> str:
    import tomllib  # not needed where packs are compiled

    try:
        # As a text file is read: the line ends of every system.
        data = tomllib.loads(source.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        raise problem.PackUnreadable(file=path.name, detail=_plain(error)) from None
    except tomllib.TOMLDecodeError as error:
        raise problem.PackUnreadable(file=path.name, detail=str(error)) from None
    verify(path.name, path.stem, data)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pack_from_canonical(text: str, expected_hash: str = "") -> Pack:
    """Return the pack that a store kept; its form may be older or newer than this program's: not checked.

    Raise `PackChanged` when the text does not have `expected_hash`, or is no pack at all.
    """
    found = _hash(text)
    if expected_hash and found != expected_hash:
        raise problem.PackChanged(hash=expected_hash[:SHORT])
    try:
        data = json.loads(text)
        name = data["pack"]["name"]
    except (ValueError, KeyError, TypeError):
        raise problem.PackChanged(hash=(expected_hash or found)[:SHORT]) from None
    return Pack(str(name), text, found)


def _hash(canonical: str) -> str:
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _plain(error: Exception) -> str:
    """Return what went wrong without the path, which may name a person."""
    return error.strerror or "" if isinstance(error, OSError) else "UTF-8"


def _source(code: str, row: Row) -> Source:
    return Source(
        code=code,
        title=row.text("title"),
        address=row.text("address"),
        as_of=row.text("as_of"),
        is_dated_by_itself=row.text("dated") == "bron",
    )


def _mark(text: str) -> Mark:
    """Return the mark; one that a newer pack knows and we do not is as good as open."""
    return Mark(text) if text in schema.MARKS else Mark.OPEN
