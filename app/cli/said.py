"""What a command has to say: as lines for people, and the same as plain values for machines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.errors import KnownProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`failure`: what is said on stderr besides. `silent`: the command has written its output itself."""

    values: dict[str, object]
    text: Sequence[str] = field(default_factory=tuple)
    failure: KnownProblem | None = None
    silent: bool = False
