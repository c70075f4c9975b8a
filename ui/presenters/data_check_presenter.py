"""The data check as a list: what cannot be right, why, about whom; each line leads to the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _, ngettext, problem_text
from app.services import data_check
from app.services.data_check import Finding
from app.services.fact_kinds import FACT_KINDS
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.bridge.place import Place
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.family_words import membership_place
from ui.presenters.flow_words import CHANGE, OUTFLOW_FORM
from ui.presenters.gate import Runner

DATA_CHECK: Final = "data_check"
CHECK_HEADS: Final = (N_("What to look at"), N_("About"), N_("Family"))
Row = tuple[str, tuple[Cell, ...]]
_IN_FAMILY_FORM = frozenset({"person", "membership", "dossier"})
_DAYS = frozenset({"from_on", "to_on"})
_OF_REQUEST = frozenset({"request_person", "request_event", "set_term"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What the page shows."""

    rows: tuple[Row, ...]
    foot: str
    of_one: bool


class DataCheckScreen(Protocol):
    """What the presenter asks of the page."""

    def show_findings(self, view: CheckView) -> None:
        """Show these lines; none means that nothing was found."""

    def show_problem(self, sentence: str) -> None:
        """Say why it could not be looked at."""


class DataCheckPresenter:
    """Looks anew each time it is asked; nothing is kept of a finding."""

    def __init__(self, session: Session, runner: Runner, screen: DataCheckScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""
        self._found: dict[str, Finding] = {}

    def open(self, dossier: str) -> None:
        """Look at one family, or at all with ""."""
        self.dossier = dossier
        session = self._session
        self._runner.start(
            lambda: data_check.of_dossier(session, dossier) if dossier else data_check.of_all(session),
            lambda found: self._show(dossier, found),
            self._failed,
        )

    def place(self, key: str) -> Place:
        """Where a finding is looked at and mended."""
        return place_of(self._found[key])

    def view(self, key: str) -> tuple[FactGroup, ...]:
        """One finding in full: what was compared, and why it is said."""
        found = self._found.get(key)
        if found is None:
            return ()
        compared = [Fact(main=words, second=title) for title, words in found.details]
        return (
            FactGroup(
                title=found.sentence,
                facts=(
                    Fact(main=found.why, second=found.kind_title),
                    *compared,
                    Fact(main=found.about or _("family"), second=_("About")),
                    Fact(main=found.family, second=_("Family")),
                ),
            ),
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))

    def _show(self, dossier: str, found: Sequence[Finding]) -> None:
        if dossier != self.dossier:
            return
        self._found = {each.key: each for each in found}
        rows = tuple((key, _cells(each)) for key, each in self._found.items())
        families = len({each.dossier for each in found})
        foot = count_words(len(rows))
        if rows and not dossier:
            where = ngettext("in %(count)d family", "in %(count)d families", families, count=families)
            foot = f"{foot} {where}"
        self._screen.show_findings(CheckView(rows=rows, foot=foot if rows else "", of_one=bool(dossier)))


def count_words(count: int) -> str:
    """ "3 things to look at", for the page and for the family."""
    return ngettext("%(count)d thing to look at", "%(count)d things to look at", count, count=count)


def place_of(found: Finding) -> Place:
    """The screen that holds the field."""
    if found.kind in FACT_KINDS and found.rule != "v-number":
        return Place(page="fact", subject=found.dossier, part=f"{found.kind}/{found.record}")
    if found.kind == "membership" and found.field in _DAYS:
        return membership_place(found.dossier, found.record)
    if found.kind in _IN_FAMILY_FORM or found.rule == "v-number":
        return Place(page="family_form", subject=found.dossier, part=found.person)
    if found.kind in _OF_REQUEST and found.belongs_to:
        return Place(page="request", subject=found.belongs_to)
    if found.kind == "departure":
        return Place(page="departure", subject=found.record)
    if found.kind == "outflow":
        return Place(page=OUTFLOW_FORM, subject=found.dossier, part=f"{CHANGE}{found.record}")
    return Place(page="family", subject=found.dossier)


def _cells(found: Finding) -> tuple[Cell, ...]:
    compared = ", ".join(f"{title}: {words}" for title, words in found.details)
    return (
        Cell(main=found.sentence, second=compared or found.kind_title, icon="state.watch", role="watch"),
        Cell(main=found.about or _("family"), role="ink" if found.about else "quiet"),
        Cell(main=found.family),
    )
