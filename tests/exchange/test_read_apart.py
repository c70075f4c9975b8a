"""A second process may read a large package; it never decides alone that something is wrong, and what it says comes out
the same as what this process reads."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from app.exchange import read_apart, read_worker, receive
from app.exchange.problem import DamagedPackage, DangerousPackage, WrongSignature
from app.exchange.read_apart import ReadApart
from app.services import take
from app.storage import chain, project, second_process
from tests.exchange.test_faults import add_scan
from tests.support.package_case import ALL, MadeFamily, Office, refused, take_apart

Tables = dict[str, list[tuple[object, ...]]]
WORKER = "from app.exchange import read_worker as w"
CHECKS_NOTHING = "from app.storage import seal; seal.good_seals = lambda seals: True"


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[ReadApart]:
    """Every package is enough for a second process; those that were begun."""
    begun: list[ReadApart] = []
    begin = ReadApart.begin

    def noted(self: ReadApart, *args: object) -> None:
        begun.append(self)
        begin(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ReadApart, "begin", noted)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(read_apart, "LEAST", 1)
    return begun


def _never(_seals: object) -> bool:
    raise AssertionError("the second process has checked these")


def _instead(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(read_apart, "command", lambda: [*words])


def _changed(anna: Office, family: MadeFamily) -> None:
    alias = anna.alias(family)
    assert alias is not None
    anna.change(alias, family_name="Elders")


def _held(office: Office) -> Tables:
    """The records, and what the journal holds but for the numbers that are local to a store."""
    with office.desk.store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()
        streams = conn.exec_driver_sql(
            "SELECT s.scope, s.compartment, d.id, s.seq, s.tip, s.sealed_seq, s.sealed_tip, s.signature,"
            " (SELECT count(*) FROM j_op o WHERE o.stream = s.no) FROM j_stream s JOIN j_device d ON d.no = s.device"
            " WHERE s.seq > 0 AND s.scope IN (SELECT scope FROM r_scope WHERE kind <> 'plaats') ORDER BY 1, 2, 3"
        ).all()
        places = set(conn.exec_driver_sql("SELECT scope FROM r_scope WHERE kind = 'plaats'").scalars())
    records = {
        name: [row for row in rows if row[1] not in places]
        for name, rows in office.tables().items()
        if name.startswith("r_")
    }
    return records | {"streams": [tuple(row) for row in streams]}


def test_it_comes_out_as_it_does_without(
    anna: Office,
    bram: Office,
    office: Callable[[str], Office],
    apart: list[ReadApart],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    carla = office("Carla")
    for one, other in ((anna, carla), (carla, anna)):
        one.desk.knows(other.desk)
    family, second = anna.family(), anna.family("Verzonnen Twee")
    with monkeypatch.context() as seals:
        seals.setattr(receive, "good_seals", _never)
        for _round in range(2):
            take.accept(bram.session, anna.give(bram, dossiers=(family.dossier, second.dossier), parts=ALL))
            _changed(anna, family)
            _changed(anna, family)
    assert len(apart) == 2
    monkeypatch.setattr(read_apart, "LEAST", 1 << 40)
    file = anna.give(bram, carla, dossiers=(family.dossier, second.dossier), parts=ALL, full=True)
    for to in (bram, carla):
        take.accept(to.session, file)
    assert len(apart) == 2
    assert _held(bram) == _held(carla)


def test_what_both_wrote_comes_out_alike(anna: Office, bram: Office, apart: list[ReadApart]) -> None:
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    _changed(anna, family)
    _changed(bram, family)
    seen = take.look(bram.session, file := anna.give(bram, dossiers=(family.dossier,)))
    taken = take.accept(bram.session, file)
    assert (seen.changes, seen.differences) == (taken.changes, taken.differences) and taken.changes > 0
    take.take_back_file(bram.session, taken.number)
    assert take.accept(bram.session, file).changes == taken.changes
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    assert len(apart) == 5
    assert _held(anna)["r_alias"] == _held(bram)["r_alias"]


@pytest.mark.parametrize(
    "stand_in",
    [
        ["a-program-that-is-not-here"],
        [sys.executable, "-c", "raise SystemExit(1)"],
        [sys.executable, "-c", "print('all of it is good')"],
        [sys.executable, "-c", "import sys; sys.stdin.buffer.read(); print('good')"],
        [sys.executable, "-c", "import os; os.abort()"],
        [sys.executable, "-c", f"{WORKER}; w.verdict = lambda word: word; w.main()"],
        [sys.executable, "-c", f"{WORKER}; w.verdict = lambda word: b''; w.main()"],
        [sys.executable, "-c", f"{WORKER}\nw.verdict = lambda word: 1 / 0\nw.main()"],
        [sys.executable, "-c", f"{WORKER}\n{CHECKS_NOTHING}\nw.verdict = lambda word: b'good'\nw.main()"],
    ],
)
def test_a_process_that_fails_changes_nothing(
    anna: Office,
    bram: Office,
    apart: list[ReadApart],
    monkeypatch: pytest.MonkeyPatch,
    stand_in: list[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(main.__file__).parent))
    _instead(monkeypatch, *stand_in)
    file = anna.give(bram, dossiers=(anna.family().dossier,))
    opened = take_apart(file, bram)
    opened.manifest["segments"][0][6] = "0" * 128
    refused(bram, opened.pack(anna, tmp_path / "forged.regiemap", bram), WrongSignature)
    assert take.look(bram.session, file).changes == take.accept(bram.session, file).changes > 0
    assert len(apart) == 4
    assert [one._child for one in apart if one._child is not None and one._child.is_running] == []
    _held(bram)


def test_what_is_wrong_with_a_package_is_said_as_without(
    anna: Office, bram: Office, apart: list[ReadApart], tmp_path: Path
) -> None:
    file = anna.give(bram, dossiers=(anna.family().dossier,))
    faults: list[tuple[type[Exception], Callable[[list[object]], object]]] = [
        (DangerousPackage, lambda op: op.__setitem__(1, "no id")),
        (WrongSignature, lambda op: op.__setitem__(3, "0" * 32)),
        (DamagedPackage, lambda op: op.append(1)),
    ]
    for number, (problem, spoil) in enumerate(faults):
        opened = take_apart(file, bram)
        spoil(next(line for line in reversed(opened.ops) if line[0] != "a"))
        refused(bram, opened.pack(anna, tmp_path / f"{number}.regiemap", bram), problem)
    opened = take_apart(file, bram)
    opened.ops.pop()
    refused(bram, opened.pack(anna, tmp_path / "short.regiemap", bram, honest=False), DamagedPackage)
    assert len(apart) == 8


def test_no_scan_is_kept_of_a_package_with_a_wrong_seal(
    anna: Office, bram: Office, apart: list[ReadApart], tmp_path: Path
) -> None:
    family = anna.family()
    add_scan(anna, family.person)
    opened = take_apart(anna.give(bram, dossiers=(family.dossier,), parts=ALL), bram)
    assert opened.blobs
    opened.segment(family.person, "gezondheid")[6] = "0" * 128
    before = _files(bram)
    refused(bram, opened.pack(anna, tmp_path / "forged.regiemap", bram), WrongSignature)
    assert len(apart) == 2 and _files(bram) == before


def _files(office: Office) -> set[Path]:
    shelf = office.desk.store.scans
    assert shelf is not None
    return {path for path in shelf.path_of("0" * 64).parent.parent.rglob("*") if path.is_file()}


def test_little_and_one_core_begin_nothing(
    anna: Office, bram: Office, apart: list[ReadApart], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = anna.give(bram, dossiers=(anna.family().dossier,))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    take.look(bram.session, file)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(read_apart, "LEAST", 10_000)
    take.accept(bram.session, file)
    assert apart == []


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, sys.executable, "-c", "import time; time.sleep(600)")
    monkeypatch.setattr(read_apart, "LONGEST_S", 0.2)
    hung = ReadApart()
    hung.begin({}, [])
    with pytest.raises(EOFError):
        hung.finish()
    hung.end()
    assert hung._child is not None and not hung._child.is_running


def test_a_frozen_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main.READ_PACKAGE == read_worker.WORD
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert read_apart.command() == [sys.executable, main.READ_PACKAGE]


def test_the_program_answers_as_the_worker_does(
    anna: Office, bram: Office, apart: list[ReadApart], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "good_seals", _never)
    _instead(monkeypatch, sys.executable, main.__file__, main.READ_PACKAGE)
    take.accept(bram.session, anna.give(bram, dossiers=(anna.family().dossier,)))
    assert len(apart) == 1


def test_what_breaks_off_is_answered_by_nothing() -> None:
    for data in (b"", b"\0\0\0", b"\0\0\0\5four"):
        done = subprocess.run(read_apart.command(), input=data, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (1, b"")
    frame = io.BytesIO()
    second_process.put(frame, b"whole")
    assert second_process.get(io.BytesIO(frame.getvalue())) == b"whole"
