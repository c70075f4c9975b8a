"""Who I am and whom I trust: the own card, cards of colleagues, comparing, the roster, revoking, new keys.

What this officer decides for themselves (compared, registrar, rejected) is local; what a registrar says for the
location (roster, revocation) are records that travel with the scope of the location.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.exchange_facts import Colleague, Trust
from app.domain.ident import new_id
from app.domain.kinds.place import Device, Revocation, RosterEntry
from app.exchange import card as cards
from app.exchange import trust
from app.exchange.card import Card
from app.exchange.trust import TrustBook
from app.services import trust_problem as problem
from app.services.gate import device_record
from app.services.session import Session
from app.storage import access_log, identity
from app.storage.identity import DeviceIdentity
from app.storage.problem import ReadOnlyStore
from app.storage.uow import read_where

REASONS: Final = "intrekking"

# -- this device ----------------------------------------------------------------------------------------------------


def own(session: Session) -> Colleague:
    """This device as colleagues see it."""
    with session.store.read() as conn:
        return trust.colleague(conn, _device(session).writer.device_id)


def own_card(session: Session) -> bytes:
    """The card file of this device, made now. Raises `ReadOnlyStore` where it has no seal key yet."""
    return cards.render(_own_card(session)).encode()


def _own_card(session: Session) -> Card:
    device = _device(session)
    if not device.seal_public:
        raise ReadOnlyStore
    with session.store.read() as conn:
        name, office, officer = trust.own_name(conn)
        heir = identity.heir_of(conn, device.writer.device_id)
    return cards.make(
        sign_key=device.public,
        seal_public=device.seal_public,
        sign=device.sign,
        name=name,
        office=office,
        officer=officer,
        now=session.now(),
        heir=heir,
    )


def new_keys(session: Session) -> Colleague:
    """Go on as a new device, signed by the one before. Colleagues need its card; a registrar is marked anew.

    The keys of before stay in the store, because files that were sealed for them still come in.
    """
    with _writing(session, "new-keys", "") as conn:
        made = identity.make(conn, session.officer)
    before = session.store.identity
    session.store.identity = made
    now = session.now()
    with session.store.write(verbs.KEYS_RENEWED) as uow:
        uow.add(device_record(made, session.place, now))
        if before is not None:
            for retired in read_where(uow.conn, Device, "device = ?", (before.writer.device_id,)):
                uow.save(retired, retired.with_values(retired_at=moment_text(now)))
    return own(session)


# -- cards of colleagues --------------------------------------------------------------------------------------------


def colleagues(session: Session) -> tuple[Colleague, ...]:
    """All devices of colleagues with a card here, by name."""
    with session.store.read() as conn:
        return trust.colleagues(conn)


def add_card(session: Session, data: bytes) -> Colleague:
    """Keep a colleague's card, unverified. Raises `BadCard`, `NewerCard`, `OwnCardGiven`."""
    card = cards.parse(data)
    with _writing(session, "card-added", card.device) as conn:
        if card.device in trust.book(conn).own:
            raise problem.OwnCardGiven
        trust.keep_card(conn, card)
        return trust.colleague(conn, card.device)


def verify(session: Session, device: str, typed: str, how: Literal["qr", "phone"]) -> Colleague:
    """Trust a device because its six groups, or its QR text, were compared in person or by phone.

    Raises `GroupsNotRead` for something else, `GroupsDiffer` for those of another device, `ColleagueRevoked`;
    nothing changes then. A device that was rejected is taken back.
    """
    with _writing(session, "compared", device) as conn:
        read = _known(conn, device)
        if read.is_revoked(device):
            raise problem.ColleagueRevoked
        fits = cards.names_device(typed, device)
        if fits is None:
            raise problem.GroupsNotRead
        if not fits:
            raise problem.GroupsDiffer
        _keep(conn, read, device)
        conn.exec_driver_sql(
            "UPDATE l_peer SET verified_at = ?, verified_how = ?, rejected_at = NULL WHERE device = ?",
            (_at(session), how, device),
        )
        return trust.colleague(conn, device)


def reject(session: Session, device: str) -> Colleague:
    """Trust a device no more, for this officer only; what it wrote before stays."""
    with _writing(session, "rejected", device) as conn:
        _keep(conn, _known(conn, device), device)
        conn.exec_driver_sql(
            "UPDATE l_peer SET rejected_at = ?, registrar = 0 WHERE device = ?", (_at(session), device)
        )
        return trust.colleague(conn, device)


def unreject(session: Session, device: str) -> Colleague:
    """Take the rejection back; it is known as it was before, though not as registrar."""
    with _writing(session, "unrejected", device) as conn:
        _known(conn, device)
        conn.exec_driver_sql("UPDATE l_peer SET rejected_at = NULL WHERE device = ?", (device,))
        return trust.colleague(conn, device)


# -- the registrar --------------------------------------------------------------------------------------------------


