"""Loads the content packs, each when it is first asked for, and answers what a code means.

Reading all packs takes some tens of milliseconds, most of it in the TOML reader; a start that needs two of
them should not pay for eleven. Whoever wants to know at once that every file is whole calls `load_all`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from typing_extensions import override

from app.content import country_reader, departure_reader, problem, state_reader, talk_reader, track_reader
from app.content.pack import SHORT, Pack, pack_from_canonical, read_pack
from app.content.schema import PACKS
from app.domain.case_state import CaseState
from app.domain.country import Agreement, Country
from app.domain.free_text_check import WordRule
from app.domain.guidance import (
    AlliancePart,
    ChecklistItem,
    Choice,
    Item,
    LegalTerm,
    Phase,
    Setting,
    TalkKind,
    TalkStep,
    Topic,
)
from app.domain.request_track import Need, Track
from app.domain.special_departure import ChecklistLine, TravelCondition
from app.domain.support import SupportAmount
from app.domain.term import TermDefinition
from app.domain.work_calendar import WorkCalendar

__all__ = ["Content", "load", "pack_from_canonical"]

PACK_NAMES: Final = tuple(PACKS)


class _Shelf(Mapping[str, Pack]):
    """The packs of a folder by name, read when first asked for; two threads may read one twice: harmless."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Pack] = {}

    @override
    def __getitem__(self, name: str) -> Pack:
        if name not in PACKS:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = read_pack(self._folder / f"{name}.toml")
        return self._read[name]

    def read_first(self) -> tuple[str, ...]:
        """Return the names, those of packs that were read already first."""
        return tuple(sorted(PACK_NAMES, key=lambda name: name not in self._read))

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(PACK_NAMES)

    @override
    def __len__(self) -> int:
        return len(PACK_NAMES)


class _ShortShelf(Mapping[str, Pack]):
    """The same packs by the beginning of their hash; those read already are looked at first."""

    def __init__(self, packs: _Shelf) -> None:
        self._packs = packs
        self._by_hash: dict[str, Pack] = {}

    @override
    def __getitem__(self, short_hash: str) -> Pack:
        if short_hash not in self._by_hash:
            for name in self._packs.read_first():
                pack = self._packs[name]
                self._by_hash[pack.short_hash] = pack
                if pack.short_hash == short_hash:
                    break
        return self._by_hash[short_hash]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter([pack.short_hash for pack in self._packs.values()])

    @override
    def __len__(self) -> int:
        return len(self._packs)


