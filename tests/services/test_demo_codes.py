"""Every code that a made-up family names is in a content pack; requests go only where the pack says."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise

import pytest

from app.config.paths import RESOURCES
from app.domain.glyphs import Coverage
from app.services.demo_families import families
from app.services.demo_family import DEEDS, DemoFamily

PREFIXES = [
    "fase.",
    "gesprek.",
    "bijz.",
    "bijz-antwoord.",
    "antwoord.",
    "tolk.",
    "belemmering.",
    "gehoord.",
    "gezinsrol.",
    "geslacht.",
    "lezen.",
    "contactrol.",
    "mag-vertrekken.",
    "lp.",
    "doel.",
    "medewerking.",
    "presentatie.",
    "oorzaak.",
    "document.",
    "ja-nee-onbekend.",
    "begeleiding.",
    "aangemeld.",
    "gezondheidsinformatie.",
    "ontvanger.",
    "voorwaarde.",
    "bezit.",
]


@pytest.fixture(scope="module")
def packs() -> dict[str, dict[str, object]]:
    """Every item of every pack by its code."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted((RESOURCES / "content").glob("*.toml")):
        with path.open("rb") as file:
            pack = tomllib.load(file)
        for rows in pack.values():
            if isinstance(rows, list):
                found.update({row["code"]: row for row in rows if "code" in row})
    return found


@pytest.fixture(scope="module")
def many() -> tuple[DemoFamily, ...]:
    return tuple(families(300, 3, date(2026, 11, 24)))


def texts(value: object) -> Iterator[str]:
    """Every text anywhere in a made-up family."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def test_every_code_is_in_a_pack(many: tuple[DemoFamily, ...], packs: dict[str, dict[str, object]]) -> None:
    named = {text for text in texts(many) if text.startswith(tuple(PREFIXES)) and " " not in text}
    assert len(named) > 60
    assert named <= packs.keys()
    others = {code for one in many for talk in one.talks for code, _ in talk.answers}
    others |= {kind for one in many if one.departure for _, kind in one.departure.kinds}
    others |= {one.nationality for one in many}
    assert others <= packs.keys()


def test_a_request_takes_only_steps_that_the_track_foresees(
    many: tuple[DemoFamily, ...], packs: dict[str, dict[str, object]]
) -> None:
    for one in many:
        for request in one.requests:
            states = [event.event for event in request.events if event.event not in DEEDS]
            assert states[0] == "lp.concept"
            for here, there in pairwise(states):
                following = packs[here]["next"]
                assert isinstance(following, list)
                assert there in following


def test_an_event_has_what_the_track_asks_for(
    many: tuple[DemoFamily, ...], packs: dict[str, dict[str, object]]
) -> None:
    for one in many:
        for request in one.requests:
            for event in request.events:
                needs = packs[event.event]["needs"]
                assert isinstance(needs, list)
                for need in (packs[need] for need in needs if need != "veld.verteld-op"):
                    holder = request if need["record"] == "request" else event
                    assert getattr(holder, str(need["name"])) not in ("", None), (event.event, need["name"])


def test_our_fonts_print_all_names_but_the_chinese_ones(many: tuple[DemoFamily, ...]) -> None:
    coverage = Coverage.parse((RESOURCES / "fonts" / "coverage.txt").read_text(encoding="utf-8"))
    for one in many:
        unprintable = {letter for text in texts(one) for letter in coverage.unprintable(text)}
        assert bool(unprintable) == (one.nationality == "CN"), one.title
        assert not any(coverage.unprintable(member.name.full) for member in one.members)
