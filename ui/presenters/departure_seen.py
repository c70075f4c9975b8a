"""What the form of a departure shows, and what it is made from: the reading and its travellers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from app.domain.kinds.person import Appearance, Original, Person, RemovabilityCheck
from app.domain.person_name import PersonName
from app.i18n import _, formats, language, ngettext, problem_text
from app.services import drafts, families
from app.services.departure_checks import Checklist
from app.services.departures import DepartureFile, LeftAndCalledOff
from app.services.session import Session


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
    """What the form shows; the fields are asked of the form, record by record. `ended` says how it ended."""

    title: str
    quiet: tuple[str, ...]
    is_new: bool
    travellers: tuple[Traveller, ...]
    offer: str
    ended: str = ""


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


def view_of(session: Session, work: Work, file: DepartureFile) -> DepartureView:
    """What the form shows of `file`, which is what is wanted now."""
    day = file.departure.planned_on
    travelling = {each.person for each in file.persons}
    members = {each.person.id: each.person for each in work.family.once([one or "" for one in travelling])}
    for person in file.people:
        members.setdefault(person.id, person)
    travellers = ngettext(
        "%(count)d traveller", "%(count)d travellers", len(file.persons), count=len(file.persons)
    )
    return DepartureView(
        title=_("Departure of %(name)s", name=work.family.dossier.title or ""),
        quiet=(
            work.family.dossier.number or "",
            formats.day_in_full(date.fromisoformat(day)) if day else _("day of departure unknown"),
            travellers,
        ),
        is_new=work.before is None,
        travellers=tuple(
            Traveller(
                person=person.id,
                name=name_of(person),
                travels=person.id in travelling,
                kinds=file.kinds_of(person.id),
                check=_check_words(session, work.checks.get(person.id)),
                check_is_old=person.id not in work.checks,
            )
            for person in members.values()
        ),
        offer=_("You typed something here before that was not saved.") if work.draft is not None else "",
        ended=_ended(work),
    )


def _ended(work: Work) -> str:
    """How a departure in the store ended, "" while it is still to come."""
    if work.before is None:
        return ""
    stored = work.before.departure
    if stored.cancelled_on and stored.departed_on:  # two officers, each one of them
        return problem_text(LeftAndCalledOff())
    if stored.cancelled_on:
        return _(
            "Does not go on, since %(day)s. Reason: %(reason)s.",
            day=formats.day_in_full(date.fromisoformat(stored.cancelled_on)),
            reason=stored.cancel_reason or _("not written down"),
        )
    if stored.departed_on:
        return _("Left on %(day)s.", day=formats.day_in_full(date.fromisoformat(stored.departed_on)))
    return ""


def _check_words(session: Session, made: RemovabilityCheck | None) -> str:
    if made is None or not made.answered_at:
        return _("not asked yet")
    words = session.content.label(made.outcome, language())
    by = ", ".join(part for part in (made.asked_of, made.answered_by) if part)
    return _("%(outcome)s: %(moment)s, %(by)s", outcome=words, moment=formats.deed(made.answered_at), by=by)


def name_of(person: Person) -> str:
    """The name in our letters, or that it is unknown."""
    full = PersonName(family=person.family_name or "", given=person.given_names or "").full
    return full or _("name unknown")
