"""Covering and locking by two clocks, of which the one that saw the longest silence counts."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ui.bridge.idle import IdleWatch


class _Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def _watch(*clocks: _Clock) -> tuple[IdleWatch, list[str]]:
    seen: list[str] = []
    watch = IdleWatch(5, 30, clocks)
    watch.cover_requested.connect(lambda: seen.append("cover"))
    watch.lock_requested.connect(lambda: seen.append("lock"))
    return watch, seen


def test_covers_once_then_locks_once(qapp: QApplication) -> None:
    clock = _Clock()
    watch, seen = _watch(clock)
    for minute in (4, 5, 6, 29, 30, 31):
        clock.now_s = 1000.0 + minute * 60
        watch.check()
    assert seen == ["cover", "lock"]


def test_a_sign_of_life_starts_anew(qapp: QApplication) -> None:
    clock = _Clock()
    watch, seen = _watch(clock)
    clock.now_s += 4 * 60
    watch.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
    clock.now_s += 4 * 60
    watch.check()
    assert seen == []


def test_a_mouse_after_sleep_locks_first(qapp: QApplication) -> None:
    monotonic, wall = _Clock(), _Clock()
    watch, seen = _watch(monotonic, wall)
    wall.now_s += 8 * 3600  # the laptop slept: the other clock stood still
    watch.eventFilter(QObject(), QEvent(QEvent.Type.MouseMove))
    assert seen == ["lock"]


def test_a_clock_set_back_does_not_keep_the_store_open(qapp: QApplication) -> None:
    monotonic, wall = _Clock(), _Clock()
    watch, seen = _watch(monotonic, wall)
    wall.now_s -= 3600
    monotonic.now_s += 31 * 60
    watch.check()
    assert seen == ["lock"]


def test_zero_minutes_mean_never(qapp: QApplication) -> None:
    clock = _Clock()
    watch, seen = _watch(clock)
    watch.set_minutes(0, 0)
    clock.now_s += 1e6
    watch.check()
    assert seen == []
