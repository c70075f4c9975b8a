"""What must be standing in each cell, said from what every writer had on screen and which file told whom what.

It looks at no journal. Only which values an undoing brought back is read from what it wrote; whether that is what stood
before is judged here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.op import DELETED
from app.domain.record import KINDS, Compartment, ScopeKind, Value

FIELDS: Mapping[str, tuple[str, ...]] = {
    "alias": ("family_name", "source"),
    "talk": ("goal", "place"),
    "health_fact": ("body", "source"),
    "own_note": ("body",),
}
NOTED = "disclosure"
"""The kind of a deed that stands for what giving a file writes: nobody asks for its values."""


@dataclass(frozen=True, eq=False)
class Deed:
    """What one action did to one record: cells with what its writer had seen of each (deeds), or a removal."""

    record: str
    kind: str
    cells: Mapping[str, Value]
    seen: Mapping[str, frozenset["Deed"]]
    by: str = ""

    @property
    def compartment(self) -> Compartment:
        """Where it lies."""
        return KINDS[self.kind].compartment

    @property
    def of_person(self) -> bool:
        """Whether it lies in the scope of the person, and not of the dossier."""
        return ScopeKind.PERSON in KINDS[self.kind].scopes and self.kind != NOTED


@dataclass(frozen=True, eq=False)
class Step:
    """An own action that can be undone: what it did, and what was known before it."""

    deeds: frozenset[Deed]
    before: frozenset[Deed]


@dataclass(eq=False)
class Coming:
    """A file that was taken in: what it brought, and how the laptop looked before (None: an earlier one left)."""

    number: int
    gained: frozenset[Deed]
    before: Mapping[str, object] | None
    own: int
    told: int
    back: bool = False


@dataclass
class Mind:
    """What a laptop knows and did, as far as the oracle follows it. `own`: deeds that undo and redo walk over."""

    knows: set[Deed] = field(default_factory=set)
    own: set[Deed] = field(default_factory=set)
    acked: dict[int, tuple[int, frozenset[Deed]]] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    taken: list[Coming] = field(default_factory=list)
    wrote: list[Deed] = field(default_factory=list)
    told: int = 0
    sent: int = 0

    def copy(self) -> "Mind":
        """For a backup: what happens later is not in it."""
        taken = [Coming(**vars(one)) for one in self.taken]
        return Mind(
            set(self.knows),
            set(self.own),
            dict(self.acked),
            list(self.done),
            list(self.undone),
            taken,
            list(self.wrote),
            self.told,
            self.sent,
        )

    def did(self, deed: Deed, *, undoable: bool = True) -> None:
        """A new action of its officer."""
        if undoable:
            self.done.append(Step(frozenset({deed}), frozenset(self.knows)))
            self.undone.clear()
            self.own.add(deed)
        self.knows.add(deed)
        self.wrote.append(deed)

    def must_stay(self, coming: Coming) -> bool:
        """Whether a file can certainly not go back: gone already, written in since, or added to."""
        since = self.wrote[coming.own :]
        later = self.taken[self.taken.index(coming) + 1 :]
        streams = {(deed.by, deed.of_person, deed.compartment) for deed in coming.gained}
        added = {
            (deed.by, deed.of_person, deed.compartment)
            for one in later
            if not one.back
            for deed in one.gained
            if deed.record
        }
        places = {deed.of_person for deed in coming.gained if deed.record}
        written = any(deed.of_person in places for deed in since)
        return coming.back or written or bool(streams & added)

    def may_leave(self, coming: Coming) -> bool:
        """Whether a file can certainly go back: it brought something, and nothing at all happened since."""
        later = self.taken[self.taken.index(coming) + 1 :]
        return (
            not coming.back
            and any(deed.record for deed in coming.gained)
            and len(self.wrote) == coming.own
            and self.told == coming.told
            and all(one.back for one in later)
        )


def live(knows: Iterable[Deed], record: str, name: str) -> list[Deed]:
    """The deeds on a cell that nobody who saw them has replaced."""
    on_record = [deed for deed in knows if deed.record == record]
    replaced: set[Deed] = set()
    for deed in on_record:
        replaced |= deed.seen.get(name, frozenset())
    return [deed for deed in on_record if name in deed.cells and deed not in replaced]


def is_gone(knows: Iterable[Deed], record: str, names: Iterable[str]) -> bool:
    """Removed, and nothing stands that the removal had not seen."""
    knows = [deed for deed in knows if deed.record == record]
    removals = live(knows, record, DELETED)
    covered: set[Deed] = set()
    for deed in removals:
        if deed.cells[DELETED] == 1:
            covered |= deed.seen.get(DELETED, frozenset()) | {deed}
    standing = {deed for name in names for deed in live(knows, record, name)}
    standing |= {deed for deed in removals if deed.cells[DELETED] == 0}
    return any(deed.cells[DELETED] == 1 for deed in removals) and standing <= covered


@dataclass(frozen=True)
class Sight:
    """What an officer sees of a record: the values in each field, whether it is there, whether a removal is open."""

    values: Mapping[str, frozenset[Value]]
    there: bool
    removal: bool


def sight(knows: Iterable[Deed], record: str, kind: str) -> Sight:
    """By the deeds that are known."""
    knows = [deed for deed in knows if deed.record == record]
    values = {
        name: frozenset(deed.cells[name] for deed in live(knows, record, name)) for name in FIELDS[kind]
    }
    there = any(values.values()) and not is_gone(knows, record, FIELDS[kind])
    removal = any(deed.cells[DELETED] for deed in live(knows, record, DELETED))
    return Sight(values if there else {}, there, there and removal)


def undone_rightly(step: Step, others: Iterable[Deed], before: set[Deed], after: set[Deed]) -> None:
    """Whether taking a step back led from `before` to how it stood, but for what others did since (settled rule 9)."""
    for deed in step.deeds:
        record, kind = deed.record, deed.kind
        moved = {name for other in others if other.record == record for name in other.cells}
        aim, now = (sight(known, record, kind) for known in (step.before, before))
        found = sight(after, record, kind)
        if (moved and not aim.there) or DELETED in moved:
            assert found == now, ("what others did was undone", record)
            continue
        assert (found.there, found.removal) == (aim.there, aim.removal), ("undo did not lead back", record)
        for name in FIELDS[kind] if aim.there else ():
            if name in moved:
                assert set(live(after, record, name)) == set(live(before, record, name))
            else:
                assert found.values[name] == aim.values[name], ("undo did not lead back", record, name)
