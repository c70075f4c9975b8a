"""Who may write a scope: reached from its makers, over who let whom in, and from a device to its heir."""

import json

import pytest

from app.domain.ident import new_id
from app.storage.access import closure, may_write
from app.storage.store import Store

IMPORT = 7


def test_only_who_is_reached_from_a_maker_may_write() -> None:
    given = [("anna", "bram"), ("bram", "carla"), ("dora", "emil")]
    assert closure(["anna"], given, {}) == {"anna", "bram", "carla"}
    assert closure([], given, {}) == set()


def test_an_heir_may_write_what_its_old_device_might_and_lets_others_in() -> None:
    heirs = {"bram-2": "bram", "bram-3": "bram-2", "dora-2": "dora"}
    reached = closure(["anna"], [("anna", "bram"), ("bram-3", "carla")], heirs)
    assert reached == {"anna", "bram", "bram-2", "bram-3", "carla"}


def claim(store: Store, author: str, made_by: str, scope: str, arrival: int | None) -> None:
    """A `scope` record of `author` that says who made it, as it lies in the journal."""
    with store.local() as conn:
        device = conn.exec_driver_sql(
            "INSERT INTO j_device(id) VALUES(?) RETURNING no", (author,)
        ).scalar_one()
        stream = conn.exec_driver_sql(
            "INSERT INTO j_stream(scope, compartment, device, seq, tip) VALUES(?, 'kern', ?, 1, x'00') RETURNING no",
            (scope, device),
        ).scalar_one()
        kind = conn.exec_driver_sql("SELECT no FROM j_kind WHERE name = 'scope'").scalar()
        if kind is None:
            kind = conn.exec_driver_sql("INSERT INTO j_kind(name) VALUES('scope') RETURNING no").scalar_one()
        conn.exec_driver_sql(
            "INSERT INTO j_op(stream, seq, action, kind, rec, cells, arrival) VALUES(?, 1, 0, ?, x'00', ?, ?)",
            (stream, kind, json.dumps({"made_by": made_by}), arrival),
        )


@pytest.mark.parametrize("arrival", [None, IMPORT])
def test_who_names_another_as_maker_lets_nobody_in(store: Store, arrival: int | None) -> None:
    """Of a scope that is new here: neither the writer, nor who was named, may write it."""
    scope = new_id()
    claim(store, "dora", "anna", scope, arrival)
    with store.read() as conn:
        assert may_write(conn, [scope], coming=IMPORT) == {scope: frozenset()}


def test_a_file_brings_no_second_maker_of_what_has_one_here(store: Store) -> None:
    scope = new_id()
    claim(store, "anna", "anna", scope, None)
    claim(store, "dora", "dora", scope, IMPORT)
    with store.read() as conn:
        assert may_write(conn, [scope], coming=IMPORT) == {scope: {"anna"}}
