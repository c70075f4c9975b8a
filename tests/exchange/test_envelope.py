"""The envelope: opened by those it is for, and by nobody when a byte of it is not as it was."""

import base64
import hashlib
import io
import json
import time
import tracemalloc
from random import Random
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from app.exchange.envelope import (
    CHUNK_BYTES,
    LEAST_BYTES,
    MAGIC,
    TAG_BYTES,
    EnvelopeWriter,
    open_envelope,
    padded,
)
from app.exchange.problem import DamagedPackage, NewerPackage, NotAPackage, NotForYou, TooManyReceivers
from app.storage import seal_key
from tests.support.package_bytes import envelope, key, noise, opened

ROOM = CHUNK_BYTES - 4
SEALED = CHUNK_BYTES + TAG_BYTES


def chunks_start(data: bytes) -> int:
    return len(MAGIC) + 4 + int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4]) + 8 + 32


@pytest.mark.parametrize(
    "size", [0, 1, LEAST_BYTES - 1, LEAST_BYTES, ROOM - 1, ROOM, ROOM + 1, 2 * ROOM, 2 * ROOM + 1, 1_000_003]
)
def test_what_goes_in_comes_out(size: int) -> None:
    data = noise(size)
    sealed = envelope(data)
    assert opened(sealed) == data
    assert len(data) < 64 or data[:64] not in sealed


@given(st.lists(st.integers(0, 150_000), max_size=8), st.integers(0, 99))
def test_pieces_of_any_size_make_the_same_contents(sizes: list[int], seed: int) -> None:
    pieces = [noise(size, seed + at) for at, size in enumerate(sizes)]
    out = io.BytesIO()
    with EnvelopeWriter(out, [key()[1]]) as writer:
        for piece in pieces:
            assert writer.write(piece) == len(piece)
    source = open_envelope(io.BytesIO(out.getvalue()), [key()[0]])
    found, chance = b"", Random(seed)
    while piece := source.read(chance.randint(1, 90_000)):
        found += piece
    assert found == b"".join(pieces)


def test_each_receiver_opens_it_and_nobody_else() -> None:
    sealed = envelope(b"For two", to=(1, 2))
    assert opened(sealed, by=1) == opened(sealed, by=2) == b"For two"
    with pytest.raises(NotForYou):
        opened(sealed, by=3)


def test_an_earlier_key_of_the_device_still_opens() -> None:
    sealed = envelope(b"Old card", to=(1,))
    assert open_envelope(io.BytesIO(sealed), [key(2)[0], key(1)[0]]).read() == b"Old card"
    with pytest.raises(NotForYou):
        open_envelope(io.BytesIO(sealed), [])


def test_fifty_receivers_and_no_more() -> None:
    sealed = envelope(b"Whole office", to=range(50))
    assert opened(sealed, by=49) == b"Whole office"
    with pytest.raises(TooManyReceivers):
        envelope(b"", to=range(51))
    with pytest.raises(ValueError, match="receiver"):
        EnvelopeWriter(io.BytesIO(), [])


def test_a_receiver_named_twice_counts_once() -> None:
    assert len(envelope(b"x", to=(1, 1))) == len(envelope(b"x", to=(1,)))


def test_nothing_in_the_clear_names_a_receiver() -> None:
    one, two = envelope(b"x", to=(1, 2)), envelope(b"x", to=(1, 2))
    start = chunks_start(one)
    public = key(1)[1]
    for form in (public, hashlib.sha256(public).digest(), base64.b64encode(public)):
        assert form[:24] not in one
    assert one[start:] != two[start:]
    assert json.loads(one[14 : start - 40])["recipients"] != json.loads(two[14 : start - 40])["recipients"]


def test_the_keys() -> None:
    secret, public = seal_key.new()
    assert (len(secret), len(public)) == (seal_key.SECRET_BYTES, seal_key.PUBLIC_BYTES)
    assert seal_key.public(secret) == public
    assert seal_key.is_public(public)
    assert not seal_key.is_public(public[:-1])
    assert not seal_key.is_public(b"\xff" * len(public))  # coefficients beyond the modulus
    assert not seal_key.is_public(public[:1184] + bytes(32))  # a point of low order
    with pytest.raises(ValueError, match="96"):
        seal_key.public(secret[1:])
    with pytest.raises(ValueError, match="1216"):
        EnvelopeWriter(io.BytesIO(), [public[1:]])


