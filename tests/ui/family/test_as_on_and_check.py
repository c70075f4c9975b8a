"""The timeline narrowed, a family as on a day, and the data check with its way to the field, by their real pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Outflow
from app.domain.kinds.person import Original, PersonNumber, Stay
from app.services import families
from app.services.as_on import Meaning
from app.services.session import Session
from app.storage.uow import read_where
from tests.support.clock_case import clock_says, young_clock
from tests.support.family_case import change, register_family
from tests.ui.family.test_family_pages import shown, table, words_of
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.as_on_presenter import as_on_place
from ui.presenters.family_change_presenter import FamilyChangePresenter
from ui.shell.page_list import page_specs
from ui.views.ask.ask_view import AskPage
from ui.views.clear_up.clear_up_view import ClearUpPage
from ui.views.data_check.data_check_view import DataCheckPage
from ui.views.dossiers.filter_button import FilterButton
from ui.views.family.as_on_view import AsOnPage
from ui.views.family.family_view import FamilyPage
from ui.views.family.overview_view import OVERVIEW_TAB
from ui.views.family.timeline_view import TIMELINE_TAB
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField

Settle = Callable[[], None]


def press(page: Page, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None and button.isVisible(), name
    button.click()


def banner(page: Page) -> str:
    found = page.findChild(Banner)
    assert found is not None and found.isVisible()
    return found.accessibleName()


def test_the_timeline_is_narrowed_and_shows_a_day(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    change(session, made, at=1, birth_place="Gjumri")
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    gone = shown(page, Place(page="family", subject=made.dossier.id, part="timeline"), qtbot, settle)
    rows = table(page, "family_timeline")
    assert rows.model().rowCount() == 2
    who = page.findChild(FilterButton, "family_timeline_person")
    group = page.findChild(FilterButton, "family_timeline_group")
    assert who is not None and group is not None
    who.set_code(made.members[0].person.id)
    who.code_chosen.emit(who.code())
    settle()
    assert who.text().startswith("Over: Voorbeeld 1")
    assert rows.model().rowCount() == 1
    who.set_code("")
    group.set_code("talks")
    group.code_chosen.emit("talks")
    settle()
    assert rows.model().rowCount() == 0
    group.set_code("")
    group.code_chosen.emit("")
    settle()
    rows.choose_row(0)
    press(page, "family_timeline_as_on")
    (place,) = gone
    assert isinstance(place, Place) and place.page == "family_as_on" and place.part.endswith("/known")


def test_a_family_as_on_a_day_says_so_and_changes_nothing(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    young_clock(session)
    with clock_says(datetime(2025, 3, 3, 12, tzinfo=UTC)):
        made = register_family(session, "Hakobyan", "1984")
    with clock_says(datetime(2026, 3, 3, 12, tzinfo=UTC)):
        change(session, made, birth_place="Gjumri", given_names="Armen")
    page = AsOnPage(desk)
    gone = shown(page, as_on_place(made.dossier.id, date(2025, 4, 1)), qtbot, settle)
    rows = table(page, "as_on_table")
    assert banner(page).startswith("Zoals op 1-4-2025 (bekend)") or "(bekend)" in banner(page)
    assert any("Voorbeeld 1" in line for line in words_of(rows))
    assert not any("Armen" in line for line in words_of(rows))
    day, meaning = page.findChild(DateField, "as_on_day"), page.findChild(Choice, "as_on_meaning")
    assert day is not None and meaning is not None
    day.setText("4-3-2026")
    day.editingFinished.emit()
    settle()
    assert any("Armen" in line for line in words_of(rows))
    meaning.set_code(Meaning.WRITTEN)
    meaning.code_chosen.emit(Meaning.WRITTEN)
    settle()
    assert "(geschreven)" in banner(page)
    day.setText("1-1-2020")
    day.editingFinished.emit()
    settle()
    assert rows.model().rowCount() == 0
    stood = banner(page)
    for code in (Meaning.WRITTEN, Meaning.KNOWN):
        meaning.set_code(code)
        day.setText("1-1-2099")
        day.editingFinished.emit()
        meaning.code_chosen.emit(code)
        settle()
        said = "Deze dag moet nog komen. Kies vandaag of een eerdere dag."
        assert (day.accessibleDescription(), banner(page)) == (said, stood)
    day.setText("4-3-2026")
    day.editingFinished.emit()
    settle()
    assert day.accessibleDescription() == "" and "4-3-2026" in banner(page).replace("04-03", "4-3")
    buttons = {button.objectName() for button in page.findChildren(QPushButton) if button.isVisible()}
    assert {name for name in buttons if name} <= {"as_on_now", "family_as_on_page_back", "page_back"}
    assert not page.act("edit") and not page.act("new")
    press(page, "as_on_now")
    assert gone == [Place(page="family", subject=made.dossier.id)]


def test_a_deed_of_a_clock_that_runs_ahead_leads_to_today(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    page = AsOnPage(desk)
    shown(page, as_on_place(made.dossier.id, date(2099, 1, 1)), qtbot, settle)
    assert page.presenter.day == session.today
    assert table(page, "as_on_table").model().rowCount() > 0


def test_a_family_that_is_not_here_says_so(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = AsOnPage(desk)
    shown(page, as_on_place(new_id(), date(2025, 4, 1)), qtbot, settle)
    assert page.title() == "Dossier"


@pytest.fixture
def wrong(session: Session) -> dict[str, str]:
    """A family in which three things cannot be right, each of another screen."""
    made = register_family(session, "Hakobyan", "1990", "1989")
    person = made.members[0].person.id
    expired = Original(id=new_id(), scope=person, valid_until="2020-01-01")
    stay = Stay(id=new_id(), scope=person, from_on="2025-01-02", to_on="2025-01-01")
    with session.store.write(verbs.MEMBER_CHANGED, dossier=made.dossier.id) as uow:
        uow.add(expired)
        uow.add(stay)
        number = session.content.ref("basis", "nummer.v-nummer")
        uow.add(PersonNumber(id=new_id(), scope=person, kind=number, value="12"))
    return {
        "dossier": made.dossier.id,
        "person": person,
        "child": made.members[1].person.id,
        "original": expired.id,
        "stay": stay.id,
    }


def test_each_finding_leads_to_its_field(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle, wrong: dict[str, str]
) -> None:
    page = DataCheckPage(desk)
    gone = shown(page, Place(page="data_check"), qtbot, settle)
    rows = table(page, "data_check_table")
    assert rows.model().rowCount() == 4
    for row in range(4):
        rows.choose_row(row)
        QTest.keyClick(rows, Qt.Key.Key_Return)
    rows.choose_row(0)
    press(page, "data_check_go")
    dossier = wrong["dossier"]
    assert gone[:4] == [
        Place(page="family_form", subject=dossier, part=wrong["child"]),
        Place(page="fact", subject=dossier, part=f"stay/{wrong['stay']}"),
        Place(page="fact", subject=dossier, part=f"original/{wrong['original']}"),
        Place(page="family_form", subject=dossier, part=wrong["person"]),
    ]
    assert gone[4] == gone[0]
    known = {spec.key for spec in page_specs(desk)}
    assert {place.page for place in gone if isinstance(place, Place)} <= known


def test_a_membership_that_cannot_be_right_opens_in_the_form_that_mends_it(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984", "2024-07-08")
    child = made.members[1].membership
    with session.store.write(verbs.FAMILY_CHANGED, dossier=made.dossier.id) as uow:
        uow.save(child, child.with_values(from_on="2021-04-23"))
    page = DataCheckPage(desk)
    gone = shown(page, Place(page="data_check", subject=made.dossier.id), qtbot, settle)
    rows = table(page, "data_check_table")
    assert rows.model().rowCount() == 1 and "lidmaatschap begint vóór de geboorte" in words_of(rows)[0]
    rows.choose_row(0)
    press(page, "data_check_go")
    wanted = Place(page="family_change", subject=made.dossier.id, part=f"corrected:{child.id}")
    assert gone == [wanted]
    form = AskPage(desk, FamilyChangePresenter)
    shown(form, wanted, qtbot, settle)
    begun = form.findChild(QLineEdit, "ask_from_on")
    assert begun is not None and begun.text() == "23-04-2021"
    begun.setText("08-07-2024")
    press(form, "family_change_save")
    settle()
    assert families.load(session, made.dossier.id).members[1].membership.from_on == "2024-07-08"
    qtbot.waitUntil(lambda: rows.model().rowCount() == 0)


def test_an_outflow_that_cannot_be_right_opens_in_its_form(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    dossier, person = made.dossier.id, made.members[0].person.id
    left = Outflow(id=new_id(), scope=dossier, person=person, on="1970-01-01")
    with session.store.write(verbs.MEMBER_CHANGED, dossier=dossier) as uow:
        uow.add(left)
    page = DataCheckPage(desk)
    gone = shown(page, Place(page="data_check", subject=dossier), qtbot, settle)
    rows = table(page, "data_check_table")
    assert rows.model().rowCount() == 1
    rows.choose_row(0)
    press(page, "data_check_go")
    wanted = Place(page="outflow_form", subject=dossier, part=f"change:{left.id}")
    assert gone == [wanted]
    assert wanted.page in {spec.key for spec in page_specs(desk)}


def test_what_is_mended_leaves_the_list(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle, wrong: dict[str, str]
) -> None:
    page = DataCheckPage(desk)
    shown(page, Place(page="data_check", subject=wrong["dossier"]), qtbot, settle)
    rows = table(page, "data_check_table")
    with session.store.write(verbs.MEMBER_CHANGED, dossier=wrong["dossier"]) as uow:
        (stay,) = read_where(uow.conn, Stay, "id = ?", (wrong["stay"],))
        uow.save(stay, stay.with_values(to_on="2025-01-03"))
    qtbot.waitUntil(lambda: rows.model().rowCount() == 3)


def test_the_family_says_how_much_there_is_to_look_at(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1990", "1989")
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    gone = shown(page, Place(page="family", subject=made.dossier.id), qtbot, settle)
    assert banner(page) == "Er is 1 punt om na te kijken in dit dossier."
    press(page, "family_banner_action")
    assert gone == [Place(page="data_check", subject=made.dossier.id)]


def test_the_list_of_what_is_to_be_cleared_up_leads_there(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    register_family(session, "Hakobyan")
    page = ClearUpPage(desk)
    gone = shown(page, Place(page="clear_up"), qtbot, settle)
    press(page, "clear_up_check")
    assert gone == [Place(page="data_check")]
    empty = DataCheckPage(desk)
    shown(empty, Place(page="data_check"), qtbot, settle)
    assert table(empty, "data_check_table").model().rowCount() == 0
