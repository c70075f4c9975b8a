"""The oracle of the state machines can be wrong too: what it says in cases that a person can follow."""

from collections.abc import Iterable, Mapping

import pytest

from app.domain.op import DELETED
from app.domain.record import Value
from tests.support.exchange_oracle import Coming, Deed, Mind, Step, is_gone, live, sight, undone_rightly

NAME, SOURCE = "family_name", "source"
FIELDS = (NAME, SOURCE)


def deed(cells: Mapping[str, Value], *seen: Deed, by: str = "a", record: str = "r") -> Deed:
    """A deed whose writer had seen these on each cell that it wrote."""
    return Deed(record, "alias", cells, dict.fromkeys(cells, frozenset(seen)), by)


def values(knows: Iterable[Deed], name: str) -> set[Value]:
    """What stands in a cell."""
    return {one.cells[name] for one in live(knows, "r", name)}


FIRST = deed({NAME: "eerst", SOURCE: "bron"})
OURS, THEIRS = deed({NAME: "wij"}, FIRST), deed({NAME: "zij"}, FIRST, by="b")


def test_who_saw_a_value_replaces_it_and_nobody_else_does() -> None:
    assert values({FIRST, OURS}, NAME) == {"wij"}
    assert values({FIRST, OURS, THEIRS}, NAME) == {"wij", "zij"}
    assert values({FIRST, OURS, THEIRS}, SOURCE) == {"bron"}


def test_a_removal_hides_what_it_had_seen_only() -> None:
    removal = deed({DELETED: 1}, FIRST)
    assert is_gone({FIRST, removal}, "r", FIELDS)
    assert not is_gone({FIRST, removal, THEIRS}, "r", FIELDS)
    half = sight({FIRST, removal, THEIRS}, "r", "alias")
    assert half.there and half.removal and half.values[NAME] == {"zij"}


def test_undoing_that_does_not_lead_back_is_seen() -> None:
    step, before = Step(frozenset({OURS}), frozenset({FIRST})), {FIRST, OURS}
    undone_rightly(step, (), before, before | {deed({NAME: "eerst"}, OURS)})
    for wrong in (before, before | {deed({NAME: "iets"}, OURS)}, before | {deed({DELETED: 1}, FIRST, OURS)}):
        with pytest.raises(AssertionError):
            undone_rightly(step, (), before, wrong)


def test_undoing_leaves_what_others_wrote_since() -> None:
    step, before = Step(frozenset({OURS}), frozenset({FIRST})), {FIRST, OURS, THEIRS}
    undone_rightly(step, {THEIRS}, before, before)
    with pytest.raises(AssertionError):
        undone_rightly(step, {THEIRS}, before, before | {deed({NAME: "eerst"}, OURS, THEIRS)})


def test_undoing_what_others_wrote_in_leaves_it_whole() -> None:
    step, before = Step(frozenset({FIRST}), frozenset()), {FIRST, THEIRS}
    with pytest.raises(AssertionError):
        undone_rightly(step, {THEIRS}, before, before | {deed({DELETED: 1}, FIRST, THEIRS)})


def taken(mind: Mind, *gained: Deed) -> Coming:
    """A file that came in with these."""
    made = Coming(len(mind.taken) + 1, frozenset(gained), {}, len(mind.wrote), mind.told)
    mind.knows |= made.gained
    mind.taken.append(made)
    return made


def test_a_file_stays_under_what_was_written_and_under_a_later_one() -> None:
    mind = Mind()
    first = taken(mind, FIRST)
    assert mind.may_leave(first) and not mind.must_stay(first)
    later = taken(mind, deed({NAME: "meer"}, FIRST))
    assert mind.must_stay(first) and not mind.may_leave(first) and mind.may_leave(later)
    later.back = True
    assert mind.must_stay(later) and not mind.must_stay(first)
    mind.did(OURS)
    assert mind.must_stay(first)


def test_a_file_may_go_from_under_what_was_written_elsewhere() -> None:
    mind = Mind()
    first = taken(mind, FIRST)
    mind.did(Deed("t", "talk", {"goal": "gesprek"}, {}, "c"))
    assert not mind.must_stay(first) and not mind.may_leave(first)


def test_a_backup_knows_nothing_of_what_came_after() -> None:
    mind = Mind()
    first = taken(mind, FIRST)
    kept = mind.copy()
    first.back = True
    mind.did(OURS)
    assert kept.knows == {FIRST} and not kept.taken[0].back and not kept.done
