"""Scans: once per scope, verified when read, nothing half-written, nothing left behind."""

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData

from app.storage import engine, scan, scan_table
from app.storage.data_key import DataKey
from app.storage.problem import DiskFull, ScanDamaged, ScanEmpty, ScanMissing, ScanTooLarge, ScanTypeRefused
from app.storage.scan import ScanShelf
from app.storage.scan_cipher import CHUNK_BYTES, decrypt, encrypt, sealed_bytes

SCOPE, OTHER = "aa" * 16, "bb" * 16
SCOPE_KEY, OTHER_KEY = b"a" * 32, b"b" * 32
PAPER = b"%PDF-1.7 merkteken " + bytes(range(256)) * 2_500
KEY, BLOB = b"k" * 32, "ab" * 32


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    key = DataKey.new()
    engine.create_database(tmp_path / "store.db", key)
    engines = engine.open_engines(tmp_path / "store.db", key)
    metadata = MetaData()
    scan_table.declare(metadata)
    with engines.writer.begin() as made:
        metadata.create_all(made)
    with engines.writer.begin() as open_conn:
        yield open_conn
    engines.lock()


@pytest.fixture
def shelf(tmp_path: Path) -> ScanShelf:
    return ScanShelf(tmp_path / "blobs")


def files_of(shelf: ScanShelf) -> list[Path]:
    return sorted(path for path in shelf._blobs.rglob("*") if path.is_file())


def test_it_comes_back_as_it_was_and_is_kept_once_per_scope(shelf: ScanShelf, conn: Connection) -> None:
    blob = shelf.add(conn, SCOPE, SCOPE_KEY, PAPER)
    assert shelf.add(conn, SCOPE, SCOPE_KEY, PAPER) == blob
    assert shelf.read(conn, blob) == PAPER
    elsewhere = shelf.add(conn, OTHER, OTHER_KEY, PAPER)
    assert elsewhere != blob
    assert files_of(shelf) == sorted([shelf.path_of(blob), shelf.path_of(elsewhere)])
    one, other = (path.read_bytes() for path in files_of(shelf))
    assert b"merkteken" not in one + other
    assert one[15:] != other[15:]
    assert shelf.verify(conn) == ()


@pytest.mark.parametrize("size", [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_every_length(size: int) -> None:
    data = os.urandom(size)
    sealed = b"".join(encrypt(data, KEY, BLOB))
    assert len(sealed) == sealed_bytes(size)
    assert b"".join(decrypt(io.BytesIO(sealed), KEY, BLOB)) == data


SEALED = b"".join(encrypt(bytes(2 * CHUNK_BYTES + 500), KEY, BLOB))
STEP = CHUNK_BYTES + 16


@given(st.integers(0, len(SEALED) - 1), st.integers(0, 7))
def test_every_flipped_bit_is_found(place: int, bit: int) -> None:
    flipped = SEALED[:place] + bytes((SEALED[place] ^ 1 << bit,)) + SEALED[place + 1 :]
    with pytest.raises(ScanDamaged):
        list(decrypt(io.BytesIO(flipped), KEY, BLOB))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SEALED[:10],
        SEALED[:15],
        SEALED[:-1],
        SEALED[: 15 + STEP],
        SEALED[: 15 + 2 * STEP],
        SEALED + b"x",
        SEALED[:15] + SEALED[15 + STEP :],
        SEALED[:15] + SEALED[15 + STEP : 15 + 2 * STEP] + SEALED[15 : 15 + STEP] + SEALED[15 + 2 * STEP :],
    ],
    ids=[
        "empty",
        "start",
        "head",
        "cut",
        "one",
        "two",
        "longer",
        "missing",
        "shuffled",
    ],  # the bytes are random
)
def test_cut_longer_and_shuffled_files_are_found(data: bytes) -> None:
    with pytest.raises(ScanDamaged):
        list(decrypt(io.BytesIO(data), KEY, BLOB))


def test_a_file_under_another_name_is_not_taken(shelf: ScanShelf, conn: Connection) -> None:
    with pytest.raises(ScanDamaged):
        list(decrypt(io.BytesIO(SEALED), KEY, "cd" * 32))


def test_missing_and_damaged_are_told_apart_and_adding_again_mends(
    shelf: ScanShelf, conn: Connection
) -> None:
    blob = shelf.add(conn, SCOPE, SCOPE_KEY, PAPER)
    shelf.path_of(blob).write_bytes(shelf.path_of(blob).read_bytes()[:-1])
    with pytest.raises(ScanDamaged):
        shelf.read(conn, blob)
    assert shelf.verify(conn) == (blob,)
    shelf.path_of(blob).unlink()
    with pytest.raises(ScanMissing):
        shelf.read(conn, blob)
    with pytest.raises(ScanMissing):
        shelf.read(conn, "00" * 32)
    assert shelf.add(conn, SCOPE, SCOPE_KEY, PAPER) == blob
    assert shelf.read(conn, blob) == PAPER


@pytest.mark.parametrize("data", [b"MZ\x90", b"<html>", b"PK\x03\x04", b"GIF89a", b" %PDF-"])
def test_other_kinds_of_file_are_refused(shelf: ScanShelf, conn: Connection, data: bytes) -> None:
    with pytest.raises(ScanTypeRefused):
        shelf.add(conn, SCOPE, SCOPE_KEY, data)
    assert files_of(shelf) == []


def test_empty_and_too_large_are_refused(
    shelf: ScanShelf, conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ScanEmpty):
        shelf.add(conn, SCOPE, SCOPE_KEY, b"")
    monkeypatch.setattr(scan, "LARGEST_BYTES", 2 * 1024 * 1024)
    with pytest.raises(ScanTooLarge) as raised:
        shelf.add(conn, SCOPE, SCOPE_KEY, b"%PDF-" + bytes(2 * 1024 * 1024))
    assert raised.value.params == {"megabytes": 2}


def test_a_full_disk_leaves_no_row_and_no_file(
    shelf: ScanShelf, conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(DiskFull):
            shelf.add(conn, SCOPE, SCOPE_KEY, PAPER)
    assert conn.exec_driver_sql("SELECT count(*) FROM l_scan_file").scalar() == 0
    assert [path for path in files_of(shelf) if path.suffix == ".bin"] == []


def test_what_no_row_names_is_swept(shelf: ScanShelf, conn: Connection) -> None:
    kept, gone = shelf.add(conn, SCOPE, SCOPE_KEY, PAPER), shelf.add(conn, OTHER, OTHER_KEY, PAPER)
    shelf.remove(conn, gone)
    (shelf.path_of(kept).parent / "half.bin.new").write_bytes(b"half")
    assert shelf.sweep(conn) == 2
    assert files_of(shelf) == [shelf.path_of(kept)]
    with pytest.raises(ScanMissing):
        shelf.read(conn, gone)
