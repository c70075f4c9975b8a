"""Reads a departure for its form, saves it, keeps what is typed as a draft, and keeps the checklist beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.domain.entry import EntryRefused
from app.domain.errors import KnownProblem
from app.domain.kinds.person import RemovabilityCheck
from app.i18n import _, language, ngettext, problem_text
from app.services import departure_checks, departure_edit, departures, drafts, families
from app.services.session import Session
from ui.presenters.departure_form import DepartureForm
from ui.presenters.departure_seen import DepartureScreen, Work
from ui.presenters.departure_values import Pairs
from ui.presenters.gate import Runner

FORM = "departure"


class DeparturePresenter:
    """`form` is the departure as it is wanted now, None before it was read."""

    def __init__(self, session: Session, runner: Runner, screen: DepartureScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._key = ""
        self.form: DepartureForm | None = None

    @property
    def dossier(self) -> str:
        """The dossier of the departure, "" before it was read."""
        return self.form.work.family.dossier.id if self.form is not None else ""

    @property
    def departure(self) -> str:
        """The id of a departure that is in the store, "" for a new one."""
        form = self.form
        return form.file.departure.id if form is not None and form.work.before is not None else ""

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form is not None and self.form.is_changed

    # -- opening -----------------------------------------------------------------------------------------------------

    def open(self, subject: str, *, new: bool = False) -> None:
        """Open a departure, or with `new` an empty one for the dossier `subject`."""
        self._key = f"new:{subject}" if new else subject
        self._runner.start(lambda: self._load(subject, new=new), self._opened, self._failed)

    def _load(self, subject: str, *, new: bool) -> Work:
        session, draft = self._session, drafts.find(self._session, FORM, self._key)
        if new:
            family = families.load(session, subject)
            file = departures.new_file(subject, [member.person.id for member in family.once()])
            people, looks = departures.travellers(session, [member.person.id for member in family.once()])
            file = departures.changed(file, people=people, appearances=looks)
            return Work(before=None, file=file, family=family, draft=draft, known=(*people, *looks))
        file = departures.load(session, subject)
        family = families.load(session, file.departure.scope)
        there = [each.person or "" for each in file.persons]
        people, looks = departures.travellers(session, [each.person.id for each in family.once(there)])
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
        self.form = DepartureForm(self._session, work, self._show)
        self._show()

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_said(problem_text(problem), undoable=False)

    def _show(self) -> None:
        if self.form is not None:
            self._screen.show_departure(self.form.view())

    # -- saving ------------------------------------------------------------------------------------------------------

    def save(self, after: Callable[[str], None] | None = None) -> None:
        """Save everything in one action; `after` gets the id of the departure."""
        if self.form is None:
            return
        work_read, wanted, key = self.form.work, self.form.tidy(), self._key
        before, known = work_read.before, work_read.known

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
        if self.form is None:
            return
        typed = departure_edit.typed_of(self.form.work.file, self.form.tidy())
        key = self._key
        if typed:
            self._runner.start(lambda: drafts.keep(self._session, FORM, key, typed), _nothing)

    def take_draft(self) -> None:
        """Go on with what was typed before."""
        draft = self._answered()
        if self.form is not None and draft is not None:
            self.form.file = departure_edit.with_typed(self.form.file, draft.typed)
            self._show()

    def drop_draft(self) -> None:
        """Throw away what was typed before."""
        key = self._key
        self._answered()
        self._runner.start(lambda: drafts.drop(self._session, FORM, key), _nothing)

    def _answered(self) -> drafts.Draft | None:
        """The draft that was on offer; offered once, or it would come back over what is typed after it."""
        if self.form is None:
            return None
        draft, self.form.work = self.form.work.draft, replace(self.form.work, draft=None)
        return draft

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
        if self.form is None:
            return
        form, file = self.form, self.form.work.file

        def read(found: Mapping[str, RemovabilityCheck]) -> None:
            form.work = replace(form.work, checks=found)
            self._show()

        self._runner.start(lambda: departures.checks_of(self._session, file), read)

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


def _nothing(_result: object) -> None:
    """A draft needs no word."""
