"""Giving families to colleagues: what is chosen, what would go, and what was written where."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import NEVER_GIVEN, Colleague, GiveChoice, Given, GivePreview, Trust
from app.domain.extract_facts import ExtractChoice
from app.domain.record import Compartment
from app.domain.words import N_
from app.i18n import _, problem_text
from app.services import family_list, removed_family
from app.services.family_list import FamilyRow, Filters
from app.services.file_words import families_words
from app.services.part_words import PART_ORDER, part_about, part_words
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.check_entry import CheckEntry
from ui.presenters.exchange_gate import ExtractGate, GiveGate, TrustGate
from ui.presenters.exchange_words import trust_words
from ui.presenters.family_words import members_words
from ui.presenters.gate import Runner
from ui.presenters.give_words import DoneView, PreviewView, done_view, preview_view

GIVE_HEADS = (N_("Family"), N_("Members"), N_("Case officer"))
FAMILIES, RECEIVERS, UNTIL = "families", "receivers", "until"
USUAL = frozenset({Compartment.KERN, Compartment.WERKWIJZE})
"""What the work needs; the rest is chosen for a receiver who needs it."""


class GiveScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_families(self, ids: Sequence[str], *, narrowed: bool) -> None:
        """Show these families in this order; none when nothing is found, or without `narrowed` nothing is there."""

    def show_ticks(self) -> None:
        """Paint the rows anew: other families are chosen."""

    def show_chosen(self, words: str) -> None:
        """Say how many are chosen."""

    def show_parts(self, entries: Sequence[CheckEntry]) -> None:
        """Show the parts of a dossier to choose from."""

    def show_receivers(self, entries: Sequence[CheckEntry]) -> None:
        """Show the colleagues; none when there is no other."""

    def show_lacks(self, sentences: dict[str, str]) -> None:
        """Say beside FAMILIES, RECEIVERS and UNTIL what is still to be chosen; not named: nothing."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""

    def show_preview(self, view: PreviewView) -> None:
        """Show what would go, instead of the choice."""

    def show_choice(self) -> None:
        """Show the choice again."""

    def show_done(self, view: DoneView) -> None:
        """Show what was written, instead of the preview."""


