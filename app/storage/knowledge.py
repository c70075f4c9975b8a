"""What colleagues told to hold, and which compartments of which scopes were exchanged with whom.

Only a colleague's own file says what is held there (never "sent, so it will have arrived"); a later file replaces what
an earlier one said of the same, and a receipt all of it, so that what was dropped there is sent again.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.storage.plain_rows import AT_ONCE, all_rows, plain_rows

CHUNK = 400


class StreamKey(NamedTuple):
    """A stream by the names that mean the same everywhere."""

    scope: str
    compartment: str
    device: str


class Told(NamedTuple):
    """One line of what a colleague holds."""

    key: StreamKey
    seq: int


def acknowledged(conn: Connection, peers: Sequence[str], scopes: Sequence[str]) -> dict[StreamKey, int]:
    """Up to where all of these colleagues told to hold each stream of these scopes; a stream left out is at 0."""
    found: dict[StreamKey, list[int]] = {}
    for start in range(0, len(scopes), CHUNK):
        part = scopes[start : start + CHUNK]
        sql = (
            "SELECT scope, compartment, device, seq FROM l_have"
            f" WHERE peer IN ({','.join('?' * len(peers))}) AND scope IN ({','.join('?' * len(part))})"
        )
        for scope, compartment, device, seq in plain_rows(conn, sql, (*peers, *part)):
            found.setdefault(StreamKey(scope, compartment, device), []).append(seq)
    return {key: min(seqs) for key, seqs in found.items() if len(seqs) == len(peers)}


def tell(
    conn: Connection,
    peer: str,
    no: int,
    pairs: Iterable[tuple[str, str]],
    lines: Iterable[Told],
    blobs: Iterable[str],
    *,
    complete: bool,
) -> bool:
    """Keep what a colleague's file number `no` says to be held there; False for a file older than the last one.

    `pairs` of scope and compartment it speaks of, also where `lines` have nothing. `complete`: what it does not name is
    not held there (a receipt); else that stays as it was told before.
    """
    last = conn.exec_driver_sql("SELECT last_no FROM l_peer WHERE device = ?", (peer,)).scalar()
    if last is None or no <= last:
        return False
    if complete:
        conn.exec_driver_sql("DELETE FROM l_have WHERE peer = ?", (peer,))
        conn.exec_driver_sql("DELETE FROM l_have_blob WHERE peer = ?", (peer,))
        before: dict[StreamKey, int] = {}
    else:
        before = _told_of(conn, peer, frozenset(pairs))
    now = dict(lines)
    gone = [(peer, *key) for key in before if key not in now]
    rows = [(peer, *key, seq) for key, seq in now.items() if before.get(key) != seq]
    if gone:
        conn.exec_driver_sql(
            "DELETE FROM l_have WHERE peer = ? AND scope = ? AND compartment = ? AND device = ?", gone
        )
    if rows:
        conn.exec_driver_sql(
            "INSERT INTO l_have(peer, scope, compartment, device, seq) VALUES(?,?,?,?,?)"
            " ON CONFLICT DO UPDATE SET seq = excluded.seq",
            rows,
        )
    named = [(peer, blob) for blob in blobs]
    if named:
        conn.exec_driver_sql("INSERT OR IGNORE INTO l_have_blob(peer, blob) VALUES(?,?)", named)
    conn.exec_driver_sql("UPDATE l_peer SET last_no = ? WHERE device = ?", (no, peer))
    return True


def _told_of(conn: Connection, peer: str, pairs: frozenset[tuple[str, str]]) -> dict[StreamKey, int]:
    """What a colleague told to hold of these pairs until now."""
    sql = (
        "SELECT scope, compartment, device, seq FROM l_have"
        " WHERE peer = ? AND scope IN (SELECT value FROM json_each(?))"
    )
    scopes = json.dumps(sorted({scope for scope, _compartment in pairs}))
    return {
        StreamKey(scope, compartment, device): seq
        for scope, compartment, device, seq in plain_rows(conn, sql, (peer, scopes))
        if (scope, compartment) in pairs
    }


def held_blobs(conn: Connection, peers: Sequence[str]) -> frozenset[str]:
    """The scans that all of these colleagues told to hold."""
    sql = (
        f"SELECT blob FROM l_have_blob WHERE peer IN ({','.join('?' * len(peers))})"
        " GROUP BY blob HAVING count(DISTINCT peer) = ?"
    )
    return frozenset(conn.exec_driver_sql(sql, (*peers, len(set(peers)))).scalars())


def share(
    conn: Connection, peers: Sequence[str], pairs: Collection[tuple[str, str]], *, sent: int | None = None
) -> None:
    """Note that these (scope, compartment) pairs are exchanged with these colleagues; `sent`: by which export."""
    wanted = set(pairs)
    for peer in peers:
        known = _shared(conn, peer, pairs)
        new = [(peer, *pair, sent) for pair in sorted(wanted - known)]
        if new:
            conn.exec_driver_sql("INSERT INTO l_shared(peer, scope, compartment, sent) VALUES(?,?,?,?)", new)
        if sent is None or known.isdisjoint(wanted):
            continue
        if len(known) >= AT_ONCE and known <= wanted:  # all that was ever exchanged, as `_shared` read it
            conn.exec_driver_sql("UPDATE l_shared SET sent = ? WHERE peer = ?", (sent, peer))
        else:
            sql = "UPDATE l_shared SET sent = ? WHERE peer = ? AND scope = ? AND compartment = ?"
            conn.exec_driver_sql(sql, [(sent, peer, *pair) for pair in sorted(known & wanted)])


def _shared(conn: Connection, peer: str, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the pairs that are exchanged with a colleague; of many pairs all that are, which is read faster."""
    sql, values = "SELECT scope, compartment FROM l_shared WHERE peer = ?", [peer]
    if len(pairs) < AT_ONCE:
        sql += " AND scope IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(sorted({scope for scope, _compartment in pairs})))
    return set(all_rows(conn, sql, values))


def shared_with(conn: Connection, peers: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The (scope, compartment) pairs exchanged with every one of these colleagues before, also on a laptop whose place
    theirs took: new keys and a restored backup make a new device of the same colleague."""
    sql = (
        "WITH RECURSIVE line(device) AS (VALUES(?) UNION"
        " SELECT d.heir_of FROM line JOIN j_device d ON d.id = line.device WHERE d.heir_of IS NOT NULL)"
        " SELECT DISTINCT x.scope, x.compartment FROM l_shared x JOIN line ON line.device = x.peer"
    )
    each = [set(map(tuple, conn.exec_driver_sql(sql, (peer,)))) for peer in set(peers)]
    return frozenset(set.intersection(*each)) if each else frozenset()
