"""Everything that trust follows from, read once, and the answers that follow from it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.domain.exchange_facts import Colleague, Trust
from app.exchange import card as cards
from app.exchange.card import Card
from app.exchange.registrar import (
    Revoked,
    Vouch,
    known_card,
    revocations_in,
    roster_in,
    standing,
    tip_name,
    written,
)
from app.storage import identity

_INHERITED = {Trust.OWN: Trust.VERIFIED, Trust.VERIFIED: Trust.VERIFIED, Trust.VOUCHED: Trust.VOUCHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What this officer decided about a device; moments in milliseconds since 1970."""

    device: str
    card: str = field(repr=False)
    verified_at: int | None
    verified_how: str
    registrar: bool
    rejected_at: int | None
    last_at: int | None


def heir_ok(sign_key_old: bytes, new_device: str, signature: bytes) -> bool:
    """Whether the holder of the earlier key signed `new_device` as the device that takes its place."""
    return identity.signed_by(sign_key_old, signature, identity.heir_message(new_device))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustBook:
    """Everything that trust follows from, read once: for many questions within one transaction."""

    active: str
    own: frozenset[str]
    peers: Mapping[str, Peer]
    roster: Mapping[str, Vouch]
    revocations: tuple[Revoked, ...]
    is_registrar: bool
    sign_keys: Mapping[str, bytes] = field(repr=False)
    heirs: Mapping[str, tuple[str, bytes]] = field(repr=False)
    _earlier: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def trust_of(self, device: str) -> Trust:
        """How far `device` is known; one that an earlier device signed inherits from that, if nothing else tells."""
        step, seen = device, set[str]()
        while step and step not in seen:
            seen.add(step)
            told = self._told(step)
            if told is not None:
                return told if step == device else _INHERITED.get(told, Trust.UNVERIFIED)
            step = self.earlier(step)
        return Trust.UNVERIFIED

    def _told(self, device: str) -> Trust | None:
        """What was decided about the device itself."""
        if device == self.active:
            return Trust.OWN
        if self.is_revoked(device):
            return Trust.REVOKED
        if device in self.own:
            return Trust.OWN
        peer = self.peers.get(device)
        if peer is not None and peer.rejected_at is not None:
            return Trust.REJECTED
        if peer is not None and peer.verified_at is not None:
            return Trust.VERIFIED
        return Trust.VOUCHED if device in self.roster else None

    def earlier(self, device: str) -> str:
        """The device whose place this one took and whose signature under it is right; empty if there is none."""
        if device not in self._earlier:
            self._earlier[device] = self._find_earlier(device)
        return self._earlier[device]

    def _find_earlier(self, device: str) -> str:
        told = [self.heirs[device]] if device in self.heirs else []
        found = self.card_of(device)
        if found is not None and found.heir_of:
            told.append((found.heir_of, bytes.fromhex(found.heir_signature)))
        for before, signature in told:
            key = self.sign_key(before)
            if key is not None and heir_ok(key, device, signature):
                return before
        return ""

    def sign_key(self, device: str) -> bytes | None:
        """The public signing key of a device that was met before."""
        found = self.card_of(device)
        key = found.sign_bytes if found is not None else self.sign_keys.get(device)
        return key if key is not None and hashlib.sha256(key).hexdigest() == device else None

    def card_of(self, device: str) -> Card | None:
        """The newest card of the two places where one may lie; each was signed by the device itself."""
        peer = self.peers.get(device)
        own = known_card(peer.card) if peer is not None else None
        vouched = self.roster[device].card if device in self.roster else None
        found = [card for card in (own, vouched) if card is not None and card.device == device]
        return max(found, key=lambda card: card.made, default=None)

    def colleague(self, device: str) -> Colleague:
        """What is shown of a device; the name is what its card says."""
        found, peer, trust = self.card_of(device), self.peers.get(device), self.trust_of(device)
        verified = peer.verified_at if peer is not None else None
        inherited = (
            verified is None and device not in self.roster and trust.trusted and trust is not Trust.OWN
        )
        return Colleague(
            device=device,
            name=found.name if found is not None else "",
            office=found.office if found is not None else "",
            officer=found.officer if found is not None else "",
            trust=trust,
            groups=cards.fingerprint(device),
            registrar=self.is_registrar if device == self.active else device in self.registrars(),
            verified_at=_moment(verified),
            last_file_at=_moment(peer.last_at) if peer is not None else None,
            new_keys=inherited,
        )

    def registrars(self) -> frozenset[str]:
        """The devices of others whose roster and revocations count here."""
        return _registrars(self.peers)

    def is_revoked(self, device: str) -> bool:
        """Whether a revocation of `device` counts here."""
        return any(revoked.device == device for revoked in self.revocations)

    def valid_up_to(self, device: str, scope: str, compartment: str) -> int | None:
        """The last number of a stream that is taken; None: the device is not revoked, 0: nothing is.

        Whoever holds the key of a revoked device can make heirs of it: of an heir that nobody here trusts by itself
        nothing is taken either.
        """
        name = tip_name(scope, compartment)
        found = [revoked.tips.get(name, 0) for revoked in self.revocations if revoked.device == device]
        if not found and self.revocations and self._is_heir_of_revoked(device):
            return 0
        return min(found, default=None)

    def _is_heir_of_revoked(self, device: str) -> bool:
        step, seen = device, set[str]()
        while step and step not in seen and self._told(step) is None:
            seen.add(step)
            step = self.earlier(step)
        return bool(step) and step != device and self.is_revoked(step)


def _moment(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else datetime.fromtimestamp(at_ms / 1000, UTC)


def _registrars(peers: Mapping[str, Peer]) -> frozenset[str]:
    return frozenset(
        peer.device
        for peer in peers.values()
        if peer.registrar and peer.verified_at is not None and peer.rejected_at is None
    )


def book(conn: Connection) -> TrustBook:
    """What trust follows from, as it is in this transaction."""
    own_rows = conn.exec_driver_sql(
        "SELECT d.id, o.active FROM l_own_device o JOIN j_device d ON d.no = o.no"
    ).all()
    own = frozenset(row[0] for row in own_rows)
    active = next((row[0] for row in own_rows if row[1]), "")
    peers = _peers(conn)
    is_registrar = remembered(conn, "registrar") == "1"
    writers = _registrars(peers) | own
    records = written(conn, "revocation", writers)
    revocations = standing([found for ops in records.values() for found in revocations_in(ops)])
    vouchers = writers if is_registrar else writers - own
    devices = conn.exec_driver_sql("SELECT id, sign_key, heir_of, heir_signature FROM j_device").all()
    return TrustBook(
        active=active,
        own=own,
        peers=peers,
        roster=roster_in(written(conn, "roster_entry", vouchers), revocations),
        revocations=revocations,
        is_registrar=is_registrar,
        sign_keys={row[0]: row[1] for row in devices if row[1] is not None},
        heirs={row[0]: (row[2], row[3]) for row in devices if row[2] and row[3]},
    )


def _peers(conn: Connection) -> dict[str, Peer]:
    rows = conn.exec_driver_sql(
        "SELECT device, card, verified_at, verified_how, registrar, rejected_at, last_at FROM l_peer"
    )
    return {
        row[0]: Peer(
            device=row[0],
            card=row[1],
            verified_at=row[2],
            verified_how=row[3] or "",
            registrar=bool(row[4]),
            rejected_at=row[5],
            last_at=row[6],
        )
        for row in rows
    }


def remembered(conn: Connection, name: str) -> str:
    """A fact of this store that is in no record; empty where there is none."""
    return str(conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = ?", (name,)).scalar() or "")
