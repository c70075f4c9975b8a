"""The one modal question of the program: to confirm what cannot be undone. Everything else has undo instead."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.line import Sentence

_WIDTH = 460


class Question(QDialog):
    """A sentence, what follows from it, the act in its own words, and the way back, which has the focus."""

    def __init__(
        self, sentence: str, rest: str, act: str, back: str | None = None, parent: QWidget | None = None
    ) -> None:
        """`act` names what will be done ("Dossier vernietigen"), never "OK"; an empty `back` leaves one button."""
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle("Regiemap")
        self.setModal(True)
        self.act_button = Button(act, "primary", name="question_act")
        self.act_button.clicked.connect(self.accept)
        self.back_button = Button(_("Cancel") if back is None else back, name="question_back")
        self.back_button.clicked.connect(self.reject)
        self.back_button.setVisible(back != "")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.gap(1))
        buttons.addWidget(self.act_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.setSpacing(theme.gap(1))
        column.addWidget(Sentence(sentence, "heading"))
        column.addWidget(Sentence(rest, "body", "quiet"))
        column.addSpacing(theme.gap(2))
        column.addLayout(buttons)
        self.setFixedWidth(round(_WIDTH * theme.current().factor))
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(rest)
        (self.back_button if back != "" else self.act_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self._ring = FocusRing(self)

    @classmethod
    def ask(cls, parent: QWidget, sentence: str, rest: str, act: str, back: str | None = None) -> bool:
        """Ask and wait; True when the act was chosen."""
        dialog = cls(sentence, rest, act, back, parent)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return chosen

    @classmethod
    def tell(cls, parent: QWidget, sentence: str, rest: str) -> None:
        """Say something that must be seen, with one button to go on."""
        cls.ask(parent, sentence, rest, _("Go on"), "")
