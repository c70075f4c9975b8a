"""The form of a family through its real widgets and a real store: nothing typed is lost, nothing wrong gets in."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services import closing, differences, drafts, families, family_list
from app.services.session import Session
from tests.support.family_case import change, register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.views.family.family_form_view import FamilyFormPage
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.text_field import TextField

Settle = Callable[[], None]


@pytest.fixture
def form(desk: Desk, settle: Settle, qtbot: QtBot) -> FamilyFormPage:
    """The form, open for a new family."""
    page = FamilyFormPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 690)
    page.show()
    page.open_place(Place(page="family_form"))
    settle()
    return page


def line(page: FamilyFormPage, name: str) -> TextField:
    found = page.findChild(TextField, name)
    assert found is not None, name
    return found


def type_in(page: FamilyFormPage, **texts: str) -> None:
    for name, text in texts.items():
        editor = line(page, name)
        editor.setText(text)
        editor.textEdited.emit(text)


def press(page: FamilyFormPage, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def errors(page: FamilyFormPage) -> dict[str, str]:
    return {
        field.editor.objectName(): field.editor.accessibleDescription()
        for field in page.findChildren(Field)
        if field.has_error
    }


def open_for(page: FamilyFormPage, dossier: str, settle: Settle) -> None:
    page.open_place(Place(page="family_form", subject=dossier))
    settle()


def only_family(session: Session) -> families.Family:
    (dossier,) = family_list.ids(session)
    return families.load(session, dossier)


def test_a_family_is_registered_as_typed(form: FamilyFormPage, session: Session, settle: Settle) -> None:
    gone: list[object] = []
    said: list[object] = []
    form.go_requested.connect(gone.append)
    form.said.connect(said.append)
    type_in(
        form,
        title_0="Hakobyan",
        family_name_1="Hakobyan",
        given_names_1="Armen",
        family_name_native_1="Հակոբյան",
        birth_date_1="?? mei 1984",
        country_1="Armenië",
        value_1="289.114.7071",
    )
    role = form.findChild(Choice, "role_1")
    assert role is not None
    role.set_code("gezinsrol.ouder")
    press(form, "family_form_save")
    settle()
    found = only_family(session)
    member = found.members[0]
    assert (member.person.birth_date, member.v_number.value) == ("1984-05", "289.114.7071")
    assert member.nationality.country == session.content.ref("landen", "AM")
    assert member.membership.role == session.content.ref("basis", "gezinsrol.ouder")
    assert gone == [Place(page="family", subject=found.dossier.id)]
    assert said == [Notice(sentence="Gezin ingeschreven.")]


def test_how_a_new_family_came_in_is_asked_and_kept_as_a_draft(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    assert line(form, "on_0").text() == "23-11-2026"
    type_in(form, title_0="Voorbeeld", on_0="11-2026", from_whom_0="Loket", missing_0="Foto’s")
    source = form.findChild(Choice, "source_0")
    assert source is not None
    source.set_code("instroom.ind")
    press(form, "family_form_save")
    settle()
    assert set(errors(form)) == {"on_0"}
    type_in(form, on_0="3 nov 2026")
    form.leave()
    settle()
    form.open_place(Place(page="family_form"))
    settle()
    press(form, "family_form_take_draft")
    settle()
    assert (line(form, "on_0").text(), line(form, "missing_0").text()) == ("3 nov 2026", "Foto’s")
    press(form, "family_form_save")
    settle()
    family = only_family(session)
    with session.store.read() as conn:
        (inflow,) = closing.inflows_in(conn, family.dossier.id)
    assert (inflow.on, inflow.from_whom, inflow.missing) == ("2026-11-03", "Loket", "Foto’s")
    assert inflow.source == session.content.ref("basis", "instroom.ind")
    open_for(form, family.dossier.id, settle)
    assert form.findChild(TextField, "from_whom_0") is None or not line(form, "from_whom_0").isVisible()


def test_everything_wrong_is_said_at_once_and_kept(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    wrong = {"family_name_1": "N" * 10_000, "given_names_1": "Ar\x07men", "birth_date_1": "31-11-1984"}
    type_in(form, **wrong)
    press(form, "family_form_save")
    settle()
    found = errors(form)
    assert set(found) == set(wrong)
    assert "10000" in found["family_name_1"]
    assert "U+0007" in found["given_names_1"]
    assert "30-11-1984" in found["birth_date_1"]
    assert {name: line(form, name).text() for name in wrong} == wrong
    assert line(form, "family_name_1").hasFocus() or not form.isActiveWindow()
    assert family_list.ids(session) == ()


def test_an_empty_form_asks_for_a_name_of_the_family(form: FamilyFormPage, settle: Settle) -> None:
    press(form, "family_form_save")
    settle()
    assert list(errors(form)) == ["title_0"]


def test_a_day_to_come_is_told_with_what_cannot_be_read(form: FamilyFormPage, settle: Settle) -> None:
    type_in(form, title_0="Voorbeeld", on_0="01-01-2099", birth_date_1="31-04-1990")
    press(form, "family_form_save")
    settle()
    assert set(errors(form)) == {"on_0", "birth_date_1"}


def test_a_nationality_that_is_not_in_the_list_is_kept_as_typed(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    type_in(form, title_0="Voorbeeld", country_1="Verzonnenland")
    press(form, "family_form_save")
    settle()
    fact = only_family(session).members[0].nationality
    assert (fact.country, fact.value) == (None, "Verzonnenland")


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Wakanda", "telt niet als land"),
        ("eritr", "Eritrea? Kies"),
        ("Eritrea", "Zoals de persoon"),
        ("", "Zoals"),
    ],
)
def test_a_nationality_that_is_in_no_list_gets_a_remark(form: FamilyFormPage, text: str, remark: str) -> None:
    type_in(form, country_1=text)
    field = next(each for each in form.findChildren(QWidget) if each.objectName() == "country_1")
    assert remark in field.accessibleDescription()
    assert not field.property("error")


@pytest.mark.parametrize(
    ("name", "text", "remark"),
    [("value_1", "289.114", "tien cijfers"), ("family_name_native_1", "𐎠𐎼𐎶", "Latijnse")],
)
def test_a_remark_refuses_nothing(
    form: FamilyFormPage, session: Session, settle: Settle, name: str, text: str, remark: str
) -> None:
    type_in(form, title_0="Voorbeeld", **{name: text})
    assert remark in line(form, name).accessibleDescription()
    press(form, "family_form_save")
    settle()
    assert len(family_list.ids(session)) == 1


def test_saving_against_a_moved_cell_keeps_both_and_says_so(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    open_for(form, made.dossier.id, settle)
    change(session, made, birth_date="1985")
    gone: list[object] = []
    form.go_requested.connect(gone.append)
    type_in(form, birth_date_1="05-1986", given_names_1="Armen")
    press(form, "family_form_save")
    settle()
    banner = form.findChild(Banner)
    assert banner is not None
    assert "Iemand anders" in banner.accessibleName()
    assert "1985" in banner.accessibleName()
    assert "1986" in banner.accessibleName()
    (found,) = differences.open_ones(session, made.dossier.id)
    assert {side.value for side in found.sides} == {"1985", "1986-05"}
    assert families.load(session, made.dossier.id).members[0].person.given_names == "Armen"
    press(form, "family_form_clear_up")
    assert gone == [Place(page="clear_up", subject=made.dossier.id)]


def test_a_cell_that_was_not_touched_does_not_clash(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    open_for(form, made.dossier.id, settle)
    change(session, made, birth_date="1985")
    type_in(form, given_names_1="Armen")
    press(form, "family_form_save")
    settle()
    assert differences.open_ones(session) == ()
    assert families.load(session, made.dossier.id).members[0].person.birth_date == "1985"


def test_members_are_added_and_taken_out(form: FamilyFormPage, session: Session, settle: Settle) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    open_for(form, made.dossier.id, settle)
    press(form, "remove_2")
    press(form, "family_form_add")
    type_in(form, given_names_3="Elene")
    press(form, "family_form_save")
    settle()
    found = families.load(session, made.dossier.id)
    assert [member.person.given_names for member in found.members] == ["Voorbeeld 1", "Elene"]


def test_what_was_typed_is_offered_again_word_for_word(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    type_in(form, title_0="Hakobyan", birth_date_1="31-11-1984")
    press(form, "family_form_add")
    type_in(form, given_names_2="Elene")
    form.leave()
    settle()
    form.open_place(Place(page="family_form"))
    settle()
    assert line(form, "title_0").text() == ""
    press(form, "family_form_take_draft")
    assert line(form, "title_0").text() == "Hakobyan"
    assert line(form, "birth_date_1").text() == "31-11-1984"
    assert line(form, "given_names_2").text() == "Elene"
    type_in(form, birth_date_1="30-11-1984")
    press(form, "family_form_save")
    settle()
    assert len(only_family(session).members) == 2
    assert drafts.waiting(session, "family:new") == ()


def test_a_draft_remembers_what_it_was_read_from(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    open_for(form, made.dossier.id, settle)
    type_in(form, birth_date_1="1986")
    form.leave()
    settle()
    change(session, made, birth_date="1985")
    open_for(form, made.dossier.id, settle)
    press(form, "family_form_take_draft")
    press(form, "family_form_save")
    settle()
    (found,) = differences.open_ones(session)
    assert {side.value for side in found.sides} == {"1985", "1986"}


def test_a_draft_can_be_thrown_away(form: FamilyFormPage, session: Session, settle: Settle) -> None:
    type_in(form, title_0="Hakobyan")
    form.leave()
    settle()
    form.open_place(Place(page="family_form"))
    settle()
    press(form, "family_form_drop_draft")
    settle()
    assert drafts.waiting(session) == ()


def test_a_value_taken_out_leaves_the_draft_too(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    made = register_family(session, "Hakobyan", "1984")
    open_for(form, made.dossier.id, settle)
    type_in(form, birth_date_1="1986", given_names_1="Armen")
    form.leave()
    settle()
    session.store.redact(made.members[0].person.id, frozenset({"given_names"}))
    kept = {name for draft in drafts.waiting(session) for name in draft.typed}
    assert "given_names" not in kept
    assert "birth_date" in kept


def test_a_form_that_was_only_looked_at_leaves_no_draft(
    form: FamilyFormPage, session: Session, settle: Settle
) -> None:
    form.leave()
    settle()
    assert drafts.waiting(session) == ()


def test_a_family_that_is_gone_says_so(form: FamilyFormPage, session: Session, settle: Settle) -> None:
    made = register_family(session, "Hakobyan")
    session.store.undo()
    open_for(form, made.dossier.id, settle)
    assert form.title() == "Dossier"
