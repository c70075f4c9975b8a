"""The form of one departure: what was read, what is wanted, what is still a draft, and the checklist beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from app.domain.dated_event import bare_code
from app.domain.entry import EntryRefused
from app.domain.errors import KnownProblem
from app.domain.gap import Accept
from app.domain.handover_facts import DepartureKind as SheetKind
from app.domain.handover_facts import HandoverSheetFacts, Request
from app.domain.handover_gap import handover_fields
from app.domain.ident import derived_id, new_id
from app.domain.kinds.departure import (
    Belonging,
    DepartureKind,
    DeparturePerson,
    EscortPerson,
    FieldAnswer,
    Flight,
    Receiver,
)
from app.domain.kinds.person import Appearance, Original, Person, RemovabilityCheck
from app.domain.kinds.sensitive import MedicalHandover
from app.domain.person_name import PersonName
from app.domain.record import KINDS, Record, Value, kind_of
from app.domain.sheet_head import SheetHead
from app.domain.words import N_
from app.i18n import _, formats, language, ngettext, problem_text
from app.services import departure_checks, departure_edit, departures, drafts, families
from app.services.departure_checks import Checklist
from app.services.departures import DepartureFile
from app.services.session import Session
from ui.presenters.departure_fields import ANYBODY, DOCUMENT, PERSON, FieldDecl
from ui.presenters.gate import Runner

FORM = "departure"
UNKNOWN, NOT_APPLICABLE = "unknown", "not-applicable"
Pairs = tuple[tuple[str, str], ...]
Listed = Flight | EscortPerson | Receiver | Belonging
_HEAD = SheetHead(set_number="", version=1, made_at="", made_at_local="", made_by="", made_by_role="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """A member of the family; `kinds` are bare codes, `check` the latest answer on *mag vertrekken* in words."""

    person: str
    name: str
    travels: bool
    kinds: frozenset[str]
    check: str
    check_is_old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureView:
    """What the form shows; the fields themselves are asked of the presenter, record by record."""

    title: str
    quiet: tuple[str, ...]
    is_new: bool
    travellers: tuple[Traveller, ...]
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was read in one go."""

    before: DepartureFile | None
    file: DepartureFile
    family: families.Family
    originals: tuple[Original, ...] = ()
    checks: Mapping[str, RemovabilityCheck] = field(default_factory=dict)
    draft: drafts.Draft | None = None
    known: tuple[Person | Appearance, ...] = ()


