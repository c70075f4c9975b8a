"""Dropped and destroyed among colleagues: with real files between real stores."""

from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.exchange_facts import Hold
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership, Owner
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import OwnNote
from app.domain.record import Compartment, ScopeKind
from app.exchange import destruction
from app.services import give, removal, take
from app.services.gate import device_record
from app.services.held_elsewhere import Behind, NotHeldElsewhere, PartsNotHeld
from app.storage import chain, project
from app.storage.uow import read
from tests.support.family import add
from tests.support.package_case import ALL, MadeFamily, Office


def owned(office: Office, title: str = "Verzonnen") -> MadeFamily:
    """A family whose owner is the officer of this office."""
    family = office.family(title)
    add(
        office.desk.store,
        Owner(id=new_id(), scope=family.dossier, officer=office.session.officer, from_on="2026-11-01"),
        device_record(office.desk.identity, office.desk.place, office.session.now()),
    )
    return family


def bring(source: Office, target: Office, family: MadeFamily, *, full: bool = False) -> None:
    take.accept(target.session, source.give(target, dossiers=(family.dossier,), parts=ALL, full=full))


def receipt(source: Office, target: Office) -> None:
    """`source` tells `target` what it holds."""
    take.accept(
        target.session, Path(give.receipt(source.session, target.desk.device, source.folder).files[0])
    )


def has(office: Office, scope: str) -> bool:
    with office.desk.store.read() as conn:
        return conn.exec_driver_sql("SELECT 1 FROM j_stream WHERE scope = ?", (scope,)).first() is not None


def retitle(office: Office, family: MadeFamily, title: str) -> None:
    with office.desk.store.read() as conn:
        before = read(conn, Dossier, family.dossier)
    assert before is not None
    with office.desk.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.save(before, before.with_values(title=title))


def healthy(office: Office) -> None:
    with office.desk.store.read() as conn:
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def reason(office: Office) -> str:
    return removal.reasons(office.session)[0]


# -- dropping ---------------------------------------------------------------------------------------------------------


def test_a_family_that_nobody_else_holds_cannot_be_dropped(anna: Office, bram: Office) -> None:
    family = owned(anna)
    with pytest.raises(NotHeldElsewhere) as refused:
        removal.drop(anna.session, family.dossier)
    assert refused.value.params == {"parts": "Gezin, papieren en vertrek, Gezondheid"}
    bring(anna, bram, family)
    assert not removal.may_drop(anna.session, family.dossier).allowed  # sent is not held
    with pytest.raises(NotHeldElsewhere):
        removal.drop(anna.session, family.dossier)
    assert has(anna, family.dossier)


def test_after_the_receipt_it_may_go_and_may_come_back(anna: Office, bram: Office) -> None:
    family = owned(anna)
    bring(anna, bram, family)
    receipt(bram, anna)
    check = removal.may_drop(anna.session, family.dossier)
    assert (
        check.allowed
        and check.holders == ("Bram",)
        and [one.person for one in check.going] == [family.person]
    )
    removal.drop(anna.session, family.dossier)
    assert not has(anna, family.dossier) and not has(anna, family.person)
    healthy(anna)
    retitle(bram, family, "Verder")
    bring(bram, anna, family, full=True)
    with anna.desk.store.read() as conn:
        back = read(conn, Dossier, family.dossier)
    assert back is not None and back.title == "Verder"
    retitle(anna, family, "Weer thuis")
    bring(anna, bram, family)
    with bram.desk.store.read() as conn:
        there = read(conn, Dossier, family.dossier)
    assert there is not None and there.title == "Weer thuis"
    healthy(anna)
    healthy(bram)


def test_one_change_after_the_receipt_is_one_change_missing(anna: Office, bram: Office) -> None:
    family = owned(anna)
    bring(anna, bram, family)
    receipt(bram, anna)
    retitle(anna, family, "Net veranderd")
    check = removal.may_drop(anna.session, family.dossier)
    assert not check.allowed and check.behind == (
        Behind(name="Bram", changes=1, parts=frozenset({Compartment.KERN})),
    )
    with pytest.raises(NotHeldElsewhere):
        removal.drop(anna.session, family.dossier)


