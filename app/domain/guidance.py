"""What the field knows about talks: phases, checklists, kinds of talk; each carries where it comes from.

The sentences themselves are content (`resources/content`), dated and sourced; nothing here holds one.
"""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How firm an item is (the marks of the domain notes)."""

    SOURCE = "bron"
    SOURCE_2015 = "bron-2015"
    SOURCE_2017 = "bron-2017"
    ASSUMPTION = "aanname"
    OPEN = "open"

    @property
    def is_aged(self) -> bool:
        """Tell whether the text read was of 2015 or 2017: to be checked against today's."""
        return self in (Mark.SOURCE_2015, Mark.SOURCE_2017)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as named in its pack. `as_of`: date of the source, else the day it was taken over."""

    code: str
    title: str
    address: str = ""
    as_of: str
    is_dated_by_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an item comes from and when it holds. Dates are texts `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    mark: Mark
    sources: tuple[Source, ...]
    as_of: str
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""
    is_partly_assumed: bool = False

    def holds_on(self, day: str) -> bool:
        """Tell whether the item holds on `day` (`YYYY-MM-DD`); an open end holds."""
        starts, ends = self.valid_from, self.valid_to
        return (not starts or day[: len(starts)] >= starts) and (not ends or day[: len(ends)] <= ends)


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Dutch and English."""

    nl: str
    en: str

    def text(self, language: str) -> str:
        """Return the words in `language` ("nl", "en", also "en_GB"); any other language gets Dutch."""
        return self.en if language.startswith("en") else self.nl


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a content pack. `code` is stable for ever; the words may change with the pack."""

    code: str
    words: Words
    provenance: Provenance

    def label(self, language: str) -> str:
        """Return the words of the item in `language`."""
        return self.words.text(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Item):
    """One line of a list to choose from. `traits` names what is true of it ("travel", "moment:begin")."""

    list_name: str
    key: str = ""
    needs_reason: bool = False
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem(Item):
    """One sentence of a checklist. `part` is the phase, the moment or the kind of talk it belongs to."""

    part: str
    position: int
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Item):
    """A phase of working in a compulsory frame: a working label with a reason, never a score of a person."""

    number: int
    looks_like: Words
    goal: Words
    forward: Words
    fallback: Words
    techniques: tuple[Item, ...]
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkStep(Item):
    """One of the eight steps of a talk, with the minutes proposed for it."""

    number: int
    minutes: int
    hint: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkKind(Item):
    """A kind of talk, with the items that come on top of the general ones."""

    items: tuple[ChecklistItem, ...]
    has_phase_checklist: bool
    asks_special_circumstances: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Item):
    """A special circumstance that is asked in every talk: "none" is an answer, silence is not."""

    question: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AlliancePart(Item):
    """A part of the working alliance as the officer sees it."""

    hint: Words
    helps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalTerm(Item):
    """A legal term to look up; never computed with."""

    length: Words
    starts_from: Words
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Item):
    """A number that an administrator may change; `amount` None means that nobody knows it."""

    amount: int | None
    unit: str
