"""What is shown of an exchange by file: colleagues, what would go, what came in. Plain facts, no store behind them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.record import Compartment

NEVER_GIVEN = frozenset({Compartment.EIGEN})
GIVABLE = tuple(compartment for compartment in Compartment if compartment not in NEVER_GIVEN)


class Trust(StrEnum):
    """How far a colleague's device is known here."""

    OWN = "own"
    UNVERIFIED = "unverified"  # nothing is given; a file can be looked at only
    VERIFIED = "verified"  # compared by this officer
    VOUCHED = "vouched"  # on the roster of a registrar whom this officer compared
    REVOKED = "revoked"
    REJECTED = "rejected"  # by this officer

    @property
    def trusted(self) -> bool:
        """Whether files may be given to it and taken from it."""
        return self in (Trust.OWN, Trust.VERIFIED, Trust.VOUCHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A device of a colleague (or this one). `device` is 64 hex characters; `groups` six groups of five digits."""

    device: str
    name: str
    office: str
    trust: Trust
    groups: tuple[str, ...]
    registrar: bool = False
    verified_at: datetime | None = None
    last_file_at: datetime | None = None
    officer: str = ""
    new_keys: bool = False  # trusted because their earlier device signed this one


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveChoice:
    """What an officer chose to give. `full`: also what the receivers told to hold already."""

    dossiers: tuple[str, ...]
    receivers: tuple[str, ...]
    compartments: frozenset[Compartment]
    scans: bool = True
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyGoing:
    """A family in a package: `changes` that the receivers have not told to hold, and scans that go along."""

    dossier: str
    title: str
    number: str
    persons: tuple[str, ...]
    changes: int
    scans: int
    scan_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivePreview:
    """What would go. `size_bytes` is that of the file without scans, made and measured; `not_trusted` stop it.

    `missing_scans`: whose scans cannot go, a name for each, because their files are not on this laptop.
    """

    families: tuple[FamilyGoing, ...]
    receivers: tuple[Colleague, ...]
    not_trusted: tuple[Colleague, ...]
    compartments: frozenset[Compartment]
    changes: int
    scans: int
    scan_bytes: int
    size_bytes: int
    missing_scans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was written: the files (more than one when split), their bytes, and how many changes went.

    `missing_scans` as in the preview.
    """

    files: tuple[str, ...]
    size_bytes: int
    families: int
    changes: int
    scans: int
    missing_scans: tuple[str, ...] = ()


class Hold(StrEnum):
    """Why a family of a package does not go in (whole, or some of its changes)."""

    GAP = "gap"  # something before it is missing: ask for a full file
    DESTROYED = "destroyed"  # destroyed here: set apart
    NO_ACCESS = "no-access"  # written by a device that was not given this family: set apart
    REVOKED = "revoked"  # written by a device after its revocation: set apart
    FORK = "fork"  # two histories under one name
    NEWER = "newer"  # kept, shown after an update of the program


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyComing:
    """A family in a file: what is new here, and the differences that it would bring. `holds` says what stays out.

    `destroyed` here, it stays out and has no name any more. `removed`: the file brings that it was removed.
    `left_out`: others of the file were chosen.
    """

    dossier: str
    title: str
    new: bool
    changes: int
    differences: int
    scans: int
    persons: tuple[str, ...] = ()
    holds: frozenset[Hold] = frozenset()
    destroyed: bool = False
    removed: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a file holds and what taking it in would do, found out without keeping anything.

    `to_confirm`: families whose destruction somebody asks for. `set_apart`: changes that go into no table.
    `newer`: changes that wait for a newer program. `known`: nothing of it is new here.
    `may_be_known`: how many persons may be here already; `known_words` says of the first who it may be, and why.
    `to_clear_up`: what else somebody has to decide after it, such as one V-number on two persons: name and how often.
    """

    package: str
    kind: str  # ops, receipt, extract
    sender: Colleague
    made_at: datetime
    size_bytes: int
    families: tuple[FamilyComing, ...]
    changes: int
    known_changes: int
    differences: int
    scans: int
    set_apart: int
    newer: int
    to_confirm: tuple[str, ...] = ()
    known: bool = False
    extract_until: date | None = None
    clock_ahead: bool = False
    may_take: bool = True
    compartments: frozenset[Compartment] = frozenset()
    may_be_known: int = 0
    known_words: tuple[str, ...] = ()
    to_clear_up: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that was taken in. `may_go_back` with `why_not` (a msgid) when it cannot be taken back any more.

    `may_be_known`: how many of its persons were here already, perhaps, when it came.
    """

    number: int
    package: str
    sender: str
    sender_name: str
    at: datetime
    families: tuple[str, ...]
    changes: int
    differences: int
    may_go_back: bool = False
    why_not: str = ""
    taken_back_at: datetime | None = None
    may_be_known: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who has what: a family with a colleague. `behind`: changes here that they have not told to hold."""

    device: str
    name: str
    dossier: str
    title: str
    compartments: frozenset[Compartment] = field(default_factory=frozenset)
    sent_at: datetime | None = None
    told_at: datetime | None = None
    behind: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedLine:
    """One line of what a package holds, as plain text: under which heading, what it is, and its value."""

    group: str
    words: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """Everything a package holds, read without taking anything in."""

    package: str
    lines: tuple[InspectedLine, ...]
