"""Travel documents: the list, requests in several states, and the forms, on made-up families."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from app.services import family_list, request_list
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.documents import pages

_FAMILIES = 40


def _open(place: Callable[[Desk], Place], families: int = _FAMILIES) -> Window:
    desk = made_up_desk(made_up_session(families))
    return in_window(desk, pages.page_specs(desk), place(desk))


def _request(desk: Desk, state: str) -> str:
    """A request that stands at this stage, or in this group of states."""
    found = request_list.ids(desk.session, state=state, order=request_list.Order.NEXT)
    return found[0]


def _list() -> QWidget:
    return _open(lambda _desk: Place(page="documents"))


def _list_empty() -> QWidget:
    return _open(lambda _desk: Place(page="documents"), families=0)


def _page(state: str) -> Callable[[], QWidget]:
    return lambda: _open(lambda desk: Place(page="request", subject=_request(desk, state)))


def _step() -> QWidget:
    return _open(
        lambda desk: Place(
            page="request_step", subject=_request(desk, "lp-fase.toegezegd"), part="lp.afgegeven"
        )
    )


def _step_stopped() -> QWidget:
    """Filing a request of which nobody asked whether an asylum application runs."""
    desk = made_up_desk(made_up_session(_FAMILIES))
    held = _request(desk, request_list.ON_HOLD)
    return in_window(
        desk, pages.page_specs(desk), Place(page="request_step", subject=held, part="lp.ingediend")
    )


def _step_errors() -> QWidget:
    desk = made_up_desk(made_up_session(_FAMILIES))
    place = Place(page="request_step", subject=_request(desk, "lp-fase.presentatie"))
    window = in_window(desk, pages.page_specs(desk), place)
    page = window.current_page()
    assert page is not None
    save = page.findChild(QPushButton, "request_step_save")
    assert save is not None
    save.click()
    settle(desk)
    return window


def _new() -> QWidget:
    def place(desk: Desk) -> Place:
        return Place(page="request_form", subject=family_list.ids(desk.session, "Hakobyan")[0])

    return _open(place)


def _term() -> QWidget:
    return _open(lambda desk: Place(page="request_term", subject=_request(desk, "lp-fase.ingediend")))


def _asylum() -> QWidget:
    return _open(lambda desk: Place(page="asylum_check", subject=_request(desk, "lp-fase.opdracht")))


def _gone() -> QWidget:
    return _open(lambda _desk: Place(page="request", subject="0" * 32))


SCENES = (
    Scene(name="documents", build=_list),
    Scene(name="documents-empty", build=_list_empty),
    Scene(name="request-filed", build=_page("lp-fase.ingediend")),
    Scene(name="request-presentation", build=_page("lp-fase.presentatie")),
    Scene(name="request-held", build=_page(request_list.ON_HOLD)),
    Scene(name="request-issued", build=_page("lp-fase.afgegeven")),
    Scene(name="request-ended", build=_page(request_list.ENDED)),
    Scene(name="request-gone", build=_gone),
    Scene(name="request-step", build=_step),
    Scene(name="request-step-stopped", build=_step_stopped),
    Scene(name="request-step-errors", build=_step_errors),
    Scene(name="request-new", build=_new),
    Scene(name="request-term", build=_term),
    Scene(name="asylum-check", build=_asylum),
)
