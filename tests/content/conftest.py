"""The content of the project, and copies of it that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from app.content.load import Content, load

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "content"


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that the program ships."""
    return load(FOLDER)


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A copy of the content folder to write in."""
    return Path(shutil.copytree(FOLDER, tmp_path / "content"))
