"""A colleague with keys of their own who means harm, and laptops that were copied: set apart, or refused whole."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.canon import tip_message
from app.domain.clock import moment_text
from app.domain.exchange_facts import Hold
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.person import Alias, Person
from app.domain.kinds.place import Access, Redaction, Scope
from app.domain.record import ScopeKind
from app.exchange import set_apart, trust
from app.exchange.problem import DangerousPackage, ForkedPackage
from app.services import clear_up, take
from app.storage import chain, project, redaction
from app.storage.access import heirs
from app.storage.engine import open_engines
from app.storage.identity import heir_message
from app.storage.store import Store
from app.storage.uow import read
from tests.support.package_case import MadeFamily, Office, refused, take_apart
from tests.support.store_fixture import test_key


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """Anna's."""
    return anna.family()


@pytest.fixture
def uninvited(anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily) -> Office:
    """Carla, who has what Anna wrote of the family, and not Bram's word that she may write in it."""
    carla = office("Carla")
    carla.desk.knows(bram.desk, anna.desk)
    anna.desk.knows(carla.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    bram.desk.knows(carla.desk)
    passed = take_apart(bram.give(carla, dossiers=(family.dossier,)), carla)
    word = passed.number_of(bram)
    own = passed.without(lambda segment: segment[2] == word)
    take.accept(carla.session, own.pack(bram, carla.folder / "zonder.regiemap", carla))
    return carla


def test_a_record_of_another_family_cannot_be_written_through_its_id(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    """Carla may write her own family; an op there that names Anna's record must not reach Anna's family."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    own = carla.family("Van Carla")
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(replace(family.alias, scope=own.person, family_name="Overgeschreven"))
    path = carla.give(bram, dossiers=(own.dossier,))
    refused(bram, path, DangerousPackage)
    with bram.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
    assert found is not None and found.family_name == "Verzonnen-ander"


@pytest.mark.parametrize("again", ["all of it", "the word alone"])
def test_who_was_not_let_in_is_set_apart_and_comes_in_once_let_in(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily, again: str
) -> None:
    """Dave passes on what he wrote; Anna never heard that he may, until Carla's word comes along. What waited comes
    in with it, whether that file brings it again or not."""
    carla = office("Carla")
    for one, other in ((bram, carla), (carla, bram), (anna, carla), (carla, anna)):
        one.desk.knows(other.desk)
    take.accept(carla.session, anna.give(carla, dossiers=(family.dossier,)))
    carla.change(family.alias, family_name="Van Carla")
    dave = office("Dave")
    for one, other in ((carla, dave), (dave, carla), (dave, anna), (anna, dave)):
        one.desk.knows(other.desk)
    take.accept(dave.session, carla.give(dave, dossiers=(family.dossier,)))
    dave.change(family.alias, source="Van Dave")
    whole = take_apart(dave.give(anna, dossiers=(family.dossier,)), anna)
    word = whole.number_of(carla)
    without = whole.without(lambda segment: segment[2] == word)
    path = without.pack(dave, dave.folder / "zonder.regiemap", anna)
    seen = take.look(anna.session, path)
    assert seen.set_apart and any(Hold.NO_ACCESS in one.holds for one in seen.families)
    take.accept(anna.session, path)
    with anna.desk.store.read() as conn:
        assert [kept.key.device for kept in set_apart.all_of(conn)] == [dave.desk.device] * len(
            set_apart.all_of(conn)
        )
        found = read(conn, Alias, family.alias.id)
        assert found is not None and found.source is None
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()
    path = dave.give(anna, dossiers=(family.dossier,), full=True)
    if again == "the word alone":
        whole = take_apart(path, anna)
        word = whole.number_of(carla)
        path = whole.without(lambda segment: segment[2] != word).pack(dave, path, anna)
    take.accept(anna.session, path)
    with anna.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
        assert found is not None and (found.family_name, found.source) == ("Van Carla", "Van Dave")
        assert set_apart.all_of(conn) == ()
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_a_device_cannot_let_itself_in(anna: Office, uninvited: Office, family: MadeFamily) -> None:
    with uninvited.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        now = moment_text(uninvited.session.now())
        uow.add(Access(id=new_id(), scope=family.person, device=uninvited.desk.device, from_at=now))
    uninvited.change(family.alias, family_name="Ongevraagd")
    seen = take.look(anna.session, uninvited.give(anna, dossiers=(family.dossier,)))
    assert seen.set_apart and seen.changes == 0


@pytest.mark.parametrize("who", ["anna", "itself"])
def test_a_device_cannot_make_itself_the_maker(
    anna: Office, uninvited: Office, family: MadeFamily, who: str
) -> None:
    """Who writes another record of a scope is not its maker for that."""
    maker = anna.desk.device if who == "anna" else uninvited.desk.device
    with uninvited.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Scope(id=new_id(), scope=family.person, kind="person", made_by=maker, key="00" * 16))
    uninvited.change(family.alias, family_name="Ongevraagd")
    seen = take.look(anna.session, uninvited.give(anna, dossiers=(family.dossier,)))
    assert seen.set_apart and seen.changes == 0


def test_a_device_cannot_call_itself_the_heir_of_another(
    anna: Office, uninvited: Office, family: MadeFamily
) -> None:
    """An heir may write what its old device might; the old key must have signed so."""
    uninvited.change(family.alias, family_name="Ongevraagd")
    opened = take_apart(uninvited.give(anna, dossiers=(family.dossier,)), anna)
    claimed = opened.manifest["devices"][opened.number_of(uninvited)]
    for signed in (uninvited.desk.identity.sign(heir_message(uninvited.desk.device)), bytes(64)):
        claimed[2:] = [anna.desk.device, signed.hex()]
        path = opened.pack(uninvited, uninvited.folder / "erfgenaam.regiemap", anna)
        seen = take.look(anna.session, path)
        assert seen.set_apart and seen.changes == 0
    take.accept(anna.session, path)
    assert anna.alias(family) == family.alias
    with anna.desk.store.read() as conn:
        assert heirs(conn) == {}


def test_a_location_cannot_be_passed_off_as_a_person(anna: Office, bram: Office, family: MadeFamily) -> None:
    """A location goes along with every file to everybody: whom it held would go to all colleagues of Bram."""
    with anna.desk.store.write(verbs.FAMILY_REGISTERED) as uow:
        scope = uow.new_scope(ScopeKind.PLACE)
        uow.add(Person(id=scope, scope=scope, family_name="Meegelift"))
    opened = take_apart(anna.give(bram, dossiers=(family.dossier,)), bram)
    opened.say(scope, "person")
    refused(bram, opened.pack(anna, anna.folder / "plaats.regiemap", bram), DangerousPackage)


def test_a_second_record_cannot_make_a_person_a_location(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    """Who may write a person still cannot let that person go along with every file."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    with bram.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        device = bram.desk.device
        uow.add(Scope(id=new_id(), scope=family.person, kind="plaats", made_by=device, key="00" * 16))
    for kind in ("plaats", "person"):
        opened = take_apart(bram.give(anna, dossiers=(family.dossier,)), anna)
        own = opened.number_of(bram)
        opened = opened.without(lambda segment, own=own: segment[2] != own)  # type: ignore[misc]
        opened.say(family.person, kind)
        refused(anna, opened.pack(bram, bram.folder / "plaats.regiemap", anna), DangerousPackage)


def test_a_key_that_is_none_is_refused_when_it_is_needed(anna: Office, bram: Office) -> None:
    with anna.desk.store.write(verbs.FAMILY_REGISTERED) as uow:
        dossier = uow.new_scope(ScopeKind.DOSSIER, key="geen sleutel")
        uow.add(Dossier(id=dossier, scope=dossier, title="Verzonnen"))
    opened = take_apart(anna.give(bram, dossiers=(dossier,)), bram)
    at = [row[0] for row in opened.manifest["scopes"]].index(dossier)
    opened.manifest["blobs"], opened.blobs = [[at, "00" * 32, 0]], {"00" * 32: b"x"}
    refused(bram, opened.pack(anna, anna.folder / "sleutel.regiemap", bram), DangerousPackage)


def test_a_location_with_two_records_goes_along_once(anna: Office, bram: Office, family: MadeFamily) -> None:
    """Else a colleague who adds one to their own makes every file of Anna's unreadable."""
    take.accept(anna.session, bram.give(anna, dossiers=(bram.family("Van Bram").dossier,)))
    with bram.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        device, place = bram.desk.device, bram.desk.place
        uow.add(Scope(id=new_id(), scope=place, kind="plaats", made_by=device, key="00" * 16))
    take.accept(anna.session, bram.give(anna, dossiers=(bram.family("Nog een").dossier,)))
    assert take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,))).changes


