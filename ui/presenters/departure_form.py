"""What is wanted of a departure while its form is open: every change of a field, a record or a traveller."""

from collections.abc import Callable, Sequence

from app.domain.dated_event import bare_code
from app.domain.ident import derived_id, new_id
from app.domain.kinds.departure import (
    Belonging,
    DepartureKind,
    DeparturePerson,
    EscortPerson,
    Flight,
    Receiver,
)
from app.domain.kinds.person import Appearance
from app.domain.kinds.sensitive import MedicalHandover
from app.domain.record import KINDS, Value, kind_of
from app.i18n import language
from app.services import departure_edit
from app.services.departures import DepartureFile
from app.services.session import Session
from ui.presenters import departure_values
from ui.presenters.departure_fields import FieldDecl
from ui.presenters.departure_seen import DepartureView, Work, view_of
from ui.presenters.departure_values import Pairs

Listed = Flight | EscortPerson | Receiver | Belonging
_ONE_PERSON = ("travel_condition", "belonging")


class DepartureForm:
    """`file` is what is wanted now; `work` what was read. `changed` is called when records came or went."""

    def __init__(self, session: Session, work: Work, changed: Callable[[], None]) -> None:
        self._session, self._changed = session, changed
        self.work, self.file = work, work.file

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.tidy() != self.work.file

    def view(self) -> DepartureView:
        """What a screen shows of it."""
        return view_of(self._session, self.work, self.file)

    # -- fields ------------------------------------------------------------------------------------------------------

    def pairs(self, decl: FieldDecl) -> Pairs:
        """What can be chosen for a field; the first is nothing."""
        return departure_values.pairs(self._session, self.file, self.work.originals, decl)

    def shown(self, record: str, decl: FieldDecl) -> str:
        """The value of a field as an editor takes it."""
        return departure_values.shown(self.file, record, decl)

    def put(self, record: str, decl: FieldDecl, text: str) -> None:
        """A field was changed. Raises a KnownProblem for a number that cannot be read."""
        if text != self.shown(record, decl):
            value = departure_values.read(self._session, self.file, record, decl, text)
            self.file = departure_edit.edit(self.file, record, decl.name, value)

    # -- records -----------------------------------------------------------------------------------------------------

    def add(self, kind: str) -> str:
        """One more flight, receiver …; returns its id."""
        departure = self.file.departure
        position = 1 + max((each.position or 0 for each in _listed(self.file, kind)), default=0)
        values: dict[str, Value] = {"departure": departure.id, "position": position}
        if kind in _ONE_PERSON and len(self.file.persons) == 1:
            values["person"] = self.file.persons[0].person
        if kind == "belonging":
            values["count"] = 1
        made = KINDS[kind].make(new_id(), departure.scope, values)
        self.file = departure_edit.add(self.file, made)
        self._changed()
        return made.id

    def remove(self, record: str) -> None:
        """Take a record away; saved with the rest, and then it can be undone."""
        self.file = departure_edit.remove(self.file, record)
        self._changed()

    def personal(self, kind: str, person: str) -> str:
        """The id of a traveller's record of a kind; made when the form first needs it, kept only when filled."""
        file, departure = self.file, self.file.departure
        if kind == "person":
            return person
        if kind == "departure_person":
            return next(each.id for each in file.persons if each.person == person)
        if kind == "appearance":
            looks = [each.id for each in file.appearances if each.scope == person]
            if looks:
                return looks[-1]
            self.file = departure_edit.add(file, Appearance(id=derived_id(kind, person), scope=person))
            return derived_id(kind, person)
        made = next((each.id for each in file.envelopes if each.person == person), "")
        if made:
            return made
        id_ = derived_id(kind, departure.id, person)
        empty = MedicalHandover(id=id_, scope=departure.scope, departure=departure.id, person=person)
        self.file = departure_edit.add(file, empty)
        return id_

    def travel(self, person: str, travels: bool) -> None:
        """Somebody travels along, or not."""
        file = self.file
        mine = next((each for each in file.persons if each.person == person), None)
        if travels and mine is None:
            departure = file.departure
            made = DeparturePerson(id=new_id(), scope=departure.scope, departure=departure.id, person=person)
            file = departure_edit.add(file, made)
            members = {each.person.id: each.person for each in self.work.family.members}
            if person in members and departure_edit.find(file, person) is None:
                file = departure_edit.add(file, members[person])
        elif not travels and mine is not None:
            file = departure_edit.remove(file, mine.id)
        self.file = file
        self._changed()

    def set_kind(self, person: str, kind: str, holds: bool) -> None:
        """A kind of special departure holds for a person, or not."""
        mine = [
            each for each in self.file.kinds if each.person == person and bare_code(each.kind or "") == kind
        ]
        if holds and not mine:
            departure = self.file.departure
            made = DepartureKind(
                id=derived_id("departure_kind", departure.id, person, kind),
                scope=departure.scope,
                departure=departure.id,
                person=person,
                kind=self._session.content.ref("vertrek", kind),
            )
            self.file = departure_edit.add(self.file, made)
        for each in mine if not holds else ():
            self.file = departure_edit.remove(self.file, each.id)

    def kinds(self) -> Pairs:
        """The kinds of special departure."""
        return tuple((each.code, each.label(language())) for each in self._session.content.departure_kinds)

    def tidy(self) -> DepartureFile:
        """What is wanted, without records that the form made and nobody filled."""
        file, known = self.file, {each.id for each in self.work.file.records()}
        for each in (*file.appearances, *file.envelopes):
            filled = {name for name, value in each.values().items() if value is not None} - {
                "departure",
                "person",
            }
            if not filled and each.id not in known:
                file = departure_edit.remove(file, each.id)
        return file


def _listed(file: DepartureFile, kind: str) -> Sequence[Listed]:
    """The records of a kind that stand in an order."""
    every: tuple[Listed, ...] = (*file.flights, *file.escorts, *file.receivers, *file.belongings)
    return [each for each in every if kind_of(each).name == kind]
