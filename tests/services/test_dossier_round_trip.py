"""Out, in at an empty store, out again: the same bytes. And what never goes out at all."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.load import Content
from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership, Owner
from app.domain.kinds.place import Officer
from app.domain.kinds.sensitive import DelicateFact, HealthFact, OwnNote, SecretAddress
from app.domain.record import Compartment, Record
from app.services.dossier_export import Choice, CompartmentStays, present_persons
from app.services.families import NoSuchDossier
from app.services.session import Session
from app.storage.project import differences
from app.storage.store import Store
from tests.support.dossier_files import EVERYTHING, into, out_of
from tests.support.family import add, register
from tests.support.made_up_record import families, id_of, scopes_of
from tests.support.session_fixture import Clock
from tests.support.store_fixture import OFFICER, PLACE, StoreFile

MakeStoreFile = Callable[[str], StoreFile]
CODES = ("basis antwoord.ja", "basis geslacht.v", "fasen fase.actie", "gesprek gesprek.eerste", "landen AM")
_number = itertools.count()


def session_on(store: Store, content: Content) -> Session:
    store.packs = content.short_packs
    return Session(
        store=store,
        content=content,
        officer=OFFICER,
        officer_name="Robin Voorbeeld",
        location="Gezinslocatie Voorbeeld",
        place=PLACE,
        number_prefix="TEST",
        now=Clock(),
    )


def write(store: Store, records: tuple[Record, ...]) -> None:
    with store.write(verbs.FAMILY_REGISTERED) as uow:
        for kind, scope in scopes_of(records):
            uow.new_scope(kind, scope=scope)
        for record in records:
            uow.add(record)


@settings(max_examples=25)
@given(data=st.data())
def test_export_import_export_gives_the_same_bytes(
    make_store_file: MakeStoreFile, content: Content, data: st.DataObject
) -> None:
    codes = [f"{pack} {content.ref(pack, code)}" for pack, code in (text.split() for text in CODES)]
    codes.append("basis 0123456789abcdef:antwoord.nergens-bekend")
    records = data.draw(families(codes))
    first = session_on(make_store_file(f"first {next(_number)}").open(), content)
    second = session_on(make_store_file(f"second {next(_number)}").open(), content)
    try:
        write(first.store, records)
        file = out_of(first, compartments=EVERYTHING)
        into(second, file)
        assert out_of(second, compartments=EVERYTHING) == file
        with second.store.read() as conn:
            assert differences(conn) == []
    finally:
        first.store.close()
        second.store.close()


def test_officers_that_a_dossier_names_go_along_and_others_do_not(
    session: Session, make_store_file: MakeStoreFile
) -> None:
    family = register(session.store)
    named, other = (Officer(id=new_id(), scope=PLACE, name=name) for name in ("Kim Genoemd", "Pim Ongenoemd"))
    add(session.store, named, other, Owner(id=new_id(), scope=family.dossier, officer=named.id))
    file = out_of(session)
    assert b"Kim Genoemd" in file
    assert b"Pim Ongenoemd" not in file
    second = session_on(make_store_file("second").open(), session.content)
    into(second, file)
    assert out_of(second) == file
    second.store.close()


MARKS = {
    Compartment.GEZONDHEID: "merk-gezondheid",
    Compartment.ASIEL_STRAF: "merk-asiel",
    Compartment.VEILIG_ADRES: "merk-adres",
    Compartment.EIGEN: "merk-eigen",
}


@pytest.fixture
def marked(session: Session) -> Session:
    family = register(session.store)
    person = family.persons[0]
    add(
        session.store,
        HealthFact(id=new_id(), scope=person, body=MARKS[Compartment.GEZONDHEID]),
        DelicateFact(id=new_id(), scope=person, body=MARKS[Compartment.ASIEL_STRAF]),
        SecretAddress(id=new_id(), scope=person, address=MARKS[Compartment.VEILIG_ADRES]),
        OwnNote(id=new_id(), scope=family.dossier, body=MARKS[Compartment.EIGEN]),
    )
    return session


@pytest.mark.parametrize("chosen", [frozenset({part}) for part in EVERYTHING] + [EVERYTHING])
def test_no_byte_of_a_compartment_that_was_not_chosen(
    marked: Session, chosen: frozenset[Compartment]
) -> None:
    file = out_of(marked, compartments=chosen)
    for part, mark in MARKS.items():
        assert (mark.encode() in file) == (part in chosen)


def test_own_notes_cannot_even_be_chosen(marked: Session) -> None:
    with pytest.raises(CompartmentStays):
        out_of(marked, compartments=frozenset({Compartment.EIGEN}))


def test_scope_keys_devices_and_disclosures_stay(marked: Session) -> None:
    with marked.store.read() as conn:
        keys = [key for (key,) in conn.exec_driver_sql("SELECT key FROM r_scope")]
        devices = [device for (device,) in conn.exec_driver_sql("SELECT DISTINCT device FROM r_access")]
    out_of(marked)
    file = out_of(marked, compartments=EVERYTHING)
    assert keys
    assert not [secret for secret in keys + devices if secret.encode() in file]
    assert b'"disclosure"' not in file


def test_each_export_is_written_down(session: Session) -> None:
    family = register(session.store)
    out_of(session, family.dossier)
    with session.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT scope, about, officer FROM r_disclosure").all()
    assert rows == [(family.dossier, family.dossier, "Robin Voorbeeld")]


def test_only_chosen_dossiers_go_out_and_an_unknown_one_is_refused(session: Session) -> None:
    chosen, other = register(session.store, "Gekozen"), register(session.store, "Anderen")
    file = out_of(session, chosen.dossier)
    assert b"Gekozen" in file
    assert b"Anderen" not in file
    assert other.persons[0].encode() not in file
    with pytest.raises(NoSuchDossier):
        out_of(session, id_of("nobody"))


def test_a_shielded_person_goes_along_with_their_own_dossier_only(session: Session) -> None:
    old, new = register(session.store, "Oud"), register(session.store, "Nieuw")
    person = old.persons[0]
    add(session.store, Membership(id=new_id(), scope=new.dossier, person=person, shielded=1))
    with session.store.read() as conn:
        assert person not in present_persons(conn, [old.dossier])
        assert person in present_persons(conn, [new.dossier])


def test_members_who_left_stay_out(session: Session) -> None:
    family = register(session.store)
    left = Membership(id=new_id(), scope=family.dossier, person=register(session.store).persons[0], to_on="?")
    add(session.store, left)
    with session.store.read() as conn:
        assert present_persons(conn, [family.dossier]) == [family.persons[0]]


def test_the_same_store_gives_the_same_bytes_twice(session: Session) -> None:
    register(session.store)
    assert out_of(session) == out_of(session)


def test_choice_means_the_usual_parts_by_default() -> None:
    assert Choice().compartments == {Compartment.KERN, Compartment.WERKWIJZE}
