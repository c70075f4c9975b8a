"""Trust: compared, vouched, inherited, revoked, rejected; and what colleagues may write without changing it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain import verbs
from app.domain.exchange_facts import Trust
from app.domain.ident import new_id
from app.domain.kinds.place import Revocation, RosterEntry
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.record import ScopeKind
from app.exchange import card as cards
from app.exchange import trust
from app.exchange.card import Card
from app.storage import identity, journal
from app.storage.journal import NewOp
from app.storage.uow import read_where
from tests.support.colleague_case import Desk, carry
from tests.support.store_fixture import NOW

Desks = Callable[[str], Desk]


def trust_of(me: Desk, device: str) -> Trust:
    with me.store.read() as conn:
        return trust.trust_of(conn, device)


def entry(whose: Card, scope: str, **changes: str | None) -> RosterEntry:
    made = RosterEntry(
        id=new_id(), scope=scope, device=whose.device, card=cards.render(whose), from_on="2026-11-23"
    )
    return made.with_values(**changes)


def vouches(registrar: Desk, whose: Card, scope: str = "", **changes: str | None) -> RosterEntry:
    made = entry(whose, scope or registrar.place, **changes)
    with registrar.store.write(verbs.VOUCHED) as uow:
        uow.add(made)
    return made


def revokes(registrar: Desk, device: str, tips: dict[str, int] | str | None = None) -> None:
    with registrar.store.read() as conn:
        told = trust.tips_of(conn, device) if tips is None else tips
    with registrar.store.write(verbs.REVOKED) as uow:
        uow.add(
            Revocation(
                id=new_id(),
                scope=registrar.place,
                device=device,
                tips=told if isinstance(told, str) else json.dumps(told),
                at="2026-11-23T10:00:00Z",
            )
        )


def rejects(me: Desk, device: str) -> None:
    with me.store.local() as conn:
        conn.exec_driver_sql("UPDATE l_peer SET rejected_at = 1 WHERE device = ?", (device,))


@pytest.fixture
def me(desk: Desks) -> Desk:
    return desk("Ik")


@pytest.fixture
def head(desk: Desks, me: Desk) -> Desk:
    """The registrar, compared by me."""
    made = desk("Registrator")
    me.knows(made, registrar=True)
    return made


@pytest.fixture
def other(desk: Desks) -> Desk:
    return desk("Collega")


def test_own_known_and_unknown_devices(me: Desk, head: Desk, other: Desk) -> None:
    assert trust_of(me, me.device) is Trust.OWN
    assert trust_of(me, head.device) is Trust.VERIFIED
    assert trust_of(me, other.device) is Trust.UNVERIFIED
    me.knows(other, verified=False)
    assert trust_of(me, other.device) is Trust.UNVERIFIED


def test_the_registrar_vouches_and_gives_the_card(me: Desk, head: Desk, other: Desk) -> None:
    vouches(head, other.card())
    assert trust_of(me, other.device) is Trust.UNVERIFIED
    carry(head.store, me.store, head.place)
    assert trust_of(me, other.device) is Trust.VOUCHED
    with me.store.read() as conn:
        assert trust.card_of(conn, other.device) == other.card()
        shown = trust.colleague(conn, other.device)
        assert (shown.name, shown.office, shown.officer) == ("Collega", "GL Verzonnen", other.officer)
        assert [one.device for one in trust.colleagues(conn)] == [other.device, head.device]


def test_a_roster_by_a_colleague_who_is_no_registrar_vouches_for_nothing(
    me: Desk, head: Desk, desk: Desks
) -> None:
    plain, other = desk("Gewoon"), desk("Collega")
    me.knows(plain)
    vouches(plain, other.card())
    carry(plain.store, me.store, plain.place)
    assert trust_of(me, other.device) is Trust.UNVERIFIED


@pytest.mark.parametrize("column", ["verified_at = NULL", "registrar = 0", "rejected_at = 1"])
def test_a_registrar_counts_only_while_compared_marked_and_not_rejected(
    me: Desk, head: Desk, other: Desk, column: str
) -> None:
    vouches(head, other.card())
    revokes(head, "ab" * 32)
    carry(head.store, me.store, head.place)
    assert trust_of(me, "ab" * 32) is Trust.REVOKED
    with me.store.local() as conn:
        conn.exec_driver_sql(f"UPDATE l_peer SET {column}")
    assert trust_of(me, other.device) is Trust.UNVERIFIED
    assert trust_of(me, "ab" * 32) is Trust.UNVERIFIED


def test_an_entry_forged_into_the_scope_of_the_registrar_vouches_for_nothing(
    me: Desk, head: Desk, desk: Desks
) -> None:
    forger, friend = desk("Vervalser"), desk("Vriend")
    me.knows(forger)
    carry(head.store, forger.store, head.place)
    vouches(forger, friend.card(), head.place)
    carry(forger.store, me.store, head.place)
    with me.store.read() as conn:
        assert read_where(conn, RosterEntry, "device = ?", (friend.device,))
    assert trust_of(me, friend.device) is Trust.UNVERIFIED


def test_what_others_write_into_an_entry_of_the_registrar_changes_nothing(
    me: Desk, head: Desk, desk: Desks
) -> None:
    forger, other, friend = desk("Vervalser"), desk("Collega"), desk("Vriend")
    me.knows(forger)
    ended = vouches(head, friend.card(), to_on="2026-11-24")
    live = vouches(head, other.card())
    carry(head.store, forger.store, head.place)
    with forger.store.write(verbs.VOUCHED) as uow:
        uow.save(ended, ended.with_values(to_on=None))
        uow.delete(live)
    carry(forger.store, me.store, head.place)
    with me.store.read() as conn:
        assert [row.device for row in read_where(conn, RosterEntry, "1 = 1")] == [friend.device]
    assert trust_of(me, friend.device) is Trust.UNVERIFIED
    assert trust_of(me, other.device) is Trust.VOUCHED


def test_an_entry_that_names_another_device_than_its_card_vouches_for_neither(
    me: Desk, head: Desk, desk: Desks
) -> None:
    one, two = desk("Een"), desk("Twee")
    vouches(head, one.card(), device=two.device)
    vouches(head, one.card(), card="geen kaart")
    carry(head.store, me.store, head.place)
    assert trust_of(me, one.device) is trust_of(me, two.device) is Trust.UNVERIFIED


def test_an_entry_ends_when_the_registrar_ends_or_removes_it_whatever_the_clock(
    me: Desk, head: Desk, desk: Desks
) -> None:
    one, two = desk("Een"), desk("Twee")
    first, second = vouches(head, one.card()), vouches(head, two.card())
    carry(head.store, me.store, head.place)
    assert trust_of(me, one.device) is trust_of(me, two.device) is Trust.VOUCHED
    with head.store.write(verbs.VOUCH_ENDED) as uow:
        uow.save(first, first.with_values(to_on="2099-01-01"))
        uow.delete(second)
    carry(head.store, me.store, head.place)
    assert trust_of(me, one.device) is trust_of(me, two.device) is Trust.UNVERIFIED


def test_this_device_vouches_only_while_it_is_registrar(me: Desk, other: Desk) -> None:
    vouches(me, other.card())
    assert trust_of(me, other.device) is Trust.UNVERIFIED
    with me.store.local() as conn:
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES('registrar', '1')")
    assert trust_of(me, other.device) is Trust.VOUCHED


# -- revocation -----------------------------------------------------------------------------------------------------


def test_a_revoked_device_is_valid_up_to_what_the_registrar_held(me: Desk, head: Desk, other: Desk) -> None:
    carry(other.store, head.store, other.place)
    me.knows(other)
    with other.store.read() as conn:
        held = conn.exec_driver_sql("SELECT seq FROM j_stream").scalar_one()
    revokes(head, other.device)
    carry(head.store, me.store, head.place)
    assert trust_of(me, other.device) is Trust.REVOKED
    with me.store.read() as conn:
        assert trust.valid_up_to(conn, other.device, other.place, "kern") == held > 0
        assert trust.valid_up_to(conn, other.device, other.place, "gezondheid") == 0
        assert trust.valid_up_to(conn, other.device, new_id(), "kern") == 0
        assert trust.valid_up_to(conn, head.device, other.place, "kern") is None


def test_a_revocation_by_somebody_else_binds_nobody(me: Desk, head: Desk, other: Desk) -> None:
    me.knows(other)
    revokes(other, head.device)
    carry(other.store, me.store, other.place)
    assert trust_of(me, head.device) is Trust.VERIFIED
    with me.store.read() as conn:
        assert trust.valid_up_to(conn, head.device, new_id(), "kern") is None


def test_a_revocation_stays_when_somebody_removes_its_record(me: Desk, head: Desk, other: Desk) -> None:
    revokes(head, other.device)
    carry(head.store, other.store, head.place)
    with other.store.write(verbs.REVOKED) as uow:
        written = read_where(uow.conn, Revocation, "1 = 1")[0]
        seen = state_of(journal.ops_of(uow.conn, [written.id])[written.id]).live_dots()
        uow.write(
            NewOp(
                kind="revocation",
                record=written.id,
                scope=written.scope,
                scope_kind=ScopeKind.PLACE,
                cells={DELETED: 1},
                parents={DELETED: seen},
            )
        )
    carry(other.store, me.store, head.place)
    with me.store.read() as conn:
        assert not read_where(conn, Revocation, "1 = 1")
    assert trust_of(me, other.device) is Trust.REVOKED


def test_two_revocations_of_one_device_leave_what_both_allow(me: Desk, head: Desk, other: Desk) -> None:
    name = trust.tip_name(other.place, "kern")
    revokes(head, other.device, {name: 9})
    revokes(head, other.device, {name: 4})
    carry(head.store, me.store, head.place)
    with me.store.read() as conn:
        assert trust.valid_up_to(conn, other.device, other.place, "kern") == 4


@pytest.mark.parametrize(
    "tips", ["", "geen json", "[1]", "[" * 5000, '{"x": "9"}', '{"x": -1}', '{"x": true}']
)
def test_tips_that_cannot_be_read_say_that_nothing_is_valid(
    me: Desk, head: Desk, other: Desk, tips: str
) -> None:
    revokes(head, other.device, tips.replace("x", trust.tip_name(other.place, "kern")))
    carry(head.store, me.store, head.place)
    with me.store.read() as conn:
        assert trust.valid_up_to(conn, other.device, other.place, "kern") == 0


def test_own_retired_device_can_be_revoked_and_the_active_one_stays_own(me: Desk) -> None:
    old = me.renew()
    assert trust_of(me, old) is Trust.OWN
    revokes(me, old)
    assert trust_of(me, old) is Trust.REVOKED
    revokes(me, me.device)
    assert trust_of(me, me.device) is Trust.OWN


def test_the_stolen_laptop_of_a_registrar_revokes_and_vouches_for_nobody_any_more(
    me: Desk, head: Desk, desk: Desks
) -> None:
    second, early, late = desk("Tweede registrator"), desk("Vroeg"), desk("Laat")
    me.knows(second, registrar=True)
    vouches(head, early.card())
    carry(head.store, second.store, head.place)
    revokes(second, head.device)
    carry(second.store, head.store, second.place)  # the thief sees it, and strikes back
    revokes(head, second.device)
    vouches(head, late.card())
    for source in (head, second):
        carry(source.store, me.store, source.place)
    assert trust_of(me, head.device) is Trust.REVOKED
    assert trust_of(me, second.device) is Trust.VERIFIED
    assert trust_of(me, early.device) is Trust.VOUCHED
    assert trust_of(me, late.device) is Trust.UNVERIFIED


def test_registrars_who_revoke_each_other_unseen_are_both_revoked_until_one_loses_the_mark(
    me: Desk, head: Desk, desk: Desks
) -> None:
    second = desk("Tweede registrator")
    me.knows(second, registrar=True)
    revokes(second, head.device)
    revokes(head, second.device)
    for source in (head, second):
        carry(source.store, me.store, source.place)
    assert trust_of(me, head.device) is trust_of(me, second.device) is Trust.REVOKED
    with me.store.local() as conn:
        conn.exec_driver_sql("UPDATE l_peer SET registrar = 0 WHERE device = ?", (head.device,))
    assert trust_of(me, head.device) is Trust.REVOKED
    assert trust_of(me, second.device) is Trust.VERIFIED


# -- new keys -------------------------------------------------------------------------------------------------------


def test_new_keys_signed_by_the_old_count_through_any_number_of_steps(me: Desk, other: Desk) -> None:
    me.knows(other)
    for _step in range(3):
        other.renew()
        me.knows(other, verified=False)
        assert trust_of(me, other.device) is Trust.VERIFIED
    with me.store.read() as conn:
        shown = trust.colleague(conn, other.device)
        assert shown.new_keys and shown.verified_at is None and not shown.registrar


def test_new_keys_told_by_a_file_count_without_a_card(me: Desk, other: Desk) -> None:
    me.knows(other)
    other.renew()
    with other.store.write(verbs.OFFICER_CHANGED) as uow:
        uow.add(entry(other.card(), other.place))
    carry(other.store, me.store, other.place)
    assert trust_of(me, other.device) is Trust.VERIFIED


def test_new_keys_of_somebody_on_the_roster_are_vouched_for(me: Desk, head: Desk, other: Desk) -> None:
    vouches(head, other.card())
    carry(head.store, me.store, head.place)
    other.renew()
    me.knows(other, verified=False)
    assert trust_of(me, other.device) is Trust.VOUCHED


def test_new_keys_of_a_registrar_must_be_compared_before_they_speak_for_others(
    me: Desk, head: Desk, other: Desk
) -> None:
    head.renew()
    me.knows(head, verified=False)
    vouches(head, other.card())
    carry(head.store, me.store, head.place)
    assert trust_of(me, head.device) is Trust.VERIFIED
    assert trust_of(me, other.device) is Trust.UNVERIFIED
    me.knows(head, registrar=True)
    assert trust_of(me, other.device) is Trust.VOUCHED


def test_new_keys_after_a_revocation_or_rejection_are_to_be_compared_anew(
    me: Desk, head: Desk, desk: Desks
) -> None:
    stolen, unwanted = desk("Gestolen"), desk("Ongewenst")
    me.knows(stolen, unwanted)
    revokes(head, stolen.device)
    carry(head.store, me.store, head.place)
    rejects(me, unwanted.device)
    for one in (stolen, unwanted):
        one.renew()
        me.knows(one, verified=False)
        assert trust_of(me, one.device) is Trust.UNVERIFIED
        me.knows(one)
        assert trust_of(me, one.device) is Trust.VERIFIED


def test_of_an_heir_of_a_revoked_device_nothing_is_taken_until_it_is_trusted_by_itself(
    me: Desk, head: Desk, other: Desk
) -> None:
    old = other.device
    me.knows(other)
    other.renew()
    carry(other.store, me.store, other.place)
    with other.store.write(verbs.OFFICER_CHANGED) as uow:
        uow.add(entry(other.card(), other.place))
    carry(other.store, me.store, other.place)
    assert _limit(me, other) is None
    revokes(head, old)
    carry(head.store, me.store, head.place)
    assert _limit(me, other) == 0
    vouches(head, other.card())
    carry(head.store, me.store, head.place)
    assert trust_of(me, other.device) is Trust.VOUCHED
    assert _limit(me, other) is None


def _limit(me: Desk, other: Desk) -> int | None:
    with me.store.read() as conn:
        return trust.valid_up_to(conn, other.device, other.place, "kern")


def test_a_claim_to_be_somebody_s_new_keys_without_their_signature_is_nothing(me: Desk, desk: Desks) -> None:
    known, thief = desk("Bekend"), desk("Dief")
    me.knows(known)
    claimed = cards.make(
        sign_key=thief.identity.public,
        seal_public=thief.identity.seal_public,
        sign=thief.identity.sign,
        name=known.name,
        office="GL Verzonnen",
        officer=known.officer,
        now=NOW,
        heir=(known.device, thief.identity.sign(b"x")),
    )
    with me.store.local() as conn:
        trust.keep_card(conn, claimed)
    assert trust_of(me, thief.device) is Trust.UNVERIFIED


def test_two_devices_that_claim_each_other_end_the_question(me: Desk, desk: Desks) -> None:
    one, two = desk("Een"), desk("Twee")
    with me.store.local() as conn:
        for here, there in ((one, two), (two, one)):
            heir = (there.device, there.identity.sign(identity.heir_message(here.device)))
            made = cards.make(
                sign_key=here.identity.public,
                seal_public=here.identity.seal_public,
                sign=here.identity.sign,
                name=here.name,
                office="",
                officer=here.officer,
                now=NOW,
                heir=heir,
            )
            trust.keep_card(conn, made)
    assert trust_of(me, one.device) is trust_of(me, two.device) is Trust.UNVERIFIED


# -- rejected, kept cards ------------------------------------------------------------------------------------------


def test_rejecting_is_stronger_than_comparing_and_vouching(me: Desk, head: Desk, other: Desk) -> None:
    me.knows(other)
    vouches(head, other.card())
    carry(head.store, me.store, head.place)
    rejects(me, other.device)
    assert trust_of(me, other.device) is Trust.REJECTED


def test_a_newer_card_is_kept_without_changing_trust_and_an_older_one_is_not(me: Desk, other: Desk) -> None:
    me.knows(other)
    newer = _dated(other, "Collega Anders", 1)
    with me.store.local() as conn:
        trust.keep_card(conn, newer)
        trust.keep_card(conn, _dated(other, "Collega Oud", -1))
        assert trust.card_of(conn, other.device) == newer
        assert trust.trust_of(conn, other.device) is Trust.VERIFIED


def _dated(one: Desk, name: str, days: int) -> Card:
    return cards.make(
        sign_key=one.identity.public,
        seal_public=one.identity.seal_public,
        sign=one.identity.sign,
        name=name,
        office="GL Verzonnen",
        officer=one.officer,
        now=NOW + timedelta(days=days),
    )


def test_a_device_that_is_not_known_has_groups_and_no_name(me: Desk) -> None:
    with me.store.read() as conn:
        shown = trust.colleague(conn, "ab" * 32)
        assert (shown.name, shown.trust, len(shown.groups)) == ("", Trust.UNVERIFIED, 6)
        own = trust.colleague(conn, me.device)
        assert (own.name, own.office, own.officer) == ("Ik", "GL Verzonnen", me.officer)
