"""Makes pictures of every screen for a person to look at: light and dark, Dutch and stretched, 100 and 150 %.

    python tools/screenshots.py FOLDER [--scene NAME ...] [--theme light] [--language nl] [--percent 100]

Scenes stand in `tools/scenes/`: each module there has a tuple `SCENES`. Pictures are equal from run to run: own fonts,
explicit palette, no blinking caret, fixed clocks in the scenes.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

import tools.scenes
from app.config.paths import RESOURCES
from app.i18n import set_language
from tools.scenes.scene import Scene
from ui.bridge.look import Look, Mode

THEMES = {"light": Mode.LIGHT, "dark": Mode.DARK}
LANGUAGES = ("nl", "en", "xx")
PERCENTS = (100, 150)


def all_scenes() -> dict[str, Scene]:
    """Every scene by name, from all modules in tools/scenes; ValueError when a name is taken twice."""
    found: dict[str, Scene] = {}
    for module in pkgutil.iter_modules(tools.scenes.__path__, "tools.scenes."):
        for scene in getattr(importlib.import_module(module.name), "SCENES", ()):
            if scene.name in found:
                raise ValueError(f"two scenes are called {scene.name}")
            found[scene.name] = scene
    return found


def picture(widget: QWidget, width: int, height: int, percent: int) -> QImage:
    """Draw `widget` as a screen of `width` × `height` dots shows it at this scaling."""
    ratio = percent / 100
    widget.resize(round(width / ratio), round(height / ratio))
    widget.show()
    _settle()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    widget.render(image)
    return image


def _settle() -> None:
    """Let layouts, timers of 0 ms and focus come to rest; a tool may turn the loop by hand, a screen may not."""
    for _turn in range(5):
        QApplication.processEvents()


def make(
    folder: Path,
    scenes: Sequence[Scene],
    themes: Sequence[str],
    languages: Sequence[str],
    percents: Sequence[int],
) -> Iterator[Path]:
    """Write the pictures and yield the path of each."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setCursorFlashTime(0)
    look = Look(app, RESOURCES, Mode.LIGHT)
    folder.mkdir(parents=True, exist_ok=True)
    for theme, language, scene, percent in product(themes, languages, scenes, percents):
        look.set_mode(THEMES[theme])
        set_language(language)
        widget = scene.build()
        path = folder / f"{scene.name}-{theme}-{language}-{percent}.png"
        if not picture(widget, scene.width, scene.height, percent).save(str(path)):
            raise OSError(f"cannot write {path.name}")
        widget.close()
        widget.deleteLater()
        _settle()
        yield path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all pictures are made, 2 for an unknown scene."""
    scenes = all_scenes()
    parser = argparse.ArgumentParser(description="Make pictures of every screen.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scene", action="append", choices=sorted(scenes))
    parser.add_argument("--theme", action="append", choices=sorted(THEMES))
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--percent", action="append", type=int, choices=PERCENTS)
    wanted = parser.parse_args(arguments)
    chosen = [scenes[name] for name in wanted.scene or sorted(scenes)]
    made = make(
        wanted.folder,
        chosen,
        wanted.theme or sorted(THEMES),
        wanted.language or ("nl", "xx"),
        wanted.percent or PERCENTS,
    )
    for path in made:
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
