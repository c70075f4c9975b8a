"""Every form made of questions tells everything that is wrong in one go: what is empty, unreadable and refused."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.services import case_states, closing
from app.services.fact_kinds import FACT_KINDS
from app.services.families import Family
from app.services.session import Session
from tests.support.ask_case import Form, Settle, part
from tests.support.family_case import register_family
from tests.support.request_case import begin_request
from ui.bridge.desk import Desk
from ui.presenters.asylum_check_presenter import AsylumCheckPresenter
from ui.presenters.close_form_presenter import CloseFormPresenter
from ui.presenters.fact_form_presenter import FactFormPresenter
from ui.presenters.family_change_asks import BORN, DIED, LEFT, MOVED, REUNITED, SHIELD, SPLIT
from ui.presenters.family_change_presenter import FamilyChangePresenter
from ui.presenters.family_words import CORRECTED
from ui.presenters.inflow_form_presenter import InflowFormPresenter
from ui.presenters.outflow_form_presenter import OutflowFormPresenter
from ui.presenters.quick_note_presenter import QuickNotePresenter
from ui.presenters.request_form_presenter import RequestFormPresenter
from ui.presenters.state_form_presenter import StateFormPresenter
from ui.presenters.step_presenter import StepPresenter
from ui.presenters.term_presenter import TermPresenter
from ui.views.ask.ask_view import AnyPresenter

MakeForm = Callable[[type[AnyPresenter]], Form]
FUTURE = "Deze dag moet nog komen."


@pytest.fixture
def form(qtbot: QtBot, settle: Settle, desk: Desk) -> MakeForm:
    return lambda kind: Form(qtbot, settle, desk, kind)


@pytest.fixture
def family(session: Session) -> Family:
    return register_family(session, "Voorbeeld", "1984", "2015")


def test_every_kind_of_the_register(form: MakeForm, family: Family) -> None:
    fact, silent, broken = form(FactFormPresenter), {}, 0
    for kind in FACT_KINDS:
        fact.open(family.dossier.id, f"new/{kind}")
        names = fact.break_all()
        fact.save()
        broken += len(names)
        if fact.unmarked(names):
            silent[kind] = fact.unmarked(names)
    assert silent == {}
    assert broken > 100
    assert fact.places == []


@pytest.mark.parametrize("deed", [BORN, DIED, MOVED, SPLIT, REUNITED, LEFT, CORRECTED, SHIELD])
def test_every_change_of_a_family(form: MakeForm, family: Family, deed: str) -> None:
    change = form(FamilyChangePresenter).open(family.dossier.id, deed)
    names = change.break_all()
    change.save()
    assert names
    assert change.unmarked(names) == []
    assert change.places == []


@pytest.mark.parametrize(
    "kind", [OutflowFormPresenter, InflowFormPresenter, CloseFormPresenter, StateFormPresenter, RequestFormPresenter,
             QuickNotePresenter],
)  # fmt: skip
def test_every_form_of_a_dossier(form: MakeForm, family: Family, kind: type[AnyPresenter]) -> None:
    opened = form(kind).open(family.dossier.id)
    names = opened.break_all()
    opened.save()
    assert names
    assert opened.unmarked(names) == []
    assert opened.places == []


@pytest.mark.parametrize("kind", [StepPresenter, TermPresenter, AsylumCheckPresenter])
def test_every_form_of_a_request(session: Session, form: MakeForm, kind: type[AnyPresenter]) -> None:
    case = begin_request(session)
    case.file()
    opened = form(kind).open(case.request)
    names = opened.break_all()
    opened.save()
    assert names
    assert opened.unmarked(names) == []
    assert opened.places == []


def test_a_day_that_the_service_refuses_is_told_beside_what_is_still_empty(
    form: MakeForm, family: Family
) -> None:
    left = form(FamilyChangePresenter).open(family.dossier.id, LEFT)
    part(left.page, QCheckBox, "ask_who_0").click()
    left.type("to_on", "01-01-2099")
    left.save()
    assert left.error("reason") and FUTURE in left.error("to_on")
    outflow = form(OutflowFormPresenter).open(family.dossier.id)
    outflow.type("on", "01-01-2099")
    outflow.save()
    assert outflow.error("persons") and outflow.error("kind") and FUTURE in outflow.error("on")


def test_a_family_that_is_not_here_is_told_at_its_field_with_the_rest(form: MakeForm, family: Family) -> None:
    moved = form(FamilyChangePresenter).open(family.dossier.id, MOVED)
    moved.type("into", "TEST-9999")
    moved.type("to_on", "31-04-2026")
    moved.save()
    assert "TEST-9999" in moved.error("into") and moved.error("to_on") and moved.error("who")


def test_what_the_service_refuses_comes_all_at_once_when_nothing_is_open(
    session: Session, form: MakeForm, family: Family
) -> None:
    inflow = form(InflowFormPresenter).open(family.dossier.id)
    for name in ("on", "asked_on", "complete_on"):
        inflow.type(name, "01-01-2099")
    inflow.type("from_whom", "x" * 500)
    inflow.save()
    assert inflow.unmarked(["on", "asked_on", "complete_on", "from_whom"]) == []
    with session.store.read() as conn:
        assert [each.on for each in closing.inflows_in(conn, family.dossier.id)] != ["2099-01-01"]
    assert case_states.of_dossier(session, family.dossier.id) == ()
