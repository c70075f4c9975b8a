"""Walks through a large JSON object, member by member and item by item, with a bounded piece of it in memory.

`json.load` would hold a file of hundreds of megabytes several times over, and a hostile one as well. Here a
single value may take no more than `MOST_CHARACTERS`, and nesting that is too deep ends in a plain problem.
"""

import json
from collections.abc import Iterator
from io import TextIOBase
from typing import Any, Final, NoReturn

from app.domain.errors import KnownProblem
from app.domain.words import N_

PIECE: Final = 1 << 20
MOST_CHARACTERS: Final = 1 << 23
MOST_SHOWN: Final = 60
LONGEST_SIGN: Final = 16  # longer than any escape or literal that the end of a piece can cut in two
_SPACE: Final = " \t\n\r"


class NotJson(KnownProblem):
    """The text is not JSON from this line on."""

    message = N_("The file cannot be read as JSON: line %(line)s has an error.")


class NotUtf8(KnownProblem):
    """Bytes that are no UTF-8."""

    message = N_("The file is not written in UTF-8. Save it as UTF-8 and try again.")


class TooLarge(KnownProblem):
    """One value that takes more room than any real one."""

    message = N_("The file holds a value that is too large, from line %(line)s on.")


class TooDeep(KnownProblem):
    """Lists in lists in lists."""

    message = N_("The file is nested too deeply, from line %(line)s on.")


class NameTwice(KnownProblem):
    """The same name twice in one object: nobody can say which was meant."""

    message = N_("In the file the name “%(name)s” stands twice in one place, from line %(line)s on.")


class _TwiceError(Exception):
    """Raised inside the decoder, which knows no lines."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(_text: str) -> Any:
    raise json.JSONDecodeError("no JSON number", "", 0)


class JsonWalk:
    """`members` gives the names of the outer object; after each, take `value` or run through `items`.

    Every method raises the problems above. Python's `NaN` and `Infinity` are no JSON and are refused.
    """

    def __init__(self, source: TextIOBase) -> None:
        self._source, self._text, self._at, self._line = source, "", 0, 1
        self._ended = False
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)

    def members(self) -> Iterator[str]:
        """The names of the outer object, in order."""
        self._skip("{")
        seen: set[str] = set()
        if self._peek() == "}":
            self._at += 1
        else:
            while True:
                if self._peek() != '"':
                    self._refuse()
                name = self.value()
                if name in seen:
                    raise NameTwice(name=shown(name), line=str(self._here()))
                seen.add(name)
                self._skip(":")
                yield name
                if self._next_or_end("}"):
                    break
        if self._peek():
            self._refuse()

    def is_list(self) -> bool:
        """Whether the value that comes now is a list."""
        return self._peek() == "["

    def items(self) -> Iterator[Any]:
        """The items of the list that comes now, one at a time."""
        self._skip("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._text[self._at : self._at + 1] == ",":  # as it mostly is
                self._at += 1
            elif self._next_or_end("]"):
                return

    def value(self) -> Any:
        """The value that comes now, whole."""
        self._peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except _TwiceError as twice:
                raise NameTwice(name=shown(str(twice)), line=str(self._here())) from None
            except RecursionError:
                raise TooDeep(line=str(self._here())) from None
            except json.JSONDecodeError as problem:
                near_end = problem.pos > len(self._text) - LONGEST_SIGN
                cut_off = near_end or problem.msg.startswith("Unterminated")
                if not (cut_off and self._more()):
                    raise NotJson(line=str(self._here(problem.pos))) from None
                continue
            except ValueError:  # a number of thousands of digits
                self._refuse()
            if end == len(self._text) and self._more():  # a number may go on
                continue
            self._at = end
            return found

    def _peek(self) -> str:
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _SPACE:
                at += 1
            self._at = at
            if at < len(text):
                return text[at]
            if not self._more():
                return ""

    def _skip(self, sign: str) -> None:
        if self._peek() != sign:
            self._refuse()
        self._at += 1

    def _next_or_end(self, end: str) -> bool:
        sign = self._peek()
        if sign not in (",", end) or not sign:
            self._refuse()
        self._at += 1
        return sign == end

    def _more(self) -> bool:
        """Read on; what was passed is dropped. False at the end of the file."""
        if self._ended:
            return False
        if self._at:
            self._line += self._text.count("\n", 0, self._at)
            self._text, self._at = self._text[self._at :], 0
        if len(self._text) > MOST_CHARACTERS:
            raise TooLarge(line=str(self._line))
        try:
            piece = self._source.read(max(PIECE, len(self._text)))
        except UnicodeDecodeError:
            raise NotUtf8 from None
        self._ended = not piece
        self._text += piece
        return not self._ended

    def _here(self, at: int | None = None) -> int:
        return self._line + self._text.count("\n", 0, self._at if at is None else at)

    def _refuse(self) -> NoReturn:
        raise NotJson(line=str(self._here()))


def shown(value: object) -> str:
    """What a file says, fit for a message: short, and nothing in it that a terminal would obey."""
    text = value if isinstance(value, str) else str(value)[:MOST_SHOWN]
    short = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
    return "".join(sign if sign.isprintable() else "�" for sign in short)
