"""python tools/package_vectors.py [write|check]: docs/package-vectors.json, for readers in other languages.

What follows from its input is made anew by `check` and must be the same. The package itself cannot be made twice alike
(wrapping takes fresh randomness): `write` has two made-up officers make one, `check` reads it with the program and with
`tools/read_package.py`. Its keys are public: everything in it is made up.
"""

import base64
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.exchange import archive, envelope
from app.exchange.package_file import read_package
from app.storage import seal_key
from tools import read_package as second

TARGET = ROOT / "docs" / "package-vectors.json"
FILE_KEY, SECRET = bytes(range(32)), bytes(range(96))
SIZES = (0, 1, 4096, 4097, 9999, 65_532, 65_533, 1_000_000, 123_456_789, 2**40 + 1)
MEMBERS = (("manifest.json", 1234), ("ops-0001.jsonl", 0), ("blobs/" + "0f" * 32, 20 * 2**20))
CHUNKS = ((0, False, b"", 12), (1, False, b"Voorbeeld", 0), (7, True, "é".encode(), 3))
Vectors = dict[str, Any]


def fixed() -> Vectors:
    """What follows from its input alone."""
    chunk_key = envelope.derived(FILE_KEY, envelope.CHUNKS)
    return {
        "padded": [[size, envelope.padded(size)] for size in SIZES],
        "seal_key": {"secret": SECRET.hex(), "public": seal_key.public(SECRET).hex()},
        "header": {
            "wraps": [bytes(envelope.WRAP_BYTES).hex()],
            "header": envelope.header_bytes([bytes(envelope.WRAP_BYTES)]).decode("ascii"),
            "info": envelope.wrap_info().hex(),
        },
        "keys": {
            "file_key": FILE_KEY.hex(),
            "header": envelope.derived(FILE_KEY, envelope.HEADER).hex(),
            "chunks": chunk_key.hex(),
        },
        "chunks": [_chunk(chunk_key, *row) for row in CHUNKS],
        "tar_headers": [[name, size, archive.member_header(name, size).hex()] for name, size in MEMBERS],
    }


def _chunk(key: bytes, number: int, last: bool, contents: bytes, zeros: int) -> Vectors:
    nonce = envelope.nonce(number, last)
    plain = len(contents).to_bytes(envelope.LENGTH_BYTES) + contents + bytes(zeros)
    sealed = AESGCM(key).encrypt(nonce, plain, None)
    row = {"number": number, "last": last, "contents": contents.hex(), "zeros": zeros}
    return row | {"nonce": nonce.hex(), "sealed": sealed.hex()}


def sample() -> tuple[bytes, list[bytes]]:
    """A package as the program makes it, and the keys of who may read it."""
    from app.config.paths import RESOURCES
    from app.content.load import load
    from tests.support.package_case import make_office
    from tests.support.sample_package import sample_package

    content = load(RESOURCES / "content")
    with tempfile.TemporaryDirectory() as folder:
        anna, bram = (make_office(Path(folder) / name, name, content) for name in ("Anna", "Bram"))
        try:
            return sample_package(anna, bram).read_bytes(), [anna.desk.identity.seal_secret]
        finally:
            for office in (anna, bram):
                office.desk.store.close()


def package(data: bytes, secrets: list[bytes]) -> Vectors:
    """A package and everything that is read in it."""
    members = {
        member.name: member.read(archive.MOST_BYTES) for member in read_package(io.BytesIO(data), secrets)
    }
    ops = [
        row for name, body in members.items() if name.startswith("ops-") for row in body.decode().splitlines()
    ]
    return {
        "secrets": [secret.hex() for secret in secrets],
        "base64": base64.b64encode(data).decode("ascii"),
        "manifest": members["manifest.json"].decode(),
        "signature": members["manifest.sig"].hex(),
        "ops": ops,
        "blobs": {name: body.hex() for name, body in members.items() if name.startswith("blobs/")},
        "summary": second.check(data, secrets),
    }


def main(arguments: list[str]) -> int:
    """Exit code 0 when the file is, or was made, true."""
    if arguments == ["check"]:
        found = json.loads(TARGET.read_text(encoding="utf-8"))
        secrets = [bytes.fromhex(secret) for secret in found["package"]["secrets"]]
        read = package(base64.b64decode(found["package"]["base64"]), secrets)
        return int(found != {**fixed(), "package": read})
    if arguments != ["write"]:
        print(__doc__, file=sys.stderr)
        return 2
    text = json.dumps({**fixed(), "package": package(*sample())}, indent=1, ensure_ascii=False)
    TARGET.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
