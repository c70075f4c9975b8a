"""The lines of a package: an action's header, then its ops, as the journal gives them (`app.storage.outgoing`)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.storage.outgoing import OpRow


def lines(
    rows: Iterable[OpRow], device_of: Mapping[int, int] | Mapping[int, str]
) -> Iterator[tuple[int, str, str]]:
    """(place of the stretch, kind, line) of each op, a header with it where one begins. `device_of`: the device's
    index by local stream number.

    Codes and ids need no escaping; cells, what redaction kept and parents are compact JSON already.
    """
    named = _Named(device_of)
    last = -1, -1
    for place, action, id_, verb, officer, hlc, kind, record, fields, seed, kept, cells, parents in rows:
        count = "null" if fields is None else fields
        secret = kept if seed is None else f'"{seed.hex()}"'
        line = f'["{kind}","{record.hex()}",{count},{secret},{cells},{named.parents(parents) if parents else "null"}]'
        if (place, action) != last:
            last = place, action
            line = f'["a","{id_.hex()}","{verb}","{officer}",{hlc}]\n{line}'
        yield place, kind, line


_DOT: Final = re.compile(r"\[(\d+),")


class _Named(dict[str, str]):
    """What stands in a file for a local stream number, both as text: the index of a device, or its id."""

    def __init__(self, device_of: Mapping[int, int] | Mapping[int, str]) -> None:
        super().__init__()
        self._device_of = device_of

    def __missing__(self, stream: str) -> str:
        device = self._device_of[int(stream)]
        self[stream] = found = f'"{device}"' if isinstance(device, str) else str(device)
        return found

    def parents(self, text: str) -> str:
        """The stored text with the device in place of each stream; names of fields hold no such thing."""
        before, _brackets, dots = text.partition("[[")
        stream, _comma, rest = dots.partition(",")
        if "[" in rest:  # more than the one dot that most changes have
            return _DOT.sub(lambda dot: f"[{self[dot[1]]},", text)
        return f"{before}[[{self[stream]},{rest}"
