"""Making, unlocking, copying and restoring a store through the gate, on real files with real keys."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.config.paths import RESOURCES
from app.content import load as load_module
from app.content.load import load
from app.domain import verbs
from app.domain.exchange_facts import Trust
from app.domain.kinds.place import Device
from app.exchange import trust
from app.services import backups, families, recent, removal, store_care
from app.services.door import Door, NotTheSameKey
from app.services.gate import Gate, NameMissing, Unlocked
from app.storage import access_log, project, recovery_key, secret, unlock_counter
from app.storage import removal as stored_removal
from app.storage.identity import DeviceIdentity, seal_secrets, signed_by
from app.storage.kdf_cost import KdfCost
from app.storage.opening import Notice
from app.storage.problem import WrongPassphrase
from app.storage.uow import read_where

PASSPHRASE = "vier losse woorden hier"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(content=load(RESOURCES / "content"), counters=tmp_path / "counters", cost=KdfCost.lowest())


@pytest.fixture
def path(gate: Gate, tmp_path: Path) -> Path:
    made(gate, tmp_path / "store").lock()
    return tmp_path / "store"


def made(gate: Gate, path: Path) -> Unlocked:
    return gate.create(
        path,
        officer="J. Terpstra",
        location="GL Noordermeer",
        passphrase=PASSPHRASE,
        recovery=recovery_key.new(),
    )


def unlocked(gate: Gate, path: Path) -> Unlocked:
    return gate.unlock(path, secret.from_passphrase(PASSPHRASE))


def device_of(opened: Unlocked) -> str:
    identity = opened.session.store.identity
    assert identity is not None
    return identity.writer.device_id


def log_of(opened: Unlocked) -> list[tuple[str, str]]:
    with opened.session.store.read() as conn:
        assert access_log.whole(conn)
        return [(entry.deed, entry.result) for entry in access_log.read(conn)]


def test_a_new_store_knows_officer_and_location_when_it_is_unlocked(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    assert (opened.session.officer_name, opened.session.location) == ("J. Terpstra", "GL Noordermeer")
    assert not opened.read_only
    opened.lock()


def test_a_store_without_names_is_not_made(gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(NameMissing):
        gate.create(
            tmp_path / "other", officer=" ", location="x", passphrase=PASSPHRASE, recovery=recovery_key.new()
        )
    assert not (tmp_path / "other").exists()


def test_the_same_device_comes_back_at_every_start(gate: Gate, path: Path) -> None:
    first = unlocked(gate, path)
    device = device_of(first)
    first.lock()
    second = unlocked(gate, path)
    assert device_of(second) == device and first.notices == second.notices == ()
    second.lock()


def test_wrong_tries_stand_in_the_log_at_the_next_unlock(gate: Gate, path: Path) -> None:
    for _try in range(2):
        with pytest.raises(WrongPassphrase):
            gate.unlock(path, secret.from_passphrase("iets anders"))
    opened = unlocked(gate, path)
    assert log_of(opened)[-3:] == [("unlock", "refused"), ("unlock", "refused"), ("unlock", "done")]
    opened.lock()


def test_a_folder_copied_by_hand_becomes_a_new_device_when_the_original_went_on(
    gate: Gate, path: Path
) -> None:
    copy = path.with_name("copy")
    shutil.copytree(path, copy)
    original = unlocked(gate, path)
    device = device_of(original)
    original.lock()
    unlocked(gate, path).lock()
    opened = unlocked(gate, copy)
    assert device_of(opened) != device and opened.notices == (Notice.NEW_DEVICE,)
    with opened.session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_device").scalar_one() == 2
    opened.lock()


def test_a_restored_backup_becomes_a_new_device_and_keeps_every_dossier(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    device, session = device_of(opened), opened.session
    family = families.new_family(session)
    saved = families.save(session, None, _named(family, "Hakobyan"))
    store_care.back_up(opened, path.with_name("a.regiemap-backup"))
    assert store_care.last_backup(opened) is not None
    opened.lock()
    target = backups.restore(path.with_name("a.regiemap-backup"), path.with_name("restored"))
    again = unlocked(gate, target)
    assert device_of(again) != device and again.notices == (Notice.NEW_DEVICE,)
    assert families.load(again.session, saved.dossier).dossier.title == "Hakobyan"
    again.lock()


def test_a_store_of_schema_1_gets_a_seal_key_at_the_first_unlock_that_writes(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    with opened.session.store.write(verbs.DEVICE_CHANGED) as uow:
        whole = read_where(uow.conn, Device, "1 = 1")[0]
        uow.save(whole, whole.with_values(seal_key=None, certificate=None))
    with opened.session.store.local() as conn:
        conn.exec_driver_sql("UPDATE l_own_device SET seal_secret = NULL")
    reading = unlocked(gate, path)
    assert reading.read_only and _seal_of(reading) == b""
    reading.lock()
    opened.lock()
    seals = []
    for _time in range(2):
        again = unlocked(gate, path)
        with again.session.store.read() as conn:
            told = read_where(conn, Device, "1 = 1")[0]
        assert (told.device, told.seal_key) == (device_of(again), _seal_of(again).hex())
        seals.append(told.with_values())
        again.lock()
    assert seals[0] == seals[1] and seals[0].seal_key
    device, seal = bytes.fromhex(seals[0].device or ""), bytes.fromhex(seals[0].seal_key)
    sign_key, certificate = bytes.fromhex(seals[0].sign_key or ""), bytes.fromhex(seals[0].certificate or "")
    assert signed_by(sign_key, certificate, b"regiemap/seal-key/1\0" + device + seal)


def test_a_restored_store_signs_its_new_device_with_the_old_key(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    device = device_of(opened)
    store_care.back_up(opened, path.with_name("a.regiemap-backup"))
    opened.lock()
    again = unlocked(gate, backups.restore(path.with_name("a.regiemap-backup"), path.with_name("restored")))
    with again.session.store.read() as conn:
        read = trust.book(conn)
        assert read.earlier(device_of(again)) == device
        assert (read.trust_of(device), read.trust_of(device_of(again))) == (Trust.OWN, Trust.OWN)
        assert len(seal_secrets(conn)) == 2
    again.lock()


def _seal_of(opened: Unlocked) -> bytes:
    assert isinstance(opened.session.store.identity, DeviceIdentity)
    return opened.session.store.identity.seal_public


def _named(family: families.Family, name: str) -> families.Family:
    return families.Family(dossier=family.dossier.with_values(title=name), members=family.members)


def test_a_second_program_reads_and_does_not_write(gate: Gate, path: Path) -> None:
    first = unlocked(gate, path)
    second = unlocked(gate, path)
    assert second.read_only
    assert second.notices
    second.lock()
    first.lock()


def test_opening_a_dossier_is_logged_by_its_id_and_remembered(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    saved = families.save(opened.session, None, _named(families.new_family(opened.session), "Beridze"))
    recent.opened(opened.session, saved.dossier)
    assert [family.title for family in recent.families(opened.session)] == ["Beridze"]
    assert log_of(opened)[-1] == ("open", "done")
    opened.lock()


def test_the_passphrase_can_be_changed_while_the_store_is_open(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    store_care.change_passphrase(opened, PASSPHRASE, "heel andere woorden nu", cost=KdfCost.lowest())
    opened.lock()
    with pytest.raises(WrongPassphrase):
        unlocked(gate, path)
    gate.unlock(path, secret.from_passphrase("heel andere woorden nu")).lock()


def test_the_recovery_key_gives_the_store_a_new_passphrase(gate: Gate, tmp_path: Path) -> None:
    door = Door(gate=gate, path=tmp_path / "own")
    groups = door.new_recovery()
    door.check_recovery(groups, "-".join(groups).lower())
    with pytest.raises(NotTheSameKey):
        door.check_recovery(groups, "-".join(door.new_recovery()))
    door.create(officer="M. de Wit", location="GL Noordermeer", passphrase=PASSPHRASE, recovery=groups).lock()
    assert door.exists
    assert door.last_saved()
    door.unlock_with_recovery("-".join(groups), "een nieuwe wachtzin dan").lock()
    door.unlock("een nieuwe wachtzin dan").lock()


def test_waiting_grows_after_wrong_tries(gate: Gate, path: Path) -> None:
    door = Door(gate=gate, path=path)
    assert door.wait_s() == 0
    for _try in range(5):
        with pytest.raises(WrongPassphrase):
            door.unlock("iets anders")
    assert 0 < door.wait_s() <= 60


def _kept_pack(gate: Gate, path: Path, *, damaged: bool) -> str:
    """Let a record name an item, so that the store keeps its pack; spoil that if asked. Returns the code."""
    opened = unlocked(gate, path)
    code = gate.content.ref("basis", next(iter(gate.content.packs["basis"].items)))
    family = families.new_family(opened.session)
    member = families.new_member(opened.session, family.dossier.id, position=1)
    member = replace(
        member,
        person=member.person.with_values(family_name="Verzonnen"),
        membership=member.membership.with_values(role=code),
    )
    families.save(opened.session, None, replace(family, members=(member,)))
    if damaged:
        with opened.session.store.local() as conn:
            project.open_guard(conn, True)
            conn.exec_driver_sql("UPDATE r_content_pack SET body = body || ' '")
            project.open_guard(conn, False)
    opened.lock()
    return code


def test_words_come_from_the_kept_pack_without_reading_the_program_s_file(
    gate: Gate, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _kept_pack(gate, path, damaged=False)
    words = gate.content.label(code)
    monkeypatch.setattr(load_module, "read_pack", lambda file: pytest.fail(f"{file} was read"))
    fresh = replace(gate, content=load(RESOURCES / "content"))
    opened = unlocked(fresh, path)
    assert fresh.content.label(code) == words
    opened.lock()


def test_a_damaged_kept_pack_that_the_program_has_too_keeps_no_one_out(gate: Gate, path: Path) -> None:
    code = _kept_pack(gate, path, damaged=True)
    words = gate.content.label(code)
    fresh = replace(gate, content=load(RESOURCES / "content"))
    opened = unlocked(fresh, path)
    assert fresh.content.label(code) == words
    opened.lock()


def test_a_backup_of_before_does_not_bring_a_destroyed_family_back(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    session = opened.session
    gone, stays = (
        families.save(session, None, _named(families.new_family(session), name)).dossier
        for name in ("Hakobyan", "Beridze")
    )
    backup = path.with_name("a.regiemap-backup")
    store_care.back_up(opened, backup)
    removal.destroy(session, gone, removal.reasons(session)[0])
    opened.lock()
    again = unlocked(gate, backups.restore(backup, path.with_name("restored")))
    with pytest.raises(families.NoSuchDossier):
        families.load(again.session, gone)
    assert families.load(again.session, stays).dossier.title == "Beridze"
    with again.session.store.read() as conn:
        assert gone in stored_removal.destroyed(conn) and project.differences(conn) == []
    again.lock()


def test_a_list_outside_that_was_lost_is_made_anew_from_the_store(gate: Gate, path: Path) -> None:
    opened = unlocked(gate, path)
    gone = families.save(
        opened.session, None, _named(families.new_family(opened.session), "Hakobyan")
    ).dossier
    removal.destroy(opened.session, gone, removal.reasons(opened.session)[0])
    opened.lock()
    outside = next(gate.counters.iterdir())
    marks = json.loads(outside.read_text())["destroyed"]
    assert marks == [unlock_counter.destruction_mark(gone)]
    outside.unlink()
    unlocked(gate, path).lock()
    assert json.loads(outside.read_text())["destroyed"] == marks
