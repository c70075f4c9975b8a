"""What an open store is given from outside: who writes, content packs to keep, and what follows from content."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection

from app.storage.journal import Writer


class Deriver(Protocol):
    """Fills in, within the transaction, what follows from content for dossiers, and what persons are found by."""

    def __call__(
        self,
        conn: Connection,
        dossiers: Iterable[str],
        scopes: Collection[str],
        found_by: Mapping[str, frozenset[str]],
    ) -> None:
        """`dossiers`: those whose lines were just made anew; `scopes`: where something was changed, persons too.

        `found_by`: as in `UnitOfWork`.
        """


class Pack(Protocol):
    """A content pack as it is kept: its name, the SHA-256 of its canonical text, and that text."""

    @property
    def name(self) -> str:
        """Under which the pack is known."""

    @property
    def hash(self) -> str:
        """64 hexadecimal characters."""

    @property
    def canonical(self) -> str:
        """What the hash is of."""


class Identity(Protocol):
    """Who writes here: the active device and how it signs."""

    @property
    def writer(self) -> Writer:
        """The device and the officer."""

    def sign(self, message: bytes) -> bytes:
        """A signature by the device's key."""

    def signer(self) -> Callable[[bytes], bytes]:
        """`sign` for many messages."""


def nothing_follows(
    conn: Connection,
    dossiers: Iterable[str],
    scopes: Collection[str],
    found_by: Mapping[str, frozenset[str]],
) -> None:
    """No content, nothing to derive."""


def no_list(marks: frozenset[str]) -> None:
    """No list outside the store."""
