"""Places the table of figures."""

from PySide6.QtWidgets import QStackedWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_table import RowTable

NUMBER, DEFINITION = 1, 2
_WIDTHS = (340, 96, 300)
_NARROW_FROM = 820


class FiguresLayout:
    """The parts of the page."""

    def __init__(self, page: PageFrame) -> None:
        self.table = RowTable(
            name="figures_table", words=_("Figures"), head=Head(right=frozenset((NUMBER,))), row_role="row"
        )
        self.empty = EmptyState(_("No figures"), "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        page.set_content(self.stack)

    def set_columns(self) -> None:
        """Give the columns their widths; after the model was set."""
        self.table.set_columns(_WIDTHS, stretch=DEFINITION)

    def fit(self, width: int) -> None:
        """A narrow page gives the room to the words; the definition of the chosen line then stands in the foot."""
        narrow = width < theme.current().factor * _NARROW_FROM
        self.table.setColumnHidden(DEFINITION, narrow)
        self.table.set_columns(_WIDTHS, stretch=0 if narrow else DEFINITION)

    @property
    def shows_definitions(self) -> bool:
        """Whether the definitions have a column."""
        return not self.table.isColumnHidden(DEFINITION)
