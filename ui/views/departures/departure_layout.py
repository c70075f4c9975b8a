"""Places what the page of one departure is made of: five tabs, each a sheet that scrolls."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.departure_fields import TABS
from ui.views.panes import Scroll
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.page_frame import PageFrame
from ui.widgets.tab_bar import TabBar


class DepartureLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame) -> None:
        self.sheet = Button(_("Handover sheet"), name="departure_sheet", icon_role="sign.document")
        self.save = Button(_("Save"), "primary", name="departure_save", icon_role="sign.saved")
        page.add_action(self.sheet)
        page.add_action(self.save)
        self.tabs = TabBar([(key, _(words)) for key, words in TABS], name="departure_tabs")
        page.set_tabs(self.tabs)
        self.take = Button(_("Go on with it"), name="departure_take_draft")
        self.drop = Button(_("Throw away"), "link", name="departure_drop_draft")
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(2))
        row.addWidget(self.drop)
        row.addWidget(self.take)
        self.banner = Banner("info", "", action=holder)
        self.banner.hide()
        page.set_banner(self.banner)
        self.stack = QStackedWidget()
        self.columns: dict[str, QVBoxLayout] = {}
        self._sheets: dict[str, QWidget] = {}
        self.scrolls: dict[str, Scroll] = {}
        for key, _words in TABS:
            self.scrolls[key] = Scroll(QWidget(), name=f"departure_{key}")
            self.stack.addWidget(self.scrolls[key])
        page.set_content(self.stack)

    def fresh(self, key: str) -> QVBoxLayout:
        """An empty sheet for a tab, to be filled and then shown."""
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.gap(3), theme.gap(3))  # at the right stands the scroll bar
        column.setSpacing(theme.gap(2))
        self.columns[key], self._sheets[key] = column, sheet
        return column

    def show_filled(self) -> None:
        """Put the filled sheets on their tabs; the old ones go with all their fields.

        Filled first: what joins a sheet that is shown already stays hidden until the event loop runs, and a field
        that is hidden loses the focus when the window becomes active just then.
        """
        for key, column in self.columns.items():
            column.addStretch(1)
            self.scrolls[key].setWidget(self._sheets[key])

    def show_banner(self, state: str, sentence: str, *, draft: bool) -> None:
        """Show the one banner; with the buttons of a draft or without."""
        self.banner.set_message(state, sentence)
        self.take.setVisible(draft)
        self.drop.setVisible(draft)
        self.banner.show()
