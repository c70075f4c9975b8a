"""What was exchanged with whom: the same is noted whether few or many pairs are read and written at once."""

from itertools import product

import pytest

from app.storage import knowledge
from app.storage.store import Store

FIRST = tuple(product(("scope-1", "scope-2"), ("kern", "werkwijze")))


@pytest.mark.parametrize("at_once", [1, 1_000])
@pytest.mark.parametrize(
    "again", [FIRST, FIRST[:1], FIRST[1:3], (*FIRST, ("scope-3", "kern"))], ids=["all", "one", "some", "more"]
)
def test_what_goes_again_has_the_number_of_its_last_file(
    store: Store, again: tuple[tuple[str, str], ...], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "AT_ONCE", at_once)
    with store.local() as conn:
        knowledge.share(conn, ["a", "b"], FIRST, sent=1)
        knowledge.share(conn, ["a"], again, sent=2)
        knowledge.share(conn, ["b"], again)  # a file of theirs came in
        rows = conn.exec_driver_sql("SELECT peer, scope, compartment, sent FROM l_shared")
        found = {(row[0], row[1:3]): row[3] for row in map(tuple, rows)}
    wanted: dict[tuple[str, tuple[str, str]], int | None] = {}
    wanted.update({("a", pair): 1 for pair in FIRST})
    wanted.update({("a", pair): 2 for pair in again})
    wanted.update({("b", pair): None for pair in again})
    wanted.update({("b", pair): 1 for pair in FIRST})
    assert found == wanted
