"""A file on disk is whole or not there, and the export is written down only when it left."""

import errno
from pathlib import Path

import pytest

from app.services.dossier_export import Choice, export_to_file
from app.services.session import Session
from app.storage.problem import DiskFull, NoPlaceForFile, ReadOnlyStore
from tests.support.dossier_files import out_of
from tests.support.family import register


def disclosures(session: Session) -> int:
    with session.store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM r_disclosure").scalar_one())


def test_a_file_holds_the_same_as_a_stream(session: Session, tmp_path: Path) -> None:
    register(session.store)
    told = export_to_file(session, tmp_path / "uit.json", Choice(receiver="Ander programma"))
    assert (tmp_path / "uit.json").read_bytes() == out_of(session)
    assert (told.dossiers, told.persons, told.records) == (1, 1, 3)
    assert not list(tmp_path.glob("*.part"))
    assert disclosures(session) == 2  # the file and the stream


def test_an_existing_file_stays_when_the_folder_refuses(session: Session, tmp_path: Path) -> None:
    register(session.store)
    (tmp_path / "uit.json").mkdir()
    with pytest.raises(NoPlaceForFile):
        export_to_file(session, tmp_path / "uit.json", Choice())
    assert not list(tmp_path.glob("*.part"))


def test_no_file_and_no_disclosure_where_the_folder_is_missing(session: Session, tmp_path: Path) -> None:
    register(session.store)
    with pytest.raises(NoPlaceForFile):
        export_to_file(session, tmp_path / "nergens" / "uit.json", Choice())
    assert disclosures(session) == 0


def test_a_full_disk_leaves_the_old_file_and_no_disclosure(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(session.store)
    path = tmp_path / "uit.json"
    path.write_bytes(b"oud")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("app.services.dossier_export.os.fsync", full)
    with pytest.raises(DiskFull):
        export_to_file(session, path, Choice())
    monkeypatch.undo()
    assert path.read_bytes() == b"oud"
    assert not list(tmp_path.glob("*.part"))
    assert disclosures(session) == 0


def test_a_second_program_does_not_export(session: Session, tmp_path: Path) -> None:
    register(session.store)
    session.store.read_only = True
    with pytest.raises(ReadOnlyStore):
        export_to_file(session, tmp_path / "uit.json", Choice())
