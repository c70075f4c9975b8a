"""Canonical bytes: what is hashed is one thing only, so that two programs agree and nothing can be read two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import canon
from app.domain.record import Value

SEED = bytes(range(16))
VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)


def test_nothing_empty_text_and_zero_are_three_things() -> None:
    assert len({canon.value_bytes(value) for value in (None, "", 0, "0")}) == 4


def test_text_is_never_normalised() -> None:
    assert canon.value_bytes("é") != canon.value_bytes("e\u0301")


def test_the_ends_of_64_bits_fit_and_the_next_number_does_not() -> None:
    assert canon.value_bytes(2**63 - 1) == b"I\0\0\0\x08" + b"\x7f" + b"\xff" * 7
    assert canon.value_bytes(-(2**63)) == b"I\0\0\0\x08" + b"\x80" + bytes(7)
    for value in (2**63, -(2**63) - 1):
        with pytest.raises(OverflowError):
            canon.value_bytes(value)


@pytest.mark.parametrize("value", ["a\0", "\ud800", "x\udfff"])
def test_nul_and_lone_surrogates_are_refused(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - two kinds of ValueError, one meaning
        canon.value_bytes(value)


@pytest.mark.parametrize("value", [1.0, b"x", True, ["a"]])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canon.value_bytes(value)  # type: ignore[arg-type]


@given(VALUES, VALUES)
def test_two_values_have_the_same_bytes_only_if_they_are_the_same(
    one: str | int | None, two: str | int | None
) -> None:
    same = type(one) is type(two) and one == two
    assert (canon.value_bytes(one) == canon.value_bytes(two)) is same


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_rows_of_values_cannot_be_cut_in_two_ways(
    one: list[str | int | None], two: list[str | int | None]
) -> None:
    joined = [b"".join(canon.value_bytes(value) for value in row) for row in (one, two)]
    assert (joined[0] == joined[1]) is (repr(one) == repr(two))


def test_a_commitment_hides_equal_values_of_two_fields_and_two_ops() -> None:
    cells = canon.commitments(SEED, {"a": "x", "b": "x"})
    other = canon.commitments(bytes(16), {"a": "x"})
    assert len({*cells.values(), *other.values()}) == 3


@given(
    st.binary(max_size=100),
    st.dictionaries(st.text(max_size=8), st.none() | st.integers(-(2**63), 2**63 - 1), max_size=4),
)
def test_commitments_in_bulk_are_those_of_each_field(seed: bytes, cells: dict[str, int | None]) -> None:
    each = {name: canon.commitment(canon.field_salt(seed, name), value) for name, value in cells.items()}
    assert canon.commitments(seed, cells) == each


@given(
    st.binary(max_size=100),
    st.dictionaries(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
        st.none() | st.integers(-(2**63), 2**63 - 1) | st.sampled_from(["", "Voorbeeld", "é"]),
        max_size=6,
    ),
)
def test_an_op_bound_in_one_go_has_the_link_of_its_commitments(seed: bytes, cells: dict[str, Value]) -> None:
    start = canon.stream_start("s", "kern", "d")
    assert canon.bound(start, b"m", seed, tuple(cells), tuple(cells.values())) == canon.link(
        start, b"m", canon.commitments(seed, cells)
    )


def test_the_tip_of_a_stretch_is_the_link_of_its_last_op() -> None:
    start, other = canon.stream_start("s", "kern", "d"), canon.stream_start("t", "kern", "d")
    parents = {"name": [("d", 3)]}
    ops: list[canon.BareOp] = [
        ("person", "a" * 32, {}, SEED, ("name", "born"), ("Voorbeeld", None)),
        ("alias", "b" * 32, parents, bytes(16), ("name",), (7,)),
    ]
    head = canon.action_bytes(action=SEED, verb="v", officer="o", hlc=9)
    one = canon.link(
        start,
        canon.op_bytes(6, head, "person", "a" * 32, {}),
        canon.commitments(SEED, {"name": "Voorbeeld", "born": None}),
    )
    two = canon.link(
        one, canon.op_bytes(7, head, "alias", "b" * 32, parents), canon.commitments(bytes(16), {"name": 7})
    )
    assert canon.tips([(start, 5, head, ops), (other, 1, head, []), (start, 5, head, ops[:1])]) == [
        two,
        other,
        one,
    ]


def test_the_salt_of_one_field_opens_no_other() -> None:
    assert canon.field_salt(SEED, "a") != canon.field_salt(SEED, "b")
    assert len(canon.field_salt(SEED, "a")) == canon.SEED_BYTES


def test_a_link_depends_on_everything_it_covers() -> None:
    committed = canon.commitments(SEED, {"a": "x"})
    start = canon.stream_start("s", "kern", "d")
    links = {
        canon.link(start, b"m", committed),
        canon.link(canon.stream_start("s", "kern", "e"), b"m", committed),
        canon.link(start, b"n", committed),
        canon.link(start, b"m", {"b": committed["a"]}),
        canon.link(start, b"m", canon.commitments(SEED, {"a": "y"})),
    }
    assert len(links) == 5


def test_names_of_a_stream_cannot_slide_into_each_other() -> None:
    assert canon.stream_start("ab", "c", "d") != canon.stream_start("a", "bc", "d")
    assert canon.tip_message("ab", "c", "d", 1, bytes(32)) != canon.tip_message("a", "bc", "d", 1, bytes(32))
