"""The checklist of a special departure for one person: every line answered, none left out (BV-17)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.departure_checks import CheckLine, Checklist
from ui.bridge import theme
from ui.widgets.choice import Choice
from ui.widgets.hairline import Hairline
from ui.widgets.line import Line, Sentence
from ui.widgets.sign import Sign
from ui.widgets.text_field import TextField

_ANSWER_PX, _REASON_PX, _CODE_PX = 176, 240, 44


class ChecklistPanel(QWidget):
    """`answered` carries (code of the line, answer, reason)."""

    answered = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._answers: tuple[tuple[str, str, bool], ...] = ()
        self._rows: dict[str, _Row] = {}
        self._sum = Line("", "body", strong=True)
        self._hint = Sentence(
            _(
                "Every required line needs an answer. ‘Not needed’ and ‘did not work out’ are answers too, "
                "with a reason."
            ),
            "second",
            "quiet",
        )
        self._holder = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap(1))
        self._column.addWidget(self._sum)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._holder)
        self._person = ""

    def show_lines(
        self, found: Checklist, answers: tuple[tuple[str, str, bool], ...], *, editable: bool
    ) -> None:
        """Show a checklist; the rows stay where they are when only an answer changed."""
        self._answers = answers
        done = found.completeness
        self._sum.setText(
            _("%(done)d of %(required)d required lines answered", done=done.answered, required=done.required)
            if found.lines
            else _("No kind of special departure holds for this person, so nothing is asked here.")
        )
        self._hint.setVisible(bool(found.lines))
        if self._person != found.person or list(self._rows) != [line.code for line in found.lines]:
            self._person = found.person
            self._build(found)
        for line in found.lines:
            self._rows[line.code].show_line(line, editable=editable)

    def show_problem(self, code: str, sentence: str) -> None:
        """Say what is wrong with a line, beside it."""
        self._rows[code].show_problem(sentence)

    def _build(self, found: Checklist) -> None:
        old, self._holder = self._holder, QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        self._rows = {}
        for line in found.lines:
            row = _Row(line.code, self._answers)
            row.answered.connect(self.answered)
            self._rows[line.code] = row
            column.addWidget(row)
        self._column.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()


class _Row(QWidget):
    """One line: need, words, code, answer, reason."""

    answered = Signal(object)

    def __init__(
        self, code: str, answers: tuple[tuple[str, str, bool], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._code = code
        self._reasoned = {answer for answer, _words, reason in answers if reason}
        self._stored = ""
        factor = theme.current().factor
        self._sign = Sign("sign.open_step", "quiet")
        self._words = Sentence()
        self._words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.answer = Choice([(answer, words) for answer, words, _reason in answers], name=f"check_{code}")
        self.reason = TextField(name=f"check_reason_{code}", placeholder=_("reason"))
        self._problem = Sentence("", "second", "late")
        self.answer.setFixedWidth(round(_ANSWER_PX * factor))
        self.reason.setFixedWidth(round(_REASON_PX * factor))
        label = Line(code, "second", "quiet")
        label.setFixedWidth(round(_CODE_PX * factor))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.gap(0), theme.gap(1), 0)
        grid.setHorizontalSpacing(theme.gap(2))
        grid.setVerticalSpacing(theme.gap(0))
        top = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._sign, 0, 0, top)
        grid.addWidget(label, 0, 1, top)
        grid.addWidget(self._words, 0, 2)
        grid.addWidget(self.answer, 0, 3, top)
        grid.addWidget(self.reason, 0, 4, top)
        grid.addWidget(self._problem, 1, 2, 1, 3)
        grid.addWidget(Hairline(), 2, 0, 1, 5)
        grid.setColumnStretch(2, 1)
        policy = self.reason.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reason.setSizePolicy(policy)
        self._problem.hide()
        self.answer.code_chosen.connect(self._chosen)
        self.reason.value_typed.connect(self._reason_given)

    def show_line(self, line: CheckLine, *, editable: bool) -> None:
        """Show the line as it stands."""
        need = _("required") if line.required else _("if it applies")
        done = bool(line.answer) and (line.answer not in self._reasoned or bool(line.reason))
        self._sign.set_sign(
            *(("sign.done", "good") if done else ("sign.open_step", "ink" if line.required else "line"))
        )
        words = line.words if line.required else f"{line.words} ({need})"
        self._words.setText(
            f"{words}. " + _("Two answers stand here: clear it up.") if line.disputed else words
        )
        self.answer.setAccessibleName(f"{line.code} {line.words}, {need}")
        self.reason.setAccessibleName(_("Reason for %(code)s", code=line.code))
        self._stored = line.answer
        self.answer.set_code(line.answer)
        self.reason.set_value(line.reason)
        self.reason.setVisible(line.answer in self._reasoned)
        self.answer.setEnabled(editable)
        self.reason.setEnabled(editable)
        self._problem.hide()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong."""
        self._problem.setText(sentence)
        self._problem.show()

    def _chosen(self, code: object) -> None:
        self.reason.setVisible(code in self._reasoned)
        if code in self._reasoned and not self.reason.value():
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)  # the answer counts once the reason is there
            return
        self._tell()

    def _reason_given(self, _text: object) -> None:
        self._tell()

    def _tell(self) -> None:
        reason = self.reason.value() if self.answer.code() in self._reasoned else ""
        self.answered.emit((self._code, self.answer.code(), reason))
