"""The use cases of trust: what an officer does, what they are refused, and what stands in the log."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain import verbs
from app.domain.exchange_facts import Trust
from app.domain.kinds.place import Device, Officer, Revocation, RosterEntry
from app.exchange import card as cards
from app.exchange import trust as engine
from app.services import trust, trust_card, trust_page
from app.services import trust_problem as problem
from app.services.session import Session
from app.services.trust_page import Deed, Known
from app.storage import access_log
from app.storage.identity import DeviceIdentity
from app.storage.problem import ReadOnlyStore
from app.storage.uow import read_where
from tests.support.colleague_case import Desk, carry

Desks = Callable[[str], Desk]
LOST = "intrekking.verloren"


def groups(device: str) -> str:
    return " ".join(cards.fingerprint(device))


@pytest.fixture
def other(session: Session, desk: Desks) -> Desk:
    """A colleague whose card was added."""
    made = desk("Collega Verzonnen")
    trust.add_card(session, cards.render(made.card()).encode())
    return made


def device(session: Session) -> str:
    return trust.own(session).device


def known(session: Session, device: str) -> Known:
    return next(one for one in trust_page.page(session).colleagues if one.colleague.device == device)


def log(session: Session) -> list[tuple[str, str]]:
    with session.store.read() as conn:
        assert access_log.whole(conn)
        return [(entry.deed, entry.object) for entry in access_log.read(conn)]


def test_the_own_card_names_officer_and_location_and_is_taken_elsewhere(
    session: Session, desk: Desks
) -> None:
    data = trust.own_card(session)
    card = cards.parse(data)
    assert (card.name, card.office, card.device) == (
        "Robin Voorbeeld",
        "Gezinslocatie Voorbeeld",
        device(session),
    )
    assert trust_card.file_name(card.name) == "Robin-Voorbeeld.regiemap-card"
    there = replace(session, store=desk("Elders").store)
    assert trust.add_card(there, data).trust is Trust.UNVERIFIED
    assert trust.own(session).trust is Trust.OWN


def test_the_own_card_and_rubbish_are_not_added(session: Session) -> None:
    with pytest.raises(problem.OwnCardGiven):
        trust.add_card(session, trust.own_card(session))
    with pytest.raises(cards.BadCard):
        trust.add_card(session, b"geen kaart")
    assert trust.colleagues(session) == () and log(session) == []


@pytest.mark.parametrize("how", ["phone", "qr"])
def test_a_colleague_is_trusted_after_comparing(session: Session, other: Desk, how: str) -> None:
    typed = groups(other.device) if how == "phone" else cards.qr_text(other.device)
    shown = trust.verify(session, other.device, typed, "qr" if how == "qr" else "phone")
    assert (shown.trust, shown.verified_at) == (Trust.VERIFIED, session.now())
    assert known(session, other.device).how == how
    assert log(session)[-1] == ("compared", other.device[:16])


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("", problem.GroupsNotRead),
        ("12345 12345", problem.GroupsNotRead),
        ("00000 " * 6, problem.GroupsDiffer),
        (cards.qr_text("ab" * 32), problem.GroupsDiffer),
    ],
)
def test_other_digits_change_nothing(
    session: Session, other: Desk, typed: str, refused: type[Exception]
) -> None:
    before = (trust_page.page(session), log(session))
    with pytest.raises(refused):
        trust.verify(session, other.device, typed, "phone")
    assert (trust_page.page(session), log(session)) == before


def test_a_device_without_a_card_and_an_own_one_are_not_compared(session: Session) -> None:
    with pytest.raises(problem.ColleagueUnknown):
        trust.verify(session, "ab" * 32, groups("ab" * 32), "phone")
    with pytest.raises(problem.OwnDevice):
        trust.verify(session, device(session), groups(device(session)), "phone")


def test_rejecting_and_taking_it_back(session: Session, other: Desk) -> None:
    trust.verify(session, other.device, groups(other.device), "phone")
    trust.set_registrar(session, other.device, True)
    shown = trust.reject(session, other.device)
    assert (shown.trust, shown.registrar) == (Trust.REJECTED, False)
    assert known(session, other.device).deeds == {Deed.UNREJECT}
    again = trust.unreject(session, other.device)
    assert (again.trust, again.registrar) == (Trust.VERIFIED, False)
    trust.reject(session, other.device)
    assert trust.verify(session, other.device, groups(other.device), "phone").trust is Trust.VERIFIED


def test_only_a_compared_device_becomes_registrar(session: Session, other: Desk) -> None:
    with pytest.raises(problem.CompareFirst):
        trust.set_registrar(session, other.device, True)
    trust.verify(session, other.device, groups(other.device), "phone")
    assert trust.set_registrar(session, other.device, True).registrar
    assert not trust.set_registrar(session, other.device, False).registrar


def test_a_registrar_vouches_and_colleagues_who_compared_the_registrar_trust(
    session: Session, other: Desk, desk: Desks
) -> None:
    trust.verify(session, other.device, groups(other.device), "phone")
    with pytest.raises(problem.NotRegistrar):
        trust.vouch(session, other.device)
    assert trust.set_registrar(session, device(session), True).registrar
    third = desk("Derde")
    trust.add_card(session, cards.render(third.card()).encode())
    with pytest.raises(problem.CompareFirst):
        trust.vouch(session, third.device)
    for _twice in range(2):
        trust.vouch(session, other.device)
    with session.store.read() as conn:
        assert len(read_where(conn, RosterEntry, "1 = 1")) == 1

    there = replace(session, store=third.store, place=third.place)
    trust.add_card(there, trust.own_card(session))
    trust.verify(there, device(session), groups(device(session)), "qr")
    trust.set_registrar(there, device(session), True)
    carry(session.store, third.store, session.place)
    found = known(there, other.device)
    assert (found.colleague.trust, found.vouched_by) == (Trust.VOUCHED, ("Robin Voorbeeld",))
    assert found.deeds == {Deed.VERIFY, Deed.REJECT}

    assert trust.end_vouch(session, other.device).trust is Trust.VERIFIED
    carry(session.store, third.store, session.place)
    assert other.device not in [one.device for one in trust.colleagues(there)]


def test_somebody_on_the_roster_can_be_compared_or_rejected_too(
    session: Session, desk: Desks, other: Desk
) -> None:
    head = other
    trust.verify(session, head.device, groups(head.device), "phone")
    trust.set_registrar(session, head.device, True)
    third = desk("Derde")
    there = replace(session, store=head.store, place=head.place)
    trust.add_card(there, cards.render(third.card()).encode())
    trust.verify(there, third.device, groups(third.device), "phone")
    trust.set_registrar(there, head.device, True)
    trust.vouch(there, third.device)
    carry(head.store, session.store, head.place)
    assert trust.reject(session, third.device).trust is Trust.REJECTED
    assert trust.verify(session, third.device, groups(third.device), "phone").trust is Trust.VERIFIED


def test_a_revocation_is_for_everybody_for_good_and_by_the_registrar_only(
    session: Session, other: Desk, desk: Desks
) -> None:
    carry(other.store, session.store, other.place)
    trust.verify(session, other.device, groups(other.device), "phone")
    with pytest.raises(problem.NotRegistrar):
        trust.revoke(session, other.device, LOST)
    trust.set_registrar(session, device(session), True)
    with pytest.raises(problem.ReasonUnknown):
        trust.revoke(session, other.device, "intrekking.zomaar")
    for _twice in range(2):
        assert trust.revoke(session, other.device, LOST).trust is Trust.REVOKED
    with session.store.read() as conn:
        assert len(read_where(conn, Revocation, "1 = 1")) == 1
        assert engine.valid_up_to(conn, other.device, other.place, "kern")
    found = known(session, other.device)
    assert (found.revoked_by, found.revoked_at) == ("Robin Voorbeeld", session.now())
    assert session.content.label(found.revoked_reason) == "Laptop kwijt"
    assert found.deeds == frozenset()
    with pytest.raises(problem.ColleagueRevoked):
        trust.verify(session, other.device, groups(other.device), "phone")
    assert session.store.undo() is None


def test_new_keys_are_signed_by_the_old_and_the_old_device_can_be_revoked(
    session: Session, other: Desk, desk: Desks
) -> None:
    old = device(session)
    there = replace(session, store=other.store, place=other.place)
    trust.add_card(there, trust.own_card(session))
    trust.verify(there, old, groups(old), "phone")
    with pytest.raises(problem.OwnDeviceInUse):
        trust.revoke(session, old, LOST)
    new = trust.new_keys(session)
    assert new.device != old and new.trust is Trust.OWN
    with session.store.read() as conn:
        records = {row.device: row for row in read_where(conn, Device, "1 = 1")}
    assert records[new.device].seal_key and records[new.device].retired_at is None
    shown = trust.add_card(there, trust.own_card(session))
    assert (shown.device, shown.trust, shown.new_keys) == (new.device, Trust.VERIFIED, True)
    assert Deed.VERIFY in known(there, new.device).deeds
    assert Deed.REGISTRAR_ON not in known(there, new.device).deeds
    page = trust_page.page(session)
    assert [one.colleague.device for one in page.earlier] == [old]
    assert page.earlier[0].deeds == {Deed.REVOKE}
    assert trust.revoke(session, old, LOST).trust is Trust.REVOKED
    assert isinstance(session.store.identity, DeviceIdentity)
    with session.store.write(verbs.OFFICER_CHANGED) as uow:  # the new device writes
        officer = read_where(uow.conn, Officer, "1 = 1")[0]
        uow.save(officer, officer.with_values(phone="000"))


def test_a_registrar_can_tell_this_officer_that_their_own_device_is_revoked(
    session: Session, other: Desk
) -> None:
    trust.verify(session, other.device, groups(other.device), "phone")
    trust.set_registrar(session, other.device, True)
    there = replace(session, store=other.store, place=other.place)
    trust.add_card(there, trust.own_card(session))
    trust.set_registrar(there, other.device, True)
    trust.revoke(there, device(session), LOST)
    assert not trust_page.page(session).own_revoked
    carry(other.store, session.store, other.place)
    page = trust_page.page(session)
    assert page.own_revoked and page.own.trust is Trust.OWN


def test_registrars_who_revoked_each_other_leave_one_thing_to_do(
    session: Session, other: Desk, desk: Desks
) -> None:
    second = desk("Tweede")
    trust.add_card(session, cards.render(second.card()).encode())
    for one in (other, second):
        trust.verify(session, one.device, groups(one.device), "phone")
        trust.set_registrar(session, one.device, True)
    for one, against in ((other, second), (second, other)):
        there = replace(session, store=one.store, place=one.place)
        trust.add_card(there, cards.render(against.card()).encode())
        trust.set_registrar(there, one.device, True)
        trust.revoke(there, against.device, LOST)
        carry(one.store, session.store, one.place)
    assert known(session, second.device).deeds == {Deed.REGISTRAR_OFF}
    assert trust.set_registrar(session, second.device, False).trust is Trust.REVOKED
    assert known(session, other.device).colleague.trust is Trust.VERIFIED


def test_a_store_that_is_only_read_shows_and_changes_nothing(session: Session, other: Desk) -> None:
    session.store.read_only = True
    assert known(session, other.device).deeds == frozenset()
    before = trust_page.page(session)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: trust.add_card(session, cards.render(other.card()).encode()),
        lambda: trust.verify(session, other.device, groups(other.device), "phone"),
        lambda: trust.reject(session, other.device),
        lambda: trust.vouch(session, other.device),
        lambda: trust.revoke(session, other.device, LOST),
        lambda: trust.new_keys(session),
    )
    for deed in deeds:
        with pytest.raises(ReadOnlyStore):
            deed()
    assert trust_page.page(session) == before
