"""The form of what changes in a family, through its real page: each deed, what it asks, and what it refuses."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership, Todo
from app.domain.kinds.sensitive import SecretAddress
from app.domain.kinds.talk import Agreement
from app.services import families, family_page, shield
from app.services.families import Family
from app.services.session import Session
from app.storage.uow import read_where
from tests.support.family_case import register_family
from tests.support.request_start import start_request
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.family_change_presenter import FamilyChangePresenter
from ui.views.ask.ask_view import AskPage
from ui.views.fact_panel import FactPanel
from ui.views.family.family_view import FamilyPage
from ui.views.family.overview_view import OVERVIEW_TAB
from ui.widgets.choice import Choice
from ui.widgets.line import Line
from ui.widgets.row_table import RowTable

Settle = Callable[[], None]


class Driven:
    """The form, driven by the names of its fields."""

    def __init__(self, qtbot: QtBot, settle: Settle, desk: Desk, dossier: str, part: str) -> None:
        self.page, self.settle = AskPage(desk, FamilyChangePresenter), settle
        self.places: list[Place] = []
        self.said: list[Notice] = []
        self.page.go_requested.connect(self.places.append)
        self.page.said.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 700)
        self.page.show()
        self.page.open_place(Place(page="family_change", subject=dossier, part=part))
        settle()

    def choose(self, field: str, code: str) -> None:
        found = self.page.findChild(Choice, f"ask_{field}")
        if found is None:  # few short answers are buttons
            button = self.page.findChild(QPushButton, f"ask_{field}_{code}")
            assert button is not None, field
            button.click()
        else:
            found.set_code(code)
            found.code_chosen.emit(code)
        self.settle()

    def type(self, field: str, text: str) -> None:
        found = self.page.findChild(QLineEdit, f"ask_{field}")
        assert found is not None, field
        found.setText(text)

    def check(self, *numbers: int) -> None:
        for number in numbers:
            box = self.page.findChild(QCheckBox, f"ask_who_{number}")
            assert box is not None
            box.click()
        self.settle()

    def save(self) -> None:
        found = self.page.findChild(QPushButton, "family_change_save")
        assert found is not None
        found.click()
        self.settle()

    def options(self) -> list[str]:
        table = self.page.findChild(RowTable, "family_change_options")
        assert table is not None
        model = table.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def words(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def family(session: Session) -> Family:
    """A parent, a partner and a child."""
    return register_family(session, "Voorbeeld", "1984", "1986", "2015")


def _persons(family: Family) -> list[str]:
    return [member.person.id for member in family.members]


def _present(session: Session, dossier: str) -> set[str]:
    return {member.person.id for member in families.load(session, dossier).members}


def test_a_child_is_born(desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle) -> None:
    form = Driven(qtbot, settle, desk, family.dossier.id, "")
    assert "Afscherming opheffen" not in form.options()
    form.type("given_names", "Nieuw")
    form.type("birth_date", "?? 05 2026")
    form.save()
    assert form.places == [Place(page="family", subject=family.dossier.id)]
    assert form.said[0].sentence == "Vastgelegd: Een kind is geboren"
    new = families.load(session, family.dossier.id).members[-1]
    assert (new.person.given_names, new.person.family_name) == ("Nieuw", "Voorbeeld")
    assert new.membership.from_on == new.person.birth_date == "2026-05"


def test_somebody_died(desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle) -> None:
    form = Driven(qtbot, settle, desk, family.dossier.id, "died")
    form.choose("who", _persons(family)[1])
    form.type("died_on", "1985")
    form.save()
    assert "ligt voor de geboortedag" in form.words() and not form.places
    form.type("died_on", "01-01-1990")
    form.save()
    assert "ligt voor de dag waarop het lidmaatschap begon" in form.words() and not form.places
    form.type("died_on", "2026")
    form.save()
    assert _persons(family)[1] not in _present(session, family.dossier.id)


def test_a_family_splits_with_custody_and_a_request_that_goes_on(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    request = start_request(session, family)
    form = Driven(qtbot, settle, desk, family.dossier.id, "split")
    child = _persons(family)[2]
    assert form.page.findChild(Choice, f"ask_custody:{child}") is None
    form.check(1, 2)
    form.choose(f"custody:{child}", "gezag.moeder")
    form.type("title", "Voorbeeld-B")
    form.type("to_on", "2026")
    form.save()
    made = form.places[0].subject
    assert made != family.dossier.id
    assert _present(session, made) == set(_persons(family)[1:])
    with session.store.read() as conn:
        (row,) = read_where(conn, Membership, "scope = ? AND person = ?", (made, child))
        follows = conn.exec_driver_sql("SELECT follows FROM r_request WHERE scope = ?", (made,)).scalar()
    assert (row.custody or "").endswith(":gezag.moeder")
    assert follows == request


def test_that_only_children_stay_is_asked_in_the_form(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    form = Driven(qtbot, settle, desk, family.dossier.id, "left")
    form.check(0)
    assert "Alleen kinderen blijven" not in form.words()
    form.check(1)
    assert "Alleen kinderen blijven" in form.words()
    form.type("to_on", "2026")
    form.choose("reason", "lidmaatschap.vertrokken")
    form.choose("sure", "0")
    form.save()
    assert not form.places and "Geef aan of dat klopt" in form.words()
    form.choose("sure", "1")
    form.save()
    assert _present(session, family.dossier.id) == {_persons(family)[2]}


def test_members_go_to_another_family_by_its_number_and_back(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    other = register_family(session, "Elders", "1970")
    form = Driven(qtbot, settle, desk, family.dossier.id, "moved")
    form.check(2)
    form.type("to_on", "2026")
    form.type("into", "bestaat niet")
    form.save()
    assert "niet precies één gezin" in form.words() and not form.places
    form.type("into", other.dossier.number or "Elders")
    form.save()
    assert form.places[0].subject == other.dossier.id
    assert _persons(family)[2] in _present(session, other.dossier.id)
    back = Driven(qtbot, settle, desk, other.dossier.id, "reunited")
    near = back.page.findChild(QLineEdit, "ask_into")
    assert near is not None and near.text().endswith("Voorbeeld")
    back.check(1)
    back.type("to_on", "2026")
    back.save()
    assert _present(session, family.dossier.id) == set(_persons(family))


def test_a_membership_is_mended_and_another_shows_its_own_values(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    form = Driven(qtbot, settle, desk, family.dossier.id, "corrected")
    second = family.members[1].membership
    form.type("from_on", "2020")
    form.choose("membership", second.id)
    field = form.page.findChild(QLineEdit, "ask_from_on")
    assert field is not None and field.text() != "2020"
    form.type("from_on", "2021-03")
    form.choose("elsewhere", "1")
    form.save()
    with session.store.read() as conn:
        rows = {row.id: row for row in read_where(conn, Membership, "scope = ?", (family.dossier.id,))}
    assert (rows[second.id].from_on, rows[second.id].elsewhere) == ("2021-03", 1)
    assert rows[family.members[0].membership.id] == family.members[0].membership


def test_members_are_shielded_and_that_is_lifted(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    form = Driven(qtbot, settle, desk, family.dossier.id, "shield")
    assert "niets meer van hen te zien" in form.words()
    form.check(1, 2)
    form.type("to_on", "2026")
    form.type("contact", "Opvang Verzonnen")
    form.save()
    made = form.places[0].subject
    assert {person.id for person in shield.shielded_in(session, made)} == set(_persons(family)[1:])
    assert family_page.load(session, family.dossier.id).earlier == ()
    with session.store.read() as conn:
        assert {row.contact for row in read_where(conn, SecretAddress, "1 = 1")} == {"Opvang Verzonnen"}
    lift = Driven(qtbot, settle, desk, made, "lift")
    lift.save()
    assert shield.shielded_in(session, made) == ()
    assert len(family_page.load(session, family.dossier.id).earlier) == 2


def test_shielding_lists_the_typed_texts_that_name_them_with_the_way_to_each(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    named = family.members[1].person.given_names
    dossier = family.dossier.id
    with session.store.write(verbs.AGREEMENT_MADE, dossier=dossier) as uow:
        uow.add(Agreement(id=new_id(), scope=dossier, who=named, what="praat met de school"))
        uow.add(Todo(id=new_id(), scope=dossier, what=f"Bel {named}"))
    form = Driven(qtbot, settle, desk, dossier, "shield")
    panel = form.page.findChild(FactPanel, "family_change_facts")
    assert panel is not None
    assert f"{named}: praat met de school" not in [label.text() for label in panel.findChildren(QLabel)]
    form.check(1)
    assert f"{named}: praat met de school" in [label.text() for label in panel.findChildren(QLabel)]
    for link in [each for each in panel.findChildren(QPushButton) if each.text() == "Bekijken"]:
        link.click()
    assert {(place.page, place.part.partition("/")[0]) for place in form.places} == {
        ("family", "timeline"), ("fact", "todo"),
    }  # fmt: skip


def test_the_page_of_the_family_says_who_left_and_leads_to_the_form(
    desk: Desk, session: Session, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    form = Driven(qtbot, settle, desk, family.dossier.id, "left")
    form.check(1)
    form.type("to_on", "11-2026")
    form.choose("reason", "lidmaatschap.vertrokken")
    form.save()
    page = FamilyPage(desk, (OVERVIEW_TAB,))
    qtbot.addWidget(page)
    places: list[Place] = []
    page.go_requested.connect(places.append)
    page.show()
    page.open_place(Place(page="family", subject=family.dossier.id))
    settle()
    line = page.findChild(Line, "family_earlier")
    assert line is not None and line.text().startswith("Eerder: ") and line.text().endswith("vertrokken)")
    button = page.findChild(QPushButton, "family_change")
    assert button is not None
    button.click()
    assert places == [Place(page="family_change", subject=family.dossier.id)]


def test_reading_only_there_is_nothing_to_change(
    session: Session, desk: Desk, family: Family, qtbot: QtBot, settle: Settle
) -> None:
    desk.read_only = True
    page = FamilyPage(desk, (OVERVIEW_TAB,))
    qtbot.addWidget(page)
    page.show()
    page.open_place(Place(page="family", subject=family.dossier.id))
    settle()
    button = page.findChild(QWidget, "family_change")
    assert button is not None and not button.isEnabled()
