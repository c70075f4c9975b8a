"""One encrypted file with everything, for a stick or the disk of the location."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.presenters.backup_presenter import BackupPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.line import Sentence
from ui.widgets.sign import Sign


class BackupBlock(Block):
    """A BackupScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Backup"),
            _("One encrypted file: database, key file and scans. Keep it on a stick, not on this laptop."),
            name="settings_backup",
            parent=parent,
        )
        assert desk.unlocked is not None
        self.presenter = BackupPresenter(desk.unlocked, desk.runner.bound_to(self), self)
        self._watch = Sign("state.watch", "watch")
        self._last = Sentence()
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(self._watch, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._last, 1)
        self.add_layout(row)
        self._watch.hide()
        self.make = Button(_("Make a backup …"), name="settings_make_backup", icon_role="sign.saved")
        self.make.clicked.connect(self._make)
        self.add_buttons(self.make)
        if desk.read_only:
            self.turn_off(self.make)

    @override
    def open(self) -> None:
        """Say when the last one was made."""
        self.presenter.reload()

    def show_last(self, sentence: str, *, late: bool) -> None:
        """Show it, with a sign when it is late."""
        self._last.setText(sentence)
        self._watch.setVisible(late)

    def _make(self) -> None:
        filters = _("Backups of Regiemap (*.regiemap);;All files (*)")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Make a backup"), self.presenter.name(), filters
        )
        if chosen:
            self.presenter.make(Path(chosen))
