"""python tools/read_package.py [--json] KEYS FILE: read and check a package without the program.

KEYS: secret halves of seal keys in hexadecimal, one a line. Written from docs/package-format.md and journal-format.md
alone, as a second opinion: it must never import `app`. Exit code 0 when all is true, 1 with what is not, 2 for misuse.
"""

import base64
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tools.check_journal import TIP, link, names, salt_of, start

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def need(true: object, otherwise: str) -> None:
    """Stop where something is not true."""
    if not true:
        raise ValueError(otherwise)


def header_of(recipients: list[str]) -> bytes:
    """The only form of the header."""
    suite, wraps = "MLKEM768-X25519/HKDF-SHA256/AES-256-GCM", [{"enc": text} for text in recipients]
    fields = {"v": 1, "suite": suite, "recipients": wraps, "chunk": 65536, "pad": "padme"}
    return json.dumps(fields, separators=(",", ":")).encode("ascii")


def file_key_of(recipients: list[str], secrets: list[bytes]) -> bytes:
    """The file key, unwrapped with one of the keys."""
    info = b"regiemap/wrap/1\0" + hashlib.sha256(header_of([])).digest()
    for secret in secrets:
        lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(secret[:64])
        key = hpke.MLKEM768X25519PrivateKey(lattice, x25519.X25519PrivateKey.from_private_bytes(secret[64:]))
        for text in recipients:
            try:
                return SUITE.decrypt(base64.b64decode(text), key, info)
            except InvalidTag:  # not for this key
                continue
    raise ValueError("it is not for these keys")


def contents_of(data: bytes, secrets: list[bytes]) -> bytes:
    """What is in an envelope."""
    need(data.startswith(b"REGIEMAP1\n"), "this is not a package, version 1")
    end = 14 + int.from_bytes(data[10:14], "big")
    before, check, mac, chunks = data[:end], data[end : end + 8], data[end + 8 : end + 40], data[end + 40 :]
    need(check == hashlib.sha256(b"regiemap/check/1\0" + before).digest()[:8], "the header is damaged")
    recipients = [recipient["enc"] for recipient in json.loads(before[14:])["recipients"]]
    need(before[14:] == header_of(recipients) and len(recipients) <= 50, "the header has another form")
    file_key = file_key_of(recipients, secrets)
    tags = (b"regiemap/header/1\0", b"regiemap/chunks/1\0")
    mac_key, chunk_key = (HKDF(SHA256(), 32, None, tag).derive(file_key) for tag in tags)
    need(mac == hmac.digest(mac_key, before, "sha256"), "the MAC of the header")
    cipher, found, full = AESGCM(chunk_key), list[bytes](), True
    for number, at in enumerate(range(0, max(len(chunks), 1), 65_552)):
        nonce = number.to_bytes(8, "big") + (at + 65_552 >= len(chunks)).to_bytes(4, "big")
        plain = cipher.decrypt(nonce, chunks[at : at + 65_552], None)
        used, room = int.from_bytes(plain[:4], "big"), len(plain) - 4
        need(used <= room and (full or not used) and not any(plain[4 + used :]), f"zeros of chunk {number}")
        found.append(plain[4 : 4 + used])
        full = used == room
    return b"".join(found)


def tar_header(name: str, size: int) -> bytes:
    """The only header for a name and a size."""
    front = (
        name.encode("ascii").ljust(100, b"\0")
        + b"0000644\0"
        + b"0000000\0" * 2
        + b"%011o\0%011o\0" % (size, 0)
    )
    back = (b"0".ljust(101, b"\0") + b"ustar\x0000".ljust(72, b"\0") + b"0000000\0" * 2).ljust(356, b"\0")
    return front + f"{sum(front + b' ' * 8 + back):06o}\0 ".encode() + back


def members_of(frame: bytes) -> dict[str, bytes]:
    """The members by name, in order."""
    unpacker, found, at = zstd.ZstdDecompressor(), dict[str, bytes](), 0
    tar = unpacker.decompress(frame)
    need(unpacker.eof and not unpacker.unused_data, "the frame has no end, or something behind it")
    while any(tar[at : at + 512]):
        name, size = tar[at : at + 100].rstrip(b"\0").decode("ascii"), int(tar[at + 124 : at + 135], 8)
        need(tar[at : at + 512] == tar_header(name, size) and name not in found, f"the header of {name}")
        end = at + 512 + size
        found[name], at = tar[at + 512 : end], end + -size % 512
        need(not any(tar[end:at]), f"the zeros behind {name}")
    need(tar[at:] == bytes(1024), "the end of the tar")
    ops = [f"ops-{number:04}.jsonl" for number in range(1, 1 + sum(name[:4] == "ops-" for name in found))]
    blobs = [name for name in found if name[:6] == "blobs/" and len(bytes.fromhex(name[6:])) == 32]
    middle = ["extract.json"] if "extract.json" in found else ops
    need([*found] == ["manifest.json", "manifest.sig", *middle, *blobs], "the order of the members")
    return found


