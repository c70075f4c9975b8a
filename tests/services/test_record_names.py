"""Whoever clears up sees which record it is: of two contacts whose, of five talks which, of two requests which."""

from collections.abc import Sequence
from datetime import date

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Contact, Membership
from app.domain.kinds.request import Request
from app.domain.kinds.sensitive import Decision
from app.domain.kinds.talk import Agreement, Talk
from app.domain.record import KINDS, Record, Value
from app.services import clear_up, differences, family_page, record_names, requests
from app.services.differences import on_what
from app.services.fact_kinds import FACT_KINDS
from app.services.record_names import SHOWN, TELLS
from app.storage.uow import read_where
from tests.support.package_case import MadeFamily, Office
from tests.support.shielded_world import MARK, PAST, flee, plant, texts


@pytest.fixture
def family(anna: Office) -> MadeFamily:
    return anna.family()


def two_values(office: Office, record: Record, field: str, one: Value, other: Value) -> None:
    """Let two values stand in a field, as two laptops would."""
    for value in (one, other):
        with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.save(record, record.with_values(**{field: value}))


def add(office: Office, *records: Record) -> None:
    with office.desk.store.write(verbs.FAMILY_CHANGED) as uow:
        for record in records:
            uow.add(record)


def abouts(office: Office) -> list[str]:
    return sorted(one.about for one in clear_up.matters(office.session))


def test_every_kind_is_told_by_fields_it_has() -> None:
    for kind, tells in TELLS.items():
        assert {*tells.words, *tells.days} <= set(KINDS[kind].names), kind
        days = {
            spec.name for spec in KINDS[kind].fields if spec.type.value in ("text", "note", "code", "ref")
        }
        assert days.isdisjoint(tells.days), kind
        assert KINDS[kind].compartment in SHOWN or kind in FACT_KINDS or not tells.words, kind


def test_two_contacts_are_told_by_role_and_name(anna: Office, family: MadeFamily) -> None:
    role = anna.session.content.ref("basis", "contactrol.gemachtigde")
    found = [
        Contact(id=new_id(), scope=family.dossier, role=role, name=name, person=person)
        for name, person in (("mr. Verzonnen", family.person), ("mr. Bedacht", None))
    ]
    add(anna, *found)
    for contact in found:
        two_values(anna, contact, "phone", "06-1", "06-2")
    assert abouts(anna) == [
        "Contact “mr. Bedacht, Gemachtigde (advocaat)”",
        "Contact “mr. Verzonnen, Gemachtigde (advocaat), Voorbeeld Verzonnen”",
    ]
    two_values(anna, found[1], "name", "mr. A", "mr. B")
    assert "Contact “Gemachtigde (advocaat)”" in abouts(anna), "two names tell nothing, and none is chosen"


def test_talks_are_told_by_their_day_and_what_sounds_the_same_by_more(
    anna: Office, family: MadeFamily
) -> None:
    kind = anna.session.content.ref("gesprek", "gesprek.vervolg")
    days: Sequence[str | None] = ("2026-11-03T10:00", "2026-11-04T10:00", "2026-11-04T10:00", None)
    talks = [Talk(id=new_id(), scope=family.dossier, kind=kind, planned_at=day) for day in days]
    add(anna, *talks)
    two_values(anna, talks[0], "notes", "Een", "Twee")
    assert abouts(anna) == ["Gesprek “03-11-2026, 10:00, Vervolggesprek”"]
    for talk in talks[1:]:
        two_values(anna, talk, "notes", "Een", "Twee")
    told = abouts(anna)
    assert len(set(told)) == len(told) == 4
    same = [each for each in told if "04-11-2026" in each]
    assert [each[-8:] for each in same] == ["1 van 2”", "2 van 2”"]
    assert all("opgeschreven op" in each for each in same)


def test_one_disputed_record_is_told_from_others_that_are_not(anna: Office, family: MadeFamily) -> None:
    talks = [Talk(id=new_id(), scope=family.dossier) for _each in range(2)]
    add(anna, *talks)
    two_values(anna, talks[1], "notes", "Een", "Twee")
    (told,) = abouts(anna)
    assert told.endswith("2 van 2”")


def test_requests_are_told_by_country_state_and_for_whom(anna: Office, family: MadeFamily) -> None:
    content = anna.session.content
    made = []
    for country in ("AM", "GE"):
        request = Request(
            id=new_id(), scope=family.dossier, track=content.ref("reisdocument", "spoor.lp"),
            country=content.ref("landen", country), purpose=content.ref("reisdocument", "doel.terugkeer"),
            representation="Den Haag", cooperation=content.ref("reisdocument", "medewerking.getekend"),
        )  # fmt: skip
        made.append(requests.start(anna.session, request, [family.person], on=date(2026, 9, 1)).record)
    for request_id in made:
        with anna.desk.store.read() as conn:
            (found,) = read_where(conn, Request, "id = ?", (request_id,))
        two_values(anna, found, "representation", "Brussel", "Berlijn")
    told = abouts(anna)
    assert len(told) == 2
    assert "Armenië" in told[0] and "Georgië" in told[1]
    assert all("01-09-2026" in each for each in told)


