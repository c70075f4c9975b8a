"""Ids are made by the program, sort by the moment they were made and say nothing else (UUID version 7)."""

import hashlib
import re
import secrets
import time

_ID = re.compile(r"[0-9a-f]{32}")


def new_id(now_ms: int | None = None) -> str:
    """A new UUID version 7 as 32 hex characters; `now_ms` is for made-up data."""
    stamp = (time.time_ns() // 1_000_000 if now_ms is None else now_ms) & (1 << 48) - 1
    chance = secrets.randbits(74)
    value = stamp << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return f"{value:032x}"


def derived_id(*parts: str) -> str:
    """The id of what may exist once per `parts`: two laptops that make it apart make the same record, and what
    differs between them shows as a difference (a UUID version 8)."""
    digest = hashlib.sha256("\0".join(("regiemap", *parts)).encode()).digest()
    value = int.from_bytes(digest[:16], "big")
    value = value & ~(0xF << 76) | 0x8 << 76
    value = value & ~(0b11 << 62) | 0b10 << 62
    return f"{value:032x}"


def is_id(value: object) -> bool:
    """Whether `value` has the shape of an id."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None
