"""Writes a package where the officer chose: one file under a name that says nothing, or parts for mail."""

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.exchange.parts import PART_BYTES, prepare_parts, put_all
from app.exchange.whole_file import Fill, Prepared, prepare

SUFFIX: Final = ".regiemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The file, or its parts in order; `size_bytes` of the package."""

    files: tuple[Path, ...]
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Files that lie aside, read back: they leave with `put`, once what must be noted of them is kept."""

    prepared: tuple[Prepared, ...]
    size_bytes: int

    def put(self) -> Written:
        """Give all of them their names, or none. Raises what `write_file` raises."""
        return Written(files=tuple(put_all(self.prepared)), size_bytes=self.size_bytes)

    def drop(self) -> None:
        """Leave nothing aside."""
        for each in self.prepared:
            each.drop()


def make_ready(
    folder: Path,
    today: date,
    fill: Fill,
    *,
    split: bool = False,
    part_bytes: int = PART_BYTES,
    name: str = "",
) -> Ready:
    """Put aside in `folder` what `fill` writes, read back and found the same. `split`: in parts if it is larger than
    one.

    Without a `name` it gets a neutral one. Raises what `write_file` raises.
    """
    made = prepare(folder / name if name else _free_path(folder, today), fill)
    if not split or made.size <= part_bytes:
        return Ready(prepared=(made,), size_bytes=made.size)
    try:
        parts = prepare_parts(made.aside, made.path, part_bytes)
    finally:
        made.drop()
    return Ready(prepared=tuple(parts), size_bytes=made.size)


def write(
    folder: Path,
    today: date,
    fill: Fill,
    *,
    split: bool = False,
    part_bytes: int = PART_BYTES,
    name: str = "",
) -> Written:
    """`make_ready`, and at once their names."""
    return make_ready(folder, today, fill, split=split, part_bytes=part_bytes, name=name).put()


def neutral_name(today: date) -> str:
    """`sync-20261123-7F3A.regiemap`: says nothing about people, offices or what is inside."""
    return f"sync-{today:%Y%m%d}-{secrets.token_hex(2).upper()}{SUFFIX}"


def _free_path(folder: Path, today: date) -> Path:
    path = folder / neutral_name(today)
    while path.exists():
        path = folder / neutral_name(today)
    return path
