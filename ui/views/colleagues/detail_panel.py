"""One device in full: what is known, comparing, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.trust_page import Deed
from ui.bridge import theme
from ui.presenters.colleague_words import DEED_WORDS, DetailView
from ui.views.colleagues.compare_block import CompareBlock
from ui.views.colleagues.deed_line import DeedLine
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.key_groups import KeyGroups
from ui.widgets.line import Line, Sentence
from ui.widgets.sign import Sign

_ORDER = (Deed.UNREJECT, Deed.VOUCH, Deed.END_VOUCH, Deed.REGISTRAR_ON, Deed.REGISTRAR_OFF, Deed.REJECT)
_ICONS = {Deed.REJECT: "state.refused", Deed.UNREJECT: "sign.undo"}


class DetailPanel(QWidget):
    """`deed_wanted` carries the value of a Deed, `revoke_wanted` the code of a reason."""

    deed_wanted = Signal(object)
    revoke_wanted = Signal(object)

    def __init__(self, reasons: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colleague_detail")
        self._name, self._about = Line("", "heading"), Line("", "second", "quiet")
        self._sign, self._state = Sign("state.unknown", "unknown"), Sentence(strong=True)
        self._meaning, self._facts = Sentence("", "body"), Sentence("", "second", "quiet")
        self.groups = KeyGroups(name="colleague_groups", per_row=3)
        self.compare = CompareBlock()
        self._can = Heading(_("What you can do"), ruled=True)
        self.lines = {
            deed: DeedLine(
                deed.value,
                _(DEED_WORDS[deed][0]),
                _(DEED_WORDS[deed][1]),
                icon_role=_ICONS.get(deed, "sign.colleagues"),
            )
            for deed in _ORDER
        }
        self.reason = Choice(reasons, name="colleague_reason")
        self.revoke = Button(_("Revoke …"), name="colleague_revoke", icon_role="state.refused")
        self._revoking = QWidget()
        self._revoking_says = Sentence("", "second", "quiet")
        self._reason_field = Field(_("Reason"), self.reason)
        self._device = ""
        self._place()
        for line in self.lines.values():
            line.wanted.connect(self.deed_wanted)
        self.revoke.clicked.connect(self._revoke)
        self.reason.code_chosen.connect(self._reason_chosen)

    def _place(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(theme.gap(1))
        state.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        revoking = QVBoxLayout(self._revoking)
        revoking.setContentsMargins(0, 0, 0, 0)
        revoking.setSpacing(theme.gap(1))
        revoking.addWidget(Heading(_("Revoke"), ruled=True))
        revoking.addWidget(self._revoking_says)
        revoking.addWidget(self._reason_field)
        revoking.addWidget(self.revoke, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(1))
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addLayout(state)
        for part in (self._meaning, self._facts, self.groups, self.compare, self._can):
            column.addWidget(part)
        for line in self.lines.values():
            column.addWidget(line)
        column.addWidget(self._revoking)
        column.addStretch(1)

    def show_detail(self, view: DetailView) -> None:
        """Show a device; what was typed stays while it is the same one that waits for comparing."""
        if view.device != self._device:
            self.compare.start()
            self.reason.set_code("")
        self._device = view.device
        self._name.setText(view.name)
        self._about.setText(view.about)
        self._sign.set_sign(view.icon, view.role)
        self._state.setText(view.state)
        self._meaning.setText(view.meaning)
        self._facts.setText(" ".join(view.facts))
        self._facts.setVisible(bool(view.facts))
        self.groups.set_groups(view.groups)
        self.groups.setVisible(bool(view.groups))
        self.compare.setVisible(Deed.VERIFY in view.deeds)
        for deed, line in self.lines.items():
            line.setVisible(deed in view.deeds)
        self._can.setVisible(not view.deeds.isdisjoint(self.lines))
        self._revoking.setVisible(Deed.REVOKE in view.deeds)
        self._revoking_says.setText(
            _("For when the laptop is lost or is somebody else’s now. Ask the registrar to revoke it too.")
            if view.own
            else _("For the whole location and for good. What the device wrote so far stays.")
        )
        self._reason_chosen(self.reason.code())

    def _reason_chosen(self, code: object) -> None:
        self.revoke.setEnabled(bool(code))
        self._reason_field.set_hint("" if code else _("Choose a reason first."))

    def _revoke(self) -> None:
        self.revoke_wanted.emit(self.reason.code())
