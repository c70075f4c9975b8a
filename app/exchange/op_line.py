"""The lines of a package: an action's header, then its ops, written straight from what the journal keeps."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from app.exchange.problem import DamagedPackage
from app.storage.journal import json_text
from app.storage.outgoing import OpRow

ACTION: Final = "a"
Index = Callable[[int], int]


def lines(
    rows: Iterator[OpRow], device_of: Mapping[int, int] | Mapping[int, str]
) -> Iterator[tuple[int, str, bool]]:
    """(place of the stretch, line, whether it is an op). `device_of`: the device's index by local stream number."""
    place = action = -1
    for row in rows:
        if row.action != action or row.place != place:
            place, action = row.place, row.action
            header = [ACTION, row.action_id.hex(), row.verb, row.officer, row.hlc]
            yield place, json_text(header), False
        yield place, op_line(row, device_of), True


def op_line(row: OpRow, device_of: Mapping[int, int] | Mapping[int, str]) -> str:
    """`cells` is compact JSON already: it is put in as it stands."""
    fields = "null" if row.fields is None else str(row.fields)
    secret = f'"{row.seed.hex()}"' if row.seed is not None else str(row.kept)
    parents = _parents(row.parents, device_of) if row.parents else "null"
    return f'["{row.kind}","{row.record}",{fields},{secret},{row.cells},{parents}]'


_DOT: Final = re.compile(r"\[(\d+),")


def _parents(text: str, device_of: Mapping[int, int] | Mapping[int, str]) -> str:
    """The stored text with the device in place of each local stream number; names of fields hold no such thing."""
    before, *others = _DOT.split(text)
    if len(others) == 2:  # one dot, as most changes have
        return f"{before}[{_named(device_of[int(others[0])])},{others[1]}"
    return _DOT.sub(lambda dot: f"[{_named(device_of[int(dot[1])])},", text)


def _named(device: int | str) -> str:
    return f'"{device}"' if isinstance(device, str) else str(device)


def is_action(line: Sequence[Any]) -> bool:
    """Whether a parsed line is an action's header. Raises `DamagedPackage` for what is neither header nor op."""
    if len(line) == 5 and line[0] == ACTION:
        return True
    if len(line) != 6:
        raise DamagedPackage
    return False
