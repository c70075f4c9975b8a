"""*Gegevens nakijken*: what cannot be right, in one family or in all. Enter goes to the field; nothing is blocked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.row_model import RowModel
from ui.presenters.data_check_presenter import CHECK_HEADS, DATA_CHECK, CheckView, DataCheckPresenter
from ui.views.fact_panel import FactPanel
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS = (400, 190, 160)
_FAMILY = 2
_FULL_WIDTH, _FULL_WIDTH_NARROW, _ROOM_FROM = 330, 240, 900


class DataCheckPage(Page):
    """`Place.subject` narrows it to one dossier. A DataCheckScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Data check"), name="data_check_page", parent=parent)
        self._desk = desk
        self.presenter = DataCheckPresenter(desk.session, desk.runner.bound_to(self), self)
        self.table = RowTable(
            name="data_check_table", words=_("Data check"), row_role="row_two_lines", head=Head()
        )
        self._model = RowModel([_(head) for head in CHECK_HEADS], self)
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=0)
        self.full = FactPanel(name="data_check_full")
        self.go = Button(_("Go to the field"), "plain", name="data_check_go")
        self.all = Button(_("All families"), "plain", name="data_check_all")
        self.empty = EmptyState(
            _("Nothing to look at"), _("Dates, numbers and references agree with each other.")
        )
        self._stack = QStackedWidget()
        self._arrange()
        self.table.row_chosen.connect(self._show_full)
        self.table.row_opened.connect(self._go)
        self.go.clicked.connect(self._go)
        self.all.clicked.connect(self._show_all)
        desk.feed.changed.connect(self._follow)

    def _arrange(self) -> None:
        self.set_back(_("Back"))
        self.add_action(self.all)
        quiet = _("What cannot be right, ran out or is not shared. Nothing is blocked or changed by itself.")
        self.set_quiet((quiet,))
        scroll = self._scroll = QScrollArea()
        scroll.setProperty("ground", "canvas")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(self.full)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll.setWidget(sheet)
        lists = QWidget()
        row = QHBoxLayout(lists)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addWidget(self.table, 1)
        row.addWidget(scroll)
        self._stack.addWidget(lists)
        self._stack.addWidget(self.empty)
        self.set_content(self._stack)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the name of the family stands beside the finding only."""
        super().resizeEvent(event)
        factor = theme.current().factor
        narrow = event.size().width() < _ROOM_FROM * factor
        self._scroll.setFixedWidth(round((_FULL_WIDTH_NARROW if narrow else _FULL_WIDTH) * factor))
        self.table.setColumnHidden(_FAMILY, narrow)

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.open(place.subject)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.table, self.go) if self._stack.currentIndex() == 0 else (self.all,)

    def show_findings(self, view: CheckView) -> None:
        """Show these lines; the chosen one stays chosen."""
        row = self.table.current_row()
        self._model.set_rows(view.rows)
        self.all.setVisible(view.of_one)
        self.empty.set_words(
            _("Nothing to look at"), _("Dates, numbers and references agree with each other.")
        )
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self.set_foot(view.foot, _("Enter goes to the field") if view.rows else "")
        self.table.choose_row(min(max(row, 0), len(view.rows) - 1))
        self._show_full(self.table.current_row())

    def show_problem(self, sentence: str) -> None:
        """Say why it could not be looked at."""
        self.empty.set_words(_("This could not be looked at"), sentence)
        self._stack.setCurrentIndex(1)

    def _key(self) -> str:
        row = self.table.current_row()
        return self._model.id_at(row) if 0 <= row < self._model.rowCount() else ""

    def _show_full(self, _row: object) -> None:
        self.full.set_groups(self.presenter.view(self._key()))
        self.go.setVisible(bool(self._key()))

    def _go(self, _chosen: object) -> None:
        if self._key():
            self.go_requested.emit(self.presenter.place(self._key()))

    def _show_all(self) -> None:
        self.go_requested.emit(Place(page=DATA_CHECK))

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.open(self.presenter.dossier)
