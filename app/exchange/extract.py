"""A part of a dossier for somebody to read: signed, with a last day, never merged and never passed on (rule 7).

The package holds no ops: its one member tells records as the open JSON form does, with every value of a cell on which
opinions differ, and the words of the codes in it. How it looks is told in `docs/package-format.md`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection

from app.domain.ident import is_id
from app.domain.record import Compartment, ScopeKind, Value
from app.exchange.manifest import EXTRACT_MEMBER, SIGNED, DeviceEntry, Manifest, MemberEntry
from app.exchange.package_opening import Receiver, open_manifest
from app.exchange.problem import DamagedPackage, DangerousPackage, NewerPackage
from app.exchange.send import Head, Piece
from app.exchange.strict_json import parse

FORM: Final = "regiemap-extract"
VERSION: Final = 1
MOST_BYTES: Final = 16 * 1024 * 1024
KIND: Final = "extract"
PLACE: Final = str(ScopeKind.PLACE)
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractRecord:
    """A record: `disputed` are the fields on which several values stand, with all of them."""

    kind: str
    id: str
    scope: str
    fields: Mapping[str, Value]
    disputed: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What may be read until and with `until`. `labels`: the words of each code, by language."""

    until: date
    dossier: str
    title: str
    compartments: tuple[str, ...]
    scopes: tuple[tuple[str, str], ...]
    records: tuple[ExtractRecord, ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def families(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The dossier with its persons, as a manifest says it."""
        persons = tuple(scope for scope, kind in self.scopes if kind == ScopeKind.PERSON)
        return ((self.dossier, persons),)

    def render(self) -> bytes:
        """The bytes of the member: one line."""
        form = {
            "form": FORM,
            "version": VERSION,
            "until": self.until.isoformat(),
            "dossier": self.dossier,
            "title": self.title,
            "compartments": list(self.compartments),
            "scopes": [list(scope) for scope in self.scopes],
            "records": [
                {"kind": one.kind, "id": one.id, "scope": one.scope, "fields": dict(one.fields)}
                | (
                    {"disputed": {name: list(values) for name, values in one.disputed.items()}}
                    if one.disputed
                    else {}
                )
                for one in self.records
            ],
            "labels": {code: dict(words) for code, words in sorted(self.labels.items())},
        }
        return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def pack(
    conn: Connection, extract: Extract, head: Head, receivers: tuple[str, ...]
) -> tuple[Manifest, list[Piece]]:
    """The manifest and the members of a package that holds only this."""
    data = extract.render()
    key = conn.exec_driver_sql("SELECT sign_key FROM j_device WHERE id = ?", (head.device,)).scalar_one()
    manifest = Manifest(
        id=head.id,
        kind=KIND,
        no=head.no,
        made=head.made,
        hlc=head.hlc,
        devices=(DeviceEntry(head.device, key),),
        to=receivers,
        compartments=extract.compartments,
        families=extract.families,
        scopes=extract.scopes,
        ops=(MemberEntry(EXTRACT_MEMBER, len(data), hashlib.sha256(data).hexdigest(), 1),),
        schema=head.schema,
    )
    text = manifest.render()
    return manifest, [
        ("manifest.json", len(text), (text,)),
        ("manifest.sig", 64, (head.sign(SIGNED + text),)),
        (EXTRACT_MEMBER, len(data), (data,)),
    ]


def receive(source: BinaryIO, receiver: Receiver) -> tuple[Manifest, Extract]:
    """Open a package with an extract, all of it checked. Raises the problems of `app.exchange.problem`."""
    manifest, members = open_manifest(source, receiver)
    (entry,) = manifest.ops
    member = next(members, None)
    if member is None or member.name != entry.name:
        raise DamagedPackage
    data = member.read(MOST_BYTES)
    if (len(data), hashlib.sha256(data).hexdigest(), 1) != (entry.size, entry.sha256, entry.count):
        raise DamagedPackage
    if next(members, None) is not None:
        raise DangerousPackage
    found = read(data)
    if found.families != manifest.families or found.scopes != manifest.scopes:
        raise DamagedPackage
    return manifest, found


def read(data: bytes) -> Extract:
    """Raises `DamagedPackage` or `DangerousPackage` for what is no extract, `NewerPackage` for a later form."""
    form = parse(data, longest=MOST_BYTES)
    try:
        if not isinstance(form, dict) or form["form"] != FORM:
            raise TypeError
        if type(form["version"]) is not int or form["version"] > VERSION:
            raise NewerPackage(version=str(form["version"])[:20])
        return _extract(form)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedPackage from error


def _extract(form: Mapping[str, Any]) -> Extract:
    scopes = tuple((_id(scope), str(ScopeKind(kind))) for scope, kind in form["scopes"])
    dossier = _id(form["dossier"])
    compartments = tuple(_match(_NAME, name) for name in form["compartments"])
    if (dossier, str(ScopeKind.DOSSIER)) not in scopes or Compartment.EIGEN in compartments:
        raise ValueError
    known = {scope for scope, _kind in scopes} | {PLACE}
    return Extract(
        until=date.fromisoformat(_match(_DAY, form["until"])),
        dossier=dossier,
        title=_text(form["title"]),
        compartments=compartments,
        scopes=scopes,
        records=tuple(_records(form["records"], known)),
        labels={
            _text(code): {_match(_NAME, language): _text(words) for language, words in labels.items()}
            for code, labels in form["labels"].items()
        },
    )


def _records(rows: Any, scopes: set[str]) -> Iterator[ExtractRecord]:
    for row in rows:
        if row["scope"] not in scopes:
            raise ValueError
        yield ExtractRecord(
            kind=_match(_NAME, row["kind"]),
            id=_id(row["id"]),
            scope=row["scope"],
            fields={_match(_NAME, name): _value(value) for name, value in row["fields"].items()},
            disputed={
                _match(_NAME, name): tuple(map(_value, values))
                for name, values in row.get("disputed", {}).items()
            },
        )


def _value(value: object) -> Value:
    if value is not None and type(value) not in (str, int):
        raise TypeError
    return value  # type: ignore[return-value]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError
    return str(value)


def _match(form: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise ValueError
    return value
