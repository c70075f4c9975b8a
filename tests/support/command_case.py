"""Commands as a script calls them, in this process: arguments in, exit code and both outputs out."""

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.bootstrap import App
from app.cli import parser
from app.cli.run import run
from app.config.paths import Paths
from app.storage.kdf_cost import KdfCost

PASSPHRASE = "vier woorden voor proef"
FAMILIES = 6


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What stdout says to a machine."""
        return json.loads(self.out)

    def refused_with_one_sentence(self) -> str:
        """The sentence of a command that was refused."""
        assert self.code == 1
        assert self.err.endswith("\n") and self.err.count("\n") == 1, self.err
        return self.err.strip()


@dataclass(frozen=True, slots=True)
class Commands:
    """Call it with the words of a command; `--passphrase-file` is added where it belongs."""

    app: App
    folder: Path

    def __call__(self, *words: str | Path, passphrase: str = PASSPHRASE) -> Done:
        """Run one command."""
        given = [str(word) for word in words]
        if given[0] != "restore":
            file = self.folder / "passphrase.txt"
            file.write_text(passphrase + "\n", encoding="utf-8")
            given += ["--passphrase-file", str(file)]
        out, err = io.StringIO(), io.StringIO()
        code = run(parser.read(given), self.app, out, err)
        return Done(code, out.getvalue(), err.getvalue())


def make_app(folder: Path) -> App:
    """A program with places of its own and the lowest key derivation."""
    paths = Paths(
        default_store=folder / "store",
        settings_file=folder / "settings.json",
        unlock_counter=folder / "unlock",
        crash_reports=folder / "crash",
    )
    return bootstrap.build(paths=paths, cost=KdfCost.lowest())


@pytest.fixture
def app(tmp_path: Path) -> App:
    """A program that keeps everything in the folder of the test."""
    return make_app(tmp_path / "home")


@pytest.fixture
def command(app: App, tmp_path: Path) -> Commands:
    """Runs commands."""
    return Commands(app, tmp_path)


@pytest.fixture(scope="session")
def filled_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a few made-up families, closed; made once."""
    folder = tmp_path_factory.mktemp("filled")
    done = Commands(make_app(folder / "home"), folder)("demo", folder / "store", "--families", str(FAMILIES))
    assert done.code == 0, done.err
    return folder / "store"


@pytest.fixture
def filled(filled_template: Path, tmp_path: Path) -> Path:
    """The folder of a store with a few made-up families."""
    return Path(shutil.copytree(filled_template, tmp_path / "filled"))


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """What lies in a folder, by name, so that "nothing was written" can be said."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read
