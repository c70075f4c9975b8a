"""Catches what nobody foresaw: writes a local report without case data, says so once, and the program goes on.

Installed hooks: uncaught exceptions in this thread (PySide6 calls the same hook for slots), in other threads, those
that Python can only mention ("unraisable"), and warnings of Qt. The hook that was there before is put back by
`remove`, so that tests can tell.
"""

import sys
import threading
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from app.config.crash_report import CrashReport, describe, write

_NOTED_BY_QT = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class CrashHandler(QObject):
    """Emits `recorded` with a CrashReport for every new mistake; the same place in the code counts once."""

    recorded = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._seen: set[tuple[str, ...]] = set()
        self._guard = threading.Lock()
        self._installed = False

    def install(self) -> None:
        """Take over the hooks of Python and Qt."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable
        self._qt_before = qInstallMessageHandler(self._qt_message)
        self._installed = True

    def remove(self) -> None:
        """Put back the hooks that were there before."""
        if self._installed:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            qInstallMessageHandler(self._qt_before)
            self._installed = False

    def record(self, error: BaseException) -> None:
        """Write down one exception; from any thread."""
        self._keep(*describe(error))

    def _keep(self, kinds: tuple[str, ...], places: tuple[str, ...], *, say_so: bool = True) -> None:
        with self._guard:
            is_new = (*kinds, *places) not in self._seen
            self._seen.add((*kinds, *places))
        if is_new:
            libraries = (f"PySide6 {PySide6.__version__}",)
            report: CrashReport = write(self._folder, kinds, places, libraries=libraries)
            if say_so:
                self.recorded.emit(report)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self.record(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.record(args.exc_value)

    def _unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self.record(args.exc_value)

    def _qt_message(self, kind: QtMsgType, context: QMessageLogContext, _message: str) -> None:
        """Keep Qt's own complaints by category and place; nobody at the screen can mend them, so they stay silent."""
        if kind in _NOTED_BY_QT:
            place = f"{Path(context.file or '?').name}:{context.line} {context.function or '?'}"
            self._keep((f"Qt.{kind.name}.{context.category or 'default'}",), (place,), say_so=False)
