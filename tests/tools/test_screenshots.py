"""Pictures of screens are equal from run to run, or nobody could see what changed."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tools.scenes.scene import Scene
from tools.screenshots import all_scenes, make


def _pictures(folder: Path, scenes: list[Scene]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in make(folder, scenes, ["dark"], ["xx"], [150])}


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_pictures_are_equal_from_run_to_run(qtbot: QtBot, tmp_path: Path) -> None:
    scenes = [all_scenes()[name] for name in ("unlock-wrong", "cover")]
    first, second = (_pictures(tmp_path / name, scenes) for name in ("one", "two"))
    assert first.keys() == {"unlock-wrong-dark-xx-150.png", "cover-dark-xx-150.png"}
    assert first == second
