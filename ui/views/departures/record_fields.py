"""The fields of one record of a departure, each with the editor that suits it, wired to what is wanted."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownProblem
from app.domain.record import KINDS, FieldSpec, FieldType
from app.i18n import _, problem_text
from ui.presenters import departure_answers
from ui.presenters.departure_fields import FieldDecl
from ui.presenters.departure_form import DepartureForm
from ui.views.departures.moment_field import MomentField
from ui.views.departures.sheet_field import Editor, SheetField
from ui.views.family.field_grid import FieldGrid
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.text_field import TextField


class RecordFields(FieldGrid):
    """One grid of fields for `record` of a kind. `person` is whose sheet they stand on, "" for everybody's."""

    def __init__(
        self,
        form: DepartureForm,
        kind: str,
        record: str,
        decls: Sequence[FieldDecl],
        *,
        person: str = "",
        touched: Callable[[], None],
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self.record, self.person = kind, record, person
        self._form, self._touched, self._editable = form, touched, editable
        self.by_code: dict[str, SheetField] = {}
        self.by_name: dict[str, SheetField] = {}
        self._wires: list[_Wire] = []
        specs = {spec.name: spec for spec in KINDS[kind].fields}
        for decl in decls:
            self._make(decl, specs[decl.name])

    def _make(self, decl: FieldDecl, spec: FieldSpec) -> None:
        editor = self._editor(decl, spec, f"{self.kind}_{self.record[-6:]}_{decl.name}")
        made = SheetField(_(decl.title or spec.title), editor, hint=_(decl.hint) if decl.hint else "")
        made.set_value(self._form.shown(self.record, decl))
        if decl.code:
            file = self._form.file
            pairs = departure_answers.accepts(file, decl.code, self.person)
            made.offer_answers(pairs, *departure_answers.answer_of(file, decl.code, self.person))
            self.by_code[decl.code] = made
        self.by_name[decl.name] = made
        wire = _Wire(self._form, self.record, decl, self.person, made, self._touched)
        made.changed.connect(wire.put)
        made.answered.connect(wire.answer)
        self._wires.append(wire)
        made.setEnabled(self._editable)
        self.add(made)

    def _editor(self, decl: FieldDecl, spec: FieldSpec, name: str) -> Editor:
        if decl.choices or decl.form == "yes":
            return Choice(self._form.pairs(decl), name=name)
        if spec.type is FieldType.DATE:
            return DateField(name=name)
        if spec.type is FieldType.LOCAL:
            return MomentField(name=name)
        return TextField(name=name)

    def problems(self) -> Iterator[tuple[SheetField, str]]:
        """Fields whose text cannot be read, with the sentence."""
        for made in self.by_name.values():
            problem = made.problem() or (made.field.has_error and _("This cannot be read.")) or ""
            if problem:
                yield made, problem


class _Wire:
    """From one field to the form; a bound method, so that nothing keeps a closed form alive."""

    def __init__(
        self,
        form: DepartureForm,
        record: str,
        decl: FieldDecl,
        person: str,
        field: SheetField,
        touched: Callable[[], None],
    ) -> None:
        self._form, self._record, self._decl, self._person = form, record, decl, person
        self._field, self._touched = field, touched

    def put(self, text: object) -> None:
        """The value was changed."""
        try:
            self._form.put(self._record, self._decl, str(text))
        except KnownProblem as problem:
            self._field.field.show_error(problem_text(problem))
        else:
            self._touched()

    def answer(self, pair: object) -> None:
        """An answer without a value was chosen, changed or taken back."""
        if isinstance(pair, tuple):
            departure_answers.put_answer(self._form, self._decl.code, self._person, *pair)
            self._touched()
