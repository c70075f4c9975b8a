"""The form of a family: from records to what is typed, and back with all that is wrong at once.

What is typed is held as plain text by record and field, so that it can be kept as a draft word for word and nothing
is lost when it cannot be read. Codes are held without their pack; a choice that did not change keeps its old pack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, Protocol

from app.domain.entry import EntryRefused
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import Precision
from app.domain.incomplete_date_entry import parse
from app.domain.incomplete_date_words import say_age
from app.domain.person_name import latin_form_problem
from app.domain.text import space_advice, v_number_advice
from app.i18n import _, language, ngettext, problem_text
from app.services import differences, drafts, duplicates, families, glyph_check, one_person
from app.services.choices import country_named
from app.services.drafts import Draft
from app.services.duplicates import Hit, PersonTraits
from app.services.families import Family, Member, Saved
from app.services.happened import future_days
from app.services.session import Session
from ui.presenters.family_form_text import (
    CODES,
    DATES,
    NATIONALITY,
    YES_NO,
    DraftRow,
    Typed,
    as_read,
    draft_rows,
    read_typed,
    shown_nationality,
    typed_from,
    typed_traits,
    with_draft,
)
from ui.presenters.family_presenter import both_words
from ui.presenters.family_words import age_words, country_advice, date_words, lower_first
from ui.presenters.gate import Runner

FORM: Final = "family"
_LATIN: Final = {
    "family_name_native": "family_name", "given_names_native": "given_names", "title_native": "title",
    "family_name": "", "given_names": "", "title": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """What the form opens with. `offer` is the sentence about a draft, `inflow` the record asked of a new family."""

    title: str
    is_new: bool
    dossier: str
    members: tuple[Member, ...]
    inflow: str
    typed: Typed
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody whom a member may be: who and where, why, and whether they are to be one person after saving.

    `other` is empty where that cannot be said here: somebody shielded.
    """

    words: str
    why: str = ""
    other: str = ""
    is_one: bool = False


class FamilyFormScreen(Protocol):
    """What the presenter asks of the form."""

    def show_form(self, view: FormView) -> None:
        """Fill the form."""

    def show_problems(self, problems: Mapping[tuple[str, str], str], sentence: str) -> None:
        """Show a sentence beside each field (record id, field) and one above; the focus goes to the first."""

    def show_saved(self, saved: Saved, sentence: str) -> None:
        """All is saved: leave the form."""

    def show_moved(self, sentence: str, rest: str) -> None:
        """Saved, and somebody else had changed the same: say it, with the way to clear it up."""

    def show_known(self, person: str, known: Sequence[Known]) -> None:
        """Show beside a member who it may be that is known already."""

    def show_gone(self, sentence: str) -> None:
        """The dossier is not here."""


