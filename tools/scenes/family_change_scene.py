"""A family over time: who left stands below the members; the form of what changes, shielding, and what it refuses."""

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from app.services import families, family_list, memberships, shield
from app.services.memberships import Leaving, NewFamily
from app.services.session import Session
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.dossiers import pages as dossiers_pages
from ui.views.family import pages as family_pages

_FAMILIES = 40


def _large(session: Session) -> str:
    """A family of at least five; the same one every time it is asked."""
    for dossier in family_list.ids(session):
        if len(families.load(session, dossier).members) >= 5:
            return dossier
    raise LookupError("no made-up family is large enough")


def _changed(session: Session, dossier: str) -> str:
    """Somebody left and somebody split off; returns the dossier of whoever split off."""
    members = families.load(session, dossier).members
    first, second = members[-1].person.id, members[-2].person.id
    leaving = Leaving(persons=(first,), on="2026-05", reason="lidmaatschap.vertrokken", sure=True)
    memberships.leave(session, dossier, leaving)
    apart = Leaving(persons=(second,), on="2026-10-01", reason=memberships.SPLIT, sure=True)
    return memberships.split(session, dossier, apart, NewFamily(title="")).dossier


def _open(name: str, page: str, part: str = "", *, changed: bool = False) -> tuple[Desk, Window]:
    session = made_up_session(_FAMILIES, f"change-{name}")
    dossier = _large(session)
    if changed:
        _changed(session, dossier)
    desk = made_up_desk(session)
    pages = (*dossiers_pages.page_specs(desk), *family_pages.page_specs(desk))
    return desk, in_window(desk, pages, Place(page=page, subject=dossier, part=part))


def _page(window: Window) -> QWidget:
    page = window.current_page()
    assert page is not None
    return page


def _earlier() -> QWidget:
    return _open("earlier", "family", changed=True)[1]


def _timeline() -> QWidget:
    return _open("timeline", "family", "timeline", changed=True)[1]


def _split() -> QWidget:
    desk, window = _open("split", "family_change", "split")
    _check(window, 2)
    settle(desk)
    return window


def _shield() -> QWidget:
    desk, window = _open("shield", "family_change", "shield")
    _check(window, 1)
    _check(window, 2)
    settle(desk)
    return window


def _check(window: Window, number: int) -> None:
    box = _page(window).findChild(QCheckBox, f"ask_who_{number}")
    assert box is not None
    box.click()


def _born() -> QWidget:
    return _open("born", "family_change", "born")[1]


def _refused() -> QWidget:
    desk, window = _open("refused", "family_change", "moved")
    save = _page(window).findChild(QPushButton, "family_change_save")
    assert save is not None
    save.click()
    settle(desk)
    return window


def _shielded() -> QWidget:
    """The dossier of the two who are shielded, with the way to lift it."""
    session = made_up_session(_FAMILIES, "change-shielded")
    dossier = _large(session)
    two = tuple(member.person.id for member in families.load(session, dossier).members[1:3])
    wanted = shield.Shield(persons=two, on="2026-11-20", address="Verzonnen opvang", sure=True)
    made = shield.shield(session, dossier, wanted).dossier
    desk = made_up_desk(session)
    pages = (*dossiers_pages.page_specs(desk), *family_pages.page_specs(desk))
    return in_window(desk, pages, Place(page="family_change", subject=made, part="lift"))


SCENES = (
    Scene(name="family-earlier", build=_earlier),
    Scene(name="family-over-time", build=_timeline),
    Scene(name="family-change-born", build=_born),
    Scene(name="family-change-split", build=_split),
    Scene(name="family-change-refused", build=_refused),
    Scene(name="family-change-shield", build=_shield),
    Scene(name="family-change-lift", build=_shielded),
)
