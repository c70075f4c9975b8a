"""What is written down about a mistake of ours: where it was, never what it was about.

Messages, values and local variables may hold names of people, so none of them enters a report: only exception types,
places in the code (module and line) and versions. The window and the commands write the same reports.
"""

import platform
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.config.version import VERSION

KEPT_REPORTS: Final = 20
_PROGRAM_PARTS: Final = ("app", "ui", "tools", "main.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashReport:
    """One mistake: exception types from the first cause to the last, and "module:line function" from outside in."""

    kinds: tuple[str, ...]
    places: tuple[str, ...]
    path: Path | None
    """Where it was written; None when the folder could not be written to."""


def describe(error: BaseException) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (kinds, places) of an exception and its causes, without one word of its message."""
    kinds: list[str] = []
    places: list[str] = []
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        kinds.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame, line in traceback.walk_tb(link.__traceback__):
            places.append(f"{_public_name(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}")
        link = link.__cause__ or link.__context__
    return tuple(kinds), tuple(places)


def _public_name(file_name: str) -> str:
    """The part of a path inside the program or its library: what comes before may hold the officer's own name."""
    parts = Path(file_name).parts
    for at in range(len(parts) - 1, -1, -1):
        if parts[at] == "site-packages":
            return "/".join(parts[at + 1 :])
    for at in range(len(parts)):
        if parts[at] in _PROGRAM_PARTS and (parts[at + 1 :] or parts[at] == "main.py"):
            return "/".join(parts[at:])
    return parts[-1] if parts else "?"


def write(
    folder: Path,
    kinds: tuple[str, ...],
    places: tuple[str, ...],
    now: datetime | None = None,
    *,
    libraries: tuple[str, ...] = (),
) -> CrashReport:
    """Write one report, keep the newest twenty. A folder that refuses is no second crash: the path is then None.

    `libraries`: names and versions that belong to the report, such as "PySide6 6.11.3".
    """
    moment = now or datetime.now(UTC)
    versions = (f"Python {platform.python_version()}", *libraries, f"{sys.platform} {platform.machine()}")
    lines = [
        f"Regiemap {VERSION}",
        f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        ", ".join(versions),
        *(f"kind {kind}" for kind in kinds),
        *(f"  at {place}" for place in places),
        "",
    ]
    path = folder / f"{moment:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")
        for old in sorted(folder.glob("*.txt"))[:-KEPT_REPORTS]:
            old.unlink(missing_ok=True)
    except OSError:
        return CrashReport(kinds=kinds, places=places, path=None)
    return CrashReport(kinds=kinds, places=places, path=path)
