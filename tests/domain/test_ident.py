"""Ids sort in the order in which they were made."""

from app.domain.ident import is_id, new_id


def test_ids_of_one_program_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _count in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(is_id(each) and each[12] == "7" and each[16] in "89ab" for each in made)


def test_a_moment_given_stands_at_the_beginning_of_the_id() -> None:
    assert new_id(1_700_000_000_000)[:12] == f"{1_700_000_000_000:012x}"
