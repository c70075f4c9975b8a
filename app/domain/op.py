"""What one action does to one record, and the dot that names it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.domain.record import Value

DELETED: Final = "_del"


class Dot(NamedTuple):
    """An op by its stream (the local number of it) and its number there; a cell's dot adds the field."""

    stream: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """One or more cells of one record, each with its value and the dots its writer had on screen.

    `redacted` names cells whose value was taken out: they take part in the merge, their value is unknown.
    """

    dot: Dot
    action: int
    hlc: int
    device: str
    kind: str
    record: str
    scope: str
    cells: Mapping[str, Value]
    parents: Mapping[str, tuple[Dot, ...]]
    redacted: frozenset[str] = frozenset()
