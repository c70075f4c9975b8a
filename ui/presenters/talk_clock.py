"""Minutes per step of a talk. It counts while somebody works on the talk, and stands still behind pause and lock."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from app.domain.record import Value

_SECONDS: Final = "seconds."
MINUTE_S: Final = 60


class TalkClock:
    """Seconds by step code; shown in whole minutes only."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.seconds: dict[str, int] = {}
        self._since: float | None = None

    def take_up(self, minutes: Mapping[str, int], typed: Mapping[str, Value]) -> None:
        """Begin from stored minutes and from what a draft kept, whichever is more."""
        self.seconds = {step: used * MINUTE_S for step, used in minutes.items()}
        self._since = None
        for name, value in typed.items():
            if name.startswith(_SECONDS) and isinstance(value, int):
                step = name.removeprefix(_SECONDS)
                self.seconds[step] = max(value, self.seconds.get(step, 0))

    def run(self) -> None:
        """Count from now on."""
        if self._since is None:
            self._since = self._now().timestamp()

    def stop(self, step: str) -> None:
        """Stand still."""
        self.count(step)
        self._since = None

    def count(self, step: str) -> None:
        """Book the time since the last call to `step`; a clock that was set back books nothing."""
        if self._since is not None:
            now = self._now().timestamp()
            self.seconds[step] = self.seconds.get(step, 0) + max(0, int(now - self._since))
            self._since = now

    def total(self) -> int:
        """Whole minutes of the talk so far."""
        return sum(self.seconds.values()) // MINUTE_S

    def minutes(self) -> dict[str, int]:
        """Minutes by step, rounded up: a step that was taken counts at least one."""
        return {step: -(-used // MINUTE_S) for step, used in self.seconds.items() if used}

    def as_draft(self) -> dict[str, Value]:
        """What a draft keeps, for `take_up`."""
        return {f"{_SECONDS}{step}": used for step, used in self.seconds.items() if used}
