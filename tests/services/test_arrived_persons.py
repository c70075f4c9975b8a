"""Who came in by a colleague's file and may be here already is said, asked once, and the answer travels."""

from collections.abc import Callable

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Person, PersonNumber
from app.domain.record import Value
from app.services import (
    agenda,
    clear_up,
    clear_up_alike,
    clear_up_arrived,
    duplicates,
    families,
    memberships,
    one_person,
    shield,
    take,
    timeline,
)
from app.services.families import Family
from app.services.kept_persons import traits
from app.services.matter import Matter, NoSuchMatter
from app.services.shield import Shield
from app.storage import project
from app.storage.uow import read
from tests.support.apart_case import bring_to_wait, let_in_by_bram
from tests.support.family_case import change, register_family
from tests.support.package_case import Office


@pytest.fixture(autouse=True)
def _lists(anna: Office, bram: Office) -> None:
    """Both keep lists and keys as the program does."""
    for office in (anna, bram):
        office.desk.store.derive = agenda.deriver(office.session)


def armen(office: Office, **values: Value) -> Family:
    """A family whose first member is Armen Hakobyan, born 7 May 1984, unless said otherwise, and a child."""
    name = office.session.officer_name
    born = {"Anna": "2015-03-02", "Bram": "2011-10-20"}[name]
    made = register_family(office.session, "Hakobyan", "1984-05-07", born)
    change(office.session, made, 0, **{"given_names": "Armen", **values})
    change(office.session, families.load(office.session, made.dossier.id), 1, given_names=name)
    return families.load(office.session, made.dossier.id)


def over(sender: Office, receiver: Office, *made: Family) -> None:
    """A file with what is new."""
    dossiers = tuple(each.dossier.id for each in made)
    take.accept(receiver.session, sender.give(receiver, dossiers=dossiers))


def alike(office: Office) -> list[Matter]:
    """What is open of this kind; the rail counts what the list shows."""
    found = clear_up.matters(office.session)
    assert clear_up.count(office.session) == len(found)
    return [each for each in found if each.kind == "alike"]


def test_a_look_says_who_may_be_here_and_taking_in_asks_it(anna: Office, bram: Office) -> None:
    here = armen(bram)
    made = armen(anna, given_names="Արմեն", family_name="Հակոբյան")
    file = anna.give(bram, dossiers=(made.dossier.id,))
    before = bram.tables()
    seen = take.look(bram.session, file)
    assert bram.tables() == before, "a look leaves nothing"
    assert seen.may_be_known == 1
    (words,) = seen.known_words
    assert "Armen Hakobyan" in words and "schrift" in words and (here.dossier.number or "–") in words
    assert alike(bram) == []
    done = take.accept(bram.session, file)
    assert done.may_be_known == 1
    (matter,) = alike(bram)
    assert set(matter.subject) == {here.members[0].person.id, made.members[0].person.id}
    assert "schrift" in matter.suggestion and "geboren 07-05-1984" in matter.explanation
    assert [each.code for each in matter.answers] == [clear_up_alike.SAME, clear_up_alike.TWO]
    assert [each.id for each in clear_up.matters(bram.session, matter.dossier)] == [matter.id]


def test_they_are_one_and_it_is_no_matter_any_more(anna: Office, bram: Office) -> None:
    here, made = armen(bram), armen(anna)
    over(anna, bram, made)
    (matter,) = alike(bram)
    clear_up.answer(bram.session, matter.id, clear_up_alike.SAME)
    assert alike(bram) == []
    (one,) = one_person.linked(bram.session)
    assert set(one.persons) == {here.members[0].person.id, made.members[0].person.id}
    bram.session.store.undo()
    assert [each.id for each in alike(bram)] == [matter.id], "what was undone was never said"


def test_that_they_are_two_travels_and_is_asked_nobody_again(anna: Office, bram: Office) -> None:
    here, made = armen(bram), armen(anna)
    over(anna, bram, made)
    (matter,) = alike(bram)
    clear_up.answer(bram.session, matter.id, clear_up_alike.TWO)
    assert alike(bram) == []
    with pytest.raises(NoSuchMatter):
        clear_up.answer(bram.session, matter.id, clear_up_alike.SAME)
    over(bram, anna, here, made)
    assert alike(anna) == [], "Bram's own Armen came in, and that he is another was said"
    over(anna, bram, made)
    assert alike(bram) == []
    person = here.members[0].person
    with bram.desk.store.read() as conn:
        known = traits(conn, [person.id])[person.id]
    assert duplicates.look(bram.session, known, person=person.id, but=(person.id,)) == ()
    assert duplicates.look(bram.session, known, but=(person.id,)) != ()
    for office in (anna, bram):
        with office.desk.store.read() as conn:
            assert project.differences(conn) == []


