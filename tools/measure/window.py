"""The real window, offscreen: from the derived key to a usable window, lists, dossiers, memory.

Runs in a process of its own, because memory and first times are only true in a fresh one.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.bootstrap import App
from app.config.paths import find_paths
from app.services.door import Door
from app.services.person_list import ADULT, AGE_UNKNOWN, CHILD
from tools.measure.figure import Figure, median, memory_mb, p95, seconds
from tools.measure.made_store import PASSPHRASE, MadeStore, program
from tools.measure.service import some_dossiers
from ui.bridge.place import Place
from ui.shell.program import FIRST_PAGE, Program
from ui.views.dossiers.dossiers_view import DossiersPage
from ui.views.dossiers.filter_button import FilterButton
from ui.views.today.today_view import TodayPage
from ui.widgets.button import Button
from ui.widgets.row_table import RowTable

W = TypeVar("W", bound=QWidget)
LONGEST_S = 60.0
LISTS = (("", "dossiers_table", "dossiers"), ("persons", "dossiers_persons", "persons"))
"""Part of the page, name of its table, and what it is called here."""
AGES = (CHILD, ADULT, AGE_UNKNOWN, "achttien.12")


def measure(made: MadeStore, runs: int, *, rest_s: float) -> Iterator[Figure]:
    """`rest_s`: how long the window rests before its memory is looked at; the target says 10 seconds."""
    qt = QApplication.instance() or QApplication(["benchmark", "-platform", "offscreen"])
    assert isinstance(qt, QApplication)
    app: App = program()
    assert find_paths() == app.paths
    window = _Window(qt, app, made.path)
    derivation = statistics.median(made.key_derivation_s() for _run in range(3))
    usable, settled = window.unlock()
    yield median("unlock", "from the derived key to a usable window", [usable - derivation], target=1000)
    yield median("unlock.settled", "the same, with all counts in the rail", [settled - derivation])
    yield from window.memory(rest_s)
    for part, table, name in LISTS:
        yield from _list(window, part, table, name, runs)
    session = window.program.desk.session
    times = [window.dossier_s(dossier) for dossier in some_dossiers(session, runs)]
    yield median("dossier.paint", "opening a dossier, painted", times, target=100)
    window.program.stop()


def _list(window: "_Window", part: str, table: str, name: str, runs: int) -> Iterator[Figure]:
    """First paint, jump to the end, sorting by each column both ways, filters, and a name typed.

    Each until the lines are painted; what is counted at the foot follows, and is told where all lines are asked for.
    """
    code = part or "list"
    painted = [window.list_s(part, table) for _run in range(runs)]
    yield median(
        f"{code}.paint", f"list of {name}: first paint", [each.lines for each in painted], target=150
    )
    counted = [each.counts for each in painted]
    yield median(f"{code}.counts", f"list of {name}: the same with its counts", counted)
    ends = [window.jump_s(table) for _run in range(runs)]
    yield median(f"{code}.end", f"list of {name}: jump to the end", ends, target=30)
    sorted_ = [window.sort_s(table, column) for _run in range(3) for column in range(7) for _way in range(2)]
    yield median(f"{code}.sort", f"list of {name}: sort by a column", sorted_, target=150)
    yield p95(f"{code}.sort.p95", f"list of {name}: sort by a column", sorted_, target=150)
    window.sort_s(table, 0)
    mine = [window.press_s(table, "dossiers_mine") for _run in range(runs + runs % 2)]
    yield median(f"{code}.mine", f"list of {name}: filter on my own, and back", mine, target=150)
    if part:
        ages = [window.choose_s(table, "dossiers_age", code) for _run in range(3) for code in AGES]
        yield median(f"{code}.age", f"list of {name}: filter by age", ages, target=150)
    for query in ("hak", "ha", "a"):
        typed = [window.search_s(table, query) for _run in range(runs)]
        yield median(f"{code}.search.{query}", f"list of {name}: looking for “{query}”", typed, target=150)


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds from a wish until the lines are painted, and until all that is counted beside them is there."""

    lines: float
    counts: float


class _Painting(QObject):
    """Sees whether a table has been told to paint since its model was filled anew."""

    def __init__(self, table: RowTable) -> None:
        super().__init__()
        self.seen = self._filled = False
        table.model().modelReset.connect(self._fill)
        table.viewport().installEventFilter(self)

    def _fill(self) -> None:
        self._filled = True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or (self._filled and event.type() == QEvent.Type.Paint)
        return super().eventFilter(watched, event)


