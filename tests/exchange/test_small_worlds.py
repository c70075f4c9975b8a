"""Rare meetings, each in a world of two laptops made for it."""

from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.kinds.person import Alias
from app.domain.merge import reading_order, state_of
from app.domain.op import DELETED, Dot, Op
from app.exchange.problem import WrongSignature
from app.services import give, take
from app.storage import knowledge
from app.storage.journal import ops_of
from app.storage.knowledge import StreamKey
from app.storage.uow import read
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


def test_only_what_every_receiver_told_to_hold_is_left_out(anna: Office) -> None:
    key = StreamKey("s" * 32, "kern", "d")
    with anna.desk.store.local() as conn:
        sql = "INSERT INTO l_have(peer, scope, compartment, device, seq) VALUES(?,?,?,?,?)"
        conn.exec_driver_sql(sql, [("a", *key, 7), ("b", *key, 3)])
        assert knowledge.acknowledged(conn, ["a", "b"], [key.scope]) == {key: 3}
        assert knowledge.acknowledged(conn, ["a", "c"], [key.scope]) == {}
