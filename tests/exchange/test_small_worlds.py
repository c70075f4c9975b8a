"""Rare meetings, each in a world of two laptops made for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Alias, Person, SamePerson
from app.domain.merge import reading_order, state_of
from app.domain.op import DELETED, Dot, Op
from app.domain.record import ScopeKind
from app.exchange import set_apart
from app.exchange.problem import WrongSignature
from app.exchange.take_back import CannotTakeBack
from app.services import give, take
from app.storage import chain, knowledge, project
from app.storage.journal import ops_of
from app.storage.knowledge import StreamKey
from app.storage.uow import read
from tests.support.apart_case import bring_to_wait, let_in_by_bram, texts_apart
from tests.support.package_case import MadeFamily, Office, take_apart


def alias(office: Office, record: str) -> Alias | None:
    """As it stands here."""
    with office.desk.store.read() as conn:
        return read(conn, Alias, record)


def test_a_value_that_was_taken_out_elsewhere_leaves_the_index_too(anna: Office, bram: Office) -> None:
    family = anna.family("Vindbaar")
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    anna.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    for office in (anna, bram):
        with office.desk.store.read() as conn:
            bodies = conn.exec_driver_sql("SELECT body FROM d_search_text").scalars().all()
        assert "vindbaar-ander" not in repr(bodies).lower()


def test_a_seal_that_its_device_did_not_make_is_refused(anna: Office, bram: Office, tmp_path: Path) -> None:
    family = anna.family()
    opened = take_apart(anna.give(bram, dossiers=(family.dossier,)), bram)
    segments = opened.manifest["segments"]
    first, other = opened.segment(family.person, "kern"), opened.segment(family.dossier, "kern")
    assert first[-1] != other[-1] and first in segments
    first[-1] = other[-1]
    before = bram.tables()
    with pytest.raises(WrongSignature):
        take.accept(bram.session, opened.pack(anna, tmp_path / "seal.regiemap", bram))
    assert bram.tables() == before


def test_a_new_record_that_was_changed_since_arrives_as_it_is_now(anna: Office, bram: Office) -> None:
    family = anna.family()
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(family.alias, family.alias.with_values(family_name="Daarna"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    found = alias(bram, family.alias.id)
    assert found is not None and found.family_name == "Daarna"


def gone_and_back(anna: Office, bram: Office) -> tuple[MadeFamily, Alias]:
    """Removed and added again under its id."""
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    with anna.desk.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(family.alias)
    with anna.desk.store.write(verbs.IMPORTED) as uow:
        made = uow.add(family.alias.with_values(family_name="Terug"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    return family, made


def test_what_comes_back_has_seen_its_removal(anna: Office, bram: Office) -> None:
    family, made = gone_and_back(anna, bram)
    for office in (anna, bram):
        assert alias(office, family.alias.id) == made
        with office.desk.store.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM j_conflict").scalar_one() == 0
            state = state_of(ops_of(conn, [family.alias.id])[family.alias.id])
        assert not any(head.value for head in state.deletes)


def test_a_removal_on_an_old_form_does_not_hide_what_came_in_meanwhile(anna: Office, bram: Office) -> None:
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    form = alias(bram, family.alias.id)
    assert form is not None
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(family.alias, family.alias.with_values(family_name="Ongezien"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    with bram.desk.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(form)
    found = alias(bram, family.alias.id)
    assert found is not None and found.family_name == "Ongezien"


def test_a_removal_that_saw_nothing_of_what_stands_can_be_given(anna: Office, bram: Office) -> None:
    """The record was gone and came back with other values while the form was open."""
    family, _made = gone_and_back(anna, bram)
    with anna.desk.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(family.alias)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    for office in (anna, bram):
        found = alias(office, family.alias.id)
        assert found is not None and found.family_name == "Terug"
        with office.desk.store.read() as conn:
            assert conn.exec_driver_sql("SELECT field FROM j_conflict").scalars().all() == [DELETED]


def op(stream: int, device: str, **more: object) -> Op:
    """An op of one record, all at the same reading."""
    made: dict[str, object] = {"cells": {"family_name": device}, "parents": {}, "seq": 1} | more
    seq = made.pop("seq")
    return Op(
        dot=Dot(stream, int(str(seq))),
        action=stream,
        hlc=5,
        device=device,
        kind="alias",
        record="r",
        scope="s",
        **made,  # type: ignore[arg-type]
    )


def test_who_is_shown_on_equal_readings_does_not_depend_on_local_numbers() -> None:
    here, there = (op(1, "a"), op(2, "b")), (op(2, "a"), op(1, "b"))
    assert [max(row, key=reading_order).device for row in (here, there)] == ["b", "b"]
    assert state_of(here).shown() == state_of(there).shown()


def test_a_removal_that_was_answered_covers_nothing_any_more() -> None:
    value = op(1, "a")
    removal = op(2, "b", cells={DELETED: 1}, parents={DELETED: (value.dot,)})
    kept = op(3, "c", cells={DELETED: 0}, parents={DELETED: (removal.dot,)})
    late = op(4, "d", cells={DELETED: 1}, parents={DELETED: (kept.dot,)})
    state = state_of((value, removal, kept, late))
    assert not state.gone and state.deleted_while_edited


def test_an_old_file_does_not_take_back_what_a_later_one_told(anna: Office, bram: Office) -> None:
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    early = bram.give(anna, dossiers=(family.dossier,))
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(family.alias, family.alias.with_values(family_name="Later"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    late = Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0])
    take.accept(anna.session, late)
    told = anna.tables()["l_have"]
    take.accept(anna.session, early)
    assert anna.tables()["l_have"] == told


def test_what_a_colleague_holds_no_more_is_given_again(anna: Office, bram: Office) -> None:
    family = anna.family()
    number = take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,))).number
    for left in (0, 4):
        take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
        assert anna.given(bram, dossiers=(family.dossier,)).changes == left
        if not left:
            take.take_back_file(bram.session, number)


def test_only_what_every_receiver_told_to_hold_is_left_out(anna: Office) -> None:
    key = StreamKey("s" * 32, "kern", "d")
    with anna.desk.store.local() as conn:
        sql = "INSERT INTO l_have(peer, scope, compartment, device, seq) VALUES(?,?,?,?,?)"
        conn.exec_driver_sql(sql, [("a", *key, 7), ("b", *key, 3)])
        assert knowledge.acknowledged(conn, ["a", "b"], [key.scope]) == {key: 3}
        assert knowledge.acknowledged(conn, ["a", "c"], [key.scope]) == {}


def test_who_left_a_family_goes_along_with_it_no_more(anna: Office, bram: Office) -> None:
    """What is written about a person after leaving is not for who holds the family that was left."""
    family = anna.family()
    with anna.desk.store.write(verbs.FAMILY_REGISTERED) as uow:
        person = uow.new_scope(ScopeKind.PERSON)
        uow.add(Person(id=person, scope=person, family_name="Vertrokkene"))
        uow.add(Membership(id=new_id(), scope=family.dossier, person=person, to_on="2026-05-01"))
    path = anna.give(bram, dossiers=(family.dossier,))
    opened = take_apart(path, bram)
    assert opened.manifest["families"] == [[family.dossier, [family.person]]]
    assert "Vertrokkene" not in repr(opened.ops)
    take.accept(bram.session, path)
    with bram.desk.store.read() as conn:
        assert read(conn, Person, person) is None


def test_a_file_tells_of_the_differences_that_it_brings_and_of_no_older_one(
    anna: Office, bram: Office
) -> None:
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    told = []
    for field in ("family_name", "source", "given_names"):
        anna.change(family.alias, **{field: "Van Anna"})
        if field != "given_names":
            bram.change(family.alias, **{field: "Van Bram"})
        path = bram.give(anna, dossiers=(family.dossier,))
        told.append((take.look(anna.session, path).differences, take.accept(anna.session, path).differences))
    assert told == [(1, 1), (1, 1), (0, 0)]


def test_what_two_made_under_one_id_arrives_together_as_a_difference(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    """Both say that two persons are one, each with a reason; a third sees both reasons."""
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    families = (anna.family("Een"), anna.family("Twee"))
    dossiers = tuple(family.dossier for family in families)
    take.accept(bram.session, anna.give(bram, dossiers=dossiers))
    a, b = sorted(family.person for family in families)
    link = derived_id("same_person", a, b)
    for one in (anna, bram):
        with one.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.add(SamePerson(id=link, scope=a, a=a, b=b, reason=f"Reden van {one.desk.name}"))
    take.accept(bram.session, anna.give(bram, dossiers=dossiers))
    taken = take.accept(carla.session, bram.give(carla, dossiers=dossiers))
    assert taken.differences == 1
    with carla.desk.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT rec, field FROM j_conflict").all()
        heads = state_of(ops_of(conn, [link])[link]).heads["reason"]
    assert rows == [(link, "reason")]
    assert {head.value for head in heads} == {"Reden van Anna", "Reden van Bram"}


def test_a_receipt_does_not_tell_who_is_hidden_here(anna: Office, bram: Office) -> None:
    """Not of a person who was shared before, and not of one who never was: it would tell where they are."""
    shared, hiding = anna.family("Gedeeld"), anna.family("Verborgen")
    take.accept(bram.session, anna.give(bram, dossiers=(shared.dossier,)))
    path = Path(give.receipt(anna.session, bram.desk.device, anna.folder).files[0])
    told = {row[0] for row in take_apart(path, bram).manifest["have"]}
    assert shared.person in told and shared.dossier in told
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        for person in (shared.person, hiding.person):
            uow.add(Membership(id=new_id(), scope=hiding.dossier, person=person, shielded=1))
    path = Path(give.receipt(anna.session, bram.desk.device, anna.folder).files[0])
    text = repr(take_apart(path, bram).manifest)
    assert shared.dossier in text
    assert shared.person not in text and hiding.person not in text


def test_a_file_that_goes_back_takes_along_what_was_set_apart(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    """Else it would come in by itself with a later file."""
    carla, family = office("Carla"), anna.family()
    let_in_by_bram(anna, bram, carla, family)
    other = carla.family("Van Carla")
    bring_to_wait(anna, bram, carla, family.dossier, other.dossier)
    assert anna.alias(other) == other.alias
    take.take_back_file(anna.session, take.taken(anna.session)[0].number)
    assert texts_apart(anna) == "" and anna.alias(other) is None
    with anna.desk.store.read() as conn:
        assert set_apart.all_of(conn) == ()


def test_a_file_stays_while_a_later_one_stands_on_it(anna: Office, bram: Office) -> None:
    family = anna.family()
    first = take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    anna.change(family.alias, family_name="Later")
    second = take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,), full=True))
    before = bram.tables()
    with pytest.raises(CannotTakeBack):
        take.take_back_file(bram.session, first.number)
    assert bram.tables() == before
    take.take_back_file(bram.session, second.number)
    assert bram.alias(family) == family.alias
    take.take_back_file(bram.session, first.number)
    assert bram.alias(family) is None
    with bram.desk.store.read() as conn:
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_a_value_that_was_not_seen_stands_when_another_is_taken_out(anna: Office, bram: Office) -> None:
    """Bram wrote his while Anna took hers out: she never saw it."""
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    bram.change(family.alias, family_name="Van Bram")
    anna.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    for one in (anna, bram):
        found = one.alias(family)
        assert found is not None and found.family_name == "Van Bram"
        with one.desk.store.read() as conn:
            assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_undo_leaves_what_a_colleague_wrote_over_it(anna: Office, bram: Office) -> None:
    family = anna.family()
    anna.change(family.alias, family_name="Van Anna", source="Van Anna")
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    bram.change(family.alias, family_name="Van Bram")
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    change = anna.desk.store.undo()
    assert change is not None and [moved.field for moved in change.left] == ["family_name"]
    found = anna.alias(family)
    assert found is not None and (found.family_name, found.source) == ("Van Bram", None)