# --- size -------------------------------------------------------------------------------------------------------


@given(st.integers(0, 1 << 40))
def test_padding_hides_the_size_and_costs_little(size: int) -> None:
    made = padded(size)
    assert made >= max(size, LEAST_BYTES)
    assert made <= max(LEAST_BYTES, size * 1.12)
    assert padded(made) == made
    assert bin(made).rstrip("0").count("1") <= 6 or made.bit_length() > 63


def test_small_packages_are_of_one_size() -> None:
    assert len({len(envelope(noise(size))) for size in (0, 1, LEAST_BYTES)}) == 1


# --- damage -----------------------------------------------------------------------------------------------------


def refused(data: bytes, *problems: type[Exception]) -> None:
    with pytest.raises(problems or DamagedPackage):
        opened(data)


@pytest.mark.parametrize("step", [23, pytest.param(1, marks=pytest.mark.slow)])
def test_a_change_in_any_byte_is_refused(step: int) -> None:
    data, chance = envelope(b"Kort"), Random(1)
    start = chunks_start(data)
    for at in (*range(start + 32), *range(start + 32, len(data), step), *range(len(data) - 20, len(data))):
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        refused(bytes(changed), DamagedPackage, *((NotAPackage, NewerPackage) if at < len(MAGIC) else ()))


@given(st.data())
def test_changes_in_a_longer_file_are_refused(data: st.DataObject) -> None:
    sealed = envelope(noise(3 * ROOM))
    at = data.draw(st.integers(len(MAGIC), len(sealed) - 1))
    mask = data.draw(st.integers(1, 255))
    refused(sealed[:at] + bytes((sealed[at] ^ mask,)) + sealed[at + 1 :])


def test_a_file_cut_anywhere_is_refused() -> None:
    data = envelope(b"Kort")
    start = chunks_start(data)
    for length in (*range(1, start + 64), *range(start + 64, len(data), 97), len(data) - 1):
        refused(data[:length])
    refused(b"", NotAPackage)


def test_a_file_cut_between_two_chunks_is_refused() -> None:
    data = envelope(noise(3 * ROOM))
    start = chunks_start(data)
    for count in (0, 1, 2):
        refused(data[: start + count * SEALED])


def test_chunks_keep_their_place() -> None:
    data = envelope(noise(4 * ROOM))
    start = chunks_start(data)
    head = data[:start]
    one, two, three, four = (data[start + at * SEALED : start + (at + 1) * SEALED] for at in range(4))
    assert len(four) == SEALED
    for order in (
        (two, one, three, four),
        (one, three, four),
        (one, one, two, three, four),
        (two, three, four),
    ):
        refused(head + b"".join(order))
    refused(data + four)
    refused(data + b"\0")
    refused(data + data)


def test_chunks_of_another_file_are_refused() -> None:
    one, two = envelope(noise(3 * ROOM)), envelope(noise(3 * ROOM))
    start = chunks_start(one)
    refused(one[: start + SEALED] + two[start + SEALED :])
    refused(one[:start] + two[start:])
    mixed = json.loads(one[14 : start - 40])
    mixed["recipients"] = json.loads(two[14 : start - 40])["recipients"]
    refused(with_header(mixed, one[start - 32 :]))


def test_reading_on_after_damage_gets_no_further() -> None:
    source = open_envelope(io.BytesIO(envelope(b"Kort") + b"!"), [key()[0]])
    for _try in range(3):
        with pytest.raises(DamagedPackage):
            source.read()


# --- hostile headers and other files ----------------------------------------------------------------------------


def with_header(header: object, rest: bytes) -> bytes:
    """A file with this header, its length and check true."""
    text = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    start = MAGIC + len(text).to_bytes(4) + text
    return start + hashlib.sha256(b"regiemap/check/1\0" + start).digest()[:8] + rest


