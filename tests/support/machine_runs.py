"""How often a state machine is run: a few times in the suite, or as often as `REGIEMAP_RUNS` says over all machines.

Most of the long run are small worlds of few steps: they find more in an hour than few long ones. `REGIEMAP_SHRINK=1`
makes a failure small before it is shown.
"""

import os
from collections import Counter
from typing import ClassVar

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

RUNS = int(os.environ.get("REGIEMAP_RUNS", "0"))
SHRINK = [Phase.shrink] if os.environ.get("REGIEMAP_SHRINK") else []
SHAPES = ((12, 80), (30, 20))
"""Steps in a run, and of how many runs in a hundred."""


class Counted(RuleBasedStateMachine):
    """A machine that counts what it met; `passed` are runs that came to their end and held."""

    met: ClassVar[Counter[str]]

    def passed(self) -> None:
        """One more; a long run says now and then how far it is."""
        self.met["passed"] += 1
        if RUNS and self.met["passed"] % 250 == 0:
            print(f"{type(self).__name__}: {self.met['passed']} runs passed", flush=True)  # noqa: T201


def run(machine: type[Counted], *, few: int, share: int) -> None:
    """`few` runs in the suite, always the same; in a long run its `share` of a hundred, each time new ones."""
    machine.met = Counter()
    shapes = [(steps, RUNS * share * part // 10_000) for steps, part in SHAPES] if RUNS else [(20, few)]
    try:
        for steps, runs in shapes:
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=max(1, runs),
                    stateful_step_count=steps,
                    phases=[Phase.generate, *SHRINK],
                    derandomize=not RUNS,
                    deadline=None,
                    report_multiple_bugs=False,
                    print_blob=True,
                ),
            )
    finally:
        if RUNS:
            print(f"\n{machine.__name__}: {shapes}; met {dict(machine.met)}", flush=True)  # noqa: T201
