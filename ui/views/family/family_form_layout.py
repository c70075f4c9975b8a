"""Places what the family form is made of: banners, the family's own fields, a block per member, and the buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.family.field_grid import FieldGrid
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.heading import Heading
from ui.widgets.page_frame import PageFrame


class FamilyFormLayout:
    """The parts of the form by name."""

    def __init__(self, page: PageFrame) -> None:
        self.cancel = Button(_("Cancel"), "plain", name="family_form_cancel")
        self.save = Button(_("Save"), "primary", name="family_form_save", icon_role="sign.saved")
        page.add_action(self.cancel)
        page.add_action(self.save)
        self.take = Button(_("Go on with it"), "plain", name="family_form_take_draft")
        self.drop = Button(_("Throw away"), "link", name="family_form_drop_draft")
        self.clear_up = Button(_("Clear up"), "plain", name="family_form_clear_up")
        self.banner = Banner("info", "", action=self._banner_actions())
        self.banner.hide()
        page.set_banner(self.banner)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add = Button(_("Add a member"), "plain", name="family_form_add", icon_role="sign.add")
        self.gone = EmptyState(_("This family is not here"), "")
        self.gone.hide()
        page.set_content(self.scroll)
        page.set_content(self.gone)
        self.fill()

    def _banner_actions(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(2))
        for button in (self.drop, self.take, self.clear_up):
            row.addWidget(button)
        return holder

    def fill(self) -> None:
        """Begin with an empty sheet; the old one goes with all its fields."""
        self.add.setParent(None)
        sheet = QWidget()
        self.grid, self.inflow = FieldGrid(), FieldGrid()
        self.inflow_heading = Heading(_("Inflow"), ruled=True)
        self.members = QVBoxLayout()
        self.members.setSpacing(theme.gap(2))
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.gap(3), theme.gap(3))  # at the right stands the scroll bar
        column.setSpacing(theme.gap(2))
        column.addWidget(self.grid)
        column.addWidget(self.inflow_heading)
        column.addWidget(self.inflow)
        column.addLayout(self.members)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.scroll.setWidget(sheet)

    def show_banner(
        self, state: str, sentence: str, rest: str = "", *, draft: bool = False, clash: bool = False
    ) -> None:
        """Show one banner; with the buttons for a draft, for what is to be cleared up, or none."""
        self.banner.set_message(state, sentence, rest)
        for button in (self.take, self.drop):
            button.setVisible(draft)
        self.clear_up.setVisible(clash)
        self.banner.show()
