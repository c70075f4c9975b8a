"""Comparing the digits of a colleague's device: in person or by phone, typed over, never read off this screen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.text_field import TextField


class CompareBlock(QWidget):
    """`compared` carries (typed, how)."""

    compared = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colleague_compare")
        self.phone = Button(_("By phone"), "filter", name="compare_phone")
        self.person = Button(_("Together"), "filter", name="compare_person")
        self._how = QButtonGroup(self)
        for button in (self.phone, self.person):
            self._how.addButton(button)
        self._explained = Sentence("", "second", "quiet")
        self.typed = TextField(name="compare_digits", number=True)
        self.field = Field(_("Digits of your colleague"), self.typed, hint=_("Six groups of five digits."))
        self.compare = Button(_("Compare"), name="compare_now", icon_role="sign.privacy")
        self._place()
        self._how.buttonClicked.connect(self._explain)
        self.compare.clicked.connect(self._compare)
        self.typed.returnPressed.connect(self._compare)
        self.start()

    def _place(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(theme.gap(1))
        ways.addWidget(self.phone)
        ways.addWidget(self.person)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Heading(_("Compare the digits"), ruled=True))
        column.addLayout(ways)
        column.addWidget(self._explained)
        column.addWidget(self.field)
        column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)

    def start(self) -> None:
        """For another device: nothing typed, by phone."""
        self.typed.clear()
        self.field.clear_error()
        self.phone.setChecked(True)
        self._explain()

    def _explain(self) -> None:
        self._explained.setText(
            _(
                "Sit together. Your colleague opens “My card” and reads the digits, "
                "or holds the QR code before your scanner. Type or scan them here."
            )
            if self.person.isChecked()
            else _(
                "Call a number that you already knew, not one from the file or the mail with the card. "
                "Your colleague opens “My card” and reads the digits. Type them here."
            )
        )

    def _compare(self) -> None:
        self.compared.emit((self.typed.text(), "qr" if self.person.isChecked() else "phone"))
