"""kill -9 at the steps of taking in, giving, letting read and taking back: whole before, or whole after."""

import json
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.content.load import Content
from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.domain.kinds.sensitive import HealthScan
from app.services import give, take
from app.storage import chain, project
from app.storage.engine import open_engines
from tests.exchange.test_give_and_take import PNG, edit
from tests.support.killed_case import Nursery, nursery, reopen
from tests.support.package_case import ALL, MadeFamily, Office
from tests.support.store_fixture import test_key

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")]

KILLS, LAST = 26, 10


@pytest.fixture(scope="module")
def child() -> Iterator[Nursery]:
    with nursery() as made:
        yield made


@pytest.fixture
def family(anna: Office) -> MadeFamily:
    """With a scan and forty other names."""
    family = anna.family()
    store = anna.desk.store
    with store.write(verbs.MEMBER_CHANGED) as uow:
        assert store.scans is not None
        key = uow.conn.exec_driver_sql(
            "SELECT key FROM r_scope WHERE scope = ?", (family.person,)
        ).scalar_one()
        blob = store.scans.add(uow.conn, family.person, bytes.fromhex(key), PNG)
        uow.add(HealthScan(id=new_id(), scope=family.person, blob=blob))
        for no in range(40):
            uow.add(Alias(id=new_id(), scope=family.person, family_name=f"Ander {no}"))
    return family


