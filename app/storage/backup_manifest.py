"""The list at the head of a backup: every member with its size and hash, under a MAC by the data key.

Without the key it tells how old a backup is, of which store, and whether the file is whole; with the key also
that nobody changed it.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Self

from app.storage.data_key import DataKey
from app.storage.problem import DamagedBackup, NewerBackup

VERSION: Final = 1
NAME: Final = "manifest.json"
DATABASE: Final = "store.db"
KEYRING: Final = "store.keyring"
LARGEST_BYTES: Final = 64 * 1024 * 1024
_BLOB: Final = re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62}\.bin)")
_STORE: Final = re.compile(r"[0-9a-f]{32}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MADE: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Member:
    """`name` within the backup, `size` in bytes, `sha256` in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`store`: the store's id; `made`: a moment in UTC, `YYYY-MM-DDTHH:MM:SSZ`."""

    store: str
    made: str
    members: tuple[Member, ...]
    mac: str = ""

    def sealed(self, key: DataKey) -> Self:
        """The same under its MAC."""
        return replace(self, mac=self._mac(key))

    def is_by(self, key: DataKey) -> bool:
        """Whether the holder of this data key made it."""
        return hmac.compare_digest(self.mac, self._mac(key))

    def render(self) -> bytes:
        """The member's bytes."""
        form = self._body() | {"mac": self.mac}
        return json.dumps(form | {"sum": checksum(form)}, indent=1).encode() + b"\n"

    def moment(self) -> datetime:
        """When it was made."""
        return datetime.strptime(self.made, _MADE).replace(tzinfo=UTC)

    def _body(self) -> dict[str, object]:
        members = [[member.name, member.size, member.sha256] for member in self.members]
        return {"v": VERSION, "store": self.store, "made": self.made, "members": members}

    def _mac(self, key: DataKey) -> str:
        return hmac.digest(key.derive("backup-manifest"), _compact(self._body()), "sha256").hex()


def checksum(form: dict[str, object]) -> str:
    """Finds accidental damage before the key is there."""
    return hashlib.sha256(_compact(form)).hexdigest()


def _compact(form: dict[str, object]) -> bytes:
    return json.dumps(form, sort_keys=True, separators=(",", ":")).encode()


def made_text(moment: datetime) -> str:
    """A moment the way a manifest writes it."""
    return moment.astimezone(UTC).strftime(_MADE)


def parse(data: bytes) -> Manifest:
    """Read a manifest. Raises DamagedBackup, NewerBackup.

    Names are from a fixed set, so that nothing in a backup can be written anywhere else than in the new
    folder.
    """
    try:
        form = json.loads(data)
        if isinstance(form["v"], int) and form["v"] > VERSION:
            raise NewerBackup
        members = tuple(Member(str(name), int(size), str(digest)) for name, size, digest in form["members"])
        manifest = Manifest(str(form["store"]), str(form["made"]), members, str(form["mac"]))
        manifest.moment()
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise DamagedBackup from error
    names = [member.name for member in manifest.members]
    if (
        manifest.render() != data
        or not _STORE.fullmatch(manifest.store)
        or names[:2] != [DATABASE, KEYRING]
        or not all(_BLOB.fullmatch(name) for name in names[2:])
        or len(set(names)) != len(names)
        or not all(member.size > 0 and _SHA256.fullmatch(member.sha256) for member in manifest.members)
    ):
        raise DamagedBackup
    return manifest
