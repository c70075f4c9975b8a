"""kill -9 at random moments of taking families out: each is there whole or not at all, and its neighbours stand."""

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

from app.domain.kinds.person import Alias
from app.storage import chain, project
from tests.support.family import add, register
from tests.support.made_up_record import id_of
from tests.support.store_fixture import StoreFile

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")]

FAMILIES, KILLS = 8, 40

_NURSERY = """
import os, signal, sys
from pathlib import Path
from app.domain import verbs
from app.storage import removal
from tests.support.store_fixture import StoreFile

def say(text):
    os.write(1, f"{text}\\n".encode())

def work(path):
    store = StoreFile(path).open()
    with store.read() as conn:
        scopes = conn.exec_driver_sql("SELECT scope FROM r_dossier ORDER BY title").scalars().all()
    for scope in scopes:
        with store.removing(verbs.DESTROYED) as whole:
            persons = whole.conn.exec_driver_sql("SELECT person FROM r_membership WHERE scope = ?", (scope,)).scalars()
            for one in (*persons.all(), scope):
                whole.touched += removal.remove_scope(whole.conn, one)
                whole.conn.exec_driver_sql("INSERT INTO l_destroyed(scope, at) VALUES(?, 1)", (one,))
            whole.gone.add(scope)
        say(scope)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work(Path(line.strip()))
        signal.pause()  # done before it was killed
    say(f"pid {child}")
    os.waitpid(child, 0)
    say("dead")
"""


@pytest.fixture(scope="module")
def nursery() -> "Iterator[subprocess.Popen[str]]":
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        yield process
        process.kill()


def kill_at_work(nursery: "subprocess.Popen[str]", path: Path, wait_s: float) -> set[str]:
    """The scopes that the worker had said to be gone before it was killed."""
    assert nursery.stdin is not None and nursery.stdout is not None
    print(path, file=nursery.stdin, flush=True)
    said: set[str] = set()
    while (line := nursery.stdout.readline()) != "dead\n":
        assert line
        if line.startswith("pid"):
            time.sleep(wait_s)
            os.kill(int(line.split()[1]), signal.SIGKILL)
        else:
            said.add(line.strip())
    return said


def test_a_killed_removal_leaves_each_family_whole_or_gone(
    store_file: StoreFile, tmp_path: Path, nursery: "subprocess.Popen[str]"
) -> None:
    store = store_file.open()
    for no in range(FAMILIES):
        family = register(store, f"Familie{no}")
        add(
            store,
            *(
                Alias(id=id_of(f"{no} {at}"), scope=family.persons[0], family_name=f"F{no}")
                for at in range(80)
            ),
        )
    store.close()
    chance, met = random.Random(20261127), set()
    for kill in range(KILLS):
        path = tmp_path / f"{kill}.db"
        shutil.copy(store_file.path, path)
        said = kill_at_work(nursery, path, chance.uniform(0.0, 0.25))
        opened = StoreFile(path).open()
        with opened.read() as conn:
            assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert project.differences(conn) == [] and chain.check_chains(conn) == ()
            gone = set(conn.exec_driver_sql("SELECT scope FROM l_destroyed").scalars())
            dossiers = set(conn.exec_driver_sql("SELECT scope FROM r_dossier").scalars())
            listed = set(conn.exec_driver_sql("SELECT dossier FROM d_summary").scalars())
            aliases = conn.exec_driver_sql("SELECT count(*) FROM r_alias").scalar_one()
            found = conn.exec_driver_sql(
                "SELECT count(*) FROM d_search_text WHERE rec IN (SELECT id FROM r_alias)"
            )
            assert found.scalar_one() == aliases
            assert conn.exec_driver_sql("SELECT open FROM j_guard").scalar_one() == 0
        assert said <= gone and not dossiers & gone and dossiers == listed
        assert (len(dossiers), aliases) == (FAMILIES - len(gone) // 2, 80 * len(dossiers))
        met.add(len(dossiers))
        opened.close()
    assert len(met) > 2, "the kills must fall in the midst of the work"
