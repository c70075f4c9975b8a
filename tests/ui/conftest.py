"""What tests of the window stand on: the look in force, and runners that need no threads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.config.paths import RESOURCES
from app.domain.errors import KnownProblem
from ui.bridge.look import Look, Mode


class RunAtOnce:
    """A Runner that does the work on the spot."""

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        try:
            result = work()
        except KnownProblem as problem:
            assert failed is not None
            failed(problem)
        else:
            done(result)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen complains of every window that knows its least size; that says nothing about us."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def run_at_once() -> RunAtOnce:
    return RunAtOnce()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The light theme at size 1, put back after a test that changed it."""
    qapp.setCursorFlashTime(0)
    made = Look(qapp, RESOURCES, Mode.LIGHT)
    yield made
    made.setParent(None)
    made.deleteLater()
