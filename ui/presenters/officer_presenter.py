"""The details of the officer at work: read when shown, checked while typed, kept when asked."""

from typing import Protocol

from app.domain.entry import EntryRefused, value_problems
from app.domain.errors import KnownProblem
from app.domain.kinds.place import Officer
from app.domain.record import kind_of
from app.i18n import _, problem_text
from app.services import officers
from app.services.officers import OfficerEntry
from app.services.session import Session
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner

FIELDS = ("name", "position", "phone", "email")


class OfficerScreen(CareScreen, Protocol):
    """A part with the fields of `FIELDS`."""

    def show_entry(self, entry: OfficerEntry) -> None:
        """Fill the fields."""


class OfficerPresenter:
    """Works on one store."""

    def __init__(self, session: Session, runner: Runner, screen: OfficerScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._entry = OfficerEntry()

    def reload(self) -> None:
        """Read what stands there."""
        session = self._session
        self._runner.start(lambda: officers.entry(session), self._show, self._failed)

    def problem(self, field: str, text: str) -> str:
        """What is wrong with what is typed in a field, "" for nothing."""
        if field == "name" and not text.strip():
            return problem_text(officers.OfficerNameMissing())
        spec = next(each for each in kind_of(Officer).fields if each.name == field)
        return " ".join(_said(problem) for problem in value_problems(spec, text.strip() or None))

    def save(self, wanted: OfficerEntry) -> None:
        """Keep them."""
        values = {field: getattr(wanted, field) for field in FIELDS}
        errors = {field: sentence for field in FIELDS if (sentence := self.problem(field, values[field]))}
        self._screen.show_errors(errors)
        if errors:
            return
        if wanted == self._entry:
            self._screen.show_result(_("Nothing was changed."))
            return
        session = self._session
        self._screen.show_busy(_("Saving"))
        self._runner.start(lambda: officers.save(session, wanted), self._saved, self._failed)

    def _show(self, entry: OfficerEntry) -> None:
        self._entry = entry
        self._screen.show_entry(entry)

    def _saved(self, _name: str) -> None:
        self._screen.show_busy("")
        self._screen.show_result(_("Saved. New papers carry these details."))
        self.reload()

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        if isinstance(problem, EntryRefused):
            self._screen.show_errors({each.field: _said(each.problem) for each in problem.found})
        else:
            self._screen.show_result(problem_text(problem), good=False)


def _said(problem: KnownProblem) -> str:
    """The sentence, with the title of the field in the language of the screen."""
    title = problem.params.get("field")
    if isinstance(title, str):
        problem.params["field"] = _(title)
    return problem_text(problem)
