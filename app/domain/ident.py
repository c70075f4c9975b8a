"""Ids are made by the program, sort by the moment they were made and say nothing else (UUID version 7)."""

import hashlib
import re
import secrets
import threading
import time

ID_LENGTH = 32
_ID = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")


_CHANCE_BITS = 74


class _Source:
    """Makes ids that sort in the order in which this program made them, also within one millisecond (RFC 9562, 6.2)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = (0, 0)

    def next(self, now_ms: int) -> tuple[int, int]:
        """Milliseconds and a random part that is higher than the one before where the clock stands or goes back."""
        chance = secrets.randbits(_CHANCE_BITS)
        with self._lock:
            stamp, before = self._last
            if now_ms > stamp:
                self._last = now_ms, chance >> 1  # room to count on from
            elif before + 1 < 1 << _CHANCE_BITS:
                self._last = stamp, before + 1 + (chance >> 42)
            else:
                self._last = stamp + 1, chance >> 1
            if self._last[1] >> _CHANCE_BITS:
                self._last = self._last[0] + 1, chance >> 1
            return self._last


_SOURCE = _Source()


def new_id(now_ms: int | None = None) -> str:
    """A new UUID version 7 as 32 hex characters; `now_ms` is for made-up data, whose ids sort by it alone."""
    if now_ms is None:
        stamp, chance = _SOURCE.next(time.time_ns() // 1_000_000)
    else:
        stamp, chance = now_ms, secrets.randbits(_CHANCE_BITS)
    value = (stamp & (1 << 48) - 1) << 80 | 0x7 << 76
    value |= (chance >> 62) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
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
