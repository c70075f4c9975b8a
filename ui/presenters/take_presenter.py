"""Taking files of colleagues in: looked at before anything is kept, accepted per family or whole, then reported."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Arrival, Given, Taken
from app.i18n import _, ngettext, problem_text
from app.services.session import Session
from ui.presenters.arrival_words import (
    ArrivalView,
    ReportView,
    Row,
    arrival_view,
    coming_cells,
    may_be_taken,
    report_view,
)
from ui.presenters.exchange_gate import GiveGate, TakeGate
from ui.presenters.gate import Runner


class TakeScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_waiting(self) -> None:
        """Show that a file can be opened, and the files taken in."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""

    def show_arrival(self, view: ArrivalView) -> None:
        """Show what a file holds."""

    def show_coming(self, rows: Sequence[Row], *, chosen: int, may_take: bool) -> None:
        """Show its families, some of them chosen."""

    def show_report(self, view: ReportView, *, more: int) -> None:
        """Show what came of it; `more` files were dropped with it."""

    def show_receipt(self, sentence: str) -> None:
        """Say where the receipt was written."""


class TakePresenter:
    """Remembers the file between looking and taking in; the file is read anew, and checked anew, each time."""

    def __init__(
        self, session: Session, runner: Runner, screen: TakeScreen, take: TakeGate, give: GiveGate
    ) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._take, self._give = take, give
        self._files: list[Path] = []
        self._arrival: Arrival | None = None
        self._chosen: frozenset[str] = frozenset()
        self._dealt_with: set[str] = set()

    @property
    def file(self) -> Path | None:
        """The file that is looked at."""
        return self._files[0] if self._files and self._arrival is not None else None

    def offer(self, files: Sequence[Path]) -> None:
        """Look at these files, one after the other."""
        if files:
            self._files = list(dict.fromkeys(files))
            self._dealt_with = set()
            self._look()

    def tick(self, dossier: str) -> None:
        """Choose a family of the file, or choose it no more."""
        self._chosen = self._chosen ^ {dossier}
        self._tell()

    def tick_all(self, *, on: bool) -> None:
        """Choose all families of the file, or none."""
        self._chosen = self._all() if on else frozenset()
        self._tell()

    def accept(self) -> None:
        """Take in what is chosen."""
        file, arrival, session = self.file, self._arrival, self._session
        if file is None or arrival is None:
            return
        dossiers = None if self._chosen == self._all() else self._chosen
        self._screen.show_problem("")
        self._screen.show_busy(_("Taking in %(file)s", file=file.name))
        self._runner.start(
            lambda: self._take.accept(session, file, dossiers=dossiers),
            lambda done: self._done(done, arrival, whole=dossiers is None),
            self._failed,
        )

    def leave_it(self) -> None:
        """Do nothing with the file; go on to the next that was dropped with it."""
        if self._arrival is not None:
            self._dealt_with.add(self._arrival.package)
        self._files = self._files[1:]
        self._arrival = None
        self._screen.show_problem("")
        if self._files:
            self._look()
        else:
            self._screen.show_waiting()

    def write_receipt(self, folder: Path) -> None:
        """Write a receipt for who sent the file that was taken in."""
        arrival, session = self._arrival, self._session
        if arrival is None:
            return
        device = arrival.sender.device
        self._screen.show_problem("")
        self._screen.show_busy(_("Writing the receipt"))
        self._runner.start(
            lambda: self._give.receipt(session, device, folder), self._receipt_written, self._failed
        )

    def _look(self) -> None:
        file, session = self._files[0], self._session
        self._arrival = None
        self._screen.show_problem("")
        self._screen.show_busy(_("Reading %(file)s", file=file.name))
        self._runner.start(lambda: self._take.look(session, file), self._show, self._not_read)

    def _show(self, found: Arrival) -> None:
        if found.package in self._dealt_with:  # another part of the same file was dropped with it
            self._screen.show_busy("")
            self.leave_it()
            return
        self._arrival = found
        self._chosen = self._all()
        self._screen.show_busy("")
        self._screen.show_arrival(arrival_view(found))
        self._tell()

    def _all(self) -> frozenset[str]:
        """The families that can be chosen: what was destroyed here stays out."""
        families = self._arrival.families if self._arrival else ()
        return frozenset(family.dossier for family in families if not family.destroyed)

    def _tell(self) -> None:
        found = self._arrival
        if found is None:
            return
        may_take = may_be_taken(found)
        rows = [
            (
                family.dossier,
                coming_cells(
                    family,
                    chosen=family.dossier in self._chosen,
                    may_choose=may_take and not family.destroyed,
                ),
            )
            for family in found.families
        ]
        enough = bool(self._chosen) or not self._all()
        self._screen.show_coming(rows, chosen=len(self._chosen), may_take=may_take and enough)

    def _done(self, done: Taken, arrival: Arrival, *, whole: bool) -> None:
        self._screen.show_busy("")
        self._screen.show_report(report_view(done, arrival, whole=whole), more=len(self._files) - 1)

    def _receipt_written(self, given: Given) -> None:
        self._screen.show_busy("")
        where = given.files[0] if given.files else ""
        self._screen.show_receipt(_("The receipt was written: %(file)s", file=where))

    def _not_read(self, problem: KnownProblem) -> None:
        """A file that cannot be read is done with; the sentence stays, the next one can be opened."""
        name, left = self._files[0].name, len(self._files) - 1
        self._files, self._arrival = self._files[1:], None
        self._screen.show_busy("")
        self._screen.show_waiting()
        sentence = f"{name}: {problem_text(problem)}"
        if left:
            rest = ngettext("%(count)d more file waits.", "%(count)d more files wait.", left, count=left)
            sentence = f"{sentence} {rest}"
        self._screen.show_problem(sentence)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_problem(problem_text(problem))