class Content:
    """Everything that the packs hold, typed. Codes of older packs are looked up in those given to `keep`.

    Raises a `ContentProblem` when the pack that is asked for is missing or wrong.
    """

    def __init__(self, folder: Path) -> None:
        shelf = _Shelf(folder)
        self.packs: Mapping[str, Pack] = shelf
        self.short_packs: Mapping[str, Pack] = _ShortShelf(shelf)
        self._kept: dict[str, Pack] = {}

    def load_all(self) -> None:
        """Read every pack, so that a wrong file is known now; raise the first problem."""
        for name in PACK_NAMES:
            _ = self.packs[name]

    # What a code means

    def keep(self, packs: Iterable[Pack]) -> None:
        """Make packs of a store known, so that references to older content find their words again."""
        self._kept.update({pack.short_hash: pack for pack in packs})

    def ref(self, pack: str, code: str) -> str:
        """Return what a record stores: 16 hex of the hash, colon, code. KeyError: no such item."""
        found = self.packs[pack]
        if code not in found.items:
            raise KeyError(f"{pack}: {code}")
        return f"{found.short_hash}:{code}"

    def resolve(self, code_ref: str | None) -> Item | None:
        """Return the item that a reference names, in its own words; None when not known here."""
        short_hash, _, code = (code_ref or "").rpartition(":")
        if len(short_hash) != SHORT:
            return None
        pack = self._kept.get(short_hash) or self.short_packs.get(short_hash)
        return pack.items.get(code) if pack else None

    def label(self, code_ref: str | None, language: str = "nl") -> str:
        """Return the words of a reference; an unknown one shows its bare code (rule 21)."""
        item = self.resolve(code_ref)
        return item.label(language) if item else (code_ref or "").rpartition(":")[2]

    def item(self, pack: str, code: str) -> Item:
        """Return an item of the program's own pack; KeyError when there is none."""
        return self.packs[pack].items[code]

    # Talks

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The seven phases with goals, techniques and checklists."""
        return talk_reader.phases(self.packs["fasen"])

    @cached_property
    def talk_kinds(self) -> Mapping[str, TalkKind]:
        """The kinds of talk by code, each with its extra items."""
        return talk_reader.talk_kinds(self.packs["gesprek"])

    @cached_property
    def talk_steps(self) -> tuple[TalkStep, ...]:
        """The eight steps of a talk."""
        return talk_reader.talk_steps(self.packs["gesprek"])

    @cached_property
    def talk_items(self) -> tuple[ChecklistItem, ...]:
        """The 32 items around every talk; `part` is the moment."""
        return talk_reader.talk_items(self.packs["gesprek"])

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The special circumstances asked in every talk."""
        return talk_reader.topics(self.packs["gesprek"])

    @cached_property
    def interpreter_modes(self) -> tuple[Item, ...]:
        """How the interpreter takes part."""
        return talk_reader.plain(self.packs["gesprek"], "interpreter")

    @cached_property
    def alliance_parts(self) -> tuple[AlliancePart, ...]:
        """The parts of the working alliance."""
        return talk_reader.alliance(self.packs["gesprek"])

    # Requests and terms

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """The details that states and events ask for, by code."""
        return track_reader.needs(self.packs["reisdocument"])

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        """The tracks `lp` and `to`."""
        return track_reader.tracks(self.packs["reisdocument"])

    @cached_property
    def terms(self) -> tuple[TermDefinition, ...]:
        """All terms that the program computes; `scope` says for what."""
        return track_reader.terms(self.packs["termijnen"], self.needs)

    def terms_of(self, *scopes: str) -> tuple[TermDefinition, ...]:
        """Return the terms of one or more scopes, such as `spoor.lp`."""
        return tuple(term for term in self.terms if term.scope in scopes)

    @cached_property
    def legal_terms(self) -> tuple[LegalTerm, ...]:
        """Legal terms to look up."""
        return track_reader.legal_terms(self.packs["termijnen"])

    @cached_property
    def work_calendar(self) -> WorkCalendar:
        """Public holidays for counting working days."""
        return country_reader.work_calendar(self.packs["feestdagen"])

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """Countries by ISO code."""
        return country_reader.countries(self.packs["landen"])

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """Readmission agreements and other arrangements."""
        return country_reader.agreements(self.packs["overeenkomsten"])

    # Departure and papers

    @cached_property
    def departure_kinds(self) -> tuple[Item, ...]:
        """The kinds of special departure."""
        return talk_reader.plain(self.packs["vertrek"], "kind")

    @cached_property
    def departure_checklist(self) -> tuple[ChecklistLine, ...]:
        """The lines C01 to C40."""
        return departure_reader.checklist_lines(self.packs["vertrek"])

    @cached_property
    def travel_conditions(self) -> tuple[TravelCondition, ...]:
        """The coded travel conditions."""
        return departure_reader.travel_conditions(self.packs["vertrek"])

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """Numbers that an administrator may change, by code."""
        return departure_reader.settings(self.packs["vertrek"])

    @cached_property
    def support_programmes(self) -> tuple[Item, ...]:
        """Programmes of support for return."""
        return talk_reader.plain(self.packs["ondersteuning"], "programme")

    @cached_property
    def support_amounts(self) -> tuple[SupportAmount, ...]:
        """Amounts, each with the day it stood like that."""
        return country_reader.support_amounts(self.packs["ondersteuning"])

    @cached_property
    def papers(self) -> Mapping[str, Item]:
        """The papers that the program makes, by code."""
        return departure_reader.papers(self.packs["papieren"])

    @cached_property
    def paper_texts(self) -> Mapping[str, Mapping[str, str]]:
        """The wording of papers: key, language, text."""
        return departure_reader.paper_texts(self.packs["papieren"])

    @cached_property
    def forbidden_words(self) -> tuple[WordRule, ...]:
        """What may not stand on a paper for abroad, for `check_free_text`."""
        return departure_reader.forbidden_words(self.packs["papieren"])

    # Lists

    @cached_property
    def case_states(self) -> Mapping[str, CaseState]:
        """The states of a dossier by code, with their transitions, in the order of the list."""
        return state_reader.states(self.packs["basis"])

    def choices(self, pack: str, list_name: str) -> tuple[Choice, ...]:
        """Return a list to choose from, in the order of the screen; KeyError when there is none."""
        if pack not in self._lists:
            self._lists[pack] = talk_reader.choices(self.packs[pack])
        return self._lists[pack][list_name]

    @cached_property
    def _lists(self) -> dict[str, Mapping[str, tuple[Choice, ...]]]:
        return {}

    def section(self, pack: str, section: str) -> tuple[Item, ...]:
        """Return the items of one part of a pack with their words: languages, receivers, purposes."""
        return talk_reader.plain(self.packs[pack], section)


def load(folder: Path) -> Content:
    """Return the content of a folder, packs read on demand; raise `PackMissing` when a file is not there."""
    for name in PACK_NAMES:
        if not (folder / f"{name}.toml").is_file():
            raise problem.PackMissing(file=f"{name}.toml")
    return Content(folder)