class FamilyFormPresenter:
    """Holds what the form was opened with; the screen holds what is typed."""

    def __init__(self, session: Session, runner: Runner, screen: FamilyFormScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._before: Family | None = None
        self._family: Family | None = None
        self._draft_key = ""
        self._waiting: tuple[Draft, ...] = ()
        self._asked: dict[str, PersonTraits] = {}
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._one: set[tuple[str, str]] = set()

    # -- opening -----------------------------------------------------------------------------------------------------

    def open(self, dossier: str) -> None:
        """Open for a family; "" for a new one."""
        self._draft_key = f"{FORM}:{dossier or 'new'}"
        self._runner.start(lambda: self._load(dossier), self._opened, self._failed)

    def _load(self, dossier: str) -> tuple[Family | None, Family, tuple[Draft, ...]]:
        waiting = drafts.waiting(self._session, self._draft_key)
        if not dossier:
            return None, families.new_family(self._session), waiting
        family = families.load(self._session, dossier)
        return family, family, waiting

    def _opened(self, found: tuple[Family | None, Family, tuple[Draft, ...]]) -> None:
        self._before, self._family, self._waiting = found
        self._show()

    def _show(self, typed: Typed | None = None) -> None:
        assert self._family is not None
        title = _("New family")
        if self._before is not None:
            title = _("Change family %(name)s", name=self._before.dossier.title or "")
        self._screen.show_form(
            FormView(
                title=title,
                is_new=self._before is None,
                dossier=self._family.dossier.id,
                members=self._family.members,
                inflow=self._family.inflow.id if self._family.inflow is not None else "",
                typed=typed if typed is not None else typed_from(self._session, self._family),
                offer=_("You typed something here before that was not saved.") if self._waiting else "",
            )
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_gone(problem_text(problem))

    # -- drafts ------------------------------------------------------------------------------------------------------

    def keep_draft(self, typed: Typed, members: Sequence[Member]) -> None:
        """Keep what is typed, record by record; nothing is kept of a form that was not touched."""
        if self._family is None:
            return
        rows = draft_rows(
            self._session, self._opened_with(), replace(self._family, members=tuple(members)), typed
        )
        key, undecided = self._draft_key, bool(self._waiting)
        self._runner.start(lambda: self._keep(key, rows, replace_all=not undecided), _nothing)

    def _opened_with(self) -> Family:
        """What counts as untouched: the family as read, or an empty form."""
        assert self._family is not None
        return self._before or replace(self._family, members=self._family.members[:1])

    def _keep(self, key: str, rows: Mapping[str, DraftRow], *, replace_all: bool = True) -> None:
        """A draft that was offered and neither taken nor thrown away stays, as far as nothing new replaces it."""
        for old in drafts.waiting(self._session, key) if replace_all else ():
            if old.key not in rows:
                drafts.drop(self._session, key, old.key)
        for record, row in rows.items():
            drafts.keep(self._session, key, record, row.typed, row.read)

    def take_draft(self) -> None:
        """Show what was typed before; what it had been read from counts as what was on screen (settled rule 11)."""
        if self._family is None:
            return
        self._family, typed = with_draft(self._session, self._family, self._waiting)
        if self._before is not None:
            self._before = as_read(self._before, self._waiting)
        self._waiting = ()
        self._show(typed)

    def drop_draft(self) -> None:
        """Throw away what was typed before."""
        self._waiting, key = (), self._draft_key
        self._runner.start(lambda: self._keep(key, {}), _nothing)

    # -- members -----------------------------------------------------------------------------------------------------

    def new_member(self, position: int) -> Member:
        """An empty member at the end; nothing is stored yet."""
        assert self._family is not None
        return families.new_member(self._session, self._family.dossier.id, position=position)

    # -- who may be known already ----------------------------------------------------------------------------------

    def look(self, typed: Typed, members: Sequence[Member]) -> None:
        """Ask for members whose names, birth date or number changed since they were last asked for."""
        but = tuple(member.person.id for member in members)
        for member in members:
            person = member.person.id
            traits = typed_traits(typed, member)
            if self._asked.get(person) != traits:
                self._asked[person] = traits
                self._runner.start(
                    partial(self._find, person, traits, but),
                    partial(self._found_known, person, traits),
                    _nothing,
                )

    def _find(self, person: str, traits: PersonTraits, but: tuple[str, ...]) -> tuple[Hit, ...]:
        return duplicates.look(self._session, traits, person=person, but=but)

    def _found_known(self, person: str, traits: PersonTraits, hits: tuple[Hit, ...]) -> None:
        if self._asked.get(person) == traits:
            self._hits[person] = hits
            self._show_known(person)

    def say_one(self, person: str, other: str) -> None:
        """They are one person; said again: they are not. It is written down when the form is saved."""
        self._one ^= {(person, other)}
        self._show_known(person)

    def _show_known(self, person: str) -> None:
        self._screen.show_known(
            person,
            [
                Known(
                    words=duplicates.hit_where(hit),
                    why=hit.why,
                    other="" if hit.is_shielded else hit.person,
                    is_one=(person, hit.person) in self._one,
                )
                for hit in self._hits.get(person, ())
            ],
        )

    # -- saving ------------------------------------------------------------------------------------------------------

    def save(self, typed: Typed, members: Sequence[Member]) -> None:
        """Save, or say everything that is wrong."""
        assert self._family is not None
        family = replace(self._family, members=tuple(members))
        wanted, found = read_typed(self._session, family, typed)
        if found:
            if wanted.inflow is not None:
                found += future_days(self._session, wanted.inflow, "on")
            self._refused(EntryRefused(tuple(found)))
            return
        before, key = self._before, self._draft_key
        self._runner.start(lambda: self._save(before, wanted, key), self._saved, self._refused)

    def _save(self, before: Family | None, wanted: Family, key: str) -> tuple[Saved, str]:
        saved = families.save(self._session, before, wanted)
        here = {member.person.id for member in wanted.members}
        for person, other in sorted(self._one):
            if person in here:
                one_person.link(self._session, person, other, dossier=saved.dossier)
        self._one.clear()
        self._keep(key, {})
        if not saved.moved:
            return saved, ""
        moved = {(cell.record, cell.field) for cell in saved.moved}
        open_ = differences.open_ones(self._session, saved.dossier)
        said = [
            f"{lower_first(_(each.title))}: {both_words(each)}"
            for each in open_
            if (each.record, each.field) in moved
        ]
        return saved, "; ".join(said)

    def _saved(self, outcome: tuple[Saved, str]) -> None:
        saved, moved = outcome
        if saved.moved:
            self._screen.show_moved(
                _(
                    "Somebody else changed the same while you were typing. Both values stand; nothing is lost."
                ),
                moved,
            )
            return
        registered = self._before is None
        self._screen.show_saved(saved, _("Family registered.") if registered else _("Family changed."))

    def _refused(self, problem: KnownProblem) -> None:
        if not isinstance(problem, EntryRefused):
            self._screen.show_problems({}, problem_text(problem))
            return
        said: dict[tuple[str, str], str] = {}
        for each in problem.found:
            said.setdefault((each.record, each.field), problem_text(each.problem))
        count = len(said)
        self._screen.show_problems(
            said,
            ngettext(
                "%(count)d field cannot be saved like this. What is wrong stands beside it.",
                "%(count)d fields cannot be saved like this. What is wrong stands beside each.",
                count,
                count=count,
            ),
        )

    # -- choices and advice ------------------------------------------------------------------------------------------

    def choices(self, field: str) -> tuple[tuple[str, str], ...]:
        """(bare code, words) of a field that is chosen; "" is *not filled in*."""
        none = ("", _("not filled in"))
        if field in YES_NO:
            no = _("no, from a document") if field == "birth_date_stated" else _("no")
            return (none, ("1", _("yes")), ("0", no))
        made = self._session.content.choices("basis", CODES[field])
        return (none, *((choice.code, choice.label(language())) for choice in made))

    def countries(self) -> tuple[str, ...]:
        """Nationalities to complete what is typed."""
        return tuple(country.label(language()) for country in self._session.content.countries.values())

    def advice(self, field: str, typed: str, fields: Mapping[str, str]) -> str:
        """A remark beside a field that keeps nothing from being saved; `fields` are those of the same record."""
        if not typed.strip():
            return ""
        if field == NATIONALITY:
            return "" if self._is_country(typed) else country_advice(self._session, typed)
        if field in DATES:
            return _date_advice(typed, self._session.today, with_age=field == "birth_date")
        if field == "value":
            found = v_number_advice(typed)
            return _(found.message) if found else ""
        if field in _LATIN:
            latin = fields.get(_LATIN[field], "")
            problem = latin_form_problem(typed, latin, glyph_check.unprintable)
            if problem is not None:
                return problem_text(problem)
        space = space_advice(typed)
        return _(space.message) if space else ""

    def _is_country(self, typed: str) -> bool:
        """Whether it stands for a country: one of the list, or one that stands there from an older list."""
        members = self._family.members if self._family is not None else ()
        held = (shown_nationality(self._session, each) for each in members if each.nationality.country)
        return bool(country_named(self._session, typed)) or typed in held


def _nothing(_outcome: object) -> None:
    """Keeping a draft shows nothing."""


def _date_advice(typed: str, today: date, *, with_age: bool) -> str:
    try:
        found = parse(typed)
    except KnownProblem:
        return ""  # what is wrong is said when the field is left
    words = date_words(found)
    if with_age:
        ahead = found.is_ahead(today)  # otherwise the age needs no reason: the date beside it is one
        said = f"{words}; {age_words(found, today) if ahead else say_age(found, today, translate=_)}"
        is_part = found.precision not in (Precision.FULL, Precision.APPROXIMATE)
        return _("%(said)s; in the BRP %(brp)s", said=said, brp=found.brp) if is_part else said
    return "" if words == typed.strip() else words  # an echo would tell nothing
