"""Which devices may write a scope (settled rule 22): its maker, whom those let in who may write, and their heirs.

The answer follows from the set of `scope` and `access` ops alone, so that it is the same in any order of arrival. But
for one thing: where a scope has a maker here, a file brings no other one. Else who writes a `scope` record of their
own would let themselves into any family. Two who made a family from one open JSON file let each other in by giving it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from app.storage.plain_rows import plain_rows

CHUNK = 400

_GIVEN = (
    "SELECT s.scope, s.device, o.kind, json_extract(o.cells, '$.made_by'), json_extract(o.cells, '$.device'), o.arrival"
    " FROM j_stream s JOIN j_op o ON o.stream = s.no WHERE s.compartment = 'kern' AND s.scope IN ({marks})"
    " AND o.kind IN (SELECT no FROM j_kind WHERE name IN ('scope', 'access'))"
)


def heirs(conn: Connection) -> dict[str, str]:
    """Each device that took the place of another, with that other: the signature was checked when it was kept."""
    sql = "SELECT id, heir_of FROM j_device WHERE heir_of IS NOT NULL"
    return dict(conn.exec_driver_sql(sql).all())


def may_write(conn: Connection, scopes: Sequence[str], coming: int = 0) -> dict[str, frozenset[str]]:
    """The devices that may write each of these scopes; one that begins with no `scope` record here has none.

    `coming`: the import of which the ops are being judged; it makes nobody the maker of a scope that has one.
    """
    made: dict[str, set[str]] = defaultdict(set)
    claimed: dict[str, set[str]] = defaultdict(set)
    given: dict[str, list[tuple[str, str]]] = defaultdict(list)
    names = dict(plain_rows(conn, "SELECT no, id FROM j_device"))
    kinds = dict(plain_rows(conn, "SELECT no, name FROM j_kind"))
    for start in range(0, len(scopes), CHUNK):
        part = tuple(scopes[start : start + CHUNK])
        for scope, writer, number, made_by, device, arrival in plain_rows(
            conn, _GIVEN.format(marks=",".join("?" * len(part))), part
        ):
            author, kind = names[writer], kinds[number]
            if kind == "scope" and made_by == author:
                (claimed if arrival == coming else made)[scope].add(author)
            elif kind == "access" and device:
                given[scope].append((author, device))
    successions = heirs(conn)
    return {scope: closure(made[scope] or claimed[scope], given[scope], successions) for scope in scopes}


def closure(
    makers: Iterable[str], given: Iterable[tuple[str, str]], successions: dict[str, str]
) -> frozenset[str]:
    """All who are reached from the makers over (giver, let in) and from a device to its heir."""
    steps: dict[str, list[str]] = defaultdict(list)
    for giver, let_in in given:
        steps[giver].append(let_in)
    for heir, old in successions.items():
        steps[old].append(heir)
    reached, todo = set(makers), list(makers)
    while todo:
        for device in steps[todo.pop()]:
            if device not in reached:
                reached.add(device)
                todo.append(device)
    return frozenset(reached)
