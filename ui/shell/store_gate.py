"""The gate of the screens: unlocking and first start on a real store, in the shapes the presenters ask for."""

from collections.abc import Sequence
from pathlib import Path

from app.i18n import _
from app.services.door import Door
from app.services.gate import Unlocked
from app.services.passphrase import Strength as Judged
from ui.presenters.gate import NewStore, Renewing, SheetPage, Strength

PRINT_DPI = 300


class StoreGate:
    """An UnlockGate and a FirstStartGate for one store.

    What was opened and never taken, because the window was closed meanwhile, is closed by `close_untaken`.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._untaken: Unlocked | None = None
        self._renewing: Renewing | None = None

    def unlock(self, passphrase: str) -> Unlocked:
        """Open the store."""
        return self._keep(self._door.unlock(passphrase, self._note))

    def unlock_with_recovery(self, recovery: str, passphrase: str) -> Unlocked:
        """Open by the recovery key; `passphrase` is the new one."""
        return self._keep(self._door.unlock_with_recovery(recovery, passphrase, self._note))

    def renewing(self) -> Renewing | None:
        """How far what a newer program must do first is."""
        return self._renewing

    def wait_s(self) -> int:
        """Seconds to wait before the next try."""
        return self._door.wait_s()

    def last_saved(self) -> str:
        """When the store was last written."""
        return self._door.last_saved()

    def judge(self, passphrase: str, about: Sequence[str] = ()) -> Strength:
        """How strong a passphrase is, with advice in words."""
        return in_words(self._door.judge(passphrase, about))

    def new_recovery(self) -> Sequence[str]:
        """A fresh recovery key."""
        return self._door.new_recovery()

    def check_recovery(self, recovery: Sequence[str], typed: str) -> None:
        """Raises KnownProblem that names the group with a mistake."""
        self._door.check_recovery(recovery, typed)

    def create(self, wanted: NewStore) -> Unlocked:
        """Make and open the store."""
        return self._keep(
            self._door.create(
                officer=wanted.officer,
                location=wanted.location,
                passphrase=wanted.passphrase,
                recovery=wanted.recovery,
            )
        )

    def recovery_pages(self, wanted: Sequence[str], officer: str, location: str) -> Sequence[SheetPage]:
        """The sheet for the sealed envelope, as pictures to print."""
        from app.services import recovery_sheet  # the document kit is not needed to unlock

        pictures = recovery_sheet.pages(wanted, officer, location, dpi=PRINT_DPI)
        return [SheetPage(width=each.width, height=each.height, rgb=each.rgb) for each in pictures]

    def save_recovery_sheet(self, recovery: Sequence[str], officer: str, location: str, path: Path) -> None:
        """Write the sheet as a PDF."""
        from app.services import recovery_sheet

        recovery_sheet.save(recovery, officer, location, path)

    def taken(self) -> None:
        """The open store is in hand: who took it closes it."""
        self._untaken = None

    def close_untaken(self) -> None:
        """Close what was opened for nobody."""
        untaken, self._untaken = self._untaken, None
        if untaken is not None:
            untaken.lock()

    def _note(self, done: int, total: int) -> None:
        """From the thread that opens; the screen looks when it is ready to."""
        self._renewing = Renewing(done=done, total=total)

    def _keep(self, unlocked: Unlocked) -> Unlocked:
        self._untaken, self._renewing = unlocked, None
        return unlocked


def in_words(judged: Judged) -> Strength:
    """A judgement with its advice in the language of the screen."""
    return Strength(score=judged.score, advice=" ".join(_(advice) for advice in judged.advice))
