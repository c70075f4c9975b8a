"""The rules of the house that no other tool checks: who imports what, how big, under which name, with which words."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ("app", "ui", "tools", "main.py")
LONGEST_FILE = 500
# A file may be longer for a reason that is written here.
LONG_WITH_REASON: dict[str, str] = {}
EMPTY_NAMES = ("util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "stuff", "base")
UI_MAY_KNOW = ("app.services", "app.domain", "app.i18n", "app.config", "app.bootstrap")
NETWORK = ("socket", "ssl", "http", "urllib.request", "PySide6.QtNetwork", "PySide6.QtWebSockets")
TEXT_FILES = (
    "*.py",
    "*.md",
    "*.toml",
    "*.txt",
    "*.in",
    "*.cfg",
    "*.po",
    "*.pot",
    "*.json",
    "*.qss",
    "*.csv",
    "*.svg",
)


def python_files(*places: str) -> list[Path]:
    """All source files below `places` (folders or files of the project)."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions; `from a import b` gives a and a.b."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_domain_imports_the_standard_library_only() -> None:
    allowed = (*sys.stdlib_module_names, "app.domain")
    strange = {
        (name_of(path), module)
        for path in python_files("app/domain")
        for module in imported(path)
        if not within(module, allowed)
    }
    assert not strange


def test_the_window_knows_services_domain_languages_and_settings_only() -> None:
    strange = {
        (name_of(path), module)
        for path in python_files("ui")
        for module in imported(path)
        if within(module, ("app",)) and not within(module, UI_MAY_KNOW)
    }
    assert not strange


def test_nothing_imports_a_network_module() -> None:
    reaching = {
        (name_of(path), module)
        for path in python_files("app", "ui", "main.py")
        for module in imported(path)
        if within(module, NETWORK)
    }
    assert not reaching


def test_files_stay_small() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*CODE)
    }
    too_long = {
        name: lines
        for name, lines in lengths.items()
        if lines > LONGEST_FILE and name not in LONG_WITH_REASON
    }
    assert not too_long
    assert not [name for name in LONG_WITH_REASON if lengths.get(name, 0) <= LONGEST_FILE], (
        "a reason nobody needs"
    )


def test_every_module_says_why_it_exists() -> None:
    assert not [
        name_of(path)
        for path in python_files(*CODE, "tests")
        if not ast.get_docstring(tree_of(path)) and path.read_text(encoding="utf-8").strip()
    ]


def test_no_file_is_named_after_nothing() -> None:
    assert not [name_of(path) for path in python_files(*CODE) if path.stem in EMPTY_NAMES]


def test_views_and_widgets_hold_no_literal_colour() -> None:
    colour = re.compile(
        r"""#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\brgba?\(|\bQColor\(\s*(?:["'\d])|Qt\.GlobalColor\.(?!transparent)"""
    )
    found = {
        (name_of(path), hit.group())
        for path in python_files("ui/shell", "ui/views", "ui/presenters", "ui/models", "ui/widgets")
        for hit in colour.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found


def committed_files(*patterns: str) -> list[Path]:
    """Files that are, or could be, committed: what git does not ignore; empty outside a git copy."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_path_of_one_machine_is_written_down() -> None:
    machine = re.compile(r"""["'(\s=](?:/work|/root|/tmp|/home/\w+|[A-Z]:\\\\Users)/""")
    found = {
        (name_of(path), hit.group())
        for path in committed_files(*TEXT_FILES)
        for hit in machine.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_lock_files_carry_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    assert pins(lock)
    for requirement in re.split(r"\n(?=[a-z])", text.strip()):
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]


def pins(lock: str) -> set[str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^[a-z0-9-]+==[^\\\n]+", text, re.MULTILINE))


def test_the_tests_run_on_what_the_program_runs_on() -> None:
    assert pins("run") <= pins("dev")


def test_the_readme_shows_the_two_commands_and_ci_runs_the_second() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40])
    assert "python tools/start.py --demo" in first_screen
    assert "python tools/check.py" in first_screen
    assert "tools/check.py" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
