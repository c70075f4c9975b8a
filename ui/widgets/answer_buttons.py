"""The four answers of a checklist: they look alike, so that none is the good one. Keys J N B V, in this order."""

from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.i18n import N_, _
from ui.bridge import theme
from ui.widgets.button import Button


class AnswerKind(NamedTuple):
    """One of the four: the code of the records, its words, its icon and its key."""

    code: str
    msgid: str
    icon_role: str
    key: str


# The letters are those of the Dutch words; they stay the same in every language, since hands remember them.
ANSWERS: Final = (
    AnswerKind("yes", N_("Yes"), "answer.yes", "J"),
    AnswerKind("no", N_("No"), "answer.no", "N"),
    AnswerKind("not_discussed", N_("Not discussed"), "answer.not_discussed", "B"),
    AnswerKind("not_applicable", N_("N/A"), "answer.not_applicable", "V"),
)


def code_of_key(letter: str) -> str:
    """The answer that a typed letter stands for, "" for any other letter."""
    for kind in ANSWERS:
        if letter.upper() == kind.key:
            return kind.code
    return ""


class AnswerButtons(QWidget):
    """`answered` carries the code; the chosen answer pressed again stays chosen, an answer is changed, not undone."""

    answered = Signal(object)

    def __init__(self, *, name: str, question: str = "", parent: QWidget | None = None) -> None:
        """`question` is spoken before each answer."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # Not exclusive: in an exclusive group Qt lets the arrow keys press the neighbour, which would be an answer.
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(1))
        for kind in ANSWERS:
            words = _(kind.msgid)
            button = Button(
                words, "answer", name=f"{name}_{kind.code}", icon_role=kind.icon_role, parent=self
            )
            button.setProperty("code", kind.code)
            button.setAccessibleName(f"{words}, {question}" if question else words)
            button.setToolTip(_("%(answer)s (key %(key)s)", answer=words, key=kind.key))
            self._buttons[kind.code] = button
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)

    def answer(self) -> str:
        """The chosen code, "" when nothing is answered yet."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_answer(self, code: str) -> None:
        """Show an answer, "" for none; tells nobody."""
        for own, button in self._buttons.items():
            button.setChecked(own == code)
            button.show_checked()

    def button(self, code: str) -> Button:
        """The button of an answer, to put the focus on."""
        return self._buttons[code]

    def _clicked(self, button: Button) -> None:
        self.set_answer(str(button.property("code")))
        self.answered.emit(self.answer())
