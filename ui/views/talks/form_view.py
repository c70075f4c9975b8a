"""The form of a new or planned talk. What is proposed stands filled in; the officer decides. A TalkFormScreen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _, formats, language
from app.services.talk_proposal import TalkForm
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.talk_form_presenter import TalkFormPresenter, Typed
from ui.presenters.talk_line import ANSWER_CODES, answered_words
from ui.views.page import Page
from ui.views.talks.form_layout import FormLayout
from ui.widgets.checklist_view import ChecklistItem, ItemAnswered
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.text_field import TextField
from ui.widgets.time_field import typed_moment

_DRAFT_MS = 1_500
_SHOWN = {code: shown for shown, code in ANSWER_CODES.items()}


class TalkFormPage(Page):
    """`Place(subject=dossier)` for a new talk, `part="later"` to plan one; a planned talk by `open_talk`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("New talk"), name="talk_form", parent=parent)
        self._desk = desk
        self.parts = FormLayout(self)
        self.presenter = TalkFormPresenter(desk.session, desk.runner.bound_to(self), self)
        self._answers: dict[str, str] = {}
        self._dossier, self._loading, self._planned = "", True, False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_MS)
        self._pause.timeout.connect(self._keep)
        parts = self.parts
        self._texts: dict[str, Field[TextField]] = {
            "others_present": parts.others, "interpreter_language": parts.language, "place": parts.place,
            "goal": parts.goal,
        }  # fmt: skip
        self._choices: dict[str, Field[Choice]] = {
            "kind": parts.kind, "phase": parts.phase, "interpreter": parts.interpreter, "recording": parts.recording,
        }  # fmt: skip
        self._connect()

    def _connect(self) -> None:
        parts = self.parts
        parts.store.clicked.connect(self._store)
        parts.cancel.clicked.connect(self._cancel)
        parts.take.clicked.connect(self.presenter.take_draft)
        parts.drop.clicked.connect(self.presenter.drop_draft)
        parts.checklist.answered.connect(self._answered)
        parts.later.toggled.connect(self._fit_when)
        self.back_requested.connect(self._keep)
        for field in self._texts.values():
            field.editor.textEdited.connect(self._touch)
        for choice in self._choices.values():
            choice.editor.code_chosen.connect(self._touch)
        parts.store.setEnabled(not self._desk.read_only)

    # -- TalkFormScreen --------------------------------------------------------------------------------------------

    def show_form(self, form: TalkForm, typed: Typed, phase_hint: str) -> None:
        """Fill the form."""
        self._loading = True
        self._dossier = form.talk.scope
        self._planned = form.before is not None
        self.set_title(_("Planned talk") if self._planned else _("New talk"))
        self.set_back(form.family)
        self.parts.cancel.setVisible(self._planned and not self._desk.read_only)
        self._offer_choices(typed.values)
        self.parts.phase.set_hint(phase_hint)
        for name, field in self._texts.items():
            field.editor.set_value(typed.values.get(name, ""))
        moment = typed.values.get("planned_at", "")
        self.parts.day.editor.set_value(moment[:10])
        self.parts.time.editor.set_value(moment[11:16])
        names = {each.person: each.name.full for each in form.candidates}
        roles = {each.person: self.presenter.role_words(each) for each in form.candidates}
        lines = [
            (person, f"{name}  ({roles[person]})" if roles[person] else name)
            for person, name in names.items()
        ]
        self.parts.set_persons(lines)
        for person, box in self.parts.persons.items():
            box.setChecked(person in typed.persons)
            box.toggled.connect(self._touch)
        self._answers = dict(typed.answers)
        items = self.presenter.items
        self.parts.checklist.set_items(
            [
                ChecklistItem(
                    key=item.code,
                    sentence=item.label(language()),
                    code=item.code,
                    answer=_SHOWN.get(self._answers.get(item.code, ""), ""),
                )
                for item in items
            ]
        )
        (self.parts.later if typed.later else self.parts.now).setChecked(True)
        self._fit_when()
        self._count()
        self.show_problems({})
        self._loading = False

    def _offer_choices(self, values: Mapping[str, str]) -> None:
        choices, own = self.presenter.choices(), self.presenter.with_own
        for field, pairs in (
            ("kind", choices.kinds),
            ("phase", choices.phases),
            ("interpreter", choices.interpreters),
            ("recording", choices.recordings),
        ):
            editor = self._choices[field].editor
            editor.set_pairs(own(pairs, values.get(field, "")))
            editor.set_code(values.get(field, ""))

    def show_draft(self, sentence: str) -> None:
        """Offer what was typed before."""
        self.parts.offer_words.setText(sentence)
        self.parts.offer.setVisible(bool(sentence))

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """A sentence beside each field; the focus goes to the first."""
        parts = self.parts
        fields: dict[str, Field[TextField] | Field[Choice]] = {
            **self._texts,
            **self._choices,
            "planned_at": parts.day,
            "time": parts.time,
        }
        first: QWidget | None = None
        for name, field in fields.items():
            if name in problems:
                field.show_error(problems[name])
                first = first or field.editor
            else:
                field.clear_error()
        parts.persons_error.setText(problems.get("persons", ""))
        parts.persons_error.setVisible("persons" in problems)
        if "persons" in problems and parts.persons:
            first = next(iter(parts.persons.values()))
        rest = [words for name, words in problems.items() if name not in fields and name != "persons"]
        parts.problem.setText("\n".join(rest))
        parts.problem.setVisible(bool(rest))
        if first is not None:
            parts.panes.show_pane("details")
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_to_talk(self, talk: str) -> None:
        """The talk has begun."""
        self._loading = True
        self.go_requested.emit(Place(page="talk", subject=talk))

    def leave_to_family(self, dossier: str, sentence: str) -> None:
        """The talk stands in the agenda, or was taken out of it."""
        self._loading = True
        self.said.emit(Notice(sentence=sentence))
        self.go_requested.emit(Place(page="family", subject=dossier, part="talks"))

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._loading = True
        self.presenter.open(place.subject, later=place.part == "later")

    def open_talk(self, talk: str) -> None:
        """Open the form of a talk that was planned."""
        self._loading = True
        self.presenter.open("", talk)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.parts.kind.editor, self.parts.checklist)

    @override
    def leave(self) -> None:
        self._keep()

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _typed(self) -> Typed:
        parts = self.parts
        values = {name: field.editor.value() for name, field in self._texts.items()}
        values |= {name: field.editor.code() for name, field in self._choices.items()}
        values["planned_at"] = self._moment()
        persons = tuple(person for person, box in parts.persons.items() if box.isChecked())
        return Typed(
            values=values, persons=persons, answers=dict(self._answers), later=parts.later.isChecked()
        )

    def _moment(self) -> str:
        """Day and time as far as they can be read."""
        try:
            return typed_moment(self.parts.day.editor, self.parts.time.editor)
        except KnownProblem:
            return ""

    def _store(self) -> None:
        parts = self.parts
        self._pause.stop()
        self.presenter.store(self._typed(), self._unreadable() if parts.later.isChecked() else {})

    def _unreadable(self) -> dict[str, str]:
        """What is typed as day and time and cannot be read, with the sentence that says why."""
        found = {"planned_at": self.parts.day.editor.problem(), "time": self.parts.time.editor.problem()}
        return {name: sentence for name, sentence in found.items() if sentence}

    def _cancel(self) -> None:
        self._pause.stop()
        self.presenter.cancel("")

    def _answered(self, answered: object) -> None:
        if isinstance(answered, ItemAnswered):
            self._answers[answered.key] = ANSWER_CODES[answered.answer]
            self._count()
            self._touch()

    def _count(self) -> None:
        items = self.presenter.items
        done = sum(1 for item in items if self._answers.get(item.code))
        words = answered_words(done, len(items))
        self.parts.count.setText(words)

    def _fit_when(self, _later: bool = False) -> None:
        later = self.parts.later.isChecked()
        self.parts.when_holder.setVisible(later or self._planned)
        self.parts.when_holder.setEnabled(later)
        self.parts.store.set_words(_("Put in the agenda") if later else _("Begin the talk"))
        today = formats.fact(self._desk.session.today)
        self.parts.now.setText(_("Now, %(day)s", day=today))
        self._touch()

    def _touch(self, _what: object = None) -> None:
        if not self._loading:
            self._pause.start()

    def _keep(self) -> None:
        self._pause.stop()
        if not self._loading and not self._desk.read_only:
            self.presenter.keep_draft(self._typed())
