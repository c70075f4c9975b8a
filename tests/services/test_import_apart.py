"""A second process may hash and compare for a large import; what comes of it is the same to the byte."""

import io
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

import main
from app.domain import ident
from app.files.dossier_json_problem import FileRefused
from app.services import dossier_import, import_worker
from app.services.dossier_import import ImportReport
from app.services.session import Session
from app.storage.apart import Apart
from app.storage.chain import check_chains
from app.storage.project import differences
from app.storage.second_process import SecondProcess
from tests.support.dossier_files import changed, into, preview
from tests.support.duplicate_file import file_with_twins

Tables = dict[str, list[tuple[object, ...]]]
FAILING = {
    "is not there": ["a-program-that-is-not-here"],
    "ends at once": [sys.executable, "-c", "raise SystemExit(1)"],
    "speaks otherwise": [sys.executable, "-c", "print('all of it is good')"],
    "reads and goes": [sys.executable, "-c", "import sys; sys.stdin.buffer.read(100_000)"],
}
_OTHER = (
    f"import sys; sys.path.insert(0, {str(Path(main.__file__).parent)!r})\n"
    "from app.services import import_worker\n"
    "from app.domain import canon\nfrom app.matching import among\n"
)
OTHERS = {
    "hashes otherwise": f"{_OTHER}canon.tips = lambda all: [bytes(32) for each in all]\nimport_worker.main()",
    "hashes too little": f"{_OTHER}tips = canon.tips\ncanon.tips = lambda all: tips(all[:1])\nimport_worker.main()",
    "cannot hash": f"{_OTHER}canon.tips = lambda all: 1 / 0\nimport_worker.main()",
    "cannot compare": f"{_OTHER}among.look_among = lambda all: 1 / 0\nimport_worker.main()",
}


class _EnoughError(Exception):
    """Ends an import before it is kept."""


@pytest.fixture
def file() -> bytes:
    return file_with_twins(60)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[SecondProcess | None]:
    """Every file is large enough; the processes that were begun, None where that failed."""
    begun: list[SecondProcess | None] = []
    begin = Apart.begin

    def noted(self: Apart, command: list[str]) -> None:
        begin(self, command)
        begun.append(self._child)

    monkeypatch.setattr(Apart, "begin", noted)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(dossier_import, "LARGE", 1)
    return begun


def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier_import, "LARGE", 1 << 40)


