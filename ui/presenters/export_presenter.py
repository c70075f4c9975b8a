"""Giving all dossiers out as a file: for whom, where to, and what it holds; each dossier notes that it was given."""

from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, ngettext, problem_text
from app.i18n.formats import number
from app.services import family_list
from app.services.dossier_export import Choice, Exported, export_to_file
from app.services.family_list import Filters, Totals
from app.services.session import Session
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner


class ExportScreen(CareScreen, Protocol):
    """A part that says beforehand what would go out."""

    def show_size(self, sentence: str, *, any_dossier: bool) -> None:
        """Say how many dossiers and people there are."""


class ExportPresenter:
    """Gives out the compartments of the work (kern, werkwijze); health, asylum and addresses stay."""

    def __init__(self, session: Session, runner: Runner, screen: ExportScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen

    def reload(self) -> None:
        """Count what would go out."""
        session = self._session
        self._runner.start(lambda: _totals(session), self._show_size, self._failed)

    def name(self) -> str:
        """The name to propose for the file."""
        return f"dossiers-{self._session.today.isoformat()}.json"

    def receiver_is_said(self, receiver: str) -> bool:
        """Whether somebody is named; says so beside the field when not."""
        said = bool(receiver.strip())
        wish = _("Fill in who gets the file: it stands in each dossier.")
        self._screen.show_errors({} if said else {"receiver": wish})
        return said

    def export(self, path: Path, receiver: str) -> None:
        """Write the file."""
        session, choice = self._session, Choice(receiver=receiver.strip())
        self._screen.show_result("")
        self._screen.show_busy(_("Writing the dossiers"))
        self._runner.start(lambda: export_to_file(session, path, choice), self._done, self._failed)

    def _show_size(self, totals: Totals) -> None:
        families = ngettext(
            "%(count)s dossier", "%(count)s dossiers", totals.families, count=number(totals.families)
        )
        persons = ngettext(
            "%(count)s person", "%(count)s persons", totals.persons, count=number(totals.persons)
        )
        sentence = _(
            "%(families)s with %(persons)s would go out. Health, asylum and secret addresses stay here, "
            "and so do your own notes.",
            families=families,
            persons=persons,
        )
        self._screen.show_size(sentence, any_dossier=totals.families > 0)

    def _done(self, exported: Exported) -> None:
        self._screen.show_busy("")
        sentence = ngettext(
            "%(count)d dossier was written. The file is not encrypted: keep it as you keep a paper dossier.",
            "%(count)d dossiers were written. The file is not encrypted: keep it as you keep paper dossiers.",
            exported.dossiers,
            count=exported.dossiers,
        )
        if exported.disputed:
            rest = ngettext(
                "%(count)d value on which two opinions stand was left out.",
                "%(count)d values on which two opinions stand were left out.",
                len(exported.disputed),
                count=len(exported.disputed),
            )
            sentence = f"{sentence} {rest}"
        self._screen.show_result(sentence)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_result(problem_text(problem), good=False)


def _totals(session: Session) -> Totals:
    every = [*family_list.lines(session), *family_list.lines(session, filters=Filters(closed=True))]
    return family_list.totals(session, every)