def set_registrar(session: Session, device: str, on: bool) -> Colleague:
    """Let a compared device, or this one, speak for the location. Raises `CompareFirst`."""
    with _writing(session, "registrar-on" if on else "registrar-off", device) as conn:
        read = _known(conn, device)
        if device == read.active:
            conn.exec_driver_sql(
                "INSERT INTO l_meta(name, value) VALUES('registrar', ?)"
                " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                (str(int(on)),),
            )
        else:
            if on:
                _must_be_compared(read, device)
            conn.exec_driver_sql("UPDATE l_peer SET registrar = ? WHERE device = ?", (int(on), device))
        return trust.colleague(conn, device)


def vouch(session: Session, device: str) -> Colleague:
    """Put a colleague on the roster, so that others trust the device too. Raises `NotRegistrar`, `CompareFirst`."""
    _must_write(session)
    with session.store.read() as conn:
        read = _as_registrar(conn, device)
        _must_be_compared(read, device)
        card = read.card_of(device)
        there = device in read.roster and not read.own.isdisjoint(read.roster[device].by)
    if card is not None and not there:
        with session.store.write(verbs.VOUCHED) as uow:
            uow.add(
                RosterEntry(
                    id=new_id(),
                    scope=session.place,
                    device=device,
                    card=cards.render(card),
                    from_on=session.today.isoformat(),
                )
            )
    with _writing(session, "vouched", device) as conn:
        return trust.colleague(conn, device)


def end_vouch(session: Session, device: str) -> Colleague:
    """Take a colleague off the roster; who compared the groups goes on trusting. Raises `NotRegistrar`."""
    _must_write(session)
    with session.store.read() as conn:
        _as_registrar(conn, device)
    with session.store.write(verbs.VOUCH_ENDED) as uow:
        for entry in read_where(uow.conn, RosterEntry, "device = ? AND to_on IS NULL", (device,)):
            uow.save(entry, entry.with_values(to_on=session.today.isoformat()))
    with _writing(session, "vouch-ended", device) as conn:
        return trust.colleague(conn, device)


def revoke(session: Session, device: str, reason_code: str) -> Colleague:
    """Say for the whole location that a device is not trusted from now on; what is held of it so far stays valid.

    `reason_code` is an item of the list «intrekking». An own earlier device may be revoked by anybody. Raises
    `NotRegistrar`, `OwnDeviceInUse`, `ReasonUnknown`. It is never taken back: the colleague makes new keys.
    """
    _must_write(session)
    reason = _reason(session, reason_code)
    with session.store.read() as conn:
        read = _known(conn, device)
        if device == read.active:
            raise problem.OwnDeviceInUse
        if not read.is_registrar and device not in read.own:
            raise problem.NotRegistrar
        if read.is_revoked(device):
            return trust.colleague(conn, device)
    with session.store.write(verbs.REVOKED) as uow:
        uow.add(
            Revocation(
                id=new_id(),
                scope=session.place,
                device=device,
                tips=trust.tips_text(uow.conn, device),
                reason=reason,
                at=moment_text(session.now()),
            )
        )
    with _writing(session, "revoked", device) as conn:
        return trust.colleague(conn, device)


def reasons(session: Session, language: str = "nl") -> tuple[tuple[str, str], ...]:
    """The reasons for revoking: code and words."""
    return tuple((item.code, item.label(language)) for item in session.content.choices("basis", REASONS))


# -- how ------------------------------------------------------------------------------------------------------------


def _device(session: Session) -> DeviceIdentity:
    found = session.store.identity
    assert isinstance(found, DeviceIdentity), "the gate gives every session a device"
    return found


def _at(session: Session) -> int:
    return int(session.now().timestamp() * 1000)


def _must_write(session: Session) -> None:
    if session.store.read_only:
        raise ReadOnlyStore


@contextmanager
def _writing(session: Session, deed: str, device: str) -> Iterator[Connection]:
    """A transaction for local decisions, with its line in the access log; nothing of it stays after a problem."""
    _must_write(session)
    with session.store.local() as conn:
        yield conn
        entry = access_log.Entry(
            at=_at(session),
            actor=session.officer,
            deed=deed,
            object=device[:16],
            result="done",
            origin=_device(session).writer.device_id[:16],
        )
        access_log.write(conn, entry)


def _known(conn: Connection, device: str) -> TrustBook:
    """The book, if the device stands in it. Raises `ColleagueUnknown`."""
    read = trust.book(conn)
    if device not in read.own and read.card_of(device) is None:
        raise problem.ColleagueUnknown
    return read


def _keep(conn: Connection, read: TrustBook, device: str) -> None:
    """Give a device of the roster its own line, so that a decision about it can be kept."""
    card = read.card_of(device)
    if device in read.own or card is None:
        raise problem.OwnDevice
    trust.keep_card(conn, card)


def _must_be_compared(read: TrustBook, device: str) -> None:
    """Speaking for others, and for somebody towards others, rests on a comparison by this officer."""
    peer = read.peers.get(device)
    if peer is None or peer.verified_at is None or read.trust_of(device) is not Trust.VERIFIED:
        raise problem.CompareFirst


def _as_registrar(conn: Connection, device: str) -> TrustBook:
    read = _known(conn, device)
    if not read.is_registrar:
        raise problem.NotRegistrar
    return read


def _reason(session: Session, code: str) -> str:
    if code not in {item.code for item in session.content.choices("basis", REASONS)}:
        raise problem.ReasonUnknown
    return session.content.ref("basis", code)
