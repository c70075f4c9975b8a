"""The pairs are what their page says: 300 and 3,000, split by a fixed rule, readable, and plainly two records each."""

from app.domain.incomplete_date import IncompleteDate
from tests.matching import pair_set
from tests.matching.pair_set import FRESH, OPEN, SEALED, Made

MADE_PAIRS = "5e4cd6a07953f47a"


def test_three_hundred_pairs_split_in_half_by_their_ids() -> None:
    halves = [[pair.id for pair in pair_set.same(half)] for half in (OPEN, SEALED)]
    ids = sorted(halves[0] + halves[1])
    assert ids == [f"{number:03}" for number in range(1, 301)]
    assert sorted(halves[0]) == sorted(pair_set.opened(ids))


def test_three_thousand_different_pairs_the_same_each_time() -> None:
    pairs = pair_set.different(OPEN) + pair_set.different(SEALED)
    assert len(pairs) == 3000
    assert pair_set.fingerprint(pairs) == MADE_PAIRS


def test_every_record_has_a_name_and_a_readable_date_and_no_pair_is_one_record_twice() -> None:
    same = [pair for half in (OPEN, SEALED, FRESH) for pair in pair_set.same(half)]
    for pair in (*same, *pair_set.different(OPEN), *pair_set.different(SEALED)):
        assert pair.a != pair.b, pair
        for one in (pair.a, pair.b):
            assert named(one), pair
            IncompleteDate.from_text(one.birth)


def test_a_hundred_and_fifty_fresh_pairs() -> None:
    assert len({pair.id for pair in pair_set.same(FRESH)}) == len(pair_set.same(FRESH)) == 150


def named(one: Made) -> bool:
    return any((one.given, one.family, one.native_given, one.native_family))
