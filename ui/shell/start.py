"""Opens the program with a window: makes the application, finds the store, and stays until the window is closed."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.bootstrap import App
from app.services.demo_place import DEMO_PASSPHRASE, demo_store
from app.services.door import Door
from ui.bridge.qt_translations import install_qt_translations
from ui.shell.program import Program


def start(app: App, *, demo: bool = False, store: str | None = None) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Regiemap")
    install_qt_translations(qt)
    if demo:
        with demo_store(app.gate) as made:
            return _run(Program(app, qt, Door(gate=app.gate, path=made), passphrase=DEMO_PASSPHRASE))
    remembered = app.settings.settings.last_store
    place = Path(store or remembered or app.paths.default_store)
    return _run(Program(app, qt, Door(gate=app.gate, path=place), expected=not store and bool(remembered)))


def _run(program: Program) -> int:
    program.crash.install()
    program.begin()
    return QApplication.exec()
