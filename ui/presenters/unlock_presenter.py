"""Unlocking: tries the passphrase, says in place what is wrong, and counts down when the program waits."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, formats, ngettext, problem_text
from app.i18n.formats import deed
from ui.presenters.gate import Renewing, Runner, Strength, UnlockGate

_MORNING_FROM, _AFTERNOON_FROM, _EVENING_FROM = 5, 12, 18
_GOOD_ENOUGH = 3
_MINUTE_S = 60


class UnlockScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_error(self, sentence: str) -> None:
        """Show a sentence under the field; "" takes it away. The focus goes back to the field."""

    def show_busy(self, busy: bool) -> None:
        """Nothing can be typed or pressed while busy."""

    def show_wait(self, sentence: str) -> None:
        """Show how long the program waits, "" when it does not; the button is off so long."""

    def show_renewing(self, sentence: str, done: int, total: int) -> None:
        """Show what a newer program does before the store opens, "" when it is over; 0 of 0: not known how much."""


class UnlockPresenter:
    """`opened` is called once with what the gate returned."""

    def __init__(
        self, gate: UnlockGate, screen: UnlockScreen, runner: Runner, opened: Callable[[object], None]
    ) -> None:
        self._gate, self._screen, self._runner, self._opened = gate, screen, runner, opened
        self._busy = False
        self._caps_lock = False

    def greeting(self, now: datetime) -> str:
        """Good morning, afternoon or evening at this local time."""
        if _MORNING_FROM <= now.hour < _AFTERNOON_FROM:
            return _("Good morning")
        if _AFTERNOON_FROM <= now.hour < _EVENING_FROM:
            return _("Good afternoon")
        return _("Good evening")

    def saved_line(self) -> str:
        """When the store was last written, in words; "" when that is not known."""
        moment = self._gate.last_saved()
        return _("Last saved: %(moment)s", moment=deed(moment)) if moment else ""

    def note_caps_lock(self, on: bool) -> None:
        """Remember what the field noticed, to say it with the next error."""
        self._caps_lock = on

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase."""
        if self._busy or self._must_wait():
            return
        if not passphrase:
            self._screen.show_error(_("Type your passphrase."))
            return
        self._begin()
        self._runner.start(lambda: self._gate.unlock(passphrase), self._done, self._failed)

    def recover(self, recovery: str, passphrase: str, again: str) -> None:
        """Try the recovery key, with the passphrase that will be the new one."""
        if self._busy or self._must_wait():
            return
        problem = self._new_passphrase_problem(recovery, passphrase, again)
        if problem:
            self._screen.show_error(problem)
            return
        self._begin()
        self._runner.start(
            lambda: self._gate.unlock_with_recovery(recovery, passphrase), self._done, self._failed
        )

    def judge(self, passphrase: str) -> Strength:
        """How strong a new passphrase is."""
        return self._gate.judge(passphrase)

    def tick(self) -> None:
        """Look how long there is to wait, or how far opening is; called each second."""
        if not self._busy:
            self._screen.show_wait(wait_sentence(self._gate.wait_s()))
            return
        found = self._gate.renewing()
        if found is not None:
            self._screen.show_renewing(renewing_sentence(found), found.done, found.total)

    def _new_passphrase_problem(self, recovery: str, passphrase: str, again: str) -> str:
        if not recovery.strip():
            return _("Type the recovery key.")
        if self._gate.judge(passphrase).score < _GOOD_ENOUGH:
            return _("This passphrase is too easy to guess. Take a longer one, for example four words.")
        if passphrase != again:
            return _("The two passphrases differ. Type the same one twice.")
        return ""

    def _must_wait(self) -> bool:
        sentence = wait_sentence(self._gate.wait_s())
        self._screen.show_wait(sentence)
        return bool(sentence)

    def _begin(self) -> None:
        self._busy = True
        self._screen.show_error("")
        self._screen.show_busy(True)

    def _done(self, opened: object) -> None:
        self._busy = False
        self._screen.show_busy(False)
        self._screen.show_renewing("", 0, 0)
        self._opened(opened)

    def _failed(self, problem: KnownProblem) -> None:
        self._busy = False
        self._screen.show_busy(False)
        self._screen.show_renewing("", 0, 0)
        sentence = problem_text(problem)
        if self._caps_lock:
            caps_lock = _("Note: Caps Lock is on.")
            sentence = f"{sentence} {caps_lock}"
        self._screen.show_error(sentence)
        self._must_wait()


def renewing_sentence(found: Renewing) -> str:
    """What a newer program does before the store opens, in words."""
    if not found.total:
        return _("The store is being brought up to date.")
    return ngettext(
        "Making the lists anew: %(done)s of %(count)s family",
        "Making the lists anew: %(done)s of %(count)s families",
        found.total,
        done=formats.number(found.done),
        count=formats.number(found.total),
    )


def wait_sentence(seconds: int) -> str:
    """How long the program waits, in words; "" for 0."""
    if seconds <= 0:
        return ""
    if seconds < _MINUTE_S:
        words = ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    else:
        minutes = -(-seconds // _MINUTE_S)
        words = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return _("The program waits %(time)s after several wrong tries. Nothing gets lost.", time=words)
