"""A new recovery key, for when the sheet was lost or read by somebody."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.printing import PageImage, ask_and_print
from ui.presenters.gate import SheetPage
from ui.presenters.recovery_presenter import RecoveryPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.key_groups import KeyGroups
from ui.widgets.line import Sentence
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text_field import TextField


class RecoveryBlock(Block):
    """A RecoveryScreen: first a button, then the key with what to do with it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("New recovery key"),
            _(
                "For when the sheet was lost, or somebody has read it. The old key then opens nothing any more."
            ),
            name="settings_recovery",
            parent=parent,
        )
        assert desk.unlocked is not None
        self.presenter = RecoveryPresenter(desk.unlocked, desk.runner.bound_to(self), self)
        self.make = Button(_("Make a new key"), name="settings_make_recovery", icon_role="sign.key")
        self.key = KeyGroups(name="settings_recovery_groups")
        self.print = Button(_("Print the sheet"), name="settings_print_recovery", icon_role="sign.print")
        self.save = Button(_("Save as PDF"), name="settings_save_recovery", icon_role="sign.saved")
        self.typed = TextField(name="settings_typed_recovery", number=True)
        self.passphrase = PassphraseField(name="settings_recovery_passphrase")
        self.replace = Button(_("Replace the old key"), name="settings_replace_recovery")
        self.cancel = Button(_("Keep the old key"), name="settings_keep_recovery")
        self._first = self.add_buttons(self.make)
        self._steps = QWidget()
        self._fill_steps()
        self.show_key(())
        self._connect()
        if desk.read_only:
            self.turn_off(self.make)

    def _fill_steps(self) -> None:
        column = QVBoxLayout(self._steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(
            Sentence(_("Print it or write it down, and keep it in a sealed envelope at the location."))
        )
        column.addWidget(self.key)
        self.add(self._steps)
        column.addWidget(self.add_buttons(self.print, self.save))
        hint = _("With or without spaces and dashes; capitals do not matter.")
        self.add_field("typed", Field(_("The new key, from your paper"), self.typed, hint=hint))
        self.add_field("passphrase", Field(_("Your passphrase"), self.passphrase))
        column.addWidget(self.fields["typed"])
        column.addWidget(self.fields["passphrase"])
        column.addWidget(self.add_buttons(self.replace, self.cancel))

    def _connect(self) -> None:
        self.make.clicked.connect(self.presenter.make)
        self.print.clicked.connect(self.presenter.print_sheet)
        self.save.clicked.connect(self._save)
        self.replace.clicked.connect(self._replace)
        self.cancel.clicked.connect(self.presenter.forget)
        for editor in (self.typed, self.passphrase):
            editor.returnPressed.connect(self._replace)

    @override
    def leave(self) -> None:
        """Hold no passphrase. The new key stays: the screen may have covered itself while it was written down."""
        self.passphrase.take()

    def show_key(self, groups: Sequence[str]) -> None:
        """Show the new key, or go back to the button."""
        focused: QWidget | None = self.focusWidget()
        had_focus = focused is not None and self._steps.isAncestorOf(focused)
        self.key.set_groups(groups)
        self.typed.clear()
        self.passphrase.take()
        self.show_errors({})
        self._steps.setVisible(bool(groups))
        self._first.setVisible(not groups)
        if groups:
            self.print.setFocus()
        elif had_focus:
            self.make.setFocus()

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        """Let the officer choose a printer."""
        images = [PageImage(width=page.width, height=page.height, rgb=page.rgb) for page in pages]
        return ask_and_print(images, "Regiemap", self)

    def _replace(self) -> None:
        if self.replace.isEnabled():
            self.presenter.replace(self.passphrase.text(), self.typed.text())

    def _save(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as PDF"), "", "PDF (*.pdf)")
        if chosen:
            self.presenter.save_sheet(Path(chosen))
