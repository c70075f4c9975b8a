"""A second process computes, and whatever becomes of it, the answers are those of this process."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from app.storage import apart as module
from app.storage import second_process
from app.storage.apart import Apart, apart, serve

ROOT = str(Path(main.__file__).parent)
SERVE = (
    f"import sys, os, time; sys.path.insert(0, {ROOT!r})\n"
    "from app.storage.apart import serve\n"
    "jobs = {'twice': lambda data: [one * 2 for one in data], 'where': lambda data: %s}\n"
    "serve(jobs, sys.stdin.buffer, sys.stdout.buffer)"
)
HERE = {"twice": lambda data: [one * 2 for one in data], "where": lambda _data: "here"}


def program(where: str = "'there'") -> list[str]:
    """One that does the jobs of `HERE`, but for what it says of where it is."""
    return [sys.executable, "-c", SERVE % where]


def test_answers_are_those_of_what_was_asked_in_whatever_order_they_are_fetched() -> None:
    with apart(HERE, program()) as second:
        answers = [second.give("twice", [number, "a" * number]) for number in range(300)]
        where = second.give("where", None)
        assert where() == "there"
        for number in reversed(range(300)):
            assert answers[number]() == [2 * number, "a" * 2 * number]


def test_large_answers_wait_for_nobody() -> None:
    """More than a pipe holds, in both directions."""
    with apart(HERE, program()) as second:
        answers = [second.give("twice", ["x" * 1_000_000]) for _each in range(5)]
        assert [len(answer()[0]) for answer in answers] == [2_000_000] * 5
        assert second.give("where", None)() == "there"


@pytest.mark.parametrize(
    "stand_in",
    [
        ["a-program-that-is-not-here"],
        [sys.executable, "-c", "raise SystemExit(1)"],
        [sys.executable, "-c", "print('all of it is good')"],
        [sys.executable, "-c", "import sys; sys.stdout.write('\\0\\0\\0\\2no'); sys.stdout.flush(); input()"],
        [sys.executable, "-c", "import sys; sys.stdin.buffer.read(40)"],
        [sys.executable, "-c", "import os; os.abort()"],
        program("1 / 0"),
        program("os._exit(0)"),
        program("print('a word more', flush=True)"),
    ],
)
def test_what_a_process_that_fails_leaves_is_done_here(
    stand_in: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 3.0)
    with apart(HERE, stand_in) as second:
        before = [second.give("twice", [number]) for number in range(3)]
        where = second.give("where", None)
        after = [second.give("twice", [number]) for number in range(3)]
        assert where() == "here"
        assert [answer() for answer in (*before, *after)] == [[0], [2], [4]] * 2
        assert not second.is_begun
        assert second.give("where", None)() == "here"


def test_a_process_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.2)
    with apart(HERE, program("time.sleep(600)")) as second:
        assert second.give("where", None)() == "here"
        assert not second.is_begun


def test_an_answer_that_is_not_right_is_found_out_here_and_nothing_more_is_asked() -> None:
    with apart(HERE, program()) as second:
        assert second.give("where", None, lambda found: found == "there")() == "there"
        assert second.give("where", None, lambda found: found == "here")() == "here"
        assert second.give("where", None)() == "here"


def test_without_a_process_it_is_done_at_once_here() -> None:
    done: list[Any] = []
    with apart({"note": done.append}, None) as second:
        answer = second.give("note", 1)
        assert done == [1]
        assert answer() is None and not second.is_begun


def test_what_cannot_be_told_to_another_process_is_done_here() -> None:
    with apart({"same": lambda data: data}, program()) as second:
        own = object()
        assert second.give("same", own)() is own


def test_what_a_job_raises_is_raised_here() -> None:
    def job(_data: Any) -> Any:
        raise LookupError

    with apart({"where": job}, program("1 / 0")) as second, pytest.raises(LookupError):
        second.give("where", None)()


def test_no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[second_process.SecondProcess] = []
    begin = Apart.begin

    def noted(self: Apart, command: list[str]) -> None:
        begin(self, command)
        assert self._child is not None
        begun.append(self._child)

    monkeypatch.setattr(Apart, "begin", noted)
    with apart(HERE, program()) as second:
        second.give("where", None)()
    with pytest.raises(KeyError):
        _given_up()
    with apart(HERE, program()):
        pass
    assert len(begun) == 3 and not any(child.is_running for child in begun)


def _given_up() -> None:
    with apart(HERE, program("time.sleep(600)")) as second:
        second.give("where", None)
        second.give("twice", ["x" * 1_000_000])
        raise KeyError


@pytest.mark.skipif(sys.platform == "win32", reason="asks by signal 0")
def test_it_ends_with_the_process_that_began_it() -> None:
    parent = (
        f"import sys, os; sys.path.insert(0, {ROOT!r})\n"
        "from app.storage.apart import Apart\n"
        f"second = Apart({{}}); second.begin({program()!r})\n"
        "second.give('where', None)()\n"
        "print(second._child._child.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, check=False)
    child = int(done.stdout)
    _until(lambda: not _is_there(child))


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def _until(met: Callable[[], bool]) -> None:
    for _try in range(600):
        if met():
            return
        time.sleep(0.1)
    raise AssertionError("it is there still")


def test_what_breaks_off_is_not_answered() -> None:
    out = io.BytesIO()
    serve({}, io.BytesIO(b"\0\0\0\5four"), out)
    assert out.getvalue() == b""
