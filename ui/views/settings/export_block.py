"""Giving dossiers out as a file that other programs read."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.presenters.export_presenter import ExportPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.line import Sentence
from ui.widgets.text_field import TextField


class ExportBlock(Block):
    """An ExportScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Give dossiers out"),
            _("As a JSON file, for another program or another store."),
            name="settings_export",
            parent=parent,
        )
        self.presenter = ExportPresenter(desk.session, desk.runner.bound_to(self), self)
        self._size = Sentence()
        self.add(self._size)
        self.receiver = TextField(name="settings_receiver")
        hint = _("A person or an organisation. It is recorded in each dossier.")
        self.add_field("receiver", Field(_("For whom"), self.receiver, hint=hint, required=True))
        self.export = Button(
            _("Write the file …"), name="settings_export_dossiers", icon_role="sign.package_out"
        )
        self.export.clicked.connect(self._export)
        self.add_buttons(self.export)
        self._read_only = desk.read_only
        if desk.read_only:
            self.turn_off(self.export)

    @override
    def open(self) -> None:
        """Count what would go out."""
        self.presenter.reload()

    def show_size(self, sentence: str, *, any_dossier: bool) -> None:
        """Say what would go out."""
        self._size.setText(sentence if any_dossier else _("There are no dossiers here yet."))
        self.export.setEnabled(any_dossier and not self._read_only)

    def _export(self) -> None:
        receiver = self.receiver.text()
        if not self.presenter.receiver_is_said(receiver):
            return
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Write the file"), self.presenter.name(), "JSON (*.json)"
        )
        if chosen:
            self.presenter.export(Path(chosen), receiver)
