"""A measured number with its target, and the machine it was measured on."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

MS = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `target` is the most it may be, None where there is none or more is better."""

    code: str
    title: str
    value: float
    unit: str
    target: float | None = None
    kind: str = "median"
    runs: int = 1

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None without a target."""
        return None if self.target is None else self.value <= self.target

    def line(self) -> str:
        """The line of the table."""
        goal = "" if self.target is None else f"<= {self.target:g} {self.unit}"
        mark = {None: "", True: "ok", False: "TOO MUCH"}[self.is_met]
        return f"{self.title:<58}{self.value:>10.1f} {self.unit:<5}{self.kind:>7} of {self.runs:<4}{goal:>14}  {mark}"


def median(code: str, title: str, values: Sequence[float], *, target: float | None = None) -> Figure:
    """The median of times in seconds, as milliseconds; `target` in milliseconds."""
    value = statistics.median(values) * MS
    return Figure(code=code, title=title, value=value, unit="ms", target=target, runs=len(values))


def p95(code: str, title: str, values: Sequence[float], *, target: float | None = None) -> Figure:
    """What 95 in 100 times stay under, as milliseconds."""
    value = sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)] * MS
    return Figure(code=code, title=title, value=value, unit="ms", target=target, kind="p95", runs=len(values))


def rate(code: str, title: str, count: int, seconds: float, *, of: str) -> Figure:
    """How many per second; more is better."""
    return Figure(code=code, title=title, value=count / seconds, unit=of, kind="once")


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def repeated(work: Callable[[], object], runs: int) -> list[float]:
    """How long each of several runs takes."""
    return [seconds(work) for _run in range(runs)]


def memory_mb() -> float | None:
    """What this process holds in memory now, in MB; None where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def machine() -> str:
    """Cores, Python and system: without them the numbers say nothing."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {system}"
