"""Commands, stores and windows for these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.door import Door
from tests.support.command_case import app, command, contents, filled, filled_template, make_app
from tests.support.window_driver import Open, WindowDriver
from ui.shell.program import Program

__all__ = ["app", "command", "contents", "filled", "filled_template"]


@pytest.fixture
def open_program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Start the program as main.py does, on the same folder each time; `laptop` names another one."""
    made: list[Program] = []
    bugs: list[object] = []

    def start(laptop: str = "") -> WindowDriver:
        qapp.setCursorFlashTime(0)
        app = make_app(tmp_path / laptop / "home")
        program = Program(app, qapp, Door(gate=app.gate, path=tmp_path / laptop / "store"))
        program.runner.bug_met.connect(bugs.append)
        made.append(program)
        program.begin()
        program.window.showNormal()  # the offscreen screen is smaller than the design size
        program.window.resize(1366, 768)
        program.window.activateWindow()
        qtbot.waitExposed(program.window)
        driver = WindowDriver(program, qtbot)
        driver.settle()
        return driver

    yield start
    for program in made:
        program.window.close()
        program.setParent(None)
        program.deleteLater()
    assert bugs == []
