"""What came in with a package."""

from collections import defaultdict
from dataclasses import dataclass, field

from app.domain.exchange_facts import Hold
from app.exchange.manifest import Manifest


@dataclass(slots=True)
class Received:
    """What came in. Scopes are ids; `touched` are (kind, record, scope) whose rows may have changed; `forked` are the
    devices of which two histories were seen."""

    manifest: Manifest
    changes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    known_changes: int = 0
    new_scopes: set[str] = field(default_factory=set)
    holds: dict[str, set[Hold]] = field(default_factory=lambda: defaultdict(set))
    differences: dict[str, int] = field(default_factory=dict)
    set_apart: int = 0
    newer: int = 0
    ops: int = 0
    scans: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    to_confirm: list[str] = field(default_factory=list)
    lasting: bool = False
    clock_ahead: bool = False
    touched: list[tuple[str, str, str]] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)
    forked: set[str] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Nothing of the package stayed out."""
        return not any(Hold.GAP in holds or Hold.FORK in holds for holds in self.holds.values())
