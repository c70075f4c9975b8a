"""Saving: only what somebody changed is written, and nobody's value is lost in between."""

from typing import Any

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.person import Alias, Person, PersonNumber
from app.domain.kinds.place import ContentPack, Scope
from app.domain.kinds.sensitive import DelicateFact
from app.domain.record import ScopeKind, kind_of
from app.storage import chain, project
from app.storage.store import Change, Store
from app.storage.uow import Moved, inserting, read, read_where
from tests.support.family import add, person_of, register, save
from tests.support.store_fixture import PLACE

OPS = "SELECT count(*) FROM j_op"


def _count(store: Store, sql: str, *params: Any) -> int:
    with store.read() as conn:
        return int(conn.exec_driver_sql(sql, params).scalar_one())


def _open(store: Store) -> list[tuple[str, str]]:
    with store.read() as conn:
        return [
            tuple(row) for row in conn.exec_driver_sql("SELECT field, what FROM j_conflict ORDER BY field")
        ]


def test_only_cells_that_differ_from_what_was_read_are_written(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro"))
    with store.read() as conn:
        last = conn.exec_driver_sql("SELECT cells FROM j_op ORDER BY action DESC LIMIT 1").scalar_one()
    assert last == '{"call_name":"Aro"}'


def test_saving_without_a_change_writes_no_op(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    before = _count(store, OPS)
    save(store, person, person.with_values(given_names="Armen"))
    assert _count(store, OPS) == before
    step = store.next_undo()
    assert step is not None and step.verb == verbs.FAMILY_REGISTERED.code


def test_a_cell_that_moved_on_keeps_both_values_and_the_officer_is_told(store: Store) -> None:
    read_early = person_of(store, register(store).persons[0])
    assert save(store, read_early, read_early.with_values(call_name="Aro")) == []
    moved = save(store, read_early, read_early.with_values(call_name="Armo"))
    assert moved == [Moved(kind="person", record=read_early.id, field="call_name")]
    assert _open(store) == [("call_name", "values")]
    with store.read() as conn:
        assert project.differences(conn) == []
        line = conn.exec_driver_sql("SELECT disputed FROM d_summary").scalar_one()
    assert line == 1


def test_two_forms_that_change_different_cells_do_not_meet(store: Store) -> None:
    read_early = person_of(store, register(store).persons[0])
    save(store, read_early, read_early.with_values(call_name="Aro"))
    assert save(store, read_early, read_early.with_values(language="Armeens")) == []
    assert _open(store) == []
    assert person_of(store, read_early.id).call_name == "Aro"


def test_an_ordinary_edit_closes_only_the_value_that_was_shown(store: Store) -> None:
    first = person_of(store, register(store).persons[0])
    save(store, first, first.with_values(call_name="Aro"))
    save(store, first, first.with_values(call_name="Armo"))
    shown = person_of(store, first.id)
    save(store, shown, shown.with_values(call_name="Armenak"))
    assert _open(store) == [("call_name", "values")]


def test_two_forms_that_write_the_same_value_agree(store: Store) -> None:
    first = person_of(store, register(store).persons[0])
    save(store, first, first.with_values(call_name="Aro"))
    save(store, first, first.with_values(call_name="Aro"))
    assert _open(store) == []


def test_removing_hides_nothing_that_the_remover_had_not_seen(store: Store) -> None:
    family = register(store)
    alias = Alias(id=new_id(), scope=family.persons[0], family_name="Hakobian")
    add(store, alias)
    save(store, alias, alias.with_values(source="paspoort"))
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    assert uow.moved == [Moved(kind="alias", record=alias.id, field="source")]
    assert _open(store) == [("_del", "deleted")]
    assert _count(store, "SELECT count(*) FROM r_alias") == 1


def test_a_save_after_a_removal_brings_the_record_back_and_says_so(store: Store) -> None:
    family = register(store)
    alias = Alias(id=new_id(), scope=family.persons[0], family_name="Hakobian")
    add(store, alias)
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    assert _count(store, "SELECT count(*) FROM r_alias") == 0
    moved = save(store, alias, alias.with_values(source="paspoort"))
    assert moved == [Moved(kind="alias", record=alias.id, field="_del")]
    assert _count(store, "SELECT count(*) FROM r_alias") == 1


def test_a_removed_record_can_come_back_under_its_id_without_an_open_difference(store: Store) -> None:
    family = register(store)
    alias = Alias(id=new_id(), scope=family.persons[0], family_name="Hakobian")
    add(store, alias)
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    add(store, alias.with_values(family_name="Hakobyan"))
    assert _open(store) == []
    with store.read() as conn:
        assert [row.family_name for row in read_where(conn, Alias, "id = ?", (alias.id,))] == ["Hakobyan"]
        assert project.differences(conn) == []


def test_a_record_that_is_here_is_not_added_again(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    with pytest.raises(ValueError, match="here already"):
        add(store, person)


def test_what_was_never_written_cannot_have_been_read(store: Store) -> None:
    stranger = Person(id=new_id(), scope=new_id())
    with pytest.raises(ValueError, match="never written"):
        save(store, stranger, stranger.with_values(call_name="Aro"))


def test_appended_records_are_neither_changed_nor_removed(store: Store) -> None:
    with store.read() as conn:
        scope = read_where(conn, Scope, "scope = ?", (PLACE,))[0]
    with pytest.raises(ValueError, match="never changed"):
        save(store, scope, scope.with_values(kind="person"))
    with pytest.raises(ValueError, match="never removed"), store.write(verbs.DELETED_VERB) as uow:
        uow.delete(scope)


@pytest.mark.parametrize(
    ("field", "value"), [("family_name", 7), ("birth_date_stated", "1"), ("birth_date_stated", 1.0)]
)
def test_a_value_that_does_not_fit_its_field_is_refused_whole(store: Store, field: str, value: Any) -> None:
    person = person_of(store, register(store).persons[0])
    before = _count(store, OPS)
    with pytest.raises(TypeError):
        save(store, person, person.with_values(**{field: value}))
    assert _count(store, OPS) == before


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
def test_nul_and_lone_surrogates_are_refused_whole(store: Store, value: str) -> None:
    person = person_of(store, register(store).persons[0])
    before = _count(store, OPS)
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of refusal belongs to canon
        save(store, person, person.with_values(call_name=value))
    assert _count(store, OPS) == before


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Müller",
        "Mu\u0308ller",
        "Ֆիրուզա",
        "قربانی",
        '’ " \\ { } \u2028',
        "🧳",
        "x" * 10_000,
        "regel\nregel\t",
    ],
)
def test_text_comes_back_as_it_went_in(store: Store, value: str) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name=value))
    assert person_of(store, person.id).call_name == value
    with store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == ()


