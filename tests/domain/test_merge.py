"""Merging: the rules by which changes of several writers come together, one test each."""

from collections.abc import Mapping
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.merge import RecordState, state_of
from app.domain.op import DELETED, Dot, Op
from app.domain.record import Value

ANNE, BO, CARO = 1, 2, 3  # three laptops, by the number of their stream


def op(
    stream: int,
    seq: int,
    cells: Mapping[str, Value],
    parents: Mapping[str, tuple[Dot, ...]] | None = None,
    *,
    hlc: int | None = None,
    redacted: frozenset[str] = frozenset(),
) -> Op:
    """An op of a record with the fields `name` and `place`; its clock follows its number unless given."""
    return Op(
        dot=Dot(stream, seq),
        action=stream * 100 + seq,
        hlc=seq if hlc is None else hlc,
        device=f"device{stream}",
        kind="person",
        record="r",
        scope="s",
        cells=cells,
        parents=parents or {},
        redacted=redacted,
    )


BORN = op(ANNE, 1, {"name": "Vo", "place": None})


def change(stream: int, seq: int, name: Value, *seen: Dot, **more: Any) -> Op:
    """A new value for `name` by somebody who had the values of `seen` on screen."""
    return op(stream, seq, {"name": name}, {"name": seen}, **more)


def remove(stream: int, seq: int, *seen: Dot) -> Op:
    """A removal by somebody who had seen these."""
    return op(stream, seq, {DELETED: 1}, {DELETED: seen})


def values(state: RecordState, field: str = "name") -> set[Value]:
    """What is live in a cell."""
    return {head.value for head in state.heads[field]}


def test_an_edit_replaces_the_value_its_writer_saw() -> None:
    state = state_of([BORN, change(BO, 2, "Võ", BORN.dot)])
    assert values(state) == {"Võ"} and not state.disputed


def test_two_edits_that_did_not_see_each_other_both_stand() -> None:
    state = state_of([BORN, change(ANNE, 2, "Võ", BORN.dot), change(BO, 2, "Wo", BORN.dot)])
    assert values(state) == {"Võ", "Wo"} and state.disputed == {"name"}


def test_the_clock_only_chooses_what_is_shown_first() -> None:
    for early, late in ((5, 9), (9, 5)):
        state = state_of(
            [BORN, change(ANNE, 2, "Võ", BORN.dot, hlc=early), change(BO, 2, "Wo", BORN.dot, hlc=late)]
        )
        assert values(state) == {"Võ", "Wo"}
        assert state.shown()["name"] == ("Wo" if late > early else "Võ")


def test_equal_values_are_no_difference() -> None:
    state = state_of([BORN, change(ANNE, 2, "Võ", BORN.dot), change(BO, 2, "Võ", BORN.dot)])
    assert not state.disputed


def test_the_number_one_and_the_text_one_differ() -> None:
    assert state_of([BORN, change(ANNE, 2, 1, BORN.dot), change(BO, 2, "1", BORN.dot)]).disputed == {"name"}


def test_an_ordinary_edit_closes_only_the_value_that_was_shown() -> None:
    one, two = change(ANNE, 2, "Võ", BORN.dot), change(BO, 2, "Wo", BORN.dot)
    state = state_of([BORN, one, two, change(CARO, 3, "Vô", two.dot)])
    assert values(state) == {"Võ", "Vô"} and state.disputed == {"name"}


def test_resolving_names_all_and_closes_all() -> None:
    one, two = change(ANNE, 2, "Võ", BORN.dot), change(BO, 2, "Wo", BORN.dot)
    state = state_of([BORN, one, two, change(CARO, 3, "Vô", one.dot, two.dot)])
    assert values(state) == {"Vô"} and not state.disputed


def test_a_removal_that_saw_everything_hides_the_record() -> None:
    state = state_of([BORN, remove(BO, 2, BORN.dot)])
    assert state.gone and not state.deleted_while_edited


def test_an_unseen_removal_never_hides_an_edit() -> None:
    state = state_of([BORN, remove(BO, 2, BORN.dot), change(ANNE, 2, "Võ", BORN.dot)])
    assert not state.gone and state.deleted_while_edited and values(state) == {"Võ"}


def test_deciding_to_keep_a_record_holds_against_removals_it_saw() -> None:
    removal = remove(BO, 2, BORN.dot)
    edit = change(ANNE, 2, "Võ", BORN.dot)
    keep = op(CARO, 3, {DELETED: 0}, {DELETED: (removal.dot,)})
    state = state_of([BORN, removal, edit, keep])
    assert not state.gone and not state.deleted_while_edited


