"""Places what the page of a paper is made of: the page, the same as text, and what is still missing."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.sheet_presenter import LANGUAGES
from ui.views.departures.own_text_panel import OwnTextPanel
from ui.views.panes import Pane, Panes, Scroll
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.hairline import Hairline
from ui.widgets.line import Line, Sentence
from ui.widgets.page_frame import PageFrame
from ui.widgets.page_picture import PagePictures
from ui.widgets.paper_lines import PaperLines
from ui.widgets.side_list import SideList
from ui.widgets.sign import Sign
from ui.widgets.tab_bar import TabBar
from ui.widgets.text_field import TextField


class SheetLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame, look_through: Callable[[str], str]) -> None:
        self.save = Button(_("Save as PDF"), name="sheet_save", icon_role="sign.saved")
        self.print = Button(_("Print concept"), name="sheet_print", icon_role="sign.print")
        self.final = Button(_("Make final"), "primary", name="sheet_final")
        for button in (self.save, self.print, self.final):
            page.add_action(button)
        self.chip = Chip("", "watch")
        page.set_chip(self.chip)
        self.papers = TabBar((("sheet", _("Sheet 1")), ("receipt", _("Receipt"))), name="sheet_papers")
        self.pages_words = Line("", "second", "quiet")
        self.pictures = PagePictures(
            name="sheet_pages", words=_("The page as it is printed; the same stands beside it as text")
        )
        self.pictures_scroll = Scroll(self.pictures, name="sheet_pages_scroll")
        self.views = TabBar((("text", _("As text")), ("own", _("Own text"))), name="sheet_views")
        self.lines = PaperLines(name="sheet_lines")
        self.own = OwnTextPanel(look_through, name="sheet_own")
        self.stack = QStackedWidget()
        self.stack.addWidget(Scroll(self.lines, name="sheet_lines_scroll"))
        self.stack.addWidget(Scroll(self.own, name="sheet_own_scroll"))
        self.reason = Sentence("", "body", "quiet")
        self.missing = SideList(name="sheet_missing")
        self.receiver = Field(_("This copy is for"), Choice(name="sheet_receiver"))
        self.receiver_name = Field(_("Name, if known"), TextField(name="sheet_receiver_name"))
        self.purpose = Field(_("Purpose"), Choice(name="sheet_purpose"))
        self.person = Field(_("Sheet of"), Choice(name="sheet_person"))
        self.language = Field(
            _("Second language"),
            Choice([(code, _(words)) for code, words in LANGUAGES], name="sheet_language"),
        )
        self.panes = Panes(
            (
                Pane("page", _("Page"), self._page(), 40),
                Pane("text", _("Text"), self._text(), 36),
                Pane("side", _("What is missing"), self._side(), 27),
            ),
            name="sheet",
        )
        page.set_content(self.panes)

    def _page(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(self.papers)
        head.addStretch(1)
        head.addWidget(self.pages_words)
        return self._column(head, self.pictures_scroll)

    def _text(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(self.views)
        head.addStretch(1)
        return self._column(head, self.stack)

    def _column(self, head: QHBoxLayout, body: QWidget) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addLayout(head)
        column.addWidget(body, 1)
        return part

    def _side(self) -> QWidget:
        self.sides = TabBar((("missing", _("What is missing")), ("copy", _("This copy"))), name="sheet_sides")
        head = QHBoxLayout()
        head.addWidget(self.sides)
        head.addStretch(1)
        shield = QHBoxLayout()
        shield.setSpacing(theme.gap(1))
        shield.addWidget(Sign("sign.privacy", "good"))
        shield.addWidget(Sentence(_("No diagnosis, no medicines, nothing from the asylum procedure.")), 1)
        self.side_stack = QStackedWidget()
        self.side_stack.addWidget(self._sheet_of("sheet_missing_scroll", self.reason, self.missing))
        copy = (self.receiver, self.receiver_name, self.purpose, self.language)
        self.side_stack.addWidget(self._sheet_of("sheet_side_scroll", *copy))
        side = self._column(head, self.side_stack)
        column = side.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.person)
        column.addWidget(Hairline())
        column.addLayout(shield)
        return side

    def _sheet_of(self, name: str, *parts: QWidget) -> Scroll:
        """One part of the side, which scrolls as a whole."""
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.setSpacing(theme.gap(1))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return Scroll(sheet, name=name)
