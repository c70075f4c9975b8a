"""Places the period and the table of figures."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.line import Line
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_table import RowTable

NUMBER, DEFINITION = 1, 2
_WIDTHS = (340, 96, 300)
_NARROW_FROM = 820
_PERIOD_WIDTH, _DAY_WIDTH = 210, 130


class FiguresLayout:
    """The parts of the page."""

    def __init__(self, page: PageFrame, periods: Sequence[tuple[str, str]]) -> None:
        self.period = Choice(periods, name="figures_period")
        self.period.setAccessibleName(_("Period"))
        self.period.set_code(periods[0][0])
        self.start, self.end = DateField(name="figures_from"), DateField(name="figures_to")
        self.start.setAccessibleName(_("First day"))
        self.end.setAccessibleName(_("Last day"))
        self.own = QWidget()
        self.table = RowTable(
            name="figures_table", words=_("Figures"), head=Head(right=frozenset((NUMBER,))), row_role="row"
        )
        self.empty = EmptyState(_("No figures"), "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        page.set_content(self._content())

    def _content(self) -> QWidget:
        own = QHBoxLayout(self.own)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(theme.gap(1))
        for part in (self.start, Line(_("to"), "body", "quiet"), self.end):
            own.addWidget(part)
        self.own.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(Line(_("Period"), "body", "quiet"))
        row.addWidget(self.period)
        row.addWidget(self.own)
        row.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        return content

    def set_columns(self) -> None:
        """Give the columns their widths; after the model was set."""
        self.table.set_columns(_WIDTHS, stretch=DEFINITION)

    def fit(self, width: int) -> None:
        """A narrow page gives the room to the words; the definition of the chosen line then stands in the foot."""
        factor = theme.current().factor
        self.period.setFixedWidth(round(_PERIOD_WIDTH * factor))
        for day in (self.start, self.end):
            day.setFixedWidth(round(_DAY_WIDTH * factor))
        narrow = width < factor * _NARROW_FROM
        self.table.setColumnHidden(DEFINITION, narrow)
        self.table.set_columns(_WIDTHS, stretch=0 if narrow else DEFINITION)

    @property
    def shows_definitions(self) -> bool:
        """Whether the definitions have a column."""
        return not self.table.isColumnHidden(DEFINITION)
