"""Places the fields of unlocking: passphrase, or recovery key with a new passphrase."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.line import Sentence
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.progress import Progress
from ui.widgets.text_field import TextField


class UnlockFormLayout:
    """The parts of the form; `recovery_fields` show instead of `passphrase` when the officer lost it."""

    def __init__(self, form: QWidget) -> None:
        self.passphrase: Field[QLineEdit] = Field(_("Passphrase"), PassphraseField(name="passphrase"))
        self.recovery: Field[TextField] = Field(
            _("Recovery key"),
            TextField(name="recovery_key", number=True),
            hint=_("Eight groups, as on the sheet."),
        )
        self.new: Field[QLineEdit] = Field(_("New passphrase"), PassphraseField(name="new_passphrase"))
        self.again: Field[QLineEdit] = Field(
            _("The same again"), PassphraseField(name="new_passphrase_again")
        )
        self.recovery_fields = (self.recovery, self.new, self.again)
        self.unlock = Button(_("Unlock"), "primary", name="unlock")
        self.switch = Button("", "link", name="switch_recovery")
        self.wait = Sentence("", "second", "quiet")
        self.wait.hide()
        self.renewing = Progress(name="unlock_renewing", stoppable=False)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        for field in (self.passphrase, *self.recovery_fields):
            column.addWidget(field)
        column.addWidget(self.unlock)
        column.addWidget(self.wait)
        column.addWidget(self.renewing)
        column.addWidget(self.switch)
        column.addStretch(1)
