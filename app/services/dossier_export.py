"""Gives dossiers out in the open JSON form: chosen dossiers, chosen compartments, and a note of who got them.

What goes along (settled rules 4, 10, 19, 23): the dossiers, the persons who are members now, the officers that
they name, and the content packs that any of these name. A person with a shielded membership goes along with that
dossier only, and what another dossier holds about him stays out of its file (`shielding`). A cell on which two values
stand is left out and told of: it counts as unknown.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.papers import DisclosureRecord
from app.domain.record import Compartment, FieldType, Kind, ScopeKind
from app.domain.words import N_
from app.files.dossier_json import (
    CARRIED,
    CHOOSABLE,
    PLACE,
    PLACE_KINDS,
    USUAL,
    JsonPack,
    JsonRecord,
    JsonScope,
)
from app.files.dossier_json_write import written
from app.services.families import NoSuchDossier
from app.services.session import Session
from app.storage import shielding
from app.storage.atomic_file import check_place, written_aside
from app.storage.problem import ReadOnlyStore
from app.storage.translate_errors import translate_errors

PIECES_AT_ONCE: Final = 500
PURPOSE: Final = "doel.overdracht-zaak"
WAY: Final = "manier.uitgewisseld"


class CompartmentStays(KnownProblem):
    """The officer's own marks have no way out (settled rule 5)."""

    message = N_("Your own notes never leave this laptop. Choose other parts of the dossier.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What goes out, to whom and why. `dossiers` empty: all of them. `kern` always goes along."""

    dossiers: tuple[str, ...] = ()
    compartments: frozenset[Compartment] = USUAL
    receiver: str = ""
    purpose: str = PURPOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What a file holds. `disputed`: (kind, record id, field) of cells left out because two values stand."""

    dossiers: int
    persons: int
    records: int
    disputed: tuple[tuple[str, str, str], ...]


def export_dossiers(session: Session, out: BinaryIO, choice: Choice) -> Exported:
    """Write a file to `out`; the disclosures are noted before its first byte leaves.

    Raises `NoSuchDossier`, `CompartmentStays`, `ReadOnlyStore`.
    """
    dossiers = _wanted(session, choice)
    _note_disclosures(session, dossiers, choice)
    return _write(session, out, dossiers, choice.compartments)


def export_to_file(session: Session, path: Path, choice: Choice) -> Exported:
    """The same as a file at `path`, whole or not there. Also raises `NoPlaceForFile` and what a disk may refuse."""
    dossiers = _wanted(session, choice)
    check_place(path)
    with translate_errors(), written_aside(path, ".part") as aside:
        with aside.open("wb") as out:
            exported = _write(session, out, dossiers, choice.compartments)
            out.flush()
            os.fsync(out.fileno())
        _note_disclosures(session, dossiers, choice)
    return exported


def _wanted(session: Session, choice: Choice) -> list[str]:
    """The dossiers that go out, in the order of their ids."""
    if not choice.compartments <= set(CHOOSABLE):
        raise CompartmentStays
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.read() as conn:
        known = {dossier for (dossier,) in conn.exec_driver_sql("SELECT scope FROM r_dossier")}
    if not known.issuperset(choice.dossiers):
        raise NoSuchDossier
    return sorted(choice.dossiers or known)


def _note_disclosures(session: Session, dossiers: Iterable[str], choice: Choice) -> None:
    at, officer = moment_text(session.now()), session.officer_name
    way, purpose = session.content.ref("papieren", WAY), session.content.ref("papieren", choice.purpose)
    with session.store.write(verbs.DISCLOSED) as uow:
        for dossier in dossiers:
            uow.add(
                DisclosureRecord(
                    id=new_id(),
                    scope=dossier,
                    about=dossier,
                    way=way,
                    purpose=purpose,
                    receiver=choice.receiver or None,
                    officer=officer,
                    at=at,
                )
            )


def _write(
    session: Session, out: BinaryIO, dossiers: list[str], compartments: frozenset[Compartment]
) -> Exported:
    with session.store.read() as conn:
        held = compartments | {Compartment.KERN}
        file = DossierRecords(conn, dossiers, held)
        text = written(compartments=held, scopes=file.scopes, records=file.records(), packs=file.packs())
        pieces: list[str] = []
        for piece in text:
            pieces.append(piece)
            if len(pieces) >= PIECES_AT_ONCE:
                out.write("".join(pieces).encode())
                pieces.clear()
        out.write("".join(pieces).encode())
    return Exported(
        dossiers=len(dossiers),
        persons=len(file.scopes) - len(dossiers),
        records=file.count,
        disputed=tuple(file.disputed),
    )


class DossierRecords:
    """Runs once through the tables for one file and remembers what went by."""

    def __init__(self, conn: Connection, dossiers: list[str], held: frozenset[Compartment]) -> None:
        self._conn, self._held = conn, held
        persons = present_persons(conn, dossiers)
        self.scopes = [JsonScope(dossier, ScopeKind.DOSSIER) for dossier in dossiers]
        self.scopes += [JsonScope(person, ScopeKind.PERSON) for person in persons]
        self._ids = json.dumps([scope.id for scope in self.scopes])
        self._left_out: set[str] = set()
        for dossier in dossiers:
            hidden = shielding.hidden_from(conn, dossier)
            self._left_out |= shielding.records_about(conn, dossier, hidden)
        self._open: dict[str, set[str]] = {}
        for record, field in conn.exec_driver_sql("SELECT rec, field FROM j_conflict"):
            self._open.setdefault(record, set()).add(field)
        self._short_hashes: set[str] = set()
        self.count = 0
        self.disputed: list[tuple[str, str, str]] = []

    def records(self) -> Iterator[JsonRecord]:
        """Kind by kind as declared, within a kind by id."""
        for kind in CARRIED.values():
            if kind.compartment in self._held:
                yield from self._of_kind(kind)

    def _of_kind(self, kind: Kind) -> Iterator[JsonRecord]:
        codes = kind.codes
        place = kind.name in PLACE_KINDS
        where, param = ("id", self._named(kind.name)) if place else ("scope", self._ids)
        columns = ", ".join(f'"{name}"' for name in kind.names)
        rows = self._conn.exec_driver_sql(
            f'SELECT id, scope, {columns} FROM "r_{kind.name}"'
            f" WHERE {where} IN (SELECT value FROM json_each(?)) ORDER BY id",
            (param,),
        )
        for row in rows:
            if row[0] in self._left_out:
                continue
            fields = {
                name: value for name, value in zip(kind.names, row[2:], strict=True) if value is not None
            }
            for name in sorted(self._open.get(row[0], ())):
                fields.pop(name, None)
                self.disputed.append((kind.name, row[0], name))
            for name in codes:
                if name in fields:
                    self._short_hashes.add(str(fields[name]).partition(":")[0])
            self.count += 1
            yield JsonRecord(kind.name, row[0], PLACE if place else row[1], fields, fields)

    def _named(self, target: str) -> str:
        """The records of the location that the families' own records name."""
        found: set[str] = set()
        for kind in CARRIED.values():
            for field in kind.fields:
                if field.type is FieldType.REF and field.target == target and kind.compartment in self._held:
                    sql = (
                        f'SELECT DISTINCT "{field.name}" FROM "r_{kind.name}"'
                        f' WHERE "{field.name}" IS NOT NULL AND scope IN (SELECT value FROM json_each(?))'
                    )
                    found.update(row[0] for row in self._conn.exec_driver_sql(sql, (self._ids,)))
        return json.dumps(sorted(found))

    def packs(self) -> Iterator[JsonPack]:
        """The kept packs that the records named; asked for when these have gone by."""
        sql = "SELECT DISTINCT name, hash, body FROM r_content_pack ORDER BY name, hash"
        for name, digest, body in self._conn.exec_driver_sql(sql):
            if digest is not None and digest[:16] in self._short_hashes:
                yield JsonPack(name, digest, body)


def present_persons(conn: Connection, dossiers: list[str]) -> list[str]:
    """Who stands in these dossiers, by id (settled rule 4)."""
    going = {person for persons in persons_by_dossier(conn, dossiers).values() for person in persons}
    sql = "SELECT id FROM r_person WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return list(conn.exec_driver_sql(sql, (json.dumps(sorted(going)),)).scalars())


def persons_by_dossier(conn: Connection, dossiers: list[str]) -> dict[str, list[str]]:
    """The persons who go along with each of these dossiers, by id.

    Members without an end; also one who was removed elsewhere while the membership was written: that is for everybody
    who has the family to clear up. Once somebody has a shielded membership (or one on which opinions differ), only the
    dossier of that membership takes them along.
    """
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT m.person, m.scope FROM r_membership m"
        " WHERE m.to_on IS NULL AND m.scope IN (SELECT value FROM json_each(?))"
        " AND EXISTS (SELECT 1 FROM j_stream s WHERE s.scope = m.person AND s.seq > 0)"
        f" AND NOT {shielding.hidden('m.person', 'm.scope')} ORDER BY m.person",
        (json.dumps(dossiers),),
    )
    found: dict[str, list[str]] = {dossier: [] for dossier in dossiers}
    for person, scope in rows:
        found[scope].append(person)
    return found
