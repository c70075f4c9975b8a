"""What colleagues confirmed to hold of a family that is to leave this laptop, and what they still need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import GIVABLE, Trust
from app.domain.record import Compartment
from app.domain.words import N_
from app.exchange import trust
from app.i18n import _, ngettext
from app.services.part_words import parts_words
from app.storage.compact_json import json_text


class NotHeldElsewhere(KnownProblem):
    """Nobody told to hold everything."""

    message = N_(
        "This family cannot be taken off this laptop yet: no colleague has confirmed to hold all of it. "
        "Give a colleague a file with these parts and take in the receipt: %(parts)s."
    )


class PartsNotHeld(NotHeldElsewhere):
    """A colleague has the family and did not confirm some parts of it."""

    message = N_(
        "This family cannot be taken off this laptop yet: %(name)s has not confirmed to hold all of it. "
        "Give a file with these parts and take in the receipt: %(parts)s."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A colleague who has the family but did not confirm `changes` of it, which lie in `parts`."""

    name: str
    changes: int
    parts: frozenset[Compartment]


def written_parts(conn: Connection, scopes: Sequence[str]) -> frozenset[Compartment]:
    """The parts that can be given and in which something was written."""
    sql = (
        "SELECT DISTINCT compartment FROM j_stream"
        " WHERE seq > 0 AND scope IN (SELECT value FROM json_each(?))"
    )
    written = set(conn.exec_driver_sql(sql, (json_text(list(scopes)),)).scalars())
    return frozenset(part for part in GIVABLE if part in written)


_LACKING = (
    "SELECT s.compartment, sum(s.seq - coalesce(h.seq, 0)) FROM j_stream s JOIN j_device d ON d.no = s.device"
    " LEFT JOIN l_have h ON h.peer = ? AND h.scope = s.scope AND h.compartment = s.compartment AND h.device = d.id"
    " WHERE s.compartment <> ? AND s.scope IN (SELECT value FROM json_each(?)) AND s.seq > coalesce(h.seq, 0)"
    " GROUP BY s.compartment"
)


def lacking(conn: Connection, scopes: Sequence[str]) -> list[Behind]:
    """What every trusted colleague who told to hold something of the first scope did not confirm, least first."""
    book, found = trust.book(conn), []
    peers = (
        conn.exec_driver_sql("SELECT DISTINCT peer FROM l_have WHERE scope = ?", (scopes[0],)).scalars().all()
    )
    for peer in sorted(peers):
        level = book.trust_of(peer)
        if level.trusted and level is not Trust.OWN:
            asked = (peer, str(Compartment.EIGEN), json_text(list(scopes)))
            rows: dict[str, int] = dict(conn.exec_driver_sql(_LACKING, asked).all())
            found.append(
                Behind(
                    name=trust.colleague(conn, peer).name,
                    changes=sum(rows.values()),
                    parts=frozenset(part for part in GIVABLE if part in rows),
                )
            )
    return sorted(found, key=lambda one: (one.changes, one.name))


# -- in words --------------------------------------------------------------------------------------------------------


def why_not_held(behind: Sequence[Behind], parts: Collection[Compartment]) -> NotHeldElsewhere:
    """Names what the colleague needs who lacks least; `parts` of the family, when nobody has it."""
    if not behind:
        return NotHeldElsewhere(parts=parts_words(parts))
    return PartsNotHeld(name=behind[0].name, parts=parts_words(behind[0].parts))


def lacks_words(one: Behind) -> str:
    """Who lacks how much."""
    return ngettext(
        "%(name)s lacks %(count)d change.",
        "%(name)s lacks %(count)d changes.",
        one.changes,
        name=one.name,
        count=one.changes,
    )


def lacks_advice(one: Behind) -> str:
    """Which parts to give who has the family already."""
    words = parts_words(one.parts)
    return _("Give a file with these parts and take in the receipt: %(parts)s.", parts=words)


def first_advice(parts: Collection[Compartment]) -> str:
    """Which parts to give when nobody is known to have the family."""
    words = parts_words(parts)
    return _("Give a colleague a file with these parts and take in the receipt: %(parts)s.", parts=words)
