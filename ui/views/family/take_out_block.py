"""Below a deed of the timeline, folded up: take one of its values out for good. A TakeOutScreen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Notice
from ui.presenters.take_out_presenter import TakeOutPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.dialog import Question
from ui.widgets.field import Field


class TakeOutBlock(QWidget):
    """`said` carries a Notice once it is done; `unfolded` says that there is more to see."""

    said = Signal(object)
    unfolded = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = TakeOutPresenter(desk.session, desk.runner.bound_to(self), self)
        self._read_only = desk.read_only
        self._dossier = ""
        self._cells: tuple[tuple[str, str], ...] = ()
        self.ask_for = Button(_("Take a value out for good …"), "link", name="take_out_open")
        self.block = Block(
            _("Take out for good"),
            _(
                "For what should never have stood here. Every value that this field ever had goes, here and with"
                " colleagues. To correct something, change it where it stands."
            ),
            name="take_out",
        )
        self.value = Choice(name="take_out_value")
        self.reason = Choice(name="take_out_reason")
        self.block.add_field("value", Field(_("What"), self.value))
        self.block.add_field("reason", Field(_("Why"), self.reason))
        self.act = Button(_("Take out …"), name="take_out_act")
        self.back = Button(_("Cancel"), "link", name="take_out_back")
        self.block.add_buttons(self.act, self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.ask_for)
        column.addWidget(self.block)
        self.ask_for.clicked.connect(self._unfold)
        self.back.clicked.connect(self._fold)
        self.act.clicked.connect(self._look)
        self.set_cells("", ())

    def set_cells(self, dossier: str, cells: Sequence[tuple[str, str]]) -> None:
        """Another deed was chosen: it wrote these fields, each by record and name."""
        self._dossier, self._cells = dossier, tuple(cells)
        self._fold()
        self.setVisible(bool(cells) and not self._read_only)

    # -- TakeOutScreen ---------------------------------------------------------------------------------------------

    def show_choices(self, values: Sequence[tuple[str, str]], reasons: Sequence[tuple[str, str]]) -> None:
        """Offer these values; none means that there is nothing to take out."""
        self.value.set_pairs(values)
        self.reason.set_pairs((("", _("Choose a reason")), *reasons))
        self.value.setCurrentIndex(0 if len(values) == 1 else -1)
        self.unfolded.emit()
        self.act.setEnabled(bool(values))
        self.block.show_result(
            "" if values else _("What stood here was taken out already, or cannot be taken out.")
        )

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under the fields."""
        self.block.show_errors(errors)

    def ask(self, key: str, reason: str, question: str, follows: str) -> None:
        """Ask before it is done."""
        if Question.ask(self, question, follows, _("Take out for good")):
            self.presenter.take_out(key, reason)

    def show_done(self, sentence: str) -> None:
        """It was taken out: said at the foot, since the line of it stands in the timeline now."""
        self._fold()
        self.said.emit(Notice(sentence=sentence, undoable=False))

    def show_problem(self, sentence: str) -> None:
        """It could not be."""
        self.block.show_result(sentence, good=False)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _unfold(self) -> None:
        self.ask_for.hide()
        self.block.show()
        self.block.show_result("")
        self.block.show_errors({})
        self.reason.set_code("")
        self.presenter.open(self._dossier, self._cells)

    def _fold(self) -> None:
        self.block.hide()
        self.ask_for.show()

    def _look(self) -> None:
        self.presenter.look(self.value.code(), self.reason.code())
