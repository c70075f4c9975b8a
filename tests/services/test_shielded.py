"""Whoever is shielded shows in no output of the other dossier: markers planted everywhere, a loop over all outputs.

The loop is held against the services themselves: a new one that reads must be added here, or be named as one that shows
nothing of a family.
"""

import io
from datetime import timedelta

import pytest

from app.domain import verbs
from app.domain.extract_facts import ExtractChoice
from app.domain.ident import new_id
from app.domain.kinds.departure import DeparturePerson
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person, SamePerson
from app.domain.kinds.request import RequestPerson
from app.domain.kinds.sensitive import SecretAddress
from app.domain.kinds.talk import Agreement
from app.domain.record import KINDS, ScopeKind
from app.services import (
    agenda,
    clear_up,
    clear_up_arrived,
    departure_list,
    departures,
    differences,
    dossier_export,
    dossier_import,
    drafts,
    extract,
    extract_give,
    families,
    family_list,
    family_page,
    membership_page,
    membership_rules,
    memberships,
    overview_sheet,
    papers,
    person_list,
    recent,
    requests,
    shield,
    take,
)
from app.services.dossier_export import Choice
from app.services.shield import Shield
from app.storage.uow import read, read_where
from tests.support.package_case import Office, take_apart
from tests.support.shielded_world import (
    ADDRESS,
    BY_FILE,
    DEEDS_AND_OWN,
    MARK,
    OUTPUTS,
    PAST,
    WHOLE,
    World,
    about_them,
    flee,
    of_them,
    plant,
    reading_services,
    showing,
    texts,
    wanted_paper,
)


def test_the_loop_knows_every_service_that_may_show_something() -> None:
    assert reading_services() - DEEDS_AND_OWN == OUTPUTS.keys() | BY_FILE
    assert reading_services() >= DEEDS_AND_OWN


@pytest.fixture
def world(anna: Office) -> World:
    """The family on Anna's laptop."""
    return plant(anna)


def test_from_then_on_nothing_of_them_stands_in_any_output(anna: Office, world: World) -> None:
    before = showing(anna.session, world)
    assert before >= {
        "agenda.read", "departure_list.rows", "departures.load", "dossier_export.export_dossiers", "facts.load",
        "families.load", "family_list.ids", "family_page.load", "leaving_page.read", "overview_sheet.facts",
        "overview_sheet.pdf", "paper_prepare.prepare", "removal.may_destroy", "request_list.ids", "request_list.rows",
        "request_page.read", "talk_board.read", "paper_final.sheets_of", "paper_disclosure.disclosures_of",
        "talk_proposal.propose", "timeline.read", "sheet_subject.find",
        "my_day.read", "quick_notes.candidates", "person_list.lines", "person_list.rows",
    }  # fmt: skip
    recent.opened(anna.session, flee(anna, world))
    assert showing(anna.session, world) == set()


def test_a_membership_that_runs_on_shows_them_no_more_than_one_that_ended(anna: Office, world: World) -> None:
    """As a merge may leave it, when a colleague changed the membership that was ended here."""
    flee(anna, world)
    with anna.desk.store.write(verbs.MEMBERSHIP_CORRECTED) as uow:
        for row in read_where(uow.conn, Membership, "scope = ? AND to_on IS NOT NULL", (world.dossier,)):
            reason = anna.session.content.ref("basis", "lidmaatschap.instroom")
            uow.save(row, row.with_values(to_on=None, reason=reason))
    assert showing(anna.session, world) == set()
    (here,) = family_list.rows_of(anna.session, [world.dossier])
    assert here is not None and (here.adults, here.children) == (2, 1)
    assert not here.has_document
    with anna.desk.store.read() as conn:
        assert not set(dossier_export.present_persons(conn, [world.dossier])) & set(world.fled)


def test_lists_count_those_who_are_still_there(anna: Office, world: World) -> None:
    made = flee(anna, world)
    here, there = family_list.rows_of(anna.session, [world.dossier, made])
    assert here is not None and there is not None
    assert (here.adults, here.children, there.adults, there.children) == (2, 1, 1, 1)
    assert {member.person.id for member in families.load(anna.session, made).members} == set(world.fled)
    assert family_list.ids(anna.session, MARK) == (made,)
    shown = person_list.rows(anna.session, person_list.lines(anna.session, MARK))
    assert {(row.dossier, row.person) for row in shown if row is not None} == {
        (made, one) for one in world.fled
    }


