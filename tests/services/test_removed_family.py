"""A family that was a mistake is removed: undone, brought back, and it goes to colleagues as an ordinary change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.exchange_facts import GiveChoice
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Alias
from app.domain.kinds.talk import Talk
from app.domain.record import Compartment
from app.services import (
    clear_up,
    clear_up_removed,
    families,
    family_list,
    give,
    memberships,
    removed_family,
    take,
)
from app.services.families import NoSuchDossier
from app.services.memberships import Leaving, NewFamily
from app.services.paper_disclosure import disclosures_of
from app.services.removed_family import NotRemoved
from app.services.session import Session
from app.storage import chain, project
from app.storage.problem import ReadOnlyStore
from app.storage.uow import read
from tests.services.test_clear_up import add, both_ways, change, open_on, over
from tests.support.family_case import make_difference, register_family
from tests.support.package_case import ALL, USUAL, MadeFamily, Office


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """What stands in every record table but those that only grow."""
    from app.domain.record import KINDS

    with session.store.read() as conn:
        return {
            kind.name: sorted(map(tuple, conn.exec_driver_sql(f'SELECT * FROM "r_{kind.name}"')), key=repr)
            for kind in KINDS.values()
            if not (kind.lasting or kind.appended)
        }


def whole(session: Session) -> None:
    with session.store.read() as conn:
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_all_of_it_goes_and_undo_brings_all_of_it_back(session: Session) -> None:
    made, other = register_family(session, "Hakobyan", "1984", "2015"), register_family(session, "Beridze")
    with session.store.write(verbs.TALK_CHANGED) as uow:
        uow.add(Talk(id=new_id(), scope=made.dossier.id, notes="Verzonnen"))
    before = rows(session)
    removed_family.remove(session, made.dossier.id)
    assert family_list.ids(session) == (other.dossier.id,)
    assert family_list.ids(session, "Hakobyan") == ()
    (one,) = removed_family.removed(session)
    assert (one.title, one.officer) == ("Hakobyan", "Robin Voorbeeld") and one.number
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_person").scalar_one() == 1
        assert conn.exec_driver_sql("SELECT count(*) FROM r_talk").scalar_one() == 0
        assert conn.exec_driver_sql("SELECT DISTINCT dossier FROM d_agenda").scalars().all() in (
            [],
            [other.dossier.id],
        )
    session.store.undo()
    assert rows(session) == before and removed_family.removed(session) == ()
    session.store.redo()
    assert removed_family.count(session) == 1
    whole(session)


def test_it_is_brought_back_long_after(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    with session.store.write(verbs.TALK_CHANGED) as uow:
        gone = uow.add(Talk(id=new_id(), scope=made.dossier.id, notes="Eerder verwijderd"))
    with session.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(gone)
    before = rows(session)
    removed_family.remove(session, made.dossier.id)
    register_family(session, "Beridze")
    removed_family.bring_back(session, made.dossier.id)
    after = rows(session)
    assert all(set(before[kind]) <= set(after[kind]) for kind in before)
    assert after["talk"] == [], "what was removed before stays removed"
    with pytest.raises(NotRemoved):
        removed_family.bring_back(session, made.dossier.id)
    with pytest.raises(NotRemoved):
        removed_family.bring_back(session, new_id())
    whole(session)


def test_a_family_with_an_open_difference_goes_whole(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    make_difference(session, made, "birth_date", "1985", "1986")
    removed_family.remove(session, made.dossier.id)
    assert clear_up.matters(session) == () and family_list.ids(session) == ()
    session.store.undo()
    assert len(clear_up.matters(session)) == 1


def test_who_belongs_to_another_family_stays(session: Session) -> None:
    made, other = register_family(session, "Hakobyan", "1984", "2015"), register_family(session, "Beridze")
    child = made.members[1].person.id
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier.id, person=child))
    check = removed_family.check(session, made.dossier.id)
    assert (check.going, check.staying) == (("Voorbeeld 1 Hakobyan",), ("Voorbeeld 2 Hakobyan",))
    removed_family.remove(session, made.dossier.id)
    here = families.load(session, other.dossier.id)
    assert {member.person.given_names for member in here.members} == {"Voorbeeld 1", "Voorbeeld 2"}


def test_a_split_or_registration_that_was_undone_is_no_removed_family(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "1986", "2015")
    leaving = Leaving(
        persons=(made.members[1].person.id,), on=session.today.isoformat(), reason=memberships.SPLIT
    )
    split = memberships.split(session, made.dossier.id, leaving, NewFamily(title="Beridze")).dossier
    session.store.undo()
    assert removed_family.removed(session) == () and removed_family.count(session) == 0
    session.store.redo()
    removed_family.remove(session, split)
    assert [one.dossier for one in removed_family.removed(session)] == [split]
    session.store.undo()
    session.store.redo()
    assert [one.title for one in removed_family.removed(session)] == ["Beridze"]
    assert removed_family.count(session) == 1
    removed_family.bring_back(session, split)
    assert removed_family.removed(session) == ()
    session.store.undo()
    assert [one.dossier for one in removed_family.removed(session)] == [split]
    register_family(session, "Vergissing")
    session.store.undo()
    assert removed_family.count(session) == 1
    whole(session)


def test_what_is_not_here_or_only_read_is_refused(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    with pytest.raises(NoSuchDossier):
        removed_family.remove(session, new_id())
    session.store.read_only = True
    for deed in (removed_family.remove, removed_family.bring_back, removed_family.finish):
        with pytest.raises(ReadOnlyStore):
            deed(session, made.dossier.id)
    session.store.read_only = False


# -- with colleagues --------------------------------------------------------------------------------------------------


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """On both laptops."""
    made = anna.family()
    over(anna, bram, made)
    return made


def here(office: Office, family: MadeFamily) -> bool:
    with office.desk.store.read() as conn:
        return read(conn, Dossier, family.dossier) is not None


def test_it_goes_along_with_the_next_file_for_who_had_it(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    other = anna.family("Tweede")
    removed_family.remove(anna.session, family.dossier)
    file = anna.given(bram, dossiers=(other.dossier,))
    take.accept(bram.session, Path(file.files[0]))
    assert not here(bram, family) and here(bram, MadeFamily(other.dossier, other.person, other.alias))
    (one,) = removed_family.removed(bram.session)
    assert (one.title, one.officer) == ("Verzonnen", "Anna")
    take.accept(anna.session, bram.give(anna, dossiers=(other.dossier,)))
    removed_family.bring_back(bram.session, family.dossier)
    over(bram, anna, family)
    assert here(anna, family) and here(bram, family)
    for office in (anna, bram):
        whole(office.session)


@pytest.mark.parametrize("code", [clear_up_removed.BACK, clear_up_removed.REST])
def test_who_was_added_to_another_family_meanwhile_is_listed_with_all_who_have_that_one(
    anna: Office, bram: Office, family: MadeFamily, office: Callable[[str], Office], code: str
) -> None:
    """Carla never had the removed family; a member of the other vanishes for her neither."""
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    other = bram.family("Tweede")
    with bram.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier, person=family.person))
    removed_family.remove(anna.session, family.dossier)
    over(anna, bram, anna.family("Derde"))
    over(bram, carla, other)
    (listed,), (matter,) = (
        [one for one in clear_up.matters(each.session) if one.kind == clear_up_removed.PERSON]
        for each in (bram, carla)
    )
    assert (matter.id, matter.dossier, matter.about) == (listed.id, other.dossier, "Voorbeeld Verzonnen")
    clear_up.answer(carla.session, matter.id, code)
    over(carla, bram, other)
    for each in (bram, carla):
        assert not [one for one in clear_up.matters(each.session) if one.kind == clear_up_removed.PERSON]
        members = [one.person.id for one in families.load(each.session, other.dossier).members]
        with each.desk.store.read() as conn:
            alias = read(conn, Alias, family.alias.id)
        assert (family.person in members, alias is not None) == (code == clear_up_removed.BACK,) * 2
        whole(each.session)


def test_it_can_be_told_without_giving_another_family(anna: Office, bram: Office, family: MadeFamily) -> None:
    with pytest.raises(give.NothingToGive):
        give.preview(anna.session, GiveChoice(dossiers=(), receivers=(bram.desk.device,), compartments=USUAL))
    removed_family.remove(anna.session, family.dossier)
    choice = GiveChoice(dossiers=(), receivers=(bram.desk.device,), compartments=USUAL)
    assert [one.title for one in give.preview(anna.session, choice).families] == ["Verzonnen"]
    before = len(disclosures_of(anna.session, family.dossier))
    take.accept(bram.session, anna.give(bram, dossiers=()))
    assert not here(bram, family)
    assert len(disclosures_of(anna.session, family.dossier)) == before, "nothing new went out"
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    with pytest.raises(give.NothingToGive):
        anna.give(bram, dossiers=())


def test_the_file_carries_no_more_of_it_than_was_given_before(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    other = anna.family("Tweede")
    removed_family.remove(anna.session, family.dossier)
    file = anna.give(bram, dossiers=(other.dossier,), parts=ALL, full=True)
    take.accept(bram.session, file)
    with bram.desk.store.read() as conn:
        held = set(
            conn.exec_driver_sql(
                "SELECT DISTINCT compartment FROM j_stream WHERE seq > 0 AND scope IN (?, ?)",
                (family.dossier, family.person),
            ).scalars()
        )
        cells = str(conn.exec_driver_sql("SELECT group_concat(cells) FROM j_op").scalar())
    assert held == {str(Compartment.KERN)}
    assert "Verzonnen-gezond" not in cells and "Tweede-gezond" in cells


def test_it_goes_to_nobody_who_never_had_it(anna: Office, bram: Office, family: MadeFamily) -> None:
    """A second family of Bram alone: Anna's file to Bram says nothing of what only she has."""
    own, other = anna.family("Alleen van Anna"), anna.family("Tweede")
    removed_family.remove(anna.session, own.dossier)
    take.accept(bram.session, anna.give(bram, dossiers=(other.dossier,)))
    with bram.desk.store.read() as conn:
        known = conn.exec_driver_sql("SELECT 1 FROM r_scope WHERE scope = ?", (own.dossier,)).first()
    assert known is None and removed_family.removed(bram.session) == ()


