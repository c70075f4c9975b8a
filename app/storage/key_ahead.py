"""Begins the slow derivation of a key while the rest of the program is still being read from disk.

Argon2id works without the interpreter's lock, so a command can load its libraries meanwhile. Nothing is decided
here: delay after wrong tries, checks and problems stay where the store is opened, which takes what was derived
instead of deriving it itself.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

from app.domain.errors import KnownProblem
from app.storage.kdf_cost import KdfCost, argon2id
from app.storage.key_files import KeyFiles

if TYPE_CHECKING:
    from app.storage.secret import Secret
    from app.storage.store_folder import StoreFolder


class KeyAhead:
    """One derivation on a thread of its own."""

    def __init__(self, material: bytes, salt: bytes, cost: KdfCost) -> None:
        self._asked = (salt, cost)
        self._found: bytes | None = None
        # A daemon: a command that is refused for another reason does not wait for a key that nobody wants.
        self._thread = Thread(target=self._derive, args=(material, salt, cost), name="key", daemon=True)
        self._thread.start()

    def take(self, salt: bytes, cost: KdfCost) -> bytes | None:
        """Wait for what was derived, and give it away; None if it was for another slot, failed or was taken."""
        if self._asked != (salt, cost):
            return None
        self._thread.join()
        found, self._found = self._found, None
        return found

    def _derive(self, material: bytes, salt: bytes, cost: KdfCost) -> None:
        with suppress(KnownProblem):  # too little memory: who asks derives by itself, and is told
            self._found = argon2id(material, salt, cost)


def begin(folder: StoreFolder, secret: Secret) -> Secret:
    """The same secret, its derivation for this store under way if the key file can be read."""
    with suppress(KnownProblem, OSError):
        slot = KeyFiles(folder.keyring).read().file.slot(secret.type)
        if slot is not None:
            return replace(secret, ahead=KeyAhead(secret.material, slot.salt, slot.cost))
    return secret
