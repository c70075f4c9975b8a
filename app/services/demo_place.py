"""A made-up location of 40 families in a folder that goes away again: what `--demo` opens."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.services import demo
from app.services.demo_families import LOCATION, OFFICERS
from app.services.gate import Gate
from app.storage import recovery_key
from app.storage.kdf_cost import KdfCost

DEMO_PASSPHRASE: Final = "vier woorden voor proef"  # noqa: S105 - shown on screen; the store is made up
FAMILIES: Final = 40
SEED: Final = 1


@contextmanager
def demo_store(gate: Gate) -> Iterator[Path]:
    """A fresh store with the stories in it; gone with everything typed in it when the program ends."""
    with tempfile.TemporaryDirectory(prefix="regiemap-proef-", ignore_cleanup_errors=True) as folder:
        quick = replace(gate, cost=KdfCost.lowest(), counters=Path(folder) / "unlock")
        path = Path(folder) / "proeflocatie"
        unlocked = quick.create(
            path,
            officer=OFFICERS[0],
            location=LOCATION,
            passphrase=DEMO_PASSPHRASE,
            recovery=recovery_key.new(),
        )
        try:
            demo.fill(unlocked.session, FAMILIES, SEED)
        finally:
            unlocked.lock()
        yield path