class GivePresenter:
    """`choice` is what is chosen now; it lives until the store is locked or the file is written."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        screen: GiveScreen,
        give: GiveGate,
        trust: TrustGate,
        extract: ExtractGate | None = None,
    ) -> None:
        """Without `extract` nothing can be given to read only."""
        self._session, self._runner, self._screen = session, runner, screen
        self._give, self._trust, self._extract = give, trust, extract
        self._to_read, self._until = False, ""
        self._some_removed = False  # that they were removed may go by itself
        self._asked = 0
        self._shown: tuple[str, ...] = ()
        self._people: tuple[Colleague, ...] = ()
        self.query, self.filters = "", Filters()
        self.choice = _nothing()

    # -- what a person chooses ---------------------------------------------------------------------------------------

    def open(self, dossier: str = "", device: str = "") -> None:
        """Show the choice; a dossier or a device that is named is chosen."""
        if dossier and dossier not in self.choice.dossiers:
            self.choice = replace(self.choice, dossiers=(*self.choice.dossiers, dossier))
        if device and device not in self.choice.receivers:
            self.choice = replace(self.choice, receivers=(*self.choice.receivers, device))
        self.reload()

    def reload(self) -> None:
        """Ask for families and colleagues anew."""
        session = self._session
        self._runner.start(lambda: tuple(self._trust.colleagues(session)), self._show_people, self._failed)
        self._runner.start(lambda: removed_family.count(session), self._note_removed)
        self._screen.show_parts(self._part_entries())
        self._find()

    def search(self, query: str) -> None:
        """Look for all words of `query`."""
        if query.strip() != self.query:
            self.query = query.strip()
            self._find()

    def narrow(self, *, mine: bool, closed: bool) -> None:
        """Only own families, or those that are closed."""
        self.filters = Filters(mine=mine, closed=closed)
        self._find()

    def tick(self, dossier: str) -> None:
        """Choose a family, or choose it no more."""
        now = self.choice.dossiers
        kept = tuple(each for each in now if each != dossier)
        self._choose(kept if dossier in now else (*now, dossier))

    def tick_shown(self) -> None:
        """Choose all families that the search shows."""
        self._choose(tuple(dict.fromkeys((*self.choice.dossiers, *self._shown))))

    def tick_none(self) -> None:
        """Choose no family."""
        self._choose(())

    def choose_parts(self, parts: frozenset[str]) -> None:
        """Let these compartments go along; the core always does, own notes never do."""
        wanted = frozenset(Compartment(part) for part in parts) - NEVER_GIVEN
        self.choice = replace(self.choice, compartments=wanted | {Compartment.KERN})

    def choose_receivers(self, devices: frozenset[str]) -> None:
        """Give to these colleagues."""
        self.choice = replace(self.choice, receivers=tuple(sorted(devices)))
        self._screen.show_lacks({})

    def set_options(self, *, scans: bool, full: bool) -> None:
        """With scans or without; also what they told to hold already."""
        self.choice = replace(self.choice, scans=scans, full=full)

    def set_reading(self, *, to_read: bool, until: str) -> None:
        """Only to read, until and with this day (YYYY-MM-DD, "" when it is not said)."""
        self._to_read, self._until = to_read and self._extract is not None, until
        self._screen.show_lacks({})

    # -- what is done --------------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Find out what would go."""
        lacks = self._lacks()
        self._screen.show_lacks(lacks)
        self._screen.show_problem("")
        if lacks:
            return
        session, choice, reading = self._session, self.choice, self._reading()
        self._screen.show_busy(_("Working out what goes along"))
        if self._extract is not None and reading is not None:
            extract = self._extract
            self._runner.start(lambda: extract.preview(session, reading), self._show_preview, self._failed)
        else:
            self._runner.start(lambda: self._give.preview(session, choice), self._show_preview, self._failed)

    def _note_removed(self, count: int) -> None:
        self._some_removed = count > 0

    def _lacks(self) -> dict[str, str]:
        lacks = {}
        if not self.choice.dossiers and (self._to_read or not self._some_removed):
            lacks[FAMILIES] = _("Choose at least one family.")
        elif self._to_read and len(self.choice.dossiers) > 1:
            lacks[FAMILIES] = _("Choose one family: each is a file of its own to read.")
        if not self.choice.receivers:
            lacks[RECEIVERS] = _("Choose the colleague who gets this file.")
        if self._to_read and self._until <= self._session.today.isoformat():
            lacks[UNTIL] = _("Fill in a day to come, after which it cannot be read any more.")
        return lacks

    def _reading(self) -> ExtractChoice | None:
        """What is chosen as an extract; None when whole families go."""
        if not self._to_read:
            return None
        return ExtractChoice(
            dossier=self.choice.dossiers[0],
            receivers=self.choice.receivers,
            compartments=self.choice.compartments,
            until=date.fromisoformat(self._until),
        )

    def write(self, folder: Path, *, split: bool) -> None:
        """Write the file into `folder` and read it back."""
        session, choice, reading = self._session, self.choice, self._reading()
        self._screen.show_problem("")
        self._screen.show_busy(_("Writing the file and reading it back"))
        if self._extract is not None and reading is not None:
            extract = self._extract
            self._runner.start(
                lambda: extract.write(session, reading, folder, split=split), self._written, self._failed
            )
        else:
            self._runner.start(
                lambda: self._give.write(session, choice, folder, split=split), self._written, self._failed
            )

    def begin_again(self) -> None:
        """Choose anew, for the same colleagues."""
        self.choice = replace(_nothing(), receivers=self.choice.receivers)
        self._screen.show_choice()
        self.reload()

    # -- answers -------------------------------------------------------------------------------------------------------

    def fetch(self, ids: Sequence[str]) -> Sequence[tuple[Cell, ...]]:
        """One row of cells per family; an empty one for a dossier that is gone."""
        found = family_list.rows_of(self._session, ids)
        chosen = frozenset(self.choice.dossiers)
        return [_cells(row, chosen=row.dossier in chosen) if row is not None else () for row in found]

    def _choose(self, dossiers: tuple[str, ...]) -> None:
        self.choice = replace(self.choice, dossiers=dossiers)
        self._screen.show_lacks({})
        self._screen.show_ticks()
        self._count()

    def _count(self) -> None:
        chosen = len(self.choice.dossiers)
        self._screen.show_chosen(_("%(families)s chosen", families=families_words(chosen)) if chosen else "")

    def _find(self) -> None:
        self._asked += 1
        number, session, query, filters = self._asked, self._session, self.query, self.filters
        self._runner.start(
            lambda: family_list.ids(session, query, filters=filters),
            lambda ids: self._show_found(number, ids),
        )

    def _show_found(self, number: int, ids: tuple[str, ...]) -> None:
        if number == self._asked:
            self._shown = ids
            self._screen.show_families(ids, narrowed=bool(self.query) or self.filters.any)
            self._count()

    def _show_people(self, people: tuple[Colleague, ...]) -> None:
        self._people = tuple(one for one in people if one.trust is not Trust.OWN)
        trusted = {one.device for one in self._people if one.trust.trusted}
        self.choice = replace(self.choice, receivers=tuple(d for d in self.choice.receivers if d in trusted))
        chosen = frozenset(self.choice.receivers)
        order = sorted(self._people, key=lambda one: (not one.trust.trusted, one.name.casefold(), one.device))
        self._screen.show_receivers([_receiver(one, checked=one.device in chosen) for one in order])

    def _part_entries(self) -> list[CheckEntry]:
        return [
            CheckEntry(
                key=part.value,
                words=part_words(part),
                second=part_about(part),
                checked=part in self.choice.compartments,
                enabled=part is not Compartment.KERN and part not in NEVER_GIVEN,
            )
            for part in PART_ORDER
        ]

    def _show_preview(self, found: GivePreview) -> None:
        self._screen.show_busy("")
        self._screen.show_preview(
            preview_view(found, scans_wanted=self.choice.scans, reading=self._reading())
        )

    def _written(self, given: Given) -> None:
        self._screen.show_busy("")
        names = [one.name for one in self._people if one.device in self.choice.receivers]
        self._screen.show_done(done_view(given, names))
        self.choice = replace(_nothing(), receivers=self.choice.receivers)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_problem(problem_text(problem))


def _nothing() -> GiveChoice:
    return GiveChoice(dossiers=(), receivers=(), compartments=USUAL)


def _receiver(one: Colleague, *, checked: bool) -> CheckEntry:
    words = f"{one.name}, {one.office}" if one.office else one.name
    return CheckEntry(
        key=one.device,
        words=words,
        second=trust_words(one),
        checked=checked,
        enabled=one.trust.trusted,
        link=_("Compare with this colleague …") if one.trust is Trust.UNVERIFIED else "",
    )


def _cells(row: FamilyRow, *, chosen: bool) -> tuple[Cell, ...]:
    return (
        Cell(
            main=row.title,
            native=row.native,
            aside=_("closed") if row.closed else "",
            strong=True,
            checked=chosen,
            spoken_as=_("%(family)s, chosen", family=row.title) if chosen else "",
        ),
        Cell(main=members_words(row.adults, row.children, row.age_unknown) or NOTHING),
        Cell(main=row.owner or NOTHING),
    )