def test_a_compartment_that_was_not_given_is_missing_too(anna: Office, bram: Office) -> None:
    family = owned(anna)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    receipt(bram, anna)
    (bram_lacks,) = removal.may_drop(anna.session, family.dossier).behind
    assert bram_lacks.parts == {Compartment.GEZONDHEID}
    with pytest.raises(PartsNotHeld) as refused:
        removal.drop(anna.session, family.dossier)
    assert refused.value.params == {"name": "Bram", "parts": "Gezondheid"}
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,), parts=bram_lacks.parts))
    receipt(bram, anna)
    removal.drop(anna.session, family.dossier)
    assert not has(anna, family.dossier)


def test_a_colleague_who_is_no_longer_trusted_holds_nothing(anna: Office, bram: Office) -> None:
    family = owned(anna)
    bring(anna, bram, family)
    receipt(bram, anna)
    with anna.desk.store.local() as conn:
        conn.exec_driver_sql("UPDATE l_peer SET rejected_at = 1")
    assert not removal.may_drop(anna.session, family.dossier).allowed


def test_own_marks_are_asked_about(anna: Office, bram: Office) -> None:
    family = owned(anna)
    add(anna.desk.store, OwnNote(id=new_id(), scope=family.dossier, body="Alleen van mij"))
    bring(anna, bram, family)
    receipt(bram, anna)
    assert removal.may_drop(anna.session, family.dossier).own_marks == 1
    with pytest.raises(removal.OwnMarksStay):
        removal.drop(anna.session, family.dossier)
    assert has(anna, family.dossier)
    removal.drop(anna.session, family.dossier, with_own_marks=True)
    assert not has(anna, family.dossier)


def test_a_person_of_another_family_stays(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    add(anna.desk.store, Membership(id=new_id(), scope=other.dossier, person=family.person, to_on="2020"))
    bring(anna, bram, family)
    receipt(bram, anna)
    removal.drop(anna.session, family.dossier)
    assert has(anna, family.person) and not has(anna, family.dossier)
    with anna.desk.store.read() as conn:
        assert read(conn, Person, family.person) is not None
    healthy(anna)


def test_what_was_set_apart_keeps_a_family_here(anna: Office, bram: Office) -> None:
    family = owned(anna)
    bring(anna, bram, family)
    receipt(bram, anna)
    with anna.desk.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_quarantine(scope, compartment, device, from_seq, seq, tip, signature, body, reason, sender,"
            " at) VALUES(?, 'kern', 'd', 0, 1, x'', x'', '', 'revoked', '', 1)",
            (family.dossier,),
        )
    with pytest.raises(removal.SetApartFirst):
        removal.drop(anna.session, family.dossier)


# -- destroying -------------------------------------------------------------------------------------------------------


def test_only_the_owner_or_the_registrar_may_destroy(anna: Office, bram: Office) -> None:
    family = owned(anna)
    bring(anna, bram, family)
    assert removal.may_destroy(bram.session, family.dossier).why_not == removal.NOT_OWNER
    with pytest.raises(removal.MayNotDestroy):
        removal.destroy(bram.session, family.dossier, reason(bram))
    with bram.desk.store.local() as conn:
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES('registrar', '1')")
    assert removal.may_destroy(bram.session, family.dossier).allowed


def test_who_does_not_hold_all_of_it_may_not_destroy(anna: Office, bram: Office) -> None:
    family = owned(anna)
    bring(anna, bram, family)
    receipt(bram, anna)
    with anna.desk.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_have VALUES(?, ?, 'veilig-adres', ?, 2)",
            (bram.desk.device, family.dossier, "d" * 64),
        )
    assert removal.may_destroy(anna.session, family.dossier).why_not == removal.NOT_ALL


def test_a_disputed_owner_may_not_destroy(anna: Office, bram: Office) -> None:
    family = owned(anna)
    add(anna.desk.store, Owner(id=new_id(), scope=family.dossier, officer=bram.session.officer))
    assert not removal.may_destroy(anna.session, family.dossier).allowed


