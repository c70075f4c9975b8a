"""One family at a glance: everybody a line, unknown stays unknown, the first document to end, who turns 18."""

from datetime import date

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.incomplete_date import DATE_AHEAD, Unknown
from app.domain.kinds.departure import Departure
from app.domain.kinds.person import ChildVoice, Original
from app.services import drafts, facts, families, family_page
from app.services.session import Session
from tests.support.family_case import make_difference, register_family
from tests.support.request_start import start_request


def test_every_member_has_a_line_in_order(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015", "?")
    page = family_page.load(session, made.dossier.id)
    assert [line.name.given for line in page.members] == ["Voorbeeld 1", "Voorbeeld 2", "Voorbeeld 3"]
    assert [line.is_child for line in page.members] == [False, True, None]
    assert page.owner == "Robin Voorbeeld"


def test_a_dossier_that_is_not_here_says_so(session: Session) -> None:
    with pytest.raises(families.NoSuchDossier):
        family_page.load(session, new_id())


def test_a_disputed_birth_date_counts_as_unknown_and_both_values_go_along(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984")
    make_difference(session, made, "birth_date", "1984-05-01", "1985-05-01")
    page = family_page.load(session, made.dossier.id)
    line = page.members[0]
    found = line.differs("person", "birth_date")
    assert line.birth is None
    assert line.is_child is None
    assert found is not None
    assert [side.words for side in found.sides] == ["01-05-1984", "01-05-1985"]
    assert page.differences == (found,)


def test_the_request_says_where_the_document_stands(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984")
    request = start_request(session, made)
    document = family_page.load(session, made.dossier.id).members[0].document
    assert (document.words, document.held, document.request) == ("Concept-opdracht", False, request)


def test_of_two_documents_the_one_valid_longest_counts(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    add_document(session, made.members[0].person.id, "2026-01-01")
    add_document(session, made.members[0].person.id, "2027-02-20")
    add_document(session, made.members[1].person.id, "2026-12-09")
    page = family_page.load(session, made.dossier.id)
    assert page.members[0].document.valid_until == date(2027, 2, 20)
    assert page.first_to_expire is not None
    assert page.first_to_expire.on == date(2026, 12, 9)


def test_it_is_measured_against_the_planned_departure(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984")
    add_document(session, made.members[0].person.id, "2026-12-09")
    with session.store.write(verbs.DEPARTURE_PLANNED, dossier=made.dossier.id) as uow:
        uow.add(Departure(id=new_id(), scope=made.dossier.id, planned_on="2026-12-17"))
    page = family_page.load(session, made.dossier.id)
    assert page.first_to_expire is not None
    assert page.first_to_expire.flight_on == page.flight_on == date(2026, 12, 17)


def test_the_last_child_to_come_of_age(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2010-03-09", "2015-01-02")
    assert family_page.load(session, made.dossier.id).youngest_18_on == date(2033, 1, 2)


@pytest.mark.parametrize("birth", ["?", "~2019", "2019", "2019-04"])
def test_a_child_of_uncertain_age_makes_that_day_unknown(session: Session, birth: str) -> None:
    made = register_family(session, "Hakobyan", "1984", "2010-03-09", birth)
    assert isinstance(family_page.load(session, made.dossier.id).youngest_18_on, Unknown)


def test_a_grown_up_of_unknown_age_does_not(session: Session) -> None:
    made = register_family(session, "Hakobyan", "?", "2010-03-09")
    assert family_page.load(session, made.dossier.id).youngest_18_on == date(2028, 3, 9)


def test_without_children_there_is_no_such_day(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984")
    assert family_page.load(session, made.dossier.id).youngest_18_on is None


def test_nobody_turns_18_by_a_date_of_birth_that_lies_ahead(session: Session) -> None:
    made = register_family(session, "Abebe", "1984", "2015-01-02", "2099-01-01")
    assert family_page.load(session, made.dossier.id).youngest_18_on == DATE_AHEAD


def test_the_latest_word_on_hearing_a_child_counts(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    child = made.members[1].person.id
    for code, on in (("gehoord.later", "2026-10-01"), ("gehoord.zelf", "2026-11-12")):
        heard = session.content.ref("basis", code)
        with session.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.add(ChildVoice(id=new_id(), scope=child, heard=heard, on=on, by="moeder"))
    found = family_page.load(session, made.dossier.id).members[1].heard
    assert (found.yes, found.on, found.by) == (True, date(2026, 11, 12), "moeder")


def test_a_draft_that_waits_is_said(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    assert not family_page.load(session, made.dossier.id).draft_waits
    drafts.keep(session, f"family:{made.dossier.id}", made.members[0].person.id, {"given_names": "Ar"})
    assert family_page.load(session, made.dossier.id).draft_waits


def add_document(session: Session, person: str, valid_until: str) -> None:
    kind = session.content.ref("basis", "documentsoort.lp")
    with session.store.write(verbs.DOCUMENT_RECORDED) as uow:
        uow.add(Original(id=new_id(), scope=person, kind=kind, valid_until=valid_until))


def test_the_lights_follow_what_was_written_down_and_a_dispute_makes_one_unknown(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984")
    dossier, person = made.dossier.id, made.members[0].person.id
    line = family_page.load(session, dossier).members[0]
    assert line.lights.may_leave.word == line.lights.available.word == "unknown"
    assert line.lights.measure.word == "none"
    answer = session.content.ref("basis", "ja-nee-onbekend.ja")
    looked = facts.new(session, dossier, "availability", person).with_values(
        answer=answer, checked_on="2026-11-20"
    )
    facts.save(session, dossier, None, looked)
    kind = session.content.ref("basis", "maatregel.art56")
    facts.save(session, dossier, None, facts.new(session, dossier, "measure", person).with_values(kind=kind))
    line = family_page.load(session, dossier).members[0]
    assert (line.lights.available.word, line.lights.measure.word) == ("yes", "art. 56")
    no = session.content.ref("basis", "ja-nee-onbekend.nee")
    facts.save(session, dossier, looked, looked.with_values(answer=no))
    facts.save(session, dossier, looked, looked.with_values(answer=None))
    line = family_page.load(session, dossier).members[0]
    assert line.lights.available.word == "unknown"


def test_agreements_and_actions_of_a_member_are_counted(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    dossier, person = made.dossier.id, made.members[0].person.id
    for what, done in (("Bellen", None), ("Mailen", None), ("Klaar", "2026-11-01")):
        todo = facts.new(session, dossier, "todo").with_values(
            what=what, person=person, due_on="2026-11-30", done_on=done
        )
        facts.save(session, dossier, None, todo)
    lines = family_page.load(session, dossier).members
    assert [line.open_actions for line in lines] == [2, 0]
