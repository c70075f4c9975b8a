"""Has the lines of a large package read, checked and chained by a second process, while this one writes the rows.

Nothing of it may be kept before `finish`: only then the second process has found every seal good. On any fault
everything is taken back and the package is read without it, which says what is wrong (ADR 0020).
"""

import marshal
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from app.exchange import read_worker
from app.storage import second_process
from app.storage.intake import Batch
from app.storage.second_process import SecondProcess

T = TypeVar("T")

LEAST: Final = 10_000
"""Ops, a seal counting for two: with less, starting a process takes longer than it saves."""
LONGEST_S: Final = 60.0
"""For the next answer to come."""


class ReadApartFailed(Exception):
    """The second process did not say that all is well."""


def is_worth_it(ops: int, seals: int) -> bool:
    """Whether there is enough to do, and a core to do it."""
    return ops + 2 * seals >= LEAST and second_process.has_core_to_spare()


def alone_if_need_be(work: "Callable[[ReadApart | None], T]") -> T:
    """`work` with a process that it may begin; where that was begun and anything went wrong, once more without.

    So what is wrong with a package is always found out here. `work` keeps nothing when it raises.
    """
    apart = ReadApart()
    try:
        return work(apart)
    except Exception:
        if not apart.is_begun:
            raise
    finally:
        apart.end()
    return work(None)


class ReadApart:
    """A process that may be begun for a large package."""

    def __init__(self) -> None:
        self.is_begun = False
        self.told: Sequence[int] = ()
        self.last_action = 0
        self._word = secrets.token_bytes(32)
        self._is_good = False
        self._child: SecondProcess | None = None

    def begin(self, said: dict[str, Any], blocks: Iterable[bytes]) -> None:
        """`said`: all that it must know; `blocks`: whole lines, taken by a thread of its own until `batches` ends."""
        self.is_begun = True
        self._child = SecondProcess(command(), self._frames(said, blocks))

    def _frames(self, said: dict[str, Any], blocks: Iterable[bytes]) -> Iterator[bytes]:
        yield marshal.dumps(said)
        yield from blocks
        yield from (b"", self._word)

    def batches(self) -> Iterator[Batch]:
        """What was read, as it comes. Then `told` and `last_action` are known, and all blocks were taken."""
        assert self._child is not None
        while len(found := marshal.loads(self._child.get(LONGEST_S))) > 2:  # noqa: S302 - from our own process
            yield Batch._make(found)
        self.told, self.last_action = found
        self._child.wait_until_fed(LONGEST_S)

    def finish(self) -> None:
        """Wait for its last word, if it was begun. Raises `ReadApartFailed` when that is not that all was right."""
        if not self.is_begun or self._is_good:
            return
        assert self._child is not None
        said = self._child.get(LONGEST_S)
        self._is_good = said == read_worker.verdict(self._word) and self._child.is_fed
        if not self._is_good:
            raise ReadApartFailed

    def end(self) -> None:
        """Leave no process behind."""
        if self._child is not None:
            self._child.end()


def command() -> list[str]:
    """How the worker is started."""
    return second_process.command(read_worker.WORD, read_worker.__file__)
