"""stub"""

from dataclasses import dataclass


@dataclass
class Written:
    files: tuple
    size_bytes: int


def write(folder, now, fill, *, split=False):
    import secrets

    p = folder / f"sync-{now:%Y%m%d}-{secrets.token_hex(2).upper()}.regiemap"
    with p.open("wb") as f:
        fill(f)
    return Written((p,), p.stat().st_size)