def op_of(row: list[Any], manifest: dict[str, Any], seq: int, action: list[Any]) -> dict[str, Any]:
    """A line in the form of a dump of the journal."""
    kind, record, fields, secret, given, parents = row
    cells = given if fields is None else dict.fromkeys(manifest["kinds"][kind][:fields]) | given
    need(fields is None or len(cells) == fields, f"the fields of op {seq}")
    gone: dict[str, str] = {} if isinstance(secret, str) else secret["gone"]
    held = {field: value for field, value in cells.items() if field not in gone}
    seed = bytes.fromhex(secret) if isinstance(secret, str) else None
    salts = {field: salt_of(seed, field).hex() for field in held} if seed else secret["salts"]
    need(salts.keys() == held.keys() and not gone.keys() & given.keys(), f"the salts of op {seq}")
    ids = [entry[0] for entry in manifest["devices"]]
    found = dict(zip(("action", "verb", "officer", "hlc"), action[1:], strict=True))
    found |= {"seq": seq, "kind": kind, "record": record, "gone": gone}
    found["cells"] = {field: [salts[field], value] for field, value in held.items()}
    found["parents"] = {name: [[ids[at], no] for at, no in dots] for name, dots in (parents or {}).items()}
    return found


def check_segment(manifest: dict[str, Any], row: list[Any], lines: Iterator[bytes]) -> bool:
    """Whether the chain could be checked too: it begins at 0."""
    no, compartment, device_no, begin, end, tip, signature = row
    scope, (device, key, *_heir) = manifest["scopes"][no][0], manifest["devices"][device_no]
    seq, reached, action = begin, start(scope, compartment, device), list[Any]()
    while seq < end:
        parsed = json.loads(next(lines, b""))
        if len(parsed) == 5 and parsed[0] == "a":
            action = parsed
            continue
        seq += 1
        reached = link(reached, op_of(parsed, manifest, seq, action))
    need(begin or reached.hex() == tip, f"the chain of {scope} {compartment} {device[:8]}")
    message = TIP + names(scope, compartment, device) + end.to_bytes(8, "big") + bytes.fromhex(tip)
    ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    return bool(begin == 0)


def check(data: bytes, secrets: list[bytes]) -> dict[str, Any]:
    """A summary of a package. Raises ValueError, or what Python raises where the format is not followed at all."""
    members = members_of(contents_of(data, secrets))
    manifest = json.loads(members.get("extract.json", b"{}")) | json.loads(members["manifest.json"])
    need(manifest["min_reader"] == 1 and not manifest["features"], "a newer version")
    public = ed25519.Ed25519PublicKey.from_public_bytes
    keys = {row[0]: public(bytes.fromhex(row[1])) for row in manifest["devices"]}
    for device, key, before, signature in manifest["devices"]:
        need(hashlib.sha256(bytes.fromhex(key)).hexdigest() == device, f"the key of {device}")
        if before in keys:
            keys[before].verify(bytes.fromhex(signature), b"regiemap/heir/1\0" + bytes.fromhex(device))
    sender, message = manifest["devices"][0][0], b"regiemap/package/1\0" + members["manifest.json"]
    keys[sender].verify(members["manifest.sig"], message)
    lines: list[bytes] = []
    for name, size, digest, count in manifest["ops"]:
        *own, tail = members[name].split(b"\n")
        found = (len(members[name]), hashlib.sha256(members[name]).hexdigest(), len(own), tail)
        need(found == (size, digest, count, b""), f"{name} is not what the manifest says")
        lines += own
    rest = iter(lines if manifest["kind"] != "extract" else [])
    whole = [check_segment(manifest, row, rest) for row in manifest["segments"]]
    told = [row[:2] for row in manifest["ops"]] + [[f"blobs/{row[1]}", row[2]] for row in manifest["blobs"]]
    held = [[name, len(body)] for name, body in members.items() if name[:4] in ("ops-", "extr", "blob")]
    need(next(rest, None) is None and told == held, "something that the manifest does not tell of")
    summary = {a: manifest[a] for a in manifest if a in ("id", "kind", "no", "made", "to", "until")}
    ops = sum(row[4] - row[3] for row in manifest["segments"])
    summary |= {"sender": sender, "segments": len(whole), "chains_checked": sum(whole), "lines": len(lines)}
    return summary | {"ops": ops, "members": {name: len(body) for name, body in members.items()}}


def main(arguments: list[str]) -> int:
    """Read one package."""
    files = [Path(name) for name in arguments if name != "--json"]
    if len(files) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        secrets = [bytes.fromhex(line) for line in files[0].read_text(encoding="ascii").split()]
        found = check(files[1].read_bytes(), secrets)
    except (InvalidSignature, InvalidTag, ValueError, TypeError, LookupError, zstd.ZstdError) as problem:
        print(f"not true: {problem!r}")
        return 1
    print(json.dumps(found, indent=1) if "--json" in arguments else found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
