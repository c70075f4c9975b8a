"""The requests of one family: a line each, the running ones first as they were begun."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.words import N_
from app.i18n import _
from app.services import request_list, request_view
from app.services.request_list import RequestRow
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.gate import Runner
from ui.presenters.request_list_presenter import row_cells

FAMILY_HEADS = (N_("For whom"), N_("Country"), N_("State"), N_("Since"), N_("Next term"))


class FamilyRequestsScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_requests(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these requests; none is a family that never had one."""


class FamilyRequestsPresenter:
    """`dossier` is the family that is shown."""

    def __init__(self, session: Session, runner: Runner, screen: FamilyRequestsScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show this family's requests."""
        self.dossier = dossier
        self._runner.start(lambda: self._read(dossier), self._show)

    def _read(self, dossier: str) -> tuple[str, Sequence[RequestRow]]:
        views = request_view.of_dossier(self._session, dossier)
        ids = [view.request.id for view in sorted(views, key=lambda view: view.position.is_ended)]
        found = request_list.rows(self._session, ids) if ids else ()
        return dossier, [row for row in found if row is not None]

    def _show(self, found: tuple[str, Sequence[RequestRow]]) -> None:
        dossier, rows = found
        if dossier == self.dossier:
            today = self._session.today
            self._screen.show_requests([(row.request, row_cells(row, today)[1:]) for row in rows])


def empty_words() -> tuple[str, str]:
    """What the tab says of a family without a request."""
    return (
        _("No request yet"),
        _("Here stand the requests for a travel document of this family, with their state and terms."),
    )
