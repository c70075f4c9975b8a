"""The archive: what the writer makes comes back, and nothing else is taken for an archive."""

import io
import subprocess
import tarfile
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.archive import ArchiveWriter, read_members, zstd
from app.exchange.problem import DamagedPackage, DangerousPackage, PackageTooLarge
from tests.support.package_bytes import HEAD, Content, noise, squeezed, tar, tar_header

BLOB, OTHER = "blobs/" + "a" * 64, "blobs/" + "b" * 64


def write_archive(members: Iterable[Content]) -> bytes:
    out = io.BytesIO()
    with ArchiveWriter(out) as writer:
        for name, data in members:
            writer.add(name, data)
    return out.getvalue()


def archive(*members: Content) -> bytes:
    return write_archive([*HEAD, *members])


def found(data: bytes, most: int = 1 << 30) -> list[Content]:
    return [(member.name, member.read(1 << 30)) for member in read_members(io.BytesIO(data), most)]


def skipped(data: bytes, most: int) -> None:
    for member in read_members(io.BytesIO(data), most):
        member.skip()


def refused(data: bytes, problem: type[Exception] = DangerousPackage) -> None:
    with pytest.raises(problem):
        found(data)


# --- round trip -------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3000), max_size=4), st.lists(st.integers(0, 70_000), max_size=3))
def test_what_goes_in_comes_out(ops: list[int], blobs: list[int]) -> None:
    members = [(f"ops-{number:04}.jsonl", noise(size)) for number, size in enumerate(ops, 1)]
    members += [(f"blobs/{number:064x}", noise(size, number)) for number, size in enumerate(blobs)]
    assert found(archive(*members)) == [*HEAD, *members]


