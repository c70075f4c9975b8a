"""Reads, checks and chains the lines of a large package in a process of its own, so that a second core works too.

It is run as a file or by the frozen program, and has no database: from standard input come what is known of the streams
and then the lines, as frames; to standard output go the rows to be written. When the last line is in, it checks the
seals, and only when all of that was right it says `verdict`. On anything else it ends without a word.
"""

import hashlib
import marshal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

WORD = "--read-package"
"""With this argument a frozen program does only this (`main.py`)."""


def verdict(word: bytes) -> bytes:
    """What only somebody says who has read to the end, where this stands."""
    return hashlib.sha256(b"regiemap/package is good\0" + word).digest()


def read(source: IO[bytes], out: IO[bytes]) -> None:
    """Everything. Raises whatever is wrong."""
    from app.domain import kinds  # noqa: F401 - declares them
    from app.exchange.stretch import lines_of, skip, take_in
    from app.storage.intake import Intake, StreamState
    from app.storage.seal import Seal, good_seals
    from app.storage.second_process import get, put

    def blocks() -> Iterator[bytes]:  # the frames with lines; an empty one says that there are no more
        while block := get(source):
            yield block

    said = marshal.loads(get(source))  # noqa: S302 - from the program that started this one
    numbers: dict[str, int] = said["kinds"]

    def no_such_stream(_key: object) -> int:
        raise LookupError

    def send() -> None:
        put(out, marshal.dumps(tuple(intake.take())))
        out.flush()

    intake = Intake(said["number"], said["action"], numbers.__getitem__, no_such_stream, full=send)
    lines = (line for block in blocks() for line in lines_of(block))
    told, seals = [], []
    for wanted, scope_kind, stretch, tip, seal, stand in said["stretches"]:
        if not wanted:
            skip(lines, stretch[1] - stretch[0])
            continue
        stream = StreamState(*stand)
        told.append(
            take_in(
                intake, stream, scope_kind, stretch, lines, said["names"], said["devices"], said["silent"]
            )
        )
        stream.leads_to(stretch[1], tip)
        seals.append(Seal(*seal))
    if next(lines, None) is not None:
        raise ValueError
    send()
    put(out, marshal.dumps((told, intake.last_action)))
    out.flush()
    if good_seals(seals):
        put(out, verdict(get(source)))


def main() -> int:
    """As `run` says."""
    from app.storage.second_process import run

    return run(read)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
