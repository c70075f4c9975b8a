"""The journal as JSON lines, for checking it by other means than this program (`tools/check_journal.py`).

It holds everything in the clear: it is made in tests and when a store must be examined, never on its own.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from app.domain import canon
from app.storage.journal import StreamDevices, stored_cells

FORMAT: Final = "regiemap-journal-dump/1"

_STREAMS = (
    "SELECT s.no, s.scope, s.compartment, d.id, d.sign_key, s.seq, s.tip, s.sealed_seq, s.sealed_tip, s.signature"
    " FROM j_stream s JOIN j_device d ON d.no = s.device ORDER BY s.scope, s.compartment, d.id"
)
_OPS = (
    "SELECT o.seq, a.id, a.verb, a.officer, a.hlc, k.name, lower(hex(o.rec)), o.fields, o.seed, o.cells, o.parents,"
    " o.kept FROM j_op o JOIN j_action a ON a.no = o.action JOIN j_kind k ON k.no = o.kind"
    " WHERE o.stream = ? ORDER BY o.seq"
)


def lines(conn: Connection) -> Iterator[str]:
    """The dump line by line: format, then each stream followed by its ops (docs/journal-format.md, *Dump*)."""
    yield _line({"format": FORMAT})
    devices = StreamDevices(conn)
    for stream in conn.exec_driver_sql(_STREAMS).all():
        no, scope, compartment, device, key, seq, tip, sealed_seq, sealed_tip, signature = stream
        seal = (
            {"seq": sealed_seq, "tip": sealed_tip.hex(), "signature": signature.hex()} if sealed_seq else None
        )
        names = {"scope": scope, "compartment": compartment, "device": device, "sign_key": key.hex()}
        yield _line({**names, "seq": seq, "tip": tip.hex(), "seal": seal})
        for row in conn.exec_driver_sql(_OPS, (no,)):
            yield _line(_op(row, devices))


def _op(row: Any, devices: StreamDevices) -> dict[str, object]:
    seq, action, verb, officer, hlc, kind, record, fields, seed, text, parents, kept = row
    cells = stored_cells(kind, fields, text)
    stays = json.loads(kept) if kept else {"salts": {}, "gone": {}}
    salts = stays["salts"] if kept else {name: canon.field_salt(seed, name).hex() for name in cells}
    named = json.loads(parents) if parents else {}
    return {
        "seq": seq,
        "action": action.hex(),
        "verb": verb,
        "officer": officer,
        "hlc": hlc,
        "kind": kind,
        "record": record,
        "parents": {name: [[devices[dot[0]], dot[1]] for dot in dots] for name, dots in named.items()},
        "cells": {name: [salt, cells.get(name)] for name, salt in salts.items()},
        "gone": stays["gone"],
    }


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
