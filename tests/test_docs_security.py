"""Each promise of docs/security.md names a test; here: that the test exists, and that no row promises without one."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


def _tests_in(path: Path) -> frozenset[str]:
    """The functions of a test file, also those inside classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_test_that_the_page_names_exists() -> None:
    assert len(NAMED) > 30
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not (ROOT / file).is_file() or name not in _tests_in(ROOT / file)
    ]
    assert not missing


def test_no_promise_stands_without_a_test() -> None:
    section = TEXT.split("## Promises\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    assert [row for row in rows if "::test_" not in row] == []


def test_a_name_that_is_not_quite_written_is_found_out() -> None:
    """Whatever looks like the name of a test has the form that is checked above."""
    assert TEXT.count("::test_") == len(NAMED)
