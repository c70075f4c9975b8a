"""What is to be cleared up: cells in which two values stand, and records removed by one and changed by another.

Nothing is lost and nothing is chosen by the program; a person names the value that holds (settled rules 2 and 10).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_of
from app.domain.entry import EntryRefused, FieldProblem, value_problems
from app.domain.errors import KnownProblem
from app.domain.kinds.dossier import Membership
from app.domain.merge import Head, RecordState, state_of
from app.domain.op import DELETED, Dot
from app.domain.record import KINDS, FieldSpec, FieldType, Value, kind_of
from app.domain.words import N_
from app.i18n import _
from app.services import record_names
from app.services.record_names import persons
from app.services.session import Session
from app.services.value_words import value_words
from app.storage.journal import NewOp, ops_of
from app.storage.shielding import hidden
from app.storage.uow import scope_kind


class AlreadyClear(KnownProblem):
    """Somebody cleared it up meanwhile, or undid what made it."""

    message = N_("There is no difference here any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that stand: what, in words, by whom and when. `removes` says that it removes the record;
    `action` is the local number of the action behind it."""

    value: Value
    words: str
    officer: str
    at: datetime
    removes: bool = False
    action: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An open difference. `seen` names the values as they were read: one that comes in later survives a choice.

    `field` is "_del" where one removed what another changed. `about` names the person or family, `which` tells the
    record from others of its kind (`record_names`); `title` and `kind_title` are English msgids.
    """

    record: str
    kind: str
    field: str
    scope: str
    dossier: str
    family: str
    about: str
    kind_title: str
    title: str
    sides: tuple[Side, ...]
    seen: tuple[Dot, ...]
    which: str = ""


_MEMBER = kind_of(Membership).name
"""That somebody belonged to a family is known there: how that ended is cleared up with it."""
_OPEN = (
    "SELECT c.rec, c.field, c.kind, c.scope, coalesce(d.dossier, ''), coalesce(d.title, '') FROM j_conflict c"
    " LEFT JOIN ("  # what belongs to no family here is listed too: the location, a person who is nobody's member
    " SELECT s.dossier, s.title, s.sort_key, s.dossier AS scope FROM d_summary s UNION"
    " SELECT s.dossier, s.title, s.sort_key, m.person FROM d_summary s JOIN r_membership m ON m.scope = s.dossier"
    f" WHERE NOT {hidden('m.person', 'm.scope')}"
    ") d ON d.scope = c.scope {where} ORDER BY d.dossier IS NULL, d.sort_key, d.dossier, c.scope, c.rec, c.field"
)


def count(session: Session) -> int:
    """How many differences are open, for the rail."""
    with session.store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM j_conflict").scalar_one())


def open_ones(session: Session, dossier: str = "") -> tuple[Difference, ...]:
    """The open differences of one dossier and its members, or of all; by family."""
    with session.store.read() as conn:
        return open_in(conn, session, dossier)


def open_in(conn: Connection, session: Session, dossier: str = "") -> tuple[Difference, ...]:
    """`open_ones` within a transaction of the caller."""
    where, params = ("WHERE d.dossier = ?", (dossier,)) if dossier else ("", ())
    rows = conn.exec_driver_sql(_OPEN.format(where=where), params).all()
    states = {record: state_of(ops) for record, ops in ops_of(conn, sorted({row[0] for row in rows})).items()}
    names, officers = persons(conn, [row[3] for row in rows]), officer_names(conn)
    kinds: dict[str, str] = {row[0]: row[2] for row in rows}
    told = record_names.names(conn, session, kinds)
    referred = record_names.references(conn, session, _referred(rows, states))
    silent = record_names.about_hidden(
        conn, session, {record: kind for record, kind in kinds.items() if kind != _MEMBER}
    )
    found: dict[tuple[str, str], Difference] = {}
    # what is about who may not show with the family is listed, and with no family
    of_nobody = () if dossier else ((*row[:4], "", "") for row in rows if row[0] in silent)
    of_family = (row for row in rows if row[0] not in silent)
    for record, field, kind, scope, of_dossier, family in (*of_family, *of_nobody):
        state = states[record]
        if kind in KINDS and (record, field) not in found:
            made_by = _authors(conn, state)
            found[(record, field)] = Difference(
                record=record,
                kind=kind,
                field=field,
                scope=scope,
                dossier=of_dossier,
                family=family,
                about=names.get(scope, family),
                kind_title=KINDS[kind].title,
                title=_title(kind, field),
                sides=_sides(session, kind, field, state, made_by, officers, referred),
                seen=_dots(field, state),
                which=told[record],
            )
    return tuple(found.values())


def _referred(
    rows: Iterable[Sequence[str]], states: Mapping[str, RecordState]
) -> Iterator[tuple[str, str, str]]:
    """What the values that stand refer to: the scope of their record, the kind, and the id."""
    for record, field, kind, scope, *_family in rows:
        spec = _spec(kind, field) if kind in KINDS and field != DELETED else None
        if spec is not None and spec.type is FieldType.REF:
            heads = states[record].heads.get(field, ())
            yield from ((scope, spec.target, str(head.value)) for head in heads if head.value)


def on_what(each: Difference, kind_title: str) -> str:
    """The record that a difference is on, its kind as `kind_title` says it: "Contact “Mr. Example, lawyer”, Armen"."""
    if each.kind in record_names.ALONE:
        return each.about
    record = f"{kind_title} “{each.which}”" if each.which else kind_title
    return record if each.about in (each.family, "") else f"{record}, {each.about}"


def resolve(
    session: Session, record: str, field: str, value: Value, *, seen: Sequence[Dot] | None = None
) -> None:
    """Let `value` hold in place of all values that were `seen` (None: all that stand now).

    For "_del" the value is 1 (it stays removed) or 0 (it is kept). Raises `AlreadyClear` and `EntryRefused`.
    """
    with session.store.write(verbs.RESOLVED, dossier=_dossier_of(session, record)) as uow:
        row = uow.conn.exec_driver_sql(
            "SELECT kind, scope FROM j_conflict WHERE rec = ? AND field = ?", (record, field)
        ).first()
        if row is None:
            raise AlreadyClear
        kind, scope = row
        _check(record, kind, field, value)
        state = state_of(ops_of(uow.conn, [record])[record])
        standing = _standing(field, value, state)
        parents = tuple(dot for dot in standing if seen is None or dot in seen)
        uow.write(
            NewOp(
                kind=kind,
                record=record,
                scope=scope,
                scope_kind=scope_kind(uow.conn, scope),
                cells={field: value},
                parents={field: parents} if parents else {},
            )
        )


def _check(record: str, kind: str, field: str, value: Value) -> None:
    if field == DELETED:
        return
    problems = tuple(
        FieldProblem(record=record, kind=kind, field=field, problem=problem)
        for problem in value_problems(_spec(kind, field), value)
    )
    if problems:
        raise EntryRefused(problems)


def _standing(field: str, value: Value, state: RecordState) -> tuple[Dot, ...]:
    """The dots a choice replaces: keeping answers the removals, removing must have seen everything that lives."""
    if field != DELETED:
        return tuple(head.dot for head in state.heads.get(field, ()))
    return state.live_dots() if value else tuple(head.dot for head in state.deletes)


def _dots(field: str, state: RecordState) -> tuple[Dot, ...]:
    return state.live_dots() if field == DELETED else tuple(head.dot for head in state.heads.get(field, ()))


def _sides(
    session: Session,
    kind: str,
    field: str,
    state: RecordState,
    made_by: Mapping[int, str],
    officers: Mapping[str, str],
    names: Mapping[str, str],
) -> tuple[Side, ...]:
    def side(head: Head, words: str, *, removes: bool = False) -> Side:
        officer = officers.get(made_by.get(head.action, ""), "")
        return Side(
            value=head.value,
            words=words,
            officer=officer,
            at=moment_of(head.hlc),
            removes=removes,
            action=head.action,
        )

    if field != DELETED:
        spec = _spec(kind, field)
        return tuple(side(head, _shown(session, spec, head, names)) for head in state.heads.get(field, ()))
    removed = [side(head, _("removed"), removes=True) for head in state.deletes if head.value]
    others = sorted((head for heads in state.heads.values() for head in heads), key=lambda head: head.hlc)
    return (*removed[-1:], *(side(head, _("kept, with a change")) for head in others[-1:]))


def _shown(session: Session, spec: FieldSpec, head: Head, names: Mapping[str, str]) -> str:
    """The value in words. Here it is shown whatever its compartment: who clears up must see what to choose from."""
    return _("taken out") if head.redacted else value_words(session, spec, head.value, names)


def _spec(kind: str, field: str) -> FieldSpec:
    return next(spec for spec in KINDS[kind].fields if spec.name == field)


def _title(kind: str, field: str) -> str:
    return N_("Removed and changed") if field == DELETED else _spec(kind, field).title


def _authors(conn: Connection, state: RecordState) -> dict[int, str]:
    """The officer's id behind each action that holds a live value."""
    actions = {head.action for heads in (*state.heads.values(), state.deletes) for head in heads}
    sql = f"SELECT no, officer FROM j_action WHERE no IN ({','.join('?' * len(actions))})"
    return {row[0]: row[1] for row in conn.exec_driver_sql(sql, tuple(actions))}


def _dossier_of(session: Session, record: str) -> str:
    sql = (
        "SELECT s.dossier FROM j_conflict c JOIN d_summary s ON s.dossier = c.scope WHERE c.rec = ? UNION"
        " SELECT m.scope FROM j_conflict c JOIN r_membership m ON m.person = c.scope WHERE c.rec = ?"
        f" AND NOT {hidden('m.person', 'm.scope')} LIMIT 1"
    )
    with session.store.read() as conn:
        return str(conn.exec_driver_sql(sql, (record, record)).scalar() or "")


def officer_names(conn: Connection) -> dict[str, str]:
    """The officers of the location by id."""
    return {row[0]: row[1] or "" for row in conn.exec_driver_sql("SELECT id, name FROM r_officer")}
