"""Taking dossiers in from a file: looked at first, done as one step."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Notice
from ui.presenters.import_presenter import ImportPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.side_list import SideEntry, SideList


class ImportBlock(Block):
    """An ImportScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Take dossiers in"),
            _("A JSON file of this program or another. First you see what it would do."),
            name="settings_import",
            parent=parent,
        )
        self.presenter = ImportPresenter(desk.session, desk.runner.bound_to(self), self)
        self.choose = Button(_("Choose a file …"), name="settings_import_choose", icon_role="sign.package_in")
        self.take_in = Button(_("Take in"), name="settings_import_take_in")
        self.drop = Button(_("Leave it"), name="settings_import_drop")
        self._first = self.add_buttons(self.choose)
        self.preview = SideList(name="settings_import_preview")
        self.add(self.preview)
        self._second = self.add_buttons(self.take_in, self.drop)
        self.show_preview((), can_go_on=False)
        self.choose.clicked.connect(self._choose)
        self.take_in.clicked.connect(self.presenter.take_in)
        self.drop.clicked.connect(self.presenter.drop)
        if desk.read_only:
            self.turn_off(self.choose)

    @override
    def leave(self) -> None:
        """A preview is of one moment: it is made anew when asked again."""
        self.presenter.drop()

    def show_preview(self, lines: Sequence[str], *, can_go_on: bool) -> None:
        """Say what would be done."""
        self.preview.set_entries([SideEntry(main=line, icon="sign.open") for line in lines])
        self.preview.setVisible(bool(lines))
        self._second.setVisible(can_go_on)
        if can_go_on:
            self.take_in.setFocus()

    def say_imported(self, sentence: str) -> None:
        """Say at the foot that it can be undone."""
        self.said.emit(Notice(sentence=sentence))

    def _choose(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Choose a file"), "", "JSON (*.json)")
        if chosen:
            self.presenter.choose(Path(chosen))
