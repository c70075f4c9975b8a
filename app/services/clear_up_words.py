"""Where a value came from, and a suggestion where one is safe to make."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.clock import moment_of
from app.domain.op import DELETED
from app.exchange import trust
from app.i18n import _, formats, ngettext
from app.services.differences import Difference

DELICATE = frozenset({"receiver", "flight", "travel_condition", "identity_fact", "person_number", "decision"})
"""Kinds on which nothing is suggested: who receives, how one travels, under which condition, who somebody is."""

IDENTITY = frozenset(
    {
        *(
            ("person", name)
            for name in ("family_name", "given_names", "family_name_native", "given_names_native")
        ),
        *(("person", name) for name in ("sex", "birth_date", "birth_place", "birth_country", "died_on")),
        *(("alias", name) for name in ("family_name", "given_names", "native")),
    }
)
"""The same for these fields of other kinds."""


def written(conn: Connection, record: str) -> str:
    """Who wrote a record down, when, and the file it came in."""
    row = conn.exec_driver_sql(
        "SELECT a.no, coalesce(w.name, ''), a.hlc FROM j_op o JOIN j_action a ON a.no = o.action"
        " LEFT JOIN r_officer w ON w.id = a.officer WHERE o.rec = ? AND o.parents IS NULL ORDER BY a.hlc LIMIT 1",
        (bytes.fromhex(record),),
    ).first()
    if row is None:
        return ""
    return "  ·  ".join((row[1] or _("unknown"), formats.deed(moment_of(row[2])), from_where(conn, row[0])))


def from_where(conn: Connection, action: int) -> str:
    """Written here, or the file it came in: of whom and of which day."""
    row = conn.exec_driver_sql(
        "SELECT i.sender, i.at FROM j_op o JOIN l_import i ON i.no = o.arrival WHERE o.action = ? LIMIT 1",
        (action,),
    ).first()
    if row is None:
        return _("written here")
    name, at_ms = trust.colleague(conn, row[0]).name, row[1]
    day = formats.fact(formats.local(moment_of(at_ms << 16)).date())
    return _("file of %(name)s of %(day)s", name=name or _("an unknown laptop"), day=day)


def brought(points: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """What a file brings to clear up beside differing values: how much in a line, then a line for each kind."""
    count = sum(number for _name, number in points)
    said = ngettext(
        "%(count)d more thing to clear up", "%(count)d more things to clear up", count, count=count
    )
    return (said, *(f"{formats.number(number)} × {name}" for name, number in points)) if points else ()


def suggestion(each: Difference) -> str:
    """One sentence where two values hardly differ; "" otherwise. It is never chosen by itself."""
    if _delicate(each) or len(each.sides) != 2:
        return ""
    texts = [side.value if isinstance(side.value, str) else None for side in each.sides]
    filled = [number for number, side in enumerate(each.sides) if side.value not in (None, "")]
    if len(filled) == 1:
        words = each.sides[filled[0]].words
        return _("Suggestion: %(value)s, because the other is empty.", value=words)
    if texts[0] and texts[1] and _bare(texts[0]) == _bare(texts[1]):
        longest = max(each.sides, key=lambda side: len(side.words)).words
        return _("Suggestion: %(value)s, because only capitals or spaces differ.", value=longest)
    return ""


def _delicate(each: Difference) -> bool:
    return each.field == DELETED or each.kind in DELICATE or (each.kind, each.field) in IDENTITY


def _bare(text: str) -> str:
    return "".join(text.casefold().split())
