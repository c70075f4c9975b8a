"""Scanned papers: one encrypted file each beside the database, stored once per scope (settled rule 14).

The id is made from what the paper holds and from the scope's own key: equal within a scope, and nothing to
compare between two. A file is complete and on disk before the row that names it is committed; a file that no
row names is left over from a transaction that was taken back, and is swept away.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from app.storage.atomic_file import sync_folder, write_atomically
from app.storage.problem import ScanDamaged, ScanEmpty, ScanMissing, ScanTooLarge, ScanTypeRefused
from app.storage.scan_cipher import decrypt, encrypt, sealed_bytes
from app.storage.translate_errors import translate_errors

LARGEST_BYTES: Final = 25 * 1024 * 1024
BLOB_NAME: Final = re.compile(r"[0-9a-f]{64}\.bin")

_KINDS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def media_type(data: bytes) -> str:
    """What the first bytes say it is; a name says nothing. Raises ScanEmpty, ScanTypeRefused."""
    if not data:
        raise ScanEmpty
    for start, kind in _KINDS:
        if data.startswith(start):
            return kind
    raise ScanTypeRefused


def blob_id(scope_key: bytes, data: bytes) -> str:
    """The name of these bytes in a scope: 64 hex characters."""
    return hmac.digest(scope_key, b"regiemap/scan/1\0" + hashlib.sha256(data).digest(), "sha256").hex()


class ScanShelf:
    """The scans in the folder `blobs`, whose keys lie in the table of `scan_table`."""

    def __init__(self, blobs: Path) -> None:
        self._blobs = blobs

    def path_of(self, blob: str) -> Path:
        """Where the file of this scan lies."""
        return self._blobs / blob[:2] / f"{blob}.bin"

    def add(self, conn: Connection, scope: str, scope_key: bytes, data: bytes) -> str:
        """Keep a scan and return its id; the same bytes in the same scope are kept once.

        Raises ScanEmpty, ScanTypeRefused, ScanTooLarge, DiskFull, ReadOnlyFolder, DiskFault.
        """
        media_type(data)
        if len(data) > LARGEST_BYTES:
            raise ScanTooLarge(megabytes=LARGEST_BYTES // (1024 * 1024))
        blob = blob_id(scope_key, data)
        row = self._row(conn, blob)
        if row is not None and self._is_there(blob, row[1]):
            return blob
        key = secrets.token_bytes(32) if row is None else row[0]
        with translate_errors():
            self._write(blob, key, data)
        if row is None:
            conn.execute(
                text("INSERT INTO l_scan_file(blob, scope, key, size) VALUES(:blob, :scope, :key, :size)"),
                {"blob": blob, "scope": scope, "key": key, "size": len(data)},
            )
        return blob

    def holds(self, blob: str, size: int) -> bool:
        """Whether the file of a scan of so many plain bytes is there; its contents are not read."""
        return self._is_there(blob, size)

    def chunks(self, conn: Connection, blob: str) -> Iterator[bytes]:
        """The plain bytes in chunks of at most 256 KiB. Raises ScanMissing, ScanDamaged (see
        `scan_cipher.decrypt`).
        """
        row = self._row(conn, blob)
        if row is None:
            raise ScanMissing
        key, size = row
        with translate_errors():
            try:
                source = self.path_of(blob).open("rb")
            except FileNotFoundError as error:
                raise ScanMissing from error
            with source:
                found = 0
                for chunk in decrypt(source, key, blob):
                    found += len(chunk)
                    yield chunk
                if found != size:
                    raise ScanDamaged

    def read(self, conn: Connection, blob: str) -> bytes:
        """All plain bytes, verified. Raises ScanMissing, ScanDamaged."""
        return b"".join(self.chunks(conn, blob))

    def remove(self, conn: Connection, blob: str) -> None:
        """Forget the key, which makes the file unreadable; `sweep` takes the file away after the commit."""
        conn.execute(text("DELETE FROM l_scan_file WHERE blob = :blob"), {"blob": blob})

    def sweep(self, conn: Connection) -> int:
        """Take away files that no row names; say how many. Not while a scan is being added. Raises OSError's
        problems.
        """
        known = {name for (name,) in conn.execute(text("SELECT blob FROM l_scan_file"))}
        swept = 0
        with translate_errors():
            for path in list(self._blobs.glob("*/*")):
                if path.name.removesuffix(".bin") not in known:
                    path.unlink(missing_ok=True)
                    swept += 1
        return swept

    def verify(self, conn: Connection) -> tuple[str, ...]:
        """The ids of scans that are missing or damaged."""
        bad = []
        for blob in conn.execute(text("SELECT blob FROM l_scan_file ORDER BY blob")).scalars().all():
            try:
                for _chunk in self.chunks(conn, blob):
                    pass
            except (ScanMissing, ScanDamaged):
                bad.append(blob)
        return tuple(bad)

    def _row(self, conn: Connection, blob: str) -> tuple[bytes, int] | None:
        found = conn.execute(
            text("SELECT key, size FROM l_scan_file WHERE blob = :blob"), {"blob": blob}
        ).one_or_none()
        return None if found is None else (bytes(found[0]), int(found[1]))

    def _is_there(self, blob: str, size: int) -> bool:
        path = self.path_of(blob)
        return path.is_file() and path.stat().st_size == sealed_bytes(size)

    def _write(self, blob: str, key: bytes, data: bytes) -> None:
        path = self.path_of(blob)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, b"".join(encrypt(data, key, blob)))
        sync_folder(self._blobs)
