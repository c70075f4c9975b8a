"""Makes phases, kinds of talk and lists to choose from, of the packs that hold them."""

from collections.abc import Mapping

from app.content.pack import Pack
from app.content.row import Row
from app.domain.guidance import (
    AlliancePart,
    ChecklistItem,
    Choice,
    Item,
    Phase,
    TalkKind,
    TalkStep,
    Topic,
)

_TRAITS = ("travel", "parallel", "demonstrable", "not_heard", "departure", "reported")


def phases(pack: Pack) -> tuple[Phase, ...]:
    """Return the phases with their techniques and checklists, by number."""
    techniques = {row.text("code"): Item(**pack.common(row)) for row in pack.rows("technique")}
    items = _checklist(pack, "item", "phase")
    made = (
        Phase(
            **pack.common(row),
            number=row.number("number") or 0,
            looks_like=row.words("looks_like"),
            goal=row.words("goal"),
            forward=row.words("forward"),
            fallback=row.words("fallback"),
            techniques=tuple(techniques[code] for code in row.texts("techniques")),
            items=tuple(item for item in items if item.part == row.text("code")),
        )
        for row in pack.rows("phase")
    )
    return tuple(sorted(made, key=lambda phase: phase.number))


def talk_items(pack: Pack) -> tuple[ChecklistItem, ...]:
    """Return the items around every talk; `part` is the moment (`moment.voor`, `.tijdens`, `.na`)."""
    return _checklist(pack, "item", "moment")


def talk_kinds(pack: Pack) -> Mapping[str, TalkKind]:
    """Return the kinds of talk by code, each with its extra items."""
    extra = _checklist(pack, "extra", "kind")
    return {
        row.text("code"): TalkKind(
            **pack.common(row),
            items=tuple(item for item in extra if item.part == row.text("code")),
            has_phase_checklist=row.flag("phase_checklist"),
            asks_special_circumstances=row.flag("special_circumstances"),
        )
        for row in pack.rows("kind")
    }


def talk_steps(pack: Pack) -> tuple[TalkStep, ...]:
    """Return the steps of a talk by number, with the minutes proposed."""
    made = (
        TalkStep(
            **pack.common(row),
            number=row.number("number") or 0,
            minutes=row.number("minutes") or 0,
            hint=row.words("hint"),
        )
        for row in pack.rows("step")
    )
    return tuple(sorted(made, key=lambda step: step.number))


def topics(pack: Pack) -> tuple[Topic, ...]:
    """Return the special circumstances that are asked in every talk."""
    return tuple(Topic(**pack.common(row), question=row.words("question")) for row in pack.rows("topic"))


def alliance(pack: Pack) -> tuple[AlliancePart, ...]:
    """Return the parts of the working alliance."""
    return tuple(
        AlliancePart(**pack.common(row), hint=row.words("hint"), helps=row.text("direction") == "helpt")
        for row in pack.rows("alliance")
    )


def plain(pack: Pack, section: str) -> tuple[Item, ...]:
    """Return the items of a part that hold nothing but words."""
    return tuple(Item(**pack.common(row)) for row in pack.rows(section))


def choices(pack: Pack) -> Mapping[str, tuple[Choice, ...]]:
    """Return the lists of a pack by name; the order is the order on screen."""
    found: dict[str, list[Choice]] = {}
    for row in pack.rows("choice"):
        found.setdefault(row.text("list"), []).append(_choice(pack, row))
    return {name: tuple(made) for name, made in found.items()}


def _choice(pack: Pack, row: Row) -> Choice:
    traits = {name for name in _TRAITS if row.flag(name)}
    traits |= {f"{name}:{row.text(name)}" for name in ("letter", "moment") if row.text(name)}
    traits |= {f"of:{code}" for code in row.texts("of")}
    if (number := row.number("number")) is not None:
        traits.add(f"number:{number}")
    return Choice(
        **pack.common(row),
        list_name=row.text("list"),
        key=row.text("key"),
        needs_reason=row.flag("needs_reason"),
        traits=frozenset(traits),
    )


def _checklist(pack: Pack, section: str, part: str) -> tuple[ChecklistItem, ...]:
    return tuple(
        ChecklistItem(**pack.common(row), part=row.text(part), position=position, step=row.text("step"))
        for position, row in enumerate(pack.rows(section), 1)
    )
