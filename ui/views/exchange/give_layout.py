"""Places the giving of families: the choice in three columns, what would go, and what was written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.give_words import GOING_HEADS
from ui.views.exchange.step_column import StepColumn
from ui.views.fact_panel import FactPanel
from ui.views.panes import Pane, Panes, Scroll
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.check_list import CheckList
from ui.widgets.check_table import CheckTable
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.head import Head
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField

CHOICE_WIDTHS, CHOICE_STRETCH = (200, 150, 130), 0
GOING_WIDTHS, GOING_STRETCH = (220, 90, 120, 120), 0


class GiveLayout:
    """The parts by name. `steps` holds choice, preview and done, in this order."""

    def __init__(self, owner: QWidget) -> None:
        self.preview = Button(_("See what goes along"), "primary", name="give_preview", icon_role="sign.show")
        self.save = Button(_("Save …"), "primary", name="give_save", icon_role="sign.package_out")
        column = StepColumn(owner, self._choice(), self._preview(), self._done(), name="give")
        self.problem, self.progress, self.steps = column.problem, column.progress, column.steps

    # -- choosing --------------------------------------------------------------------------------------------------

    def _choice(self) -> QWidget:
        self.panes = Panes(
            (
                Pane("families", _("Families"), self._families(), 11),
                Pane("parts", _("What goes along"), self._parts(), 7),
                Pane("receivers", _("To whom"), self._receivers(), 7),
            ),
            name="give",
        )
        return self.panes

    def _families(self) -> QWidget:
        self.search = SearchField(_("Name, V-number, dossier number …"), name="give_search")
        self.mine = Button(_("My families"), "filter", name="give_mine")
        self.closed = Button(_("Closed"), "filter", name="give_closed")
        self.all = Button(_("Choose these all"), "link", name="give_all")
        self.none = Button(_("Choose none"), "link", name="give_none")
        self.chosen = Heading("", ruled=False)
        self.families_lack = Sentence("", "second", "late")
        self.families_lack.hide()
        self.table = CheckTable(name="give_families", words=_("Families"), head=Head())
        self.empty = EmptyState("", "")
        self.list = QStackedWidget()
        self.list.addWidget(self.table)
        self.list.addWidget(self.empty)
        filters = QHBoxLayout()
        filters.setSpacing(theme.gap(1))
        filters.addWidget(self.search, 1)
        filters.addWidget(self.mine)
        filters.addWidget(self.closed)
        links = QHBoxLayout()
        links.setSpacing(theme.gap(3))
        links.addWidget(self.all)
        links.addWidget(self.none)
        links.addStretch(1)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Heading(_("Families"), ruled=True))
        column.addWidget(self.families_lack)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column.addLayout(links)
        return holder

    def _parts(self) -> QWidget:
        self.parts = CheckList(name="give_part", words=_("What goes along"))
        self.scans = QCheckBox(_("With scans"))
        self.scans.setObjectName("give_scans")
        self.full = QCheckBox(_("Also what they have already"))
        self.full.setObjectName("give_full")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(Heading(_("What goes along"), ruled=True))
        column.addWidget(self.parts)
        column.addWidget(Heading(_("And further"), ruled=True))
        column.addWidget(self.scans)
        column.addWidget(self.full)
        hint = Sentence(
            _("For a colleague who started anew or misses something. The file becomes larger."),
            "second",
            "quiet",
        )
        indented = QHBoxLayout()
        indented.setContentsMargins(theme.size("icon") + theme.gap(1), 0, 0, 0)
        indented.addWidget(hint)
        column.addLayout(indented)
        column.addStretch(1)
        return Scroll(inner, name="give_parts_scroll")

    def _receivers(self) -> QWidget:
        self.receivers = CheckList(name="give_to", words=_("To whom"))
        self.receivers_lack = Sentence("", "second", "late")
        self.receivers_lack.hide()
        self.nobody = Sentence(
            _("No colleagues are known here yet. First exchange cards with each other."), "body", "quiet"
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(Heading(_("To whom"), ruled=True))
        column.addWidget(self.receivers_lack)
        column.addWidget(self.nobody)
        column.addWidget(self.receivers)
        column.addWidget(self._reading())
        column.addStretch(1)
        return Scroll(inner, name="give_receivers_scroll")

    def _reading(self) -> QWidget:
        self.to_read = QCheckBox(_("To read only"))
        self.to_read.setObjectName("give_reading")
        hint = _("Your colleague cannot change it or give it on.")
        self.until = Field(_("Can be read until"), DateField(name="give_until"), hint=hint)
        self.reading = QWidget()
        column = QVBoxLayout(self.reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Heading(_("How"), ruled=True))
        column.addWidget(self.to_read)
        column.addWidget(self.until)
        return self.reading

    # -- what would go, and what was written -----------------------------------------------------------------------

    def _preview(self) -> QWidget:
        self.back = Button(_("Back to choosing"), "link", name="give_back", icon_role="sign.back")
        self.sum = Heading("", ruled=True)
        self.going = RowTable(
            name="give_going", words=_("What goes along"), head=Head(right=frozenset({1, 2}))
        )
        self.facts = FactPanel(name="give_facts")
        self.split = QCheckBox(_("In parts for the mail (20 MB at most)"))
        self.split.setObjectName("give_split")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self.sum)
        column.addWidget(self.going, 1)
        inner = QWidget()
        side = QVBoxLayout(inner)
        side.setContentsMargins(0, 0, theme.gap(1), 0)
        side.setSpacing(theme.gap(3))
        side.addWidget(self.facts)
        side.addWidget(self.split)
        side.addStretch(1)
        self.preview_panes = Panes(
            (
                Pane("going", _("Families"), left, 6),
                Pane("facts", _("About the file"), Scroll(inner, name="give_facts_scroll"), 4),
            ),
            name="give_preview",
        )
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.gap(1))
        outer.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.preview_panes, 1)
        return holder

    def _done(self) -> QWidget:
        self.done_words = Banner("good", "")
        self.files = FactPanel(name="give_files")
        self.again = Button(_("Give something else"), name="give_again")
        self.who_has = Button(_("Who has what"), name="give_who_has")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.gap(1))
        buttons.addWidget(self.again)
        buttons.addWidget(self.who_has)
        buttons.addStretch(1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.setSpacing(theme.gap(3))
        column.addWidget(self.done_words)
        column.addWidget(self.files)
        hint = _("Only the colleagues named can open it. You can delete the file once they have it.")
        column.addWidget(Sentence(hint, "second", "quiet"))
        column.addLayout(buttons)
        column.addStretch(1)
        return Scroll(inner, name="give_done_scroll")


def going_heads() -> list[str]:
    """The heads of the list of what goes along, in the language that speaks."""
    return [_(head) for head in GOING_HEADS]
