"""The states of a dossier, S0 to S11: which may stand side by side and which are offered first after which.

The states and their transitions are content (pack `basis`, list `stand` and part `transition`). States of the main
course follow each other; parallel ones stand beside it. Every transition is possible: the table orders what is offered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.guidance import Choice, Provenance, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState(Choice):
    """One state. `next_codes`: what lies at hand after it; `ends_codes`: parallel states that mostly end with it.

    `rule` is where the transitions come from; `proposed_by` the fact of a dossier that proposes the state.
    """

    rule: Provenance
    next_codes: tuple[str, ...]
    ends_codes: tuple[str, ...]
    is_always_possible: bool
    is_final: bool
    proposed_by: str
    enters: Words
    leaves: Words

    @property
    def is_parallel(self) -> bool:
        """Whether it stands beside the main course."""
        return "parallel" in self.traits


States = Mapping[str, CaseState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What may be recorded, nearest first: what lies at hand, what can come from any state, what stands beside."""

    first: tuple[CaseState, ...]
    always: tuple[CaseState, ...]
    beside: tuple[CaseState, ...]
    others: tuple[CaseState, ...]

    @property
    def all(self) -> tuple[CaseState, ...]:
        """Every one of them, in this order."""
        return (*self.first, *self.always, *self.beside, *self.others)


def offered(states: States, standing: Sequence[str]) -> Offered:
    """Every state that does not stand already, ordered by what the present ones say; `standing` are bare codes."""
    here = [states[code] for code in standing if code in states]
    leading = [state for state in here if not state.is_parallel] or here
    near = [code for state in leading for code in state.next_codes] if here else list(states)[:1]
    free = {state.code: state for state in states.values() if state.code not in standing}
    first = _take(free, near)
    always = _take(free, [code for code, state in free.items() if state.is_always_possible])
    beside = _take(free, [code for code, state in free.items() if state.is_parallel])
    return Offered(first=first, always=always, beside=beside, others=tuple(free.values()))


def _take(free: dict[str, CaseState], codes: Iterable[str]) -> tuple[CaseState, ...]:
    """Take these out of what is left."""
    return tuple(free.pop(code) for code in dict.fromkeys(codes) if code in free)


def ended_by(states: States, new: str, standing: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What ends when `new` begins: what must, and what mostly does (bare codes).

    A state of the main course ends the one before; a final state ends everything; nothing stands beside a final one.
    """
    state, here = states[new], [states[code] for code in standing if code in states and code != new]
    if state.is_final:
        return tuple(each.code for each in here), ()
    must = tuple(each.code for each in here if each.is_final or not (each.is_parallel or state.is_parallel))
    return must, tuple(each.code for each in here if each.code in state.ends_codes and each.code not in must)


def contradicting(states: States, standing: Iterable[str]) -> frozenset[str]:
    """Those of what stands (bare codes) of which one had to end when the other began: two of the main course, or
    anything beside a final one. Two officers wrote them without knowing of each other; neither counts."""
    here = {code for code in standing if code in states}
    pairs = ({code, *ended_by(states, code, sorted(here))[0]} for code in here)
    return frozenset(code for pair in pairs if len(pair) > 1 for code in pair)
