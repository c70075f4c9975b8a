"""One declaration: tables, lock and migrations say the same, and names that were given are kept."""

from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import REAL, Float, Numeric

from app.domain.record import Compartment, kinds
from app.storage import schema, schema_lock
from app.storage.store import Store
from app.storage.tables import RECORD_TABLES, metadata


def _lock(**changes: object) -> tuple[schema_lock.LockedKind, ...]:
    """The lock with its first kind changed."""
    locked = schema_lock.read()
    return (replace(locked[0], **changes), *locked[1:])  # type: ignore[arg-type]


def test_the_lock_knows_every_declaration() -> None:
    assert schema_lock.grown(schema_lock.read(), 99) == schema_lock.read()


def test_the_lock_file_is_written_the_one_way() -> None:
    assert schema_lock.text(schema_lock.read()) == schema_lock.PATH.read_text(encoding="utf-8")


def test_the_plan_names_every_compartment_before_it_is_built() -> None:
    assert {kind.compartment for kind in schema_lock.read()} == {str(one) for one in Compartment}


def test_a_kind_never_changes_its_compartment() -> None:
    with pytest.raises(ValueError, match="compartment"):
        schema_lock.grown(_lock(compartment="eigen"), 2)


def test_a_kind_never_changes_its_scope() -> None:
    with pytest.raises(ValueError, match="scope"):
        schema_lock.grown(_lock(scopes=("nowhere",)), 2)


def test_a_field_that_was_locked_is_not_taken_away() -> None:
    first = schema_lock.read()[0]
    more = (*first.fields, schema_lock.LockedField(name="old_field", type="text", since=1))
    with pytest.raises(ValueError, match="at the end"):
        schema_lock.grown(_lock(fields=more), 2)


def test_fields_are_not_put_in_another_order() -> None:
    first = schema_lock.read()[0]
    with pytest.raises(ValueError, match="at the end"):
        schema_lock.grown(_lock(fields=first.fields[::-1]), 2)


def test_a_kind_that_was_locked_is_not_taken_away() -> None:
    gone = replace(schema_lock.read()[0], name="old_kind")
    with pytest.raises(ValueError, match="no longer declared"):
        schema_lock.grown((*schema_lock.read(), gone), 2)


def test_new_fields_and_kinds_are_marked_with_the_schema_that_brought_them() -> None:
    first = schema_lock.read()[0]
    shorter = _lock(fields=first.fields[:-1])
    grown = schema_lock.grown(shorter[:1], 7)
    assert grown[0].fields[-1].since == 7 and grown[0].fields[0].since == 1
    assert grown[1].since == 7


def test_an_upgraded_empty_database_has_exactly_the_declared_tables(store: Store) -> None:
    ignored = {"alembic_version"}

    def ours(obj: object, name: str | None, type_: str, reflected: bool, other: object) -> bool:
        return (
            not (type_ == "table" and reflected and str(name).startswith("d_search_")) and name not in ignored
        )

    with store.read() as conn:
        context = MigrationContext.configure(conn, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert schema.version(conn) == schema.SCHEMA
        stored = {name for (name,) in conn.exec_driver_sql("SELECT name FROM j_kind")}
    assert stored == {kind.name for kind in kinds()}


def test_record_tables_hold_no_real_numbers_and_demand_nothing(store: Store) -> None:
    for table in RECORD_TABLES.values():
        assert not table.foreign_keys
        for column in table.columns:
            assert not isinstance(column.type, (REAL, Float, Numeric))
            assert column.nullable or column.primary_key


def test_every_record_table_has_its_guard(store: Store) -> None:
    with store.read() as conn:
        triggers = {
            name for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        }
    for kind in kinds():
        assert {f"g_r_{kind.name}_{verb}" for verb in ("insert", "update", "delete")} <= triggers
