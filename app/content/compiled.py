"""Packs as the set-up command leaves them: read and checked once, kept as JSON, which loads many times as fast as TOML.

Like compiled catalogues they are built and never committed. Each begins with the digest of the TOML file it was made of
and of the code that checked it. Where that is not what lies here now, or nothing was compiled, the TOML is read: a
changed pack is never answered by an old copy, nor by one that was checked by other rules.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = "compiled"
_CHECKERS: Final = ("schema.py", "verify.py", "pack.py")


def read(path: Path, source: bytes) -> str | None:
    """The canonical text of the pack in `path` whose bytes are `source`, if it was compiled from just those."""
    try:
        origin, _, canonical = file_of(path).read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return canonical if canonical and origin == _origin(source) else None


def write(path: Path, source: bytes, canonical: str) -> None:
    """Keep the canonical text of a pack that was read and checked. Raises OSError."""
    target = file_of(path)
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{_origin(source)}\n{canonical}", encoding="utf-8", newline="\n")


def file_of(path: Path) -> Path:
    """Where the compiled form of the pack in `path` lies."""
    return path.parent / FOLDER / f"{path.stem}.json"


def _origin(source: bytes) -> str:
    return hashlib.sha256(source + _checkers()).hexdigest()


@cache
def _checkers() -> bytes:
    """The digest of the code that checks packs: after an update other rules may hold for the same file."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _CHECKERS)).digest()
