"""Background work: outcomes come home, known problems to who asked, bugs to the crash handler."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.errors import KnownProblem
from ui.bridge.task import Lane, TaskRunner


class _Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: list[str] = []

    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.append(threading.current_thread().name)


class _Full(KnownProblem):
    message = "The disk is full."


def _refuse() -> None:
    raise _Full


def _stumble() -> None:
    raise ZeroDivisionError("Hakobyan")


def test_the_outcome_is_delivered_in_the_screens_thread(qtbot: QtBot) -> None:
    runner, receiver = TaskRunner(), _Receiver()
    runner.bound_to(receiver).start(lambda: threading.current_thread().name, receiver.take)
    qtbot.waitUntil(lambda: not runner.busy)
    assert receiver.got[0] != receiver.threads[0] == threading.main_thread().name
    runner.stop()


def test_the_database_has_one_thread_and_keeps_order(qtbot: QtBot) -> None:
    runner, receiver = TaskRunner(), _Receiver()
    for number in range(20):
        runner.start(receiver, lambda wanted=number: wanted, receiver.take)  # type: ignore[misc]
    qtbot.waitUntil(lambda: not runner.busy)
    assert receiver.got == list(range(20))
    runner.stop()


def test_a_known_problem_goes_back_and_a_bug_to_the_crash_handler(qtbot: QtBot) -> None:
    runner, receiver, bugs = TaskRunner(), _Receiver(), _Receiver()
    runner.bug_met.connect(bugs.take)
    runner.start(receiver, _refuse, receiver.take, receiver.take)
    runner.start(receiver, _stumble, receiver.take, receiver.take, Lane.FILES)
    qtbot.waitUntil(lambda: not runner.busy)
    assert [type(got) for got in receiver.got] == [_Full]
    assert [type(got) for got in bugs.got] == [ZeroDivisionError]
    runner.stop()


def test_nothing_reaches_a_screen_that_is_gone(qtbot: QtBot) -> None:
    runner, receiver, kept = TaskRunner(), _Receiver(), _Receiver()
    started = threading.Event()
    runner.start(receiver, started.wait, kept.take)
    receiver.deleteLater()
    qtbot.wait(10)
    started.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert kept.got == []
    runner.stop()
