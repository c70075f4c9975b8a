"""An extract of a colleague as plain text to read. An ExtractScreen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.paper_text import TextLine
from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.exchange_gate import ExtractGate
from ui.presenters.extract_presenter import ExtractPresenter
from ui.views.page import Page
from ui.views.panes import Scroll
from ui.widgets.banner import Banner
from ui.widgets.chip import Chip
from ui.widgets.paper_lines import PaperLines

_READING_WIDTH = 760


class ExtractPage(Page):
    """`Place.subject` is the id of the extract. Nothing in it can be changed or given on."""

    def __init__(self, desk: Desk, extract: ExtractGate, parent: QWidget | None = None) -> None:
        super().__init__("", name="extract_page", parent=parent)
        self.presenter = ExtractPresenter(desk.session, desk.runner.bound_to(self), self, extract)
        self._lines = PaperLines(name="extract_lines")
        self._problem = Banner("watch", "")
        self._problem.hide()
        self._chip = Chip(_("To read only"), "info", "sign.show")
        self.set_chip(self._chip)
        self.set_back(_("Exchange"))
        self.set_banner(self._problem)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.addWidget(self._lines)
        column.addStretch(1)
        self._lines.setMaximumWidth(round(_READING_WIDTH * theme.current().factor))
        self._scroll = Scroll(inner, name="extract_scroll")
        self._scroll.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus
        )  # nothing else takes the focus: the keys scroll
        self.set_content(self._scroll)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.leave()
        self.presenter.open(place.subject)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._scroll,)

    @override
    def leave(self) -> None:
        """Keep nothing of what was read."""
        self.set_title("")
        self.set_quiet(())
        self._lines.set_lines(())

    # -- ExtractScreen -----------------------------------------------------------------------------------------------

    def show_extract(self, title: str, quiet: Sequence[str], lines: Sequence[TextLine]) -> None:
        """Show its text."""
        self.set_title(title)
        self.set_quiet(quiet)
        self._lines.set_lines(lines)
        self._scroll.setAccessibleName(title)

    def show_problem(self, sentence: str) -> None:
        """Say why it cannot be read; "" for nothing."""
        self._problem.setVisible(bool(sentence))
        self._chip.setVisible(not sentence)
        if sentence:
            self._problem.set_message("watch", sentence)
