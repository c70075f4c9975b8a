"""The format page, its vectors, the program, and a reader that knows nothing of this program agree."""

import ast
import base64
import hashlib
import hmac
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain import verbs
from app.domain.kinds.person import Person
from app.exchange.envelope import wrap_info
from app.exchange.manifest import SIGNED
from app.exchange.package_file import write_package
from app.services import give, take
from app.storage.uow import read_where
from tests.support.package_bytes import key, package
from tests.support.package_case import Office, Opened, take_apart
from tests.support.sample_package import sample_package
from tools import package_vectors, read_package

ROOT = Path(__file__).parents[2]


def test_the_vectors_in_the_docs_are_those_of_the_program() -> None:
    assert package_vectors.main(["check"]) == 0


def test_the_vectors_tell_a_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = json.loads(package_vectors.TARGET.read_text(encoding="utf-8"))
    changed["padded"][3][1] += 1
    monkeypatch.setattr(package_vectors, "TARGET", tmp_path / "vectors.json")
    package_vectors.TARGET.write_text(json.dumps(changed), encoding="utf-8")
    assert package_vectors.main(["check"]) == 1
    assert package_vectors.main([]) == 2


def test_the_second_reader_imports_nothing_of_the_program() -> None:
    for name in ("read_package.py", "check_journal.py"):
        tree = ast.parse((ROOT / "tools" / name).read_text(encoding="utf-8"))
        found = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        found |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
        assert not [module for module in found if module.split(".")[0] in ("app", "ui", "tests")]
        assert [module for module in found if module.startswith("tools")] in ([], ["tools.check_journal"])


def test_it_stays_short_enough_to_be_read() -> None:
    assert len((ROOT / "tools" / "read_package.py").read_text(encoding="utf-8").splitlines()) < 200


# --- a real package ---------------------------------------------------------------------------------------------


@pytest.fixture
def secret(real: Path, anna: Office) -> list[bytes]:
    return [anna.desk.identity.seal_secret]


@pytest.fixture
def real(anna: Office, bram: Office) -> Path:
    """What Bram gives to Anna, with all that can be in it."""
    return sample_package(anna, bram)