@pytest.mark.parametrize("value", [0, 1, -1, 2**63 - 1, -(2**63)])
def test_whole_numbers_come_back_as_they_went_in(store: Store, value: int) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(birth_date_stated=value))
    assert person_of(store, person.id).birth_date_stated == value
    with store.read() as conn:
        assert project.differences(conn) == []


def test_numbers_beyond_64_bits_are_refused(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    with pytest.raises(OverflowError):
        save(store, person, person.with_values(birth_date_stated=2**63))


def test_empty_text_and_nothing_are_two_values(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name=""))
    empty = person_of(store, person.id)
    assert empty.call_name == ""
    save(store, empty, empty.with_values(call_name=None))
    assert person_of(store, person.id).call_name is None


def test_an_error_inside_an_action_leaves_nothing_behind(store: Store) -> None:
    before = _count(store, OPS)

    def power_fails() -> None:
        with store.write(verbs.FAMILY_REGISTERED) as uow:
            scope = uow.new_scope(ScopeKind.DOSSIER)
            uow.add(Dossier(id=scope, scope=scope, title="Half"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        power_fails()
    assert _count(store, OPS) == before
    assert _count(store, "SELECT open FROM j_guard") == 0


def test_listeners_hear_of_a_change_after_it_is_committed(store: Store) -> None:
    heard: list[tuple[Change, int]] = []
    store.listen(lambda change: heard.append((change, _count(store, "SELECT count(*) FROM r_dossier"))))
    family = register(store)
    change, dossiers_then = heard[0]
    assert dossiers_then == 1
    assert change.dossiers == {family.dossier}
    assert ("dossier", family.dossier, family.dossier) in change.records


def test_a_stream_of_another_compartment_does_not_say_what_was_done(store: Store) -> None:
    family = register(store)
    fact = DelicateFact(id=new_id(), scope=family.persons[0], body="verteld")
    person = person_of(store, family.persons[0])
    with store.write(verbs.MEMBER_ADDED) as uow:
        uow.add(fact)
        uow.save(person, person.with_values(call_name="Aro"))
        uow.save(None, PersonNumber(id=new_id(), scope=person.scope, value="123"))
    sql = (
        "SELECT s.compartment, a.verb, a.id FROM j_action a JOIN j_stream s ON s.no = a.stream"
        ' WHERE a."group" = (SELECT max(no) FROM l_group) ORDER BY s.compartment'
    )
    with store.read() as conn:
        rows = conn.exec_driver_sql(sql).all()
    assert [(row[0], row[1]) for row in rows] == [("asiel-straf", verbs.NEUTRAL), ("kern", verbs.NEUTRAL)]
    assert len({row[2] for row in rows}) == 2  # each stream has an action id of its own


def test_a_used_content_pack_is_kept_once_in_the_scope_of_the_location(store: Store) -> None:
    class Pack:
        name, hash, canonical = "basis", "ab" * 32, "de tekst"

    store.packs = {Pack.hash[:16]: Pack()}
    person = person_of(store, register(store).persons[0])
    for value in ("v", "m"):
        save(store, person, person.with_values(sex=f"{Pack.hash[:16]}:{value}"))
        person = person_of(store, person.id)
    with store.read() as conn:
        kept = read_where(conn, ContentPack, "1")
    assert [(pack.scope, pack.name, pack.hash, pack.body) for pack in kept] == [
        (PLACE, "basis", Pack.hash, "de tekst")
    ]


def test_a_stray_change_of_a_record_table_fails_loudly(store: Store) -> None:
    family = register(store)
    for sql in (
        "UPDATE r_person SET call_name = 'x'",
        "DELETE FROM r_dossier",
        "INSERT INTO r_alias(id, scope) VALUES('a', 'b')",
    ):
        with pytest.raises(Exception, match="through the journal only"), store.local() as conn:
            conn.exec_driver_sql(sql)
        with (
            pytest.raises(Exception, match="through the journal only"),
            store.write(verbs.MEMBER_CHANGED) as uow,
        ):
            uow.conn.exec_driver_sql(sql)
    with store.read() as conn:
        assert read(conn, Person, family.persons[0]) is not None
        assert conn.exec_driver_sql("SELECT open FROM j_guard").scalar_one() == 0


def test_a_record_is_inserted_once_in_an_action(store: Store) -> None:
    family = register(store)
    kind, person = kind_of(Alias), family.persons[0]
    op = inserting(kind, new_id(), person, ScopeKind.PERSON, {"family_name": "Voorbeeld"})
    assert list(op.cells) == list(kind.names)
    with pytest.raises(ValueError, match="inserted once"), store.write(verbs.MEMBER_CHANGED) as uow:
        uow.insert([op, op])
    with store.write(verbs.MEMBER_CHANGED) as uow:
        uow.insert([op])
    with store.read() as conn:
        alias = read(conn, Alias, op.record)
        assert alias is not None
        assert alias.family_name == "Voorbeeld"