def test_any_tar_program_reads_it(tmp_path: Path) -> None:
    members = [("ops-0001.jsonl", b"[]\n"), (BLOB, noise(1025))]
    plain = zstd.decompress(archive(*members))
    with tarfile.open(fileobj=io.BytesIO(plain)) as read:
        assert [(item.name, read.extractfile(item).read()) for item in read] == [*HEAD, *members]  # type: ignore[union-attr]
    assert plain == tar([*HEAD, *members])
    (tmp_path / "x.tar").write_bytes(plain)
    listed = subprocess.run(["tar", "-tf", "x.tar"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert listed.stdout.split() == [name for name, _data in (*HEAD, *members)]


def test_an_extract_and_its_blobs() -> None:
    members = [("extract.json", b"{}"), (BLOB, b"scan")]
    assert found(archive(*members)) == [*HEAD, *members]


def test_members_may_be_passed_over_or_half_read() -> None:
    data = archive(("ops-0001.jsonl", b"[1]\n[2]\n"), (BLOB, noise(900_000)), (OTHER, b"last"))
    seen = {}
    for member in read_members(io.BytesIO(data)):
        if member.name == BLOB:
            assert next(member.chunks())
        if member.name == OTHER:
            seen[member.name] = member.read(10)
    assert seen == {OTHER: b"last"}


def test_a_member_comes_in_pieces() -> None:
    out = io.BytesIO()
    with ArchiveWriter(out) as writer:
        for name, data in HEAD:
            writer.add(name, data)
        writer.add_chunks(BLOB, 7, iter([b"abc", b"", b"defg"]))
    assert found(out.getvalue())[-1] == (BLOB, b"abcdefg")


# --- the writer -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [-1, 2, 4, 0o77777777777 + 1])
def test_the_writer_refuses_another_size(size: int) -> None:
    with pytest.raises(ValueError, match=r"size|member"), ArchiveWriter(io.BytesIO()) as writer:
        writer.add_chunks("manifest.json", size, [b"abc"])


ORDERS = [
    [],
    ["manifest.json"],
    ["manifest.sig"],
    ["ops-0001.jsonl"],
    [BLOB],
    ["manifest.json", "manifest.json"],
    ["manifest.json", "ops-0001.jsonl"],
    ["manifest.json", "manifest.sig", "manifest.sig"],
    ["manifest.json", "manifest.sig", "ops-0000.jsonl"],
    ["manifest.json", "manifest.sig", "ops-0002.jsonl"],
    ["manifest.json", "manifest.sig", "ops-0001.jsonl", "ops-0001.jsonl"],
    ["manifest.json", "manifest.sig", "ops-0001.jsonl", "ops-0003.jsonl"],
    ["manifest.json", "manifest.sig", "ops-0001.jsonl", "manifest.json"],
    ["manifest.json", "manifest.sig", "ops-0001.jsonl", "extract.json"],
    ["manifest.json", "manifest.sig", "extract.json", "ops-0001.jsonl"],
    ["manifest.json", "manifest.sig", "extract.json", "extract.json"],
    ["manifest.json", "manifest.sig", BLOB, "ops-0001.jsonl"],
    ["manifest.json", "manifest.sig", BLOB, "extract.json"],
    ["manifest.json", "manifest.sig", BLOB, BLOB],
    ["manifest.json", "manifest.sig", BLOB, OTHER, BLOB],
]


@pytest.mark.parametrize("names", ORDERS, ids=" ".join)
def test_one_order_and_none_twice(names: list[str]) -> None:
    refused(squeezed(tar([(name, b"x") for name in names])))
    with pytest.raises(ValueError, match=r"member|manifest"):
        write_archive([(name, b"x") for name in names])


NAMES = [
    "",
    "../manifest.json",
    "/manifest.json",
    "./ops-0001.jsonl",
    "C:\\ops-0001.jsonl",
    "ops-1.jsonl",
    "ops-00001.jsonl",
    "ops-٠٠٠١.jsonl",
    "ops-0001.jsonl\n",
    "ops-0001.JSONL",
    "blobs/",
    "blobs/../../etc/passwd",
    "blobs/" + "A" * 64,
    "blobs/" + "a" * 63,
    "blobs/" + "a" * 65,
    "blobs\\" + "a" * 64,
    "blob/" + "a" * 64,
    "extract.json/x",
    "other.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_only_known_names(name: str) -> None:
    refused(squeezed(tar([*HEAD, (name, b"x")])))


# --- hostile headers --------------------------------------------------------------------------------------------


def put(at: int, data: bytes) -> Callable[[bytearray], None]:
    def change(block: bytearray) -> None:
        block[at : at + len(data)] = data

    return change


CHANGES = {
    "hard link": put(156, b"1"),
    "symbolic link": put(156, b"2"),
    "device": put(156, b"3"),
    "block device": put(156, b"4"),
    "folder": put(156, b"5"),
    "pipe": put(156, b"6"),
    "contiguous": put(156, b"7"),
    "old regular file": put(156, b"\0"),
    "pax": put(156, b"x"),
    "global pax": put(156, b"g"),
    "GNU long name": put(156, b"L"),
    "GNU sparse": put(156, b"S"),
    "link name": put(157, b"x"),
    "mode": put(100, b"0004755"),
    "owner": put(108, b"0000001"),
    "owner's name": put(265, b"root"),
    "time": put(136, b"00000000001"),
    "GNU": put(257, b"ustar  \0"),
    "old tar": put(257, bytes(8)),
    "prefix": put(345, b"../.."),
    "behind the name": put(60, b"x"),
    "last byte": put(511, b"x"),
    "size in binary": put(124, b"\x80\0\0\0\0\0\0\0\0\0\0\x01"),
    "negative size": put(124, b"-0000000001"),
    "size with spaces": put(124, b"          1"),
    "size with an underscore": put(124, b"0000000_001"),
    "size that is no number": put(124, b"zzzzzzzzzzz"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_header_has_one_form(change: Callable[[bytearray], None]) -> None:
    start = tar(HEAD, end=b"")
    refused(squeezed(start + tar_header(b"ops-0001.jsonl", 1, change) + b"x".ljust(512, b"\0") + bytes(1024)))


def test_a_wrong_checksum_is_refused() -> None:
    plain = bytearray(tar(HEAD))
    plain[150] ^= 1
    refused(squeezed(bytes(plain)))


def test_every_byte_counts() -> None:
    """Whatever is changed in the tar itself: refused, or it is the contents of a member."""
    members = [*HEAD, ("ops-0001.jsonl", b"[]\n")]
    plain, chance = tar(members), Random(2)
    slack = 0
    for at in range(len(plain)):
        changed = plain[:at] + bytes((plain[at] ^ (1 << chance.randrange(8)),)) + plain[at + 1 :]
        try:
            assert [len(data) for _name, data in found(squeezed(changed))] == [
                len(data) for _name, data in members
            ]
            slack += 1
        except (DangerousPackage, DamagedPackage):
            pass
    assert slack == sum(len(data) for _name, data in members)


@pytest.mark.parametrize("at", range(3))
def test_changes_in_the_frame_are_refused_or_change_nothing_unseen(at: int) -> None:
    """The envelope keeps these out; without it, nothing but a known problem or contents may come."""
    data, chance = archive(("ops-0001.jsonl", b"[1,2,3]\n" * 40), (BLOB, noise(2000))), Random(at)
    for _try in range(1500):
        changed = bytearray(data)
        for _flip in range(at + 1):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        try:
            found(bytes(changed))
        except (DangerousPackage, DamagedPackage):
            continue


def test_cut_anywhere() -> None:
    data = archive(("ops-0001.jsonl", b"[1]\n"), (BLOB, noise(3000)))
    for length in range(len(data)):
        refused(data[:length], DamagedPackage)
    plain = tar(HEAD)
    for length in range(0, len(plain), 3):
        with pytest.raises((DamagedPackage, DangerousPackage)):
            found(squeezed(plain[:length]))


def test_nothing_after_the_end() -> None:
    data, plain = archive(), tar(HEAD)
    refused(data + b"\0")
    refused(data + data)
    refused(data + zstd.compress(b""))
    refused(data + b"\x50\x2a\x4d\x18\x04\0\0\0abcd")  # a frame to be skipped
    refused(squeezed(plain + b"\0"))
    refused(squeezed(plain + bytes(10_240)))
    refused(squeezed(plain[:-512] + plain))
    refused(squeezed(plain[:-512] + b"x".ljust(512, b"\0")))
    refused(squeezed(plain + plain))


def test_frames_to_be_skipped_come_nowhere() -> None:
    refused(b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + archive(), DamagedPackage)
    plain = tar(HEAD)
    with pytest.raises((DamagedPackage, DangerousPackage)):
        found(squeezed(plain[:700]) + squeezed(plain[700:]))
    refused(plain, DamagedPackage)
    refused(b"", DamagedPackage)


def test_zeros_behind_a_member_are_zeros() -> None:
    plain = bytearray(tar([*HEAD, ("ops-0001.jsonl", b"[]\n")]))
    plain[-1025] = 1
    refused(squeezed(bytes(plain)))


# --- bombs ------------------------------------------------------------------------------------------------------


def huge(size: int, name: str = BLOB) -> bytes:
    """An archive whose last member is `size` zeros."""
    compressor = zstd.ZstdCompressor(level=3)
    piece = bytes(1 << 20)
    made = [compressor.compress(tar(HEAD, end=b"") + tar_header(name.encode(), size))]
    made += [compressor.compress(piece) for _piece in range(size >> 20)]
    return b"".join((*made, compressor.compress(bytes(1024)), compressor.flush()))


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = huge(512 << 20)
    assert len(bomb) < 60_000
    tracemalloc.start()
    started = time.perf_counter()
    try:
        with pytest.raises(PackageTooLarge):
            found(bomb, most=100 << 20)
        with pytest.raises(PackageTooLarge):
            [member.read(1 << 20) for member in read_members(io.BytesIO(bomb))]
        assert time.perf_counter() - started < 0.5
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
    finally:
        tracemalloc.stop()


def test_a_bomb_of_many_members_is_refused() -> None:
    members = [(f"blobs/{number:064x}", bytes(1 << 20)) for number in range(20)]
    with pytest.raises(PackageTooLarge):
        skipped(archive(*members), most=10 << 20)


def test_a_member_may_not_be_longer_than_the_archive() -> None:
    refused(squeezed(tar(HEAD, end=b"") + tar_header(BLOB.encode(), 5000) + bytes(600)), DamagedPackage)


def test_a_huge_window_is_refused() -> None:
    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: 30,
        zstd.CompressionParameter.compression_level: 1,
    }
    compressor = zstd.ZstdCompressor(options=options)
    refused(compressor.compress(tar(HEAD)) + compressor.flush(), DamagedPackage)


def test_memory_does_not_grow_with_the_archive() -> None:
    data = huge(64 << 20)
    tracemalloc.start()
    try:
        for member in read_members(io.BytesIO(data)):
            for _chunk in member.chunks():
                pass
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
    finally:
        tracemalloc.stop()


# --- lines ------------------------------------------------------------------------------------------------------


def lines(data: bytes, limit: int = 1000) -> list[bytes]:
    return lines_in(archive(("ops-0001.jsonl", data)), limit)


def lines_in(data: bytes, limit: int) -> list[bytes]:
    for member in read_members(io.BytesIO(data)):
        if member.name == "ops-0001.jsonl":
            return list(member.lines(limit))
    raise AssertionError


@given(st.lists(st.binary(max_size=200).map(lambda line: line.replace(b"\n", b"")), max_size=30))
def test_lines_come_back(wanted: list[bytes]) -> None:
    assert lines(b"".join(line + b"\n" for line in wanted)) == wanted


def test_lines_over_many_pieces() -> None:
    wanted = [noise(size).hex().encode() for size in (300_000, 0, 1, 299_999)]
    assert lines(b"".join(line + b"\n" for line in wanted), 1 << 20) == wanted


def test_a_line_has_an_end_and_a_limit() -> None:
    assert lines(b"") == []
    with pytest.raises(DangerousPackage):
        lines(b"[1]\n[2]")
    assert lines(b"x" * 1000 + b"\n") == [b"x" * 1000]
    for data in (b"x" * 1001 + b"\n", b"\n" + b"x" * 1001 + b"\n", b"x" * 1001):
        with pytest.raises(PackageTooLarge):
            lines(data)


def test_a_line_of_a_hundred_megabytes_is_refused_early() -> None:
    data = huge(100 << 20, "ops-0001.jsonl")
    tracemalloc.start()
    try:
        with pytest.raises(PackageTooLarge):
            lines_in(data, 1 << 20)
        assert tracemalloc.get_traced_memory()[1] < 5 << 20
    finally:
        tracemalloc.stop()


def test_a_quarter_of_a_million_lines_take_no_time() -> None:
    data = archive(("ops-0001.jsonl", b'["person","0123456789abcdef",null]\n' * 250_000))
    started = time.perf_counter()
    count = 0
    for member in read_members(io.BytesIO(data)):
        if member.name == "ops-0001.jsonl":
            count = sum(1 for _line in member.lines(1000))
    assert count == 250_000
    assert time.perf_counter() - started < 1