def test_the_second_reader_reads_a_real_package(
    anna: Office, real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys"
    keys.write_text("\n".join((key(1)[0].hex(), anna.desk.identity.seal_secret.hex())))
    assert read_package.main(["--json", str(keys), str(real)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["chains_checked"] == found["segments"] > 5
    assert found["to"] == [anna.desk.device]
    opened = take_apart(real, anna)
    assert found["lines"] == len(opened.ops)
    assert any(isinstance(line[3], dict) for line in opened.ops if len(line) == 6)  # taken out
    assert any(line[5] for line in opened.ops if len(line) == 6)  # parents
    assert opened.blobs and any(entry[2] for entry in opened.manifest["devices"])  # a scan, an heir
    assert read_package.main([str(keys), str(real)]) == 0


def test_a_following_package_is_read_though_its_chains_begin_elsewhere(anna: Office, bram: Office) -> None:
    family = anna.family()
    first = anna.give(bram, dossiers=(family.dossier,))
    take.accept(bram.session, first)
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        person = read_where(uow.conn, Person, "scope = ?", (family.person,))[0]
        uow.save(person, person.with_values(call_name="Vo"))
    following = anna.give(bram, dossiers=(family.dossier,))
    found = read_package.check(following.read_bytes(), [bram.desk.identity.seal_secret])
    assert 0 <= found["chains_checked"] < found["segments"]
    assert read_package.check(first.read_bytes(), [bram.desk.identity.seal_secret])["ops"] > found["ops"]


Forge = Callable[[Opened], None]


def _segment(column: int, value: Any) -> Forge:
    def forge(opened: Opened) -> None:
        opened.manifest["segments"][0][column] = value

    return forge


def _op(column: int, value: Any) -> Forge:
    def forge(opened: Opened) -> None:
        at = next(no for no, line in enumerate(opened.ops) if line[0] == "dossier")
        opened.ops[at][column] = value

    return forge


def _action(column: int, value: Any) -> Forge:
    def forge(opened: Opened) -> None:
        opened.ops[0][column] = value

    return forge


def _manifest(name: str, value: Any) -> Forge:
    def forge(opened: Opened) -> None:
        opened.manifest[name] = value

    return forge


def _heir(opened: Opened) -> None:
    entry = next(entry for entry in opened.manifest["devices"] if entry[2])
    entry[3] = "00" * 64


def _key(opened: Opened) -> None:
    opened.manifest["devices"][1][1] = opened.manifest["devices"][0][1]


def _last_line(opened: Opened) -> None:
    opened.ops.pop()


def _line_more(opened: Opened) -> None:
    opened.ops.append(opened.ops[0])


def _gone(opened: Opened) -> None:
    line = next(line for line in opened.ops if len(line) == 6 and isinstance(line[3], dict))
    line[3]["gone"]["body"] = "00" * 32


FORGERIES: dict[str, Forge] = {
    "tip": _segment(5, "00" * 32),
    "seal": _segment(6, "00" * 64),
    "scope": _segment(0, 0),
    "compartment": _segment(1, "gezondheid"),
    "device": _segment(2, 1),
    "kind": _op(0, "alias"),
    "record": _op(1, "0" * 32),
    "fields": _op(2, 1),
    "seed": _op(3, "00" * 16),
    "cells": _op(4, {"title": "Een ander verhaal"}),
    "parents": _op(5, {"title": [[0, 1]]}),
    "action": _action(1, "00" * 16),
    "verb": _action(2, "anders"),
    "officer": _action(3, "0" * 32),
    "clock": _action(4, 1),
    "min_reader": _manifest("min_reader", 2),
    "features": _manifest("features", ["new"]),
    "blobs": _manifest("blobs", []),
    "heir": _heir,
    "key": _key,
    "last line": _last_line,
    "one line more": _line_more,
    "commitment": _gone,
}


def packed(opened: Opened, sender: Office, receiver: Office) -> bytes:
    """Put together again, hashed and signed by its sender."""
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in opened.ops).encode()
    opened.manifest["ops"] = [
        ["ops-0001.jsonl", len(data), hashlib.sha256(data).hexdigest(), len(opened.ops)]
    ]
    text = json.dumps(opened.manifest, ensure_ascii=False).encode()
    members = [("manifest.json", text), ("manifest.sig", sender.desk.identity.sign(SIGNED + text))]
    members += [("ops-0001.jsonl", data), *((f"blobs/{blob}", body) for blob, body in opened.blobs.items())]
    out = io.BytesIO()
    write_package(
        out, [receiver.desk.identity.seal_public], [(name, len(body), [body]) for name, body in members]
    )
    return out.getvalue()


def test_the_second_reader_finds_what_a_sender_forged(
    anna: Office, bram: Office, real: Path, secret: list[bytes]
) -> None:
    """The sender hashes and signs the forgery: only chains, seals and the rules can tell."""
    assert read_package.check(packed(take_apart(real, anna), bram, anna), secret)
    passed = []
    for name, forge in FORGERIES.items():
        opened = take_apart(real, anna)
        forge(opened)
        try:
            read_package.check(packed(opened, bram, anna), secret)
            passed.append(name)
        except (InvalidSignature, ValueError, TypeError, LookupError):
            pass
    assert passed == []


def test_the_second_reader_finds_every_change_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys, path = tmp_path / "keys", tmp_path / "x.regiemap"
    keys.write_text(key()[0].hex())
    data = package()
    for at in (*range(0, 2000, 7), *range(2000, len(data), 97), len(data) - 1):
        path.write_bytes(data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :])
        assert read_package.main([str(keys), str(path)]) == 1
    for cut in (0, 9, 200, 1650, len(data) - 1):
        path.write_bytes(data[:cut])
        assert read_package.main([str(keys), str(path)]) == 1
    keys.write_text(key(1)[0].hex())
    path.write_bytes(data)
    assert read_package.main([str(keys), str(path)]) == 1
    assert "not for these keys" in capsys.readouterr().out


def test_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_package.main([]) == 2
    assert "read_package.py" in capsys.readouterr().err


# --- the vectors, by other means --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(package_vectors.TARGET.read_text(encoding="utf-8"))
    return found


def test_padding_as_the_page_says(vectors: dict[str, Any]) -> None:
    for size, padded in vectors["padded"]:
        m = max(size, 4096)
        e = m.bit_length() - 1
        step = 2 ** (e - (e.bit_length() - 1 + 1))
        assert padded == -(-m // step) * step


def test_the_second_reader_makes_the_same_headers(vectors: dict[str, Any]) -> None:
    wraps = [base64.b64encode(bytes.fromhex(text)).decode() for text in vectors["header"]["wraps"]]
    assert read_package.header_of(wraps).decode() == vectors["header"]["header"]
    for name, size, header in vectors["tar_headers"]:
        assert read_package.tar_header(name, size).hex() == header


def hkdf(secret: bytes, info: bytes, size: int, salt: bytes = bytes(32)) -> bytes:
    """RFC 5869 by hand, for up to 32 bytes."""
    return hmac.digest(hmac.digest(salt, secret, "sha256"), info + b"\1", "sha256")[:size]


def test_keys_and_chunks_as_the_page_says(vectors: dict[str, Any]) -> None:
    keys = {name: bytes.fromhex(text) for name, text in vectors["keys"].items()}
    assert keys["header"] == hkdf(keys["file_key"], b"regiemap/header/1\0", 32)
    assert keys["chunks"] == hkdf(keys["file_key"], b"regiemap/chunks/1\0", 32)
    for row in vectors["chunks"]:
        nonce = row["number"].to_bytes(8) + (b"\0\0\0\1" if row["last"] else bytes(4))
        contents = bytes.fromhex(row["contents"])
        plain = AESGCM(keys["chunks"]).decrypt(nonce, bytes.fromhex(row["sealed"]), None)
        assert plain == len(contents).to_bytes(4) + contents + bytes(row["zeros"])


def test_wrapping_as_the_page_says(vectors: dict[str, Any]) -> None:
    """X-Wing and RFC 9180 by hand: the library does what the page promises to other programs."""
    secret = bytes.fromhex(vectors["package"]["secrets"][0])
    data = base64.b64decode(vectors["package"]["base64"])
    length = int.from_bytes(data[10:14])
    header = json.loads(data[14 : 14 + length])
    wrap = base64.b64decode(header["recipients"][0]["enc"])
    info = b"regiemap/wrap/1\0" + hashlib.sha256(read_package.header_of([])).digest()
    assert info.hex() == vectors["header"]["info"] == wrap_info().hex()
    file_key = unwrapped(wrap, secret, info)
    mac = hmac.digest(hkdf(file_key, b"regiemap/header/1\0", 32), data[: 14 + length], "sha256")
    assert data[14 + length + 8 :][:32] == mac


def unwrapped(wrap: bytes, secret: bytes, info: bytes) -> bytes:
    """One message of HPKE in base mode."""
    curve = x25519.X25519PrivateKey.from_private_bytes(secret[64:])
    lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(secret[:64])
    theirs = wrap[1088:1120]
    shared = hashlib.sha3_256(
        lattice.decapsulate(wrap[:1088])
        + curve.exchange(x25519.X25519PublicKey.from_public_bytes(theirs))
        + theirs
        + curve.public_key().public_bytes_raw()
        + bytes.fromhex("5c2e2f2f5e5c")
    ).digest()
    suite = b"HPKE" + bytes.fromhex("647a00010002")

    def extract(salt: bytes, label: bytes, secret: bytes) -> bytes:
        return hmac.digest(salt, b"HPKE-v1" + suite + label + secret, "sha256")

    def expand(secret: bytes, label: bytes, size: int) -> bytes:
        labelled = size.to_bytes(2) + b"HPKE-v1" + suite + label + context
        return hmac.digest(secret, labelled + b"\1", "sha256")[:size]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    scheduled = extract(shared, b"secret", b"")
    return AESGCM(expand(scheduled, b"key", 32)).decrypt(
        expand(scheduled, b"base_nonce", 12), wrap[1120:], b""
    )
