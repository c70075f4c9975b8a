"""What a screen for the picture sheets is: a name and a function that builds it with made-up content."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`build` returns a widget without a parent, ready to be shown; it is called anew for each picture.

    `width` and `height` are those of the picture at 100 %; at 150 % the same picture has two thirds of the room.
    """

    name: str
    build: Callable[[], QWidget]
    width: int = 1366
    height: int = 768
