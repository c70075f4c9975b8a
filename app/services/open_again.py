"""What was written about a destroyed family and nobody had seen becomes a new case; the destroyed one stays destroyed.

Purged stays purged: nothing comes back under an old id. Records that the set-apart changes hold are written anew, with
new ids, in a new dossier of this officer; what they do not hold is gone and stays empty.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.entry import value_problems
from app.domain.exchange_facts import Hold
from app.domain.ident import is_id, new_id
from app.domain.kinds.dossier import Dossier, Membership, Owner
from app.domain.merge import RecordState, state_of
from app.domain.op import DELETED, Dot, Op
from app.domain.record import KINDS, FieldType, Kind, Record, ScopeKind, Value
from app.exchange import destruction, set_apart
from app.exchange.set_apart import Kept
from app.exchange.stretch import is_action
from app.i18n import _
from app.services.families import next_number
from app.services.matter import NoSuchMatter
from app.services.session import Session
from app.storage.journal import NewOp, known
from app.storage.uow import UnitOfWork

_NOT_COPIED = frozenset({"owner"})
"""Who had the destroyed family says nothing of the new one."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A record as the set-apart changes tell it."""

    kind: Kind
    record: str
    scope: str
    state: RecordState


def may(conn: Connection, kept: Kept) -> bool:
    """Whether a stretch is about a destroyed dossier, and says more than that something was removed."""
    if kept.why is not Hold.DESTROYED or _order_kind(conn, kept.key.scope) != destruction.DOSSIER:
        return False
    return any(_records(conn, [kept]))


def open_again(session: Session, number: int) -> str:
    """Make a new case of all that waits about the dossier of this stretch; the stretches are answered. Returns its id.

    Raises `NoSuchMatter`.
    """
    with session.store.whole() as whole:
        conn = whole.conn
        kept = next((one for one in set_apart.all_of(conn) if one.no == number), None)
        if kept is None or not may(conn, kept):
            raise NoSuchMatter
        together = _together(conn, kept.key.scope)
        records = list(_records(conn, together))
        dossier = new_id()
        ids = _new_ids(kept.key.scope, dossier, records)
        rivals: list[NewOp] = []

        def fill(uow: UnitOfWork) -> None:
            _write(session, uow, dossier, records, ids, rivals)

        def beside(uow: UnitOfWork) -> None:
            for op in rivals:
                uow.write(op)

        whole.act(verbs.FAMILY_OPENED_AGAIN, fill)
        if rivals:  # two values that stood side by side still do
            whole.act(verbs.FAMILY_OPENED_AGAIN, beside)
        for one in together:
            set_apart.leave_out(conn, one.no)
        whole.verb = verbs.FAMILY_OPENED_AGAIN.code
    return dossier


# -- what waits -------------------------------------------------------------------------------------------------------


def _order_kind(conn: Connection, scope: str) -> str:
    body = conn.exec_driver_sql("SELECT body FROM l_destruction WHERE scope = ? LIMIT 1", (scope,)).scalar()
    return str(json.loads(body)["kind"]) if body else ""


def _together(conn: Connection, dossier: str) -> list[Kept]:
    """The stretches about a destroyed dossier, and about persons who were destroyed with it."""
    scopes = {dossier}
    for scope, body in conn.exec_driver_sql("SELECT scope, body FROM l_destruction"):
        if json.loads(body)["dossier"] == dossier:
            scopes.add(scope)
    return [one for one in set_apart.all_of(conn) if one.why is Hold.DESTROYED and one.key.scope in scopes]


def _records(conn: Connection, stretches: Sequence[Kept]) -> Iterator[_Found]:
    """The records that stand by these changes, in the order of their ids."""
    ops: dict[str, list[Op]] = defaultdict(list)
    for place, kept in enumerate(stretches):
        for op in _ops(conn, place, kept, [one.key.device for one in stretches]):
            ops[op.record].append(op)
    for record in sorted(ops):
        first = ops[record][0]
        kind = KINDS.get(first.kind)
        state = state_of(ops[record])
        copied = kind is not None and not (kind.lasting or kind.appended) and kind.name not in _NOT_COPIED
        if kind is not None and copied and not state.absent and state.heads:
            yield _Found(kind, record, first.scope, state)


