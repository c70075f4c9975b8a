"""Writes a package where the officer chose: one file under a name that says nothing, or parts for mail."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.exchange.parts import PART_BYTES
from app.exchange.parts import split as split_file
from app.exchange.whole_file import Fill, write_file

SUFFIX: Final = ".regiemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The file, or its parts in order; `size_bytes` of the package."""

    files: tuple[Path, ...]
    size_bytes: int


def write(
    folder: Path,
    today: date,
    fill: Fill,
    *,
    split: bool = False,
    part_bytes: int = PART_BYTES,
    name: str = "",
) -> Written:
    """Put in `folder` what `fill` writes, read back and found the same. `split`: in parts if it is larger than one.

    Without a `name` it gets a neutral one. Raises what `write_file` raises.
    """
    made = write_file(folder / name if name else _free_path(folder, today), fill)
    if not split or made.size <= part_bytes:
        return Written(files=(made.path,), size_bytes=made.size)
    try:
        files = split_file(made.path, part_bytes)
    finally:
        with suppress(OSError):
            made.path.unlink()
    return Written(files=tuple(files), size_bytes=made.size)


def neutral_name(today: date) -> str:
    """`sync-20261123-7F3A.regiemap`: says nothing about people, offices or what is inside."""
    return f"sync-{today:%Y%m%d}-{secrets.token_hex(2).upper()}{SUFFIX}"


def _free_path(folder: Path, today: date) -> Path:
    path = folder / neutral_name(today)
    while path.exists():
        path = folder / neutral_name(today)
    return path
