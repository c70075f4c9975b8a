"""Places the three ways to another store, one below the other, each with its sentence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.line import Sentence
from ui.widgets.progress import Progress

_WIDTH = 560


class OtherStoreLayout:
    """The parts of the screen."""

    def __init__(self, view: QWidget, folder: str) -> None:
        self.problem = Banner("late", "")
        self.problem.hide()
        self.open = Button(_("Choose a folder …"), "primary", name="other_open", icon_role="nav.dossiers")
        self.restore = Button(_("Choose a backup …"), name="other_restore", icon_role="sign.history")
        self.new = Button(_("Choose a new folder …"), name="other_new", icon_role="sign.add")
        self.back = Button(_("Back"), "link", name="other_back", icon_role="sign.back")
        self.progress = Progress(name="other_progress")
        holder = QWidget()
        holder.setMaximumWidth(round(_WIDTH * theme.current().factor))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Sentence(_("Other store or backup"), "title"))
        column.addWidget(Sentence(_("Now in use: %(folder)s", folder=folder), "second", "quiet"))
        column.addWidget(self.problem)
        for heading, sentence, button in (
            (_("A store on this laptop"), _("The folder in which store.db lies."), self.open),
            (
                _("A backup"),
                _(
                    "First the file of the backup, then a new or empty folder to put it in. Nothing is overwritten."
                ),
                self.restore,
            ),
            (_("A new store"), _("For another location, or to begin with nothing."), self.new),
        ):
            column.addSpacing(theme.gap(2))
            column.addWidget(Sentence(heading, "heading"))
            column.addWidget(Sentence(sentence, "body", "quiet"))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.progress)
        column.addStretch(1)
        row = QHBoxLayout(view)
        row.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(5), theme.gap(3))
        row.addStretch(1)
        row.addWidget(holder, 4)
        row.addStretch(1)