def _ops(conn: Connection, place: int, kept: Kept, devices: Sequence[str]) -> Iterator[Op]:
    body = conn.exec_driver_sql("SELECT body FROM l_quarantine WHERE no = ?", (kept.no,)).scalar_one()
    number, hlc = kept.start, 0
    for text in str(body).split("\n")[1:]:
        line = json.loads(text)
        if is_action(line):
            hlc = line[4]
            continue
        number += 1
        kind, record, _fields, secret, cells, parents = line
        gone = frozenset(secret["gone"]) if isinstance(secret, dict) else frozenset()
        yield Op(
            dot=Dot(place, number),
            action=0,
            hlc=hlc,
            device=kept.key.device,
            kind=kind,
            record=record,
            scope=kept.key.scope,
            cells=cells,
            parents={name: _dots(dots, devices) for name, dots in (parents or {}).items()},
            redacted=gone,
        )


def _dots(dots: Iterable[tuple[str, int]], devices: Sequence[str]) -> tuple[Dot, ...]:
    """Parents as far as they wait here too; what was destroyed is nobody's parent any more."""
    return tuple(
        Dot(place, seq) for device, seq in dots for place, one in enumerate(devices) if one == device
    )


# -- what it becomes --------------------------------------------------------------------------------------------------


def _new_ids(old: str, dossier: str, records: Sequence[_Found]) -> dict[str, str]:
    """New ids by old: records, the dossier, and persons who were destroyed with it."""
    found = {one.record: new_id() for one in records}
    for one in records:
        if one.kind.name == "person":
            found[one.record] = found[one.scope] = new_id()
        elif one.scope != old and one.scope not in found:
            found[one.scope] = new_id()
    found[old] = dossier
    return found


def _write(
    session: Session,
    uow: UnitOfWork,
    dossier: str,
    records: Sequence[_Found],
    ids: Mapping[str, str],
    rivals: list[NewOp],
) -> None:
    conn, today = uow.conn, session.today.isoformat()
    uow.new_scope(ScopeKind.DOSSIER, scope=dossier)
    persons = {one.record for one in records if one.kind.name == "person"}
    for old in sorted({one.scope for one in records if ids[one.scope] != dossier}):
        uow.new_scope(ScopeKind.PERSON, scope=ids[old])
    here = known(conn, [str(value) for one in records for value in _refs(one)])
    made = {one.record: _record(one, ids, frozenset(here)) for one in records}
    title = next((one for one in made.values() if isinstance(one, Dossier)), None)
    head = title or Dossier(id=dossier, scope=dossier)
    uow.add(
        head.with_values(
            title=head.title or _("Opened again"),
            number=next_number(session, conn),
            opened_on=today,
            closed_on=None,
        )
    )
    uow.add(Owner(id=new_id(), scope=dossier, officer=session.officer, from_on=today))
    for one in records:
        record = made[one.record]
        if isinstance(record, Dossier) or (isinstance(record, Membership) and not record.person):
            continue
        uow.add(record)
        rivals.extend(_rivals(one, record))
    named = {record.person for record in made.values() if isinstance(record, Membership)}
    for old in sorted(persons):
        if ids[old] not in named:  # nobody is in the store without a family
            uow.add(Membership(id=new_id(), scope=dossier, person=ids[old], from_on=today))


def _refs(one: _Found) -> Iterator[Value]:
    shown = one.state.shown()
    for spec in one.kind.fields:
        value = shown.get(spec.name)
        if spec.type is FieldType.REF and is_id(value):
            yield value


def _record(one: _Found, ids: Mapping[str, str], here: frozenset[str]) -> Record:
    """The record under new ids; a reference to what is nowhere any more is left out."""
    values: dict[str, Value] = {}
    for spec in one.kind.fields:
        value = one.state.shown().get(spec.name)
        if spec.type is FieldType.REF and value is not None:
            value = ids.get(str(value)) or (value if value in here else None)
        if value is not None and not tuple(value_problems(spec, value)):
            values[spec.name] = value
    return one.kind.make(ids[one.record], ids[one.scope], values)


def _rivals(one: _Found, record: Record) -> Iterator[NewOp]:
    """The other values where two stood: written beside, without having seen the first."""
    for name in sorted(one.state.disputed - {DELETED}):
        shown = one.state.shown()[name]
        for head in one.state.heads[name]:
            if head.value != shown and name in one.kind.names:
                yield NewOp(
                    kind=one.kind.name,
                    record=record.id,
                    scope=record.scope,
                    scope_kind=next(iter(one.kind.scopes)),
                    cells={name: head.value},
                    parents={},
                )
