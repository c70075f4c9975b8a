"""Computing that may be done elsewhere: who asks waits for the answer. Here it is done at once."""

from collections.abc import Callable
from typing import TypeVar

D = TypeVar("D")
A = TypeVar("A")


def here(job: Callable[[D], A], data: D) -> Callable[[], A]:
    """The answer of a job that is done at once, in this process; it is there when it is waited for."""
    found = job(data)
    return lambda: found
