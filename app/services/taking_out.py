"""One value is taken out for good: here at once, and with colleagues by the next file (settled rule 8).

Whoever may write a family may do so, as with any other change. The reason stays in the access log of this laptop: the
record that travels says which field of which record, never a value and never why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from app.domain.clock import moment_of
from app.domain.errors import KnownProblem
from app.domain.op import Op
from app.domain.record import KINDS, Compartment, FieldSpec, FieldType, Kind
from app.domain.words import N_
from app.exchange import trust
from app.i18n import _
from app.services import record_names
from app.services.differences import officer_names
from app.services.families import NoSuchDossier
from app.services.record_names import SHOWN, persons
from app.services.session import Session
from app.services.value_words import value_words
from app.storage import access_log
from app.storage.journal import ops_of
from app.storage.problem import ReadOnlyStore
from app.storage.shielding import hidden_from, records_about

REASONS: Final = "wegnemen"
_NOTES: Final = frozenset({("handover", "reason")})
"""Free text in kinds of which the rest says what was done, and stays."""
_OF_SCANS: Final = frozenset({"blob", "media_type", "size_bytes"})


class NothingToTakeOut(KnownProblem):
    """The field holds nothing, now or before, or was named wrongly."""

    message = N_("There is no such value in this family to take out.")


class WhyMissing(KnownProblem):
    """Taking out says why."""

    message = N_("Choose why this is taken out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeable:
    """A field that holds or held something. `values` in words, latest first, each once; none of a compartment that is
    not shown in lists. `kind_title` and `title` are English msgids; `which` tells the record from others of its kind
    (`record_names`), `about` names the person, "" for the family."""

    record: str
    kind_title: str
    which: str
    about: str
    field: str
    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value that would go, latest first: in words, by whom and when. `stands`: it is what the record says now."""

    words: str
    officer: str
    at: datetime
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOut:
    """What taking a value out would do. `colleagues` were given this part of the family or gave it."""

    what: Takeable
    values: tuple[Written, ...]
    colleagues: tuple[str, ...]
    own: bool


def offered(
    session: Session, dossier: str, only: Collection[tuple[str, str]] | None = None
) -> tuple[Takeable, ...]:
    """What could be taken out of a dossier and its members; `only` of these records and fields. Raises
    `NoSuchDossier`."""
    with session.store.read() as conn:
        scopes = _scopes(conn, dossier)
        wanted = _records(conn, scopes)
        if only is not None:
            named = {record for record, _field in only}
            wanted = [one for one in wanted if one in named]
        names, ops = _names(conn, scopes), ops_of(conn, wanted)
        told = record_names.names(
            conn, session, {record: ops[record][0].kind for record in wanted if ops[record]}
        )
        found = (
            one for record in wanted for one in _of_record(session, ops[record], names, told.get(record, ""))
        )
        return tuple(one for one in found if only is None or (one.record, one.field) in only)


def look(session: Session, dossier: str, record: str, field: str) -> TakingOut:
    """What would go, whatever its compartment. Raises `NoSuchDossier`, `NothingToTakeOut`."""
    with session.store.read() as conn:
        return _look(conn, session, dossier, record, field)


def take_out(session: Session, dossier: str, record: str, field: str, reason: str) -> None:
    """Take every value out that ever stood in a field of a record; it has no undo.

    `reason`: a code of the list «wegnemen». Raises `ReadOnlyStore`, `NoSuchDossier`, `NothingToTakeOut`, `WhyMissing`.
    """
    if session.store.read_only:
        raise ReadOnlyStore
    if reason not in reasons(session):
        raise WhyMissing
    look(session, dossier, record, field)
    identity = session.store.identity
    entry = access_log.Entry(
        at=int(session.now().timestamp() * 1000),
        actor=session.officer,
        deed="take-out",
        object=f"{record}.{field}",
        result=reason,
        origin=identity.writer.device_id[:16] if identity is not None else "",
    )
    session.store.redact(record, frozenset({field}), log=entry)


def reasons(session: Session) -> tuple[str, ...]:
    """The reasons, as `take_out` takes them, in the order of the list."""
    return tuple(session.content.ref("basis", one.code) for one in session.content.choices("basis", REASONS))


def said(one: Takeable, *, named: bool = True) -> str:
    """Which field, of what, of whom: "Notities, Gesprek “3 nov 2026, vertrekgesprek”". What names the record may be
    what is taken out: not `named` when it is gone."""
    record = f"{_(one.kind_title)} “{one.which}”" if one.which and named else _(one.kind_title)
    return ", ".join(part for part in (_(one.title), record, one.about) if part)


# -- how --------------------------------------------------------------------------------------------------------------


