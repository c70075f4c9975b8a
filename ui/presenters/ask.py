"""A form as data: what is asked, of which kind, with which choices. The screen makes a field of each.

Unknown is a value: where it may be chosen, the form offers it, and it is stored as said, never as left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, Protocol

from app.domain.entry import EntryRefused, FieldProblem
from app.domain.errors import KnownProblem
from app.i18n import N_, _, problem_text
from ui.bridge.place import Place
from ui.presenters.fact import FactGroup

UNKNOWN: Final = "?"
"""The value of a question that was answered with *unknown*."""


class AskKind(Enum):
    """How a question is answered. Values are texts: dates `YYYY-MM-DD`, moments with an optional time, codes."""

    TEXT = "text"
    NUMBER = "number"  # of a document: letters and digits that must not be mistaken
    NOTE = "note"
    DATE = "date"
    MOMENT = "moment"
    INCOMPLETE = "incomplete"  # a date of which parts may be unknown, in the text form of the records
    CHOICE = "choice"
    PEOPLE = "people"  # ids with commas between


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. `choices` are (code, words) pairs; for a text they are proposals. `value` is what stands there."""

    name: str
    label: str
    kind: AskKind
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = False
    unknown: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above a form; `save` are the words of its primary button."""

    title: str
    quiet: tuple[str, ...]
    back: str
    save: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose before the form: a state or a deed. A heading has no code."""

    code: str
    words: str
    icon: str = ""
    role: str = "ink"


class AskScreen(Protocol):
    """What a presenter asks of the form."""

    def show_head(self, head: Head) -> None:
        """Say what is asked, of what."""

    def show_options(self, options: Sequence[Option], chosen: str) -> None:
        """Show what can be chosen first; none hides the list."""

    def show_asks(self, asks: Sequence[Ask], *, fresh: bool) -> None:
        """Show these questions. Unless `fresh`, what was typed in questions that stay is kept."""

    def show_facts(self, groups: Sequence[FactGroup]) -> None:
        """Show what stands beside the form."""

    def show_stop(self, state: str, sentence: str, rest: str = "", *, may_save: bool) -> None:
        """Show a banner, "" for none; without `may_save` nothing can be saved, and the sentence says why."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """A sentence beside each field; "" names the form as a whole. The focus goes to the first."""

    def offer_draft(self, words: str) -> None:
        """Offer what was typed before and not saved; "" when there is nothing."""

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Fill in texts as they were typed."""

    def leave_to(self, place: Place, sentence: str = "") -> None:
        """It is done, or will not be; with a sentence that can be undone."""

    def show_gone(self, sentence: str) -> None:
        """What the form is about is not here."""


def problems_of(problem: KnownProblem, names: Mapping[str, str] | None = None) -> dict[str, str]:
    """A sentence per field; `names` maps the names of records to those of the form."""
    if isinstance(problem, EntryRefused):
        return at_fields(problem.found, names or {})
    return {"": problem_text(problem)}


def at_fields(found: Iterable[FieldProblem], names: Mapping[str, str]) -> dict[str, str]:
    """The first sentence about each field; `names` maps the names of records to those of the form."""
    said: dict[str, str] = {}
    for each in found:
        said.setdefault(names.get(each.field, each.field), problem_text(each.problem))
    return said


def not_filled(asks: Sequence[Ask], values: Mapping[str, str]) -> dict[str, str]:
    """What must be answered and was not: a sentence per question."""
    found = {}
    for ask in asks:
        if ask.required and not values.get(ask.name):
            found[ask.name] = _MISSING[ask.unknown]
    return {name: _(sentence) for name, sentence in found.items()}


_MISSING: Final = {
    False: N_("Fill this in to go on."),
    True: N_("Fill this in. You do not know it? Choose unknown."),
}


def day_ask(name: str, label: str, today: date, value: str = "", hint: str = "") -> Ask:
    """The day on which something happened: today unless changed, and never in silence."""
    said = hint or _("Today is filled in. Change it if it was earlier.")
    return Ask(
        name=name, label=label, kind=AskKind.DATE, required=True, value=value or today.isoformat(), hint=said
    )
