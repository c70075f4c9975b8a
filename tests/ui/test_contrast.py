"""Computes the contrast of every pair of roles that the program paints: docs/design.md says what it must be."""

import pytest

from app.config.paths import RESOURCES
from ui.bridge.theme_file import STATES, read_colours

_LEAST_TEXT, _LEAST_EDGE = 5.3, 3.0
_GROUNDS = ("paper", "canvas", "rail", "accent_soft")


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 ratio of two hex colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _text_pairs() -> list[tuple[str, str]]:
    pairs = [(text, ground) for text in ("ink", "quiet", *STATES) for ground in _GROUNDS]
    pairs += [("ink", "hover"), ("ink", "unknown_bg"), ("quiet", "unknown_bg")]
    pairs += [(state, f"{state}_bg") for state in STATES] + [("ink", f"{state}_bg") for state in STATES]
    pairs += [("accent", ground) for ground in ("paper", "canvas", "accent_soft")]
    return [*pairs, ("accent_on", "accent"), ("accent_on", "accent_strong")]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_text_can_be_read(name: str) -> None:
    colours = read_colours(RESOURCES / "themes" / f"{name}.toml")
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in _text_pairs()}
    # Rounded as the table of the design rounds: unknown on soft stands there as 5.3.
    assert {pair: ratio for pair, ratio in found.items() if round(ratio, 1) < _LEAST_TEXT} == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_rings_and_bars_are_seen(name: str) -> None:
    colours = read_colours(RESOURCES / "themes" / f"{name}.toml")
    pairs = [
        ("edge", "paper"),
        ("edge", "canvas"),
        ("accent_ring", "canvas"),
        ("accent_ring", "paper"),
        ("accent", "line"),
    ]
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < _LEAST_EDGE} == {}


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert round(contrast("#22272A", "#FFFFFF"), 1) == 15.1
