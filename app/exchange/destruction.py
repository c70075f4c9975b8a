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
from app.domain.record import ScopeKind
from app.exchange import set_apart, trust
from app.storage import access, chain, identity, outgoing, removal
from app.storage.identity import signed_by
from app.storage.knowledge import StreamKey
from app.storage.removal import Destroyed, Touched

SIGNED: Final = b"regiemap/destruction/1\0"
DAYS: Final = 14
DOSSIER: Final = str(ScopeKind.DOSSIER)
PERSON: Final = str(ScopeKind.PERSON)
Vector = Mapping[str, Mapping[str, int]]


class LivesElsewhere(ValueError):
    """A person to be destroyed belongs to another family here: a person decides, not the order."""


class NotAnOrder(ValueError):
    """Not signed by who it names, or not the form of an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An order that came in: about which scope, and whether an officer has to say something now."""

    scope: str
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A destruction that waits for the officer's word. `days` on which the reminder was shown.

    `dossier`: of a person, the family whose owner gave the order. `entitled`: whoever gave it owns that family, or is a
    registrar. `lives_elsewhere`: a person who belongs to another family here. Reminders alone let nothing take effect
    that is not entitled or lives elsewhere.
    """

    scope: str
    kind: str
    reason: str
    device: str
    officer: str
    at: str
    days: int
    dossier: str = ""
    entitled: bool = False
    lives_elsewhere: bool = False


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
    dossier: str = "",
) -> tuple[Touched, ...]:
    """Destroy a scope here and make the order for everybody. Returns what is gone.

    `dossier`: for a person, the family whose owner orders it. Whether this officer may is asked before
    (`app.services.removal`).
    """
    form = {
        "v": 1,
        "scope": scope,
        "kind": kind,
        "dossier": dossier,
        "vector": removal.vector(conn, scope),
        "reason": reason,
        "by": device,
        "officer": officer,
        "at": at,
    }
    body = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    _keep(conn, scope, device, body, sign(SIGNED + body.encode()), now_ms)
    return _take_effect(conn, scope, now_ms)


def receive(
    conn: Connection, body: str, signature: bytes, sign_key: bytes, now_ms: int, *, sender: str = ""
) -> Verdict:
    """An order that came in a package. Raises `NotAnOrder`.

    It waits for the officer where the scope is here and its writer may write it, or `sender` may, who passes on only
    what they heard themselves: that the writer was given the dossier may have been destroyed before it was told here.
    A scope that is not here, or is destroyed already, needs no word.
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
    if here is not None and access.may_write(conn, [scope])[scope].isdisjoint({device, sender}):
        return Verdict(scope=scope, new=False)
    _keep(conn, scope, device, body, signature, now_ms)
    if is_destroyed(conn, scope) or here is None:
        _take_effect(conn, scope, now_ms)
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
        body.encode()  # refuses lone surrogates
        form = json.loads(body)
        vector = form["vector"]
        good = (
            form["v"] == 1
            and is_id(form["scope"])
            and form["kind"] in (DOSSIER, PERSON)
            and all(isinstance(form[name], str) for name in ("reason", "by", "officer", "at", "dossier"))
            and (form["dossier"] == "" or is_id(form["dossier"]))
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


def done(conn: Connection) -> Destroyed:
    """The scopes that are destroyed here."""
    return removal.destroyed(conn)


def is_destroyed(conn: Connection, scope: str) -> bool:
    """Whether a scope is destroyed here."""
    return scope in removal.destroyed(conn)


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
    """Let the orders about a scope take effect here. Returns what is gone. Raises `LivesElsewhere`.

    Ops that no order had seen, our own included, are set apart: nothing is lost silently.
    """
    if any(_lives_elsewhere(conn, form) for form in _forms(conn, scope)):
        raise LivesElsewhere
    own = identity.load(conn, "")
    if own is not None:
        chain.seal(conn, own.writer.device, own.writer.device_id, own.sign)
    return _take_effect(conn, scope, now_ms)


def _take_effect(conn: Connection, scope: str, now_ms: int) -> tuple[Touched, ...]:
    seen = vector_of(conn, scope)
    apart = list(_unseen(conn, scope, seen))
    waiting = conn.exec_driver_sql(
        'SELECT scope, compartment, device, from_seq, seq, tip, signature, body, sender, "import", at'
        " FROM l_quarantine WHERE scope = ? AND reason <> ?",
        (scope, set_apart.LEFT_OUT),
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
        "SELECT d.scope, d.body, d.days FROM l_destruction d WHERE d.done_at IS NULL AND EXISTS"
        " (SELECT 1 FROM j_stream s WHERE s.scope = d.scope AND s.seq > 0) ORDER BY d.arrived_at"
    )
    for scope, body, days in conn.exec_driver_sql(sql).all():
        form = json.loads(body)
        one = Waiting(
            scope=scope,
            kind=form["kind"],
            reason=form["reason"],
            device=form["by"],
            officer=form["officer"],
            at=form["at"],
            days=len(json.loads(days)),
            dossier=form["dossier"],
            entitled=_entitled(conn, form),
            lives_elsewhere=_lives_elsewhere(conn, form),
        )
        known = found.get(scope)
        if known is None or (one.entitled and not known.entitled):
            found[scope] = one
    return tuple(sorted(found.values(), key=lambda one: one.kind != PERSON))


def remind(conn: Connection, today: date) -> tuple[Waiting, ...]:
    """Note that the reminder is shown today. A day counts once, and one day for each unlocking: a clock that jumps
    about counts once.

    Returns those that have now been shown on enough days to take effect by themselves.
    """
    unlock = str(conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = 'unlocks'").scalar() or "")
    for scope, device, text in conn.exec_driver_sql(
        "SELECT scope, device, days FROM l_destruction WHERE done_at IS NULL"
    ).all():
        days = json.loads(text)
        if all(day != today.isoformat() and at != unlock for day, at in days):
            conn.exec_driver_sql(
                "UPDATE l_destruction SET days = ? WHERE scope = ? AND device = ?",
                (json.dumps([*days, [today.isoformat(), unlock]]), scope, device),
            )
    return tuple(
        one for one in waiting(conn) if one.days >= DAYS and one.entitled and not one.lives_elsewhere
    )


def unseen(conn: Connection, scope: str) -> int:
    """How many ops here no order about this scope had seen: they would be set apart."""
    seen = vector_of(conn, scope)
    return sum(
        max(0, seq - seen.get(compartment, {}).get(device, 0))
        for compartment, numbers in removal.vector(conn, scope).items()
        for device, seq in numbers.items()
    )


# -- who may ----------------------------------------------------------------------------------------------------------


def seen_without(conn: Connection, scope: str) -> tuple[str, ...]:
    """Compartments that colleagues told to hold of a scope and that are not here: who destroys holds them all."""
    sql = (
        "SELECT DISTINCT h.compartment FROM l_have h WHERE h.scope = ? AND h.seq > 0 AND NOT EXISTS"
        " (SELECT 1 FROM j_stream s WHERE s.scope = h.scope AND s.compartment = h.compartment AND s.seq > 0)"
        " ORDER BY h.compartment"
    )
    return tuple(conn.exec_driver_sql(sql, (scope,)).scalars())


def owner_of(conn: Connection, dossier: str) -> str | None:
    """The officer who has a dossier; None when nobody is named, or more than one, or it is disputed."""
    sql = "SELECT 1 FROM j_conflict WHERE kind = 'owner' AND scope = ? LIMIT 1"
    if conn.exec_driver_sql(sql, (dossier,)).first() is not None:
        return None
    sql = "SELECT DISTINCT officer FROM r_owner WHERE scope = ? AND to_on IS NULL AND officer IS NOT NULL"
    found = conn.exec_driver_sql(sql, (dossier,)).scalars().all()
    return str(found[0]) if len(found) == 1 else None


def live_dossiers(conn: Connection, person: str) -> tuple[str, ...]:
    """The dossiers here that a person belongs to now; also where it is disputed whether the membership ended."""
    sql = (
        "SELECT DISTINCT m.scope FROM r_membership m WHERE m.person = ? AND (m.to_on IS NULL OR EXISTS"
        " (SELECT 1 FROM j_conflict c WHERE c.rec = m.id)) ORDER BY m.scope"
    )
    return tuple(conn.exec_driver_sql(sql, (person,)).scalars())


def _lives_elsewhere(conn: Connection, form: Mapping[str, Any]) -> bool:
    """Whether a person belongs to a family here other than the one whose owner gave the order."""
    return form["kind"] == PERSON and bool(set(live_dossiers(conn, form["scope"])) - {form["dossier"]})


def _entitled(conn: Connection, form: Mapping[str, Any]) -> bool:
    """Whether whoever gave the order owns the dossier, undisputed, or is a registrar; for a person also when the order
    about the dossier itself, by the same device, was accepted here."""
    device = form["by"]
    if device in trust.book(conn).registrars():
        return True
    dossier = form["scope"] if form["kind"] == DOSSIER else form["dossier"]
    if form["kind"] == PERSON and is_destroyed(conn, dossier):
        return any(order["by"] == device for order in _forms(conn, dossier))
    officers = (
        conn.exec_driver_sql("SELECT officer FROM r_device WHERE device = ?", (device,)).scalars().all()
    )
    owner = owner_of(conn, dossier)
    return owner is not None and owner in officers


def _forms(conn: Connection, scope: str) -> list[dict[str, Any]]:
    bodies = conn.exec_driver_sql("SELECT body FROM l_destruction WHERE scope = ?", (scope,)).scalars().all()
    return [json.loads(body) for body in bodies]
