"""The gate of one store in plain texts, for screens: passphrases, recovery keys by their groups, seconds to wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain.clock import moment_text, now_ms
from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.services.gate import Gate, Unlocked
from app.services.passphrase import Strength, strength
from app.storage import key_change, recovery_key, secret
from app.storage.store_folder import StoreFolder, folder_warning
from app.storage.told import Told, to_nobody
from app.storage.unlock_guard import UnlockGuard


class NotTheSameKey(KnownProblem):
    """What was typed back is another recovery key than the one shown."""

    message = N_("This is not the key that was shown. Look at your paper once more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The store at `path`, made or opened through `gate`."""

    gate: Gate
    path: Path

    @property
    def exists(self) -> bool:
        """Whether there is a store to unlock."""
        return StoreFolder(self.path).exists()

    @property
    def warning(self) -> str:
        """Why this folder is a bad place for a store, as msgid; "" when it is not."""
        found = folder_warning(self.path)
        return found.message if found is not None else ""

    def judge(self, passphrase: str, own_words: Sequence[str] = ()) -> Strength:
        """How hard a passphrase is to guess."""
        return strength(passphrase, own_words)

    def new_recovery(self) -> tuple[str, ...]:
        """The groups of a fresh recovery key."""
        return recovery_key.new().groups

    def check_recovery(self, groups: Sequence[str], typed: str) -> None:
        """Raises what `recovery_key.parse` raises, naming the group, or `NotTheSameKey`."""
        if recovery_key.parse(typed).groups != tuple(groups):
            raise NotTheSameKey

    def create(self, *, officer: str, location: str, passphrase: str, recovery: Sequence[str]) -> Unlocked:
        """Make the store and open it."""
        key = recovery_key.parse("-".join(recovery))
        return self.gate.create(
            self.path, officer=officer, location=location, passphrase=passphrase, recovery=key
        )

    def unlock(self, passphrase: str, told: Told = to_nobody) -> Unlocked:
        """Open the store; `told` as for `Gate.unlock`."""
        return self.gate.unlock(self.path, secret.from_passphrase(passphrase), told=told)

    def unlock_with_recovery(self, recovery: str, passphrase: str, told: Told = to_nobody) -> Unlocked:
        """Give the store a new passphrase by its recovery key, and open it with that."""
        by_key = secret.from_recovery(recovery_key.parse(recovery))
        key_change.change_passphrase(self.path, by_key, passphrase, cost=self.gate.cost)
        return self.unlock(passphrase, told)

    def wait_s(self) -> int:
        """Seconds before the next try counts; 0 for none."""
        guard = UnlockGuard(StoreFolder(self.path).guard_file)
        return -(-guard.wait_ms(now_ms()) // 1000)

    def last_saved(self) -> str:
        """When something was last written to the store, in UTC; "" when that cannot be told."""
        database = StoreFolder(self.path).database
        moments = []
        for file in (database, database.with_name(database.name + "-wal")):
            try:
                moments.append(file.stat().st_mtime)
            except OSError:
                continue
        return moment_text(datetime.fromtimestamp(max(moments), UTC)) if moments else ""
