"""Choosing another store: for a laptop that serves two locations, a store that moved, and after damage."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _
from ui.presenters.gate import Runner
from ui.presenters.other_store_presenter import OtherStorePresenter
from ui.views.unlock.other_store_layout import OtherStoreLayout


class OtherStoreView(QWidget):
    """The signals carry a Path. Also an OtherStoreScreen for its presenter."""

    store_chosen = Signal(object)
    restored = Signal(object)
    new_chosen = Signal(object)
    back_requested = Signal()

    def __init__(self, folder: Path, runner: Runner, said: str = "", parent: QWidget | None = None) -> None:
        """`folder`: where the program looks now; `said`: why the officer is here, if it was not their wish."""
        super().__init__(parent)
        self.setObjectName("other_store_view")
        self._begin = str(next((each for each in folder.parents if each.is_dir()), Path.home()))
        self._parts = OtherStoreLayout(self, str(folder))
        self.presenter = OtherStorePresenter(self, runner)
        self._parts.open.clicked.connect(self._open)
        self._parts.restore.clicked.connect(self._restore)
        self._parts.new.clicked.connect(self._new)
        self._parts.back.clicked.connect(self.back_requested)
        self.setFocusProxy(self._parts.open)
        self.show_problem(said)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, in place."""
        self._parts.problem.set_message("late", sentence)
        self._parts.problem.setVisible(bool(sentence))

    def show_busy(self, sentence: str) -> None:
        """Everything is off while a backup is put back."""
        for button in (self._parts.open, self._parts.restore, self._parts.new, self._parts.back):
            button.setEnabled(not sentence)
        self._parts.progress.show_busy(sentence)

    def open_store(self, folder: Path) -> None:
        """Go and unlock the store in this folder."""
        self.store_chosen.emit(folder)

    def open_restored(self, folder: Path) -> None:
        """Go and unlock what was put back."""
        self.restored.emit(folder)

    def make_store(self, folder: Path) -> None:
        """Go and make a new store."""
        self.new_chosen.emit(folder)

    def _open(self) -> None:
        folder = self._folder(_("The folder of the store"))
        if folder is not None:
            self.presenter.choose_folder(folder)

    def _new(self) -> None:
        folder = self._folder(_("A new or empty folder"))
        if folder is not None:
            self.presenter.choose_new(folder)

    def _restore(self) -> None:
        filters = _("Backups of Regiemap (*.regiemap);;All files (*)")
        file, _filter = QFileDialog.getOpenFileName(self, _("The file of the backup"), self._begin, filters)
        folder = self._folder(_("A new or empty folder for the backup")) if file else None
        if folder is not None:
            self.presenter.restore(Path(file), folder)

    def _folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title, self._begin)
        return Path(chosen) if chosen else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)
