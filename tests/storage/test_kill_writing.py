"""kill -9 at 200 random moments of writing: the store opens whole, with every change that was acknowledged.

One process loads the program once and forks a writer for each kill; the writer says a number after each commit.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage import chain, project
from app.storage.store import Store
from tests.support.store_fixture import StoreFile

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")]

STORES, KILLS = 10, 20
AFTER = ("pid", "open", "1", "1")
"""From when the time to a kill counts; a busy machine may take longer than that to open a store."""

_NURSERY = """
import os, sys
from pathlib import Path
from app.domain import verbs
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.person import Person
from app.domain.record import ScopeKind
from app.storage.uow import read_where
from tests.support.store_fixture import StoreFile

def say(text):
    os.write(1, f"{text}\\n".encode())

def write(path):
    store = StoreFile(path).open()
    with store.read() as conn:
        number = conn.exec_driver_sql("SELECT count(*) FROM r_dossier").scalar_one()
    say("open")
    while True:
        number += 1
        with store.write(verbs.FAMILY_REGISTERED) as uow:
            scope = uow.new_scope(ScopeKind.DOSSIER)
            uow.add(Dossier(id=scope, scope=scope, title=f"F{number}"))
            people = read_where(uow.conn, Person, "1")
            if people:
                uow.save(people[0], people[0].with_values(call_name=str(number)))
            else:
                person = uow.new_scope(ScopeKind.PERSON)
                uow.add(Person(id=person, scope=person, call_name=str(number)))
        say(number)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        write(Path(line.strip()))
    say(f"pid {child}")
    os.waitpid(child, 0)
    say("dead")
"""


class Nursery:
    """Forks writers and kills them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._chance = random.Random(20261123)

    def write_until_killed(self, path: Path, after: str) -> int:
        """Let a writer work on a store, kill it some time after it began ("pid"), opened the store ("open") or wrote
        something ("1"), and return the last number it acknowledged (0: none)."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None and back is not None
        print(path, file=to, flush=True)
        acknowledged, writer, said = 0, 0, set[str]()
        while (line := back.readline()) != "dead\n":
            assert line
            word, *number = line.split()
            said.add("1" if word.isdigit() else word)
            if word == "pid":
                writer = int(number[0])
            elif word.isdigit():
                acknowledged = int(word)
            if writer and after in said:
                time.sleep(self._chance.uniform(0.0, 0.12))
                os.kill(writer, signal.SIGKILL)
                writer = 0
        return acknowledged


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        yield Nursery(process)
        process.kill()


def assert_whole(store: Store, acknowledged: int) -> int:
    """Everything that was acknowledged is there, nothing is there by half; returns how much there is."""
    with store.read() as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert chain.check_chains(conn) == ()
        assert project.differences(conn) == []
        titles = {title for (title,) in conn.exec_driver_sql("SELECT title FROM r_dossier")}
        called = conn.exec_driver_sql("SELECT call_name FROM r_person").scalar()
        listed = conn.exec_driver_sql("SELECT count(*) FROM d_summary").scalar_one()
        found = conn.exec_driver_sql("SELECT count(*) FROM d_search_text").scalar_one()
    number = len(titles)
    assert acknowledged <= number <= acknowledged + 1
    assert titles == {f"F{n}" for n in range(1, number + 1)}
    assert called == (str(number) if number else None)
    assert (listed, found) == (number, number + 1 if number else 0)
    return number


@pytest.mark.parametrize("run", range(STORES))
def test_a_killed_writer_leaves_a_whole_store_with_all_it_acknowledged(
    run: int, store_template: Path, tmp_path: Path, nursery: Nursery
) -> None:
    path = tmp_path / f"{run}.db"
    shutil.copy(store_template, path)
    number = 0
    for kill in range(KILLS):
        number = max(nursery.write_until_killed(path, AFTER[kill % len(AFTER)]), number)
        store = StoreFile(path).open()
        number = assert_whole(store, number)
        store.close()
    assert number > 0
