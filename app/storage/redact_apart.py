"""Takes values out of what was set apart: its lines keep the commitments, so that it can come in later and still holds.

The lines are those of a package (docs/package-format.md); that form stays in this file and in `app.exchange`.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from app.domain import canon
from app.storage.compact_json import json_text

_ACTION_LINE: Final = 5

Dot = tuple[str, int]


def named(conn: Connection, record: str, fields: Collection[str]) -> list[Dot]:
    """The ops set apart of a record that hold a value of these fields: device and number."""
    found = []
    for _no, device, start, body in _stretches(conn, record):
        kinds, *lines = map(json.loads, body.split("\n"))
        for dot, line in _ops(device, start, lines):
            if line[1] == record and not _salts(kinds, line).keys().isdisjoint(fields):
                found.append(dot)
    return sorted(found)


def redact(
    conn: Connection, record: str, fields: Collection[str], only: Collection[Dot], scope: str = ""
) -> int:
    """Take the values of these fields out of the ops named by `only`; `scope`: only where they lie there.

    Returns the number of ops changed.
    """
    count = 0
    for no, device, start, body in _stretches(conn, record, scope):
        kinds, *lines = map(json.loads, body.split("\n"))
        changed = 0
        for dot, line in _ops(device, start, lines):
            if line[1] == record and dot in only and _take_out(kinds, line, fields):
                changed += 1
        if changed:
            text = "\n".join((body.partition("\n")[0], *map(json_text, lines)))
            conn.exec_driver_sql("UPDATE l_quarantine SET body = ? WHERE no = ?", (text, no))
            count += changed
    return count


def _stretches(conn: Connection, record: str, scope: str = "") -> Sequence[tuple[int, str, int, str]]:
    """What is set apart and names the record somewhere."""
    sql = (
        "SELECT no, device, from_seq, body FROM l_quarantine WHERE instr(body, ?) > 0 AND ? IN (scope, '')"
        " ORDER BY no"
    )
    return [tuple(row) for row in conn.exec_driver_sql(sql, (record, scope))]


def _ops(device: str, start: int, lines: Sequence[list[Any]]) -> Iterator[tuple[Dot, list[Any]]]:
    number = start
    for line in lines:
        if len(line) != _ACTION_LINE:
            number += 1
            yield (device, number), line


def _salts(kinds: Mapping[str, Sequence[str]], line: Sequence[Any]) -> dict[str, str]:
    """The salt of every cell that still holds its value; an insert names only those that are not nothing."""
    kind, _record, count, secret, cells, _parents = line
    if isinstance(secret, dict):
        return dict(secret["salts"])
    names = [*cells, *(kinds.get(kind, ())[:count] if count is not None else ())]
    return {name: canon.field_salt(bytes.fromhex(secret), name).hex() for name in dict.fromkeys(names)}


def _take_out(kinds: Mapping[str, Sequence[str]], line: list[Any], fields: Collection[str]) -> bool:
    secret, cells = line[3], line[4]
    salts = _salts(kinds, line)
    goes = sorted(name for name in salts if name in fields)
    if not goes:
        return False
    gone = dict(secret["gone"]) if isinstance(secret, dict) else {}
    for name in goes:
        gone[name] = canon.commitment(bytes.fromhex(salts.pop(name)), cells.get(name)).hex()
    line[3] = {"salts": salts, "gone": gone}
    line[4] = {name: value for name, value in cells.items() if name not in goes}
    return True
