"""The real window, offscreen: from the derived key to a usable window, lists, dossiers, memory.

Runs in a process of its own, because memory and first times are only true in a fresh one.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.bootstrap import App
from app.config.paths import find_paths
from app.services.door import Door
from tools.measure.figure import Figure, median, memory_mb, seconds
from tools.measure.made_store import PASSPHRASE, MadeStore, program
from tools.measure.service import some_dossiers
from ui.bridge.place import Place
from ui.shell.program import FIRST_PAGE, Program
from ui.views.today.today_view import TodayPage

LONGEST_S = 60.0


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
    yield median(
        "list.paint", "list of dossiers: first paint", [window.list_s() for _run in range(runs)], target=150
    )
    session = window.program.desk.session
    times = [window.dossier_s(dossier) for dossier in some_dossiers(session, runs)]
    yield median("dossier.paint", "opening a dossier, painted", times, target=100)
    window.program.stop()


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

    def list_s(self) -> float:
        """From the click to the painted list, its page made anew."""
        self._leave()
        return seconds(lambda: self._go(Place(page="dossiers")))

    def dossier_s(self, dossier: str) -> float:
        return seconds(lambda: self._go(Place(page="family", subject=dossier)))

    def _leave(self) -> None:
        self._go(FIRST_PAGE)
        self.program.window.parts.host.drop_others()
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
