"""Another passphrase: the old one once more, a new one that is strong enough, twice."""

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from app.services import passphrase, store_care
from app.services.gate import Unlocked
from app.services.passphrase import Strength
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner


class PassphrasePresenter:
    """Keeps no passphrase: what was typed goes to the work and is gone."""

    def __init__(self, unlocked: Unlocked, runner: Runner, screen: CareScreen) -> None:
        self._unlocked, self._runner, self._screen = unlocked, runner, screen

    def strength(self, typed: str) -> Strength:
        """How strong a new passphrase is."""
        session = self._unlocked.session
        return passphrase.strength(typed, (session.officer_name, session.location))

    def change(self, old: str, new: str, again: str) -> None:
        """Replace it."""
        errors = {}
        if not old:
            errors["old"] = _("Type your passphrase.")
        if not self.strength(new).is_enough:
            errors["new"] = _(
                "This passphrase is too easy to guess. Take a longer one, for example four words."
            )
        elif new != again:
            errors["again"] = _("The two passphrases differ. Type the same one twice.")
        self._screen.show_errors(errors)
        if errors:
            return
        unlocked = self._unlocked
        self._screen.show_busy(_("Changing the passphrase"))
        self._runner.start(lambda: store_care.change_passphrase(unlocked, old, new), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._screen.show_busy("")
        self._screen.show_errors({})
        self._screen.show_result(
            _("The passphrase was changed. Older backups still open with the passphrase of that time.")
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_errors({"old": problem_text(problem)})
