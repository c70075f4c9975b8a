"""The form of a departure without Qt: fields, answers, travellers, drafts, what moved meanwhile, and how it ends."""

from collections.abc import Mapping

import pytest

from app.domain import verbs
from app.domain.kinds.departure import Departure
from app.i18n import problem_text
from app.services import agenda, departure_list, departures, papers, timeline
from app.services.departure_checks import Checklist
from app.services.paper_final import DepartureCalledOff
from app.services.session import Session
from tests.support.departure_case import made_up_family, planned, wanted_sheet
from tests.support.family import Family
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import store, store_file, store_template
from tests.ui.conftest import RunAtOnce
from ui.presenters import departure_answers
from ui.presenters.departure_fields import ENDING, FIELDS, JOURNEY, PERSONAL, FieldDecl
from ui.presenters.departure_form import DepartureForm
from ui.presenters.departure_presenter import DeparturePresenter
from ui.presenters.departure_seen import DepartureView
from ui.presenters.departure_values import NoNumber

__all__ = ["clock", "content", "session", "store", "store_file", "store_template"]


class Screen:
    """Remembers what it was told to show."""

    def __init__(self) -> None:
        self.views: list[DepartureView] = []
        self.said: list[tuple[str, bool]] = []
        self.problems: Mapping[tuple[str, str], str] = {}
        self.checklists: list[Checklist] = []

    def show_departure(self, view: DepartureView) -> None:
        self.views.append(view)

    def show_checklist(self, person: str, found: Checklist) -> None:
        self.checklists.append(found)

    def show_problems(self, problems: Mapping[tuple[str, str], str], sentence: str) -> None:
        self.problems = problems

    def show_said(self, sentence: str, *, undoable: bool) -> None:
        self.said.append((sentence, undoable))

    def show_line_problem(self, code: str, sentence: str) -> None:
        self.problems = {("", code): sentence}


class Case:
    """A presenter with its screen."""

    def __init__(self, session: Session) -> None:
        self.session, self.screen = session, Screen()
        self.presenter = DeparturePresenter(session, RunAtOnce(), self.screen)

    @property
    def form(self) -> DepartureForm:
        """The form that is open."""
        assert self.presenter.form is not None
        return self.presenter.form

    def put(self, name: str, text: str) -> None:
        """Type into a field of the departure itself."""
        self.form.put(self.form.file.departure.id, _decl(name), text)

    def stored(self) -> Departure:
        """The departure as it is in the store."""
        return departures.load(self.session, self.presenter.departure).departure


def _decl(name: str) -> FieldDecl:
    return next(each for each in (*JOURNEY, *ENDING) if each.name == name)


@pytest.fixture
def family(session: Session) -> Family:
    return made_up_family(session)


@pytest.fixture
def case(session: Session, family: Family) -> Case:
    """A departure that stands in the store, open in its form."""
    made = Case(session)
    made.presenter.open(planned(session, family).departure.id)
    return made


def test_a_new_departure_is_of_the_whole_family_and_planned_by_saving(
    session: Session, family: Family
) -> None:
    case = Case(session)
    case.presenter.open(family.dossier, new=True)
    assert case.screen.views[-1].is_new
    assert all(each.travels for each in case.screen.views[-1].travellers)
    assert not case.presenter.is_changed and case.presenter.departure == ""
    case.put("carrier", "Bus")
    case.presenter.save()
    assert case.screen.said == [("Vertrek gepland.", True)]
    assert case.stored().carrier == "Bus" and not case.presenter.is_changed


def test_an_amount_is_typed_with_a_comma_and_nonsense_is_refused_at_the_field(case: Case) -> None:
    record = case.form.add("belonging")
    weight = next(each for each in FIELDS["belonging"] if each.form == "kg")
    case.form.put(record, weight, "21,5")
    assert case.form.shown(record, weight) == "21,5"
    with pytest.raises(NoNumber):
        case.form.put(record, weight, "zwaar")
    assert case.form.shown(record, weight) == "21,5", "what was there stays"


def test_somebody_who_stays_takes_no_part_and_can_come_back(case: Case) -> None:
    person = case.form.file.persons[0].person or ""
    case.form.travel(person, travels=False)
    assert person not in {each.person for each in case.screen.views[-1].travellers if each.travels}
    case.form.travel(person, travels=True)
    assert person in {each.person for each in case.screen.views[-1].travellers if each.travels}


def test_a_kind_is_set_and_taken_back(case: Case) -> None:
    person = case.form.file.persons[0].person or ""
    (code, _words) = next(
        pair for pair in case.form.kinds() if pair[0] not in case.form.file.kinds_of(person)
    )
    case.form.set_kind(person, code, holds=True)
    assert code in case.form.file.kinds_of(person)
    case.form.set_kind(person, code, holds=False)
    assert code not in case.form.file.kinds_of(person)


def test_an_answer_without_a_value_keeps_its_reason(case: Case) -> None:
    person = case.form.file.persons[0].person or ""
    pairs = departure_answers.accepts(case.form.file, "journey.carrier", person)
    assert [code for code, _words in pairs][:1] == [departure_answers.UNKNOWN]
    departure_answers.put_answer(case.form, "journey.carrier", person, "unknown", "nog niet besteld")
    found = departure_answers.answer_of(case.form.file, "journey.carrier", person)
    assert found == ("unknown", "nog niet besteld")
    departure_answers.put_answer(case.form, "journey.carrier", person, "", "")
    assert departure_answers.answer_of(case.form.file, "journey.carrier", person) == ("", "")


