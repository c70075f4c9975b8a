"""This device: an Ed25519 signing key kept inside the encrypted database; the device is its SHA-256 (rule 16)."""

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from sqlalchemy import Connection

from app.storage import chain
from app.storage.journal import Writer


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """The active device and the officer on whose behalf it writes."""

    writer: Writer
    secret: bytes = field(repr=False)
    public: bytes

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature of 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def make(conn: Connection, officer: str) -> DeviceIdentity:
    """A new device for this store; an earlier one of ours seals what it left unsigned and retires."""
    old = load(conn, officer)
    if old is not None:
        retire(conn, old)
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    device = hashlib.sha256(public).hexdigest()
    no = conn.exec_driver_sql(
        "INSERT INTO j_device(id, sign_key) VALUES(?,?) RETURNING no", (device, public)
    ).scalar_one()
    conn.exec_driver_sql("INSERT INTO l_own_device(no, sign_secret, active) VALUES(?,?,1)", (no, secret))
    return DeviceIdentity(Writer(device=no, device_id=device, officer=officer), secret, public)


def load(conn: Connection, officer: str) -> DeviceIdentity | None:
    """The active device, or None in a store that has none yet."""
    row = conn.exec_driver_sql(
        "SELECT d.no, d.id, o.sign_secret, d.sign_key FROM l_own_device o JOIN j_device d ON d.no = o.no"
        " WHERE o.active = 1"
    ).first()
    if row is None:
        return None
    return DeviceIdentity(Writer(device=row[0], device_id=row[1], officer=officer), row[2], row[3])


def retire(conn: Connection, identity: DeviceIdentity) -> None:
    """Sign what this device left unsigned; it writes no more (reused numbers would be two histories)."""
    chain.seal(conn, identity.writer.device, identity.writer.device_id, identity.sign)
    conn.exec_driver_sql("UPDATE l_own_device SET active = 0 WHERE no = ?", (identity.writer.device,))