def test_a_header_written_otherwise_is_refused() -> None:
    data = envelope(b"Kort")
    start = chunks_start(data)
    header, rest = json.loads(data[14 : start - 40]), data[start - 32 :]
    assert opened(with_header(header, rest)) == b"Kort"
    wrong: list[object] = [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        json.dumps(header).encode(),  # spaces
        header | {"v": 0},
        header | {"v": True},
        header | {"v": "1"},
        header | {"suite": "none"},
        header | {"chunk": 1},
        header | {"pad": ""},
        header | {"more": 1},
        header | {"recipients": []},
        header | {"recipients": header["recipients"] * 51},
        header | {"recipients": [{"enc": 1}]},
        header | {"recipients": [{"enc": header["recipients"][0]["enc"], "to": "x"}]},
        header | {"recipients": [{"enc": "AA=="}, *header["recipients"]]},
    ]
    for changed in wrong:
        refused(with_header(changed, rest))
    refused(MAGIC + b"\xff\xff\xff\xff" + data[14:])
    refused(MAGIC + b"\x00\x02\x00\x01" + data[14:])


def test_newer_versions_are_named() -> None:
    data = envelope(b"Kort")
    header = json.loads(data[14 : chunks_start(data) - 40])
    for later in (b"REGIEMAP2\n" + data[10:], with_header(header | {"v": 2, "suite": "new"}, bytes(99))):
        with pytest.raises(NewerPackage) as caught:
            opened(later)
        assert caught.value.params == {"version": 2}


@pytest.mark.parametrize(
    "start",
    [b"PK\x03\x04", b"%PDF-1.7\n", b"", b"REGIEMAP", b"REGIEMAPX\n", b"REGIEMAPPART1\n", b"\x28\xb5\x2f\xfd"],
)
def test_other_files_are_not_ours(start: bytes) -> None:
    rest = b"" if start in (b"", b"REGIEMAP") else bytes(200)
    with pytest.raises(DamagedPackage if start == b"REGIEMAP" else NotAPackage):
        opened(start + rest)


def test_padding_that_is_no_padding_is_refused() -> None:
    """A receiver knows the file key and can make true chunks; they still must have one form."""
    header_end = chunks_start(envelope(b""))
    for chunks in (
        [b"\0\0\0\x01ab"],  # not zero
        [b"\0\0\0\x09ab"],  # longer than it is
        [b"\0\0"],
        [b"\0\0\0\x00\0", b"\0\0\0\x01a"],  # contents after padding
    ):
        out = io.BytesIO()
        writer = EnvelopeWriter(out, [key()[1]])
        for at, plain in enumerate(chunks):
            number, last = at.to_bytes(8), (at == len(chunks) - 1).to_bytes(4)
            filled = plain if at == len(chunks) - 1 else plain.ljust(CHUNK_BYTES, b"\0")
            out.write(writer._cipher.encrypt(number + last, filled, None))
        assert chunks_start(out.getvalue()) == header_end
        refused(out.getvalue())


def test_a_writer_that_fails_leaves_nothing_that_opens() -> None:
    out = io.BytesIO()

    def failing() -> None:
        with EnvelopeWriter(out, [key()[1]]) as writer:
            writer.write(noise(2 * ROOM))
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert len(out.getvalue()) > ROOM
    refused(out.getvalue())


class Slow(io.BytesIO):
    """A source that gives a few bytes at a time, as a pipe may."""

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(1000, size or 0))


def test_a_source_may_give_less_than_it_is_asked() -> None:
    source: BinaryIO = Slow(envelope(noise(2 * ROOM)))
    assert open_envelope(source, [key()[0]]).read() == noise(2 * ROOM)


# --- speed and memory -------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """Swallows a file, or gives one out, without keeping it."""

    @override
    def write(self, data: Any, /) -> int:
        return len(data)


def test_memory_does_not_grow_with_the_file() -> None:
    piece = noise(1 << 20)
    sink: Any = Endless()
    tracemalloc.start()
    try:
        with EnvelopeWriter(sink, [key()[1]]) as writer:
            for _piece in range(64):
                writer.write(piece)
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()


def test_speed() -> None:
    data, out = noise(1 << 20) * 64, io.BytesIO()
    started = time.perf_counter()
    with EnvelopeWriter(out, [key()[1]]) as writer:
        writer.write(data)
    source = open_envelope(io.BytesIO(out.getvalue()), [key()[0]])
    while source.read(1 << 18):
        pass
    assert time.perf_counter() - started < 2 * 64 / 100  # far below what it does, for a busy machine
