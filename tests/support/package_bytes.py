"""Packages and archives in memory, and the same made by somebody who means harm."""

import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from random import Random
from typing import Final

from app.exchange.archive import zstd
from app.exchange.envelope import EnvelopeWriter, open_envelope
from app.exchange.package_file import read_package, write_package
from app.storage import seal_key

MANIFEST: Final = b'{"format":1}'
SIGNATURE: Final = bytes(range(64))
HEAD: Final = (("manifest.json", MANIFEST), ("manifest.sig", SIGNATURE))

Content = tuple[str, bytes]


@cache
def _keys() -> dict[int, tuple[bytes, bytes]]:
    return {}


def key(number: int = 0) -> tuple[bytes, bytes]:
    """The seal key (secret, public) of a made-up device."""
    if number not in _keys():
        _keys()[number] = seal_key.new()
    return _keys()[number]


def noise(size: int, seed: int = 0) -> bytes:
    """Bytes that do not compress."""
    return Random(seed).randbytes(size)


def package(*members: Content, to: Iterable[int] = (0,)) -> bytes:
    """A package with a manifest and these members."""
    out = io.BytesIO()
    write_package(
        out,
        [key(number)[1] for number in to],
        ((name, len(data), [data]) for name, data in (*HEAD, *members)),
    )
    return out.getvalue()


def contents(data: bytes, *, by: int = 0) -> list[Content]:
    """What a device reads in a package."""
    return [(member.name, member.read(1 << 30)) for member in read_package(io.BytesIO(data), [key(by)[0]])]


def envelope(data: bytes, *, to: Iterable[int] = (0,)) -> bytes:
    """An envelope around any bytes."""
    out = io.BytesIO()
    with EnvelopeWriter(out, [key(number)[1] for number in to]) as writer:
        writer.write(data)
    return out.getvalue()


def opened(data: bytes, *, by: int = 0) -> bytes:
    """What a device finds in an envelope."""
    return open_envelope(io.BytesIO(data), [key(by)[0]]).read()


def tar_header(name: bytes, size: int, change: Callable[[bytearray], None] | None = None) -> bytes:
    """A ustar header written independently of the program; `change` comes before the checksum."""
    block = bytearray(512)
    block[: len(name)] = name
    for start, text in (
        (100, b"0000644\0"),
        (108, b"0000000\0"),
        (116, b"0000000\0"),
        (124, f"{size:011o}\0".encode()),
        (136, b"00000000000\0"),
        (156, b"0"),
        (257, b"ustar\x0000"),
        (329, b"0000000\0"),
        (337, b"0000000\0"),
    ):
        block[start : start + len(text)] = text
    if change:
        change(block)
    block[148:156] = b" " * 8
    block[148:156] = f"{sum(block):06o}\0 ".encode()
    return bytes(block)


def tar(members: Sequence[Content], end: bytes = bytes(1024)) -> bytes:
    """A tar of any names, in any order."""
    return b"".join(
        tar_header(name.encode(), len(data)) + data + bytes(-len(data) % 512) for name, data in members
    ) + end  # fmt: skip


def squeezed(data: bytes) -> bytes:
    """One zstd frame."""
    return zstd.compress(data)
