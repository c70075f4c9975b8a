"""The start page: filled, of a store without a family, and of one that turned out to be a copy."""

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.storage.opening import Notice
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.today import pages


def _today(families: int) -> Window:
    desk = made_up_desk(made_up_session(families))
    return in_window(desk, pages.page_specs(desk), Place(page="today"))


def _filled() -> QWidget:
    return _today(40)


def _empty() -> QWidget:
    return _today(0)


def _copied() -> QWidget:
    window = _today(40)
    window.parts.warn("watch", _(Notice.NEW_DEVICE.message))
    return window


SCENES = (
    Scene(name="today", build=_filled),
    Scene(name="today-empty", build=_empty),
    Scene(name="today-copied", build=_copied),
)
