"""Notices that nobody is at the laptop: covers the screen after some minutes, locks the store after more.

Both clocks count: the one that never goes back and the clock on the wall, since the first one stands still on some
systems while the laptop sleeps. A wall clock set forward only locks too early, which harms nobody.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

_TICK_MS = 5_000
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
Clock = Callable[[], float]


class IdleWatch(QObject):
    """Emits `cover_requested` and `lock_requested` once per stretch of silence. Minutes of 0 mean never."""

    cover_requested = Signal()
    lock_requested = Signal()

    def __init__(
        self,
        cover_after_min: int = 5,
        lock_after_min: int = 30,
        clocks: tuple[Clock, ...] = (time.monotonic, time.time),
        parent: QObject | None = None,
    ) -> None:
        """`clocks` return seconds; the one that saw the longest silence counts."""
        super().__init__(parent)
        self._clocks = clocks
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.check)
        self.set_minutes(cover_after_min, lock_after_min)
        self.note_life()

    def set_minutes(self, cover_after_min: int, lock_after_min: int) -> None:
        """Change the settings; they count from now on."""
        self._cover_s, self._lock_s = cover_after_min * 60, lock_after_min * 60

    def start(self, app: QApplication) -> None:
        """Listen to the whole program, from the moment a store is unlocked."""
        self.note_life()
        app.installEventFilter(self)
        self._timer.start()

    def stop(self, app: QApplication) -> None:
        """Stop listening; for the lock screen, where there is nothing left to lock."""
        app.removeEventFilter(self)
        self._timer.stop()

    def note_life(self) -> None:
        """Somebody is there: the silence starts anew."""
        self._seen = tuple(clock() for clock in self._clocks)
        self._covered = self._locked = False

    def silence_s(self) -> float:
        """Seconds since the last sign of life, by the clock that saw the longest."""
        return max(clock() - seen for clock, seen in zip(self._clocks, self._seen, strict=True))

    def check(self) -> None:
        """Look at the clocks; called by the timer, and by tests."""
        silence_s = self.silence_s()
        if self._lock_s and silence_s >= self._lock_s and not self._locked:
            self._locked = self._covered = True
            self.lock_requested.emit()
        elif self._cover_s and silence_s >= self._cover_s and not self._covered:
            self._covered = True
            self.cover_requested.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            # A mouse nudged after an hour of sleep must lock first, not start a new silence.
            self.check()
            if not self._locked:
                self.note_life()
        return False
