"""Everything that happened in a dossier and to its members, from the journal: when, who, what.

Actions of this store are known by their group; those of others by their reading and device, since one action writes
into several streams with one reading. Values are shown of the family's papers and the officer's own work only; of
health, asylum and secret addresses the line says that something changed, not what.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain.clock import moment_of
from app.domain.ident import is_id
from app.domain.op import DELETED
from app.domain.record import KINDS, FieldType, Kind, Value
from app.domain.verbs import NEUTRAL, REDACTED, VERBS
from app.domain.words import N_
from app.services.differences import officer_names
from app.services.reading import CHUNK
from app.services.record_names import SHOWN, persons
from app.services.session import Session
from app.services.timeline_filter import Filter, condition
from app.services.value_words import value_words
from app.storage import shielding
from app.storage.journal import stored_cells

CHANGED = N_("Changed")
REMOVED, KEPT = N_("removed"), N_("kept")
SILENT = frozenset({"scope", "access", "content_pack"})
EVERYTHING = Filter()
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What happened to one record: `kind_title` (English msgid), whom it is about ("" for the family), and fields.

    Each field is its title (English msgid) with the value in words, None where it was taken out. Of a
    compartment that is not shown here there are no fields.
    `mark` is an English msgid when the record as a whole was removed or kept. `record` is its id and `written`
    names the fields, of every compartment; both are empty for one that only says what was done with another.
    """

    kind: str
    kind_title: str
    about: str
    fields: tuple[tuple[str, str | None], ...]
    mark: str = ""
    is_new: bool = False
    record: str = ""
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One action. `title` is an English msgid; of undoing and redoing, `of_title` names what was undone.

    `undone` says that it does not hold now. `handed_out` marks a disclosure, which stays whatever is undone.
    """

    key: str
    at: datetime
    officer: str
    verb: str
    title: str
    of_title: str = ""
    undone: bool = False
    handed_out: bool = False
    is_own: bool = True
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Deeds, latest first, and the cursor for the page before; None when this is the beginning."""

    deeds: tuple[Deed, ...]
    earlier: int | None


_SCOPES = (
    "SELECT ? UNION SELECT m.person FROM r_membership m WHERE m.scope = ? AND m.person IS NOT NULL"
    f" AND NOT {shielding.hidden('m.person', 'm.scope')}"
)
_READINGS = (
    "SELECT DISTINCT a.hlc, s.device FROM j_stream s JOIN j_action a ON a.stream = s.no"
    f" WHERE s.scope IN ({_SCOPES}) AND a.hlc < ?{{only}} ORDER BY a.hlc DESC LIMIT ?"
)
_ACTIONS = (
    'SELECT a.no, a.verb, a.officer, a.hlc, a."group", s.device FROM j_stream s JOIN j_action a ON a.stream = s.no'
    f" WHERE s.scope IN ({_SCOPES}) AND a.hlc BETWEEN ? AND ? ORDER BY a.hlc DESC, a.no"
)
_OPS = (
    "SELECT o.action, k.name, lower(hex(o.rec)), s.scope, o.fields, o.cells, o.kept FROM j_op o"
    " JOIN j_kind k ON k.no = o.kind JOIN j_stream s ON s.no = o.stream WHERE o.action IN ({marks})"
    " ORDER BY o.action, o.seq"
)
_LATEST = (1 << 63) - 1


@dataclass(slots=True)
class _Gathered:
    hlc: int
    device: int
    verb: str
    officer: str
    group: int | None
    actions: list[int]


def read(
    session: Session, dossier: str, *, before: int | None = None, most: int = 50, only: Filter = EVERYTHING
) -> Page:
    """At most `most` deeds from before the cursor (None: from now), those that `only` asks for."""
    with session.store.read() as conn:
        cursor = _LATEST if before is None else before
        where, params = condition(conn, dossier, only)
        sql = _READINGS.format(only=where)
        readings = conn.exec_driver_sql(sql, (dossier, dossier, cursor, *params, most + 1)).all()
        if not readings:
            return Page(deeds=(), earlier=None)
        shown = _whole_readings(readings, most)
        gathered = _gather(conn, dossier, shown)
        hidden = shielding.hidden_from(conn, dossier)
        details = _details(conn, session, [no for each in gathered for no in each.actions], dossier, hidden)
        if hidden:  # a deed that is about them alone is not told here either
            gathered = [each for each in gathered if any(no in details for no in each.actions)]
        groups = _Groups(conn)
        officers = officer_names(conn)
        deeds = tuple(_deed(each, details, groups, officers) for each in gathered)
    return Page(deeds=deeds, earlier=shown[-1][0] if len(readings) > len(shown) else None)


