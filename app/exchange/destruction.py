"""Destroying a dossier or a person everywhere: a signed order that travels, and what comes in after it.

Here it takes effect when its officer says so, or after the reminder was shown on 14 separate days (settled rule 15).
What the order had seen goes; what it had not seen is set apart for a person, on every copy that has it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.exchange_facts import Hold
from app.domain.ident import is_id
from app.exchange import set_apart
from app.storage import access, outgoing, removal
from app.storage.identity import signed_by
from app.storage.knowledge import StreamKey
from app.storage.removal import Touched

SIGNED: Final = b"regiemap/destruction/1\0"
DAYS: Final = 14
Vector = Mapping[str, Mapping[str, int]]


class NotAnOrder(ValueError):
    """Not signed by who it names, or not the form of an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An order that came in: about which scope, and whether an officer has to say something now."""

    scope: str
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A destruction that waits for the officer's word. `days` on which the reminder was shown."""

    scope: str
    kind: str
    reason: str
    device: str
    officer: str
    at: str
    days: int


def issue(
    conn: Connection,
    *,
    scope: str,
    kind: str,
    reason: str,
    device: str,
    officer: str,
    at: str,
    sign: Callable[[bytes], bytes],
    now_ms: int,
) -> tuple[Touched, ...]:
    """Destroy a scope here and make the order for everybody. Returns what is gone."""
    form = {
        "v": 1,
        "scope": scope,
        "kind": kind,
        "vector": removal.vector(conn, scope),
        "reason": reason,
        "by": device,
        "officer": officer,
        "at": at,
    }
    body = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    _keep(conn, scope, device, body, sign(SIGNED + body.encode()), now_ms)
    return carry_out(conn, scope, now_ms)


def receive(conn: Connection, body: str, signature: bytes, sign_key: bytes, now_ms: int) -> Verdict:
    """An order that came in a package. Raises `NotAnOrder`.

    It waits for the officer where the scope is here and its writer may write it; a scope that is not here, or is
    destroyed already, needs no word.
    """
    form = _parse(body)
    scope, device = form["scope"], form["by"]
    if device != hashlib.sha256(sign_key).hexdigest() or not signed_by(
        sign_key, signature, SIGNED + body.encode()
    ):
        raise NotAnOrder
    known = conn.exec_driver_sql(
        "SELECT body FROM l_destruction WHERE scope = ? AND device = ?", (scope, device)
    ).scalar()
    if known == body:
        return Verdict(scope=scope, new=False)
    here = conn.exec_driver_sql("SELECT 1 FROM j_stream WHERE scope = ? AND seq > 0", (scope,)).first()
    if here is not None and device not in access.may_write(conn, [scope])[scope]:
        return Verdict(scope=scope, new=False)
    _keep(conn, scope, device, body, signature, now_ms)
    if is_destroyed(conn, scope) or here is None:
        carry_out(conn, scope, now_ms)
        return Verdict(scope=scope, new=False)
    return Verdict(scope=scope, new=True)


def _keep(conn: Connection, scope: str, device: str, body: str, signature: bytes, now_ms: int) -> None:
    conn.exec_driver_sql(
        "INSERT INTO l_destruction(scope, device, body, signature, arrived_at) VALUES(?,?,?,?,?)"
        " ON CONFLICT DO UPDATE SET body = excluded.body, signature = excluded.signature",
        (scope, device, body, signature, now_ms),
    )