def test_what_only_some_may_know_is_told_by_its_day(anna: Office, family: MadeFamily) -> None:
    kind = anna.session.content.ref("basis", "besluit.asiel")
    decision = Decision(id=new_id(), scope=family.person, kind=kind, on="2026-05-01", authority="IND")
    add(anna, decision)
    two_values(anna, decision, "result", "Een", "Twee")
    assert abouts(anna) == ["Besluit “01-05-2026”, Voorbeeld Verzonnen"]


def test_what_belongs_to_something_is_told_with_it(anna: Office, family: MadeFamily) -> None:
    talk = Talk(id=new_id(), scope=family.dossier, planned_at="2026-11-03T10:00")
    agreement = Agreement(id=new_id(), scope=family.dossier, talk=talk.id, what="Paspoort meenemen")
    add(anna, talk, agreement)
    two_values(anna, agreement, "who", "Ouder", "Kind")
    assert abouts(anna) == ["Afspraak “Paspoort meenemen, 03-11-2026, 10:00”"]
    with anna.desk.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(talk)
    assert abouts(anna) == ["Afspraak “Paspoort meenemen, 03-11-2026, 10:00”"], "as it last said"


def test_the_family_page_names_the_record(anna: Office, family: MadeFamily) -> None:
    contact = Contact(id=new_id(), scope=family.dossier, name="mr. Verzonnen")
    add(anna, contact)
    two_values(anna, contact, "phone", "06-1", "06-2")
    (found,) = family_page.load(anna.session, family.dossier).differences
    assert on_what(found, "contact") == "contact “mr. Verzonnen”"


def test_nothing_is_told_of_who_may_not_show_with_the_family(anna: Office) -> None:
    world = plant(anna)
    with anna.desk.store.read() as conn:
        (talk,) = read_where(conn, Talk, "id = ?", (world.planned,))
        (request,) = read_where(conn, Request, "id = ?", (world.for_them,))
        (member,) = read_where(conn, Membership, "person = ? AND scope = ?", (world.mother, world.dossier))
    contact = texts("contact", world.dossier, PAST, person=world.mother)
    both = Contact(id=new_id(), scope=world.dossier, name="mr. Verzonnen", person=world.father)
    parts = [Agreement(id=new_id(), scope=world.dossier, talk=talk.id, what=f"{PAST} meenemen")]
    add(anna, contact, both, *parts)
    flee(anna, world)
    two_values(anna, contact, "email", "a", "b")
    two_values(anna, both, "email", "a", "b")
    two_values(anna, talk, "place", "a", "b")
    two_values(anna, request, "representation", "a", "b")
    two_values(anna, member, "other_status", 0, 1)
    two_values(anna, parts[0], "outcome", "a", "b")
    found = differences.open_ones(anna.session)
    said = [each.which for each in found]
    assert len(said) == 6 and not [each for each in said if MARK in each or PAST in each]
    assert not [each for each in said if "Armenië" in each or "Vervolggesprek" in each]
    of_family = {each.kind: each.which for each in found if each.dossier == world.dossier}
    assert of_family.keys() == {"contact", "membership"}, "that they belonged to it is known there"
    assert "Verzonnen" in of_family["contact"] and "Vahan" in of_family["contact"]
    assert {each.kind: each.which for each in differences.open_ones(anna.session, world.dossier)} == of_family
    assert [each for each in found if not each.dossier and each.family] == []
    assert clear_up.count(anna.session) == len(clear_up.matters(anna.session)), "none is lost for being apart"


def test_who_is_shielded_in_another_family_is_not_named_where_they_never_were(anna: Office) -> None:
    world, other = plant(anna), anna.family("Ander")
    told = Contact(id=new_id(), scope=other.dossier, name="mr. Bedacht", person=world.mother)
    add(anna, told)
    two_values(anna, told, "email", "a", "b")
    with_name = abouts(anna)
    flee(anna, world)
    assert [each for each in with_name if MARK in each]
    assert abouts(anna) == ["Contact “mr. Bedacht”"]


def test_names_of_nothing_are_nothing(anna: Office) -> None:
    with anna.desk.store.read() as conn:
        assert record_names.names(conn, anna.session, {}) == {}


def test_values_that_refer_are_told_by_what_they_refer_to(anna: Office, family: MadeFamily) -> None:
    contact = Contact(id=new_id(), scope=family.dossier, name="mr. Verzonnen")
    other = anna.family("Ander")
    add(anna, contact)
    two_values(anna, contact, "person", family.person, other.person)
    talks = [Talk(id=new_id(), scope=family.dossier, planned_at=f"2026-11-0{day}T10:00") for day in (3, 4)]
    made = Agreement(id=new_id(), scope=family.dossier, what="bellen")
    add(anna, *talks, made)
    two_values(anna, made, "talk", talks[0].id, talks[1].id)
    said = {each.kind: {side.words for side in each.sides} for each in differences.open_ones(anna.session)}
    assert said == {
        "contact": {"Voorbeeld Verzonnen", "Voorbeeld Ander"},
        "agreement": {"03-11-2026, 10:00", "04-11-2026, 10:00"},
    }
