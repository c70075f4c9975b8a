"""Makes the lists of the packs `vertrek` and `papieren`."""

from collections.abc import Mapping
from typing import cast

from app.content.pack import Pack
from app.domain.free_text_check import MatchKind, WordRule
from app.domain.guidance import Item, Setting
from app.domain.special_departure import ChecklistLine, LineNeed, TravelCondition


def checklist_lines(pack: Pack) -> tuple[ChecklistLine, ...]:
    """Return the lines C01 and on, each with its need per kind of departure."""
    return tuple(
        ChecklistLine(
            **pack.common(row),
            need={kind: LineNeed(cast(str, need)) for kind, need in row.group("need").items()},
        )
        for row in pack.rows("check")
    )


def settings(pack: Pack) -> Mapping[str, Setting]:
    """Return the numbers that an administrator may change, by code."""
    return {
        row.text("code"): Setting(**pack.common(row), amount=row.number("amount"), unit=row.text("unit"))
        for row in pack.rows("setting")
    }


def travel_conditions(pack: Pack) -> tuple[TravelCondition, ...]:
    """Return the coded travel conditions."""
    return tuple(
        TravelCondition(
            **pack.common(row), paper_code=row.text("paper"), is_physical_handover=row.flag("physical")
        )
        for row in pack.rows("condition")
    )


_MATCH = {
    "heel": MatchKind.WORD,
    "begin": MatchKind.START,
    "deel": MatchKind.PART,
    "patroon": MatchKind.PATTERN,
}


def forbidden_words(pack: Pack) -> tuple[WordRule, ...]:
    """Return what may not stand on a paper for abroad (rule c-01), for `check_free_text`."""
    return tuple(
        WordRule(
            code=row.text("code"),
            text=row.text("word"),
            language=row.text("language"),
            kind=_MATCH[row.text("match")],
            is_case_sensitive=row.flag("same_case"),
        )
        for row in pack.rows("forbidden")
    )


def paper_texts(pack: Pack) -> Mapping[str, Mapping[str, str]]:
    """Return the wording of papers: key, then language, then the text with `{placeholders}`.

    A paper in one language needs its wording in that language only; an absent language is absent here too.
    """
    found: dict[str, dict[str, str]] = {}
    for row in pack.rows("text"):
        texts = {language: row.text(language) for language in ("nl", "en", "fr")}
        found[row.text("code")] = {language: text for language, text in texts.items() if text}
    return found


def papers(pack: Pack) -> Mapping[str, Item]:
    """Return the papers that the program makes, by code."""
    return {row.text("code"): pack.items[row.text("code")] for row in pack.rows("paper")}
