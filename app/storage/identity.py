"""This device: an Ed25519 signing key kept inside the encrypted database; the device is its SHA-256 (rule 16).

Beside it lies the key with which colleagues seal files for this device. A device that takes the place of an
earlier one of ours is signed by it, so that colleagues who know the old one know the new one.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from sqlalchemy import Connection

from app.storage import chain, seal_key
from app.storage.journal import Writer

_HEIR, _SEAL = b"regiemap/heir/1\0", b"regiemap/seal-key/1\0"


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """The active device and the officer on whose behalf it writes. The seal key is empty only in a store of
    schema 1 that has not been opened for writing since."""

    writer: Writer
    secret: bytes = field(repr=False)
    public: bytes
    seal_secret: bytes = field(default=b"", repr=False)
    seal_public: bytes = b""

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature of 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)

    def signer(self) -> Callable[[bytes], bytes]:
        """`sign` for many messages, without reading the key each time; not to be kept."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign

    @property
    def certificate(self) -> bytes:
        """By this device: that the seal key is its own."""
        return self.sign(_SEAL + bytes.fromhex(self.writer.device_id) + self.seal_public)


def heir_message(device: str) -> bytes:
    """What the earlier device signs about the one that takes its place."""
    return _HEIR + bytes.fromhex(device)


def signed_by(sign_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` is by the holder of `sign_key`; False for bytes that are no key."""
    try:
        Ed25519PublicKey.from_public_bytes(sign_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def make(conn: Connection, officer: str) -> DeviceIdentity:
    """A new device for this store; an earlier one of ours signs it, seals what it left unsigned and retires."""
    old = load(conn, officer)
    if old is not None:
        retire(conn, old)
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    seal_secret, seal_public = seal_key.new()
    device = hashlib.sha256(public).hexdigest()
    heir = (None, None) if old is None else (old.writer.device_id, old.sign(heir_message(device)))
    no = conn.exec_driver_sql(
        "INSERT INTO j_device(id, sign_key, heir_of, heir_signature) VALUES(?,?,?,?) RETURNING no",
        (device, public, *heir),
    ).scalar_one()
    conn.exec_driver_sql(
        "INSERT INTO l_own_device(no, sign_secret, active, seal_secret) VALUES(?,?,1,?)",
        (no, secret, seal_secret),
    )
    return DeviceIdentity(
        Writer(device=no, device_id=device, officer=officer), secret, public, seal_secret, seal_public
    )


def load(conn: Connection, officer: str) -> DeviceIdentity | None:
    """The active device, or None in a store that has none yet."""
    row = conn.exec_driver_sql(
        "SELECT d.no, d.id, o.sign_secret, d.sign_key, o.seal_secret FROM l_own_device o"
        " JOIN j_device d ON d.no = o.no WHERE o.active = 1"
    ).first()
    if row is None:
        return None
    no, device, secret, public, seal_secret = row
    writer = Writer(device=no, device_id=device, officer=officer)
    if seal_secret is None:
        return DeviceIdentity(writer, secret, public)
    return DeviceIdentity(writer, secret, public, seal_secret, seal_key.public(seal_secret))


def complete(conn: Connection, identity: DeviceIdentity) -> DeviceIdentity:
    """The same device with a seal key; one of schema 1 had none."""
    if identity.seal_secret:
        return identity
    secret, public = seal_key.new()
    conn.exec_driver_sql(
        "UPDATE l_own_device SET seal_secret = ? WHERE no = ?", (secret, identity.writer.device)
    )
    return replace(identity, seal_secret=secret, seal_public=public)


def seal_secrets(conn: Connection) -> tuple[bytes, ...]:
    """The secret seal keys of all our devices, newest first: a file may have been sealed for an earlier one."""
    sql = "SELECT seal_secret FROM l_own_device WHERE seal_secret IS NOT NULL ORDER BY no DESC"
    return tuple(conn.exec_driver_sql(sql).scalars())


def heir_of(conn: Connection, device: str) -> tuple[str, bytes] | None:
    """The device that `device` took the place of and its signature, as far as told; not checked here."""
    sql = "SELECT heir_of, heir_signature FROM j_device WHERE id = ? AND heir_of IS NOT NULL"
    row = conn.exec_driver_sql(sql, (device,)).first()
    return None if row is None else (row[0], row[1])


def retire(conn: Connection, identity: DeviceIdentity) -> None:
    """Sign what this device left unsigned; it writes no more (reused numbers would be two histories)."""
    chain.seal(conn, identity.writer.device, identity.writer.device_id, identity.sign)
    conn.exec_driver_sql("UPDATE l_own_device SET active = 0 WHERE no = ?", (identity.writer.device,))
