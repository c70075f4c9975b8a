"""Reads stretches of streams out of the journal, for a package: in the order asked for, in one pass."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, cast

from sqlalchemy import Connection

from app.domain.record import Compartment
from app.storage.knowledge import StreamKey
from app.storage.plain_rows import plain_rows

CHUNK = 400
SILENT: Final = frozenset({"scope", "access", "disclosure"})
"""Kinds that an exchange itself writes, in `SILENT_IN`: no change to tell of."""
SILENT_IN: Final = str(Compartment.KERN)


class HeldStream(NamedTuple):
    """A stream as it is here, up to `seq`; its device signed it up to `sealed`: `tip` and `signature` are of that."""

    no: int
    key: StreamKey
    seq: int
    sealed: int
    tip: bytes
    signature: bytes


class Stretch(NamedTuple):
    """Ops `start` + 1 to `end` of the stream with the local number `stream`."""

    stream: int
    start: int
    end: int


OpRow = tuple[
    int, int, bytes, str, str, int, str, bytes, int | None, bytes | None, str | None, str, str | None
]
"""An op as it goes into a file: the place of its stretch; of its action number, id, verb, officer and clock; its kind,
record, number of fields, seed, what redaction kept, cells, and parents, which name the local numbers of streams."""


def streams(conn: Connection, scopes: Sequence[str], compartments: Sequence[str]) -> list[HeldStream]:
    """The streams of these scopes and compartments that hold something sealed."""
    found = []
    for start in range(0, len(scopes), CHUNK):
        part = scopes[start : start + CHUNK]
        sql = (
            "SELECT s.no, s.scope, s.compartment, d.id, s.seq, s.sealed_seq, s.sealed_tip, s.signature FROM j_stream s"
            f" JOIN j_device d ON d.no = s.device WHERE s.sealed_seq > 0 AND s.scope IN ({','.join('?' * len(part))})"
            f" AND s.compartment IN ({','.join('?' * len(compartments))})"
        )
        for no, scope, compartment, device, *stand in plain_rows(conn, sql, (*part, *compartments)):
            found.append(HeldStream(no, StreamKey(scope, compartment, device), *stand))
    return found


def all_streams(conn: Connection, scope: str) -> list[HeldStream]:
    """Every stream of a scope that holds something sealed, whatever its compartment."""
    names = conn.exec_driver_sql(
        "SELECT DISTINCT compartment FROM j_stream WHERE scope = ?", (scope,)
    ).scalars()
    return streams(conn, [scope], list(names))


_READ = (
    "SELECT w.place, o.action, a.id, a.verb, a.officer, a.hlc, k.name, o.rec, o.fields, o.seed, o.kept, o.cells,"
    ' o.parents FROM temp.wanted w JOIN j_op o ON o.stream = w.stream AND o.seq > w.start AND o.seq <= w."end"'
    " JOIN j_action a ON a.no = o.action JOIN j_kind k ON k.no = o.kind ORDER BY w.place, o.seq"
)


def _want(conn: Connection, stretches: Sequence[Stretch]) -> None:
    conn.exec_driver_sql(
        'CREATE TEMP TABLE IF NOT EXISTS wanted(place INTEGER PRIMARY KEY, stream, start, "end")'
    )
    conn.exec_driver_sql("DELETE FROM temp.wanted")
    if stretches:
        rows = [(place, *stretch) for place, stretch in enumerate(stretches)]
        conn.exec_driver_sql("INSERT INTO temp.wanted VALUES(?,?,?,?)", rows)


def read(conn: Connection, stretches: Sequence[Stretch]) -> Iterator[OpRow]:
    """The ops of all stretches, in their order, to be read before others are asked for."""
    _want(conn, stretches)
    return cast("Iterator[OpRow]", plain_rows(conn, _READ))


def scopes_with_news(
    conn: Connection, scopes: Sequence[str], compartments: Sequence[str], told: Mapping[StreamKey, int]
) -> set[str]:
    """The scopes in which something was changed above what was told to be held; what an exchange itself wrote is
    no news, or colleagues would tell each other for ever that they told each other."""
    found: set[str] = set()
    quiet: list[tuple[str, Stretch]] = []
    for start in range(0, len(scopes), CHUNK):
        part = scopes[start : start + CHUNK]
        sql = (
            "SELECT s.no, s.scope, s.compartment, d.id, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device"
            f" WHERE s.scope IN ({','.join('?' * len(part))}) AND s.compartment IN"
            f" ({','.join('?' * len(compartments))})"
        )
        for no, scope, compartment, device, seq in plain_rows(conn, sql, (*part, *compartments)):
            held = told.get(StreamKey(scope, compartment, device), 0)
            if held < seq and compartment == SILENT_IN:
                quiet.append((scope, Stretch(no, held, seq)))
            elif held < seq:
                found.add(scope)
    quiet = [pair for pair in quiet if pair[0] not in found]
    _want(conn, [stretch for _scope, stretch in quiet])
    places = conn.exec_driver_sql(
        "SELECT w.place FROM temp.wanted w WHERE EXISTS (SELECT 1 FROM j_op o JOIN j_kind k ON k.no = o.kind"
        ' WHERE o.stream = w.stream AND o.seq > w.start AND o.seq <= w."end"'
        f" AND k.name NOT IN ({','.join('?' * len(SILENT))}))",
        tuple(sorted(SILENT)),
    )
    return found.union(quiet[place][0] for place in places.scalars())
