"""The own card: name, digits and QR code to be compared, the file and the page to hand out, registrar, new keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.colleagues_presenter import OwnView
from ui.views.colleagues.deed_line import DeedLine
from ui.views.talks.flow_row import FlowRow
from ui.widgets.button import Button
from ui.widgets.heading import Heading
from ui.widgets.key_groups import KeyGroups
from ui.widgets.line import Line, Sentence
from ui.widgets.qr_picture import QrPicture

_WIDTH = 460


class OwnCardPanel(QWidget):
    """`registrar_wanted` carries True or False; `new_keys_wanted` nothing."""

    registrar_wanted = Signal(bool)
    new_keys_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_card")
        self._name, self._office = Line("", "heading"), Line("", "second", "quiet")
        self.groups = KeyGroups(name="own_groups", per_row=3, large=True)
        self.code = QrPicture(name="own_code")
        self.save = Button(_("Save the card …"), "primary", name="own_save", icon_role="sign.saved")
        self.print = Button(_("Print the card"), name="own_print", icon_role="sign.print")
        self.sheet = Button(_("Save as PDF …"), name="own_pdf", icon_role="sign.document")
        self.registrar = DeedLine("registrar", "", "", icon_role="sign.colleagues")
        self.new_keys = DeedLine(
            "new-keys",
            _("Make new keys …"),
            _("For when somebody may have seen your keys. Your colleagues then need your new card."),
            icon_role="sign.key",
        )
        self._is_registrar = False
        self._place()
        self.registrar.wanted.connect(self._want_registrar)
        self.new_keys.wanted.connect(self._want_keys)

    def _place(self) -> None:
        card = QVBoxLayout()
        card.setSpacing(theme.gap(1))
        card.addWidget(self._name)
        card.addWidget(self._office)
        card.addWidget(self.groups)
        card.addWidget(
            Sentence(
                _(
                    "Give the card to your colleague as a file. Then read these digits aloud, "
                    "in person or by phone. Nothing on the card is secret."
                ),
                "second",
                "quiet",
            )
        )
        card.addWidget(FlowRow((self.save, self.print, self.sheet)))
        card.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.gap(5))
        top.addLayout(card, 1)
        top.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.setSpacing(theme.gap(5))
        for heading, line in ((_("Registrar"), self.registrar), (_("New keys"), self.new_keys)):
            part = QVBoxLayout()
            part.setSpacing(theme.gap(2))
            part.addWidget(Heading(heading, ruled=True))
            part.addWidget(line)
            part.addStretch(1)
            below.addLayout(part, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(4))
        column.addLayout(top)
        column.addLayout(below)
        column.addStretch(1)
        self.setMaximumWidth(round(2 * _WIDTH * theme.current().factor))

    def show_own(self, own: OwnView) -> None:
        """Show the card."""
        self._is_registrar = own.is_registrar
        self._name.setText(own.name)
        self._office.setText(own.office)
        self.groups.set_groups(own.groups)
        self.code.set_code(own.modules, _("QR code of this device"))
        self.registrar.set_words(
            _("No longer registrar") if own.is_registrar else _("I am the registrar of this location"),
            _("You are registrar: you put colleagues on the roster and revoke lost devices.")
            if own.is_registrar
            else _(
                "The registrar puts colleagues on the roster, so that not everybody has to compare with everybody."
            ),
        )
        for line in (self.registrar, self.new_keys):
            line.button.setEnabled(not own.read_only)

    def _want_registrar(self, _key: object) -> None:
        self.registrar_wanted.emit(not self._is_registrar)

    def _want_keys(self, _key: object) -> None:
        self.new_keys_wanted.emit()
