"""The key file: the data key in several slots, each opened by another secret. About one kilobyte of JSON.

Two guards lie over it. A plain checksum tells accidental damage from a wrong passphrase, before anybody types
one. A MAC by the data key tells, once a slot has opened, whether slots were added, taken out or altered
elsewhere. The form is strict: the bytes must be exactly those that `KeyFile.render` gives.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field, replace
from typing import Final, Self

from app.storage.data_key import DataKey
from app.storage.keyslot import KeySlot
from app.storage.problem import DamagedKeyFile, NewerKeyFile
from app.storage.secret import Secret, SlotType

VERSION: Final = 1
LARGEST_BYTES: Final = 16 * 1024
_FIELDS: Final = {"v", "store", "gen", "slots", "mac", "sum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """`store`: the store's id. `generation` grows by one with each change."""

    store: str
    generation: int
    slots: tuple[KeySlot, ...]
    mac: bytes = field(default=b"")

    def sealed(self, key: DataKey) -> Self:
        """The same with its MAC made anew."""
        return replace(self, mac=self._mac(key))

    def unlock(self, secret: Secret) -> DataKey | None:
        """The data key, or None if this secret fits no slot. Raises DamagedKeyFile, NotEnoughMemory.

        Damaged here means: the secret is right and the file was changed by something other than the program.
        """
        for slot in self.slots:
            key = slot.open(secret)
            if key is not None:
                if not hmac.compare_digest(self.mac, self._mac(key)):
                    key.wipe()
                    raise DamagedKeyFile
                return key
        return None

    def with_slot(self, key: DataKey, slot: KeySlot) -> Self:
        """The next generation, in which `slot` stands in the place of all others of its type."""
        others = tuple(other for other in self.slots if other.type is not slot.type)
        return replace(self, generation=self.generation + 1, slots=(*others, slot)).sealed(key)

    def slot(self, slot_type: SlotType) -> KeySlot | None:
        """The slot of this type, if there is one."""
        return next((slot for slot in self.slots if slot.type is slot_type), None)

    def render(self) -> bytes:
        """The file's bytes."""
        form = self._body() | {"mac": self.mac.hex()}
        return _text(form | {"sum": _checksum(form)})

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read the file's bytes. Raises DamagedKeyFile, NewerKeyFile."""
        if len(data) > LARGEST_BYTES:
            raise DamagedKeyFile
        try:
            form = json.loads(data)
            _refuse_newer(form)
            if set(form) != _FIELDS:
                raise ValueError("fields")
            file = cls(
                store=_hex(form["store"], 16).hex(),
                generation=int(form["gen"]),
                slots=tuple(KeySlot.from_json(slot) for slot in form["slots"]),
                mac=_hex(form["mac"], 32),
            )
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
            raise DamagedKeyFile from error
        # One slot of a type: a planted file must not make the program try a hundred costly ones.
        if len({slot.type for slot in file.slots}) != len(file.slots) or file.render() != data:
            raise DamagedKeyFile
        return file

    def _body(self) -> dict[str, object]:
        slots = [slot.to_json() for slot in self.slots]
        return {"v": VERSION, "store": self.store, "gen": self.generation, "slots": slots}

    def _mac(self, key: DataKey) -> bytes:
        return hmac.digest(key.derive("key-file"), _compact(self._body()), "sha256")


def make(store: str, key: DataKey, slots: tuple[KeySlot, ...], generation: int = 1) -> KeyFile:
    """A key file for a new store or a new data key."""
    return KeyFile(store=store, generation=generation, slots=slots).sealed(key)


def _refuse_newer(form: object) -> None:
    if not isinstance(form, dict):
        raise ValueError("form")
    version = form.get("v")
    # A whole newer file has a right checksum too; without it the number itself may be the damage.
    rest = {name: value for name, value in form.items() if name != "sum"}
    if isinstance(version, int) and version > VERSION and form.get("sum") == _checksum(rest):
        raise NewerKeyFile


def _checksum(form: dict[str, object]) -> str:
    return hashlib.sha256(_compact(form)).hexdigest()


def _compact(form: dict[str, object]) -> bytes:
    return json.dumps(form, sort_keys=True, separators=(",", ":")).encode()


def _text(form: dict[str, object]) -> bytes:
    return json.dumps(form, indent=1).encode() + b"\n"


def _hex(value: object, length: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * length:
        raise ValueError("hex")
    return bytes.fromhex(value)
