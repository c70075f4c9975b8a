"""Departures: the list, the form on each tab, the sheet as concept and final, the receipt, the papers of a family."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.dated_event import bare_code
from app.domain.ident import new_id
from app.domain.kinds.departure import Belonging
from app.domain.person_name import PersonName
from app.services import departure_list, departures, papers
from app.services.departure_list import DepartureRow
from app.services.papers import SHEET, Wanted
from app.services.session import Session
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.views.departures import page_specs
from ui.views.departures.sheet_view import SheetPage
from ui.views.departures.tab import FamilyDepartures, FamilyPapers
from ui.views.page import Page
from ui.views.page_spec import PageSpec

_FAMILIES = 40


def _session(kept: str = "") -> Session:
    return made_up_session(_FAMILIES, kept)


def _medical(session: Session) -> DepartureRow:
    """The next departure with a medical side, or the next of all."""
    rows = departure_list.rows(session)
    return next((row for row in rows if "MED" in row.kinds), rows[0])


def _sick(session: Session, row: DepartureRow) -> str:
    file = departures.load(session, row.departure)
    return next(
        (each.person or "" for each in file.kinds if bare_code(each.kind or "") == "MED"), row.persons[0]
    )


def _list() -> QWidget:
    desk = made_up_desk(_session())
    return in_window(desk, page_specs(desk), Place(page="departures"))


def _none() -> QWidget:
    desk = made_up_desk(made_up_session(0))
    return in_window(desk, page_specs(desk), Place(page="departures"))


def _form(part: str) -> QWidget:
    session = _session()
    desk = made_up_desk(session)
    return in_window(
        desk, page_specs(desk), Place(page="departure", subject=_medical(session).departure, part=part)
    )


def _journey() -> QWidget:
    return _form("journey")


def _persons() -> QWidget:
    return _form("persons")


def _receiving() -> QWidget:
    return _form("receiving")


def _belongings() -> QWidget:
    return _form("belongings")


def _checks() -> QWidget:
    return _form("checks")


def _sheet(
    session: Session, row: DepartureRow, person: str, paper: str = "sheet", *, own: bool = False
) -> QWidget:
    desk = made_up_desk(session)
    window = in_window(
        desk, page_specs(desk), Place(page="sheet", subject=row.departure, part=f"{person}/{paper}")
    )
    page = window.current_page()
    assert isinstance(page, SheetPage)
    if own:
        page.show_own_texts()
    settle(desk)
    return window


def _concept() -> QWidget:
    session = _session("sheet")
    row = _medical(session)
    _write(
        session,
        row,
        _sick(session, row),
        "Draag over aan de arts op de luchthaven en laat het ontvangstbewijs tekenen.",
    )
    return _sheet(session, row, _sick(session, row))


def _own() -> QWidget:
    session = _session("own")
    row = _medical(session)
    _write(session, row, _sick(session, row), "Draag over aan de arts en bel bij vragen het azc.")
    return _sheet(session, row, _sick(session, row), own=True)


def _receipt() -> QWidget:
    session = _session("sheet")
    row = _medical(session)
    return _sheet(session, row, _sick(session, row), "receipt")


def _write(session: Session, row: DepartureRow, person: str, text: str) -> None:
    wanted = Wanted(paper=SHEET, subject=row.departure, person=person)
    papers.write_text(session, papers.load_texts(session, wanted)["request.request"], text)


def _full(session: Session) -> tuple[DepartureRow, str]:
    """The first ordinary departure with everything filled in, and the sheet made final."""
    row = next(
        row for row in departure_list.rows(session) if not {"MED", "AMV", "OUD", "MH", "BEG"} & set(row.kinds)
    )
    person, file, ref = row.persons[0], departures.load(session, row.departure), session.content.ref
    place = next(each for each in file.persons if each.person == person)
    counted = place.with_values(belongings_known=ref("basis", "bezit-bekend.geteld"))
    who = next(each for each in file.people if each.id == person)
    known = who.with_values(interpreter=ref("basis", "tolk-nodig.ja"), reading=ref("basis", "lezen.goed"))
    after = departures.changed(
        file,
        departure=file.departure.with_values(deputy_name="M. de Wit", deputy_phone="+31 6 00 00 00 03"),
        persons=tuple(counted if each is place else each for each in file.persons),
        people=tuple(known if each is who else each for each in file.people),
        belongings=(
            *file.belongings,
            Belonging(
                id=new_id(), scope=row.dossier, departure=row.departure, person=person,
                kind=ref("vertrek", "bezit.telefoon"), description="telefoon met lader", count=1, position=99,
            ),
        ),
    )  # fmt: skip
    departures.save(session, file, after)
    departures.record_check(session, person, asked_of="IND", answered_by="", outcome="mag-vertrekken.ja")
    name = PersonName(family="", given=known.given_names or "").first
    _write(session, row, person, f"Breng {name} met het gezin naar de balie en geef de reisdocumenten.")
    wanted = Wanted(paper=SHEET, subject=row.departure, person=person, receiver="Begeleider")
    papers.mark_read(session, wanted)
    if not papers.prepare(session, wanted).gaps:
        final = papers.make_final(session, wanted)
        papers.disclose(session, final, way=papers.PRINTED, purpose="doel.overdracht")
        dvo = papers.prepare(session, replace(wanted, receiver="DV&O (vervoer)"))
        papers.disclose(session, dvo, way=papers.SAVED, purpose="doel.overdracht")
    return row, person


def _final() -> QWidget:
    session = _session("final")
    return _sheet(session, *_full(session)) if not papers_made(session) else _sheet(session, *_done(session))


def papers_made(session: Session) -> bool:
    """Whether an earlier picture filled this store already."""
    return any(row.finals for row in departure_list.rows(session))


def _done(session: Session) -> tuple[DepartureRow, str]:
    row = next(row for row in departure_list.rows(session) if row.finals)
    return row, row.persons[0]


class _Family(Page):
    """Stands in for the page of a family, around one of our tabs."""

    def __init__(self, part: FamilyDepartures | FamilyPapers, dossier: str, parent: QWidget) -> None:
        super().__init__("Gezin", name="family_stand_in", parent=parent)
        for button in part.actions_wanted():
            self.add_action(button)
        self.set_content(part)
        part.open_dossier(dossier)


def _papers_tab() -> QWidget:
    session = _session("final")
    row, _person = _done(session) if papers_made(session) else _full(session)
    desk = made_up_desk(session)

    def build(parent: QWidget) -> Page:
        return _Family(FamilyPapers(desk), row.dossier, parent)

    return in_window(
        desk, (PageSpec(key="x", icon="nav.dossiers", title="Dossiers", build=build),), Place(page="x")
    )


def _departure_tab() -> QWidget:
    session = _session()
    desk = made_up_desk(session)

    def build(parent: QWidget) -> Page:
        return _Family(FamilyDepartures(desk), _medical(session).dossier, parent)

    return in_window(
        desk, (PageSpec(key="x", icon="nav.dossiers", title="Dossiers", build=build),), Place(page="x")
    )


SCENES = (
    Scene(name="departures", build=_list),
    Scene(name="departures-none", build=_none),
    Scene(name="departure-journey", build=_journey),
    Scene(name="departure-persons", build=_persons),
    Scene(name="departure-receiving", build=_receiving),
    Scene(name="departure-belongings", build=_belongings),
    Scene(name="departure-checklist", build=_checks),
    Scene(name="sheet-concept", build=_concept),
    Scene(name="sheet-own-text", build=_own),
    Scene(name="sheet-final", build=_final),
    Scene(name="sheet-receipt", build=_receipt),
    Scene(name="family-departures", build=_departure_tab),
    Scene(name="family-papers", build=_papers_tab),
)
