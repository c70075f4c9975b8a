"""The fields of the family form, made by what they hold, each under its record and name."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from app.domain.kinds.dossier import Dossier, Inflow
from app.domain.record import Record, kind_of
from app.domain.words import N_
from app.i18n import _
from app.services.families import Member
from ui.bridge import theme
from ui.presenters.family_form_presenter import FamilyFormPresenter
from ui.presenters.family_form_text import (
    CODES,
    DATES,
    DOSSIER_FIELDS,
    INFLOW_FIELDS,
    MEMBERSHIP_FIELDS,
    NATIONALITY,
    PERSON_FIELDS,
    WHOLE_DATES,
    YES_NO,
)
from ui.views.family.field_grid import FieldGrid
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.incomplete_date_field import IncompleteDateField
from ui.widgets.side_list import SideEntry, SideList
from ui.widgets.text_field import TextField

_MORE_THAN_ANY_NAME = 1_000_000  # a pasted text is refused with a sentence, never cut off
_DATE_HINT = N_("You do not know a part? Type ?? or leave it out: 1990, 03-1990, ca. 1989.")
_HINTS: Mapping[str, str] = {
    "title": N_("Empty: the family name of the first member."),
    "birth_date": _DATE_HINT,
    "location_since": N_("Day, month and year, or a part of it."),
    NATIONALITY: N_("As the person states it."),
    "on": N_("The day on which the file came in. Today is filled in."),
    "missing": N_("What you still have to ask for. You can add to this later."),
}
_TITLES: Mapping[str, str] = {"value": N_("V-number"), NATIONALITY: N_("Nationality")}


class FieldSet:
    """The fields of one record: text in, text out, problems and remarks beside them."""

    def __init__(self, presenter: FamilyFormPresenter, record: str, touched: Callable[[], None]) -> None:
        self.record = record
        self.fields: dict[str, Field[QWidget]] = {}
        self._presenter, self._touched = presenter, touched

    def make(self, name: str, title: str, number_in_list: int) -> Field[QWidget]:
        """A field for `name`, with the editor that suits it."""
        editor = self._editor(name, f"{name}_{number_in_list}")
        field: Field[QWidget] = Field(_(_TITLES.get(name, title)), editor, hint=_(_HINTS.get(name, "")))
        self.fields[name] = field
        if isinstance(editor, TextField):
            editor.setMaxLength(_MORE_THAN_ANY_NAME)
            editor.textEdited.connect(self._note)
            editor.value_typed.connect(self._note)
        elif isinstance(editor, Choice):
            editor.code_chosen.connect(self._note)
        return field

    def _editor(self, name: str, object_name: str) -> QWidget:
        if name in CODES or name in YES_NO:
            return Choice(self._presenter.choices(name), name=object_name)
        if name in WHOLE_DATES:
            return DateField(name=object_name)
        if name in DATES:
            return IncompleteDateField(name=object_name)
        editor = TextField(name=object_name, number=name == "value")
        if name == NATIONALITY:
            completer = QCompleter(list(self._presenter.countries()), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        return editor

    def put(self, texts: Mapping[str, str]) -> None:
        """Show texts, with the remarks that go with them."""
        for name, field in self.fields.items():
            _put(field.editor, texts.get(name, ""))
        self._advise()

    def texts(self) -> dict[str, str]:
        """What is typed now, word for word."""
        return {name: _text(field.editor) for name, field in self.fields.items()}

    def _note(self, _typed: object) -> None:
        self._advise()
        for field in self.fields.values():
            if isinstance(field.editor, Choice) and field.has_error:
                field.clear_error()
        self._touched()

    def _advise(self) -> None:
        texts = self.texts()
        for name, field in self.fields.items():
            field.set_hint(self._presenter.advice(name, texts[name], texts) or _(_HINTS.get(name, "")))


def _put(editor: QWidget, text: str) -> None:
    if isinstance(editor, Choice):
        editor.set_code(text)
    elif isinstance(editor, TextField):
        editor.setText(text)


def _text(editor: QWidget) -> str:
    return (
        editor.code()
        if isinstance(editor, Choice)
        else editor.text()
        if isinstance(editor, TextField)
        else ""
    )


def dossier_fields(
    presenter: FamilyFormPresenter, dossier: str, grid: FieldGrid, touched: Callable[[], None]
) -> FieldSet:
    """The fields of the family itself."""
    made = FieldSet(presenter, dossier, touched)
    titles = {spec.name: spec.title for spec in kind_of(Dossier).fields}
    for name in DOSSIER_FIELDS:
        grid.add(made.make(name, titles[name], 0))
    return made


def inflow_fields(
    presenter: FamilyFormPresenter, inflow: str, grid: FieldGrid, touched: Callable[[], None]
) -> FieldSet:
    """How a new family came in."""
    made = FieldSet(presenter, inflow, touched)
    titles = {spec.name: spec.title for spec in kind_of(Inflow).fields}
    for name in INFLOW_FIELDS:
        grid.add(made.make(name, titles[name], 0))
    return made


class MemberForm(QWidget):
    """The fields of one member, over four records, under one heading."""

    def __init__(
        self,
        presenter: FamilyFormPresenter,
        member: Member,
        number: int,
        touched: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.member = member
        self.remove = Button(_("Remove"), "link", name=f"remove_{number}", icon_role="sign.close")
        self._heading = Heading("", action=self.remove, ruled=True)
        self.sets: dict[str, FieldSet] = {}
        grid = FieldGrid()
        for record, name in _order(member):
            fields = self.sets.setdefault(record.id, FieldSet(presenter, record.id, touched))
            title = next(spec.title for spec in kind_of(record).fields if spec.name == name)
            grid.add(fields.make(name, title, number))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.gap(2), 0, 0)
        column.setSpacing(theme.gap(1))
        self.known = SideList(name=f"known_{number}")
        self.known.hide()
        column.addWidget(self._heading)
        column.addWidget(self.known)
        column.addWidget(grid)

    def set_heading(self, words: str) -> None:
        """Say which member this is."""
        self._heading.set_text(words)
        self.setAccessibleName(words)
        self.remove.setAccessibleName(_("Remove %(who)s", who=words))

    def show_known(self, entries: Sequence[SideEntry]) -> None:
        """Say who this may be that is known already; nothing hides it."""
        self.known.set_entries(entries)
        self.known.setVisible(bool(entries))

    def first(self) -> QWidget:
        """The field to begin with: the first that is empty, else the first."""
        fields = self.sets[self.member.person.id].fields
        empty = (field.editor for field in fields.values() if not _text(field.editor))
        return next(empty, fields["family_name"].editor)


def _order(member: Member) -> Iterator[tuple[Record, str]]:
    """Names, birth, what the person is to the family and to the Netherlands, languages, and how they live in it."""
    person = member.person
    for name in PERSON_FIELDS[:7]:
        yield person, name
    yield member.membership, MEMBERSHIP_FIELDS[0]
    yield member.nationality, NATIONALITY
    yield member.v_number, "value"
    for name in PERSON_FIELDS[7:]:
        yield person, name
    for name in MEMBERSHIP_FIELDS[1:]:
        yield member.membership, name