def test_what_all_of_them_left_is_no_business_of_the_family_any_more(anna: Office, world: World) -> None:
    made = flee(anna, world)
    (here,) = requests.of_dossier(anna.session, world.dossier)
    assert here.request.id == world.for_all
    assert set(here.persons) >= {world.father, world.daughter} and not set(here.persons) & set(world.fled)
    assert {view.request.follows for view in requests.of_dossier(anna.session, made)} == {
        world.for_all, world.for_them,
    }  # fmt: skip
    assert [row.departure for row in departure_list.rows(anna.session)] == [world.trip]
    assert [trip.id for trip in departures.of_dossier(anna.session, world.dossier)] == [world.trip]
    overview = overview_sheet.facts(anna.session, world.dossier)
    assert (len(overview.requests), len(overview.steps)) == (1, 2)
    assert not any("Voorbeeldgezin" in each for each in membership_page.read(anna.session, made).near)
    found = agenda.read(anna.session, days=400)
    asked = {line.about for line in (*found.late, *found.now, *found.ahead)}
    assert not asked & {world.for_them, world.planned, world.their_trip}


def test_a_talk_names_them_as_shielded(anna: Office, world: World) -> None:
    flee(anna, world)
    paper = repr(papers.prepare(anna.session, wanted_paper(papers.REPORT, world.held)).paper)
    assert "afgeschermd" in paper and "Vahan" in paper


def test_where_they_are_stands_in_the_secret_address_only(anna: Office, world: World) -> None:
    made = flee(anna, world)
    with anna.desk.store.read() as conn:
        addresses = read_where(conn, SecretAddress, "address = ?", (ADDRESS,))
        rows = read_where(conn, Membership, "scope = ? AND to_on IS NOT NULL", (world.dossier,))
        dossier = read(conn, Dossier, made)
        told = conn.exec_driver_sql(
            "SELECT DISTINCT a.verb, s.compartment FROM j_action a JOIN j_stream s ON s.no = a.stream"
            " WHERE a.verb LIKE '%shield%'"
        ).all()
    assert {each.scope for each in addresses} == set(world.fled)
    assert {(row.reason or "").partition(":")[2] for row in rows} == {"lidmaatschap.gewijzigd"}
    assert dossier is not None and dossier.location_since is None
    assert [tuple(row) for row in told] == [("member.shielded", "veilig-adres")]


def test_undo_shows_them_again_and_lifting_too(anna: Office, world: World) -> None:
    before = showing(anna.session, world)
    made = flee(anna, world)
    anna.desk.store.undo()
    assert showing(anna.session, world) == before
    made = flee(anna, world)
    assert {person.id for person in shield.shielded_in(anna.session, made)} == set(world.fled)
    shield.lift(anna.session, made, world.fled, "lidmaatschap.gesplitst")
    assert shield.shielded_in(anna.session, made) == ()
    page = family_page.load(anna.session, world.dossier)
    assert {each.person for each in page.earlier} == set(world.fled)
    assert {each.reason for each in page.earlier} == {"Gezin gesplitst"}
    with pytest.raises(shield.NobodyShielded):
        shield.lift(anna.session, made, world.fled, "lidmaatschap.gesplitst")
    anna.desk.store.undo()
    assert showing(anna.session, world) == set()


def test_nobody_goes_back_where_they_may_not_be_known(anna: Office, world: World) -> None:
    made = flee(anna, world)
    back = memberships.Leaving(
        persons=world.fled, on=anna.session.today.isoformat(), reason=memberships.WENT_BACK
    )
    with pytest.raises(membership_rules.StillShielded):
        memberships.reunite(anna.session, made, back, world.dossier)
    shield.lift(anna.session, made, world.fled, "lidmaatschap.gesplitst")
    memberships.reunite(anna.session, made, back, world.dossier)
    present = {member.person.id for member in families.load(anna.session, world.dossier).members}
    assert set(world.fled) <= present


def test_moving_on_keeps_the_shield_and_shielding_again_reaches_all_dossiers(
    anna: Office, world: World
) -> None:
    made = flee(anna, world)
    on = anna.session.today.isoformat()
    aunt = anna.family("Tante").dossier
    leaving = memberships.Leaving(persons=world.fled, on=on, reason=memberships.MOVED)
    memberships.move(anna.session, made, leaving, aunt)
    assert showing(anna.session, world) == set()
    assert {person.id for person in shield.shielded_in(anna.session, aunt)} == set(world.fled)
    last = shield.shield(anna.session, aunt, Shield(persons=world.fled, on=on)).dossier
    assert showing(anna.session, world) == set()
    for left in (made, aunt):
        assert MARK not in repr(family_page.load(anna.session, left).earlier)
    assert family_list.ids(anna.session, f"{MARK}Anahit") == (last,)
    shield.lift(anna.session, last, world.fled, "lidmaatschap.gesplitst")
    assert {each.person for each in family_page.load(anna.session, world.dossier).earlier} == set(world.fled)


