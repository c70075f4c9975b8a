"""Register and change a family: one form, everything that is wrong at once, nothing typed is ever lost."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from app.services.families import Saved
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.family_form_presenter import FamilyFormPresenter, FormView, Known
from ui.presenters.family_form_text import Typed
from ui.views.family.family_form_layout import FamilyFormLayout
from ui.views.family.form_fields import FieldSet, MemberForm, dossier_fields, inflow_fields
from ui.views.page import Page
from ui.widgets.side_list import SideEntry

_DRAFT_PAUSE_MS = 1_000


class FamilyFormPage(Page):
    """`Place.subject` is the dossier, "" for a new family; `part` a member to begin with. A FamilyFormScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", name="family_form_page", parent=parent)
        self.presenter = FamilyFormPresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = FamilyFormLayout(self)
        self._family: FieldSet | None = None
        self._inflow: FieldSet | None = None
        self._members: list[MemberForm] = []
        self._dossier, self._begin_with = "", ""
        self._made, self._touched = 0, False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self._keep_draft)
        self.set_back(_("Back"))
        parts = self._parts
        parts.save.clicked.connect(self._save)
        parts.cancel.clicked.connect(self._cancel)
        parts.add.clicked.connect(self._add)
        parts.take.clicked.connect(self._take_draft)
        parts.drop.clicked.connect(self._drop_draft)
        parts.clear_up.clicked.connect(self._clear_up)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._dossier, self._begin_with = place.subject, place.part
        self._touched = False
        self._parts.banner.hide()
        self._parts.cancel.set_words(_("Cancel"))
        self._parts.save.setEnabled(False)  # until the form is filled
        self.presenter.open(place.subject)

    @override
    def take_focus(self) -> None:
        wanted = next((each for each in self._members if each.member.person.id == self._begin_with), None)
        if wanted is not None:
            wanted.first().setFocus(Qt.FocusReason.TabFocusReason)
            self._parts.scroll.ensureWidgetVisible(wanted)
        elif self._family is not None:
            self._family.fields["title"].editor.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def regions(self) -> Sequence[QWidget]:
        first = [self._family.fields["title"].editor] if self._family is not None else []
        return (*first, *(member.first() for member in self._members), self._parts.save)

    @override
    def act(self, command: str) -> bool:
        if command == "new":
            self._add()
            return True
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and self._pressed(event):
            return True
        return super().event(event)

    def _pressed(self, event: QEvent) -> bool:
        """Ctrl Enter saves and Esc leaves, from any field."""
        key = getattr(event, "key", lambda: 0)()
        modifiers = getattr(event, "modifiers", lambda: Qt.KeyboardModifier.NoModifier)()
        if key == Qt.Key.Key_Escape:
            self._cancel()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers & Qt.KeyboardModifier.ControlModifier:
            if self._parts.save.isEnabled():
                self._save()
            return True
        return False

    @override
    def leave(self) -> None:
        if self._touched:
            self._keep_draft()

    # -- FamilyFormScreen ------------------------------------------------------------------------------------------

    def show_form(self, view: FormView) -> None:
        """Fill the form."""
        self._parts.gone.hide()
        self._parts.scroll.show()
        self._parts.fill()
        self._members = []
        self._made = 0
        self.set_title(view.title)
        self._family = dossier_fields(self.presenter, view.dossier, self._parts.grid, self._note)
        self._family.put(view.typed[view.dossier])
        self._inflow = None
        for part in (self._parts.inflow_heading, self._parts.inflow):
            part.setVisible(bool(view.inflow))
        if view.inflow:
            self._inflow = inflow_fields(self.presenter, view.inflow, self._parts.inflow, self._note)
            self._inflow.put(view.typed[view.inflow])
        for member in view.members:
            form = self._append(MemberForm(self.presenter, member, self._next_number(), self._note, self))
            for record, fields in form.sets.items():
                fields.put(view.typed[record])
        self._name_members()
        self._parts.save.setEnabled(True)
        if view.offer:
            self._parts.show_banner("info", view.offer, draft=True)
        else:
            self._parts.banner.hide()
        self.set_foot("", _("Ctrl N adds a member  ·  Ctrl Enter saves  ·  what you type is kept"))
        self.take_focus()

    def show_problems(self, problems: Mapping[tuple[str, str], str], sentence: str) -> None:
        """Show what is wrong beside each field; the focus goes to the first."""
        self._parts.save.setEnabled(True)
        first: QWidget | None = None
        for fields in self._sets():
            for name, field in fields.fields.items():
                said = problems.get((fields.record, name), "")
                if said:
                    field.show_error(said)
                    first = first or field
                else:
                    field.clear_error()
        self._parts.show_banner("late", sentence)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self._parts.scroll.ensureWidgetVisible(first)

    def show_saved(self, saved: Saved, sentence: str) -> None:
        """All is saved: show the family."""
        self._finish()
        self.go_requested.emit(Place(page="family", subject=saved.dossier))
        self.said.emit(Notice(sentence=sentence))

    def show_moved(self, sentence: str, rest: str) -> None:
        """Saved beside what somebody else wrote: stay, say it, and offer to clear it up."""
        self._finish()
        self._parts.show_banner("clash", sentence, rest, clash=True)
        self._parts.cancel.set_words(_("To the family"))
        self._parts.clear_up.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_known(self, person: str, known: Sequence[Known]) -> None:
        """Show beside a member who it may be that is known already."""
        form = next((each for each in self._members if each.member.person.id == person), None)
        if form is not None:
            form.show_known([_known_entry(person, each) for each in known])

    def show_gone(self, sentence: str) -> None:
        """The dossier is not here."""
        self.set_title(_("Dossier"))
        self._parts.gone.set_words(_("This family is not here"), sentence)
        self._parts.scroll.hide()
        self._parts.gone.show()

    # -- members ---------------------------------------------------------------------------------------------------

    def _append(self, form: MemberForm) -> MemberForm:
        self._members.append(form)
        self._parts.members.addWidget(form)
        form.remove.clicked.connect(self._remove)
        form.known.link_pressed.connect(self._say_one)
        return form

    def _next_number(self) -> int:
        self._made += 1
        return self._made

    def _add(self) -> None:
        if self._family is None:
            return
        number = self._next_number()
        member = self.presenter.new_member(position=len(self._members) + 1)
        form = self._append(MemberForm(self.presenter, member, number, self._note, self))
        for fields in form.sets.values():
            fields.put({})
        self._name_members()
        self._note()
        form.show()
        QTimer.singleShot(0, form, self._show_last)

    def _show_last(self) -> None:
        """Once it has a place: bring the new member into sight."""
        self._parts.scroll.ensureWidgetVisible(self._members[-1])
        self._members[-1].first().setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self) -> None:
        form = next(each for each in self._members if each.remove is self.sender())
        at = self._members.index(form)
        self._members.remove(form)
        self._parts.members.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._name_members()
        self._note()
        target = self._members[min(at, len(self._members) - 1)].remove if self._members else self._parts.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_members(self) -> None:
        for number, form in enumerate(self._members, start=1):
            form.set_heading(_("Member %(number)d", number=number))

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _sets(self) -> list[FieldSet]:
        own = [each for each in (self._family, self._inflow) if each is not None]
        return [*own, *(fields for member in self._members for fields in member.sets.values())]

    def typed(self) -> Typed:
        """What is typed now, by record and field."""
        return {fields.record: fields.texts() for fields in self._sets()}

    def type_into(self, texts: Mapping[str, str]) -> None:
        """Put texts into fields by object name, as if they were typed."""
        for fields in self._sets():
            named = {name: texts.get(field.editor.objectName()) for name, field in fields.fields.items()}
            fields.put(fields.texts() | {name: text for name, text in named.items() if text is not None})
        self._note()

    def save(self) -> None:
        """Save, as the button does."""
        self._save()

    def _note(self) -> None:
        self._touched = True
        self._pause.start()

    def _say_one(self, key: object) -> None:
        person, _slash, other = str(key).partition("/")
        self.presenter.say_one(person, other)

    def _keep_draft(self) -> None:
        self._pause.stop()
        self.presenter.look(self.typed(), [form.member for form in self._members])
        self.presenter.keep_draft(self.typed(), [form.member for form in self._members])

    def _finish(self) -> None:
        self._touched = False
        self._pause.stop()

    def _save(self) -> None:
        self._pause.stop()
        self._parts.save.setEnabled(False)
        self.presenter.save(self.typed(), [form.member for form in self._members])

    def _cancel(self) -> None:
        """Leave without saving; what was typed waits as a draft and is offered again."""
        if self._dossier:
            self.go_requested.emit(Place(page="family", subject=self._dossier))
        else:
            self.go_requested.emit(Place(page="dossiers"))

    def _take_draft(self) -> None:
        self.presenter.take_draft()
        self._touched = True

    def _drop_draft(self) -> None:
        self._parts.banner.hide()
        self.presenter.drop_draft()

    def _clear_up(self) -> None:
        self.go_requested.emit(Place(page="clear_up", subject=self._dossier))


def _known_entry(person: str, known: Known) -> SideEntry:
    """One line: who it may be, why, and the way to say that they are one."""
    second = _("Becomes one person when you save.") if known.is_one else known.why
    link = "" if not known.other else _("Not the same after all") if known.is_one else _("The same person")
    return SideEntry(
        main=known.words,
        second=second,
        icon="state.watch",
        role="watch",
        link=link,
        key=f"{person}/{known.other}",
    )
