"""What a screen or a command shows of trust: every colleague with what is known of it and what may be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.clock import parse_moment
from app.domain.exchange_facts import Colleague, Trust
from app.exchange import card as cards
from app.exchange import trust
from app.exchange.registrar import Revoked
from app.exchange.trust import TrustBook
from app.services.session import Session


class Deed(StrEnum):
    """What may be done about a device, seen from here."""

    VERIFY = "verify"
    REGISTRAR_ON = "registrar-on"
    REGISTRAR_OFF = "registrar-off"
    VOUCH = "vouch"
    END_VOUCH = "end-vouch"
    REVOKE = "revoke"
    REJECT = "reject"
    UNREJECT = "unreject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A device with the story behind its trust. `vouched_by` and `revoked_by` are names as they are known here."""

    colleague: Colleague
    how: str = ""  # qr, phone
    vouched_by: tuple[str, ...] = ()
    revoked_by: str = ""
    revoked_at: datetime | None = None
    revoked_reason: str = ""  # a code of a content pack
    rejected: bool = False
    deeds: frozenset[Deed] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustPage:
    """`own_revoked`: a registrar revoked this very device. `earlier`: devices that this store was before."""

    own: Colleague
    is_registrar: bool
    own_revoked: bool
    earlier: tuple[Known, ...]
    colleagues: tuple[Known, ...]
    read_only: bool


def page(session: Session) -> TrustPage:
    """Everything, read in one go."""
    with session.store.read() as conn:
        read = trust.book(conn)
        own = trust.colleague(conn, read.active)
        others = trust.colleagues(conn)
        earlier = [trust.colleague(conn, device) for device in sorted(read.own - {read.active})]
    read_only = session.store.read_only
    return TrustPage(
        own=own,
        is_registrar=read.is_registrar,
        own_revoked=read.is_revoked(read.active),
        earlier=tuple(_known(read, one, own, read_only) for one in earlier),
        colleagues=tuple(_known(read, one, own, read_only) for one in others),
        read_only=read_only,
    )


def _known(read: TrustBook, one: Colleague, own: Colleague, read_only: bool) -> Known:
    peer, vouched = read.peers.get(one.device), read.roster.get(one.device)
    said = next((each for each in read.revocations if each.device == one.device), None)
    return Known(
        colleague=one,
        how=peer.verified_how if peer is not None else "",
        vouched_by=_names(read, vouched.by, own) if vouched is not None else (),
        revoked_by=_names(read, (said.by,), own)[0] if said is not None else "",
        revoked_at=_moment(said),
        revoked_reason=said.reason if said is not None else "",
        rejected=peer is not None and peer.rejected_at is not None,
        deeds=frozenset() if read_only else frozenset(_deeds(read, one)),
    )


def _names(read: TrustBook, devices: Iterable[str], own: Colleague) -> tuple[str, ...]:
    """By name; a device without a card by the first of its groups."""
    found = {
        own.name if device in read.own else read.colleague(device).name or cards.fingerprint(device)[0]
        for device in devices
    }
    return tuple(sorted(found))


def _moment(said: Revoked | None) -> datetime | None:
    return parse_moment(said.at) if said is not None and said.at else None


def _deeds(read: TrustBook, one: Colleague) -> Iterable[Deed]:
    trust_, device = one.trust, one.device
    if trust_ is Trust.REVOKED:
        if one.registrar:  # two registrars who revoked each other: the officer says who is right
            yield Deed.REGISTRAR_OFF
        return
    if device in read.own:
        yield Deed.REVOKE
        return
    if trust_ is Trust.REJECTED:
        yield Deed.UNREJECT
        return
    compared = trust_ is Trust.VERIFIED and one.verified_at is not None
    if not compared:
        yield Deed.VERIFY
    yield Deed.REJECT
    if one.registrar:
        yield Deed.REGISTRAR_OFF
    elif compared:
        yield Deed.REGISTRAR_ON
    if read.is_registrar:
        vouched = read.roster.get(device)
        if vouched is not None and not read.own.isdisjoint(vouched.by):
            yield Deed.END_VOUCH
        elif compared:
            yield Deed.VOUCH
        yield Deed.REVOKE
