"""What registrars wrote: whom they vouch for, whom they revoked. It counts by who *wrote* it, as the journal tells.

What anybody else writes into the same record neither adds trust nor takes it away. No clock decides: an entry that
has an end has ended. A registrar's own revocation binds as far as that registrar's work is valid; two registrars
who revoke each other without having seen it are both revoked, until the officer takes the mark from one of them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from app.domain.clock import moment_text, parse_moment
from app.domain.errors import KnownProblem
from app.domain.merge import RecordState, state_of
from app.domain.op import Op
from app.domain.record import Compartment
from app.exchange import card as cards
from app.exchange.card import Card
from app.storage import journal

KERN = str(Compartment.KERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """A revocation as its registrar wrote it. `tips`: per stream (`tip_name`) the last number that is valid."""

    device: str
    tips: Mapping[str, int]
    reason: str
    at: str
    by: str
    scope: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouch:
    """The newest card of a device on a roster, and the registrars who wrote the entries."""

    card: Card
    by: frozenset[str]


def tip_name(scope: str, compartment: str) -> str:
    """Under which a revocation names a stream: 16 characters of a hash, so that it names no family."""
    return hashlib.sha256(f"{scope}|{compartment}".encode()).hexdigest()[:16]


@lru_cache(maxsize=512)
def known_card(text: str) -> Card | None:
    """A card as it was kept, None if it is none; checking one costs a tenth of a millisecond."""
    try:
        return cards.parse(text)
    except KnownProblem:
        return None


def written(conn: Connection, kind: str, writers: frozenset[str]) -> dict[str, list[Op]]:
    """The ops of these devices on records of a kind of the location, by record; ops of others are left out.

    Looks in the journal, not in the tables: those show what anybody wrote. Streams of locations are short.
    """
    names = sorted(writers)
    sql = (
        "SELECT DISTINCT lower(hex(o.rec)) FROM j_stream s JOIN j_device d ON d.no = s.device"
        " JOIN j_op o ON o.stream = s.no JOIN j_kind k ON k.no = o.kind"
        f" WHERE s.compartment = ? AND k.name = ? AND d.id IN ({','.join('?' * len(names))}) AND s.scope IN"
        " (SELECT scope FROM r_scope WHERE kind = 'plaats' UNION SELECT scope FROM r_officer"
        " UNION SELECT scope FROM r_device UNION SELECT value FROM l_meta WHERE name = 'place')"
    )
    records = conn.exec_driver_sql(sql, (KERN, kind, *names)).scalars().all()
    found = {
        record: [op for op in ops if op.kind == kind and op.device in writers]
        for record, ops in journal.ops_of(conn, records).items()
    }
    return {record: ops for record, ops in found.items() if ops}


def revocations_in(ops: Iterable[Op]) -> Iterator[Revoked]:
    """What each writer said when the record was made: revocations are never changed and never withdrawn."""
    for op in ops:
        device, tips = op.cells.get("device"), op.cells.get("tips")
        if isinstance(device, str):
            yield Revoked(
                device=device,
                tips=_tips(tips),
                reason=str(op.cells.get("reason") or ""),
                at=_moment_or_empty(op.cells.get("at")),
                by=op.device,
                scope=op.scope,
                seq=op.dot.seq,
            )


def _moment_or_empty(value: object) -> str:
    try:
        return moment_text(parse_moment(str(value)))
    except ValueError:
        return ""


def _tips(text: object) -> dict[str, int]:
    """Per stream the last valid number; what cannot be read says that nothing is valid."""
    try:
        found = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: seq for name, seq in found.items() if type(seq) is int and seq >= 0}


def standing(said: list[Revoked]) -> tuple[Revoked, ...]:
    """Without the revocations that a revoked registrar wrote too late, unless the two revoked each other unseen."""

    def too_late(one: Revoked, by: Revoked) -> bool:
        return by is not one and by.device == one.by and one.seq > by.tips.get(tip_name(one.scope, KERN), 0)

    sound = [one for one in said if not any(too_late(one, other) for other in said)]
    return tuple(
        one
        for one in said
        if one in sound or not any(too_late(one, other) and other in sound for other in said)
    )


def roster_in(records: Mapping[str, list[Op]], revocations: tuple[Revoked, ...]) -> dict[str, Vouch]:
    """Per device the entries that live, by what registrars wrote while they were valid."""

    def valid(op: Op) -> bool:
        name = tip_name(op.scope, KERN)
        return all(op.dot.seq <= one.tips.get(name, 0) for one in revocations if one.device == op.device)

    found: dict[str, Vouch] = {}
    for ops in records.values():
        told = _vouched(state_of(op for op in ops if valid(op)))
        if told is not None:
            before = found.get(told.card.device, told)
            newest = max(before.card, told.card, key=lambda card: card.made)
            found[told.card.device] = Vouch(card=newest, by=before.by | told.by)
    return found


def _vouched(state: RecordState) -> Vouch | None:
    """What an entry says that lives and speaks of one device; one that a registrar ended has ended."""
    heads = state.heads
    if state.absent or any(head.value for head in (*heads.get("to_on", ()), *state.deletes)):
        return None
    devices = {head.value for head in heads.get("device", ())}
    told = [known_card(head.value) for head in heads.get("card", ()) if isinstance(head.value, str)]
    fit = [card for card in told if card is not None and devices == {card.device}]
    if not fit:
        return None
    newest = max(fit, key=lambda card: card.made)
    return Vouch(card=newest, by=frozenset(head.device for head in heads["device"]))
