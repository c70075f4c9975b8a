"""Numbers as one text: they behave as a tuple of them does, and come in the order that the statement says."""

import random

import pytest

from app.storage.plain_rows import Numbers, number_list, number_text, plain_column
from app.storage.store import Store

LOT = tuple(random.Random(5).sample(range(1, 10**9), 70))


def numbers(store: Store, wanted: tuple[int, ...]) -> Numbers:
    """These, by way of a statement."""
    values = " UNION ALL ".join(f"SELECT {number}" for number in wanted) or "SELECT 1 WHERE 0"
    with store.read() as conn:
        return Numbers(number_text(conn, values))


@pytest.mark.parametrize("count", [0, 1, 2, 70])
def test_numbers_in_one_text_are_as_a_tuple_of_them(store: Store, count: int) -> None:
    wanted = LOT[:count]
    found = numbers(store, wanted)
    assert (len(found), tuple(found), list(reversed(found))) == (count, wanted, list(reversed(wanted)))
    for cut in (slice(None), slice(1, 3), slice(-2, None), slice(64, 128), slice(None, None, 2)):
        assert tuple(found[cut]) == wanted[cut]
    assert [found[at] for at in range(-count, count)] == [*wanted, *wanted]
    assert [found.index(each) for each in wanted] == list(range(count))
    for beyond in (count, -count - 1):
        with pytest.raises(IndexError):
            found[beyond]
    for missing in (
        -1,
        0,
        10**11,
        10**12,
        *(each + 1 for each in wanted[:1]),
        *(each % 10**6 for each in wanted[:1]),
    ):
        with pytest.raises(ValueError, match="not among"):
            found.index(missing)


def test_a_number_is_looked_for_between_two_places(store: Store) -> None:
    wanted = LOT[:5]
    found = numbers(store, wanted)
    assert found.index(wanted[3], 1) == 3 and found.index(wanted[3], 3, 4) == 3
    for start, stop in ((4, 5), (0, 3), (0, -2)):
        with pytest.raises(ValueError, match="not among"):
            found.index(wanted[3], start, stop)


@pytest.mark.parametrize("by", ["value", "value DESC", "place", "place DESC, value", "value % 7, place DESC"])
def test_numbers_come_in_the_order_of_the_statement(store: Store, by: str) -> None:
    rng = random.Random(by)
    values = [(rng.randrange(500), place) for place in range(2_000)]
    with store.local() as conn:
        conn.exec_driver_sql("CREATE TEMP TABLE lot(value INTEGER, place INTEGER)")
        conn.exec_driver_sql("CREATE INDEX temp.ix_lot ON lot(value, place)")
        conn.exec_driver_sql("INSERT INTO lot VALUES(?, ?)", values)
        sql = f"SELECT place FROM lot WHERE value > ? ORDER BY {by}"
        wanted = plain_column(conn, sql, (20,))
        assert number_list(conn, sql, (20,)) == wanted == list(Numbers(number_text(conn, sql, (20,))))
        assert number_text(conn, "SELECT 1 WHERE 0") == "" and number_list(conn, "SELECT 1 WHERE 0") == []
        conn.exec_driver_sql("DROP TABLE temp.lot")
