"""Parts for mail: the whole again from any one, and each that is missing or damaged is named."""

import hashlib
import shutil
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange import parts
from app.exchange.package_file import read_package
from app.exchange.parts import HEADER_BYTES, open_whole, split
from app.exchange.problem import DamagedPackage, FileExists, PartDamaged, PartMissing
from tests.support.package_bytes import HEAD, key, noise, package

ROOM = 1000


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "sync-20261123-7F3A.regiemap"
    path.write_bytes(noise(3500))
    return path


@pytest.fixture
def four(whole: Path) -> list[Path]:
    return split(whole, ROOM + HEADER_BYTES)


def joined(path: Path) -> bytes:
    with open_whole(path) as source:
        return source.read()


def test_any_part_leads_to_the_whole(whole: Path, four: list[Path]) -> None:
    assert [path.name for path in four] == [
        f"sync-20261123-7F3A-{number}-4.regiemap" for number in (1, 2, 3, 4)
    ]
    assert [path.stat().st_size for path in four] == [ROOM + HEADER_BYTES] * 3 + [500 + HEADER_BYTES]
    for path in (whole, *four):
        assert joined(path) == noise(3500)


def test_names_do_not_matter(four: list[Path]) -> None:
    names = ["z.regiemap", "bijlage (1).dat", "a", "sync-20261123-7F3A-1-4 (2).regiemap"]
    renamed = [path.rename(path.with_name(name)) for path, name in zip(four, names, strict=True)]
    assert all(joined(path) == noise(3500) for path in renamed)


@given(size=st.integers(0, 5000), room=st.integers(50, 2000))
def test_any_size_in_any_parts(tmp_path_factory: pytest.TempPathFactory, size: int, room: int) -> None:
    folder = tmp_path_factory.mktemp("parts")
    path = folder / "x.regiemap"
    path.write_bytes(noise(size))
    made = split(path, room + HEADER_BYTES)
    assert len(made) == max(1, -(-size // room))
    assert joined(made[-1]) == noise(size)
    shutil.rmtree(folder)


def test_twenty_megabytes_are_the_most(tmp_path: Path) -> None:
    path = tmp_path / "x.regiemap"
    path.write_bytes(bytes(40_000_000))
    assert [made.stat().st_size for made in split(path)][:2] == [20_000_000] * 2


def test_missing_parts_are_named(four: list[Path]) -> None:
    four[0].unlink()
    four[2].unlink()
    for path in (four[1], four[3]):
        with pytest.raises(PartMissing) as caught:
            open_whole(path)
        assert caught.value.numbers == (1, 3)
        assert caught.value.params == {"numbers": "1, 3", "total": 4}


@pytest.mark.parametrize("at", [HEADER_BYTES, HEADER_BYTES + 999])
def test_a_damaged_part_is_named_and_a_second_copy_helps(four: list[Path], at: int) -> None:
    good = four[1].read_bytes()
    four[1].write_bytes(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :])
    with pytest.raises(PartDamaged) as caught:
        open_whole(four[0])
    assert caught.value.numbers == (2,)
    four[1].with_name("again.regiemap").write_bytes(good)
    assert joined(four[0]) == joined(four[1]) == noise(3500)


def test_a_part_that_was_not_saved_whole_is_named(four: list[Path]) -> None:
    four[3].write_bytes(four[3].read_bytes()[:-1])
    with pytest.raises(PartDamaged) as caught:
        open_whole(four[0])
    assert caught.value.numbers == (4,)


def test_no_byte_of_a_header_may_change_unseen(four: list[Path]) -> None:
    """What is changed in one part is refused there, and makes that part missing or damaged for the others."""
    good = four[1].read_bytes()
    for at in range(HEADER_BYTES):
        four[1].write_bytes(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :])
        with pytest.raises((PartMissing, PartDamaged, DamagedPackage)):
            open_whole(four[0])
        if at >= len(parts.MAGIC):
            with pytest.raises((PartMissing, PartDamaged, DamagedPackage)):
                open_whole(four[1])


def test_other_files_beside_it_do_no_harm(tmp_path: Path, four: list[Path]) -> None:
    other = tmp_path / "other.regiemap"
    other.write_bytes(noise(2500, 9))
    others = split(other, ROOM + HEADER_BYTES)
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "note.txt").write_text("Niets")
    (tmp_path / "folder.regiemap").mkdir()
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert joined(four[2]) == noise(3500)
    assert joined(others[2]) == noise(2500, 9)


@pytest.mark.parametrize(
    ("number", "total", "room", "size"),
    [
        (0, 4, 1000, 3500),
        (5, 4, 1000, 3500),
        (1, 0, 1000, 0),
        (1, 65535, 1, 65535),
        (1, 4, 0, 0),
        (1, 4, 1000, 9999),
        (1, 1, 2**32 - 1, 5),
        (1, 2, 1000, 2**64 - 1),
    ],
)
def test_headers_that_cannot_be_true(tmp_path: Path, number: int, total: int, room: int, size: int) -> None:
    path = tmp_path / "x.regiemap"
    path.write_bytes(
        struct.pack(
            ">14s16sHHIQ32s32s", parts.MAGIC, b"i" * 16, number, total, room, size, bytes(32), bytes(32)
        )
    )
    with pytest.raises(DamagedPackage):
        open_whole(path)
    path.write_bytes(parts.MAGIC)
    with pytest.raises(DamagedPackage):
        open_whole(path)


def test_parts_of_a_forger(tmp_path: Path, four: list[Path]) -> None:
    """Each part says it is whole, together they are not."""
    forged = bytearray(four[0].read_bytes())
    forged[HEADER_BYTES] ^= 1
    forged[-ROOM - 32 : -ROOM] = hashlib.sha256(forged[HEADER_BYTES:]).digest()
    four[0].write_bytes(forged)
    with pytest.raises(DamagedPackage):
        open_whole(four[1])


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(OSError, match=path.name):
            open_whole(path)


@given(st.lists(st.tuples(st.integers(0, 3600), st.integers(-1, 2500)), max_size=6))
def test_the_whole_can_be_sought_in(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    path = folder / "x.regiemap"
    path.write_bytes(noise(3500))
    with path.open("rb") as plain, open_whole(split(path, ROOM + HEADER_BYTES)[0]) as source:
        assert source.seek(-1, 2) == plain.seek(-1, 2)
        assert source.read() == plain.read()
        for place, size in steps:
            assert source.seek(place) == plain.seek(place)
            assert source.read(size) == plain.read(size)
            assert source.tell() == plain.tell()
        with pytest.raises((ValueError, OSError)):
            source.seek(-9999, 1)
    shutil.rmtree(folder)


def test_all_parts_or_none(whole: Path) -> None:
    taken = whole.with_name("sync-20261123-7F3A-3-4.regiemap")
    taken.write_bytes(b"of somebody")
    with pytest.raises(FileExists):
        split(whole, ROOM + HEADER_BYTES)
    assert sorted(whole.parent.iterdir()) == sorted([whole, taken])
    assert taken.read_bytes() == b"of somebody"


def test_a_package_in_parts_opens(tmp_path: Path) -> None:
    path = tmp_path / "x.regiemap"
    blob = ("blobs/" + "a" * 64, noise(100_000))
    path.write_bytes(package(blob))
    made = split(path, 30_000)
    path.unlink()
    with open_whole(made[1]) as source:
        read = [(member.name, member.read(1 << 20)) for member in read_package(source, [key()[0]])]
    assert read == [*HEAD, blob]
    for part in made:
        part.unlink()  # on Windows only when nothing holds it open
