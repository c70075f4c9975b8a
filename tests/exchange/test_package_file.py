"""A whole package: for its receivers, unchanged, in constant memory."""

import gzip
import io
import shutil
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.package_file import read_package, write_package
from app.exchange.problem import (
    DamagedPackage,
    DangerousPackage,
    ExchangeProblem,
    NotAPackage,
    NotForYou,
    PackageTooLarge,
)
from tests.support.package_bytes import HEAD, contents, envelope, key, noise, package, squeezed, tar

OPS, BLOB = "ops-0001.jsonl", "blobs/" + "a" * 64
MEMBERS = ((OPS, b'["a"]\n' * 200), (BLOB, noise(200_000)))


def test_what_goes_in_comes_out() -> None:
    data = package(*MEMBERS, to=(1, 2))
    assert contents(data, by=1) == contents(data, by=2) == [*HEAD, *MEMBERS]
    with pytest.raises(NotForYou):
        contents(data, by=3)


@given(st.data())
def test_a_change_anywhere_is_refused(data: st.DataObject) -> None:
    sealed = package(*MEMBERS)
    at = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(ExchangeProblem):
        contents(sealed[:at] + bytes((sealed[at] ^ data.draw(st.integers(1, 255)),)) + sealed[at + 1 :])


@given(st.data())
def test_a_cut_anywhere_is_refused(data: st.DataObject) -> None:
    sealed = package(*MEMBERS)
    with pytest.raises(ExchangeProblem):
        contents(sealed[: data.draw(st.integers(0, len(sealed) - 1))])


def test_two_in_one_file_are_refused() -> None:
    one, two = package(*MEMBERS), package()
    for data in (one + two, one + one, two + one, one + b"\n"):
        with pytest.raises(DamagedPackage):
            contents(data)


def test_packed_once_more_or_named_otherwise(tmp_path: Path) -> None:
    data = package(*MEMBERS)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("sync-20261123-7F3A.regiemap", data)
    for other in (
        zipped.getvalue(),
        gzip.compress(data),
        data.hex().encode(),
        b"\xef\xbb\xbf" + data,
        b"%PDF-1.7" + data,
    ):
        with pytest.raises(NotAPackage):
            contents(other)
    (tmp_path / "foto.jpg").write_bytes(data)
    with (tmp_path / "foto.jpg").open("rb") as source:
        assert len(list(read_package(source, [key()[0]]))) == 4
    as_text = data.replace(b"\n", b"\r\n")  # what a text-mode transfer does
    with pytest.raises(NotAPackage):
        contents(as_text)


def test_an_envelope_around_anything_else() -> None:
    for inside in (b"", b"x", tar(HEAD), squeezed(b""), squeezed(b"x"), package()):
        with pytest.raises((DamagedPackage, DangerousPackage)):
            contents(envelope(inside))
    assert contents(envelope(squeezed(tar(HEAD)))) == [*HEAD]


def test_a_total_is_kept() -> None:
    data = package((BLOB, bytes(1 << 20)))
    with pytest.raises(PackageTooLarge):
        list(read_package(io.BytesIO(data), [key()[0]], 1 << 20))
    assert len(list(read_package(io.BytesIO(data), [key()[0]], 2 << 20))) == 3


def test_memory_does_not_grow_with_the_package(tmp_path: Path) -> None:
    piece, count = noise(1 << 20), 48

    def pieces() -> Iterator[bytes]:
        for _piece in range(count):
            yield piece

    def members() -> Iterator[tuple[str, int, Iterator[bytes]]]:
        for name, data in HEAD:
            yield name, len(data), iter([data])
        yield BLOB, count << 20, pieces()

    path = tmp_path / "large.regiemap"
    tracemalloc.start()
    try:
        with path.open("wb") as out:
            write_package(out, [key()[1]], members())
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
        tracemalloc.reset_peak()
        with path.open("rb") as source:
            read = sum(len(chunk) for member in read_package(source, [key()[0]]) for chunk in member.chunks())
        assert read == (count << 20) + sum(len(data) for _name, data in HEAD)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    shutil.rmtree(tmp_path)


def test_many_small_members_take_no_time() -> None:
    data = package(*((f"blobs/{number:064x}", b"x" * 50) for number in range(5000)))
    started = time.perf_counter()
    assert len(contents(data)) == 5002
    assert time.perf_counter() - started < 1
