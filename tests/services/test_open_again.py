"""What was written about a destroyed family and nobody had seen: it stays out, or becomes a new case under new ids."""

from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership, Owner
from app.domain.kinds.person import Alias, Person
from app.domain.kinds.talk import Agreement, Talk
from app.exchange import destruction
from app.services import clear_up, family_list, removal, take
from app.storage.uow import read, read_where
from tests.services.test_clear_up import add, change, open_on, over, whole
from tests.support.package_case import MadeFamily, Office


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """Anna's, on both laptops."""
    made = anna.family()
    add(anna, Owner(id=new_id(), scope=made.dossier, officer=anna.desk.officer))
    over(anna, bram, made)
    return made


def destroyed_with_news(
    anna: Office, bram: Office, family: MadeFamily, *, persons: bool
) -> tuple[Talk, Agreement, Path]:
    """Anna destroys it; Bram had gone on with it, and his file comes in."""
    talk = Talk(id=new_id(), scope=family.dossier, notes="Van na de laatste uitwisseling")
    made = Agreement(id=new_id(), scope=family.dossier, talk=talk.id, what="Bellen")
    add(bram, talk)
    add(bram, made)
    change(bram, family.alias, family_name="Van Bram")
    file = bram.give(anna, dossiers=(family.dossier,))
    removal.destroy(
        anna.session,
        family.dossier,
        removal.reasons(anna.session)[0],
        persons=[family.person] if persons else [],
    )
    take.accept(anna.session, file)
    return talk, made, file


def test_a_new_case_is_made_of_what_was_written_since(anna: Office, bram: Office, family: MadeFamily) -> None:
    talk, agreement, _file = destroyed_with_news(anna, bram, family, persons=True)
    matters = [one for one in open_on(anna) if "open-again" in {each.code for each in one.answers}]
    assert matters and all(one.kind == "apart" for one in matters)
    clear_up.answer(anna.session, matters[0].id, "open-again")
    assert open_on(anna) == []
    (dossier,) = family_list.ids(anna.session)
    assert dossier != family.dossier
    with anna.desk.store.read() as conn:
        head = read(conn, Dossier, dossier)
        (copied,) = read_where(conn, Talk, "1 = 1")
        (promise,) = read_where(conn, Agreement, "1 = 1")
        (owner,) = read_where(conn, Owner, "1 = 1")
        aliases = read_where(conn, Alias, "1 = 1")
        old = conn.exec_driver_sql(
            "SELECT count(*) FROM j_op WHERE rec IN (?, ?)",
            tuple(map(bytes.fromhex, (talk.id, agreement.id))),
        ).scalar_one()
        assert destruction.is_destroyed(conn, family.dossier)
    assert head is not None and head.title == "Heropend" and head.number
    assert (copied.notes, copied.scope, promise.talk) == (talk.notes, dossier, copied.id)
    assert promise.what == "Bellen" and owner.officer == anna.desk.officer and old == 0
    assert [one.family_name for one in aliases] == ["Van Bram"]
    whole(anna)


def test_the_same_file_again_opens_nothing_and_nothing_comes_back_under_the_old_id(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    *_made, file = destroyed_with_news(anna, bram, family, persons=False)
    matter = next(one for one in open_on(anna) if "open-again" in {each.code for each in one.answers})
    clear_up.answer(anna.session, matter.id, "open-again")
    take.accept(anna.session, file)
    assert [one for one in open_on(anna) if one.kind == "apart"] == []
    assert family.dossier not in family_list.ids(anna.session)
    assert anna.session.store.next_undo() is None, (
        "the changes that waited are answered: there is no way back"
    )


def test_the_new_case_goes_to_the_colleague_and_the_old_one_goes_there(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    destroyed_with_news(anna, bram, family, persons=True)
    matter = next(one for one in open_on(anna) if "open-again" in {each.code for each in one.answers})
    clear_up.answer(anna.session, matter.id, "open-again")
    (dossier,) = family_list.ids(anna.session)
    file: Path = anna.give(bram, dossiers=(dossier,))
    take.accept(bram.session, file)
    for scope in [one.scope for one in removal.waiting(bram.session) if one.kind == "dossier"]:
        removal.accept_destruction(bram.session, scope)
    assert family_list.ids(bram.session) == (dossier,)


def test_members_who_are_still_here_are_members_of_the_new_case(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    add(bram, Membership(id=new_id(), scope=family.dossier, person=family.person, reason=None))
    with bram.desk.store.read() as conn:
        dossier = read(conn, Dossier, family.dossier)
    assert dossier is not None
    change(bram, dossier, title="Verzonnen II")
    file = bram.give(anna, dossiers=(family.dossier,))
    removal.destroy(anna.session, family.dossier, removal.reasons(anna.session)[0])
    take.accept(anna.session, file)
    matter = next(one for one in open_on(anna) if "open-again" in {each.code for each in one.answers})
    clear_up.answer(anna.session, matter.id, "open-again")
    (opened,) = family_list.ids(anna.session, "Verzonnen")
    with anna.desk.store.read() as conn:
        (member,) = read_where(conn, Membership, "1 = 1")
        assert read(conn, Person, family.person) is not None
        head = read(conn, Dossier, opened)
    assert (member.scope, member.person) == (opened, family.person)
    assert head is not None and head.title == "Verzonnen II"


def test_what_was_only_removed_or_waits_for_another_reason_opens_nothing(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    with bram.desk.store.read() as conn:
        (membership,) = read_where(conn, Membership, "1 = 1")
    with bram.desk.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(membership)
    file = bram.give(anna, dossiers=(family.dossier,))
    removal.destroy(anna.session, family.dossier, removal.reasons(anna.session)[0])
    take.accept(anna.session, file)
    assert {each.code for one in open_on(anna) for each in one.answers} <= {"discard"}