def test_one_says_one_and_the_other_two_and_both_are_told(anna: Office, bram: Office) -> None:
    here, made = armen(bram), armen(anna)
    pair = here.members[0].person.id, made.members[0].person.id
    over(anna, bram, made)
    over(bram, anna, here)
    one_person.say_two(bram.session, *pair)
    one_person.link(anna.session, *pair)
    for _round in range(2):
        over(anna, bram, made, here)
        over(bram, anna, made, here)
    for office in (anna, bram):
        assert [each.kind for each in clear_up.matters(office.session) if each.kind == "removed"] == [
            "removed"
        ]
    (matter,) = (each for each in clear_up.matters(anna.session) if each.kind == "removed")
    assert matter.difference is not None
    at = next(at for at, side in enumerate(matter.difference.sides, 1) if side.removes)
    clear_up.answer(anna.session, matter.id, f"{clear_up.SIDE}{at}")
    over(anna, bram, made, here)
    for office in (anna, bram):
        assert one_person.linked(office.session) == () and alike(office) == []


def test_who_was_taken_apart_is_not_asked_about_again(anna: Office, bram: Office) -> None:
    here, made = armen(bram), armen(anna)
    over(anna, bram, made)
    one_person.link(bram.session, here.members[0].person.id, made.members[0].person.id)
    with pytest.raises(one_person.AreOne):
        one_person.say_two(bram.session, here.members[0].person.id, made.members[0].person.id)
    one_person.take_apart(bram.session, made.members[0].person.id)
    assert alike(bram) == []
    one_person.link(bram.session, here.members[0].person.id, made.members[0].person.id)
    assert len(one_person.linked(bram.session)) == 1, "who was said to be two can be one after all"


def test_a_name_that_was_mended_or_a_file_taken_back_ends_it(anna: Office, bram: Office) -> None:
    made = armen(anna)
    here = armen(bram)
    over(anna, bram, made)
    assert len(alike(bram)) == 1
    change(bram.session, here, 0, family_name="Petrosyan", given_names="Nune", birth_date="1970-02-11")
    assert alike(bram) == []
    bram.session.store.undo()
    assert len(alike(bram)) == 1
    take.take_back_file(bram.session, take.taken(bram.session)[0].number)
    assert alike(bram) == []


def test_only_whose_names_dates_or_numbers_came_in_is_looked_for(anna: Office, bram: Office) -> None:
    made = armen(anna, family_name="Sargsyan", given_names="Nune", birth_date="1990-01-12")
    over(anna, bram, made)
    here = armen(bram)
    now = families.load(anna.session, made.dossier.id)
    change(anna.session, now, 0, birth_place="Gjoemri")
    over(anna, bram, made)
    assert alike(bram) == []
    now = families.load(anna.session, made.dossier.id)
    change(anna.session, now, 0, family_name="Hakobyan", given_names="Armen", birth_date="1984-07-05")
    over(anna, bram, made)
    (matter,) = alike(bram)
    assert here.members[0].person.id in matter.subject and "omgewisseld" in matter.suggestion


def test_whom_the_file_itself_names_twice_its_sender_was_asked_about(anna: Office, bram: Office) -> None:
    over(anna, bram, armen(anna), armen(anna, given_names="Arman"))
    assert alike(bram) == []


def test_of_many_a_look_names_the_first_and_says_how_many_more(anna: Office, bram: Office) -> None:
    years = range(1980, 1980 + take.MOST_SAID + 2)
    for year in years:
        armen(bram, family_name=f"Verzonnen{year}", birth_date=f"{year}-05-04")
    made = [armen(anna, family_name=f"Verzonnen{year}", birth_date=f"{year}-05-04") for year in years]
    file = anna.give(bram, dossiers=tuple(each.dossier.id for each in made))
    seen = take.look(bram.session, file)
    assert seen.may_be_known == take.MOST_SAID + 2
    assert len(seen.known_words) == take.MOST_SAID + 1 and seen.known_words[-1] == "En nog 2."


def test_one_v_number_on_both_is_listed_once(anna: Office, bram: Office) -> None:
    here, made = armen(bram), armen(anna)
    for office, family in ((bram, here), (anna, made)):
        kind = office.session.content.ref("basis", "nummer.v-nummer")
        person = family.members[0].person.id
        with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.add(PersonNumber(id=new_id(), scope=person, kind=kind, value="2891147001"))
    file = anna.give(bram, dossiers=(made.dossier.id,))
    (words,) = take.look(bram.session, file).known_words
    assert "V-nummer" in words
    take.accept(bram.session, file)
    kinds = [each.kind for each in clear_up.matters(bram.session) if each.kind != "number"]
    assert kinds == ["person"]


