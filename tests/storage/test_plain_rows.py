"""Ids as one text: they behave as a tuple of them does, and come in the order that the statement says."""

import random

import pytest

from app.domain.ident import ID_LENGTH, new_id
from app.storage.plain_rows import Ids, id_column, id_text, plain_column
from app.storage.store import Store


@pytest.mark.parametrize("count", [0, 1, 2, 70])
def test_ids_in_one_text_are_as_a_tuple_of_them(count: int) -> None:
    wanted = tuple(new_id() for _one in range(count))
    ids = Ids(" ".join(wanted))
    assert (len(ids), tuple(ids), list(reversed(ids))) == (count, wanted, list(reversed(wanted)))
    for cut in (slice(None), slice(1, 3), slice(-2, None), slice(64, 128), slice(None, None, 2)):
        assert tuple(ids[cut]) == wanted[cut]
    assert [ids[at] for at in range(-count, count)] == [*wanted, *wanted]
    assert [ids.index(each) for each in wanted] == list(range(count))
    for beyond in (count, -count - 1):
        with pytest.raises(IndexError):
            ids[beyond]
    for missing in ("", new_id(), " ", *(each[1:] for each in wanted[:1])):
        with pytest.raises(ValueError, match="not in"):
            ids.index(missing)
    assert len(new_id()) == ID_LENGTH


def test_an_id_is_looked_for_between_two_places() -> None:
    wanted = tuple(new_id() for _one in range(5))
    ids = Ids(" ".join(wanted))
    assert ids.index(wanted[3], 1) == 3 and ids.index(wanted[3], 3, 4) == 3
    for start, stop in ((4, 5), (0, 3), (0, -2)):
        with pytest.raises(ValueError, match="not in"):
            ids.index(wanted[3], start, stop)


@pytest.mark.parametrize("by", ["value", "value DESC", "place", "place DESC, value", "value % 7, place DESC"])
def test_ids_come_in_the_order_of_the_statement(store: Store, by: str) -> None:
    rng = random.Random(by)
    values = [(rng.randrange(500), place) for place in range(2_000)]
    with store.local() as conn:
        conn.exec_driver_sql("CREATE TEMP TABLE lot(value INTEGER, place INTEGER)")
        conn.exec_driver_sql("CREATE INDEX temp.ix_lot ON lot(value, place)")
        conn.exec_driver_sql("INSERT INTO lot VALUES(?, ?)", values)
        sql = f"SELECT 'a' || place FROM lot WHERE value > ? ORDER BY {by}"
        assert id_column(conn, sql, (20,)) == plain_column(conn, sql, (20,))
        assert id_text(conn, "SELECT 'a' WHERE 0") == "" and id_column(conn, "SELECT NULL") == []
        conn.exec_driver_sql("DROP TABLE temp.lot")