class _Window:
    def __init__(self, qt: QApplication, app: App, store: Path) -> None:
        self._qt = qt
        self.program = Program(app, qt, Door(gate=app.gate, path=store))
        self.program.window.resize(1366, 768)
        self.program.begin()
        self._settle()

    def unlock(self) -> tuple[float, float]:
        """From typing the passphrase to a painted list of what is due, and to the last count beside it."""
        start = time.perf_counter()
        self.program.opened(self.program.gate.unlock(PASSPHRASE))
        page = self.program.window.findChild(TodayPage)
        assert page is not None
        self._settle(lambda: page.presenter.day is None)
        self.program.window.grab()
        usable = time.perf_counter() - start
        self._paint()
        return usable, time.perf_counter() - start

    def memory(self, rest_s: float) -> Iterator[Figure]:
        until = time.monotonic() + rest_s
        while time.monotonic() < until:
            self._qt.processEvents()
            time.sleep(0.02)
        held = memory_mb()
        if held is not None:
            title = f"memory {rest_s:g} s after unlocking"
            yield Figure(code="memory", title=title, value=held, unit="MB", target=250, kind="once")

    def list_s(self, part: str, name: str) -> _Took:
        """From the click to the painted list, its page made anew."""
        self._leave()
        return self._took(name, lambda: self.program.window.go(Place(page="dossiers", part=part)))

    def jump_s(self, name: str) -> float:
        """From the first row to the painted last rows."""
        table = self._table(name)
        table.choose_row(0)
        table.grab()
        self._settle()

        def jump() -> None:
            table.choose_row(table.model().rowCount() - 1)
            table.grab()

        return seconds(jump)

    def sort_s(self, name: str, column: int) -> float:
        """From the click on a head to the painted list."""
        return self._asked_s(name, lambda: self._table(name).horizontalHeader().sectionClicked.emit(column))

    def press_s(self, name: str, button: str) -> float:
        """From a click on a filter to the painted list."""
        return self._asked_s(name, self._child(Button, button).click)

    def choose_s(self, name: str, button: str, code: str) -> float:
        """From choosing in the menu of a filter to the painted list; the filter is taken away again."""
        filter_ = self._child(FilterButton, button)

        def choose(wanted: str) -> None:
            filter_.set_code(wanted)
            filter_.code_chosen.emit(wanted)

        took = self._asked_s(name, lambda: choose(code))
        choose("")
        self._settle()
        return took

    def search_s(self, name: str, query: str) -> float:
        """From the last letter (without the pause of the field) to the painted list; taken away again."""
        page = self.program.window.current_page()
        assert isinstance(page, DossiersPage)
        took = self._asked_s(name, lambda: page.look_for(query))
        page.look_for("")
        self._settle()
        return took

    def _asked_s(self, name: str, ask: Callable[[], object]) -> float:
        return self._took(name, ask).lines

    def _took(self, name: str, ask: Callable[[], object]) -> _Took:
        start = time.perf_counter()
        ask()
        painting = _Painting(self._table(name))
        self._settle(lambda: self.program.runner.busy and not painting.seen)
        lines = time.perf_counter() - start
        self._settle()
        return _Took(lines, time.perf_counter() - start)

    def _table(self, name: str) -> RowTable:
        return self._child(RowTable, name)

    def _child(self, kind: type[W], name: str) -> W:
        page = self.program.window.current_page()
        found = page.findChild(kind, name) if page is not None else None
        assert found is not None
        return found

    def dossier_s(self, dossier: str) -> float:
        return seconds(lambda: self._go(Place(page="family", subject=dossier)))

    def _leave(self) -> None:
        self._go(FIRST_PAGE)
        self.program.window.parts.host.drop_others()
        # Only a running loop deletes what was dropped: without this, each page made anew is slower than the one before.
        self._qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._settle()

    def _go(self, place: Place) -> None:
        self.program.window.go(place)
        self._paint()

    def _paint(self) -> None:
        self._settle()
        self.program.window.grab()

    def _settle(self, waits: Callable[[], bool] | None = None) -> None:
        """Turn the loop until the database has answered; a tool may do so by hand, a screen may not."""
        waits = waits or (lambda: self.program.runner.busy)
        until = time.monotonic() + LONGEST_S
        self._qt.processEvents()
        while waits():
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(0.001)
            self._qt.processEvents()
        self._qt.processEvents()