def _parse(body: str) -> dict[str, Any]:
    try:
        form = json.loads(body)
        vector = form["vector"]
        good = (
            form["v"] == 1
            and is_id(form["scope"])
            and form["kind"] in ("dossier", "person")
            and all(isinstance(form[name], str) for name in ("reason", "by", "officer", "at"))
            and all(
                isinstance(part, str) and isinstance(device, str) and type(seq) is int and 0 < seq < 1 << 62
                for part, numbers in vector.items()
                for device, seq in numbers.items()
            )
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAnOrder from error
    if not good:
        raise NotAnOrder
    found: dict[str, Any] = form
    return found


def orders(conn: Connection, scopes: Sequence[str]) -> list[tuple[str, bytes, str]]:
    """The orders about these scopes, carried out here or waiting, to be passed on: text, signature, device."""
    wanted = frozenset(scopes)
    rows = conn.exec_driver_sql(
        "SELECT scope, body, signature, device FROM l_destruction ORDER BY scope, device"
    )
    return [(body, signature, device) for scope, body, signature, device in rows if scope in wanted]


def any_order(conn: Connection) -> bool:
    """Whether anything was ever ordered to be destroyed."""
    return conn.exec_driver_sql("SELECT 1 FROM l_destruction LIMIT 1").first() is not None


def done(conn: Connection) -> frozenset[str]:
    """The scopes that are destroyed here."""
    return frozenset(conn.exec_driver_sql("SELECT scope FROM l_destroyed").scalars())


def is_destroyed(conn: Connection, scope: str) -> bool:
    """Whether a scope is destroyed here."""
    return conn.exec_driver_sql("SELECT 1 FROM l_destroyed WHERE scope = ?", (scope,)).first() is not None


def vector_of(conn: Connection, scope: str) -> dict[str, dict[str, int]]:
    """What the orders about a scope had seen together: the greatest number of each stream."""
    found: dict[str, dict[str, int]] = {}
    for body in conn.exec_driver_sql("SELECT body FROM l_destruction WHERE scope = ?", (scope,)).scalars():
        for compartment, numbers in json.loads(body)["vector"].items():
            held = found.setdefault(compartment, {})
            for device, seq in numbers.items():
                held[device] = max(seq, held.get(device, 0))
    return found


def carry_out(conn: Connection, scope: str, now_ms: int) -> tuple[Touched, ...]:
    """Let the orders about a scope take effect here. Returns what is gone.

    Ops that no order had seen, our own included, are set apart: nothing is lost silently.
    """
    seen = vector_of(conn, scope)
    apart = list(_unseen(conn, scope, seen))
    waiting = conn.exec_driver_sql(
        'SELECT scope, compartment, device, from_seq, seq, tip, signature, body, sender, "import", at'
        " FROM l_quarantine WHERE scope = ?",
        (scope,),
    ).all()
    touched = removal.remove_scope(conn, scope)
    for row in waiting:
        if row[4] > seen.get(row[1], {}).get(row[2], 0):
            conn.exec_driver_sql(
                "INSERT INTO l_quarantine(scope, compartment, device, from_seq, seq, tip, signature, body, sender,"
                ' "import", at, reason) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)',
                (*row, str(Hold.DESTROYED)),
            )
    for key, start, end, tip, signature, body in apart:
        set_apart.keep(
            conn,
            key=key,
            start=start,
            end=end,
            tip=tip,
            signature=signature,
            body=body,
            why=Hold.DESTROYED,
            sender=key.device,
            number=0,
            at=now_ms,
        )
    conn.exec_driver_sql("INSERT OR IGNORE INTO l_destroyed(scope, at) VALUES(?,?)", (scope, now_ms))
    conn.exec_driver_sql("UPDATE l_destruction SET done_at = ? WHERE scope = ?", (now_ms, scope))
    return touched


def _unseen(
    conn: Connection, scope: str, seen: Vector
) -> Iterable[tuple[StreamKey, int, int, bytes, bytes, str]]:
    """The sealed stretches of a scope beyond what the orders had seen. `eigen` goes with its scope (rule 20)."""
    for stream in outgoing.all_streams(conn, scope):
        start = seen.get(stream.key.compartment, {}).get(stream.key.device, 0)
        if start < stream.sealed and stream.key.compartment != "eigen":
            body = set_apart.body_from_journal(conn, stream.no, start, stream.sealed)
            yield stream.key, start, stream.sealed, stream.tip, stream.signature, body


def waiting(conn: Connection) -> tuple[Waiting, ...]:
    """The destructions that wait for the officer's word."""
    found: dict[str, Waiting] = {}
    sql = (
        "SELECT scope, body, days FROM l_destruction WHERE done_at IS NULL AND scope IN"
        " (SELECT scope FROM j_stream WHERE seq > 0) ORDER BY arrived_at"
    )
    for scope, body, days in conn.exec_driver_sql(sql):
        form = json.loads(body)
        found.setdefault(
            scope,
            Waiting(
                scope=scope,
                kind=form["kind"],
                reason=form["reason"],
                device=form["by"],
                officer=form["officer"],
                at=form["at"],
                days=len(json.loads(days)),
            ),
        )
    return tuple(found.values())


def remind(conn: Connection, today: date) -> tuple[Waiting, ...]:
    """Note that the reminder is shown today; a day counts once, so that a clock that jumps counts once too.

    Returns those that have now been shown on enough days to take effect by themselves.
    """
    day = today.isoformat()
    for scope, device, text in conn.exec_driver_sql(
        "SELECT scope, device, days FROM l_destruction WHERE done_at IS NULL"
    ).all():
        days = json.loads(text)
        if day not in days:
            conn.exec_driver_sql(
                "UPDATE l_destruction SET days = ? WHERE scope = ? AND device = ?",
                (json.dumps([*days, day]), scope, device),
            )
    return tuple(one for one in waiting(conn) if one.days >= DAYS)
