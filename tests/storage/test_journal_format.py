"""The format page, its vectors and a checker that knows nothing of this program agree about a real store."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.storage import dump
from app.storage.store import Store
from tests.support.family import person_of, register, save
from tools import check_journal, journal_vectors

ROOT = Path(__file__).parents[2]


@pytest.fixture
def dumped(store: Store) -> list[str]:
    """A journal with edits, a removal by undo, two seals at different places, and a value that was taken out."""
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="قربانی"))
    store.seal()
    save(store, person, person.with_values(call_name="Aro", birth_date_stated=1))
    store.undo()
    store.redact(person.id, frozenset({"given_names"}))
    with store.read() as conn:
        return list(dump.lines(conn))


def changes(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each way in which one line can say something else, with its name."""
    for number, line in enumerate(lines[1:], 1):
        row: dict[str, Any] = json.loads(line)
        for name, value in row.items():
            if name == "sign_key" and row["seal"] is None:
                continue  # without a seal nothing was signed yet
            other = _other(value)
            if other is not None:
                yield (
                    f"{number} {name}",
                    [*lines[:number], json.dumps({**row, name: other}), *lines[number + 1 :]],
                )
        yield f"{number} left out", lines[:number] + lines[number + 1 :]


def _other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return ("0" if value[:1] != "0" else "1") + value[1:]
    if isinstance(value, dict) and value:
        name, inner = next(iter(value.items()))
        return {**value, name: _other(inner)}
    if isinstance(value, list) and value:
        return [*value[:-1], "anders" if value[-1] is None else _other(value[-1])]
    return None


def test_the_vectors_in_the_docs_are_those_of_the_program() -> None:
    assert journal_vectors.main(["check"]) == 0


def test_the_checker_makes_the_vectors_itself() -> None:
    assert check_journal.main(["--vectors", str(journal_vectors.TARGET)]) == 0


def test_the_checker_imports_nothing_of_the_program() -> None:
    tree = ast.parse((ROOT / "tools" / "check_journal.py").read_text(encoding="utf-8"))
    found = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    found |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert found == {"hashlib", "hmac", "json", "sys", "collections", "pathlib", "typing"}


def test_the_checker_agrees_with_a_real_journal(dumped: list[str]) -> None:
    assert list(check_journal.check(dumped)) == []
    assert any('"gone":{"given_names"' in line for line in dumped)
    assert any('"seal":{' in line for line in dumped)


def test_the_checker_reads_a_file(dumped: list[str], tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(dumped), encoding="utf-8")
    assert check_journal.main([str(path)]) == 0


def test_whatever_is_changed_in_a_dump_is_caught(dumped: list[str]) -> None:
    passed = [name for name, lines in changes(dumped) if not list(check_journal.check(lines))]
    assert passed == []


def test_the_checker_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_journal.main([]) == 2
    assert "check_journal.py" in capsys.readouterr().err