def test_a_destruction_asks_for_a_reason_of_the_list(anna: Office) -> None:
    family = owned(anna)
    with pytest.raises(removal.ReasonMissing):
        removal.destroy(anna.session, family.dossier, "zomaar")
    assert has(anna, family.dossier)


def test_a_destroyed_family_goes_where_its_file_went_after_the_word_of_the_officer(
    anna: Office, bram: Office
) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    bring(anna, bram, other)
    receipt(bram, anna)
    old_stick = anna.give(bram, dossiers=(family.dossier,), parts=ALL, full=True)
    removal.destroy(anna.session, family.dossier, reason(anna), persons=[family.person])
    assert not has(anna, family.dossier) and not has(anna, family.person)
    bring(anna, bram, other)
    assert has(bram, family.dossier)
    found = removal.waiting(bram.session)
    assert {row.scope for row in found} == {family.dossier, family.person}
    assert all(row.entitled and row.days_left == 13 and row.by == "Anna" for row in found)
    for row in found:
        removal.accept_destruction(bram.session, row.scope)
    assert not has(bram, family.dossier) and not has(bram, family.person) and has(bram, other.dossier)
    assert removal.waiting(bram.session) == ()
    take.accept(bram.session, old_stick)
    take.accept(anna.session, bram.give(anna, dossiers=(other.dossier,), parts=ALL))
    for office in (anna, bram):
        assert not has(office, family.dossier) and not has(office, family.person)
        healthy(office)


def test_what_the_destroyer_had_not_seen_is_listed_where_it_was_written_and_where_it_arrives(
    anna: Office, bram: Office
) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    retitle(bram, family, "Ongezien")
    late = bram.give(anna, dossiers=(family.dossier,), parts=ALL)
    removal.destroy(anna.session, family.dossier, reason(anna))
    bring(anna, bram, other)
    assert next(row.unseen for row in removal.waiting(bram.session)) > 0
    removal.accept_destruction(bram.session, family.dossier)
    take.accept(anna.session, late)
    for office in (anna, bram):
        with office.desk.store.read() as conn:
            rows = conn.exec_driver_sql(
                "SELECT reason, body FROM l_quarantine WHERE scope = ?", (family.dossier,)
            ).all()
        assert {row[0] for row in rows} == {str(Hold.DESTROYED)}
        assert any("Ongezien" in row[1] for row in rows)
        assert not has(office, family.dossier)


def test_destroying_a_family_leaves_its_persons(anna: Office) -> None:
    family = owned(anna)
    removal.destroy(anna.session, family.dossier, reason(anna))
    assert has(anna, family.person)
    healthy(anna)


