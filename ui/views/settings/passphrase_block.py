"""Changing the passphrase: the old one, the new one with its strength, the new one again."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.presenters.passphrase_presenter import PassphrasePresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.line import Sentence
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.strength_bar import StrengthBar


class PassphraseBlock(Block):
    """A CareScreen. The fields are emptied when it is done and when the page is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Change the passphrase"),
            _("The recovery key stays as it is."),
            name="settings_passphrase",
            parent=parent,
        )
        assert desk.unlocked is not None
        self.presenter = PassphrasePresenter(desk.unlocked, desk.runner.bound_to(self), self)
        self.old = PassphraseField(name="settings_old_passphrase")
        self.new = PassphraseField(name="settings_new_passphrase")
        self.again = PassphraseField(name="settings_new_passphrase_again")
        self.strength = StrengthBar(name="settings_strength")
        self.advice = Sentence("", "second", "quiet")
        self.change = Button(
            _("Change the passphrase"), name="settings_change_passphrase", icon_role="sign.lock"
        )
        self.add_field("old", Field(_("Passphrase now"), self.old))
        hint = _("Four or more words that do not belong together.")
        self.add_field("new", Field(_("New passphrase"), self.new, hint=hint))
        self.add(self.strength)
        self.add(self.advice)
        self.add_field("again", Field(_("The same again"), self.again))
        self.add_buttons(self.change)
        self.change.clicked.connect(self._change)
        self.new.textChanged.connect(self._judge)
        self.again.textChanged.connect(self._compare)
        for editor in (self.old, self.new, self.again):
            editor.returnPressed.connect(self._change)
            editor.textEdited.connect(self._forgive)
        self._judge("")
        if desk.read_only:
            self.turn_off(self.change)

    @override
    def leave(self) -> None:
        """Hold no passphrase."""
        for editor in (self.old, self.new, self.again):
            editor.take()
        self.show_errors({})

    @override
    def show_result(self, sentence: str, *, good: bool = True) -> None:
        """Say what came of it; when it is done nothing typed stays."""
        super().show_result(sentence, good=good)
        if sentence and good and hasattr(self, "change"):
            for editor in (self.old, self.new, self.again):
                editor.take()

    def _change(self) -> None:
        if self.change.isEnabled():
            self.presenter.change(self.old.text(), self.new.text(), self.again.text())

    def _judge(self, typed: str) -> None:
        found = self.presenter.strength(typed)
        self.strength.setVisible(bool(typed))
        self.strength.show_strength(found.score, _(found.words) if typed else "")
        self.advice.setText(" ".join(_(each) for each in found.advice) if typed else "")
        self.advice.setVisible(bool(typed) and bool(found.advice))

    def _compare(self, typed: str) -> None:
        """Say at once when the second one can no longer become the first."""
        if typed and not self.new.text().startswith(typed):
            self.fields["again"].show_error(_("The two passphrases differ. Type the same one twice."))
        else:
            self.fields["again"].clear_error()

    def _forgive(self, _text: str) -> None:
        self.show_result("")
        for key in ("old", "new"):
            self.fields[key].clear_error()
