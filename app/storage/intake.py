"""Ops that come in, read, checked and chained without a database: in this process, or in a second one beside it.

What is gathered here counts for nothing yet: `app.storage.arrival` writes it, in a transaction that is kept only when
every stretch led to the tip that its device signed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from app.domain import canon
from app.domain.record import KINDS, Value
from app.storage.compact_json import json_text
from app.storage.op_check import (
    NAME,
    NotAnOp,
    check_cells,
    check_place,
    commitments_of,
    secret_of,
    whole_cells,
)

BATCH: Final = 4_000
_VERB: Final = re.compile(r"[a-z][a-z0-9.-]{0,63}")
_ID: Final = re.compile(r"[0-9a-f]{32}")


class ChainBroken(ValueError):
    """The ops do not lead to the tip that their device signed."""


@dataclass(slots=True)
class StreamState:
    """A stream of the journal while ops come in. `key`: scope, compartment, device; `device`: its local number."""

    no: int
    key: tuple[str, str, str]
    device: int
    seq: int
    tip: bytes
    sealed_seq: int
    sealed_tip: bytes | None
    signature: bytes | None
    beside: dict[str, int] = field(default_factory=dict)
    """Numbers of the streams of other devices for the same scope and compartment, as far as they are known here."""

    def leads_to(self, end: int, tip: bytes) -> None:
        """Raises ChainBroken when its last op is another one."""
        if self.seq != end or self.tip != tip:
            raise ChainBroken


class Header(NamedTuple):
    """An action's header as it was read; `meta`: what of it goes into the link of each of its ops."""

    no: int
    stream: int
    id: bytes
    verb: str
    officer: str
    hlc: int
    meta: bytes


class Batch(NamedTuple):
    """Rows of actions and ops; records that begin here (kind, record, scope, cells); kinds by record of those to merge,
    and of those of which only changes came; how many ops name what is not known here."""

    actions: list[tuple[Any, ...]]
    ops: list[tuple[Any, ...]]
    begun: list[tuple[str, str, str, dict[str, Value]]]
    merge: dict[str, str]
    changed: dict[str, str]
    newer: int


class Intake:
    """One import. `last_action`: the last number given out; `kind_no` and `stream_no` say, or make, local numbers;
    `full` is called when much was gathered, to `take` it."""

    def __init__(
        self,
        number: int,
        last_action: int,
        kind_no: Callable[[str], int],
        stream_no: Callable[[tuple[str, str, str]], int],
        full: Callable[[], object],
    ) -> None:
        self.number, self.last_action = number, last_action
        self._kind_no, self._stream_no, self._full = kind_no, stream_no, full
        self._seen: set[str] = set()
        self._inserted: set[str] = set()
        self._begun: set[int] = set()
        self._batch = Batch([], [], [], {}, {}, 0)
        self._newer = 0

    def take(self) -> Batch:
        """What was gathered since the last time."""
        found, self._batch = self._batch._replace(newer=self._newer), Batch([], [], [], {}, {}, 0)
        self._newer = 0
        return found

    def follow(self, batch: Batch) -> None:
        """Know the records that another one gathered."""
        self._inserted.update([record for _kind, record, _scope, _cells in batch.begun])
        self._inserted.update(batch.merge)
        self._seen.update(self._inserted, batch.changed)

    def action(
        self, stream: StreamState, action: object, verb: object, officer: object, hlc: object
    ) -> Header:
        """A header that the ops after it stand under. Raises NotAnOp."""
        if not (
            isinstance(action, str)
            and _ID.fullmatch(action)
            and isinstance(verb, str)
            and _VERB.fullmatch(verb)
            and isinstance(officer, str)
            and (officer == "" or _ID.fullmatch(officer))
            and type(hlc) is int
            and 0 <= hlc < 1 << 63
        ):
            raise NotAnOp
        self.last_action += 1
        raw = bytes.fromhex(action)
        meta = canon.action_bytes(action=raw, verb=verb, officer=officer, hlc=hlc)
        return Header(self.last_action, stream.no, raw, verb, officer, hlc, meta)

    def op(
        self,
        stream: StreamState,
        head: Header,
        line: Sequence[Any],
        names: Mapping[str, Sequence[str]],
        device_of: Sequence[str],
        scope_kind: str,
    ) -> None:
        """Take one op in after the last one of its stream. Raises NotAnOp."""
        kind, record, fields, secret, given, parents = line
        declared = KINDS.get(kind) if isinstance(kind, str) else None
        if not isinstance(record, str) or _ID.fullmatch(record) is None or not isinstance(given, dict):
            raise NotAnOp
        scope, compartment, _device = stream.key
        check_place(kind, declared, compartment, scope_kind)
        cells, count, stored = whole_cells(kind, declared, fields, given, names, secret)
        self._newer += check_cells(declared, cells)
        seed, kept = secret_of(secret)
        committed = commitments_of(cells, seed, kept)
        named: dict[str, list[tuple[int, int]]] = {}
        seen: dict[str, list[tuple[str, int]]] = {}
        if parents is not None:
            self._parents(stream, parents, device_of, named, seen)
        stream.seq += 1
        stream.tip = canon.link(
            stream.tip, canon.op_bytes(stream.seq, head.meta, kind, record, seen), committed
        )
        if head.no not in self._begun:
            self._begun.add(head.no)
            self._batch.actions.append((head.no, head.stream, head.id, head.verb, head.officer, head.hlc))
        self._batch.ops.append(
            (
                stream.no,
                stream.seq,
                head.no,
                self._kind_no(kind),
                bytes.fromhex(record),
                count,
                seed,
                json_text(stored),
                json_text(named) if named else None,
                json_text(kept) if kept is not None else None,
                self.number,
            )
        )
        if declared is not None:
            self._note(kind, record, scope, cells, insert=count is not None, whole=kept is None)
        if len(self._batch.ops) >= BATCH:
            self._full()

    def _note(
        self, kind: str, record: str, scope: str, cells: dict[str, Value], *, insert: bool, whole: bool
    ) -> None:
        """A record with one whole op may become a row at once; one with more is merged at the end."""
        first = record not in self._seen
        self._seen.add(record)
        if insert:
            self._inserted.add(record)
        if insert and whole and first:
            self._batch.begun.append((kind, record, scope, cells))
        elif record in self._inserted:
            self._batch.merge[record] = kind
        else:
            self._batch.changed[record] = kind

    def _parents(
        self,
        stream: StreamState,
        parents: object,
        device_of: Sequence[str],
        named: dict[str, list[tuple[int, int]]],
        seen: dict[str, list[tuple[str, int]]],
    ) -> None:
        """Fill in which dots an op names: by local stream for the journal, by device for the chain."""
        if not isinstance(parents, dict):
            raise NotAnOp
        for field_name, dots in parents.items():
            if NAME.fullmatch(field_name) is None or not isinstance(dots, list) or not dots:
                raise NotAnOp
            here, there = named[field_name], seen[field_name] = [], []
            for dot in dots:
                if not (isinstance(dot, list) and len(dot) == 2):
                    raise NotAnOp
                index, seq = dot
                if type(index) is not int or type(seq) is not int or not 0 < seq < 1 << 62:
                    raise NotAnOp
                if not 0 <= index < len(device_of):
                    raise NotAnOp
                device = device_of[index]
                no = stream.beside.get(device)
                if no is None:
                    no = stream.beside[device] = self._stream_no((*stream.key[:2], device))
                here.append((no, seq))
                there.append((device, seq))
