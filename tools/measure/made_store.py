"""A store of made-up families to measure on: built once, kept in a folder, and known by what it was built from."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import App, build
from app.config.paths import RESOURCES
from app.services import demo
from app.services.demo_families import LOCATION, OFFICERS
from app.services.gate import Unlocked
from app.storage import recovery_key
from app.storage.data_key import DataKey
from app.storage.kdf_cost import KdfCost
from app.storage.key_change import change_passphrase
from app.storage.key_files import KeyFiles
from app.storage.secret import from_passphrase
from app.storage.store_folder import StoreFolder
from tools.measure.figure import seconds

PASSPHRASE = "vier woorden voor meten"  # noqa: S105 - of made-up stores
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStore:
    """The folder of the store, how many families it holds, and how long making them took (0.0: it was there)."""

    path: Path
    families: int
    built_s: float

    @property
    def passphrase_file(self) -> Path:
        """For commands, which take no passphrase as an argument."""
        return self.path.with_suffix(".txt")

    def unlock(self) -> Unlocked:
        """Open it."""
        return program().gate.unlock(self.path, from_passphrase(PASSPHRASE))

    @contextmanager
    def at_cost(self, cost: KdfCost) -> Iterator[None]:
        """Meanwhile the passphrase costs what it would cost in a real store."""
        secret = from_passphrase(PASSPHRASE)
        change_passphrase(self.path, secret, PASSPHRASE, cost=cost)
        try:
            yield
        finally:
            change_passphrase(self.path, secret, PASSPHRASE, cost=KdfCost.lowest())

    def key_derivation_s(self) -> float:
        """How long the passphrase alone takes: no target counts it, because it is slow on purpose."""
        file = KeyFiles(StoreFolder(self.path).keyring).read().file
        found: list[DataKey | None] = []
        took = seconds(lambda: found.append(file.unlock(from_passphrase(PASSPHRASE))))
        for key in found:
            if key is not None:
                key.wipe()
        return took


def program() -> App:
    """The program with the lowest key derivation, which is what stores made for measuring have."""
    return build(cost=KdfCost.lowest())


def made_store(folder: Path, families: int) -> MadeStore:
    """The store with this many families; found again when schema, generator data and content are the same."""
    path = folder / f"store-{families}-{_origin()}"
    ready = path.with_suffix(".json")
    if ready.exists():
        return MadeStore(path=path, families=families, built_s=0.0)
    shutil.rmtree(path, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    unlocked = program().gate.create(
        path, officer=OFFICERS[0], location=LOCATION, passphrase=PASSPHRASE, recovery=recovery_key.new()
    )
    start = time.perf_counter()
    demo.fill(unlocked.session, families, SEED)
    built = time.perf_counter() - start
    unlocked.lock()
    made = MadeStore(path=path, families=families, built_s=built)
    made.passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    ready.write_text(json.dumps({"families": families, "built_s": built}), encoding="utf-8")
    return made


def empty_store(path: Path) -> Unlocked:
    """A new store without dossiers, open."""
    recovery = recovery_key.new()
    return program().gate.create(
        path, officer=OFFICERS[1], location=LOCATION, passphrase=PASSPHRASE, recovery=recovery
    )


def _origin() -> str:
    found = hashlib.sha256((RESOURCES / "schema.lock").read_bytes())
    for name in ("content", "demo"):
        for file in sorted((RESOURCES / name).glob("*.toml")):
            found.update(file.read_bytes())
    return found.hexdigest()[:8]