def test_two_of_one_family_are_no_matter(anna: Office, bram: Office) -> None:
    here, made = armen(bram), armen(anna)
    over(anna, bram, made)
    leaving = memberships.Leaving(
        persons=(made.members[0].person.id,), on=_today(bram), reason="lidmaatschap.verhuisd", sure=True
    )
    memberships.move(bram.session, made.dossier.id, leaving, here.dossier.id)
    assert alike(bram) == []


SECRET = "Geheim-Hakobyan"


@pytest.mark.parametrize("sent", [False, True])
def test_of_somebody_shielded_it_says_only_whom_to_ask(anna: Office, bram: Office, sent: bool) -> None:
    """Shielded here, or shielded by whom the file comes from."""
    who, other = (anna, bram) if sent else (bram, anna)
    theirs = armen(who, family_name=SECRET)
    fled = Shield(persons=(theirs.members[0].person.id,), on=_today(who), title="Ondergedoken", sure=True)
    dossier = shield.shield(who.session, theirs.dossier.id, fled).dossier
    ordinary = armen(other, family_name=SECRET)
    file = anna.give(bram, dossiers=(dossier if sent else ordinary.dossier.id,))
    seen = take.look(bram.session, file)
    assert seen.may_be_known == 1
    assert "Overleg" in seen.known_words[0] and "Ondergedoken" not in repr(seen.known_words)
    take.accept(bram.session, file)
    (matter,) = alike(bram)
    assert "Overleg" in matter.words and "Ondergedoken" not in repr(matter)
    assert matter.words.count(SECRET) == 1, "only who is not shielded is named"
    assert matter.dossier == ordinary.dossier.id
    (answer,) = matter.answers
    assert answer.code == clear_up_alike.ASKED
    with pytest.raises(one_person.ShieldedPerson):
        one_person.say_two(bram.session, *matter.subject)
    before = _ops(bram)
    clear_up.answer(bram.session, matter.id, answer.code)
    assert alike(bram) == [] and _ops(bram) == before, "nothing is written down of it"


def _today(office: Office) -> str:
    return office.session.today.isoformat()


def _ops(office: Office) -> int:
    with office.desk.store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM j_op").scalar_one())


def test_keys_are_as_if_they_were_made_anew(anna: Office, bram: Office) -> None:
    def kept() -> list[tuple[object, ...]]:
        with bram.desk.store.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql("SELECT * FROM d_person_key ORDER BY 1, 2")]

    armen(bram)
    over(anna, bram, armen(anna))
    before = kept()
    bram.session.store.refresh_all()
    assert kept() == before


def test_what_was_set_apart_and_is_taken_in_after_all_is_looked_at_too(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    carla, shared = office("Carla"), anna.family()
    let_in_by_bram(anna, bram, carla, shared)
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        now = read(uow.conn, Person, shared.person)
        assert now is not None
        names = {"family_name": "Hakobyan", "given_names": "Armen", "birth_date": "1984-05-07"}
        uow.save(now, now.with_values(**names))
    here = armen(anna)
    bring_to_wait(anna, bram, carla, shared.dossier)
    assert alike(anna) == []
    while waiting := [each for each in clear_up.matters(anna.session) if each.kind == "apart"]:
        clear_up.answer(anna.session, waiting[0].id, clear_up_arrived.TAKE_IN)
    (matter,) = alike(anna)
    assert set(matter.subject) == {here.members[0].person.id, shared.person}


def test_who_was_said_to_be_another_and_is_shielded_later_is_not_named_with_the_other(anna: Office) -> None:
    here, fled = armen(anna), armen(anna, family_name=SECRET)
    one, other = here.members[0].person.id, fled.members[0].person.id
    one_person.say_two(anna.session, one, other)
    deeds = (
        timeline.read(anna.session, here.dossier.id).deeds
        + timeline.read(anna.session, fled.dossier.id).deeds
    )
    assert any(each.verb == verbs.PERSONS_ARE_TWO.code for each in deeds)
    wanted = Shield(persons=(other,), on=_today(anna), title="Ondergedoken", sure=True)
    made = shield.shield(anna.session, fled.dossier.id, wanted).dossier
    assert SECRET not in repr(timeline.read(anna.session, here.dossier.id))
    assert SECRET not in repr(timeline.read(anna.session, fled.dossier.id))
    assert SECRET in repr(timeline.read(anna.session, made))
