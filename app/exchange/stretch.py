"""Stretches of a package, line by line: headers of actions and the ops under them. Knows no database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

from app.exchange.problem import DamagedPackage
from app.exchange.strict_json import line as parse_line
from app.exchange.strict_json import lines_at_once
from app.storage.intake import Intake, StreamState
from app.storage.op_check import NotAnOp

ACTION: Final = "a"
Line = tuple[bytes, list[Any] | None]
"""A line as it stands, and what it says where that was read with its neighbours."""
NO_LINE: Final[Line] = b"", None


def lines_of(block: bytes) -> Iterator[Line]:
    """The lines of a block, each of which ends with a line feed."""
    return zip(block[:-1].split(b"\n"), lines_at_once(block) or repeat(None), strict=False)


def is_action(line: Sequence[Any]) -> bool:
    """Whether a parsed line is an action's header. Raises `DamagedPackage` for what is neither header nor op."""
    if len(line) == 5 and line[0] == ACTION:
        return True
    if len(line) != 6:
        raise DamagedPackage
    return False


def take_in(
    intake: Intake,
    stream: StreamState,
    scope_kind: str,
    stretch: tuple[int, int],
    lines: Iterator[Line],
    names: Mapping[str, Sequence[str]],
    device_of: Sequence[str],
    silent: Collection[str],
) -> int:
    """Give `intake` the ops of a stretch (the number before its first, and of its last) that come after those of the
    stream. Returns how many are of no `silent` kind. Raises `NotAnOp` and the problems of a line."""
    number, end = stretch
    here, head, told = stream.seq, None, 0
    while number < end:
        line, found = next(lines, NO_LINE)
        parsed = parse_line(line) if found is None else found
        if is_action(parsed):
            head = intake.action(stream, *parsed[1:])
            continue
        if head is None:
            raise NotAnOp
        number += 1
        if number > here:
            intake.op(stream, head, parsed, names, device_of, scope_kind)
            told += parsed[0] not in silent
    return told


def skip(lines: Iterator[Line], count: int) -> list[bytes]:
    """Read past so many ops, and return their lines; the hash of the member still covers them."""
    kept = []
    while count:
        if (read := next(lines, None)) is None:
            raise DamagedPackage
        line, _parsed = read
        kept.append(line)
        if not line.startswith(b'["a",'):
            count -= 1
    return kept
