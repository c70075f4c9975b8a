"""The hybrid clock: it sorts history and picks what is shown, and never decides what survives.

A reading is one whole number: 48 bits of milliseconds since 1970 and 16 bits that count within one.
"""

import time
from datetime import UTC, datetime

COUNTER_BITS = 16


def tick(last: int, now_ms: int) -> int:
    """The next reading after `last`, even when the wall clock stands still or has been set back."""
    return max(last + 1, now_ms << COUNTER_BITS)


def now_ms() -> int:
    """Milliseconds since 1970 by the wall clock."""
    return time.time_ns() // 1_000_000


def moment_of(reading: int) -> datetime:
    """The wall-clock moment in a reading, in UTC."""
    return datetime.fromtimestamp((reading >> COUNTER_BITS) / 1000, UTC)


def moment_text(moment: datetime) -> str:
    """The form moments have in records: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_moment(text: str) -> datetime:
    """The moment written by `moment_text`. Raises ValueError for any other text."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
