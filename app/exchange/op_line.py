"""The lines of a package: an action's header, then its ops, as the journal gives them (`app.storage.outgoing`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.storage.outgoing import OpRow

Index = Callable[[int], int]


def lines(
    rows: Iterable[OpRow], device_of: Mapping[int, int] | Mapping[int, str]
) -> Iterator[tuple[int, str, str]]:
    """(place of the stretch, kind, line) of each op, a header with it where one begins. `device_of`: the device's
    index by local stream number."""
    last = -1, -1
    for place, action, kind, header, line, parents in rows:
        whole = f"{line}{_parents(parents, device_of)}]" if parents else f"{line}null]"
        if (place, action) != last:
            last = place, action
            whole = f"{header}\n{whole}"
        yield place, kind, whole


_DOT: Final = re.compile(r"\[(\d+),")


def _parents(text: str, device_of: Mapping[int, int] | Mapping[int, str]) -> str:
    """The stored text with the device in place of each local stream number; names of fields hold no such thing."""
    before, _brackets, dots = text.partition("[[")
    if "[" not in dots:  # one dot, as most changes have
        stream, _comma, rest = dots.partition(",")
        return f"{before}[[{_named(device_of[int(stream)])},{rest}"
    return _DOT.sub(lambda dot: f"[{_named(device_of[int(dot[1])])},", text)


def _named(device: int | str) -> str:
    return f'"{device}"' if isinstance(device, str) else str(device)
