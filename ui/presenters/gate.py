"""What unlocking and first start need of the services, said as protocols: the screens can be tried without a store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from app.domain.errors import KnownProblem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How strong a passphrase is: `score` 0 to 4 as zxcvbn counts, `advice` a translated sentence or ""."""

    score: int
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewing:
    """What a newer program does before the store opens: `done` of `total` families; 0 of 0 while that is not known."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStore:
    """What the first start collected; the passphrase lives as short as can be."""

    officer: str
    location: str
    passphrase: str
    recovery: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One page of the recovery sheet as a picture: `rgb` holds height × width × 3 bytes."""

    width: int
    height: int
    rgb: bytes


class UnlockGate(Protocol):
    """Opens a store. All methods may take a second and run away from the screen."""

    def unlock(self, passphrase: str) -> object:
        """Return the open store. Raises KnownProblem: wrong passphrase, damaged, in use, wait."""

    def unlock_with_recovery(self, recovery: str, passphrase: str) -> object:
        """Open with the recovery key and make `passphrase` the new one. Raises KnownProblem."""

    def wait_s(self) -> int:
        """Seconds to wait before the next try counts, 0 for none. Quick: called on the screen's thread."""

    def renewing(self) -> Renewing | None:
        """How far opening is where a newer program has much to do first, else None. Quick."""

    def last_saved(self) -> str:
        """When the store was last written, "YYYY-MM-DDTHH:MM:SSZ", or "" when that is not known. Quick."""

    def judge(self, passphrase: str) -> Strength:
        """How strong a passphrase is. Quick."""


class FirstStartGate(Protocol):
    """Makes a store. Nothing is on disk before `create`."""

    def judge(self, passphrase: str, about: Sequence[str]) -> Strength:
        """How strong a passphrase is for somebody of whom `about` is known (name, location). Quick."""

    def new_recovery(self) -> Sequence[str]:
        """The groups of a fresh recovery key, as they are printed."""

    def check_recovery(self, recovery: Sequence[str], typed: str) -> None:
        """Raises KnownProblem that names the group with a mistake."""

    def create(self, wanted: NewStore) -> object:
        """Make and open the store. Raises KnownProblem: full disk, read-only folder, store exists."""

    def recovery_pages(self, wanted: Sequence[str], officer: str, location: str) -> Sequence[SheetPage]:
        """The sheet for the sealed envelope, as pictures to print."""

    def save_recovery_sheet(self, recovery: Sequence[str], officer: str, location: str, path: Path) -> None:
        """Write the sheet as a PDF. Raises KnownProblem."""


class Runner(Protocol):
    """Runs slow work away from the screen; see `ui.bridge.task`."""

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """Run `work`, then call one of the two in the screen's thread."""