def test_a_removal_that_has_not_seen_the_keeping_does_not_win_from_it() -> None:
    removal = remove(BO, 2, BORN.dot)
    keep = op(CARO, 3, {DELETED: 0}, {DELETED: (removal.dot,)})
    state = state_of([BORN, removal, keep, remove(ANNE, 4, BORN.dot)])
    assert not state.gone and state.deleted_while_edited


def test_a_removal_that_has_seen_the_keeping_wins() -> None:
    removal = remove(BO, 2, BORN.dot)
    keep = op(CARO, 3, {DELETED: 0}, {DELETED: (removal.dot,)})
    assert state_of([BORN, removal, keep, remove(ANNE, 4, BORN.dot, keep.dot)]).gone


def test_a_record_that_comes_back_keeps_an_edit_it_did_not_know() -> None:
    removal = remove(BO, 2, BORN.dot)
    again = op(
        BO,
        3,
        {"name": "Vo", "place": "Emmen", DELETED: 0},
        {"name": (BORN.dot,), "place": (BORN.dot,), DELETED: (removal.dot,)},
    )
    state = state_of([BORN, removal, again, change(ANNE, 2, "Võ", BORN.dot)])
    assert values(state) == {"Vo", "Võ"} and not state.gone and not state.deleted_while_edited


def test_a_value_that_was_taken_out_equals_nothing_but_itself() -> None:
    one = change(ANNE, 2, None, BORN.dot, redacted=frozenset({"name"}))
    state = state_of([BORN, one, change(BO, 2, None, BORN.dot)])
    assert state.disputed == {"name"}


def test_every_op_replaced_by_another_leaves_nothing_and_does_not_fail() -> None:
    ring = [change(ANNE, 1, "a", Dot(BO, 1)), change(BO, 1, "b", Dot(ANNE, 1))]
    assert state_of(ring).shown() == {}


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """Ops of three laptops; each saw any part of what was written before it, as after any exchange of files."""
    ops = [BORN]
    numbers = {ANNE: 1, BO: 0, CARO: 0}
    for _ in range(draw(st.integers(0, 7))):
        stream = draw(st.sampled_from([ANNE, BO, CARO]))
        numbers[stream] += 1
        known = draw(st.lists(st.sampled_from(ops), unique_by=lambda other: other.dot))
        before = state_of(known) if known else state_of([BORN])
        hlc = draw(st.integers(0, 20))
        if draw(st.booleans()):
            seen = tuple(head.dot for head in before.heads.get("name", ()))[-draw(st.integers(1, 2)) :]
            ops.append(change(stream, numbers[stream], draw(st.sampled_from("abc")), *seen, hlc=hlc))
        elif draw(st.booleans()):
            ops.append(remove(stream, numbers[stream], *before.live_dots()))
        else:
            dots = tuple(head.dot for head in before.deletes)
            ops.append(op(stream, numbers[stream], {DELETED: 0}, {DELETED: dots}, hlc=hlc))
    return ops


@given(histories(), st.randoms())
def test_order_and_repetition_do_not_matter(ops: list[Op], chance: Any) -> None:
    wanted = state_of(ops)
    shuffled = ops + chance.sample(ops, k=len(ops) // 2)
    chance.shuffle(shuffled)
    assert state_of(shuffled) == wanted


@given(histories())
def test_every_value_is_live_or_was_replaced_by_somebody_who_saw_it(ops: list[Op]) -> None:
    state = state_of(ops)
    for one in ops:
        for field in one.cells:
            live = state.deletes if field == DELETED else state.heads[field]
            seen = any(one.dot in other.parents.get(field, ()) for other in ops)
            assert seen != any(head.dot == one.dot for head in live)


@given(histories())
def test_a_record_is_gone_only_if_a_live_removal_saw_everything_that_stands(ops: list[Op]) -> None:
    state = state_of(ops)
    if state.gone:
        live = {head.dot for head in state.deletes if head.value}
        seen = {dot for other in ops if other.dot in live for dot in other.parents.get(DELETED, ())}
        assert {head.dot for row in state.heads.values() for head in row} <= seen


def test_all_orders_of_a_small_quarrel_give_the_same() -> None:
    one, two = change(ANNE, 2, "Võ", BORN.dot), change(BO, 2, "Wo", BORN.dot)
    quarrel = [BORN, one, two, remove(CARO, 3, one.dot, BORN.dot)]
    assert len({repr(state_of(order)) for order in permutations(quarrel)}) == 1
