"""The line of at most seven words above a request: what was, where it stands now, what is still to come."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.request_track import Position, Stage, Track


class StageProgress(StrEnum):
    """How a word of the line is drawn."""

    DONE = "done"
    PASSED_BY = "passed-by"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class StageMark:
    """A word of the line and the day on which the request last came there (None: never, or day unknown)."""

    stage: Stage
    progress: StageProgress
    on: date | None = None


def stage_line(track: Track, now: Position) -> tuple[StageMark, ...]:
    """Return the line. A state without a word stays at the word before; an unknown state has no *now*."""
    reached: dict[str, date | None] = {}
    current = ""
    for step in now.steps:
        if step.state and step.state.stage:
            current = step.state.stage
            reached[current] = step.event.on
    here = next((stage.number for stage in track.stages if stage.code == current), 0)
    marks = []
    for stage in track.stages:
        if stage.number == here:
            progress = StageProgress.NOW if now.is_known else StageProgress.DONE
        elif stage.number > here:
            progress = StageProgress.AHEAD
        else:
            progress = StageProgress.DONE if stage.code in reached else StageProgress.PASSED_BY
        on = None if progress is StageProgress.AHEAD else reached.get(stage.code)
        marks.append(StageMark(stage, progress, on))
    return tuple(marks)


def document_covers(valid_until: date | None, flight_on: date | None) -> bool | None:
    """Tell whether a document still holds on the day of the flight; None while one of the two is unknown."""
    if valid_until is None or flight_on is None:
        return None
    return flight_on <= valid_until
