"""Places what a form page is made of: what can be chosen at the left, the questions, and facts beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.ask.ask_form import AskForm
from ui.views.fact_panel import FactPanel
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_table import RowTable

_OPTIONS_WIDTH = 316
_OPTIONS_NARROW = 272
_FORM_WIDTH = 520
_FORM_LEAST = 380
_FACTS_WIDTH = 280
_FACTS_BELOW = 1000


class AskLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame, key: str) -> None:
        self.cancel = Button(_("Cancel"), "plain", name=f"{key}_cancel")
        self.save = Button(_("Save"), "primary", name=f"{key}_save", icon_role="sign.saved")
        page.add_action(self.cancel)
        page.add_action(self.save)
        self.take = Button(_("Go on with it"), "plain", name=f"{key}_take_draft")
        self.drop = Button(_("Throw away"), "link", name=f"{key}_drop_draft")
        self.banner = Banner("info", "", action=self._draft_buttons())
        self.banner.hide()
        page.set_banner(self.banner)
        self.options = RowTable(name=f"{key}_options", words=_("What happened?"), ground="canvas")
        self.form = AskForm()
        self.facts = FactPanel(name=f"{key}_facts")
        self.scroll = QScrollArea()
        self.gone = EmptyState(_("This is not here"), "")
        self.gone.hide()
        page.set_content(self._content())
        page.set_content(self.gone)

    def _draft_buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(2))
        row.addWidget(self.drop)
        row.addWidget(self.take)
        return holder

    def _content(self) -> QWidget:
        self.content = QWidget()
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addWidget(self.options)
        sheet = QWidget()
        self._sheet_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, sheet)
        self._sheet_row.setContentsMargins(0, 0, 0, 0)
        self._sheet_row.setSpacing(theme.gap(5))
        self._sheet_row.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.addWidget(self.facts)
        right.addStretch(1)
        self._sheet_row.addLayout(right)
        self._sheet_row.addStretch(1)
        self.scroll.setProperty("ground", "canvas")
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(sheet)
        row.addWidget(self.scroll, 1)
        return self.content

    def fit(self, width: int) -> None:
        """In a narrow window the facts go below the questions and the options take less room.

        Reckoned from the width of the page: the parts inside have their old sizes while it is being resized.
        """
        factor, gutter = theme.current().factor, theme.gap(5)
        narrow = width < _FACTS_BELOW * factor
        options = round((_OPTIONS_NARROW if narrow else _OPTIONS_WIDTH) * factor)
        self.options.setFixedWidth(options)
        margins = (
            theme.current().metrics.page_margin_narrow if narrow else theme.current().metrics.page_margin
        )
        room = width - margins[0] - margins[2] - theme.gap(3)
        if not self.options.isHidden():
            room -= options + gutter
        facts = round(_FACTS_WIDTH * factor)
        beside = room >= round(_FORM_LEAST * factor) + gutter + facts
        form = max(
            min(round(_FORM_WIDTH * factor), room - (facts + gutter if beside else 0)), _FORM_LEAST // 2
        )
        self._sheet_row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self.form.setFixedWidth(form)
        self.facts.setFixedWidth(facts if beside else form)
