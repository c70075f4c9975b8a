"""Who does what, by when: three fields and one button, and the list of what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.presenters.family_talks_presenter import AgreementLine
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.side_list import SideEntry, SideList
from ui.widgets.text_field import TextField


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement:
    """What was filled in; `due_on` is "" when no day was agreed."""

    who: str
    what: str
    due_on: str


class AgreementForm(QWidget):
    """`agreed` carries a NewAgreement; `closed` comes with Escape."""

    agreed = Signal(object)
    closed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.who = Field(_("Who"), Choice(name=f"{name}_who"))
        self.other = Field(_("Name"), TextField(name=f"{name}_other"))
        self.what = Field(_("Does what"), TextField(name=f"{name}_what"), required=True)
        self.due = Field(_("By when"), DateField(name=f"{name}_due"))
        self.add = Button(_("Add"), name=f"{name}_add", icon_role="sign.add")
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(self.due, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        for part in (self.who, self.other, self.what):
            column.addWidget(part)
        column.addLayout(row)
        self.other.hide()
        self.who.editor.code_chosen.connect(self._fit)
        self.add.clicked.connect(self._add)

    def set_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer who may do it; the pair with an empty code asks for a name."""
        if [pair[0] for pair in pairs] != [
            str(self.who.editor.itemData(at)) for at in range(self.who.editor.count())
        ]:
            self.who.editor.set_pairs(pairs)
            self.who.editor.setCurrentIndex(0)
            self._fit()

    def take_focus(self) -> None:
        """Put the focus where writing begins."""
        self.what.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fit(self, _code: object = None) -> None:
        self.other.setVisible(self.who.editor.count() > 0 and not self.who.editor.code())

    def _add(self) -> None:
        what, readable = self.what.editor.value(), self.due.check()
        if not what:
            self.what.show_error(_("Write what was agreed."))
            self.take_focus()
            return
        if not readable:
            self.due.editor.setFocus()
            return
        who = self.who.editor.code() or self.other.editor.value()
        self.agreed.emit(NewAgreement(who=who, what=what, due_on=self.due.editor.value()))
        for editor in (self.other.editor, self.what.editor, self.due.editor):
            editor.set_value("")
        self.take_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def agreement_entries(lines: Sequence[AgreementLine], link: str) -> list[SideEntry]:
    """Agreements as entries of a side list; one that is late says so with its icon."""
    return [
        SideEntry(
            main=line.main,
            second=_("%(due)s, day has passed", due=line.second) if line.late else line.second,
            icon="state.watch" if line.late else "sign.open_step",
            role="watch" if line.late else "quiet",
            link=link,
            key=line.key,
        )
        for line in lines
    ]


class AgreementList(SideList):
    """Agreements below each other; `link_pressed` carries the key."""

    def set_agreements(self, lines: Sequence[AgreementLine], link: str) -> None:
        """Show these, each with one thing to do about it."""
        self.set_entries(agreement_entries(lines, link))
