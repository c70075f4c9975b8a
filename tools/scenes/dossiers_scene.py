"""The lists of dossiers and of persons: filled, empty, and a search that finds nobody."""

from PySide6.QtWidgets import QWidget

from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.dossiers import pages
from ui.views.dossiers.dossiers_view import DossiersPage

_FAMILIES = 300


def _window(families: int) -> Window:
    desk = made_up_desk(made_up_session(families))
    return in_window(desk, pages.page_specs(desk), Place(page="dossiers"))


def _filled() -> QWidget:
    return _window(_FAMILIES)


def _empty() -> QWidget:
    return _window(0)


def _nobody() -> QWidget:
    desk = made_up_desk(made_up_session(_FAMILIES))
    window = in_window(desk, pages.page_specs(desk), Place(page="dossiers"))
    page = window.current_page()
    assert isinstance(page, DossiersPage)
    page.look_for("Tesfai 2")
    settle(desk)
    return window


def _persons(families: int = _FAMILIES, query: str = "") -> QWidget:
    desk = made_up_desk(made_up_session(families))
    window = in_window(desk, pages.page_specs(desk), Place(page="dossiers", part="persons"))
    page = window.current_page()
    assert isinstance(page, DossiersPage)
    if query:
        page.look_for(query)
        settle(desk)
    return window


def _no_persons() -> QWidget:
    return _persons(0)


def _no_person_found() -> QWidget:
    return _persons(query="Tesfai Hakobyan")


SCENES = (
    Scene(name="dossiers", build=_filled),
    Scene(name="dossiers-empty", build=_empty),
    Scene(name="dossiers-nobody", build=_nobody),
    Scene(name="persons", build=_persons),
    Scene(name="persons-empty", build=_no_persons),
    Scene(name="persons-nobody", build=_no_person_found),
)
