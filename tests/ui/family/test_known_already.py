"""While a family is registered the form says who may be known already, and saving can make them one person."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain import verbs
from app.services import families, one_person
from app.services.families import Family
from app.services.session import Session
from tests.support.family_case import change, register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.views.family.family_form_view import FamilyFormPage
from ui.widgets.choice import Choice

Settle = Callable[[], None]


@pytest.fixture
def known(session: Session) -> Family:
    """Armen Hakobyan, who is here."""
    made = register_family(session, "Hakobyan", "1984-05-07")
    change(session, made, 0, family_name="Hakobyan", given_names="Armen")
    return families.load(session, made.dossier.id)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> FamilyFormPage:
    made = FamilyFormPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 690)
    made.show()
    made.open_place(Place(page="family_form"))
    settle()
    return made


def type_armen(page: FamilyFormPage, settle: Settle, given: str = "Արմեն", family: str = "Հակոբյան") -> None:
    page.type_into({"family_name_1": family, "given_names_1": given, "birth_date_1": "7-5-1984"})
    page._keep_draft()  # as the pause in typing does
    settle()


def words(page: FamilyFormPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def link(page: FamilyFormPage, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.isVisible() and each.text() == text)


def test_a_name_in_another_script_is_recognised_with_family_and_reason(
    page: FamilyFormPage, known: Family, settle: Settle
) -> None:
    type_armen(page, settle)
    said = words(page)
    assert "Armen Hakobyan" in said
    assert known.dossier.number is not None and known.dossier.number in said
    assert "in een ander schrift" in said


def test_somebody_else_is_not_warned_for(page: FamilyFormPage, known: Family, settle: Settle) -> None:
    assert known.members
    page.type_into({"family_name_1": "Tesfaye", "given_names_1": "Hirut", "birth_date_1": "1990-02-01"})
    page._keep_draft()
    settle()
    assert "Armen" not in words(page)


def test_said_to_be_one_they_are_linked_when_the_form_is_saved(
    page: FamilyFormPage, known: Family, session: Session, settle: Settle
) -> None:
    type_armen(page, settle)
    link(page, "Dezelfde persoon").click()
    assert "Wordt één persoon als u opslaat" in words(page)
    page.save()
    settle()
    classes = one_person.linked(session)
    assert len(classes) == 1
    assert known.members[0].person.id in classes[0].persons
    session.store.undo()
    assert one_person.linked(session) == ()


def test_taken_back_before_saving_nothing_is_linked(
    page: FamilyFormPage, known: Family, session: Session, settle: Settle
) -> None:
    assert known.members
    type_armen(page, settle)
    link(page, "Dezelfde persoon").click()
    link(page, "Toch niet dezelfde").click()
    page.save()
    settle()
    assert one_person.linked(session) == ()


def test_of_somebody_shielded_only_whom_to_ask_is_said(
    page: FamilyFormPage, known: Family, session: Session, settle: Settle
) -> None:
    membership = known.members[0].membership
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.save(membership, membership.with_values(shielded=1))
    type_armen(page, settle)
    said = words(page)
    assert "Overleg met Robin Voorbeeld" in said
    assert "Armen Hakobyan" not in said and str(known.dossier.number) not in said
    assert not any(
        each.isVisible() and each.text() == "Dezelfde persoon" for each in page.findChildren(QPushButton)
    )


def test_custody_and_where_somebody_lives_are_asked_with_the_member(
    page: FamilyFormPage, session: Session, settle: Settle
) -> None:
    page.type_into(
        {
            "family_name_1": "Voorbeeld",
            "dialect_1": "Westers",
            "birth_place_1": "Gjumri",
            "custody_1": "gezag.moeder",
            "elsewhere_1": "1",
        }
    )
    assert page.findChild(Choice, "custody_1") is not None
    assert page.findChild(QLineEdit, "dialect_1") is not None
    page.save()
    settle()
    with session.store.read() as conn:
        (dossier,) = conn.exec_driver_sql("SELECT scope FROM r_dossier WHERE title = 'Voorbeeld'").scalars()
    member = families.load(session, dossier).members[0]
    assert (member.person.dialect, member.person.birth_place) == ("Westers", "Gjumri")
    assert str(member.membership.custody).endswith(":gezag.moeder")
    assert (member.membership.elsewhere, member.membership.other_status) == (1, None)


def test_a_family_is_registered_with_the_keyboard_alone(
    page: FamilyFormPage, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    """Every field in reading order with Tab, lists by their letters, and saved with Ctrl Enter."""
    page.take_focus()
    names: list[str] = []
    typed = {
        "title_0": "Voorbeeld", "family_name_1": "Voorbeeld", "given_names_1": "Mariam",
        "birth_date_1": "?? mei 1988", "value_1": "2891147001", "language_1": "Arabisch", "role_1": "o",
    }  # fmt: skip
    for _step in range(80):
        focused = page.window().focusWidget()
        name = focused.objectName()
        if name in names:
            break
        names.append(name)
        if name in typed:
            QTest.keyClicks(focused, typed[name])
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    asked = [name for name in names if name.endswith("_1")]
    assert set(typed) <= set(names), names
    assert asked.index("family_name_1") < asked.index("birth_date_1") < asked.index("custody_1")
    last = page.window().focusWidget()
    QTest.keyClick(last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    with session.store.read() as conn:
        (dossier,) = conn.exec_driver_sql("SELECT scope FROM r_dossier").scalars()
    member = families.load(session, dossier).members[0]
    assert (member.person.given_names, member.person.birth_date) == ("Mariam", "1988-05")
    assert str(member.membership.role).endswith(":gezinsrol.ouder")
    assert member.v_number.value == "2891147001"


def test_a_date_of_which_parts_are_unknown_is_said_in_the_notation_of_the_brp_too(
    page: FamilyFormPage, settle: Settle
) -> None:
    """Read as it stands in the register (wp-50), and written so that it can be typed over."""
    page.type_into({"birth_date_1": "19900000"})
    settle()
    said = words(page)
    assert "1990, maand en dag onbekend" in said and "in de BRP 19900000" in said
    page.type_into({"birth_date_1": "05-1988"})
    assert "in de BRP 19880500" in words(page)
    page.type_into({"birth_date_1": "14-3-1990"})
    assert "in de BRP" not in words(page)


def test_a_date_of_birth_that_lies_ahead_is_remarked_with_its_reason_and_may_be_saved(
    page: FamilyFormPage, settle: Settle
) -> None:
    for typed in ("01-01-2099", "2099"):
        page.type_into({"birth_date_1": typed})
        settle()
        assert "leeftijd onbekend: de datum ligt in de toekomst" in words(page), typed
    page.type_into({"birth_date_1": "?"})
    settle()
    assert "in de toekomst" not in words(page)
