"""The settings. What concerns this laptop holds at once; what concerns the store asks for the passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.config.version import VERSION
from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.views.page import Page
from ui.views.settings.backup_block import BackupBlock
from ui.views.settings.block import Block
from ui.views.settings.check_block import CheckBlock
from ui.views.settings.export_block import ExportBlock
from ui.views.settings.import_block import ImportBlock
from ui.views.settings.look_block import LookBlock
from ui.views.settings.minutes_block import MinutesBlock
from ui.views.settings.officer_block import OfficerBlock
from ui.views.settings.passphrase_block import PassphraseBlock
from ui.views.settings.recovery_block import RecoveryBlock
from ui.views.settings.settings_layout import SettingsLayout


class SettingsPage(Page):
    """`Place.part` names a tab: look, you, lock, store."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), name="settings_page", parent=parent)
        columns: list[list[list[Block]]] = [
            [[LookBlock(desk)]],
            [[OfficerBlock(desk)]],
            [[MinutesBlock(desk), PassphraseBlock(desk)], [RecoveryBlock(desk)]],
            [[BackupBlock(desk), CheckBlock(desk)], [ExportBlock(desk), ImportBlock(desk)]],
        ]
        self._blocks = [block for tab in columns for column in tab for block in column]
        self._parts = SettingsLayout(self, columns)
        self._parts.tabs.tab_chosen.connect(self._choose)
        for block in self._blocks:
            block.said.connect(self.said)
        folder = str(desk.unlocked.path) if desk.unlocked is not None else ""
        self.set_foot(folder, _("Regiemap %(version)s", version=VERSION))

    @override
    def open_place(self, place: Place) -> None:
        self._parts.show_tab(place.part or self._parts.tabs.current())
        for block in self._blocks:
            block.open()

    @override
    def regions(self) -> Sequence[QWidget]:
        entry = next((each for each in self._parts.sheet().findChildren(QWidget) if _takes_focus(each)), self)
        return (entry, self._parts.tabs)

    @override
    def leave(self) -> None:
        for block in self._blocks:
            block.leave()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit(event.size().width())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_parts"):
            self._parts.fit(self.width())

    def _choose(self, key: object) -> None:
        self._parts.show_tab(str(key))


def _takes_focus(widget: QWidget) -> bool:
    strong = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(strong) and widget.isEnabled() and not widget.isHidden() and widget.focusProxy() is None
