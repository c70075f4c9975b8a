"""The form of a new or planned talk, with the checklist before it. What is proposed may be changed; nothing is sent.

What is typed is kept as a draft, so that closing or locking in the middle loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.domain.guidance import ChecklistItem
from app.domain.kinds.talk import Talk
from app.domain.record import Value
from app.domain.talk_course import before_talk
from app.i18n import _, formats, language
from app.services import drafts, talk_proposal, talks
from app.services.drafts import Draft
from app.services.session import Session
from app.services.talk_proposal import Candidate, TalkForm
from ui.presenters.ask import at_fields, problems_of
from ui.presenters.gate import Runner

FORM: Final = "talk_form"
_FIELDS: Final = (
    "kind", "phase", "place", "others_present", "interpreter", "interpreter_language", "recording", "goal",
    "planned_at",
)  # fmt: skip
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form: values by field name as the record has them, who takes part, answers by item."""

    values: Mapping[str, str]
    persons: tuple[str, ...]
    answers: Mapping[str, str]
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Pairs of code reference and words for the choices of the form."""

    kinds: Pairs
    phases: Pairs
    interpreters: Pairs
    recordings: Pairs


class TalkFormScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_form(self, form: TalkForm, typed: Typed, phase_hint: str) -> None:
        """Fill the form."""

    def show_draft(self, sentence: str) -> None:
        """Offer what was typed before; "" when there is nothing."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """A sentence beside each field ("" for the form as a whole); the focus goes to the first."""

    def leave_to_talk(self, talk: str) -> None:
        """The talk has begun."""

    def leave_to_family(self, dossier: str, sentence: str) -> None:
        """The talk stands in the agenda."""


class TalkFormPresenter:
    """Open with a dossier (new) or a planned talk."""

    def __init__(self, session: Session, runner: Runner, screen: TalkFormScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._form: TalkForm | None = None
        self._draft: Draft | None = None
        self._key = ""

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """The checklist before a talk."""
        return before_talk(self._session.content.talk_items)

    def choices(self) -> Choices:
        """What can be chosen; `with_own` adds a value of an older content pack."""
        content, spoken = self._session.content, language()
        return Choices(
            kinds=tuple(
                (content.ref("gesprek", code), kind.label(spoken))
                for code, kind in content.talk_kinds.items()
            ),
            phases=tuple((content.ref("fasen", phase.code), phase.label(spoken)) for phase in content.phases),
            interpreters=tuple(
                (content.ref("gesprek", mode.code), mode.label(spoken)) for mode in content.interpreter_modes
            ),
            recordings=tuple(
                (content.ref("basis", each.code), each.label(spoken))
                for each in content.choices("basis", "opname")
            ),
        )

    def with_own(self, pairs: Pairs, code_ref: str) -> Pairs:
        """The pairs, and the value that stands when it comes from an older pack."""
        if not code_ref or any(code == code_ref for code, _words in pairs):
            return pairs
        return (*pairs, (code_ref, self._session.content.label(code_ref, language())))

    def role_words(self, candidate: Candidate) -> str:
        """Role in the family, and that somebody is a child."""
        role = self._session.content.label(candidate.role, language()).lower()
        return ", ".join(
            dict.fromkeys(part for part in (role, _("child") if candidate.is_child else "") if part)
        )

    def open(self, dossier: str, talk: str = "", *, later: bool = False) -> None:
        """Open the form of a new talk, or of a planned one."""
        self._form, self._key = None, talk or dossier

        def work() -> tuple[TalkForm, Draft | None]:
            session = self._session
            form = (
                talk_proposal.open_planned(session, talk) if talk else talk_proposal.propose(session, dossier)
            )
            return form, drafts.find(session, FORM, talk or dossier)

        def done(found: tuple[TalkForm, Draft | None]) -> None:
            self._form, self._draft = found
            form = found[0]
            typed = Typed(values=_values(form.talk), persons=form.persons, answers=form.answers, later=later)
            self._screen.show_form(form, typed, self._phase_hint(form))
            self._screen.show_draft(_draft_words(self._draft))

        self._runner.start(work, done, self._refused)

    def take_draft(self) -> None:
        """Put back what was typed before."""
        if self._form is None or self._draft is None:
            return
        kept = {name: str(value or "") for name, value in self._draft.typed.items()}
        answers = {name[5:]: value for name, value in kept.items() if name.startswith("item.")}
        opened = _values(self._form.talk)
        values = {name: kept.get(name, opened[name]) for name in _FIELDS}
        known = {each.person for each in self._form.candidates}
        persons = tuple(person for person in kept.get("persons", "").split() if person in known)
        typed = Typed(values=values, persons=persons, answers=answers, later=kept.get("later") == "1")
        self._draft = None
        self._screen.show_form(self._form, typed, self._phase_hint(self._form))
        self._screen.show_draft("")

    def drop_draft(self) -> None:
        """Throw away what was typed before."""
        self._draft = None
        self._screen.show_draft("")
        key = self._key
        self._runner.start(lambda: drafts.drop(self._session, FORM, key), _nothing)

    def keep_draft(self, typed: Typed) -> None:
        """Keep what is typed now, unless nothing differs from what the form opened with."""
        form, key = self._form, self._key
        if form is None or self._draft is not None:
            return
        opened = Typed(
            values=_values(form.talk), persons=form.persons, answers=form.answers, later=typed.later
        )
        if _flat(opened) == _flat(typed):
            return
        self._runner.start(
            lambda: drafts.keep(self._session, FORM, key, _flat(typed), _flat(opened)),
            _nothing,
        )

    def store(self, typed: Typed, unreadable: Mapping[str, str] | None = None) -> None:
        """Begin the talk, or put it in the agenda when it is for later; or say all that is wrong at once. `unreadable`
        is what was typed and cannot be read, a sentence per field."""
        form, key = self._form, self._key
        if form is None:
            return
        session = self._session
        wanted = form.talk.with_values(**{name: typed.values.get(name) or None for name in _FIELDS})
        if unreadable:
            wrong = talks.problems(wanted, typed.persons, needs_moment=False)
            self._screen.show_problems({**at_fields(wrong, {}), **unreadable})
            return

        def work() -> str:
            if form.before is not None:
                made = talks.prepare(
                    session, form.before, wanted, typed.persons, typed.answers, begin=not typed.later
                )
            elif typed.later:
                made = talks.plan(session, wanted, typed.persons, typed.answers)
            else:
                made = talks.begin(session, wanted, typed.persons, typed.answers)
            drafts.drop(session, FORM, key)
            return made.record

        def done(talk: str) -> None:
            self._form = None
            if typed.later:
                self._screen.leave_to_family(wanted.scope, _("The talk stands in the agenda."))
            else:
                self._screen.leave_to_talk(talk)

        self._runner.start(work, done, self._refused)

    def cancel(self, reason: str) -> None:
        """The planned talk will not take place."""
        form = self._form
        if form is None or form.before is None:
            return
        before = form.before

        def done(_written: object) -> None:
            self._form = None
            self._screen.leave_to_family(before.scope, _("The talk was taken out of the agenda."))

        self._runner.start(lambda: talks.cancel(self._session, before, reason), done, self._refused)

    def _refused(self, problem: KnownProblem) -> None:
        self._screen.show_problems(problems_of(problem))

    def _phase_hint(self, form: TalkForm) -> str:
        last = form.last_phase
        if last is None:
            return _("No phase was recorded yet. It is your working mark, not a score.")
        label = self._session.content.label(last.phase, language())
        when = formats.day(last.on, self._session.today) if last.on else _("unknown")
        words = _("Recorded last: %(phase)s, %(day)s.", phase=label, day=when)
        reason = _("Reason: %(reason)s", reason=last.reason) if last.reason else ""
        return " ".join(part for part in (words, reason) if part)


def _values(talk: Talk) -> dict[str, str]:
    return {name: str(getattr(talk, name) or "") for name in _FIELDS}


def _flat(typed: Typed) -> dict[str, Value]:
    answers = {f"item.{item}": answer for item, answer in typed.answers.items() if answer}
    return {
        **typed.values,
        "persons": " ".join(sorted(typed.persons)),
        "later": "1" if typed.later else "",
        **answers,
    }


def _draft_words(draft: Draft | None) -> str:
    return _("What you typed on %(moment)s was not saved.", moment=formats.deed(draft.at)) if draft else ""


def _nothing(_result: object) -> None:
    """Nobody waits for this outcome."""
