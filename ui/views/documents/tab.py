"""The tab *Reisdocumenten* of a family: its requests, and the way to a new one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.row_model import RowModel
from ui.presenters.family_requests_presenter import FAMILY_HEADS, FamilyRequestsPresenter, empty_words
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS = (200, 150, 210, 120, 280)
_STRETCH = 0


class FamilyDocumentsPart(FamilyPart):
    """A FamilyRequestsScreen."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = FamilyRequestsPresenter(desk.session, desk.runner.bound_to(self), self)
        self._new = Button(_("New request"), "primary", name="family_documents_new", icon_role="sign.add")
        self._table = RowTable(name="family_documents", words=_("Requests"), head=Head())
        self._model = RowModel([_(head) for head in FAMILY_HEADS], self._table)
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=_STRETCH)
        self._empty = EmptyState(*empty_words())
        self._empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table)
        column.addWidget(self._empty)
        self._new.setEnabled(not desk.read_only)
        self._new.clicked.connect(self._begin)
        self._table.row_opened.connect(self._open)
        desk.feed.changed.connect(self._follow)

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._new,) if self._table.isHidden() else (self._table,)

    @override
    def act(self, command: str) -> bool:
        if command != "new":
            return False
        self._begin()
        return True

    @override
    def actions_wanted(self) -> Sequence[QWidget]:
        return (self._new,)

    def show_requests(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these requests; the chosen one stays chosen."""
        at = self._table.current_row()
        self._model.set_rows(rows)
        self._table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._table.choose_row(max(at, 0))

    def _begin(self) -> None:
        if not self._desk.read_only:
            self.go_requested.emit(Place(page="request_form", subject=self.presenter.dossier))

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(Place(page="request", subject=self._model.id_at(row)))

    def _follow(self, change: object) -> None:
        if self.presenter.dossier and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.open(self.presenter.dossier)


DOCUMENTS_TAB = FamilyTab(key="documents", title=N_("Travel documents"), build=FamilyDocumentsPart)
FAMILY_TABS = (DOCUMENTS_TAB,)
