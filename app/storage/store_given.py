"""What an open store is given from outside: who writes, content packs to keep, and what follows from content."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection

from app.storage.journal import Writer

FoundBy = Callable[[], Callable[[], Mapping[str, frozenset[str]]]]
"""Of persons of whom nothing at all was here before an action: what they are found by, where that is worked out for the
action anyhow. Of everybody else it is worked out from what stands in the tables afterwards. Called twice: when the ops
stand in the journal, so that it may be worked out elsewhere meanwhile, and what that gives when it is needed."""


def nobody_found_yet() -> Callable[[], Mapping[str, frozenset[str]]]:
    """It is worked out of nobody."""
    return dict


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

        `found_by`: see `FoundBy`.
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
