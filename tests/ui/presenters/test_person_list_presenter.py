"""The presenter of the list of persons, without Qt: ways on from nothing, words of rows, where a line leads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from app.domain.incomplete_date import IncompleteDate
from app.domain.person_name import PersonName
from app.services import memberships
from app.services.person_list import CLOSED, EARLIER, PersonFilters, PersonRow
from app.services.person_standing import Gone
from app.services.session import Session
from tests.support.family import save
from tests.support.family_case import register_family
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from tests.ui.presenters.test_family_list_presenter import Later
from ui.bridge.place import Place
from ui.presenters.family_list_presenter import Nothing
from ui.presenters.person_list_presenter import PersonListPresenter, row_cells

__all__ = ["clock", "content", "make_store_file", "session", "store", "store_file", "store_template"]
TODAY = date(2026, 11, 23)
ROW = PersonRow(
    id="m", dossier="d", person="p", name=PersonName(family="Hakobyan", given="Ani", native_given="Անի"),
    born=IncompleteDate(2015, 3), numbers="2891147071", nationality="Armenië", is_stated=True, role="Kind",
    family="Hakobyan", family_number="V-0001", standing="Zelfstandig spoor", standing_on=None,
    gone=Gone.HERE, closed=False, disputed=0,
)  # fmt: skip


class Screen:
    """Remembers what it was asked to show."""

    def __init__(self) -> None:
        self.lines: list[Sequence[int]] = []
        self.nothing: Nothing | None = None
        self.foot = ""
        self.place: Place | None = None

    def show_persons(self, lines: Sequence[int]) -> None:
        self.lines.append(lines)

    def show_nothing(self, nothing: Nothing) -> None:
        self.nothing = nothing

    def show_foot(self, words: str) -> None:
        self.foot = words

    def go_to(self, place: Place) -> None:
        self.place = place


Asked = tuple[PersonListPresenter, Later, Screen]


@pytest.fixture
def asked(session: Session) -> Asked:
    runner, screen = Later(), Screen()
    return PersonListPresenter(session, runner, screen), runner, screen


def answer(runner: Later) -> None:
    for each in runner.waiting:
        each()
    runner.waiting.clear()


def test_a_line_leads_to_its_family_with_that_person_chosen(session: Session, asked: Asked) -> None:
    presenter, runner, screen = asked
    made = register_family(session, "Abebe")
    presenter.reload()
    answer(runner)
    (line,) = screen.lines[-1]
    presenter.open(line)
    answer(runner)
    person = made.members[0].person.id
    assert screen.place == Place(page="family", subject=made.dossier.id, part=f"overview/{person}")
    assert len(presenter.fetch([line])[0]) == 7 and presenter.fetch([line + 1]) == [()]
    assert screen.foot == "1 persoon"


def test_the_foot_says_how_many_first_and_then_who_is_a_child(session: Session, asked: Asked) -> None:
    presenter, runner, screen = asked
    made = register_family(session, "Abebe")
    person = made.members[0].person
    save(session.store, person, person.with_values(birth_date="2015"))
    presenter.reload()
    runner.waiting.pop()()
    assert (len(screen.lines[-1]), screen.foot) == (1, "1 persoon")
    runner.waiting.pop()()
    assert screen.foot == "1 persoon, van wie 1 kind"


def test_somebody_who_left_is_said_to_be_there_and_shown_when_asked(session: Session, asked: Asked) -> None:
    presenter, runner, screen = asked
    made = register_family(session, "Abebe")
    person = made.members[0].person.id
    leaving = memberships.Leaving(
        persons=(person,), on=session.today.isoformat(), reason="lidmaatschap.vertrokken"
    )
    memberships.leave(session, made.dossier.id, leaving)
    presenter.search("abebe")
    answer(runner)
    assert screen.nothing is not None and screen.nothing.way == EARLIER
    presenter.go_on(screen.nothing.way)
    answer(runner)
    assert presenter.filters == PersonFilters(other=EARLIER) and len(screen.lines[-1]) == 1


def test_an_empty_store_offers_to_register_and_filters_to_take_them_away(asked: Asked) -> None:
    presenter, runner, screen = asked
    presenter.reload()
    answer(runner)
    assert screen.nothing is not None and screen.nothing.way == "new"
    presenter.narrow(PersonFilters(other=CLOSED))
    answer(runner)
    assert screen.nothing.way == "all"
    presenter.go_on("all")
    answer(runner)
    assert presenter.filters == PersonFilters()


def test_what_a_row_says(session: Session) -> None:
    del session  # for the language
    name, birth, _number, country, *_rest = row_cells(ROW, TODAY)
    assert (name.main, name.native) == ("Hakobyan, Ani", "Անի")
    assert (birth.main, birth.aside) == ("03-2015", "11 jaar")
    assert birth.spoken() == "maart 2015, dag onbekend, 11 jaar"
    assert (country.main, country.aside) == ("Armenië", "gesteld")
    nobody = replace(ROW, name=PersonName(), born=None, numbers="", nationality="", role="", standing="")
    assert [cell.main for cell in row_cells(nobody, TODAY)] == [
        "naam onbekend", "onbekend", "onbekend", "onbekend", "onbekend", "Hakobyan", "–",
    ]  # fmt: skip


def test_who_left_is_said_in_words(session: Session) -> None:
    del session
    left = replace(
        ROW, gone=Gone.LEFT, standing="Zelfstandig vertrek", standing_on=IncompleteDate(2026, 11, 20)
    )
    assert (row_cells(left, TODAY)[-1].main, row_cells(left, TODAY)[-1].role) == (
        "Zelfstandig vertrek",
        "quiet",
    )
    earlier = replace(ROW, gone=Gone.EARLIER, standing="Overleden", standing_on=IncompleteDate(2026))
    cell = row_cells(earlier, TODAY)[-1]
    assert (cell.main, cell.aside) == ("niet meer in het gezin", "overleden, 2026, maand en dag onbekend")
