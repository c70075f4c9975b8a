"""A package as a file: an archive in an envelope, written and read as a stream (docs/package-format.md)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from app.exchange.archive import LEVEL, MOST_BYTES, ArchiveWriter, Member, read_members
from app.exchange.envelope import EnvelopeWriter, open_envelope


class HoldsExtract(Exception):
    """The package has nothing to merge: it is an extract to read."""


def write_package(
    out: BinaryIO,
    receivers: Sequence[bytes],
    members: Iterable[tuple[str, int, Iterable[bytes]]],
    level: int = LEVEL,
) -> None:
    """Write `members` (name, size, bytes bit by bit) for `receivers`, the public halves of their seal keys."""
    with EnvelopeWriter(out, receivers) as envelope, ArchiveWriter(envelope, level) as archive:
        for name, size, chunks in members:
            archive.add_chunks(name, size, chunks)


def read_package(source: BinaryIO, secrets: Sequence[bytes], most: int = MOST_BYTES) -> Iterator[Member]:
    """The members of the package in `source`, each to be read before the next.

    `secrets`: the secret halves of this device's seal keys. Raises, at once or while reading, what is in
    `app.exchange.problem`. Believe nothing before the iteration has ended without a problem.
    """
    return read_members(open_envelope(source, secrets), most)