def test_what_was_typed_and_not_saved_is_thrown_away(anna: Office, world: World) -> None:
    for form, key, typed in (
        ("family", f"family:{world.dossier}", {"name": MARK}),
        ("fact", f"{world.dossier}/new", {"person": world.mother, "body": MARK}),
        ("note", "elders", {"body": "blijft"}),
    ):
        drafts.keep(anna.session, form, key, typed)
    flee(anna, world)
    assert [draft.key for draft in drafts.waiting(anna.session)] == ["elders"]


def test_two_values_of_somebody_shielded_are_cleared_up_with_the_own_dossier(
    anna: Office, bram: Office, world: World
) -> None:
    take.accept(bram.session, anna.give(bram, dossiers=(world.dossier,), parts=WHOLE))
    for office, place in ((anna, "Gjumri"), (bram, "Jerevan")):
        with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            person = read(uow.conn, Person, world.mother)
            assert person is not None
            uow.save(person, person.with_values(birth_place=place))
    take.accept(anna.session, bram.give(anna, dossiers=(world.dossier,), parts=WHOLE))
    (each,) = differences.open_ones(anna.session, world.dossier)
    made = flee(anna, world)
    assert differences.open_ones(anna.session, world.dossier) == ()
    assert [one.dossier for one in differences.open_ones(anna.session, made)] == [made]
    assert differences._dossier_of(anna.session, each.record) == made


def test_a_second_record_of_the_same_person_is_hidden_too(anna: Office, world: World) -> None:
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        twin = uow.new_scope(ScopeKind.PERSON)
        uow.add(Person(id=twin, scope=twin, family_name=f"{MARK}tweeling", given_names=MARK))
        uow.add(Membership(id=new_id(), scope=world.dossier, person=twin, from_on="2024"))
        a, b = sorted((twin, world.mother))
        uow.add(SamePerson(id=new_id(), scope=a, a=a, b=b))
    made = flee(anna, world)
    assert showing(anna.session, world) == set()
    shield.lift(anna.session, made, world.fled, "lidmaatschap.gesplitst")
    assert twin in {each.person for each in family_page.load(anna.session, world.dossier).earlier}


def test_typed_texts_that_name_them_are_counted_for_a_person_to_look_at(anna: Office, world: World) -> None:
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(texts("todo", world.dossier, f"Bel {MARK}Anahit"))
        agreed = Agreement(id=new_id(), scope=world.dossier, who=f"{MARK}Anahit", what="Praat met de school")
        uow.add(agreed)
    found = shield.texts_naming(anna.session, world.dossier, (world.mother, world.father))
    assert {person: len(records) for person, records in found.items()} == {world.mother: 2, world.father: 0}
    assert (agreed.id, "agreement", f"{MARK}Anahit: Praat met de school") in {
        (each.record, each.kind, each.text) for each in found[world.mother]
    }


def test_no_file_of_the_other_dossier_tells_where_they_went(anna: Office, bram: Office, world: World) -> None:
    take.accept(bram.session, anna.give(bram, dossiers=(world.dossier,), parts=WHOLE))
    made = flee(anna, world)
    for full in (False, True):
        opened = take_apart(anna.give(bram, dossiers=(world.dossier,), parts=WHOLE, full=full), bram)
        text = repr(opened.manifest) + repr(opened.ops)
        assert [word for word in (ADDRESS, MARK, made, "member.shield") if word in text] == []
        scopes = {row[0] for row in opened.manifest["scopes"]}
        assert world.father in scopes and not scopes & set(world.fled)


def test_open_files_of_both_dossiers_keep_them_apart(anna: Office, bram: Office, world: World) -> None:
    bram.desk.store.derive = agenda.deriver(bram.session)
    made = flee(anna, world)
    for dossier in (world.dossier, made):
        out = io.BytesIO()
        choice = Choice(dossiers=(dossier,), compartments=WHOLE)
        dossier_export.export_dossiers(anna.session, out, choice)
        dossier_import.import_dossiers(bram.session, io.BytesIO(out.getvalue()))
    assert {person.id for person in shield.shielded_in(bram.session, made)} == set(world.fled)
    assert showing(bram.session, world) == set()


