"""The start page: filled, and of a store without a family."""

from PySide6.QtWidgets import QWidget

from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.views.today import pages


def _today(families: int) -> QWidget:
    desk = made_up_desk(made_up_session(families))
    return in_window(desk, pages.page_specs(desk), Place(page="today"))


def _filled() -> QWidget:
    return _today(40)


def _empty() -> QWidget:
    return _today(0)


SCENES = (Scene(name="today", build=_filled), Scene(name="today-empty", build=_empty))
