"""A backup is whole or not there; what comes back is the store as it was; and no file can write where it
should not.
"""

import errno
import io
import json
import os
import shutil
import sys
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData

from app.storage import backup, backup_manifest, key_change, opening, scan_table
from app.storage.atomic_file import write_through
from app.storage.data_key import DataKey
from app.storage.problem import (
    BackupExists,
    DamagedBackup,
    DamagedStore,
    DiskFault,
    DiskFull,
    FolderNotEmpty,
    MissingBackup,
    NewerBackup,
    NoPlaceForFile,
    StorageProblem,
    WrongPassphrase,
)
from app.storage.restore import restore
from app.storage.scan import ScanShelf
from app.storage.secret import from_passphrase
from tests.storage.key_case import COST, SECRET, PowerCut, make_store, opens, power_cut_after

MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SCOPE, SCOPE_KEY = "aa" * 16, b"a" * 32
PAPER = b"%PDF-1.7 merkteken" + bytes(5_000)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked store with one scan."""
    path = make_store(tmp_path_factory.mktemp("backed") / "store")
    opened = opening.open_store(path, SECRET)
    metadata = MetaData()
    scan_table.declare(metadata)
    with opened.engines.writer.begin() as conn:
        metadata.create_all(conn)
        ScanShelf(opened.folder.blobs).add(conn, SCOPE, SCOPE_KEY, PAPER)
    opened.lock()
    return path


@pytest.fixture
def fresh(store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(store, tmp_path / "fresh"))


def back_up(store: Path, target: Path, made: datetime = MADE) -> backup.BackupReport:
    opened = opening.open_store(store, SECRET)
    try:
        return backup.make_backup(opened.folder, opened.key, target, made=made)
    finally:
        opened.lock()


@pytest.fixture(scope="module")
def good(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("good") / "maandag.regiemap-backup"
    report = back_up(store, file)
    assert (report.scans, report.missing_scans, report.size) == (1, (), file.stat().st_size)
    return file


def test_what_comes_back_is_the_store(good: Path, tmp_path: Path) -> None:
    mark = restore(good, tmp_path / "back")
    assert mark.made == "2026-11-23T09:30:00Z"
    opened = opening.open_store(tmp_path / "back", SECRET)
    assert opened.restored == mark
    assert opened.store_id == mark.store
    with opened.engines.reader.connect() as conn:
        shelf = ScanShelf(opened.folder.blobs)
        assert shelf.verify(conn) == ()
        blob = conn.exec_driver_sql("SELECT blob FROM l_scan_file").scalar_one()
        assert shelf.read(conn, blob) == PAPER
    opened.lock()
    for expected in (mark, None):  # the mark stays until it was dealt with
        opened = opening.open_store(tmp_path / "back", SECRET)
        assert opened.restored == expected
        opened.settle()
        opened.lock()
    assert opens(tmp_path / "back", SECRET) == 3


def test_nothing_readable_lies_in_it_and_nothing_beside_it(good: Path) -> None:
    data = good.read_bytes()
    assert b"merkteken" not in data
    assert b"SQLite format" not in data
    assert [path.name for path in good.parent.iterdir()] == [good.name]


def test_it_has_the_passphrase_of_its_own_day(fresh: Path, tmp_path: Path) -> None:
    back_up(fresh, tmp_path / "a.regiemap-backup")
    key_change.change_passphrase(fresh, SECRET, "iets heel anders", cost=COST)
    restore(tmp_path / "a.regiemap-backup", tmp_path / "back")
    assert opens(tmp_path / "back", SECRET) == 3
    with pytest.raises(WrongPassphrase):
        opens(tmp_path / "back", from_passphrase("iets heel anders"))


def test_it_can_be_made_while_somebody_writes(fresh: Path, tmp_path: Path) -> None:
    opened = opening.open_store(fresh, SECRET)
    with opened.engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(70, 'not yet')")
        backup.make_backup(opened.folder, opened.key, tmp_path / "b.regiemap-backup", made=MADE)
    opened.lock()
    restore(tmp_path / "b.regiemap-backup", tmp_path / "back")
    assert opens(tmp_path / "back", SECRET) == 3
    assert opens(fresh, SECRET) == 4


def test_a_missing_scan_is_named_and_does_not_stop_it(fresh: Path, tmp_path: Path) -> None:
    blob = next(fresh.glob("blobs/*/*.bin"))
    blob.unlink()
    assert back_up(fresh, tmp_path / "c.regiemap-backup").missing_scans == (blob.stem,)


def test_a_damaged_database_makes_no_backup(fresh: Path, tmp_path: Path) -> None:
    data = bytearray((fresh / "store.db").read_bytes())
    data[2 * 4096 + 50] ^= 1
    (fresh / "store.db").write_bytes(data)
    with pytest.raises(DamagedStore):
        back_up(fresh, tmp_path / "d.regiemap-backup")
    assert not list(tmp_path.glob("d.*"))


def test_neither_a_file_nor_a_folder_is_written_over(good: Path, store: Path, tmp_path: Path) -> None:
    before = good.read_bytes()
    with pytest.raises(BackupExists):
        back_up(store, good)
    assert good.read_bytes() == before
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    for target in (tmp_path, tmp_path / "photo.jpg", store):
        with pytest.raises(FolderNotEmpty):
            restore(good, target)
    (tmp_path / "empty").mkdir()
    restore(good, tmp_path / "empty")
    assert opens(tmp_path / "empty", SECRET) == 3


def test_a_backup_asks_for_a_folder_that_is_there(store: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "nowhere" / "back.regiemap", tmp_path):
        with pytest.raises(NoPlaceForFile):
            back_up(store, target)
    assert not list(tmp_path.glob("**/*.part"))


def test_backups_are_found_newest_first(good: Path, store: Path, tmp_path: Path) -> None:
    (tmp_path / "monday.regiemap-backup").write_bytes(good.read_bytes())
    back_up(store, tmp_path / "tuesday.regiemap-backup", LATER)
    (tmp_path / "rubbish.regiemap-backup").write_bytes(b"rubbish")
    back_up(make_store(tmp_path / "other"), tmp_path / "other.regiemap-backup", LATER)
    mine = backup.check_backup(good)
    found = backup.find_backups(tmp_path, mine.store)
    assert [info.file.name for info in found] == ["tuesday.regiemap-backup", "monday.regiemap-backup"]
    assert backup.find_backups(tmp_path / "nowhere", mine.store) == []
    with pytest.raises(DamagedBackup):
        backup.check_backup(good, DataKey.new())


# -- files that are not what they should be
# ----------------------------------------------------------------------


def refused(file: Path, target: Path) -> type[BaseException]:
    """Restore must refuse and leave nothing."""
    with pytest.raises(StorageProblem) as raised:
        restore(file, target)
    assert not target.exists()
    assert not target.with_name(target.name + ".part").exists()
    return raised.type


def test_cut_and_missing_files(good: Path, tmp_path: Path) -> None:
    data, file = good.read_bytes(), tmp_path / "cut.regiemap-backup"
    end = data.rstrip(b"\0")
    for length in [0, 1, 511, 512, 513, 1_024, *range(1_024, len(end), 1_531), len(end) - 1]:
        file.write_bytes(data[:length])
        assert refused(file, tmp_path / "back") is DamagedBackup
    assert refused(tmp_path / "none", tmp_path / "back") is MissingBackup


def test_flipped_bits(good: Path, tmp_path: Path) -> None:
    """Each flipped bit is refused, or lies in padding and changes nothing."""
    data, file = good.read_bytes(), tmp_path / "flip.regiemap-backup"
    harmless = 0
    for place in range(0, len(data.rstrip(b"\0")), 97):
        file.write_bytes(data[:place] + bytes((data[place] ^ 1 << place % 8,)) + data[place + 1 :])
        target = tmp_path / f"back{place}"
        try:
            restore(file, target)
        except DamagedBackup:
            assert not target.exists()
        else:
            harmless += 1
            assert opens(target, SECRET) == 3
    assert harmless < 10


def rewritten(good: Path, file: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> Path:
    """The members of a good backup, changed, as a new file."""
    with tarfile.open(good) as tar:
        members = [(entry, tar.extractfile(entry).read()) for entry in tar]  # type: ignore[union-attr]
    change(members)
    with tarfile.open(file, "w", format=tarfile.GNU_FORMAT) as tar:
        for entry, data in members:
            tar.addfile(entry, io.BytesIO(data) if entry.isreg() else None)
    return file


def entry(
    name: str, data: bytes = b"x", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    made = tarfile.TarInfo(name)
    made.size, made.type, made.linkname = len(data), kind, link
    return made, data


def manifest_of(given: list[tuple[tarfile.TarInfo, bytes]], **changes: Any) -> None:
    """Another manifest, made with care: its plain checksum is right."""
    form = json.loads(given[0][1]) | changes
    del form["sum"]
    form["sum"] = backup_manifest.checksum(form)
    given[0] = entry("manifest.json", json.dumps(form, indent=1).encode() + b"\n")


EVIL: dict[str, Callable[[list[tuple[tarfile.TarInfo, bytes]]], Any]] = {
    "one more": lambda members: members.append(entry("blobs/aa/evil.bin")),
    "outside": lambda members: members.append(entry("../evil")),
    "one less": lambda members: members.pop(),
    "other order": lambda members: members.reverse(),
    "link for a database": lambda members: members.__setitem__(
        1, entry("store.db", b"", tarfile.SYMTYPE, "/etc/passwd")
    ),
    "hard link": lambda members: members.__setitem__(
        2, entry("store.keyring", b"", tarfile.LNKTYPE, "store.db")
    ),
    "device": lambda members: members.__setitem__(1, entry("store.db", b"", tarfile.CHRTYPE)),
    "larger than said": lambda members: members.__setitem__(1, entry("store.db", members[1][1] + b"x")),
    "other content": lambda members: members.__setitem__(1, entry("store.db", bytes(len(members[1][1])))),
    "outside in the list": lambda members: manifest_of(
        members, members=[*json.loads(members[0][1])["members"], ["../evil", 1, "0" * 64]]
    ),
    "twice in the list": lambda members: manifest_of(
        members, members=json.loads(members[0][1])["members"][:1] * 2
    ),
    "no list": lambda members: manifest_of(members, members=None),
    "other store": lambda members: manifest_of(members, store="../../x"),
    "no manifest": lambda members: members.pop(0),
}


@pytest.mark.parametrize("name", EVIL)
def test_made_up_files_are_refused(good: Path, tmp_path: Path, name: str) -> None:
    file = rewritten(good, tmp_path / "evil.regiemap-backup", EVIL[name])
    assert refused(file, tmp_path / "deep" / "back") is DamagedBackup
    assert not list(tmp_path.rglob("evil"))


def test_a_newer_backup_says_so(good: Path, tmp_path: Path) -> None:
    file = rewritten(good, tmp_path / "new.regiemap-backup", lambda members: manifest_of(members, v=2))
    assert refused(file, tmp_path / "back") is NewerBackup


def test_a_forged_date_is_found_when_the_key_is_there(good: Path, tmp_path: Path) -> None:
    file = rewritten(
        good,
        tmp_path / "old.regiemap-backup",
        lambda members: manifest_of(members, made="2020-01-01T00:00:00Z"),
    )
    restore(file, tmp_path / "back")
    with pytest.raises(DamagedBackup):
        opening.open_store(tmp_path / "back", SECRET)


def test_a_packed_file_is_no_backup(good: Path, tmp_path: Path) -> None:
    import gzip

    write_through(tmp_path / "packed", gzip.compress(good.read_bytes()))
    assert refused(tmp_path / "packed", tmp_path / "back") is DamagedBackup


def test_the_manifest_is_bound_to_key_and_content() -> None:
    key = DataKey.new()
    manifest = backup_manifest.Manifest("ab" * 16, "2026-11-23T09:30:00Z", ()).sealed(key)
    assert manifest.is_by(key)
    assert not manifest.is_by(DataKey.new())


# -- interrupted
# -------------------------------------------------------------------------------------------------


def test_a_full_disk_leaves_no_backup_and_no_restored_folder(
    good: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            back_up(store, tmp_path / "e.regiemap-backup")
        with pytest.raises(DiskFull):
            restore(good, tmp_path / "back")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file there")
def test_a_disk_that_takes_no_more_of_the_copy_is_a_fault_of_the_disk(store: Path, tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        with pytest.raises(DiskFault):
            back_up(store, tmp_path / "e.regiemap-backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_power_cut_at_every_step_of_a_backup_and_of_restoring(
    good: Path, store: Path, tmp_path: Path
) -> None:
    opened = opening.open_store(store, SECRET)
    for act, steps in ((0, 0), (0, 1), (0, 2), (0, 3), *((1, steps) for steps in range(0, 30, 2))):
        folder = tmp_path / f"{act}-{steps}"
        folder.mkdir()
        file, target = folder / "f.regiemap-backup", folder / "back"
        with pytest.MonkeyPatch.context() as patch, power_cut_after(steps, patch):
            try:
                if act == 0:
                    backup.make_backup(opened.folder, opened.key, file, made=MADE)
                else:
                    restore(good, target)
            except PowerCut:
                pass
        if act == 0:
            if file.exists():
                backup.check_backup(file, opened.key)
            else:
                backup.make_backup(
                    opened.folder, opened.key, file, made=MADE
                )  # leftovers do not stand in the way
        elif target.exists():
            assert (target / "restored.json").exists()
            assert {path.name for path in target.iterdir()} >= {"store.db", "store.keyring", "blobs"}
        else:
            restore(good, target)
    opened.lock()
