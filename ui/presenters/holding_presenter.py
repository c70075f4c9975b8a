"""Who has what: per colleague and family when it was given, when they told to have it, and how far they are behind."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Given, Holding
from app.domain.words import N_
from app.i18n import _, formats, ngettext, problem_text
from app.services.part_words import parts_words
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.presenters.exchange_gate import GiveGate
from ui.presenters.gate import Runner

HOLDING_HEADS = (N_("Colleague"), N_("Family"), N_("Parts"), N_("Given"), N_("Confirmed"), N_("Behind"))
Row = tuple[str, tuple[Cell, ...]]


class HoldingScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_holdings(self, rows: Sequence[Row]) -> None:
        """Show these lines."""

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer these colleagues to narrow the list by: device and name."""

    def show_receipt(self, sentence: str) -> None:
        """A receipt was written."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""


class HoldingPresenter:
    """`device` narrows the list to one colleague, "" is all."""

    def __init__(self, session: Session, runner: Runner, screen: HoldingScreen, give: GiveGate) -> None:
        self._session, self._runner, self._screen, self._give = session, runner, screen, give
        self._found: dict[str, Holding] = {}
        self.device = ""

    def reload(self) -> None:
        """Ask anew."""
        session = self._session
        self._runner.start(lambda: tuple(self._give.holdings(session)), self._show, self._failed)

    def narrow(self, device: str) -> None:
        """Show one colleague, or all."""
        self.device = device
        self._tell()

    def holding(self, key: str) -> Holding | None:
        """A line by its key."""
        return self._found.get(key)

    def write_receipt(self, device: str, folder: Path) -> None:
        """Tell a colleague in a file what is held here."""
        session = self._session
        self._screen.show_problem("")
        self._screen.show_busy(_("Writing the receipt"))
        self._runner.start(lambda: self._give.receipt(session, device, folder), self._written, self._failed)

    def _show(self, found: tuple[Holding, ...]) -> None:
        self._found = {f"{each.device}/{each.dossier}": each for each in found}
        names = {each.device: each.name for each in found}
        self._screen.show_people(sorted(names.items(), key=lambda pair: pair[1].casefold()))
        if self.device not in names:
            self.device = ""
        self._tell()

    def _tell(self) -> None:
        shown = {key: each for key, each in self._found.items() if self.device in (each.device, "")}
        self._screen.show_holdings([(key, _cells(each)) for key, each in shown.items()])

    def _written(self, given: Given) -> None:
        self._screen.show_busy("")
        where = given.files[0] if given.files else ""
        self._screen.show_receipt(_("The receipt was written: %(file)s", file=where))

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_problem(problem_text(problem))


def _cells(each: Holding) -> tuple[Cell, ...]:
    return (
        Cell(main=each.name or _("unknown"), strong=True),
        Cell(main=each.title or _("Family without a name")),
        Cell(main=parts_words(each.compartments) or NOTHING),
        Cell(main=formats.fact(formats.local(each.sent_at).date()) if each.sent_at else _("not yet")),
        Cell(main=formats.fact(formats.local(each.told_at).date()) if each.told_at else _("not yet")),
        _behind(each.behind),
    )


def _behind(count: int) -> Cell:
    if not count:
        return Cell(main=_("has everything"), icon="state.good", role="good")
    words = ngettext("%(count)s change", "%(count)s changes", count, count=formats.number(count))
    return Cell(main=words, icon="state.info", role="info")
