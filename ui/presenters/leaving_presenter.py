"""A family leaves: handed over, taken off this laptop, or destroyed. What may be done, and what follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from app.services import handing_over, leaving_page, overview_sheet, removal, removed_family
from app.services.leaving_page import LeavingPage
from app.services.paper_preview import PagePicture
from app.services.session import Session
from ui.presenters.gate import Runner, SheetPage
from ui.presenters.leaving_words import (
    DestroyView,
    DropView,
    HandoverView,
    RemoveView,
    destroy_view,
    drop_view,
    handover_view,
    remove_view,
)

HANDOVER, DROP, REMOVE, DESTROY = "handover", "drop", "remove", "destroy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an officer filled in for an offer; `returns_on` is "YYYY-MM-DD" or ""."""

    device: str
    returns_on: str
    note: str


class LeavingScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_views(
        self, handover: HandoverView, drop: DropView, remove: RemoveView, destroy: DestroyView
    ) -> None:
        """Show how it stands."""

    def show_gone(self) -> None:
        """The family is not here any more."""

    def show_removed(self, sentence: str) -> None:
        """The family was removed as a mistake; that can be undone."""

    def show_result(self, part: str, sentence: str, *, good: bool = True) -> None:
        """Say in a part what came of a wish."""

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under the fields of the offer: device, returns_on."""

    def print_pages(self, pages: Sequence[SheetPage]) -> None:
        """Print on the printer that was chosen."""


class LeavingPresenter:
    """Works on one family at a time."""

    def __init__(self, session: Session, runner: Runner, screen: LeavingScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show how another family stands, or the same anew."""
        self.dossier = dossier
        session = self._session
        self._runner.start(lambda: leaving_page.read(session, dossier), self._show, self._gone)

    # -- handing over ----------------------------------------------------------------------------------------------

    def offer(self, wish: Wish) -> None:
        """Offer the family to a colleague."""
        if not wish.device:
            self._screen.show_errors({"device": _("Choose a colleague.")})
            return
        self._screen.show_errors({})
        day = date.fromisoformat(wish.returns_on) if wish.returns_on else None
        self._do(
            HANDOVER,
            lambda session, dossier: handing_over.offer(
                session, dossier, wish.device, returns_on=day, reason=wish.note
            ),
            _("The family is offered. The offer goes along with the next file for your colleague."),
        )

    def withdraw(self) -> None:
        """Take the offer back."""
        said = _("The offer is withdrawn. Your colleague learns so with the next file.")
        self._do(HANDOVER, handing_over.withdraw, said)

    def accept(self) -> None:
        """Take the family over."""
        said = _(
            "The family is yours now. Your colleague learns so with the next file. Below you print or save the overview"
            " that goes with it."
        )
        self._do(HANDOVER, handing_over.accept, said)

    def refuse(self, note: str) -> None:
        """Say no."""
        self._do(
            HANDOVER,
            lambda session, dossier: handing_over.refuse(session, dossier, note),
            _("You did not take the family over. Your colleague learns so with the next file."),
        )

    def give_back(self) -> None:
        """Offer it back to whom it came from."""
        said = _("The family is offered back. The offer goes along with the next file for your colleague.")
        self._do(HANDOVER, handing_over.give_back, said)

    def save_paper(self, path: Path) -> None:
        """Write the overview for the new case officer."""
        self._do(
            HANDOVER,
            lambda session, dossier: overview_sheet.save(session, dossier, path),
            _("The overview is saved. It holds data of the family: keep it like the dossier."),
        )

    def print_paper(self) -> None:
        """Hand the overview to the printer that was chosen, and write down that it went."""
        session, dossier = self._session, self.dossier

        def done(pages: tuple[PagePicture, ...]) -> None:
            self._screen.print_pages(
                [SheetPage(width=one.width, height=one.height, rgb=one.rgb) for one in pages]
            )
            self._screen.show_result(HANDOVER, _("The overview was sent to the printer and written down."))

        def failed(problem: KnownProblem) -> None:
            self._screen.show_result(HANDOVER, _said(problem), good=False)

        self._runner.start(lambda: overview_sheet.print_pages(session, dossier), done, failed)

    # -- leaving ---------------------------------------------------------------------------------------------------

    def drop(self) -> None:
        """Take the family off this laptop; the question named the own marks."""
        self._do(
            DROP, lambda session, dossier: removal.drop(session, dossier, with_own_marks=True), "", ends=True
        )

    def remove(self) -> None:
        """Remove the family as a mistake; it can be undone and brought back."""
        session, dossier = self._session, self.dossier

        def done(_nothing: None) -> None:
            self._screen.show_removed(_("The family is removed. It stands under the removed families."))

        def failed(problem: KnownProblem) -> None:
            self._screen.show_result(REMOVE, _said(problem), good=False)

        self._runner.start(lambda: removed_family.remove(session, dossier), done, failed)

    def destroy(self, reason: str, persons: Sequence[str]) -> None:
        """Destroy the family, and these members of it."""
        self._do(
            DESTROY,
            lambda session, dossier: removal.destroy(session, dossier, reason, persons=persons),
            "",
            ends=True,
        )

    def destroy_person(self, person: str, reason: str) -> None:
        """Destroy one member; the family stays."""
        self._do(
            DESTROY,
            lambda session, dossier: removal.destroy_person(session, dossier, person, reason),
            _("Destroyed. The family stays."),
        )

    def accept_destruction(self, scope: str) -> None:
        """Carry out what a colleague asks; with a person the family stays."""
        self._do(
            DESTROY,
            lambda session, _dossier: removal.accept_destruction(session, scope),
            _("Destroyed."),
            ends=scope == self.dossier,
        )

    # -- how -------------------------------------------------------------------------------------------------------

    def _do(self, part: str, deed: Callable[[Session, str], None], said: str, *, ends: bool = False) -> None:
        session, dossier = self._session, self.dossier

        def done(_none: None) -> None:
            if ends:
                self._screen.show_gone()
            else:
                self._screen.show_result(part, said)
                self.open(dossier)

        def failed(problem: KnownProblem) -> None:
            self._screen.show_result(part, _said(problem), good=False)

        self._runner.start(lambda: deed(session, dossier), done, failed)

    def _show(self, page: LeavingPage) -> None:
        if page.dossier == self.dossier:
            self._screen.show_views(
                handover_view(page), drop_view(page), remove_view(page), destroy_view(page)
            )

    def _gone(self, _problem: KnownProblem) -> None:
        self._screen.show_gone()


def _said(problem: KnownProblem) -> str:
    """The sentence, with the reason in the language of the screen."""
    why = problem.params.get("why")
    if isinstance(why, str):
        problem.params["why"] = _(why)
    return problem_text(problem)
