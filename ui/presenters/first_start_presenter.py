"""First start in four steps: who and where, a passphrase, the recovery key, and that key typed back once.

Nothing is written before the last step, so stopping halfway leaves nothing behind.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import N_, _, problem_text
from ui.presenters.gate import FirstStartGate, NewStore, Runner, SheetPage, Strength

_GOOD_ENOUGH = 3
_STRENGTH_WORDS = (N_("Far too easy"), N_("Too easy"), N_("Moderate"), N_("Strong"), N_("Very strong"))


class Step(IntEnum):
    """The steps in order."""

    PERSON = 0
    PASSPHRASE = 1
    RECOVERY = 2
    CHECK = 3


class FirstStartScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_step(self, step: Step) -> None:
        """Show a step and put the focus on its first field."""

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under the fields of this step by field name; fields not named have none."""

    def show_recovery(self, groups: Sequence[str]) -> None:
        """Show the groups of the recovery key."""

    def show_busy(self, busy: bool) -> None:
        """The store is being made."""

    def show_said(self, sentence: str) -> None:
        """Say what was done with the sheet."""

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        """Let the officer print; False when the print window was closed without printing."""


class FirstStartPresenter:
    """`created` is called once with the open store."""

    def __init__(
        self,
        gate: FirstStartGate,
        screen: FirstStartScreen,
        runner: Runner,
        created: Callable[[object], None],
    ) -> None:
        self._gate, self._screen, self._runner, self._created = gate, screen, runner, created
        self._step = Step.PERSON
        self._officer = self._location = self._passphrase = ""
        self._recovery: Sequence[str] = ()

    def strength(self, passphrase: str) -> tuple[Strength, str]:
        """The strength of what is typed, and its word; the word is "" while nothing is typed."""
        found = self._gate.judge(passphrase, (self._officer, self._location))
        return found, _(_STRENGTH_WORDS[found.score]) if passphrase else ""

    def give_person(self, officer: str, location: str) -> None:
        """Step one: who works here, and where."""
        errors = {}
        if not officer.strip():
            errors["officer"] = _("Fill in your name, as colleagues know you.")
        if not location.strip():
            errors["location"] = _("Fill in the name of the family location.")
        self._screen.show_errors(errors)
        if not errors:
            self._officer, self._location = officer.strip(), location.strip()
            self._go(Step.PASSPHRASE)

    def give_passphrase(self, passphrase: str, again: str) -> None:
        """Step two: a passphrase that is strong enough, typed twice."""
        errors = {}
        if self._gate.judge(passphrase, (self._officer, self._location)).score < _GOOD_ENOUGH:
            errors["passphrase"] = _(
                "This passphrase is too easy to guess. Take a longer one, for example four words."
            )
        elif passphrase != again:
            errors["again"] = _("The two passphrases differ. Type the same one twice.")
        self._screen.show_errors(errors)
        if not errors:
            self._passphrase = passphrase
            self._recovery = self._recovery or self._gate.new_recovery()
            self._screen.show_recovery(self._recovery)
            self._go(Step.RECOVERY)

    def recovery_kept(self) -> None:
        """Step three: the officer says that the key is on paper."""
        self._go(Step.CHECK)

    def give_recovery(self, typed: str) -> None:
        """Step four: the key typed back; then the store is made."""
        try:
            self._gate.check_recovery(self._recovery, typed)
        except KnownProblem as problem:
            self._screen.show_errors({"typed": problem_text(problem)})
            return
        self._screen.show_errors({})
        self._screen.show_busy(True)
        wanted = NewStore(
            officer=self._officer,
            location=self._location,
            passphrase=self._passphrase,
            recovery=self._recovery,
        )
        self._runner.start(lambda: self._gate.create(wanted), self._done, self._failed)

    def back(self) -> None:
        """One step back; what was filled in stays."""
        if self._step is not Step.PERSON:
            self._go(Step(self._step - 1))

    def print_sheet(self) -> None:
        """Print the sheet for the sealed envelope."""
        pages = self._gate.recovery_pages(self._recovery, self._officer, self._location)
        if self._screen.print_pages(pages):
            self._screen.show_said(_("The sheet was sent to the printer. Keep it in a sealed envelope."))

    def save_sheet(self, path: Path) -> None:
        """Write the sheet as a PDF; a stick is the place, not this laptop."""
        try:
            self._gate.save_recovery_sheet(self._recovery, self._officer, self._location, path)
        except KnownProblem as problem:
            self._screen.show_said(problem_text(problem))
        else:
            self._screen.show_said(_("The sheet was saved. Do not leave it on this laptop."))

    def _go(self, step: Step) -> None:
        self._step = step
        self._screen.show_step(step)

    def _done(self, opened: object) -> None:
        self._passphrase, self._recovery = "", ()
        self._screen.show_busy(False)
        self._created(opened)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy(False)
        self._screen.show_errors({"typed": problem_text(problem)})
