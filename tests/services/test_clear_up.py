"""Everything to clear up stands in one list, is decided by a person, and the decision closes it for everybody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Owner
from app.domain.kinds.person import Alias
from app.domain.kinds.place import Officer, Scope
from app.domain.kinds.talk import Agreement, Talk
from app.domain.record import KINDS, Record, ScopeKind
from app.exchange import set_apart
from app.exchange.problem import DangerousPackage
from app.i18n import formats, problem_text
from app.services import clear_up, give, take
from app.services.clear_up_words import DELICATE, IDENTITY
from app.services.matter import DayNotToCome, Matter, NoSuchAnswer, NoSuchMatter
from app.storage import chain, journal, project
from app.storage.journal import NewOp
from app.storage.uow import read
from tests.support.apart_case import SECRET, bring_to_wait, let_in_by_bram
from tests.support.package_case import MadeFamily, Office


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """On both laptops."""
    made = anna.family()
    over(anna, bram, made)
    return made


def over(sender: Office, receiver: Office, family: MadeFamily) -> None:
    """A file with what is new."""
    take.accept(receiver.session, sender.give(receiver, dossiers=(family.dossier,)))


def both_ways(one: Office, other: Office, family: MadeFamily) -> None:
    """Until both have the same."""
    for _round in range(2):
        over(one, other, family)
        over(other, one, family)


def change(office: Office, record: Record, **values: str) -> None:
    """Change a record as it stands on this laptop."""
    with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        now = read(uow.conn, type(record), record.id)
        assert now is not None
        uow.save(now, now.with_values(**values))


def add(office: Office, record: Record) -> None:
    """A new record."""
    with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(record)


def remove(office: Office, record: Record) -> None:
    """Remove a record as it stands on this laptop."""
    with office.desk.store.write(verbs.DELETED_VERB) as uow:
        now = read(uow.conn, type(record), record.id)
        assert now is not None
        uow.delete(now)


def open_on(office: Office) -> list[Matter]:
    """What is open here."""
    return list(clear_up.matters(office.session))


def whole(office: Office) -> None:
    """The tables are the journal's."""
    with office.desk.store.read() as conn:
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_two_values_stand_with_who_wrote_them_and_where_they_came_from(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    change(anna, family.alias, family_name="Van Anna")
    change(bram, family.alias, family_name="Van Bram")
    over(bram, anna, family)
    (one,) = open_on(anna)
    assert (one.kind, one.family) == ("value", "Verzonnen")
    notes = {answer.words: answer.note for answer in one.answers}
    assert set(notes) == {"Van Anna", "Van Bram"}
    assert "hier geschreven" in notes["Van Anna"] and "bestand van Bram" in notes["Van Bram"]


def test_a_choice_closes_it_for_everybody_and_exchanging_again_opens_nothing(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    change(anna, family.alias, family_name="Van Anna")
    change(bram, family.alias, family_name="Van Bram")
    both_ways(anna, bram, family)
    (one,) = open_on(anna)
    assert len(open_on(bram)) == 1
    both_ways(anna, bram, family)
    assert len(open_on(anna)) == len(open_on(bram)) == 1, "exchanging again multiplies nothing"
    code = next(answer.code for answer in one.answers if answer.words == "Van Bram")
    clear_up.answer(anna.session, one.id, code)
    both_ways(anna, bram, family)
    assert open_on(anna) == open_on(bram) == []
    for office in (anna, bram):
        with office.desk.store.read() as conn:
            found = read(conn, Alias, family.alias.id)
        assert found is not None and found.family_name == "Van Bram"
    with pytest.raises(NoSuchMatter):
        clear_up.answer(anna.session, one.id, code)


def test_a_note_of_two_writers_comes_with_a_text_of_both(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    talk = Talk(id=new_id(), scope=family.dossier, notes="De school is blij. De tolk kwam niet.")
    add(anna, talk)
    over(anna, bram, family)
    change(anna, talk, notes="De school is blij. De tolk kwam niet opdagen.")
    change(bram, talk, notes="De school is erg blij. De tolk kwam niet.")
    over(bram, anna, family)
    (one,) = open_on(anna)
    text = clear_up.both(anna.session, one.id)
    assert text == "De school is erg blij. De tolk kwam niet opdagen."
    clear_up.write(anna.session, one.id, text)
    assert open_on(anna) == []
    with anna.desk.store.read() as conn:
        found = read(conn, Talk, talk.id)
    assert found is not None and found.notes == text


def test_something_put_off_comes_back_on_its_day_or_when_it_changes(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    change(anna, family.alias, source="Brief")
    change(bram, family.alias, source="brief ")
    over(bram, anna, family)
    (one,) = open_on(anna)
    assert "hoofdletters of spaties" in one.suggestion
    clear_up.postpone(anna.session, one.id, anna.session.today + timedelta(days=7))
    assert open_on(anna) == [] and [each.id for each in clear_up.put_off(anna.session)] == [one.id]
    change(bram, family.alias, source="Heel anders")
    over(bram, anna, family)
    assert len(open_on(anna)) == 1


def test_nothing_is_suggested_on_who_somebody_is(anna: Office, bram: Office, family: MadeFamily) -> None:
    change(anna, family.alias, family_name="van anna", source="Brief")
    change(bram, family.alias, family_name="Van Anna", source="brief")
    over(bram, anna, family)
    suggested = {one.difference.field: one.suggestion for one in open_on(anna) if one.difference is not None}
    assert suggested["source"] and not suggested["family_name"]


def test_a_name_of_delicate_matters_is_a_name_of_the_program() -> None:
    assert set(KINDS) >= DELICATE
    assert all(field in KINDS[kind].names for kind, field in IDENTITY)


def test_the_same_number_twice_gets_two_numbers(anna: Office, bram: Office) -> None:
    one, other = anna.family("Eerste"), bram.family("Tweede")
    for office, made in ((anna, one), (bram, other)):
        with office.desk.store.read() as conn:
            found = read(conn, Dossier, made.dossier)
        assert found is not None
        change(office, found, number="GELIJK-1")
    take.accept(anna.session, bram.give(anna, dossiers=(other.dossier,)))
    (matter,) = open_on(anna)
    assert matter.kind == "number"
    with pytest.raises(NoSuchAnswer):
        clear_up.answer(anna.session, matter.id, "renumber-" + "0" * 32)
    clear_up.answer(anna.session, matter.id, f"renumber-{other.dossier}")
    assert open_on(anna) == []
    whole(anna)


@pytest.mark.parametrize(("code", "left"), [("restore", 1), ("remove", 0)])
def test_what_belonged_to_something_that_was_removed(
    anna: Office, bram: Office, family: MadeFamily, code: str, left: int
) -> None:
    talk = Talk(id=new_id(), scope=family.dossier, goal="Kennismaken")
    add(anna, talk)
    over(anna, bram, family)
    add(bram, Agreement(id=new_id(), scope=family.dossier, talk=talk.id, what="Bellen"))
    remove(anna, talk)
    over(bram, anna, family)
    (matter,) = open_on(anna)
    assert matter.kind == "parent"
    clear_up.answer(anna.session, matter.id, code)
    assert open_on(anna) == []
    both_ways(anna, bram, family)
    for office in (anna, bram):
        with office.desk.store.read() as conn:
            counts = [
                conn.exec_driver_sql(f"SELECT count(*) FROM r_{kind}").scalar_one()
                for kind in ("talk", "agreement")
            ]
        assert counts == [left, left]
        assert open_on(office) == []
        whole(office)


def test_two_case_officers_become_one(anna: Office, bram: Office, family: MadeFamily) -> None:
    for office in (anna, bram):
        add(
            office,
            Owner(id=new_id(), scope=family.dossier, officer=office.desk.officer, from_on="2026-11-01"),
        )
    both_ways(anna, bram, family)
    (matter,) = open_on(bram)
    assert matter.kind == "owner" and set(matter.words.split(" / ")) == {"Anna", "Bram"}
    clear_up.answer(bram.session, matter.id, f"owner-{bram.desk.officer}")
    both_ways(anna, bram, family)
    assert open_on(anna) == open_on(bram) == []


def test_each_chooses_the_other_and_nobody_is_left_without_a_word(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    for office in (anna, bram):
        add(
            office,
            Owner(id=new_id(), scope=family.dossier, officer=office.desk.officer, from_on="2026-11-01"),
        )
    both_ways(anna, bram, family)
    clear_up.answer(anna.session, open_on(anna)[0].id, f"owner-{anna.desk.officer}")
    clear_up.answer(bram.session, open_on(bram)[0].id, f"owner-{bram.desk.officer}")
    both_ways(anna, bram, family)
    for office in (anna, bram):
        assert [matter.title for matter in open_on(office)] == ["Niemand is regievoerder"]
    clear_up.answer(anna.session, open_on(anna)[0].id, f"owner-{bram.desk.officer}")
    both_ways(anna, bram, family)
    assert open_on(anna) == open_on(bram) == []


@pytest.mark.parametrize("code", ["take-in", "discard"])
def test_what_was_set_apart_comes_in_or_stays_out_as_a_person_decides(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily, code: str
) -> None:
    carla = office("Carla")
    let_in_by_bram(anna, bram, carla, family)
    path = bring_to_wait(anna, bram, carla, family.dossier)
    matters = open_on(anna)
    assert {matter.kind for matter in matters} == {"apart"}
    for matter in matters:
        clear_up.answer(anna.session, matter.id, code)
    assert open_on(anna) == []
    if code == "discard":
        take.accept(anna.session, path)
        assert open_on(anna) == [], "the same file does not bring it back"
    with anna.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
        assert found is not None
        assert found.family_name == (SECRET if code == "take-in" else "Verzonnen-ander")
        assert set_apart.all_of(conn) == ()
    whole(anna)


@pytest.mark.parametrize("what", ["another kind of scope", "a record of another scope"])
def test_what_reaches_beyond_its_scope_is_not_taken_in_by_an_answer_either(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily, what: str
) -> None:
    """No file may do so; waiting for an answer is no way around that."""
    carla, other = office("Carla"), anna.family("Ander")
    let_in_by_bram(anna, bram, carla, family)
    if what == "another kind of scope":
        device = carla.desk.device
        add(carla, Scope(id=new_id(), scope=family.person, kind="plaats", made_by=device, key="00" * 16))
    else:
        add(carla, replace(other.alias, scope=family.person, family_name="Overgeschreven"))
    bring_to_wait(anna, bram, carla, family.dossier)
    before = anna.tables()
    with anna.desk.store.read() as conn:
        (waits,) = (kept.no for kept in set_apart.all_of(conn) if kept.key.scope == family.person)
    person = next(matter for matter in open_on(anna) if matter.subject == (str(waits),))
    with pytest.raises(DangerousPackage):
        clear_up.answer(anna.session, person.id, "take-in")
    assert anna.tables() == before and anna.alias(other) == other.alias


def test_what_waits_for_a_newer_version_is_told_with_how_much(anna: Office) -> None:
    with anna.desk.store.local() as conn:
        no = conn.exec_driver_sql("INSERT INTO j_kind(name) VALUES('later') RETURNING no").scalar_one()
        conn.exec_driver_sql("UPDATE j_op SET kind = ? WHERE stream = 1 AND seq = 1", (no,))
    (matter,) = open_on(anna)
    assert (matter.kind, matter.words, matter.answers) == ("newer", "1 wijziging", ())


def test_receipts_are_no_matter(anna: Office, bram: Office, family: MadeFamily) -> None:
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    assert open_on(anna) == []


def test_what_belongs_to_no_family_is_listed_and_decided_too(anna: Office) -> None:
    with anna.desk.store.read() as conn:
        before = read(conn, Officer, anna.desk.officer)
    assert before is not None
    for phone in ("010 000 00 01", "010 000 00 02"):
        with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.save(before, before.with_values(phone=phone))
    (one,) = open_on(anna)
    assert (one.family, one.dossier, one.about) == ("", "", "Regievoerder “Anna”")
    assert clear_up.count(anna.session) == 1
    clear_up.answer(anna.session, one.id, "side-1")
    assert open_on(anna) == [] and clear_up.count(anna.session) == 0


def test_the_number_is_that_of_the_list_by_family(anna: Office, bram: Office, family: MadeFamily) -> None:
    other = anna.family("Ander")
    over(anna, bram, other)
    for made in (family, other):
        change(anna, made.alias, family_name="Van Anna")
        change(bram, made.alias, family_name="Van Bram")
        over(bram, anna, made)
    for one in (anna, bram):
        owner = Owner(id=new_id(), scope=other.dossier, officer=one.desk.officer, from_on="2026-11-01")
        add(one, owner)
    over(bram, anna, other)
    assert [(one.family, one.kind) for one in open_on(anna)] == [
        ("Ander", "value"),
        ("Ander", "owner"),
        ("Verzonnen", "value"),
    ]
    assert clear_up.count(anna.session) == 3
    clear_up.postpone(anna.session, open_on(anna)[0].id, anna.session.today + timedelta(days=7))
    assert clear_up.count(anna.session) == 2


def test_a_field_of_a_newer_version_waits_too(anna: Office, bram: Office, family: MadeFamily) -> None:
    later = NewOp(
        kind="alias",
        record=family.alias.id,
        scope=family.person,
        scope_kind=ScopeKind.PERSON,
        cells={"later_field": "x"},
    )
    with anna.desk.store.local() as conn:
        journal.append(conn, anna.desk.identity.writer, verbs.MEMBER_CHANGED, [later], 1).keep_tips()
    over(anna, bram, family)
    (matter,) = open_on(bram)
    assert (matter.kind, matter.words) == ("newer", "1 wijziging")
    over(anna, bram, family)
    assert [one.id for one in open_on(bram)] == [matter.id]


@pytest.mark.parametrize("days", [0, -1, -2500])
def test_nothing_is_put_off_until_a_day_that_is_not_to_come(
    anna: Office, bram: Office, family: MadeFamily, days: int
) -> None:
    change(anna, family.alias, source="Brief")
    change(bram, family.alias, source="Kaart")
    over(bram, anna, family)
    (one,) = open_on(anna)
    today = anna.session.today
    with pytest.raises(DayNotToCome) as refused:
        clear_up.postpone(anna.session, one.id, today + timedelta(days=days))
    tomorrow = formats.fact(today + timedelta(days=1))
    assert problem_text(refused.value) == f"Kies een dag na vandaag, bijvoorbeeld {tomorrow}."
    assert open_on(anna) == [one] and clear_up.put_off(anna.session) == ()
