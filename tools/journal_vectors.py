"""python tools/journal_vectors.py [check]: write docs/journal-vectors.json, or fail when it would differ.

Everything in it is fixed, the key too: a program in another language can reproduce each byte.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain import canon
from app.domain.record import Value

TARGET = ROOT / "docs" / "journal-vectors.json"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
SCOPE, COMPARTMENT, DEVICE = f"{1:032x}", "kern", hashlib.sha256(PUBLIC).hexdigest()
OFFICER, RECORD = f"{2:032x}", f"{3:032x}"
VALUES: tuple[Value, ...] = (
    None, "", "0", 0, 1, -1, 2**63 - 1, -(2**63), "Vo", "é", "e\u0301", "Ֆիրուզա", "قربانی", "🧳", "regel\nregel"
)  # fmt: skip
OPS: tuple[tuple[dict[str, Value], dict[str, list[tuple[str, int]]]], ...] = (
    ({"family_name": "Vo", "call_name": None, "height_cm": 171}, {}),
    ({"call_name": "قربانی"}, {"call_name": [(DEVICE, 1)]}),
    ({"_del": 1}, {"_del": [(DEVICE, 2), (DEVICE, 1), ("f" * 64, 12)]}),
)


def vectors() -> dict[str, object]:
    """All vectors as plain data."""
    start = previous = canon.stream_start(SCOPE, COMPARTMENT, DEVICE)
    links: list[dict[str, object]] = []
    for number, (cells, parents) in enumerate(OPS, 1):
        seed, action, hlc = (
            bytes([number] * 16),
            bytes([16 + number] * 16),
            (1_700_000_000_000 + number) << 16,
        )
        names = {"verb": "member.changed", "officer": OFFICER, "kind": "person", "record": RECORD}
        meta = canon.meta_bytes(seq=number, action=action, hlc=hlc, parents=parents, **names)
        made = canon.link(previous, meta, canon.commitments(seed, cells))
        op = {
            "seq": number,
            "action": action.hex(),
            "hlc": hlc,
            **names,
            "parents": {field: [list(dot) for dot in dots] for field, dots in parents.items()},
            "cells": {field: [canon.field_salt(seed, field).hex(), value] for field, value in cells.items()},
            "gone": {},
        }
        links.append(
            {"previous": previous.hex(), "seed": seed.hex(), "op": op, "meta": meta.hex(), "link": made.hex()}
        )
        previous = made
    message = canon.tip_message(SCOPE, COMPARTMENT, DEVICE, len(OPS), previous)
    stream = {
        "scope": SCOPE,
        "compartment": COMPARTMENT,
        "device": DEVICE,
        "secret_key": bytes(range(32)).hex(),
        "sign_key": PUBLIC.hex(),
        "start": start.hex(),
        "seq": len(OPS),
        "tip": previous.hex(),
        "seal": {"seq": len(OPS), "tip": previous.hex(), "signature": KEY.sign(message).hex()},
    }
    return {
        "values": [{"value": value, "bytes": canon.value_bytes(value).hex()} for value in VALUES],
        "commitments": [
            _commitment(field, value) for field in ("call_name", "größe") for value in ("Vo", "", None)
        ],
        "links": links,
        "stream": stream,
    }


def _commitment(field: str, value: Value) -> dict[str, object]:
    seed = bytes(range(16))
    salt = canon.field_salt(seed, field)
    made = canon.commitment(salt, value)
    return {"seed": seed.hex(), "field": field, "value": value, "salt": salt.hex(), "commitment": made.hex()}


def main(arguments: list[str]) -> int:
    """Exit code 0 when the file is, or was made, true."""
    text = json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n"
    if arguments == ["check"]:
        return int(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
