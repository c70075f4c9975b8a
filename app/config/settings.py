"""Settings of the program on this laptop, readable before a store is unlocked; so nothing here tells of a case.

A damaged file never keeps anyone from their work: what can be read is used, the rest falls back to its default, and
the caller learns it to say so once.
"""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

Theme = Literal["light", "dark", "system"]
SettingsLanguage = Literal["nl", "en", "xx"]

# The steps offered on screen; 150 % is what design.md is drawn at besides 100 %.
SIZE_PERCENTS: Final = (90, 100, 110, 125, 150)
MOST_MINUTES: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is remembered on this laptop for whoever opens the program."""

    language: SettingsLanguage = "nl"
    theme: Theme = "system"
    size_percent: int = 100
    last_store: str | None = None
    """The folder of the store opened last, absolute."""
    cover_minutes: int = 5
    """Minutes without a sign of life before the screen covers itself; 0 for never."""
    lock_minutes: int = 30
    """The same for locking the store."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What `read_settings` found: usable settings, and the names of what fell back to its default."""

    settings: Settings
    damaged: tuple[str, ...] = ()
    """Names of fields that could not be used; ("file",) when nothing in the file could be read."""


def read_settings(path: Path) -> ReadSettings:
    """Read the settings; a missing file means first use. Never raises for what a file may hold or deny."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ReadSettings(Settings())
    except (OSError, ValueError, RecursionError):
        return ReadSettings(Settings(), ("file",))
    if not isinstance(found, dict):
        return ReadSettings(Settings(), ("file",))
    good: dict[str, Any] = {}
    damaged: list[str] = []
    for field in fields(Settings):
        if field.name not in found:
            continue
        if _is_usable(field.name, found[field.name]):
            good[field.name] = found[field.name]
        else:
            damaged.append(field.name)
    return ReadSettings(replace(Settings(), **good), tuple(damaged))


def _is_usable(name: str, value: object) -> bool:
    match name:
        case "language":
            return value in get_args(SettingsLanguage)
        case "theme":
            return value in get_args(Theme)
        case "size_percent":
            return isinstance(value, int) and not isinstance(value, bool) and value in SIZE_PERCENTS
        case "last_store":
            return value is None or (isinstance(value, str) and value != "" and "\0" not in value)
        case "cover_minutes" | "lock_minutes":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_MINUTES
    raise AssertionError(f"a setting without a rule: {name}")


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings whole or not at all. Raises OSError (full disk, read-only folder); the old file stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two windows may write at once: each its own part, the last one wins.
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=2, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