def test_a_member_of_another_family_cannot_go_along(anna: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    add(anna.desk.store, Membership(id=new_id(), scope=other.dossier, person=family.person))
    assert [one.person for one in removal.may_destroy(anna.session, family.dossier).staying] == [
        family.person
    ]
    with pytest.raises(removal.PersonLivesElsewhere):
        removal.destroy(anna.session, family.dossier, reason(anna), persons=[family.person])
    assert has(anna, family.dossier)


def test_a_laptop_that_knows_another_family_of_a_person_lists_it_instead(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    elsewhere = owned(bram, "Elders")
    add(bram.desk.store, Membership(id=new_id(), scope=elsewhere.dossier, person=family.person))
    removal.destroy(anna.session, family.dossier, reason(anna), persons=[family.person])
    bring(anna, bram, other)
    person = next(row for row in removal.waiting(bram.session) if row.scope == family.person)
    assert person.lives_elsewhere and person.days_left is None
    with pytest.raises(removal.PersonLivesElsewhere):
        removal.accept_destruction(bram.session, family.person)
    removal.accept_destruction(bram.session, family.dossier)
    assert has(bram, family.person)


def test_an_order_of_who_is_not_the_owner_waits_for_ever(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    with bram.desk.store.local() as conn:
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES('registrar', '1')")
    removal.destroy(bram.session, family.dossier, reason(bram))  # Anna does not know Bram as registrar
    bring(anna, bram, other)
    take.accept(anna.session, bram.give(anna, dossiers=(other.dossier,), parts=ALL))
    found = removal.waiting(anna.session)
    assert [(row.entitled, row.days_left) for row in found] == [(False, None)]
    removal.accept_destruction(anna.session, family.dossier)
    assert not has(anna, family.dossier)
    with pytest.raises(removal.NothingWaits):
        removal.accept_destruction(anna.session, family.dossier)


def test_a_file_that_brought_a_destruction_is_not_taken_back(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    removal.destroy(anna.session, family.dossier, reason(anna))
    taken = take.accept(bram.session, anna.give(bram, dossiers=(other.dossier,), parts=ALL))
    assert not taken.may_go_back
    with bram.desk.store.read() as conn:
        assert len(destruction.waiting(conn)) == 1


def test_an_order_reaches_a_colleague_whose_laptop_was_replaced(anna: Office, bram: Office) -> None:
    """New keys, or a backup that was put back, make a new device; it has what the old one was given."""
    family, other = owned(anna), owned(anna, "Blijft")
    bring(anna, bram, family)
    bram.desk.renew()
    anna.desk.knows(bram.desk)
    receipt(bram, anna)
    removal.destroy(anna.session, family.dossier, reason(anna))
    bring(anna, bram, other)
    with bram.desk.store.read() as conn:
        assert [one.scope for one in destruction.waiting(conn)] == [family.dossier]


# -- one person -------------------------------------------------------------------------------------------------------


def second_member(office: Office, family: MadeFamily, name: str = "Tweede") -> str:
    """Another member of a family; their id."""
    with office.desk.store.write(verbs.MEMBER_ADDED) as uow:
        person = uow.new_scope(ScopeKind.PERSON)
        uow.add(Person(id=person, scope=person, family_name=name))
        uow.add(Membership(id=new_id(), scope=family.dossier, person=person))
    return person


def test_one_person_is_destroyed_and_the_family_stays_here_and_with_a_colleague(
    anna: Office, bram: Office
) -> None:
    family = owned(anna)
    other = second_member(anna, family)
    bring(anna, bram, family)
    receipt(bram, anna)
    removal.destroy_person(anna.session, family.dossier, family.person, reason(anna))
    assert not has(anna, family.person) and has(anna, family.dossier) and has(anna, other)
    with anna.desk.store.read() as conn:
        members = conn.exec_driver_sql("SELECT person FROM r_membership").scalars().all()
        counted = conn.exec_driver_sql("SELECT adults + children + age_unknown FROM d_summary").scalar_one()
    assert members == [other] and counted == 1
    assert anna.session.store.next_undo() is None or anna.session.store.undo() is not None
    assert not has(anna, family.person), "nothing brings it back"
    bring(anna, bram, family)
    (asked,) = removal.waiting(bram.session)
    assert (asked.scope, asked.dossier, asked.entitled, asked.lives_elsewhere) == (
        family.person,
        family.dossier,
        True,
        False,
    )
    assert has(bram, family.person), "not before the officer's word"
    removal.accept_destruction(bram.session, family.person)
    assert not has(bram, family.person) and has(bram, family.dossier) and has(bram, other)
    for office in (anna, bram):
        healthy(office)


def test_who_belongs_to_another_family_or_none_is_not_destroyed_alone(anna: Office, bram: Office) -> None:
    family, elsewhere = owned(anna), owned(anna, "Elders")
    add(anna.desk.store, Membership(id=new_id(), scope=elsewhere.dossier, person=family.person))
    for person in (family.person, elsewhere.person, new_id()):
        with pytest.raises(removal.PersonLivesElsewhere):
            removal.destroy_person(anna.session, family.dossier, person, reason(anna))
    with pytest.raises(removal.ReasonMissing):
        removal.destroy_person(anna.session, elsewhere.dossier, elsewhere.person, "")
    bring(anna, bram, elsewhere)
    with pytest.raises(removal.MayNotDestroy):
        removal.destroy_person(bram.session, elsewhere.dossier, elsewhere.person, reason(bram))
    assert has(anna, family.person) and has(anna, elsewhere.person) and has(bram, elsewhere.person)
