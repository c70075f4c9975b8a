"""Taking dossiers in from a file: first what it would do, in words, then doing it as one step that can be undone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, ngettext, problem_text
from app.services import import_file
from app.services.dossier_import import ImportReport, problem_line
from app.services.duplicates import suspicion_words
from app.services.import_file import FileRefused
from app.services.session import Session
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner

_MOST_LINES = 8


class ImportScreen(CareScreen, Protocol):
    """A part with a preview below its button."""

    def show_preview(self, lines: Sequence[str], *, can_go_on: bool) -> None:
        """Say what would be done, with a button to do it; no lines: nothing is chosen."""

    def say_imported(self, sentence: str) -> None:
        """Say at the foot that it was done, with the way back."""


class ImportPresenter:
    """Remembers the file between preview and import; the file is read anew, and checked anew, each time."""

    def __init__(self, session: Session, runner: Runner, screen: ImportScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._file = Path()

    def choose(self, file: Path) -> None:
        """Look at a file."""
        self._file, session = file, self._session
        self._screen.show_result("")
        self._screen.show_preview((), can_go_on=False)
        self._screen.show_busy(_("Reading %(file)s", file=file.name))
        self._runner.start(lambda: import_file.preview(session, file), self._preview, self._failed)

    def take_in(self) -> None:
        """Do what the preview said."""
        file, session = self._file, self._session
        self._screen.show_busy(_("Taking in %(file)s", file=file.name))
        self._runner.start(lambda: import_file.take_in(session, file), self._done, self._failed)

    def drop(self) -> None:
        """Do nothing with the file."""
        self._screen.show_preview((), can_go_on=False)

    def _preview(self, report: ImportReport) -> None:
        self._screen.show_busy("")
        if report.problems:
            self._refuse([problem_line(each) for each in report.problems])
            return
        lines = list(_lines(report))
        self._screen.show_preview(lines, can_go_on=_does_something(report))

    def _done(self, report: ImportReport) -> None:
        self._screen.show_busy("")
        self._screen.show_preview((), can_go_on=False)
        self._screen.show_result(" ".join(_lines(report)))
        if report.written:
            self._screen.say_imported(_("Dossiers taken in."))

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        if isinstance(problem, FileRefused):
            self._refuse([problem_line(each) for each in problem.found])
        else:
            self._screen.show_preview((), can_go_on=False)
            self._screen.show_result(problem_text(problem), good=False)

    def _refuse(self, lines: Sequence[str]) -> None:
        self._screen.show_result(_("This file cannot be taken in. Nothing was changed."), good=False)
        more = len(lines) - _MOST_LINES
        rest = [_("And %(count)d more.", count=more)] if more > 0 else []
        self._screen.show_preview([*lines[:_MOST_LINES], *rest], can_go_on=False)


def _suspected(report: ImportReport) -> Iterator[str]:
    """Who may be here already: how many, and the first few with the reason."""
    count = len(report.suspected)
    if not count:
        return
    yield ngettext(
        "%(count)d of these persons may be known already:",
        "%(count)d of these persons may be known already:",
        count,
        count=count,
    )
    lines = [words for each in report.suspected for words in suspicion_words(each)]
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield _("And %(count)d more.", count=len(lines) - _MOST_LINES)


def _does_something(report: ImportReport) -> bool:
    return bool(report.new_records or report.changed or report.conflicts)


def _lines(report: ImportReport) -> Iterator[str]:
    dossiers, persons = len(report.new_dossiers), len(report.new_persons)
    if dossiers:
        yield ngettext("%(count)d new dossier.", "%(count)d new dossiers.", dossiers, count=dossiers)
    if persons:
        yield ngettext("%(count)d new person.", "%(count)d new persons.", persons, count=persons)
    yield from _suspected(report)
    changed, conflicts, skipped = len(report.changed), len(report.conflicts), len(report.skipped)
    if changed:
        yield ngettext(
            "%(count)d value changes here.", "%(count)d values change here.", changed, count=changed
        )
    if conflicts:
        yield ngettext(
            "On %(count)d value the file and this store differ: both stay, for you to clear up.",
            "On %(count)d values the file and this store differ: both stay, for you to clear up.",
            conflicts,
            count=conflicts,
        )
    if skipped:
        yield ngettext(
            "%(count)d value is left aside.", "%(count)d values are left aside.", skipped, count=skipped
        )
    if not _does_something(report):
        yield _("Everything in this file is here already.")