def test_a_laptop_that_wrote_on_in_two_copies_is_told_from_a_changed_file(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    """Both histories are signed by the same device, and one does not follow on the other."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    copied = anna.folder / "copied.db"
    anna.desk.store.empty_log()
    shutil.copy(anna.folder / "store.db", copied)
    anna.change(family.alias, family_name="De ene")
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    other = _opened_copy(anna, copied)
    for name in ("De andere", "Nog eens"):
        other.change(family.alias, family_name=name)
    path = other.give(bram, dossiers=(family.dossier,))
    other.desk.store.close()
    seen = take.look(bram.session, path)
    assert all(Hold.FORK in coming.holds for coming in seen.families)
    opened = take_apart(path, bram)  # and where the file alone cannot tell by its ends
    dossier = [row[0] for row in opened.manifest["scopes"]].index(family.dossier)
    person = opened.without(lambda segment: segment[0] == dossier)
    refused(bram, person.pack(anna, anna.folder / "person.regiemap", bram), ForkedPackage)


def test_what_a_copy_of_this_laptop_wrote_is_told_and_does_not_pass_for_own_work(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    """Bram took it in as Anna's and passes it on. Taken in here, it would be below what Anna writes next."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    copied = anna.folder / "copied.db"
    anna.desk.store.empty_log()
    shutil.copy(anna.folder / "store.db", copied)
    other = _opened_copy(anna, copied)
    other.change(family.alias, family_name="Van de kopie")
    take.accept(bram.session, other.give(bram, dossiers=(family.dossier,)))
    other.desk.store.close()
    path = bram.give(anna, dossiers=(family.dossier,), full=True)
    seen = take.look(anna.session, path)
    assert all(Hold.FORK in coming.holds for coming in seen.families)
    take.accept(anna.session, path)
    assert anna.alias(family) == family.alias


def test_taking_a_value_out_reaches_no_other_family(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    own = carla.family("Van Carla")
    with bram.desk.store.read() as conn:
        named = redaction.named_ops(conn, family.alias.id, {"family_name"})
    with carla.desk.store.write(verbs.REDACTED) as uow:
        for text in (named, "geen lijst", "[[1]]"):
            made = Redaction(
                id=new_id(), scope=own.person, record=family.alias.id, fields="family_name", ops=text
            )
            uow.add(made)
    take.accept(bram.session, carla.give(bram, dossiers=(own.dossier,)))
    with bram.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
    assert found is not None and found.family_name == "Verzonnen-ander"


def _opened_copy(anna: Office, path: Path) -> Office:
    """The same laptop a second time, as nobody noticed."""
    engines = open_engines(path, test_key())
    store = Store(engines.writer, engines.reader, anna.desk.identity)
    store.place, store.packs = anna.desk.place, anna.desk.store.packs
    return Office(replace(anna.desk, store=store), replace(anna.session, store=store), anna.folder)


def forked_file(anna: Office, bram: Office, family: MadeFamily) -> Path:
    """Anna's laptop was copied by hand and wrote on under one name; Bram has one history, this is the other."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    anna.change(family.alias, family_name="De ene")
    one = take_apart(anna.give(bram, dossiers=(family.dossier,), full=True), bram)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    segment = one.segment(family.person, "kern")
    device = anna.desk.device
    segment[5] = "11" * 32
    message = tip_message(family.person, "kern", device, segment[4], bytes.fromhex(segment[5]))
    segment[6] = anna.desk.identity.sign(message).hex()
    return one.pack(anna, anna.folder / "fork.regiemap", bram)


def test_a_fork_is_told_and_keeps_the_family_out(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = forked_file(anna, bram, family)
    seen = take.look(bram.session, path)
    assert all(Hold.FORK in coming.holds for coming in seen.families)
    before = {name: rows for name, rows in bram.tables().items() if name.startswith("r_")}
    take.accept(bram.session, path)
    assert {name: rows for name, rows in bram.tables().items() if name.startswith("r_")} == before


@pytest.mark.parametrize("code", ["settled", "reject"])
def test_a_fork_is_answered_by_new_keys_or_by_trusting_no_more(
    anna: Office, bram: Office, family: MadeFamily, code: str
) -> None:
    take.accept(bram.session, forked_file(anna, bram, family))
    (matter,) = clear_up.matters(bram.session)
    assert (matter.kind, matter.words, matter.suggestion) == ("fork", "Anna", "")
    assert "nieuwe sleutels" in matter.explanation
    codes = {answer.code.partition("-")[0]: answer.code for answer in matter.answers}
    assert set(codes) == {"settled", "reject"}
    clear_up.answer(bram.session, matter.id, codes[code])
    assert clear_up.matters(bram.session) == ()
    with bram.desk.store.read() as conn:
        assert trust.colleague(conn, anna.desk.device).trust.trusted is (code == "settled")


def test_a_fork_of_this_laptop_is_answered_by_new_keys_here(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    """What came back to Anna under her own name, and she never wrote here."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    counts = {"forks": [family.dossier], "fork_devices": [anna.desk.device]}
    with anna.desk.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_import(package, at, sender, made_at, dossiers, counts, lasting)"
            " VALUES('x', 1, ?, '', '[]', ?, 0)",
            (bram.desk.device, json.dumps(counts, separators=(",", ":"))),
        )
    (matter,) = clear_up.matters(anna.session)
    assert matter.words == "deze laptop" and [answer.code for answer in matter.answers] == ["new-keys"]
    before = anna.session.store.identity
    clear_up.answer(anna.session, matter.id, "new-keys")
    assert clear_up.matters(anna.session) == ()
    after = anna.session.store.identity
    assert before is not None and after is not None
    assert after.writer.device_id != before.writer.device_id
