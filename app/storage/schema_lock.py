"""`resources/schema.lock`: every record kind and field with scope and compartment. It only grows (settled rule 21)."""

import json
from dataclasses import dataclass
from pathlib import Path

import app.domain.kinds  # noqa: F401 - declares the kinds
from app.domain.record import kinds

PATH = Path(__file__).parents[2] / "resources" / "schema.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedField:
    """A field name and type as it was first written down, and the schema number that brought it."""

    name: str
    type: str
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedKind:
    """A kind as it was first written down."""

    name: str
    scopes: tuple[str, ...]
    compartment: str
    since: int
    fields: tuple[LockedField, ...]


def read(path: Path = PATH) -> tuple[LockedKind, ...]:
    """The kinds of the lock in their order."""
    rows = json.loads(path.read_text(encoding="utf-8"))["kinds"]
    return tuple(
        LockedKind(
            name=row["name"],
            scopes=tuple(row["scopes"]),
            compartment=row["compartment"],
            since=row["since"],
            fields=tuple(LockedField(name=f[0], type=f[1], since=f[2]) for f in row["fields"]),
        )
        for row in rows
    )


def grown(locked: tuple[LockedKind, ...], since: int) -> tuple[LockedKind, ...]:
    """The lock with what the declarations add. Raises ValueError where they would take away or alter."""
    known = {kind.name: kind for kind in locked}
    made: dict[str, LockedKind] = dict(known)
    for kind in kinds():
        old = known.get(kind.name)
        if old and (old.compartment, old.scopes) != (str(kind.compartment), tuple(sorted(kind.scopes))):
            raise ValueError(f"{kind.name}: a kind never changes compartment or scope")
        before = old.fields if old else ()
        now = [(field.name, str(field.type)) for field in kind.fields]
        if now[: len(before)] != [(field.name, field.type) for field in before]:
            raise ValueError(f"{kind.name}: fields are only added, at the end")
        added = tuple(LockedField(name=name, type=type_, since=since) for name, type_ in now[len(before) :])
        made[kind.name] = LockedKind(
            name=kind.name,
            scopes=tuple(sorted(kind.scopes)),
            compartment=str(kind.compartment),
            since=old.since if old else since,
            fields=before + added,
        )
    missing = set(known) - {kind.name for kind in kinds()}
    if missing:
        raise ValueError(f"kinds in the lock that are no longer declared: {sorted(missing)}")
    return tuple(made.values())


def text(locked: tuple[LockedKind, ...]) -> str:
    """The file: one line per field, so that growth shows as added lines."""
    blocks = []
    for kind in locked:
        head = {
            "name": kind.name,
            "scopes": list(kind.scopes),
            "compartment": kind.compartment,
            "since": kind.since,
        }
        fields = ",\n    ".join(json.dumps([f.name, f.type, f.since]) for f in kind.fields)
        blocks.append(f'  {json.dumps(head)[:-1]}, "fields": [\n    {fields}\n  ]}}')
    return '{"kinds": [\n' + ",\n".join(blocks) + "\n]}\n"
