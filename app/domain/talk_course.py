"""The course of a talk: which sentences belong to which of its steps, from kind and phase.

The phase's checklist stands in the deepening step. What a kind of talk asks on top stands in "our agenda", and in the
deepening where the kind has no phase checklist, so that no step of a talk is without its sentences twice over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.guidance import ChecklistItem, Phase, TalkKind, TalkStep

BEFORE, DURING, AFTER = "moment.voor", "moment.tijdens", "moment.na"
LOOKING_BACK: Final = "stap.terugblik"
OUR_AGENDA: Final = "stap.onze-agenda"
DEEPENING: Final = "stap.verdieping"
CIRCUMSTANCES: Final = "stap.bijzonderheden"
AGREEMENTS: Final = "stap.afspraken"
CLOSING: Final = "stap.afsluiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step with its sentences; `step.minutes` is a proposal."""

    step: TalkStep
    items: tuple[ChecklistItem, ...]


def course(
    steps: Sequence[TalkStep], around: Sequence[ChecklistItem], kind: TalkKind | None, phase: Phase | None
) -> tuple[CourseStep, ...]:
    """Return the steps in order. Without a kind every part that any kind has is offered.

    An item around the talk that names no step (when tension rises) is looked back on while closing. What stands in
    the step of special circumstances names them, and somebody may read along: it is answered after the talk.
    """
    by_step: dict[str, list[ChecklistItem]] = {step.code: [] for step in steps}
    has_phase = kind is None or kind.has_phase_checklist
    if phase is not None and has_phase:
        by_step[DEEPENING].extend(phase.items)
    if kind is not None:
        _spread(by_step, kind.items, OUR_AGENDA if has_phase else DEEPENING)
    _spread(by_step, [item for item in around if item.part == DURING and item.step != CIRCUMSTANCES], CLOSING)
    return tuple(CourseStep(step=step, items=tuple(by_step[step.code])) for step in steps)


def _spread(
    by_step: Mapping[str, list[ChecklistItem]], items: Sequence[ChecklistItem], otherwise: str
) -> None:
    for item in items:
        by_step[item.step or otherwise].append(item)


def before_talk(around: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Return the items of the preparation."""
    return tuple(item for item in around if item.part == BEFORE)


def after_talk(around: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Return the items after the talk, led by what was kept off the screen during it."""
    kept_off = tuple(item for item in around if item.part == DURING and item.step == CIRCUMSTANCES)
    return (*kept_off, *(item for item in around if item.part == AFTER))
