"""The checklist of a special departure: which lines the chosen kinds ask for, and what is still unanswered.

Every line must be *answered*, not *arranged*: "not needed" and "did not work out" are answers when they carry
a reason. A list cannot be shortened, only answered (bijzonder-vertrek, a.6 and BV-17).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.guidance import Choice, Item


class LineNeed(StrEnum):
    """How strongly a kind of departure asks for a line."""

    REQUIRED = "verplicht"
    IF_APPLICABLE = "indien"
    NOT_NEEDED = "niet"


_STRENGTH = (LineNeed.NOT_NEEDED, LineNeed.IF_APPLICABLE, LineNeed.REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine(Item):
    """One line, with its need for each kind of departure (code of the kind)."""

    need: Mapping[str, LineNeed]

    def need_for(self, kinds: Collection[str]) -> LineNeed:
        """Return the strongest need among the kinds; an unknown kind asks the line if applicable."""
        needs = [self.need.get(kind, LineNeed.IF_APPLICABLE) for kind in kinds]
        return max(needs, key=_STRENGTH.index, default=LineNeed.NOT_NEEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelCondition(Item):
    """A coded travel condition. `paper_code`: its name on sheet 1; a physical one needs a person there."""

    paper_code: str
    is_physical_handover: bool


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """The answer to a line: bare code, and the reason where the answer asks for one."""

    code: str = ""
    reason: str = ""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line as these kinds ask for it."""

    line: ChecklistLine
    need: LineNeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """What has been answered. `open_lines` and `without_reason` hold required lines only."""

    required: int
    answered: int
    open_lines: tuple[ChecklistLine, ...]
    without_reason: tuple[ChecklistLine, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every required line has an answer, with its reason where one is due."""
        return not self.open_lines and not self.without_reason


def checklist(lines: Iterable[ChecklistLine], kinds: Collection[str]) -> tuple[AskedLine, ...]:
    """Return the lines that the kinds ask for, in the order of the pack; without a kind, none."""
    asked = (AskedLine(line, line.need_for(kinds)) for line in lines)
    return tuple(each for each in asked if each.need is not LineNeed.NOT_NEEDED)


def completeness(
    asked: Iterable[AskedLine], answers: Mapping[str, LineAnswer], choices: Mapping[str, Choice]
) -> Completeness:
    """Count the answers. `answers` by code of the line, `choices` are the answers that the pack knows.

    An answer that is disputed, or whose code the pack does not know, counts as none.
    """
    required = [each.line for each in asked if each.need is LineNeed.REQUIRED]
    open_lines, without_reason = [], []
    for line in required:
        answer = answers.get(line.code, LineAnswer())
        choice = None if answer.disputed else choices.get(answer.code)
        if choice is None:
            open_lines.append(line)
        elif choice.needs_reason and not answer.reason.strip():
            without_reason.append(line)
    return Completeness(
        required=len(required),
        answered=len(required) - len(open_lines) - len(without_reason),
        open_lines=tuple(open_lines),
        without_reason=tuple(without_reason),
    )
