"""A short fact for the column beside a story, as plain data; the view hands it to the side list."""

from dataclasses import dataclass

from ui.bridge.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Words, a quiet line below, an icon of its role, and a link to a place when there is something to do."""

    main: str
    second: str = ""
    icon: str = ""
    role: str = "quiet"
    strong: bool = False
    link: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts under one heading; a group without facts is not shown."""

    title: str
    facts: tuple[Fact, ...]
    icon: str = ""
    role: str = "ink"
    count: str = ""
