"""How a family stands, came in and left: the tab, its forms, a family that is closed and one that may be closed."""

from collections.abc import Callable
from datetime import date
from functools import cache

from PySide6.QtWidgets import QWidget

from app.domain.ident import new_id
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import DossierState, Outflow
from app.domain.verbs import DEPARTURE_CARRIED_OUT, STATE_BEGUN
from app.services import case_states, families, family_list, outflows
from app.services.family_list import Filters
from app.services.session import Session
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.presenters.flow_words import CLOSE_FORM, INFLOW_FORM, OUTFLOW_FORM, REOPEN, STATE_FORM, TAB
from ui.shell.page_list import page_specs

_FAMILIES = 40


@cache
def _session() -> Session:
    """A store of its own, in which one family travelled and another left but for what is still open."""
    session = made_up_session(_FAMILIES, "standing")
    _travelled(session, _dossier(session, "Beridze"))
    _all_gone(session, _dossier(session, "Al-Khalidi"))
    return session


def _dossier(session: Session, name: str, *, closed: bool = False) -> str:
    return family_list.ids(session, name, filters=Filters(closed=closed))[0]


def _people(session: Session, dossier: str) -> list[str]:
    return [member.person.id for member in families.load(session, dossier).members]


def _travelled(session: Session, dossier: str) -> None:
    """A departure that took place yesterday, of which nobody recorded the outflow yet."""
    gone = Departure(id=new_id(), scope=dossier, departed_on="2026-11-20")
    with session.store.write(DEPARTURE_CARRIED_OUT, dossier=dossier) as uow:
        uow.add(gone)
        for person in _people(session, dossier):
            uow.add(DeparturePerson(id=new_id(), scope=dossier, departure=gone.id, person=person))


def _all_gone(session: Session, dossier: str) -> None:
    kind = session.content.ref("basis", "uitstroom.zonder-toezicht")
    wanted = Outflow(id=new_id(), scope=dossier, kind=kind, on=date(2026, 11, 18).isoformat())
    outflows.record(session, wanted, _people(session, dossier))


def _at(page: str, part: str = "", *, name: str = "Hakobyan", closed: bool = False) -> Callable[[], QWidget]:
    def build() -> QWidget:
        session = _session()
        desk = made_up_desk(session)
        place = Place(page=page, subject=_dossier(session, name, closed=closed), part=part)
        return in_window(desk, page_specs(desk), place)

    return build


def _unclear() -> QWidget:
    """Two officers each brought the family into a main state of their own."""
    session = made_up_session(_FAMILIES, "standing-unclear")
    dossier = _dossier(session, "Hakobyan")
    if not case_states.side_by_side(session, case_states.of_dossier(session, dossier)):
        with session.store.write(STATE_BEGUN, dossier=dossier) as uow:
            ref = session.content.ref("basis", "stand.s4")
            uow.add(DossierState(id=new_id(), scope=dossier, state=ref, from_on="2026-11-16"))
    desk = made_up_desk(session)
    return in_window(desk, page_specs(desk), Place(page="family", subject=dossier, part=TAB))


SCENES = (
    Scene(name="standing", build=_at("family", TAB)),
    Scene(name="standing-proposals", build=_at("family", TAB, name="Beridze")),
    Scene(name="standing-left", build=_at("family", TAB, name="Al-Khalidi")),
    Scene(name="standing-unclear", build=_unclear),
    Scene(name="standing-closed", build=_at("family", TAB, name="Hoxha", closed=True)),
    Scene(name="family-closed", build=_at("family", name="Hoxha", closed=True)),
    Scene(name="state-form", build=_at(STATE_FORM, "stand.s8")),
    Scene(name="state-form-out", build=_at(STATE_FORM, "stand.s10")),
    Scene(name="outflow-form", build=_at(OUTFLOW_FORM)),
    Scene(name="inflow-reopen", build=_at(INFLOW_FORM, REOPEN, name="Hoxha", closed=True)),
    Scene(name="close-form", build=_at(CLOSE_FORM, name="Al-Khalidi")),
)
