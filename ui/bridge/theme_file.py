"""Reads the theme files, so that no other module knows their shape.

A theme file holds colour roles only; `metrics.toml` holds the sizes and fonts that all themes share. Nothing here
needs a running program, which is why the contrast test can read the same roles as the window.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_HEX = re.compile(r"#[0-9A-F]{6}\Z")
STATES = ("late", "watch", "good", "info", "clash", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRole:
    """Size in logical px before the user's factor, and weight (400 or 600)."""

    px: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Sizes shared by all themes, in logical px before the user's factor."""

    families: tuple[str, ...]
    features: tuple[str, ...]
    number_features: tuple[str, ...]
    types: dict[str, TypeRole]
    arabic_extra: int
    gaps: tuple[int, ...]
    page_margin: tuple[int, int, int, int]
    page_margin_narrow: tuple[int, int, int, int]
    sizes: dict[str, int]
    breakpoints: dict[str, int]
    factors: tuple[float, ...]


def read_colours(path: Path) -> dict[str, str]:
    """Return role -> "#RRGGBB", flattened: `late` and `late_bg`, `accent` and `accent_soft`.

    Raises ValueError naming the role when a value is no upper-case hex colour, KeyError when a section is missing.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    roles: dict[str, str] = {**raw["surface"], **raw["text"]}
    for key, value in raw["accent"].items():
        roles["accent" if key == "base" else f"accent_{key}"] = value
    for state in STATES:
        pair = raw["state"][state]
        roles[state], roles[f"{state}_bg"] = pair["fg"], pair["bg"]
    for role, value in roles.items():
        if not _HEX.match(value):
            raise ValueError(f"{path.name}: {role} is no colour")
    return roles


def read_metrics(path: Path) -> Metrics:
    """Read the sizes and fonts; KeyError names what is missing."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    font, space, types = raw["font"], raw["space"], dict(raw["type"])
    arabic_extra = int(types.pop("arabic_extra"))
    left, top, right, bottom = space["page_margin"]
    narrow_left, narrow_top, narrow_right, narrow_bottom = space["page_margin_narrow"]
    single = {key: value for key, value in space.items() if isinstance(value, int)}
    return Metrics(
        families=tuple(font["families"]),
        features=tuple(font["features"]),
        number_features=tuple(font["number_features"]),
        types={name: TypeRole(px=px, weight=weight) for name, (px, weight) in types.items()},
        arabic_extra=arabic_extra,
        gaps=tuple(space["gaps"]),
        page_margin=(left, top, right, bottom),
        page_margin_narrow=(narrow_left, narrow_top, narrow_right, narrow_bottom),
        sizes={**raw["size"], **single},
        breakpoints=dict(raw["breakpoint"]),
        factors=tuple(float(step) for step in raw["size_factor"]["steps"]),
    )


def read_icon_roles(path: Path) -> dict[str, str]:
    """Return "group.role" -> file name without ending, for example "nav.today" -> "sun"."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{group}.{role}": name for group, roles in raw.items() for role, name in roles.items()}