def moments(total: int) -> list[int]:
    """Steps over the whole of it, and each of the last."""
    return sorted({total * no // KILLS for no in range(KILLS)} | set(range(max(0, total - LAST), total)))


def shape(office: Office) -> dict[str, int]:
    """How much there is of everything, all of it consistent."""
    engines = open_engines(
        office.folder / "store.db", test_key()
    )  # a connection that read the index before errs
    with engines.reader.connect() as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
    engines.reader.dispose()
    engines.writer.dispose()
    with office.desk.store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()
        assert conn.exec_driver_sql("SELECT open FROM j_guard").scalar_one() == 0
        assert office.desk.store.scans is not None and office.desk.store.scans.verify(conn) == ()
        names = ("j_op", "r_alias", "l_import", "l_import_stream", "l_export", "l_scan_file", "l_shared")
        found = {name: conn.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}
        found["back"] = conn.exec_driver_sql("SELECT count(taken_back_at) FROM l_import").scalar_one()
        found["listed"] = conn.exec_driver_sql("SELECT count(*) FROM d_summary").scalar_one()
        found["found"] = conn.exec_driver_sql("SELECT count(*) FROM d_search_text").scalar_one()
        found["no"] = int(
            conn.exec_driver_sql(
                "SELECT coalesce(max(value), 0) FROM l_meta WHERE name = 'export_no'"
            ).scalar_one()
        )
        assert found["found"] == found["r_alias"] + 2 * found["listed"]
    return found


def each_kill(
    child: Nursery,
    folder: Path,
    deed: str,
    argument: Callable[[Path], list[str]],
    content: Content,
    tmp_path: Path,
) -> Iterator[tuple[Office, Path, bool]]:
    """The office after a kill at each moment: reopened, with the folder of its files; last the one that lived."""
    before = tmp_path / "whole"
    shutil.copytree(folder, before)
    total = child.work(before, deed, -1, argument(before))
    assert total > 15
    for most in (*moments(total), -1):
        copy = tmp_path / f"at{most}"
        shutil.copytree(folder, copy)
        steps = child.work(copy, deed, most, argument(copy))
        assert (steps == -1) == (most >= 0)
        office = reopen(copy, folder.name, content)
        yield office, copy, most >= 0
        office.desk.store.close()
        shutil.rmtree(copy)


def test_taking_in(
    anna: Office, bram: Office, family: MadeFamily, child: Nursery, content: Content, tmp_path: Path
) -> None:
    path = anna.give(bram, dossiers=(family.dossier,), parts=ALL)
    before = shape(bram)
    bram.desk.store.close()
    seen = set()
    for office, _folder, killed in each_kill(
        child, bram.folder, "take", lambda _folder: [str(path)], content, tmp_path
    ):
        now = shape(office)
        whole = now["r_alias"] > 0
        seen.add(whole)
        if not whole:
            assert now == before and killed
            take.accept(office.session, path)
            now = shape(office)
        assert (now["r_alias"], now["l_import"], now["l_scan_file"], now["listed"]) == (41, 1, 1, 1)
        assert take.look(office.session, path).known
    assert seen == {True, False}


def test_taking_in_killed_from_outside(
    anna: Office, bram: Office, family: MadeFamily, child: Nursery, content: Content, tmp_path: Path
) -> None:
    """At any moment, also inside the database: in the midst of a commit."""
    path = anna.give(bram, dossiers=(family.dossier,), parts=ALL)
    before = shape(bram)
    bram.desk.store.close()
    chance, seen, took_s = random.Random(20261127), set(), 0.0
    for no in range(24):
        copy = tmp_path / str(no)
        shutil.copytree(bram.folder, copy)
        begin = time.monotonic()
        child.work(copy, "take", -1, [str(path)], after_s=chance.uniform(0.0, took_s) if no else None)
        took_s = took_s or time.monotonic() - begin
        office = reopen(copy, "Bram", content)
        now = shape(office)
        seen.add(now["r_alias"])
        assert now["r_alias"] == 41 or now == before
        office.desk.store.close()
    assert seen == {0, 41}, took_s


def test_taking_back(
    anna: Office, bram: Office, family: MadeFamily, child: Nursery, content: Content, tmp_path: Path
) -> None:
    take.accept(bram.session, anna.give(bram, dossiers=(anna.family("Bekend").dossier,)))  # and the location
    empty = shape(bram)
    path = anna.give(bram, dossiers=(family.dossier,), parts=ALL)
    number = take.accept(bram.session, path).number
    before = shape(bram)
    bram.desk.store.close()
    seen = set()
    for office, _folder, killed in each_kill(
        child, bram.folder, "take_back", lambda _folder: [str(number)], content, tmp_path
    ):
        now = shape(office)
        seen.add(now["back"])
        if not now["back"]:
            assert now == before and killed
            take.take_back_file(office.session, number)
            now = shape(office)
        assert all(now[name] == empty[name] for name in ("j_op", "r_alias", "listed"))
        take.accept(office.session, path)
        assert shape(office)["r_alias"] == 41 + empty["r_alias"]
    assert seen == {0, 1}


def given_files(folder: Path) -> list[Path]:
    return list((folder / "uit").glob("*.regiemap"))


@pytest.mark.parametrize("deed", ["give", "let_read"])
def test_giving_never_leaves_a_file_without_its_note(
    deed: str,
    anna: Office,
    bram: Office,
    family: MadeFamily,
    child: Nursery,
    content: Content,
    tmp_path: Path,
) -> None:
    """A note without a file does no harm: nobody takes it for held there, and the next file carries all of it."""
    (anna.folder / "uit").mkdir()
    before = shape(anna)
    anna.desk.store.close()
    seen = set()
    for office, folder, killed in each_kill(
        child,
        anna.folder,
        deed,
        lambda folder: [family.dossier, bram.desk.device, str(folder / "uit")],
        content,
        tmp_path,
    ):
        now, files = shape(office), given_files(folder)
        assert len(files) <= now["l_export"] <= 1 and (killed or files)
        seen.add((now["l_export"], len(files)))
        if not now["l_export"]:
            assert now == before
        if deed == "give":
            edit(office, family.alias, "erna")
            later = office.give(bram, dossiers=(family.dossier,), parts=ALL)
            for path in (*files, later):
                seen_there = take.look(bram.session, path)
                assert not any(one.holds for one in seen_there.families)
                assert seen_there.changes > 40
    assert {(0, 0), (1, 1)} <= seen


def test_two_files_of_one_laptop_are_one_history_whenever_it_was_killed(
    anna: Office, bram: Office, family: MadeFamily, child: Nursery, content: Content, tmp_path: Path
) -> None:
    """What was signed and left must never be signed otherwise: the receiver of both would see a fork."""
    (anna.folder / "uit").mkdir()
    anna.desk.store.close()
    bram.desk.store.close()
    left = 0
    for office, folder, _killed in each_kill(
        child,
        anna.folder,
        "give",
        lambda folder: [family.dossier, bram.desk.device, str(folder / "uit")],
        content,
        tmp_path,
    ):
        files = given_files(folder)
        if files:
            left += 1
            there = folder / "bram"
            shutil.copytree(bram.folder, there)
            receiver = reopen(there, "Bram", content)
            take.accept(receiver.session, files[0])
            edit(office, family.alias, "erna")
            take.accept(receiver.session, office.give(bram, dossiers=(family.dossier,), parts=ALL))
            with receiver.desk.store.read() as conn:
                counts = conn.exec_driver_sql("SELECT counts FROM l_import").scalars().all()
                assert not any(json.loads(one)["forks"] or json.loads(one)["gaps"] for one in counts)
            assert give.holdings(office.session, bram.desk.device)
            receiver.desk.store.close()
    assert left > 1
