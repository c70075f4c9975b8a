"""Opens a package as far as its manifest: for somebody who takes it in, and for somebody who only looks."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.exchange.archive import Member
from app.exchange.manifest import MOST_BYTES, SIGNED, Manifest, MemberEntry, read_manifest
from app.exchange.package_file import read_package
from app.exchange.problem import DamagedPackage, NotForYou, WrongSignature
from app.storage.scan import ScanShelf

LONGEST_LINE: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who takes in: the devices that were ever ours, the keys to open with, and the shelf for scans (None: a look)."""

    devices: frozenset[str]
    active: str
    secrets: tuple[bytes, ...]
    now_ms: int
    shelf: ScanShelf | None = None


def open_manifest(source: BinaryIO, receiver: Receiver) -> tuple[Manifest, Iterator[Member]]:
    """Open a package as far as its manifest, signature checked. Raises the problems of `app.exchange.problem`."""
    members = read_package(source, receiver.secrets)
    text = wanted(members, "manifest.json").read(MOST_BYTES)
    signature = wanted(members, "manifest.sig").read(64)
    manifest = read_manifest(text)
    try:
        Ed25519PublicKey.from_public_bytes(manifest.sender.sign_key).verify(signature, SIGNED + text)
    except InvalidSignature:
        raise WrongSignature from None
    if not receiver.devices.intersection(manifest.to):
        raise NotForYou
    return manifest, members


def wanted(members: Iterator[Member], name: str) -> Member:
    """The next member, which must be this one. Raises `DamagedPackage`."""
    found = next(members, None)
    if found is None or found.name != name:
        raise DamagedPackage
    return found


def op_blocks(members: Iterator[Member], entries: Sequence[MemberEntry]) -> Iterator[bytes]:
    """The lines of all ops members, many at a time, with size, hash and count as the manifest says. Raises
    `DamagedPackage`, at the end of a member."""
    for entry in entries:
        member = wanted(members, entry.name)
        digest, count, size = hashlib.sha256(), 0, 0
        for block in member.blocks(LONGEST_LINE):
            digest.update(block)
            size += len(block)
            count += block.count(b"\n")
            yield block
        if (size, digest.hexdigest(), count) != (entry.size, entry.sha256, entry.count):
            raise DamagedPackage
