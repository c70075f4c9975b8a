"""JSON out of a package: what a sender who means harm could write is refused, and a quarter of a million lines are
read in seconds.

Refused are too long, too deep, a name twice, fractions, NaN and Infinity, whole numbers beyond 64 bits, NUL and lone
surrogates. The usual line meets only the decoder in C and a few counts; the slower looks are for lines that could
need them.
"""

import json
from typing import Any, Final, NoReturn

from app.exchange.problem import DangerousPackage, PackageTooLarge

DEEPEST: Final = 24
LONGEST_LINE: Final = 1 << 24
_SURE_DIGITS: Final = 18
_LEAST, _MOST = -(2**63), 2**63 - 1


class _RefusedError(Exception):
    """Raised inside the decoder."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError
    return found


def _whole(text: str) -> int:
    if len(text) > _SURE_DIGITS and (len(text) > 20 or not _LEAST <= int(text) <= _MOST):
        raise _RefusedError
    return int(text)


def _refuse(_text: str) -> NoReturn:
    raise _RefusedError


_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_refuse, parse_constant=_refuse
)
_typed_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse
)


def parse(data: bytes, *, longest: int, deepest: int = DEEPEST) -> object:
    """The value that is written in `data`. Raises PackageTooLarge (longer than `longest`) and DangerousPackage."""
    found = _decoded(_decoder, data, longest)
    if data.count(b"[") + data.count(b"{") > deepest and _deeper(found, deepest):
        raise DangerousPackage
    return found


def parse_typed(data: bytes, *, longest: int) -> object:
    """`parse` for who looks at the type of every value that is used, and at the size of every number: depth and
    numbers are left to them."""
    return _decoded(_typed_decoder, data, longest)


def _decoded(decoder: json.JSONDecoder, data: bytes, longest: int) -> object:
    if len(data) > longest:
        raise PackageTooLarge
    try:
        found: object = decoder.decode(data.decode("utf-8"))
    except (ValueError, RecursionError, _RefusedError) as error:
        raise DangerousPackage from error
    if b"\\u" in data and not _clean(found):
        raise DangerousPackage
    return found


def line(data: bytes) -> list[Any]:
    """A line of an ops member: a list."""
    found = parse(data, longest=LONGEST_LINE)
    if type(found) is not list:
        raise DangerousPackage
    return found


def lines_at_once(data: bytes) -> list[list[Any]] | None:
    """What `line` would say of each line of `data`, which ends with a line feed; None where one is not as our
    programs write it, or is wrong: then `line` is to be asked, so that each fault shows in its turn."""
    if b"\\u" in data:
        return None
    found: list[list[Any]] = []
    start, read = 0, _decoder.raw_decode
    try:
        text = data.decode("utf-8")
        while start < len(text):
            value, end = read(text, start)
            if (
                type(value) is not list
                or text[end] != "\n"
                or text.count("[", start, end) + text.count("{", start, end) > DEEPEST
            ):
                return None
            found.append(value)
            start = end + 1
    except (ValueError, RecursionError, IndexError, _RefusedError):
        return None
    return found if len(found) == data.count(b"\n") else None  # no value reached over the end of its line


def _inside(level: list[Any]) -> list[Any]:
    """What lies directly in the lists and objects of one level."""
    return [part for whole in level for part in (whole.values() if type(whole) is dict else whole)]


def _nested(level: list[Any]) -> list[Any]:
    return [part for part in level if type(part) is list or type(part) is dict]


def _deeper(found: object, deepest: int) -> bool:
    level = _nested([found])
    for _depth in range(deepest):
        level = _nested(_inside(level))
    return bool(level)


def _clean(found: object) -> bool:
    """Whether every text can be UTF-8 and has no NUL."""
    parts = [found]
    while parts:
        texts = [part for part in parts if type(part) is str]
        level = _nested(parts)
        texts += [name for part in level if type(part) is dict for name in part]
        joined = "".join(texts)
        if "\0" in joined or any("\ud800" <= sign <= "\udfff" for sign in joined):
            return False
        parts = _inside(level)
    return True
