"""Backups: when the last one was made, whether that is too long ago, and making one."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, ngettext, problem_text
from app.i18n.formats import deed, number
from app.services import store_care
from app.services.backups import Backup
from app.services.gate import Unlocked
from app.services.session import DUTCH_TIME
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner

LATE_AFTER_DAYS = 7
"""A week of work is what a location can still type anew from its paper."""
_MB = 1_000_000


class BackupScreen(CareScreen, Protocol):
    """A part that says when the last backup was made."""

    def show_last(self, sentence: str, *, late: bool) -> None:
        """Show it, as something to look at when it is late."""


class BackupPresenter:
    """Works on one store."""

    def __init__(self, unlocked: Unlocked, runner: Runner, screen: BackupScreen) -> None:
        self._unlocked, self._runner, self._screen = unlocked, runner, screen

    def reload(self) -> None:
        """Say when the last backup was made."""
        unlocked = self._unlocked
        self._runner.start(lambda: store_care.last_backup(unlocked), self._show_last, self._failed)

    def name(self) -> str:
        """The name to propose for the file: no name of a person or a case in it."""
        return f"regiemap-{self._unlocked.session.today.isoformat()}.regiemap"

    def make(self, target: Path) -> None:
        """Write a backup."""
        unlocked = self._unlocked
        self._screen.show_result("")
        self._screen.show_busy(_("Making and checking the backup"))
        self._runner.start(lambda: store_care.back_up(unlocked, target), self._made, self._failed)

    def _made(self, made: Backup) -> None:
        self._screen.show_busy("")
        megabytes = number(-(-made.size_bytes // _MB))
        sentence = _(
            "The backup was written and read back: %(file)s, %(size)s MB.",
            file=made.file.name,
            size=megabytes,
        )
        if made.missing_scans:
            rest = ngettext(
                "%(count)d scan was missing here already.",
                "%(count)d scans were missing here already.",
                made.missing_scans,
            )
            sentence = f"{sentence} {rest % {'count': made.missing_scans}}"
        self._screen.show_result(sentence)
        self.reload()

    def _show_last(self, moment: datetime | None) -> None:
        if moment is None:
            never = _("No backup was made yet. A lost or broken laptop would take everything.")
            self._screen.show_last(never, late=True)
            return
        days = (self._unlocked.session.today - moment.astimezone(DUTCH_TIME).date()).days
        sentence = _("Last backup: %(moment)s.", moment=deed(moment))
        if days >= LATE_AFTER_DAYS:
            ago = ngettext("That is %(count)d day ago.", "That is %(count)d days ago.", days) % {
                "count": days
            }
            sentence = f"{sentence} {ago}"
        self._screen.show_last(sentence, late=days >= LATE_AFTER_DAYS)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_result(problem_text(problem), good=False)