def _whole_readings(readings: Sequence[Any], most: int) -> list[tuple[int, int]]:
    """(reading, device) of the page. The cursor is a reading, so those with the last reading stay together."""
    found = [(hlc, device) for hlc, device in readings]
    if len(found) <= most or found[most][0] != found[most - 1][0]:
        return found[:most]
    shorter = [each for each in found if each[0] != found[most][0]]
    return shorter or found


def _gather(conn: Connection, dossier: str, readings: Sequence[tuple[int, int]]) -> list[_Gathered]:
    rows = conn.exec_driver_sql(_ACTIONS, (dossier, dossier, readings[-1][0], readings[0][0]))
    wanted = set(readings)
    found: dict[tuple[int, int], _Gathered] = {}
    for no, verb, officer, hlc, group, device in rows:
        if (hlc, device) not in wanted:
            continue
        each = found.setdefault((hlc, device), _Gathered(hlc, device, verb, officer, group, []))
        each.actions.append(no)
        if each.verb == NEUTRAL:  # another of its streams may say more
            each.verb = verb
    return list(found.values())


class _Groups:
    """What our own actions were called, and whether they still hold."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def row(self, no: int) -> tuple[str, str, int | None, int | None]:
        """(verb, step, undoes, undone_by) of a group."""
        sql = "SELECT verb, step, undoes, undone_by FROM l_group WHERE no = ?"
        verb, step, undoes, undone_by = self._conn.exec_driver_sql(sql, (no,)).one()
        return verb, step, undoes, undone_by

    def first_verb(self, no: int) -> str:
        """The verb of what was done first, behind undoing and redoing."""
        verb, _step, undoes, _undone_by = self.row(no)
        return verb if undoes is None else self.first_verb(undoes)

    def is_undone(self, no: int) -> bool:
        """Whether it does not hold now: undone an odd number of times."""
        undone_by = self.row(no)[3]
        return undone_by is not None and not self.is_undone(undone_by)


def _deed(
    each: _Gathered, details: Mapping[int, list[Detail]], groups: _Groups, officers: Mapping[str, str]
) -> Deed:
    verb, of_title, undone = each.verb, "", False
    if each.group is not None:
        verb, step, _undoes, _undone_by = groups.row(each.group)
        undone = step == "do" and groups.is_undone(each.group)
        of_title = "" if step == "do" else _title(groups.first_verb(each.group))
    mine = tuple(detail for no in each.actions for detail in details.get(no, ()))
    if verb == NEUTRAL and any(detail.kind == "redaction" for detail in mine):
        verb = REDACTED.code  # in the scope of a person the verb of a colleague names nothing
    return Deed(
        key=f"{each.hlc}-{each.device}",
        at=moment_of(each.hlc),
        officer=officers.get(each.officer, ""),
        verb=verb,
        title=_title(verb),
        of_title=of_title,
        undone=undone,
        handed_out=any(detail.kind == "disclosure" for detail in mine),
        is_own=each.group is not None,
        details=mine,
    )


def _title(verb: str) -> str:
    return VERBS[verb].title if verb in VERBS else CHANGED


def _details(
    conn: Connection, session: Session, actions: Sequence[int], dossier: str, hidden: frozenset[str]
) -> dict[int, list[Detail]]:
    """What happened to each record, by action; what is about the persons who are `hidden` is left out."""
    rows: list[Any] = []
    silent = shielding.records_about(conn, dossier, hidden)
    for start in range(0, len(actions), CHUNK):
        part = tuple(actions[start : start + CHUNK])
        rows += conn.exec_driver_sql(_OPS.format(marks=",".join("?" * len(part))), part)
    told = [row for row in rows if row[1] in KINDS and row[1] not in SILENT and row[2] not in silent]
    read = [(row, stored_cells(row[1], row[4], row[5])) for row in told]
    whose = _whose(conn, told)
    named = {row[3] for row in told} | set(_references(read)) | set(whose.values())
    unnamed = hidden | _shielded_elsewhere(conn, dossier, set(_references(read)))
    names = persons(conn, sorted(named - unnamed)) | officer_names(conn)
    found: dict[int, list[Detail]] = {}
    for row, cells in read:
        detail = (
            _taken_out(conn, row, cells, names)
            if row[1] == "redaction"
            else _detail(session, row, cells, names, whose.get(row[2], row[3]))
        )
        found.setdefault(row[0], []).append(detail)
    return found


def _shielded_elsewhere(conn: Connection, dossier: str, named: set[str]) -> frozenset[str]:
    """Who of these was never of this family and is shielded in another: said to be the same person, or another."""
    sql = "SELECT person FROM r_membership WHERE scope = ? AND person IS NOT NULL"
    return shielding.shielded_among(conn, sorted(named)).difference(
        conn.exec_driver_sql(sql, (dossier,)).scalars()
    )


def _whose(conn: Connection, rows: Sequence[Any]) -> dict[str, str]:
    """The person whom a record of the family is about, by record; also where the op itself does not say it."""
    asked: dict[str, set[str]] = {}
    for row in rows:
        if any(spec.name == "person" and spec.target == "person" for spec in KINDS[row[1]].fields):
            asked.setdefault(row[1], set()).add(row[2])
    found: dict[str, str] = {}
    for kind, ids in asked.items():
        for start in range(0, len(ids), CHUNK):
            part = tuple(sorted(ids))[start : start + CHUNK]
            sql = f'SELECT id, person FROM "r_{kind}" WHERE person IS NOT NULL AND id IN ({",".join("?" * len(part))})'
            found.update(conn.exec_driver_sql(sql, part).all())
    return found


def _taken_out(conn: Connection, row: Any, cells: Mapping[str, Value], names: Mapping[str, str]) -> Detail:
    """A redaction names a record and its fields; it says which, in words."""
    record = str(cells.get("record") or "")
    sql = "SELECT k.name FROM j_op o JOIN j_kind k ON k.no = o.kind WHERE o.rec = ? LIMIT 1"
    name = conn.exec_driver_sql(sql, (bytes.fromhex(record) if is_id(record) else b"",)).scalar()
    kind = KINDS.get(str(name), KINDS["redaction"])
    taken = str(cells.get("fields") or "").split(" ")
    return Detail(
        kind="redaction",
        kind_title=kind.title,
        about=names.get(row[3], ""),
        fields=tuple((spec.title, None) for spec in kind.fields if spec.name in taken),
    )


def _references(read: Sequence[tuple[Any, Mapping[str, Value]]]) -> Iterator[str]:
    for row, cells in read:
        for spec in KINDS[row[1]].fields:
            value = cells.get(spec.name)
            if spec.type is FieldType.REF and isinstance(value, str):
                yield value


def _detail(
    session: Session, row: Any, cells: Mapping[str, Value], names: Mapping[str, str], about: str
) -> Detail:
    kind = KINDS[row[1]]
    gone = frozenset(json.loads(row[6])["gone"]) if row[6] else frozenset()
    mark = "" if DELETED not in cells else REMOVED if cells[DELETED] else KEPT
    return Detail(
        kind=kind.name,
        kind_title=kind.title,
        about=names.get(about, ""),
        fields=tuple(
            _fields(session, kind, cells, gone, names, new_about=about if row[4] is not None else None)
        ),
        mark=mark,
        is_new=row[4] is not None,
        record=row[2],
        written=tuple(name for name in cells if name != DELETED),
    )


def _fields(
    session: Session,
    kind: Kind,
    cells: Mapping[str, Value],
    gone: frozenset[str],
    names: Mapping[str, str],
    *,
    new_about: str | None,
) -> Iterator[tuple[str, str | None]]:
    """What was written; of ids only those that can be named.

    Of a new record (`new_about`: whom it is about) only what was filled in, without whom it is about and without
    what the program set by itself.
    """
    if kind.compartment not in SHOWN:
        return
    is_new = new_about is not None
    for spec in kind.fields:
        if spec.name in gone:
            yield spec.title, None
            continue
        if spec.name not in cells or (is_new and (spec.inner or cells[spec.name] in (None, "", new_about))):
            continue
        value = cells[spec.name]
        if spec.type is FieldType.REF and value not in (None, "") and str(value) not in names:
            continue
        yield spec.title, _short(value_words(session, spec, value, names))


def _short(text: str) -> str:
    """Notes are told by their beginning: the whole of them stands where they were written."""
    first = " ".join(text.split())
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
