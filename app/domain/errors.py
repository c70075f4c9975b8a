"""The two kinds of error: the user's to mend (here) and ours to mend (everything else).

A `KnownProblem` carries a msgid in English; the sentence shown is its translation. It never holds more case
data than the screen that raised it already shows, because its text may reach a log by way of a command.
"""

from typing import ClassVar


class KnownProblem(Exception):
    """A problem with one plain sentence and a way on. Subclass it and set `message` (English msgid)."""

    message: ClassVar[str] = ""

    def __init__(self, **params: str | int) -> None:
        super().__init__(type(self).__name__)
        self.params = params

    @property
    def code(self) -> str:
        """Stable name of the problem, for `--json` and tests."""
        return type(self).__name__
