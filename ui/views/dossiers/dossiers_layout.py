"""Places what the lists of families and persons are made of: search, filters, tables, and what stands there when a
list is empty."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.family_list_presenter import HEADS
from ui.presenters.person_list_presenter import HEADS as PERSON_HEADS
from ui.views.dossiers.filter_button import FilterButton
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField
from ui.widgets.tab_bar import TabBar

FAMILIES, PERSONS = "families", "persons"
_WIDTHS = (208, 160, 140, 186, 118, 176, 104)
_PERSON_WIDTHS = (260, 168, 106, 140, 126, 156, 180)
_STRETCH = 0
_LEFT_OUT_FIRST = (1, 2, 6)  # members, phase, case officer: the order of design.md, Frame of the window
_PERSON_LEFT_OUT_FIRST = (3, 4)  # nationality, role: both stand on the page of the family
_NARROW_FROM = 1000


class DossiersLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame) -> None:
        self.new = Button(_("New family"), "primary", name="dossiers_new", icon_role="sign.add")
        page.add_action(self.new)
        self.view = TabBar(((FAMILIES, _("Families")), (PERSONS, _("Persons"))), name="dossiers_view")
        page.set_tabs(self.view)
        self.search = SearchField(_("Name, V-number, dossier number …"), name="dossiers_search")
        self.mine = Button(_("My families"), "filter", name="dossiers_mine")
        self.phase = FilterButton(_("Phase"), name="dossiers_phase")
        self.request = FilterButton(_("Travel document"), name="dossiers_request")
        self.flight = FilterButton(_("Departure"), name="dossiers_flight")
        self.more = FilterButton(_("More"), name="dossiers_more")
        self.age = FilterButton(_("Age"), name="dossiers_age")
        self.who = FilterButton(_("More"), name="dossiers_who")
        self.removed = Button("", "link", name="dossiers_removed")
        self.removed.hide()
        self.table = RowTable(name="dossiers_table", words=_("Families"), head=Head())
        self.table.horizontalHeader().setSortIndicatorShown(True)
        self.persons = RowTable(name="dossiers_persons", words=_("Persons"), head=Head())
        self.persons.horizontalHeader().setSortIndicatorShown(True)
        self.way = Button("", "plain", name="dossiers_way")
        self.empty = EmptyState("", "", self.way)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.persons)
        self.stack.addWidget(self.empty)
        page.set_content(self._content())

    def _content(self) -> QWidget:
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(self.search)
        for button in (self.mine, self.phase, self.request, self.flight, self.more, self.age, self.who):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.removed)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        return content

    def show_view(self, view: str) -> None:
        """Show the filters of families or of persons; the search and the first two filters serve both."""
        self.view.set_current(view)
        persons = view == PERSONS
        for button in (self.request, self.flight, self.more):
            button.setVisible(not persons)
        for button in (self.age, self.who):
            button.setVisible(persons)

    def fit(self, width: int) -> None:
        """Leave out columns that do not fit, in the order of the design."""
        narrow = width < theme.current().factor * _NARROW_FROM
        for table, heads, first in (
            (self.table, HEADS, _LEFT_OUT_FIRST),
            (self.persons, PERSON_HEADS, _PERSON_LEFT_OUT_FIRST),
        ):
            if table.model() is not None:
                for column in range(len(heads)):
                    table.setColumnHidden(column, narrow and column in first)

    def set_columns(self) -> None:
        """Give the columns their widths; after the models were set."""
        self.table.set_columns(_WIDTHS, stretch=_STRETCH)
        self.persons.set_columns(_PERSON_WIDTHS, stretch=_STRETCH)