@pytest.mark.parametrize("code", ["bring-back", "remove-rest"])
def test_what_a_colleague_added_meanwhile_is_listed_and_decided(
    anna: Office, bram: Office, family: MadeFamily, code: str
) -> None:
    removed_family.remove(anna.session, family.dossier)
    talk = Talk(id=new_id(), scope=family.dossier, notes="Van Bram")
    add(bram, talk)
    over(bram, anna, family)
    (matter,) = open_on(anna)
    assert (matter.kind, matter.family) == ("family", "Verzonnen") and clear_up.count(anna.session) == 1
    clear_up.answer(anna.session, matter.id, code)
    assert open_on(anna) == []
    with anna.desk.store.read() as conn:
        assert (read(conn, Talk, talk.id) is not None) is (code == "bring-back")
    assert here(anna, family) is (code == "bring-back")
    other = anna.family("Tweede")
    take.accept(
        bram.session,
        anna.give(bram, dossiers=(other.dossier, *([family.dossier] if here(anna, family) else []))),
    )
    assert here(bram, family) is (code == "bring-back") and open_on(bram) == []


@pytest.mark.parametrize("keeps", [True, False])
def test_a_family_whose_own_record_was_changed_meanwhile_comes_back_whole_or_goes_whole(
    anna: Office, bram: Office, family: MadeFamily, keeps: bool
) -> None:
    removed_family.remove(anna.session, family.dossier)
    with bram.desk.store.read() as conn:
        dossier = read(conn, Dossier, family.dossier)
    assert dossier is not None
    change(bram, dossier, title="Verzonnen II")
    over(bram, anna, family)
    (matter,) = [one for one in open_on(anna) if one.kind == "removed"]
    chosen = next(one.code for one in matter.answers if (one.words == "verwijderd") is not keeps)
    clear_up.answer(anna.session, matter.id, chosen)
    assert open_on(anna) == [] and here(anna, family) is keeps
    with anna.desk.store.read() as conn:
        members = conn.exec_driver_sql("SELECT count(*) FROM r_membership").scalar_one()
    assert members == int(keeps)
    if keeps:
        both_ways(anna, bram, family)
        assert here(bram, family) and open_on(bram) == []
