"""A new recovery key: made, put on paper, typed back once, and only then in the place of the old one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from app.services import store_care
from app.services.gate import Unlocked
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner, SheetPage

_PRINT_DPI = 300


class RecoveryScreen(CareScreen, Protocol):
    """A part that first has a button, then the key with a field to type it back."""

    def show_key(self, groups: Sequence[str]) -> None:
        """Show the new key and what to do with it; empty: go back to the button."""

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        """Let the officer print; False when the print window was closed without printing."""


class RecoveryPresenter:
    """Holds the new key only until it is in place or the officer goes away."""

    def __init__(self, unlocked: Unlocked, runner: Runner, screen: RecoveryScreen) -> None:
        self._unlocked, self._runner, self._screen = unlocked, runner, screen
        self._groups: tuple[str, ...] = ()

    def make(self) -> None:
        """Show a fresh key; the old one still opens the store."""
        self._groups = store_care.fresh_recovery()
        self._screen.show_result("")
        self._screen.show_key(self._groups)

    def forget(self) -> None:
        """Leave everything as it was."""
        if self._groups:
            self._groups = ()
            self._screen.show_key(())

    def replace(self, passphrase: str, typed: str) -> None:
        """Put the key in place, if it was typed back right."""
        errors = {}
        if not passphrase:
            errors["passphrase"] = _("Type your passphrase.")
        try:
            store_care.check_recovery(self._groups, typed)
        except KnownProblem as problem:
            errors["typed"] = problem_text(problem)
        self._screen.show_errors(errors)
        if errors:
            return
        unlocked, groups = self._unlocked, self._groups
        self._screen.show_busy(_("Replacing the recovery key"))
        self._runner.start(
            lambda: store_care.new_recovery(unlocked, passphrase, groups), self._done, self._failed
        )

    def print_sheet(self) -> None:
        """Print the sheet for the sealed envelope."""
        session, groups = self._unlocked.session, self._groups
        self._screen.show_busy(_("Making the sheet"))
        self._runner.start(
            lambda: _pictures(groups, session.officer_name, session.location), self._print, self._refused
        )

    def save_sheet(self, path: Path) -> None:
        """Write the sheet as a PDF; a stick is the place, not this laptop."""
        session, groups = self._unlocked.session, self._groups
        self._screen.show_busy(_("Making the sheet"))
        self._runner.start(
            lambda: _save(groups, session.officer_name, session.location, path), self._saved, self._refused
        )

    def _print(self, pages: Sequence[SheetPage]) -> None:
        self._screen.show_busy("")
        if self._screen.print_pages(pages):
            self._screen.show_result(_("The sheet was sent to the printer. Keep it in a sealed envelope."))

    def _saved(self, _nothing: None) -> None:
        self._screen.show_busy("")
        self._screen.show_result(_("The sheet was saved. Do not leave it on this laptop."))

    def _refused(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_result(problem_text(problem), good=False)

    def _done(self, _nothing: None) -> None:
        self._groups = ()
        self._screen.show_busy("")
        self._screen.show_key(())
        self._screen.show_result(
            _("The new recovery key is in place. Destroy the old sheet: it opens nothing any more.")
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_errors({"passphrase": problem_text(problem)})


def _pictures(groups: Sequence[str], officer: str, location: str) -> list[SheetPage]:
    from app.services import recovery_sheet  # the document kit is not needed to show the settings

    pictures = recovery_sheet.pages(groups, officer, location, dpi=_PRINT_DPI)
    return [SheetPage(width=each.width, height=each.height, rgb=each.rgb) for each in pictures]


def _save(groups: Sequence[str], officer: str, location: str, path: Path) -> None:
    from app.services import recovery_sheet

    recovery_sheet.save(groups, officer, location, path)
