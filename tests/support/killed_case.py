"""Offices on disk, and a process that works on one and kills itself at a chosen step.

A step is a statement to the database, a commit, or a deed on a file. `python -m tests.support.killed_case` reads lines
`folder deed steps argument` and forks for each one, so that the program is loaded once.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, event

from app.config.paths import RESOURCES
from app.content.load import Content, load
from app.domain.clock import now_ms
from app.domain.exchange_facts import GiveChoice
from app.domain.extract_facts import ExtractChoice
from app.services import extract, give, take
from app.services.session import Session
from app.storage import identity
from app.storage.engine import open_engines
from app.storage.scan import ScanShelf
from app.storage.store import Store
from tests.support.colleague_case import Desk
from tests.support.package_case import ALL, Office
from tests.support.store_fixture import test_key

FILES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "shutil.rmtree"})


def reopen(folder: Path, name: str, content: Content) -> Office:
    """An office that was made by `make_office` and closed, or copied while closed."""
    engines = open_engines(folder / "store.db", test_key())
    with engines.reader.connect() as conn:
        told: dict[str, str] = dict(conn.exec_driver_sql("SELECT name, value FROM l_meta").all())
        found = identity.load(conn, told["officer"])
    store = Store(engines.writer, engines.reader, found)
    store.place, store.packs, store.scans = told["place"], content.short_packs, ScanShelf(folder / "blobs")
    session = Session(
        store=store,
        content=content,
        officer=told["officer"],
        officer_name=name,
        location="GL Verzonnen",
        place=told["place"],
        number_prefix="TEST",
        now=lambda: datetime.fromtimestamp(now_ms() / 1000, UTC),
    )
    return Office(Desk(store, told["officer"], told["place"], name), session, folder)


# -- deeds -------------------------------------------------------------------------------------------------------------


def _take(office: Office, argument: list[str]) -> None:
    take.accept(office.session, Path(argument[0]))


def _give(office: Office, argument: list[str]) -> None:
    dossier, device, folder = argument
    choice = GiveChoice(dossiers=(dossier,), receivers=(device,), compartments=ALL, full=True)
    give.write(office.session, choice, Path(folder))


def _let_read(office: Office, argument: list[str]) -> None:
    dossier, device, folder = argument
    choice = ExtractChoice(dossier=dossier, receivers=(device,), compartments=ALL, until=date(2100, 1, 31))
    extract.write(office.session, choice, Path(folder))


def _take_back(office: Office, argument: list[str]) -> None:
    take.take_back_file(office.session, int(argument[0]))


DEEDS: dict[str, Callable[[Office, list[str]], None]] = {
    "take": _take,
    "give": _give,
    "let_read": _let_read,
    "take_back": _take_back,
}


# -- the process -------------------------------------------------------------------------------------------------------


class Steps:
    """Counts, and kills this process when the count is reached. `most` < 0: never."""

    def __init__(self, most: int) -> None:
        self.most, self.done, self.on = most, 0, True

    def step(self, *_told: object) -> None:
        """One more."""
        if self.on:
            if self.done == self.most:
                os.kill(os.getpid(), signal.SIGKILL)
            self.done += 1

    def audit(self, name: str, _told: object) -> None:
        """A hook of `sys.addaudithook`."""
        if name in FILES:
            self.step()


def _work(content: Content, folder: Path, deed: str, most: int, argument: list[str]) -> None:
    office = reopen(folder, "Iemand", content)
    steps = Steps(most)
    for name in ("before_cursor_execute", "after_cursor_execute", "commit", "rollback"):
        event.listen(Engine, name, steps.step)
    sys.addaudithook(steps.audit)
    DEEDS[deed](office, argument)
    steps.on = False
    os.write(1, f"steps {steps.done}\n".encode())


def main() -> None:
    """See the module."""
    content = load(RESOURCES / "content")
    content.load_all()
    for line in sys.stdin:
        folder, deed, most, argument = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                _work(content, Path(folder), deed, most, argument)
                code = 0
            finally:
                os._exit(code)
        os.write(1, f"pid {child}\n".encode())
        _pid, status = os.waitpid(child, 0)
        os.write(1, f"dead {status}\n".encode())


class Nursery:
    """Its other side: sends work and hears how it ended."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def work(
        self, folder: Path, deed: str, most: int, argument: list[str], after_s: float | None = None
    ) -> int:
        """Steps that it took; -1 when it was killed, by itself or after so many seconds."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps([str(folder), deed, most, argument]), file=self._process.stdin, flush=True)
        steps = -1
        while not (line := self._process.stdout.readline()).startswith("dead"):
            assert line, "the process is gone"
            if line.startswith("pid"):
                if after_s is not None:
                    time.sleep(after_s)
                    with suppress(ProcessLookupError):
                        os.kill(int(line.split()[1]), signal.SIGKILL)
                continue
            steps = int(line.split()[1])
        status = int(line.split()[1])
        assert status in (0, signal.SIGKILL), f"it failed by itself: {status}"
        return steps


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A process for many kills."""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.killed_case"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        yield Nursery(process)
        process.kill()


if __name__ == "__main__":
    main()
