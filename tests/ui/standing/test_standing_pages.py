"""How a family stands, came in and left, through the real screens: the tab and its forms."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ident import new_id
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import Dossier, DossierState, Membership, Owner, Support
from app.domain.kinds.person import Person
from app.services import case_states, closing, drafts, flow_page, outflows
from app.services.case_states import NewState
from app.services.session import Session
from app.storage.uow import read, read_where
from tests.support.ask_case import Form, Settle, part
from tests.support.family import Family, add, register, save
from ui.bridge.cell import CELL_ROLE
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.close_form_presenter import CloseFormPresenter
from ui.presenters.flow_words import DEPARTURE, REOPEN, tab_place
from ui.presenters.inflow_form_presenter import InflowFormPresenter
from ui.presenters.outflow_form_presenter import OutflowFormPresenter
from ui.presenters.state_form_presenter import StateFormPresenter
from ui.views.ask.ask_view import AnyPresenter
from ui.views.standing.standing_view import StandingPart
from ui.widgets.choice import Choice
from ui.widgets.row_table import RowTable

MakeForm = Callable[[type[AnyPresenter]], Form]


@pytest.fixture
def form(qtbot: QtBot, settle: Settle, desk: Desk) -> MakeForm:
    return lambda kind: Form(qtbot, settle, desk, kind)


@pytest.fixture
def family(session: Session) -> Family:
    people = (Person(id=new_id(), scope="", family_name="Voorbeeld", given_names=name) for name in "AB")
    return register(session.store, "Voorbeeld", *people)


class Tab:
    """The tab, with what it sent and said."""

    def __init__(self, qtbot: QtBot, settle: Settle, desk: Desk, dossier: str) -> None:
        self.page = QWidget()
        self.part = StandingPart(self.page, desk)
        self.places: list[Place] = []
        self.said: list[Notice] = []
        self.part.go_requested.connect(self.places.append)
        self.part.said.connect(self.said.append)
        qtbot.addWidget(self.page)
        for button in self.part.actions_wanted():
            qtbot.addWidget(button)
        self.page.resize(1200, 700)
        self.part.resize(1200, 700)
        self.page.show()
        self.part.open_dossier(dossier)
        settle()

    @property
    def table(self) -> RowTable:
        return part(self.part, RowTable, "standing_table")

    def rows(self) -> list[str]:
        model = self.table.model()
        cells = [model.index(row, 0, QModelIndex()).data(CELL_ROLE) for row in range(model.rowCount())]
        return [cell.main for cell in cells]

    def links(self) -> list[str]:
        """The words of every link beside the list."""
        buttons = self.part.findChildren(QPushButton)
        return [each.text() for each in buttons if each.objectName().startswith("standing_facts")]

    def action(self, name: str) -> QPushButton:
        found = next(each for each in self.part.actions_wanted() if each.objectName() == name)
        assert isinstance(found, QPushButton)
        return found


def dossier_of(session: Session, family: Family) -> Dossier:
    with session.store.read() as conn:
        found = read(conn, Dossier, family.dossier)
    assert found is not None
    return found


def test_a_state_is_recorded_ended_and_removed(
    session: Session, family: Family, form: MakeForm, qtbot: QtBot, settle: Settle, desk: Desk
) -> None:
    case_states.begin(session, NewState(dossier=family.dossier, code="stand.s3", on=date(2026, 10, 1)))
    new = form(StateFormPresenter).open(family.dossier, "stand.s4")
    new.type("on", "30-09-2026")
    new.save()
    assert "01-10-2026" in new.error("on")
    new.type("on", "02-11-2026")
    new.type("reason", "Hulp niet aangenomen")
    new.save()
    assert new.places == [tab_place(family.dossier)]
    assert case_states.standing_codes(case_states.of_dossier(session, family.dossier)) == ("stand.s4",)

    tab = Tab(qtbot, settle, desk, family.dossier)
    assert tab.rows() == ["Nu", "Gedwongen spoor, voorbereiding", "Eerder", "Zelfstandig spoor"]
    tab.table.row_opened.emit(1)
    place = tab.places[-1]
    end = form(StateFormPresenter).open(place.subject, place.part)
    end.type("to_on", "20-11-2026")
    end.save()
    assert [notice.sentence for notice in end.said] == ["Stand beëindigd"]
    settle()
    assert tab.rows()[0] == "Eerder"
    tab.table.choose_row(1)
    part(tab.part, QPushButton, "standing_remove").click()
    settle()
    assert tab.rows() == ["Eerder", "Zelfstandig spoor"]
    assert [notice.sentence for notice in tab.said] == ["Stand weggehaald"]


def test_two_main_states_are_marked_and_lead_to_what_is_to_be_cleared_up(
    session: Session, family: Family, qtbot: QtBot, settle: Settle, desk: Desk
) -> None:
    for code in ("stand.s3", "stand.s4"):
        ref = session.content.ref("basis", code)
        add(session.store, DossierState(id=new_id(), scope=family.dossier, state=ref, from_on="2026-10-01"))
    tab = Tab(qtbot, settle, desk, family.dossier)
    model = tab.table.model()
    cells = [model.index(row, 0, QModelIndex()).data(CELL_ROLE) for row in range(model.rowCount())]
    assert [cell.icon for cell in cells].count("state.clash") == 2
    button = next(each for each in tab.part.findChildren(QPushButton) if each.text() == "Ophelderen")
    button.click()
    assert tab.places == [Place(page="clear_up", subject=family.dossier)]


def test_another_member_changes_what_is_offered(session: Session, family: Family, form: MakeForm) -> None:
    case_states.begin(session, NewState(dossier=family.dossier, code="stand.s3", on=date(2026, 10, 1)))
    new = form(StateFormPresenter).open(family.dossier, "stand.s7")
    options = part(new.page, RowTable, "state_form_options").model()

    def offered() -> list[str]:
        cells = [options.index(row, 0, QModelIndex()).data(CELL_ROLE) for row in range(options.rowCount())]
        return [cell.main for cell in cells]

    assert offered()[:2] == ["Ligt voor de hand", "Vertrek gepland"]
    assert "Zelfstandig spoor" not in offered()
    new.choose("who", family.persons[0])
    assert offered()[:2] == ["Ligt voor de hand", "Instroom"]
    assert "Zelfstandig spoor" in offered()
    new.save()
    found = case_states.of_dossier(session, family.dossier)
    assert case_states.standing_codes(found, family.persons[0]) == ("stand.s7",)


def test_leaving_the_caseload_is_sent_to_the_outflow(family: Family, form: MakeForm) -> None:
    new = form(StateFormPresenter).open(family.dossier, "stand.s10")
    assert not part(new.page, QPushButton, "state_form_save").isEnabled()


def test_a_proposal_opens_the_form_with_its_day(
    session: Session, family: Family, form: MakeForm, qtbot: QtBot, settle: Settle, desk: Desk
) -> None:
    owner = Owner(id=new_id(), scope=family.dossier, officer=session.officer, from_on="2026-09-01")
    add(session.store, owner)
    page = flow_page.read(session, family.dossier)
    assert [each.state.code for each in page.proposals] == ["stand.s1"]
    tab = Tab(qtbot, settle, desk, family.dossier)
    assert "Vastleggen" in tab.links()
    new = form(StateFormPresenter).open(family.dossier, "stand.s1")
    new.save()
    assert case_states.of_dossier(session, family.dossier)[0].record.from_on == "2026-09-01"


def test_outflow_of_two_with_a_report_of_the_disappearance(
    session: Session, family: Family, form: MakeForm
) -> None:
    new = form(OutflowFormPresenter).open(family.dossier)
    new.choose("kind", "uitstroom.zonder-toezicht")
    new.save()
    assert new.error("persons") == "Vul dit in om verder te gaan."
    for number in (0, 1):
        part(new.page, QCheckBox, f"ask_persons_{number}").click()
    new.press("ask_on_unknown")
    new.type("reported_on", "20-11-2026")
    new.type("reported_to", "AVIM")
    new.save()
    found = outflows.of_dossier(session, family.dossier)
    assert [(each.on, each.reported_on, each.reported_to) for each in found] == [
        (None, "2026-11-20", "AVIM")
    ] * 2


def test_a_day_before_they_belonged_to_the_family_is_refused_beside_it(
    session: Session, family: Family, form: MakeForm
) -> None:
    with session.store.read() as conn:
        rows = read_where(conn, Membership, "scope = ?", (family.dossier,))
    for row in rows:
        save(session.store, row, row.with_values(from_on="2024"))
    new = form(OutflowFormPresenter).open(family.dossier)
    part(new.page, QCheckBox, "ask_persons_1").click()
    new.choose("kind", "uitstroom.zelfstandig")
    new.type("on", "01-01-1970")
    new.save()
    assert new.error("on") == "Deze dag ligt voor de dag waarop het lidmaatschap begon."
    new.type("on", "01-01-2024")
    new.save()
    (found,) = outflows.of_dossier(session, family.dossier)
    assert found.on == "2024-01-01"


def test_sorts_follow_the_kind_and_what_no_longer_belongs_is_not_kept(
    session: Session, family: Family, form: MakeForm
) -> None:
    new = form(OutflowFormPresenter).open(family.dossier)
    part(new.page, QCheckBox, "ask_persons_0").click()
    new.choose("kind", "uitstroom.zelfstandig")
    new.choose("sub_kind", "uitstroom-soort.iom")
    new.choose("kind", "uitstroom.zonder-vertrek")
    new.choose("sub_kind", "uitstroom-soort.vergunning")
    new.save()
    (found,) = outflows.of_dossier(session, family.dossier)
    assert (found.sub_kind or "").endswith(":uitstroom-soort.vergunning")
    again = form(OutflowFormPresenter).open(family.dossier, f"change:{found.id}")
    again.choose("kind", "uitstroom.gedwongen")
    again.type("proof", "Stempel")
    again.save()
    (found,) = outflows.of_dossier(session, family.dossier)
    assert (found.sub_kind, found.proof) == (None, "Stempel")


def test_a_departure_that_took_place_fills_in_the_outflow(
    session: Session, family: Family, form: MakeForm, qtbot: QtBot, settle: Settle, desk: Desk
) -> None:
    gone = Departure(id=new_id(), scope=family.dossier, departed_on="2026-11-02")
    who = DeparturePerson(id=new_id(), scope=family.dossier, departure=gone.id, person=family.persons[0])
    add(session.store, gone, who)
    tab = Tab(qtbot, settle, desk, family.dossier)
    assert "Uitstroom vastleggen" in tab.links()
    new = form(OutflowFormPresenter).open(family.dossier, f"{DEPARTURE}{gone.id}")
    new.choose("kind", "uitstroom.gedwongen")
    new.save()
    (found,) = outflows.of_dossier(session, family.dossier)
    assert (found.person, found.on) == (family.persons[0], "2026-11-02")


def test_the_support_that_was_used_is_chosen_from_what_was_offered(
    session: Session, family: Family, form: MakeForm
) -> None:
    without = form(OutflowFormPresenter).open(family.dossier)
    without.choose("kind", "uitstroom.zelfstandig")
    assert without.page.findChild(Choice, "ask_support") is None
    programme = session.content.section("ondersteuning", "programme")[0]
    offered = Support(
        id=new_id(),
        scope=family.dossier,
        programme=session.content.ref("ondersteuning", programme.code),
        offered_on="2026-09-01",
    )
    add(session.store, offered)
    new = form(OutflowFormPresenter).open(family.dossier)
    part(new.page, QCheckBox, "ask_persons_1").click()
    new.choose("kind", "uitstroom.zelfstandig")
    new.choose("support", offered.id)
    new.save()
    (found,) = outflows.of_dossier(session, family.dossier)
    assert (found.person, found.support) == (family.persons[1], offered.id)


def test_closing_names_what_is_open_and_opening_again_brings_back(
    session: Session, family: Family, form: MakeForm, qtbot: QtBot, settle: Settle, desk: Desk
) -> None:
    close = form(CloseFormPresenter).open(family.dossier)
    assert part(close.page, QPushButton, "close_form_save").isEnabled()  # it warns, it does not forbid
    words = [each.text() for each in close.page.findChildren(QWidget) if hasattr(each, "text")]
    assert any("2 punten open" in each for each in words)
    close.save()
    assert dossier_of(session, family).closed_on == "2026-11-23"
    tab = Tab(qtbot, settle, desk, family.dossier)
    assert tab.action("standing_close").text() == "Opnieuw openen"
    assert not tab.action("standing_new").isEnabled()
    tab.action("standing_close").click()
    assert tab.places[-1] == Place(page="inflow_form", subject=family.dossier, part=REOPEN)
    again = form(InflowFormPresenter).open(family.dossier, REOPEN)
    again.type("from_whom", "Loket")
    again.save()
    assert dossier_of(session, family).closed_on is None
    with session.store.read() as conn:
        (inflow,) = closing.inflows_in(conn, family.dossier)
    assert (inflow.source or "").endswith(":instroom.heropend")
    assert inflow.from_whom == "Loket"


def test_what_the_file_lacked_is_asked_for_later(session: Session, family: Family, form: MakeForm) -> None:
    new = form(InflowFormPresenter).open(family.dossier)
    new.choose("source", "instroom.ind")
    new.save()
    with session.store.read() as conn:
        (before,) = closing.inflows_in(conn, family.dossier)
    later = form(InflowFormPresenter).open(family.dossier, f"change:{before.id}")
    later.type("asked_on", "20-11-2026")
    later.type("complete_on", "22-11-2027")
    later.save()
    assert later.error("complete_on")
    later.type("complete_on", "22-11-2026")
    later.save()
    with session.store.read() as conn:
        (after,) = closing.inflows_in(conn, family.dossier)
    assert after == before.with_values(asked_on="2026-11-20", complete_on="2026-11-22")


def test_what_was_typed_waits_as_a_draft(session: Session, family: Family, form: MakeForm) -> None:
    new = form(StateFormPresenter).open(family.dossier, "stand.s4")
    new.type("reason", "Nog niet af")
    new.page.leave()
    new.settle()
    kept = drafts.find(session, "state_form", f"{family.dossier}/stand.s4")
    assert kept is not None and kept.typed["reason"] == "Nog niet af"