def _instead(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(dossier_import, "command", lambda _word, _script: [*words])


def written(
    session: Session, file: bytes, patch: pytest.MonkeyPatch
) -> tuple[Tables, dict[str, frozenset[str]]]:
    """Every row that an import writes, to the byte, when chance and clock are always the same, and what persons are
    found by; nothing of it is kept."""
    kept: list[tuple[Tables, dict[str, frozenset[str]]]] = []
    derive = session.store.derive

    def derived(conn: Any, dossiers: Any, scopes: Any, found_by: Any) -> None:
        derive(conn, dossiers, scopes, found_by)
        names = [
            str(name)
            for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if name[:2] in ("j_", "l_", "r_", "d_") and not name.startswith("d_search")
        ]
        rows = {
            name: sorted(map(tuple, conn.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
            for name in names
        }
        kept.append((rows, dict(found_by)))
        raise _EnoughError

    chance = random.Random(28)
    with patch.context() as fixed:
        fixed.setattr("secrets.token_bytes", chance.randbytes)
        fixed.setattr("secrets.token_hex", lambda size: chance.randbytes(size).hex())
        fixed.setattr("secrets.randbits", chance.getrandbits)
        fixed.setattr("time.time_ns", lambda: 1_800_000_000_000_000_000)
        fixed.setattr(ident, "_SOURCE", ident._Source())
        fixed.setattr(session.store, "derive", derived)
        with pytest.raises(_EnoughError):
            into(session, file)
    return kept[0]


def told(report: ImportReport) -> list[object]:
    return [report.new_dossiers, report.new_persons, report.new_records, report.unchanged, report.suspected]


def is_whole(session: Session) -> None:
    with session.store.read() as conn:
        assert check_chains(conn) == () and differences(conn) == []


def test_every_row_is_the_same_to_the_byte(
    session: Session, file: bytes, begun: list[SecondProcess | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    into(session, file_with_twins(8))
    apart = written(session, file, monkeypatch)
    assert len(begun) == 2
    _alone(monkeypatch)
    assert written(session, file, monkeypatch) == apart
    assert len(begun) == 2
    rows, found_by = apart
    assert len(rows["j_op"]) > 300 and all(len(str(row)) > 40 for row in rows["j_stream"])
    assert len(found_by) == 60


def test_the_report_and_the_store_are_the_same(
    session: Session,
    other_session: Session,
    file: bytes,
    begun: list[SecondProcess | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = file_with_twins(8)
    for each in (session, other_session):
        into(each, first)
    seen, apart = preview(session, file), into(session, file)
    _alone(monkeypatch)
    alone = into(other_session, file)
    assert told(apart) == told(alone) == told(seen)
    assert len(apart.suspected) >= 3 and len(begun) == 3
    for each in (session, other_session):
        is_whole(each)
    monkeypatch.undo()
    session.store.undo()
    is_whole(session)


def test_what_is_said_of_whom_is_here_is_what_stood_here_before(
    session: Session, begun: list[SecondProcess | None]
) -> None:
    """Also where the file says something else of that family."""
    first = file_with_twins(4)
    into(session, first)

    def twins_and_title(data: Any) -> None:
        for scope in data["scopes"]:
            if scope["kind"] == "dossier":
                family = scope["id"]
        for record in data["records"]:
            if record["id"] == family:
                record["was"] = dict(record["fields"])
                record["fields"]["title"] = "Heet nu anders"
        data["scopes"] += [dict(scope, id=_other(scope["id"])) for scope in data["scopes"]]
        data["records"] += [
            {
                "kind": record["kind"],
                "id": _other(record["id"]),
                "scope": _other(record["scope"]),
                "fields": dict(record["fields"]),
            }
            for record in data["records"]
            if record["kind"] in ("person", "dossier")
        ]

    file = changed(first, twins_and_title)
    seen = preview(session, file)
    report = into(session, file)
    assert report.suspected == seen.suspected and len(report.suspected) == 4
    assert {hit.family for each in report.suspected for hit in each.hits if hit.family} != {"Heet nu anders"}
    assert [change.file for change in report.changed] == ["Heet nu anders"]


def _other(id_: str) -> str:
    return id_[:-4] + f"{int(id_[-4:], 16) ^ 0xFFFF:04x}"


@pytest.mark.parametrize("stand_in", [*FAILING, *OTHERS])
def test_a_process_that_fails_changes_nothing(
    session: Session,
    file: bytes,
    begun: list[SecondProcess | None],
    monkeypatch: pytest.MonkeyPatch,
    stand_in: str,
) -> None:
    command = FAILING.get(stand_in) or [sys.executable, "-c", OTHERS[stand_in]]
    _instead(monkeypatch, *command)
    failing = written(session, file, monkeypatch)
    _alone(monkeypatch)
    assert written(session, file, monkeypatch) == failing
    monkeypatch.setattr(dossier_import, "LARGE", 1)
    seen = preview(session, file)
    assert told(into(session, file)) == told(seen)
    assert len(begun) == 2 and not any(child.is_running for child in begun if child is not None)
    is_whole(session)


def test_a_file_that_is_refused_leaves_no_process(
    session: Session, file: bytes, begun: list[SecondProcess | None]
) -> None:
    with pytest.raises(FileRefused):
        into(session, file[:-20])
    assert len(begun) == 1 and begun[0] is not None and not begun[0].is_running


def test_a_small_file_one_core_and_a_stream_begin_nothing(
    session: Session, file: bytes, begun: list[SecondProcess | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert into(session, file).written
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(dossier_import, "LARGE", len(file) + 1)
    assert not into(session, file).written
    monkeypatch.setattr(dossier_import, "LARGE", 1)
    assert not dossier_import.import_dossiers(session, _Stream(file)).written
    assert begun == []


class _Stream(io.BytesIO):
    @override
    def seekable(self) -> bool:
        return False


def test_a_frozen_program_calls_itself(
    session: Session, file: bytes, begun: list[SecondProcess | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main.RECKON_IMPORT == import_worker.WORD
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert dossier_import._command(io.BytesIO(file)) == [sys.executable, main.RECKON_IMPORT]
    assert begun == []


def test_the_program_answers_as_the_worker_does(
    session: Session, file: bytes, begun: list[SecondProcess | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is answered by the process: here nothing is computed but what tells whether it hashes alike."""
    _instead(monkeypatch, sys.executable, main.__file__, main.RECKON_IMPORT)
    with monkeypatch.context() as never:
        never.setattr(import_worker, "jobs", dict)
        assert into(session, file).written
    assert len(begun) == 1
    is_whole(session)