def test_a_record_that_nobody_filled_is_not_kept(case: Case) -> None:
    person = case.form.file.persons[0].person or ""
    for kind in PERSONAL:
        case.form.personal(kind, person)
    assert not case.presenter.is_changed


def test_what_is_typed_is_offered_again(case: Case) -> None:
    departure = case.presenter.departure
    case.put("leave_from", "Zijingang")
    case.presenter.keep_draft()
    again = Case(case.session)
    again.presenter.open(departure)
    assert again.screen.views[-1].offer
    assert again.form.file.departure.leave_from != "Zijingang"
    again.presenter.take_draft()
    assert again.form.file.departure.leave_from == "Zijingang"
    again.presenter.save()
    assert again.stored().leave_from == "Zijingang"
    assert not again.screen.views[-1].offer


def test_two_officers_write_the_same_field(case: Case) -> None:
    """Both values stand, and who saves last is told."""
    other = Case(case.session)
    other.presenter.open(case.presenter.departure)
    other.put("carrier", "Trein")
    other.presenter.save()
    case.put("carrier", "Bus")
    case.presenter.save()
    assert "beide" in case.screen.said[-1][0] and case.screen.said[-1][1]
    with case.session.store.read() as conn:
        assert list(conn.exec_driver_sql("SELECT field FROM j_conflict").scalars()) == ["carrier"]


def test_a_departure_that_does_not_go_on_leaves_vandaag_and_gets_no_final_sheet(case: Case) -> None:
    session, file = case.session, departures.load(case.session, case.presenter.departure)
    assert agenda.read(session, days=60).ahead or agenda.read(session, days=60).now
    case.put("cancelled_on", "2026-11-23")
    case.put("cancel_reason", "Ticket vervallen")
    case.presenter.save()
    assert "Ticket vervallen" in case.screen.views[-1].ended
    found = agenda.read(session, days=60)
    assert not [each for each in (*found.late, *found.now, *found.ahead) if each.about == file.departure.id]
    assert departure_list.rows(session) == ()
    papers.mark_read(session, wanted_sheet(file))
    with pytest.raises(DepartureCalledOff):
        papers.make_final(session, wanted_sheet(file))
    session.store.undo()
    session.store.undo()
    case.presenter.open(file.departure.id)
    assert case.screen.views[-1].ended == ""


def test_a_departure_cannot_have_taken_place_and_not_gone_on(case: Case) -> None:
    departure = case.form.file.departure.id
    case.put("departed_on", "2026-11-23")
    case.put("cancelled_on", "2026-11-23")
    case.presenter.save()
    assert set(case.screen.problems) == {(departure, "cancelled_on")}
    case.put("cancelled_on", "")
    case.put("departed_on", "2026-12-24")
    case.presenter.save()
    assert set(case.screen.problems) == {(departure, "departed_on")}
    assert case.stored().departed_on is None


@pytest.mark.parametrize("answer", ["take", "drop"])
def test_a_draft_is_offered_once(case: Case, answer: str) -> None:
    """What was taken or thrown away does not come back over what is typed after it."""
    case.put("leave_from", "Zijingang")
    case.presenter.keep_draft()
    again = Case(case.session)
    again.presenter.open(case.presenter.departure)
    if answer == "take":
        again.presenter.take_draft()
    else:
        again.presenter.drop_draft()
    again.form.add("flight")
    assert again.screen.views[-1].offer == ""
    again.put("leave_from", "Achterdeur")
    again.presenter.take_draft()
    assert again.form.file.departure.leave_from == "Achterdeur"


def test_a_reason_for_calling_off_asks_the_day(case: Case) -> None:
    """A reason alone would look as if it were called off, while its terms go on."""
    case.put("cancel_reason", "Ticket vervallen")
    case.presenter.save()
    assert set(case.screen.problems) == {(case.form.file.departure.id, "cancelled_on")}
    assert case.stored().cancel_reason is None


def test_the_ending_is_undone_by_its_name(case: Case) -> None:
    session = case.session
    case.put("cancelled_on", "2026-11-23")
    case.presenter.save()
    assert _latest(session) == verbs.DEPARTURE_CALLED_OFF.title
    assert session.store.undo() is not None
    assert case.stored().cancelled_on is None
    case.presenter.open(case.presenter.departure)
    case.put("departed_on", "2026-11-23")
    case.presenter.save()
    assert _latest(session) == verbs.DEPARTURE_CARRIED_OUT.title
    case.put("carrier", "Trein")
    case.presenter.save()
    assert _latest(session) == verbs.DEPARTURE_CHANGED.title, "what ended before is not said again"


def test_one_says_left_another_called_off(case: Case) -> None:
    """Both stand, and the form does not choose between them."""
    other = Case(case.session)
    other.presenter.open(case.presenter.departure)
    other.put("departed_on", "2026-11-23")
    other.presenter.save()
    case.put("cancelled_on", "2026-11-23")
    case.presenter.save()
    assert case.stored().departed_on and case.stored().cancelled_on
    assert case.screen.views[-1].ended == problem_text(departures.LeftAndCalledOff())


def _latest(session: Session) -> str:
    with session.store.read() as conn:
        scope = str(conn.exec_driver_sql("SELECT scope FROM r_departure").scalar())
    return timeline.read(session, scope).deeds[0].title
