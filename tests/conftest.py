"""What every test stands on: no screen, no network, no home folder of a person, Dutch."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Before the first import of Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(_name, None)

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.i18n import DEFAULT_LANGUAGE, set_language
from tests.support.no_internet import arm

# The same examples on every run: a red build can be repeated. `HYPOTHESIS_PROFILE=search` looks for new ones.
_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=_QUIET
)
settings.register_profile(
    "search", deadline=None, database=None, max_examples=500, suppress_health_check=_QUIET
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


arm()


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """pytest-qt's own, which here also holds what it was given until it has closed it.

    It keeps weak references only, and paints once more after a test: a window that only the test knew is garbage by
    then, and a collection in the midst of its painting takes the process down.
    """
    held: list[object] = []
    add = qtbot.addWidget

    def add_held(widget: QWidget, **more: Any) -> None:
        held.append(widget)
        add(widget, **more)

    monkeypatch.setattr(qtbot, "addWidget", add_held)
    yield qtbot
    held.clear()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program keep its settings, counters and reports in a folder of this test."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("REGIEMAP_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Speak Dutch, whatever an earlier test set."""
    set_language(DEFAULT_LANGUAGE)
    yield
    set_language(DEFAULT_LANGUAGE)
