"""A request through its real screens: begun, stopped by a gate, filed, mended; what is unknown is kept as said."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ident import new_id
from app.domain.kinds.person import Person
from app.services import drafts, request_view, requests
from app.services.session import Session
from tests.support.ask_case import Form, Settle, part
from tests.support.family import register
from tests.support.request_case import RequestCase, begin_request
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.asylum_check_presenter import AsylumCheckPresenter
from ui.presenters.request_form_presenter import RequestFormPresenter
from ui.presenters.step_presenter import StepPresenter
from ui.presenters.term_presenter import TermPresenter
from ui.views.ask.ask_view import AnyPresenter
from ui.views.documents.list_view import DocumentsPage
from ui.views.documents.request_view import RequestView
from ui.views.documents.tab import FamilyDocumentsPart
from ui.widgets.row_table import RowTable
from ui.widgets.timeline import Timeline


@pytest.fixture
def case(session: Session) -> RequestCase:
    return begin_request(session)


MakeForm = Callable[[type[AnyPresenter]], Form]


@pytest.fixture
def form(qtbot: QtBot, settle: Settle, desk: Desk) -> MakeForm:
    return lambda kind: Form(qtbot, settle, desk, kind)


def test_a_request_from_the_form_to_filed(
    session: Session, form: MakeForm, settle: Settle, desk: Desk, qtbot: QtBot
) -> None:
    members = (
        Person(id=new_id(), scope="", family_name="Hakobyan", given_names=name)
        for name in ("Lusine", "Narek")
    )
    family = register(session.store, "Hakobyan", *members)
    new = form(RequestFormPresenter).open(family.dossier)
    new.save()
    assert new.error("country") == "Vul dit in om verder te gaan."
    assert new.places == []
    part(new.page, QCheckBox, "ask_persons_1").click()
    new.choose("country", "TR")
    new.choose("purpose", "doel.terugkeer")
    new.choose("cooperation", "medewerking.getekend")
    new.press("ask_representation_unknown")
    new.type("on", "01-11-2026")
    new.save()
    (place,) = new.places
    assert place.page == "request"
    assert [notice.undoable for notice in new.said] == [True]
    view = requests.load(session, place.subject)
    assert view.persons == family.persons[:1]
    assert view.request.unknown_fields == "representation"

    step = form(StepPresenter).open(place.subject)
    step.type("on", "2 nov 2026")
    step.save()
    assert requests.load(session, place.subject).position.raw_code == "lp.opdracht-dia"

    step.open(place.subject, "lp.ingediend")
    assert not part(step.page, QPushButton, "request_step_save").isEnabled()
    asked = form(AsylumCheckPresenter).open(place.subject)
    asked.press("ask_answer_antwoord.nee")
    asked.type("on", "03-11-2026")
    asked.save()
    assert asked.places == [Place(page="request", subject=place.subject)]

    step.open(place.subject, "lp.ingediend")
    step.press("ask_way_unknown")
    step.type("on", "04-11-2026")
    step.save()
    view = requests.load(session, place.subject)
    assert view.position.raw_code == "lp.ingediend"
    assert view.events[-1].unknown_fields == "way"

    page = RequestView(desk)
    qtbot.addWidget(page)
    page.resize(1150, 700)
    page.show()
    page.open_place(place)
    settle()
    assert page.title() == "LP-aanvraag Turkije"
    session.store.undo()
    qtbot.waitUntil(lambda: part(page, Timeline, "request_course").model().rowCount() < 6)


def test_every_missing_answer_has_its_sentence_and_the_value_stays(case: RequestCase, form: MakeForm) -> None:
    case.file()
    made = form(StepPresenter).open(case.request, "lp.presentatie-gepland")
    made.type("planned_at", "31-11-2026")
    made.save()
    assert "30" in made.error("planned_at")
    assert part(made.page, QLineEdit, "ask_planned_at").text() == "31-11-2026"
    made.type("planned_at", "27-11-2026")
    part(made.page, QLineEdit, "ask_planned_at_time").setText("10.30")
    made.save()
    assert made.error("kind") and made.error("place") and not made.error("planned_at")
    made.choose("kind", "presentatie.fysiek")
    made.type("place", "Brussel")
    made.type("on", "24-11-2026")
    made.save()
    assert "moet nog komen" in made.error("on")
    made.type("on", "20-11-2026")
    made.save()
    present = requests.load(case.session, case.request).present_event
    assert present is not None and (present.planned_at, present.place) == ("2026-11-27T10:30", "Brussel")


def test_what_follows_from_an_answer_is_asked_and_the_rest_stays(case: RequestCase, form: MakeForm) -> None:
    case.file()
    case.step(
        "lp.presentatie-gepland",
        "2026-09-20",
        planned_at="2026-10-20T10:30",
        place="Den Haag",
        unknown_fields="kind",
    )
    made = form(StepPresenter).open(case.request, "lp.presentatie-niet-doorgegaan")
    made.type("on", "20-10-2026")
    made.choose("cause", "oorzaak.niet-verschenen")
    assert part(made.page, QLineEdit, "ask_on").text() == "20-10-2026"
    made.press("ask_excusable_ja-nee-onbekend.onbekend")
    made.press("ask_reason_unknown")
    made.save()
    event = requests.load(case.session, case.request).present_event
    assert event is not None and event.unknown_fields == "reason"
    assert case.session.content.label(event.excusable) == "Onbekend"


def test_a_document_asks_a_number_of_each_person(case: RequestCase, form: MakeForm) -> None:
    case.file()
    case.step("lp.toegezegd", "2026-10-01", unknown_fields="in_writing,conditions")
    made = form(StepPresenter).open(case.request, "lp.afgegeven")
    made.choose("kind", "document.lp")
    made.type(f"document_number:{case.persons[0]}", "AB 1")
    made.press(f"ask_document_number:{case.persons[1]}_unknown")
    made.type("issued_on", "01-11-2026")
    made.type("valid_until", "01-02-2027")
    made.type("held_by", "DTenV")
    made.save()
    event = requests.load(case.session, case.request).present_event
    assert event is not None and (event.document_number, event.valid_until) == ("AB 1", "2027-02-01")
    with case.session.store.read() as conn:
        papers = conn.exec_driver_sql("SELECT scope, number FROM r_original").all()
    assert {tuple(row) for row in papers} == {(case.persons[0], "AB 1"), (case.persons[1], None)}


def test_what_was_typed_is_a_draft_and_offered_again(case: RequestCase, form: MakeForm) -> None:
    case.file()
    made = form(StepPresenter).open(case.request, "lp.rappel")
    made.page.leave()
    made.settle()
    assert drafts.waiting(case.session) == ()
    made.type("way", "per post")
    made.page.leave()
    made.settle()
    (kept,) = drafts.waiting(case.session)
    assert kept.typed["way"] == "per post"
    again = form(StepPresenter).open(case.request, "lp.rappel")
    again.press("request_step_take_draft")
    assert part(again.page, QLineEdit, "ask_way").text() == "per post"
    again.save()
    assert drafts.waiting(case.session) == ()
    assert requests.load(case.session, case.request).events[-1].way == "per post"


def test_a_mistake_is_mended_from_the_course(
    case: RequestCase, form: MakeForm, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    case.file()
    page = RequestView(desk)
    qtbot.addWidget(page)
    page.open_place(Place(page="request", subject=case.request))
    settle()
    event = requests.load(case.session, case.request).events[-1]
    place = page.presenter.place_of(f"event:{event.id}")
    assert place is not None
    made = form(StepPresenter).open(place.subject, place.part)
    assert part(made.page, QLineEdit, "ask_way").text() == "koerier"
    made.type("on", "09-09-2026")
    made.save()
    mended = requests.load(case.session, case.request).events[-1]
    assert (mended.id, mended.on, mended.way) == (event.id, "2026-09-09", "koerier")


def test_a_term_is_set_with_a_reason_and_let_go(case: RequestCase, form: MakeForm) -> None:
    case.file()
    made = form(TermPresenter).open(case.request, "termijn.lp-presentatie")
    made.type("due_on", "15-12-2026")
    made.save()
    assert made.error("reason")
    made.type("reason", "afspraak met de consul")
    made.save()
    (term,) = [each for each in requests.load(case.session, case.request).terms if each.manual]
    assert term.manual is not None and term.manual.reason == "afspraak met de consul"
    made.open(case.request, "termijn.lp-presentatie")
    made.type("due_on", "")
    made.save()
    assert not [each for each in requests.load(case.session, case.request).terms if each.manual]


def test_a_request_that_follows_names_the_one_before(case: RequestCase, form: MakeForm) -> None:
    case.file()
    made = form(RequestFormPresenter).open(case.dossier, f"follows:{case.request}")
    made.choose("track", "spoor.to")
    made.choose("country", "AM")
    made.press("ask_agreement_unknown")
    made.press("ask_representation_unknown")
    made.save()
    first, second = request_view.of_dossier(case.session, case.dossier)
    assert (second.request.follows, second.track.code, second.persons) == (
        first.request.id,
        "spoor.to",
        first.persons,
    )


def test_a_store_that_is_only_read_writes_nothing(
    case: RequestCase, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    still = Desk(session=case.session, runner=desk.runner, feed=desk.feed, read_only=True)
    page = RequestView(still)
    qtbot.addWidget(page)
    page.open_place(Place(page="request", subject=case.request))
    settle()
    assert not part(page, QPushButton, "request_step").isEnabled()
    made = Form(qtbot, settle, still, StepPresenter).open(case.request, "lp.opdracht-dia")
    assert not part(made.page, QPushButton, "request_step_save").isEnabled()


def test_the_list_and_the_tab_open_a_request_and_one_that_is_gone_says_so(
    case: RequestCase, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    wanted = Place(page="request", subject=case.request)
    page = DocumentsPage(desk)
    tab_holder = QWidget()
    tab = FamilyDocumentsPart(tab_holder, desk)
    gone = RequestView(desk)
    for widget in (page, tab_holder, gone):
        qtbot.addWidget(widget)
        widget.show()
    page.open_place(Place(page="documents"))
    tab.open_dossier(case.dossier)
    gone.open_place(Place(page="request", subject="0" * 32))
    settle()
    for owner, name in ((page, "documents_table"), (tab, "family_documents")):
        with qtbot.waitSignal(owner.go_requested) as opened:
            QTest.keyClick(part(owner, RowTable, name), Qt.Key.Key_Return)
        assert opened.args == [wanted]
    assert gone.regions()[0].objectName() == "request_to_list"
