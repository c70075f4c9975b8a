"""The tab *Gegevens* and the form of one fact through their real pages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.kinds.person import Alias, RemovabilityCheck
from app.services import facts
from app.services.session import Session
from tests.support.family_case import register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.fact_form_presenter import FactFormPresenter
from ui.views.ask.ask_view import AskPage
from ui.views.facts.facts_tab import FACTS_TAB, FactsPart
from ui.views.family.family_view import FamilyPage
from ui.views.family.overview_view import OVERVIEW_TAB
from ui.widgets.choice import Choice
from ui.widgets.row_table import RowTable

Settle = Callable[[], None]


class Driven:
    """The form of a fact, driven by names of its fields."""

    def __init__(self, qtbot: QtBot, settle: Settle, desk: Desk, dossier: str, part: str) -> None:
        self.page, self.settle = AskPage(desk, FactFormPresenter), settle
        self.places: list[Place] = []
        self.said: list[Notice] = []
        self.page.go_requested.connect(self.places.append)
        self.page.said.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 700)
        self.page.show()
        self.page.open_place(Place(page="fact", subject=dossier, part=part))
        settle()

    def choose(self, field: str, code: str) -> None:
        found = self.page.findChild(Choice, f"ask_{field}")
        assert found is not None, field
        found.set_code(code)
        found.code_chosen.emit(code)
        self.settle()

    def type(self, field: str, text: str) -> None:
        found = self.page.findChild(QLineEdit, f"ask_{field}")
        assert found is not None, field
        found.setText(text)

    def leave(self, field: str, text: str) -> None:
        """Type it and go on to the next field."""
        self.type(field, text)
        found = self.page.findChild(QLineEdit, f"ask_{field}")
        assert found is not None
        found.editingFinished.emit()
        self.settle()

    def save(self) -> None:
        found = self.page.findChild(QPushButton, "fact_save")
        assert found is not None
        found.click()
        self.settle()

    def words(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


def test_a_name_in_another_spelling_is_written_down_with_an_incomplete_date(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/alias")
    form.choose("kind", "naamsoort.alias")
    form.type("given_names", "Aro")
    form.type("since", "?? mei 1999")
    form.save()
    assert form.said and form.places[0].part.startswith("facts/")
    record = facts.load(session, family.dossier.id).line(form.places[0].part.removeprefix("facts/")).record
    assert isinstance(record, Alias)
    assert (record.given_names, record.since) == ("Aro", "1999-05")


def test_what_must_be_answered_is_said_at_the_field_and_nothing_is_lost(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/decision")
    form.type("result", "Afgewezen")
    form.save()
    assert not form.places
    field = form.page.findChild(QLineEdit, "ask_result")
    assert field is not None and field.text() == "Afgewezen"
    assert form.words().count("om verder te gaan") == 2  # about whom, and which kind


def test_a_nationality_typed_beside_the_list_of_countries_gets_a_remark(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/identity_fact")
    form.type("value", "Wakanda")
    form.choose("aspect", "identiteit.nationaliteit")
    assert "telt niet als land" in form.words()
    form.choose("country", "ER")
    assert "telt niet als land" not in form.words()


def test_another_kind_is_chosen_from_the_list_and_asks_its_own_fields(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new")
    table = form.page.findChild(RowTable, "fact_options")
    assert table is not None
    model = table.model()
    row = next(
        row
        for row in range(model.rowCount())
        if str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) == "Maatregel"
    )
    table.choose_row(row)
    settle()
    assert form.page.findChild(QLineEdit, "ask_area") is not None
    assert form.page.findChild(QLineEdit, "ask_given_names") is None


def test_a_moment_without_a_time_is_refused_and_one_with_it_keeps_the_dutch_clock(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/removability_check")
    form.choose("outcome", "mag-vertrekken.ja")
    form.type("answered_at", "12-07-2026")
    form.save()
    assert "Schrijf er ook de tijd bij" in form.words()
    form.type("answered_at_time", "10:30")
    form.save()
    lines = facts.load(session, family.dossier.id).lines["lights"]
    record = lines[0].record
    assert isinstance(record, RemovabilityCheck) and record.answered_at == "2026-07-12T08:30:00Z"


def test_a_v_number_that_is_not_ten_digits_gets_a_remark_and_is_kept(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/person_number")
    form.type("value", "12345")
    form.choose("kind", "nummer.v-nummer")
    assert "10" in form.words() or "tien" in form.words()
    form.save()
    assert form.places


def test_a_decision_of_a_day_that_lies_ahead_gets_a_remark_and_is_kept(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/decision")
    form.choose("kind", "besluit.terugkeerbesluit")
    form.leave("on", "01-01-2026")
    assert "De datum ligt in de toekomst." not in form.words()
    form.leave("on", "01-01-2099")
    assert "De datum ligt in de toekomst." in form.words()
    form.save()
    assert form.places
    (line,) = facts.load(session, family.dossier.id).lines["decisions"]
    again = Driven(qtbot, settle, desk, family.dossier.id, f"decision/{line.record.id}")
    assert "De datum ligt in de toekomst." in again.words()


def test_typed_text_waits_as_a_draft_when_the_page_is_left(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    form = Driven(qtbot, settle, desk, family.dossier.id, "new/alias")
    form.type("given_names", "Ar")
    form.page.leave()
    settle()
    again = Driven(qtbot, settle, desk, family.dossier.id, "new/alias")
    assert "niet bewaard" in again.words() or "niet opgeslagen" in again.words()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> FamilyPage:
    made = FamilyPage(desk, (OVERVIEW_TAB, FACTS_TAB))
    qtbot.addWidget(made)
    made.resize(1100, 690)
    made.show()
    return made


def part_of(page: QWidget) -> FactsPart:
    found = page.findChild(FactsPart)
    assert found is not None
    return found


def test_the_tab_says_what_will_be_there_and_fills_when_something_is_written_down(
    page: FamilyPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015")
    dossier, child = family.dossier.id, family.members[1].person.id
    page.open_place(Place(page="family", subject=dossier, part="facts"))
    settle()
    part = part_of(page)
    assert part.empty.isVisible()
    made = facts.new(session, dossier, "school", child).with_values(name="De Wegwijzer")
    facts.save(session, dossier, None, made)
    qtbot.waitUntil(lambda: part.table.model().rowCount() == 2)
    settle()
    assert part.table.current_row() == 1  # the heading is not chosen
    part.change.click()
    went: list[object] = []
    page.go_requested.connect(went.append)
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    assert went == [Place(page="fact", subject=dossier, part=f"school/{made.id}")]


def test_taking_out_can_be_undone_and_the_list_follows(
    page: FamilyPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    made = facts.new(session, dossier, "stay", person).with_values(place="GL Noordermeer")
    facts.save(session, dossier, None, made)
    page.open_place(Place(page="family", subject=dossier, part="facts"))
    settle()
    part = part_of(page)
    said: list[Notice] = []
    page.said.connect(said.append)
    part.remove.click()
    settle()
    qtbot.waitUntil(lambda: part.table.model().rowCount() == 0)
    assert [notice.undoable for notice in said] == [True]
    session.store.undo()
    qtbot.waitUntil(lambda: part.table.model().rowCount() == 2)


def test_the_list_narrows_to_one_member_and_what_is_about_the_family(
    page: FamilyPage, session: Session, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015")
    dossier = family.dossier.id
    for member in family.members:
        made = facts.new(session, dossier, "stay", member.person.id).with_values(place="GL Noordermeer")
        facts.save(session, dossier, None, made)
    facts.save(session, dossier, None, facts.new(session, dossier, "todo").with_values(what="Bellen"))
    page.open_place(Place(page="family", subject=dossier, part="facts"))
    settle()
    part = part_of(page)
    assert part.table.model().rowCount() == 5
    part.who.code_chosen.emit(family.members[1].person.id)
    assert part.table.model().rowCount() == 4