def _look(conn: Connection, session: Session, dossier: str, record: str, field: str) -> TakingOut:
    scopes = _scopes(conn, dossier)
    ops = ops_of(conn, [record])[record] if record in _records(conn, scopes) else []
    names = _names(conn, scopes)
    told = record_names.names(conn, session, {op.record: op.kind for op in ops[:1]})
    found = next(
        (one for one in _of_record(session, ops, names, told.get(record, "")) if one.field == field), None
    )
    if found is None:
        raise NothingToTakeOut
    kind, spec = _declared(ops[0], field)
    made_by, officers = _authors(conn, ops), officer_names(conn)
    holding = _holding(ops, field)
    now = _now(conn, kind, record, field)
    values = tuple(
        Written(
            words=value_words(session, spec, op.cells[field], names),
            officer=officers.get(made_by.get(op.action, ""), ""),
            at=moment_of(op.hlc),
            stands=op is holding[0] and op.cells[field] == now,
        )
        for op in holding
    )
    return TakingOut(
        what=found,
        values=values,
        colleagues=_colleagues(conn, ops[0].scope, kind.compartment),
        own=kind.compartment is Compartment.EIGEN,
    )


def _of_record(
    session: Session, ops: Collection[Op], names: Mapping[str, str], which: str
) -> Iterator[Takeable]:
    first = next(iter(ops), None)
    if first is None or first.kind not in KINDS:
        return
    kind = KINDS[first.kind]
    for spec in kind.fields:
        holding = _holding(ops, spec.name) if _may_go(kind, spec) else []
        if holding:
            words = (value_words(session, spec, op.cells[spec.name], names) for op in holding)
            yield Takeable(
                record=first.record,
                kind_title=kind.title,
                which=which,
                about=names.get(first.scope, ""),
                field=spec.name,
                title=spec.title,
                values=tuple(dict.fromkeys(words)) if kind.compartment in SHOWN else (),
            )


def _may_go(kind: Kind, spec: FieldSpec) -> bool:
    """Not what holds records together, and not what says what was done."""
    if kind.lasting:
        return (kind.name, spec.name) in _NOTES
    return spec.type is not FieldType.REF and spec.name not in _OF_SCANS


def _holding(ops: Collection[Op], field: str) -> list[Op]:
    """The ops that hold a value of a field, latest first."""
    found = [op for op in ops if op.cells.get(field) not in (None, "") and field not in op.redacted]
    return sorted(found, key=lambda op: (op.hlc, op.device), reverse=True)


def _declared(op: Op, field: str) -> tuple[Kind, FieldSpec]:
    kind = KINDS[op.kind]
    return kind, next(spec for spec in kind.fields if spec.name == field)


def _now(conn: Connection, kind: Kind, record: str, field: str) -> object:
    return conn.exec_driver_sql(f'SELECT "{field}" FROM "r_{kind.name}" WHERE id = ?', (record,)).scalar()


def _scopes(conn: Connection, dossier: str) -> list[str]:
    """The dossier and everybody who is or was a member of it."""
    if conn.exec_driver_sql("SELECT 1 FROM r_dossier WHERE scope = ?", (dossier,)).first() is None:
        raise NoSuchDossier
    sql = "SELECT DISTINCT person FROM r_membership WHERE scope = ? AND person IS NOT NULL ORDER BY person"
    silent = hidden_from(conn, dossier)
    return [dossier, *(one for one in conn.exec_driver_sql(sql, (dossier,)).scalars() if one not in silent)]


def _records(conn: Connection, scopes: Collection[str]) -> list[str]:
    """Every record that was ever written in these scopes, removed ones too, in the order of writing.

    The first scope is the dossier; what is about somebody who is shielded from it is left out.
    """
    sql = (
        "SELECT lower(hex(o.rec)) FROM j_op o JOIN j_stream s ON s.no = o.stream"
        f" WHERE s.scope IN ({','.join('?' * len(scopes))}) GROUP BY o.rec ORDER BY min(o.action), o.rec"
    )
    silent = records_about(conn, next(iter(scopes)), hidden_from(conn, next(iter(scopes))))
    return [one for one in conn.exec_driver_sql(sql, tuple(scopes)).scalars() if one not in silent]


def _names(conn: Connection, scopes: Collection[str]) -> dict[str, str]:
    return persons(conn, list(scopes)) | officer_names(conn)


def _authors(conn: Connection, ops: Collection[Op]) -> dict[int, str]:
    actions = sorted({op.action for op in ops})
    sql = f"SELECT no, officer FROM j_action WHERE no IN ({','.join('?' * len(actions))})"
    return dict(conn.exec_driver_sql(sql, tuple(actions)).all())


def _colleagues(conn: Connection, scope: str, compartment: Compartment) -> tuple[str, ...]:
    sql = "SELECT DISTINCT peer FROM l_shared WHERE scope = ? AND compartment = ? ORDER BY peer"
    peers = conn.exec_driver_sql(sql, (scope, str(compartment))).scalars().all()
    return tuple(sorted(filter(None, (trust.colleague(conn, peer).name for peer in peers))))
