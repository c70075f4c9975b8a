"""JSON out of a package: what can be meant in one way only is read, the rest is refused."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.problem import DangerousPackage, PackageTooLarge
from app.exchange.strict_json import DEEPEST, line, lines_at_once, parse

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
whole = st.integers(-(2**63), 2**63 - 1)
value = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(text, inside, max_size=5),
    max_leaves=25,
)


def nested(depth: int, opening: str = "[", closing: str = "]") -> bytes:
    return (opening * depth + closing * depth).encode()


@given(value, st.booleans(), st.booleans())
def test_what_json_can_say_is_read(wanted: object, compact: bool, ascii_only: bool) -> None:
    separators = (",", ":") if compact else (", ", " : ")
    data = json.dumps(wanted, separators=separators, ensure_ascii=ascii_only).encode()
    try:
        assert parse(data, longest=len(data)) == wanted
    except DangerousPackage:
        assert depth_of(wanted) > DEEPEST


def depth_of(found: object) -> int:
    if isinstance(found, dict):
        return 1 + max(map(depth_of, found.values()), default=0)
    return 1 + max(map(depth_of, found), default=0) if isinstance(found, list) else 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[1",
        b"[1]x",
        b"[1][2]",
        b"\xef\xbb\xbf[1]",
        b"[1,]",
        b"['a']",
        b"[01]",
        b"[NaN]",
        b"[Infinity]",
        b"[-Infinity]",
        b"[1.0]",
        b"[1e3]",
        b"[-0.0]",
        b"[9223372036854775808]",
        b"[-9223372036854775809]",
        b"[" + b"9" * 5000 + b"]",
        b"[-" + b"9" * 19 + b"]",
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":1}',
        b'[{"a":{"b":1,"b":2}}]',
        b'["\\u0000"]',
        b'["a\0b"]',
        b'["a\nb"]',
        b'["\\ud800"]',
        b'["\\udc00\\ud800"]',
        b'{"\\ud800":1}',
        b'{"\\u0000":1}',
        b'[[{"a":["\\uDFFF"]}]]',
        b'["\xff"]',
        b'["\xed\xa0\x80"]',
        "[1]".encode("utf-16"),
        nested(DEEPEST + 1),
        nested(10_000),
        nested(100_000),
        nested(10_000, '{"a":[', "]}"),
        b"[" * 10_000,
    ],
    ids=lambda data: repr(data[:24]),
)
def test_the_rest_is_refused(data: bytes) -> None:
    with pytest.raises(DangerousPackage):
        parse(data, longest=1 << 20)


@pytest.mark.parametrize(
    "wanted",
    [
        [2**63 - 1, -(2**63), 0, 123456789012345678],
        ["😀", "é", "e\u0301", '"a":', "\x01", "\x7f"],
        {"a": {"a": {"a": 1}}},
        [[]] * 500,
        ["[" * 500],
    ],
)
def test_what_only_looks_wrong_is_read(wanted: object) -> None:
    for ascii_only in (True, False):
        assert parse(json.dumps(wanted, ensure_ascii=ascii_only).encode(), longest=10_000) == wanted


def test_as_deep_as_may_be() -> None:
    assert parse(nested(DEEPEST), longest=100)
    assert parse(nested(3), longest=100, deepest=3)
    with pytest.raises(DangerousPackage):
        parse(nested(4), longest=100, deepest=3)


def test_too_long_is_not_even_looked_at() -> None:
    data = b'"' + b"x" * 100_000_000 + b'"'
    started = time.perf_counter()
    with pytest.raises(PackageTooLarge):
        parse(data, longest=1 << 23)
    with pytest.raises(PackageTooLarge):
        line(data)
    assert time.perf_counter() - started < 0.05


def test_a_line_is_a_list() -> None:
    assert line(b'["a",1]') == ["a", 1]
    for data in (b"{}", b"1", b'"a"', b"null"):
        with pytest.raises(DangerousPackage):
            line(data)


def test_a_quarter_of_a_million_lines_take_seconds() -> None:
    row: list[Any] = ["person", "0" * 32, 12, "1" * 32]
    row += [{"family_name": "Voorbeeld", "height_cm": 171}, {"family_name": [[0, 1]], "height_cm": [[1, 2]]}]
    data = json.dumps(row).encode()
    started = time.perf_counter()
    for _line in range(50_000):
        line(data)
    assert time.perf_counter() - started < 1  # 0.2 s on a quiet machine


GOOD = b'["stay","01",null,{"body":"x"}]\n'


@pytest.mark.parametrize("count", [1, 3])
def test_many_lines_at_once_say_what_each_says(count: int) -> None:
    found = lines_at_once(GOOD * count)
    assert found == [line(GOOD)] * count


@pytest.mark.parametrize(
    "wrong",
    [
        b"[1,\n2]\n",
        b"[1],[2\n3]\n",
        b"[1] [2]\n",
        b" [1]\n",
        b"[1] \n",
        b"\n",
        b"1\n",
        b'{"a":1}\n',
        b'[{"a":1,"a":2}]\n',
        b"[1.5]\n",
        b"[1e3]\n",
        b"[NaN]\n",
        b"[9223372036854775808]\n",
        b'["\\u0000"]\n',
        b'["\\ud800"]\n',
        b'["\xff"]\n',
        b"[" * 30 + b"]" * 30 + b"\n",
        b"[" * 100_000 + b"\n",
        b"[1",
    ],
)
@pytest.mark.parametrize(("before", "after"), [(b"", b""), (GOOD, GOOD)])
def test_a_line_that_is_not_as_we_write_it_is_left_to_the_slow_look(
    wrong: bytes, before: bytes, after: bytes
) -> None:
    assert lines_at_once(before + wrong + after) is None
