"""List, family and clearing up through their real pages."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain import verbs
from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import Contact
from app.domain.kinds.person import SamePerson
from app.services import clear_up, differences, families
from app.services.session import Session
from tests.support.family_case import change, make_difference, register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.clear_up_presenter import SideView
from ui.views.clear_up.clear_up_view import ClearUpPage
from ui.views.clear_up.value_card import ValueCard
from ui.views.dossiers.dossiers_view import DossiersPage
from ui.views.family.family_view import FamilyPage
from ui.views.family.overview_view import OVERVIEW_TAB
from ui.views.family.take_out_block import TakeOutBlock
from ui.views.family.timeline_view import TIMELINE_TAB
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.dialog import Question
from ui.widgets.line import Sentence
from ui.widgets.menu_button import MenuButton
from ui.widgets.row_table import RowTable
from ui.widgets.side_list import SideList

Settle = Callable[[], None]


def shown(page: Page, place: Place, qtbot: QtBot, settle: Settle) -> list[object]:
    """Show the page at a place; the list collects where it wants to go."""
    qtbot.addWidget(page)
    page.resize(1100, 690)
    page.show()
    gone: list[object] = []
    page.go_requested.connect(gone.append)
    page.open_place(place)
    settle()
    return gone


def words_of(table: RowTable) -> list[str]:
    """Each row as a screen reader hears it."""
    model = table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [
        "; ".join(str(model.index(row, column).data(role)) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def table(page: Page, name: str) -> RowTable:
    found = page.findChild(RowTable, name)
    assert found is not None
    return found


def test_enter_opens_the_chosen_family(desk: Desk, session: Session, qtbot: QtBot, settle: Settle) -> None:
    register_family(session, "Abebe")
    made = register_family(session, "Beridze")
    page = DossiersPage(desk)
    gone = shown(page, Place(page="dossiers"), qtbot, settle)
    rows = table(page, "dossiers_table")
    rows.choose_row(1)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert page.act("edit")
    settle()
    assert page.act("new")
    assert gone == [
        Place(page="family", subject=made.dossier.id),
        Place(page="family_form", subject=made.dossier.id),
        Place(page="family_form"),
    ]


def test_a_search_without_outcome_offers_the_way_back(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    register_family(session, "Abebe")
    page = DossiersPage(desk)
    shown(page, Place(page="dossiers"), qtbot, settle)
    assert page.act("filter")
    page.look_for("niemand")
    settle()
    way = page.findChild(QPushButton, "dossiers_way")
    assert way is not None
    assert way.isVisible()
    way.click()
    settle()
    assert len(words_of(table(page, "dossiers_table"))) == 1
    search = page.findChild(QLineEdit, "dossiers_search")
    assert search is not None
    assert search.text() == ""


def test_a_new_family_appears_and_the_choice_stays(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    register_family(session, "Beridze")
    page = DossiersPage(desk)
    shown(page, Place(page="dossiers"), qtbot, settle)
    register_family(session, "Abebe")
    rows = table(page, "dossiers_table")
    qtbot.waitUntil(lambda: rows.model().rowCount() == 2)
    settle()
    assert rows.current_row() == 1


def test_the_arrow_goes_to_the_persons_and_enter_opens_the_family_at_that_person(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Abebe", "1984", "2015")
    register_family(session, "Beridze")
    page = DossiersPage(desk)
    gone = shown(page, Place(page="dossiers"), qtbot, settle)
    page.look_for("abebe")
    settle()
    QTest.keyClick(page.regions()[-1], Qt.Key.Key_Right)
    settle()
    rows = table(page, "dossiers_persons")
    assert rows.isVisible() and len(words_of(rows)) == 2, "what was searched stays"
    assert page.regions()[0] is rows
    rows.choose_row(1)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert page.act("edit")
    settle()
    person = made.members[1].person.id
    assert gone == [
        Place(page="family", subject=made.dossier.id, part=f"overview/{person}"),
        Place(page="family_form", subject=made.dossier.id, part=person),
    ]
    family = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    shown(family, gone[0], qtbot, settle)  # type: ignore[arg-type]
    assert table(family, "family_members").current_row() == 1


def test_a_search_for_nobody_among_the_persons_goes_back_to_all(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    register_family(session, "Abebe")
    page = DossiersPage(desk)
    shown(page, Place(page="dossiers", part="persons"), qtbot, settle)
    page.look_for("niemand")
    settle()
    way = page.findChild(QPushButton, "dossiers_way")
    assert way is not None and way.isVisible() and page.regions()[0] is way
    way.click()
    settle()
    rows = table(page, "dossiers_persons")
    assert rows.isVisible() and len(words_of(rows)) == 1
    register_family(session, "Beridze")
    qtbot.waitUntil(lambda: rows.model().rowCount() == 2)
    rows.horizontalHeader().sectionClicked.emit(0)
    settle()
    assert "Beridze" in words_of(rows)[0]


def test_every_member_has_a_line_and_the_verdict_on_age_has_its_reason(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984-05-01", "2015", "?")
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    shown(page, Place(page="family", subject=made.dossier.id), qtbot, settle)
    rows = words_of(table(page, "family_members"))
    assert len(rows) == 3
    assert "ouder, 42 jaar" in rows[0]
    assert "kind, 10 of 11 jaar" in rows[1]
    assert "leeftijd onbekend" in rows[2]
    assert page.title() == "Hakobyan"


def test_a_difference_is_the_banner_with_both_values(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    make_difference(session, made, "birth_date", "1985", "1986")
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    gone = shown(page, Place(page="family", subject=made.dossier.id), qtbot, settle)
    banner = page.findChild(Banner)
    assert banner is not None
    assert "1985" in banner.accessibleName()
    assert "1986" in banner.accessibleName()
    action = page.findChild(QPushButton, "family_banner_action")
    assert action is not None
    action.click()
    assert gone == [Place(page="clear_up", subject=made.dossier.id)]


def test_undoing_the_registration_leaves_a_sentence_not_a_crash(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan")
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    gone = shown(page, Place(page="family", subject=made.dossier.id), qtbot, settle)
    session.store.undo()
    qtbot.waitUntil(lambda: page.title() == "Dossier")
    settle()
    button = page.findChild(QPushButton, "family_to_list")
    assert button is not None
    button.click()
    assert gone == [Place(page="dossiers")]


def test_the_timeline_tells_what_the_chosen_deed_changed(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_place="Gjumri")
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    shown(page, Place(page="family", subject=made.dossier.id, part="timeline"), qtbot, settle)
    rows = words_of(table(page, "family_timeline"))
    assert "Gezin gewijzigd" in rows[0]
    assert "Geboorteplaats: Gjumri" in rows[0]
    assert "Gezin ingeschreven" in rows[1]


def test_a_difference_is_cleared_up_by_keyboard(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    make_difference(session, made, "birth_date", "1985", "1986")
    page = ClearUpPage(desk)
    shown(page, Place(page="clear_up"), qtbot, settle)
    cards = page.findChildren(ValueCard)
    assert len(cards) == 2
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Right)
    assert cards[1].isChecked()
    QTest.keyClick(cards[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: differences.count(session) == 0)
    settle()
    assert families.load(session, made.dossier.id).members[0].person.birth_date == "1986"


def test_without_differences_the_page_says_so(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = ClearUpPage(desk)
    shown(page, Place(page="clear_up"), qtbot, settle)
    assert words_of(table(page, "clear_up_list")) == []


def test_a_value_is_taken_out_from_the_timeline(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_place="Gjumri")
    asked: list[str] = []

    def ask(_parent: QWidget, sentence: str, rest: str, act: str, _back: str | None = None) -> bool:
        asked.append(f"{sentence} {rest} [{act}]")
        return len(asked) > 1

    monkeypatch.setattr(Question, "ask", ask)
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    said: list[Notice] = []
    page.said.connect(said.append)
    shown(page, Place(page="family", subject=made.dossier.id, part="timeline"), qtbot, settle)
    found = page.findChild(TakeOutBlock)
    assert found is not None and not found.block.isVisibleTo(page)
    found.ask_for.click()
    settle()
    assert found.value.currentText() == "Geboorteplaats, Persoon, Voorbeeld 1 Hakobyan: Gjumri"
    found.act.click()
    settle()
    assert asked == [], "without a reason nothing is asked"
    found.reason.set_code(session.content.ref("basis", "wegnemen.ten-onrechte"))
    found.act.click()
    settle()
    assert "Nu: “Gjumri”" in asked[0] and "niet ongedaan" in asked[0] and "aan geen collega" in asked[0]
    assert families.load(session, made.dossier.id).members[0].person.birth_place == "Gjumri"
    found.act.click()
    qtbot.waitUntil(lambda: bool(said))
    settle()
    assert families.load(session, made.dossier.id).members[0].person.birth_place is None
    assert "Voorgoed weggenomen: Geboorteplaats" in said[0].sentence and not said[0].undoable
    rows = words_of(table(page, "family_timeline"))
    assert "Waarde weggenomen" in rows[0] and "Geboorteplaats weggenomen" in rows[0]
    assert "Gjumri" not in str(rows)


def test_where_the_store_is_only_read_nothing_can_be_taken_out(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan")
    reading = Desk(session=session, runner=desk.runner, feed=desk.feed, read_only=True)
    page = FamilyPage(reading, (OVERVIEW_TAB, TIMELINE_TAB))
    shown(page, Place(page="family", subject=made.dossier.id, part="timeline"), qtbot, settle)
    found = page.findChild(TakeOutBlock)
    assert found is not None and not found.isVisibleTo(page)


@pytest.mark.parametrize(
    ("how_long", "day"),
    [
        ("tomorrow", "2026-12-01"),
        ("week", "2026-12-07"),
        ("month", "2026-12-30"),
        ("day", "2027-02-01"),
    ],
)
def test_a_difference_is_put_off_until_a_day_of_choice(
    desk: Desk,
    session: Session,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    how_long: str,
    day: str,
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    make_difference(session, made, "birth_date", "1985", "1986")
    monkeypatch.setattr(Session, "today", date(2026, 11, 30))
    page = ClearUpPage(desk)
    shown(page, Place(page="clear_up"), qtbot, settle)
    later = page.findChild(MenuButton)
    assert later is not None
    chosen = next(one for one in later.menu_of_choices.actions() if one.data() == how_long)
    chosen.trigger()
    until, act = (
        page.findChild(QLineEdit, "clear_up_until"),
        page.findChild(QPushButton, "clear_up_until_act"),
    )
    assert until is not None and act is not None
    assert until.isVisibleTo(page) is (how_long == "day")
    if how_long == "day":
        for typed in ("", "1-11-2026", "onzin"):
            until.setText(typed)
            act.click()
            settle()
            assert len(clear_up.matters(session)) == 1
        until.setText("1-2-2027")
        act.click()
    settle()
    (one,) = clear_up.put_off(session)
    assert one.later_until == date.fromisoformat(day)


def test_who_is_shown_as_one_is_taken_apart_on_the_overview(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984", "1984")
    a, b = sorted(member.person.id for member in made.members)
    with session.store.write(verbs.RESOLVED) as uow:
        uow.add(SamePerson(id=derived_id("same person", a, b), scope=a, a=a, b=b))
    page = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    said: list[Notice] = []
    page.said.connect(said.append)
    shown(page, Place(page="family", subject=made.dossier.id), qtbot, settle)
    assert len(words_of(table(page, "family_members"))) == 1
    twice = page.findChild(SideList, "family_twice")
    assert twice is not None and twice.isVisibleTo(page)
    (apart,) = twice.findChildren(QPushButton)
    assert apart.text() == "Het zijn twee personen"
    apart.click()
    qtbot.waitUntil(lambda: bool(said))
    settle()
    assert said[0].undoable and len(words_of(table(page, "family_members"))) == 2
    assert not twice.isVisibleTo(page)


def test_which_record_two_values_are_on_is_said_in_the_list_on_the_page_and_in_the_banner(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    found = [
        Contact(id=new_id(), scope=made.dossier.id, name=name, person=made.members[0].person.id)
        for name in ("mr. Verzonnen", "mr. Bedacht")
    ]
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        for contact in found:
            uow.add(contact)
    for contact in found:
        for phone in ("06-1", "06-2"):
            with session.store.write(verbs.FAMILY_CHANGED) as uow:
                uow.save(contact, contact.with_values(phone=phone))
    page = ClearUpPage(desk)
    shown(page, Place(page="clear_up"), qtbot, settle)
    rows = sorted(words_of(table(page, "clear_up_list")))
    who = made.members[0].person.given_names
    assert f"Telefoon, mr. Bedacht, {who} Hakobyan" in rows[0]
    assert f"Telefoon, mr. Verzonnen, {who} Hakobyan" in rows[1]
    heads = [line.text() for line in page.findChildren(QLabel) if "Contact “mr." in line.text()]
    assert heads == [f"Contact “mr. Verzonnen, {who} Hakobyan”, Hakobyan"]
    family = FamilyPage(desk, (OVERVIEW_TAB, TIMELINE_TAB))
    shown(family, Place(page="family", subject=made.dossier.id), qtbot, settle)
    banner = family.findChild(Banner)
    assert banner is not None
    assert f"telefoon van contact “mr. Verzonnen, {who} Hakobyan”" in banner.accessibleName()


def test_who_wrote_a_value_and_its_file_are_never_cut_off(desk: Desk, qtbot: QtBot) -> None:
    who = "J. Terpstra  ·  za 28 nov 2026, 09:10  ·  bestand van een onbekende laptop van 28-11-2026"
    short, long = (
        ValueCard(SideView(words="1986", differs=(0, 0), who=each), name="card") for each in (who[:12], who)
    )
    for card in (short, long):
        qtbot.addWidget(card)
    line = long.heightForWidth(2000) - ValueCard(
        SideView(words="1986", differs=(0, 0), who=""), name="card"
    ).heightForWidth(2000)
    assert long.heightForWidth(2000) == short.heightForWidth(2000)
    assert long.heightForWidth(340) >= short.heightForWidth(340) + line


def test_what_a_line_of_the_board_has_no_room_for_stands_below_it_when_chosen(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    made = register_family(session, "Voorbeeld", "1984", "?")
    family = FamilyPage(desk, (OVERVIEW_TAB,))
    shown(family, Place(page="family", subject=made.dossier.id), qtbot, settle)
    rows = table(family, "family_members")
    rest = family.findChild(Sentence, "family_member_rest")
    assert rest is not None
    family.resize(1150, 700)
    qtbot.waitUntil(lambda: not rows.isColumnHidden(3))
    rows.choose_row(0)
    assert rest.text() == "", "all of it shows"
    rows.choose_row(1)
    assert "leeftijd onbekend: " in rest.text(), "why it is unknown is cut off in the line"
    family.resize(860, 500)
    qtbot.waitUntil(lambda: rows.isColumnHidden(2) and rows.isColumnHidden(3))
    rows.choose_row(0)
    assert "Reisdocument: Niet gestart" in rest.text()