class DepartureScreen(Protocol):
    """What the presenter asks of the form."""

    def show_departure(self, view: DepartureView) -> None:
        """Fill the form anew."""

    def show_checklist(self, person: str, found: Checklist) -> None:
        """Show the checklist of a person."""

    def show_problems(self, problems: Mapping[tuple[str, str], str], sentence: str) -> None:
        """A sentence beside each field (record, field) and one above; the focus goes to the first."""

    def show_said(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done."""

    def show_line_problem(self, code: str, sentence: str) -> None:
        """Say what is wrong beside a line of the checklist."""


class DeparturePresenter:
    """`file` is what is wanted now; every change of a field comes in through `put`."""

    def __init__(self, session: Session, runner: Runner, screen: DepartureScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._work: Work | None = None
        self._key = ""
        self.file: DepartureFile | None = None

    @property
    def dossier(self) -> str:
        """The dossier of the departure, "" before it was read."""
        return self._work.family.dossier.id if self._work is not None else ""

    @property
    def departure(self) -> str:
        """The id of a departure that is in the store, "" for a new one."""
        return (
            self._work.file.departure.id if self._work is not None and self._work.before is not None else ""
        )

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._work is not None and self.file is not None and self._tidy() != self._work.file

    # -- opening -----------------------------------------------------------------------------------------------------

    def open(self, subject: str, *, new: bool = False) -> None:
        """Open a departure, or with `new` an empty one for the dossier `subject`."""
        self._key = f"new:{subject}" if new else subject
        self._runner.start(lambda: self._load(subject, new=new), self._opened, self._failed)

    def _load(self, subject: str, *, new: bool) -> Work:
        session, draft = self._session, drafts.find(self._session, FORM, self._key)
        if new:
            family = families.load(session, subject)
            file = departures.new_file(subject, [member.person.id for member in family.members])
            people, looks = departures.travellers(session, [member.person.id for member in family.members])
            file = departures.changed(file, people=people, appearances=looks)
            return Work(before=None, file=file, family=family, draft=draft, known=(*people, *looks))
        file = departures.load(session, subject)
        family = families.load(session, file.departure.scope)
        people, looks = departures.travellers(session, [member.person.id for member in family.members])
        return Work(
            before=file,
            file=file,
            family=family,
            known=(*people, *looks),
            originals=departures.originals(session, file),
            checks=departures.checks_of(session, file),
            draft=draft,
        )

    def _opened(self, work: Work) -> None:
        self._work, self.file = work, work.file
        self._show()

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_said(problem_text(problem), undoable=False)

    def _show(self) -> None:
        assert self._work is not None
        assert self.file is not None
        work, file = self._work, self.file
        day = file.departure.planned_on
        travelling = {each.person for each in file.persons}
        members = {each.person.id: each.person for each in work.family.members}
        for person in file.people:
            members.setdefault(person.id, person)
        self._screen.show_departure(
            DepartureView(
                title=_("Departure of %(name)s", name=work.family.dossier.title or ""),
                quiet=(
                    work.family.dossier.number or "",
                    formats.day_in_full(_day(day)) if day else _("day of departure unknown"),
                    ngettext(
                        "%(count)d traveller",
                        "%(count)d travellers",
                        len(file.persons),
                        count=len(file.persons),
                    ),
                ),
                is_new=work.before is None,
                travellers=tuple(
                    Traveller(
                        person=person.id,
                        name=_name(person),
                        travels=person.id in travelling,
                        kinds=file.kinds_of(person.id),
                        check=self._check_words(work.checks.get(person.id)),
                        check_is_old=person.id not in work.checks,
                    )
                    for person in members.values()
                ),
                offer=_("You typed something here before that was not saved.")
                if work.draft is not None
                else "",
            )
        )

    def _check_words(self, made: RemovabilityCheck | None) -> str:
        if made is None or not made.answered_at:
            return _("not asked yet")
        words = self._session.content.label(made.outcome, language())
        by = ", ".join(part for part in (made.asked_of, made.answered_by) if part)
        return _(
            "%(outcome)s: %(moment)s, %(by)s", outcome=words, moment=formats.deed(made.answered_at), by=by
        )

    # -- the fields --------------------------------------------------------------------------------------------------

    def pairs(self, decl: FieldDecl) -> Pairs:
        """What can be chosen for a field; the first is nothing."""
        assert self.file is not None
        nothing = ("", "–")
        if decl.choices in (PERSON, ANYBODY):
            names = tuple((each.id, _name(each)) for each in self.file.people if self._travels(each.id))
            return ((("", _("Everybody")) if decl.choices == ANYBODY else nothing), *names)
        if decl.choices == DOCUMENT:
            return (nothing, *((each.id, self._document(each)) for each in self._originals()))
        if decl.choices == "*condition":
            found = ((each.code, each.label(language())) for each in self._session.content.travel_conditions)
            return (nothing, *found)
        if decl.form == "yes":
            return (nothing, ("1", _("Yes")), ("0", _("No")))
        pack, _slash, name = decl.choices.partition("/")
        return (
            nothing,
            *((each.code, each.label(language())) for each in self._session.content.choices(pack, name)),
        )

    def _originals(self) -> Sequence[Original]:
        return self._work.originals if self._work is not None else ()

    def _document(self, paper: Original) -> str:
        return " ".join(
            part for part in (self._session.content.label(paper.kind, language()), paper.number) if part
        )

    def _travels(self, person: str) -> bool:
        return self.file is not None and any(each.person == person for each in self.file.persons)

    def shown(self, record: str, decl: FieldDecl) -> str:
        """The value of a field as an editor takes it: bare codes, days and times in their text form."""
        found = departure_edit.find(self.file, record) if self.file is not None else None
        value = getattr(found, decl.name) if found is not None else None
        if value is None:
            return ""
        if decl.form == "kg":
            return f"{int(value) / 1000:g}".replace(".", ",")
        if decl.form == "money":
            return f"{int(value) // 100},{int(value) % 100:02d}"
        by_code = decl.choices and not decl.choices.startswith((PERSON, ANYBODY, DOCUMENT))
        return bare_code(str(value)) if by_code else str(value)

    def put(self, record: str, decl: FieldDecl, text: str) -> None:
        """A field was changed. Raises a KnownProblem for a number that cannot be read."""
        if self.file is not None and text != self.shown(record, decl):
            value = self._value(decl, record, text)
            self.file = departure_edit.edit(self.file, record, decl.name, value)

    def _value(self, decl: FieldDecl, record: str, text: str) -> Value:
        if not text.strip():
            return None
        assert self.file is not None
        found = departure_edit.find(self.file, record)
        kind = KINDS[_kind_name(found)] if found is not None else None
        if decl.form in ("kg", "money"):
            return round(_number(text) * (1000 if decl.form == "kg" else 100))
        if kind is not None and decl.name in kind.whole_numbers:
            return int(_number(text))
        if decl.choices == "*condition":
            return self._session.content.ref("vertrek", text)
        if "/" in decl.choices:
            return self._session.content.ref(decl.choices.partition("/")[0], text)
        return text

    def accepts(self, code: str, person: str = "") -> Pairs:
        """Which answers other than a value the sheet takes for a field: (code, words); none for many."""
        assert self.file is not None
        wanted = {
            kind for each in self.file.persons for kind in self.file.kinds_of(person or each.person or "")
        }
        kinds = frozenset(kind for kind in SheetKind if kind.value in wanted)
        facts = HandoverSheetFacts(head=_HEAD, request=Request(kinds=kinds))
        rule = next((each for each in handover_fields(facts) if each.code == code), None)
        if rule is None or not rule.is_required:
            return ()
        words = (
            (UNKNOWN, Accept.UNKNOWN, _("Unknown, because …")),
            (NOT_APPLICABLE, Accept.NOT_APPLICABLE, _("Does not apply")),
        )
        return tuple((answer, said) for answer, flag, said in words if flag in rule.accept)

    def answer_of(self, code: str, person: str) -> tuple[str, str]:
        """The answer without a value that stands for a field, and its reason."""
        found = self._answer(code, person)
        return (found.answer or "", found.reason or "") if found is not None else ("", "")

    def put_answer(self, code: str, person: str, answer: str, reason: str) -> None:
        """Say that a field is unknown or does not apply; "" takes it back."""
        assert self.file is not None
        old = self._answer(code, person)
        if old is not None:
            self.file = departure_edit.remove(self.file, old.id)
        if answer:
            made = departures.without_value(self.file, code, answer, reason, person)
            self.file = departure_edit.add(
                self.file, old.with_values(answer=answer, reason=reason or None) if old else made
            )

    def _answer(self, code: str, person: str) -> FieldAnswer | None:
        assert self.file is not None
        return next(
            (each for each in self.file.answers if each.field == code and (each.person or "") == person), None
        )

    # -- records -----------------------------------------------------------------------------------------------------

    def add(self, kind: str) -> str:
        """One more flight, receiver …; returns its id."""
        assert self.file is not None
        departure = self.file.departure
        position = 1 + max((each.position or 0 for each in _listed(self.file, kind)), default=0)
        values: dict[str, Value] = {"departure": departure.id, "position": position}
        if kind in ("travel_condition", "belonging") and len(self.file.persons) == 1:
            values["person"] = self.file.persons[0].person
        if kind == "belonging":
            values["count"] = 1
        made = KINDS[kind].make(new_id(), departure.scope, values)
        self.file = departure_edit.add(self.file, made)
        self._show()
        return made.id

    def remove(self, record: str) -> None:
        """Take a record away; saved with the rest, and then it can be undone."""
        assert self.file is not None
        self.file = departure_edit.remove(self.file, record)
        self._show()

    def personal(self, kind: str, person: str) -> str:
        """The id of a traveller's record of a kind; made when the form first needs it, kept only when filled."""
        assert self.file is not None
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
        assert self.file is not None
        file = self.file
        mine = next((each for each in file.persons if each.person == person), None)
        if travels and mine is None:
            departure = file.departure
            made = DeparturePerson(id=new_id(), scope=departure.scope, departure=departure.id, person=person)
            file = departure_edit.add(file, made)
            members = (
                {each.person.id: each.person for each in self._work.family.members} if self._work else {}
            )
            if person in members and departure_edit.find(file, person) is None:
                file = departure_edit.add(file, members[person])
        elif not travels and mine is not None:
            file = departure_edit.remove(file, mine.id)
        self.file = file
        self._show()

    def set_kind(self, person: str, kind: str, holds: bool) -> None:
        """A kind of special departure holds for a person, or not."""
        assert self.file is not None
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

    # -- saving ------------------------------------------------------------------------------------------------------

    def _tidy(self) -> DepartureFile:
        """What is wanted, without records that the form made and nobody filled."""
        assert self.file is not None
        assert self._work is not None
        file, known = self.file, {each.id for each in self._work.file.records()}
        for each in (*file.appearances, *file.envelopes):
            filled = {name for name, value in each.values().items() if value is not None} - {
                "departure",
                "person",
            }
            if not filled and each.id not in known:
                file = departure_edit.remove(file, each.id)
        return file

    def save(self, after: Callable[[str], None] | None = None) -> None:
        """Save everything in one action; `after` gets the id of the departure."""
        if self._work is None or self.file is None:
            return
        before, wanted, key, known = self._work.before, self._tidy(), self._key, self._work.known

        def work() -> departures.Planned:
            planned = departures.save(self._session, before, wanted, known)
            drafts.drop(self._session, FORM, key)
            return planned

        def done(planned: departures.Planned) -> None:
            words = _("Departure saved.") if before is not None else _("Departure planned.")
            if planned.moved:
                words = ngettext(
                    "Saved. A colleague had changed %(count)d of these values: both stand until you clear it up.",
                    "Saved. A colleague had changed %(count)d of these values: both stand until you clear it up.",
                    len(planned.moved),
                    count=len(planned.moved),
                )
            self._screen.show_said(words, undoable=True)
            self.open(planned.departure)
            if after is not None:
                after(planned.departure)

        self._runner.start(work, done, self._refused)

    def _refused(self, problem: KnownProblem) -> None:
        found = problem.found if isinstance(problem, EntryRefused) else ()
        self._screen.show_problems(
            {(each.record, each.field): problem_text(each.problem) for each in found}, problem_text(problem)
        )

    # -- drafts ------------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keep what is typed and not saved; nothing is kept of a form that was not touched."""
        if self._work is None or self.file is None:
            return
        typed = departure_edit.typed_of(self._work.file, self._tidy())
        key = self._key
        if typed:
            self._runner.start(lambda: drafts.keep(self._session, FORM, key, typed), _nothing)

    def take_draft(self) -> None:
        """Go on with what was typed before."""
        if self._work is not None and self._work.draft is not None and self.file is not None:
            self.file = departure_edit.with_typed(self.file, self._work.draft.typed)
            self._show()

    def drop_draft(self) -> None:
        """Throw away what was typed before."""
        key = self._key
        self._runner.start(lambda: drafts.drop(self._session, FORM, key), _nothing)

    # -- checks ------------------------------------------------------------------------------------------------------

    def outcomes(self) -> Pairs:
        """The answers to *mag vertrekken*."""
        return tuple(
            (each.code, each.label(language()))
            for each in self._session.content.choices("basis", "mag-vertrekken")
        )

    def record_check(self, persons: Sequence[str], asked_of: str, answered_by: str, outcome: str) -> None:
        """Write down the answer on *mag vertrekken*, given just now."""
        if not (self.departure and persons and asked_of.strip() and outcome):
            self._screen.show_said(_("Fill in who was asked and what the answer was."), undoable=False)
            return

        def work() -> None:
            departures.record_check(
                self._session,
                *persons,
                asked_of=asked_of.strip(),
                answered_by=answered_by.strip(),
                outcome=outcome,
            )

        def done(_nothing: object) -> None:
            self._screen.show_said(_("The answer on ‘may leave’ was written down."), undoable=True)
            self._refresh_checks()

        self._runner.start(work, done, self._failed)

    def _refresh_checks(self) -> None:
        work = self._work
        assert work is not None

        def read(found: Mapping[str, RemovabilityCheck]) -> None:
            assert self._work is not None
            self._work = Work(
                before=self._work.before,
                file=self._work.file,
                family=self._work.family,
                originals=self._work.originals,
                known=self._work.known,
                checks=found,
            )
            self._show()

        self._runner.start(lambda: departures.checks_of(self._session, work.file), read)

    def open_checklist(self, person: str) -> None:
        """Show the checklist of a person, as it is saved."""
        if not self.departure:
            return
        departure = self.departure
        self._runner.start(
            lambda: departure_checks.read_checklist(
                self._session, departures.load(self._session, departure), person
            ),
            lambda found: self._screen.show_checklist(person, found),
            self._failed,
        )

    def answer_line(self, person: str, code: str, answer: str, reason: str) -> None:
        """Keep the answer to a line of the checklist."""
        departure = self.departure

        def failed(problem: KnownProblem) -> None:
            self._screen.show_line_problem(code, problem_text(problem))

        self._runner.start(
            lambda: departure_checks.answer_line(self._session, departure, person, code, answer, reason),
            lambda _nothing: self.open_checklist(person),
            failed,
        )

    def answers(self) -> tuple[tuple[str, str, bool], ...]:
        """The answers to a line of the checklist: code, words, and whether a reason goes with it."""
        found = self._session.content.choices("vertrek", departure_checks.ANSWERS)
        return tuple((each.code, each.label(language()), each.needs_reason) for each in found)


class NoNumber(KnownProblem):
    """The text is no number."""

    message = N_("Write a number, for example 12 or 21,5.")


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise NoNumber from None


def _listed(file: DepartureFile, kind: str) -> Sequence[Listed]:
    """The records of a kind that stand in an order."""
    every: tuple[Listed, ...] = (*file.flights, *file.escorts, *file.receivers, *file.belongings)
    return [each for each in every if kind_of(each).name == kind]


def _kind_name(record: Record) -> str:
    return kind_of(record).name


def _name(person: Person) -> str:
    return PersonName(family=person.family_name or "", given=person.given_names or "").full or _(
        "name unknown"
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _nothing(_result: object) -> None:
    """A draft needs no word."""