def test_a_part_to_read_does_not_name_them(anna: Office, bram: Office, world: World) -> None:
    flee(anna, world)
    choice = ExtractChoice(
        dossier=world.dossier, receivers=(bram.desk.device,), compartments=WHOLE,
        until=anna.session.today + timedelta(days=10),
    )  # fmt: skip
    given = extract_give.write(anna.session, choice, anna.folder)
    take.accept(bram.session, anna.folder / given.files[0])
    (held,) = extract.held(bram.session)
    text = repr(extract.read(bram.session, held.id))
    assert "Vahan" in text
    assert not any(mark in text for mark in (MARK, PAST, ADDRESS))


def test_after_giving_and_taking_both_ways_they_show_on_neither_laptop(
    anna: Office, bram: Office, world: World
) -> None:
    bram.desk.store.derive = agenda.deriver(bram.session)
    take.accept(bram.session, anna.give(bram, dossiers=(world.dossier,), parts=WHOLE))
    assert showing(bram.session, world) >= {"family_page.load", "timeline.read", "family_list.ids"}
    flee(anna, world)
    unaware = bram.give(anna, dossiers=(world.dossier,), parts=WHOLE, full=True)
    assert MARK not in repr(take.look(anna.session, unaware))
    take.accept(bram.session, anna.give(bram, dossiers=(world.dossier,), parts=WHOLE))
    assert showing(bram.session, world) == set()
    with bram.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(texts("todo", world.dossier, "Bram schrijft"))
    back = bram.give(anna, dossiers=(world.dossier,), parts=WHOLE, full=True)
    take.accept(anna.session, back)
    assert showing(anna.session, world) == set()
    take.accept(bram.session, anna.give(bram, dossiers=(world.dossier,), parts=WHOLE, full=True))
    assert showing(bram.session, world) == set()


def test_a_colleague_who_ended_it_otherwise_does_not_bring_them_back(
    anna: Office, bram: Office, world: World
) -> None:
    """Two reasons on one membership: until somebody chose, they count as shielded."""
    bram.desk.store.derive = agenda.deriver(bram.session)
    take.accept(bram.session, anna.give(bram, dossiers=(world.dossier,), parts=WHOLE))
    leaving = memberships.Leaving(
        persons=world.fled, on=bram.session.today.isoformat(), reason="lidmaatschap.vertrokken"
    )
    memberships.leave(bram.session, world.dossier, leaving)
    assert "family_page.load" in showing(bram.session, world)
    flee(anna, world)
    to_bram = anna.give(bram, dossiers=(world.dossier,), parts=WHOLE)
    to_anna = bram.give(anna, dossiers=(world.dossier,), parts=WHOLE)
    take.accept(bram.session, to_bram)
    take.accept(anna.session, to_anna)
    for office in (anna, bram):
        assert {each.field for each in differences.open_ones(office.session, world.dossier)} >= {"reason"}
        assert showing(office.session, world) == set()


def test_the_same_number_twice_says_only_whom_to_ask(anna: Office, world: World) -> None:
    from app.domain.kinds.person import PersonNumber

    kind = anna.session.content.ref("basis", "nummer.v-nummer")
    other = anna.family("Ander")
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        for person in (world.mother, other.person):
            uow.add(PersonNumber(id=new_id(), scope=person, kind=kind, value="2800000019"))
    made = flee(anna, world)
    (matter,) = (each for each in clear_up.matters(anna.session) if each.kind == "person")
    assert "afgeschermd: vraag het aan Anna" in matter.words
    assert MARK not in repr(matter) and made not in repr(matter)
    assert matter.dossier == other.dossier


def test_what_was_set_apart_is_listed_with_the_dossier_that_shields(anna: Office, world: World) -> None:
    made = flee(anna, world)
    with anna.desk.store.read() as conn:
        assert clear_up_arrived._family(conn, world.mother)[0] == made
        assert clear_up_arrived._family(conn, world.father)[0] == world.dossier


def test_the_marks_are_where_they_should_be(anna: Office, world: World) -> None:
    """So that the loop cannot pass because nothing was planted."""
    with anna.desk.store.read() as conn:
        assert len(read_where(conn, RequestPerson, "person = ?", (world.mother,))) == 2
        assert len(read_where(conn, DeparturePerson, "person = ?", (world.mother,))) == 2
        for record in (*of_them(world.mother), *about_them(world.dossier, world.mother)):
            kind = next(kind for kind in KINDS.values() if isinstance(record, kind.cls))
            assert read_where(conn, kind.cls, "scope = ?", (record.scope,)), kind.name
