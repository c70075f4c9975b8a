"""Somebody who belongs to two families at once: moved on two laptops, each to another, or written down twice.

Each move ended the old membership and began one in a dossier of its own, so that no cell has two values; only a person
can say where somebody is now. Who may not show with a family (`shielding`) is not listed with it here either.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Membership
from app.i18n import _, ngettext
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.record_names import persons as names_of
from app.services.session import Session
from app.services.value_words import incomplete_words
from app.storage.shielding import hidden
from app.storage.uow import read, read_where

STAYS, BOTH = "stays-", "both"
CORRECTED = "lidmaatschap.onbekend"

_TWICE = (
    "SELECT person FROM r_membership WHERE person IN (SELECT person FROM r_membership WHERE person IS NOT NULL"
    " GROUP BY person HAVING count(*) > 1)"  # which the index alone answers
    " AND to_on IS NULL AND coalesce(elsewhere, 0) = 0 GROUP BY person HAVING count(DISTINCT scope) > 1 ORDER BY person"
)
_RUNNING = (
    "person = ? AND to_on IS NULL AND coalesce(elsewhere, 0) = 0"
    f" AND NOT {hidden('r_membership.person', 'r_membership.scope')} ORDER BY id"
)


def members_twice(conn: Connection) -> Iterator[Matter]:
    """Each person with a membership that runs in more than one family here."""
    for person in conn.exec_driver_sql(_TWICE).scalars().all():
        rows = read_where(conn, Membership, _RUNNING, (person,))
        titles: dict[str, str] = {
            row.scope: str(conn.exec_driver_sql(_TITLE, (row.scope,)).scalar() or "") for row in rows
        }
        if len(titles) < 2:
            continue
        name = names_of(conn, [person]).get(person) or _("name unknown")
        others = len(titles) - 1
        yield Matter(
            id=matter_id("membership", person, *(row.id for row in rows)),
            kind="membership",
            title=_("In more than one family at once"),
            about=name,
            family=titles[rows[0].scope],
            dossier=rows[0].scope,
            words=" / ".join(titles.values()),
            explanation=ngettext(
                "Somebody lives in one family. The other membership ends; it stays in the history.",
                "Somebody lives in one family. The other memberships end; they stay in the history.",
                others,
            ),
            answers=(
                *(
                    Answer(
                        code=f"{STAYS}{row.id}",
                        words=_("%(name)s belongs to %(family)s", name=name, family=titles[row.scope]),
                        note=_("since %(day)s", day=_day(row.from_on)),
                    )
                    for row in rows
                ),
                Answer(
                    code=BOTH,
                    words=ngettext("Both are right", "All are right", others),
                    note=ngettext(
                        "In the family named last %(name)s then counts as living elsewhere.",
                        "In all families but the one named first %(name)s then counts as living elsewhere.",
                        others,
                        name=name,
                    ),
                ),
            ),
            subject=tuple(row.id for row in rows),
        )


_TITLE = "SELECT title FROM r_dossier WHERE scope = ?"


def _day(text: str | None) -> str:
    return incomplete_words(IncompleteDate.from_text(text)) if text else _("date unknown")


def decide(session: Session, matter: Matter, code: str) -> None:
    """End the other memberships, or say that all are right: elsewhere in all families but the first. Raises
    `NoSuchMatter`."""
    with session.store.write(verbs.MEMBERSHIP_CORRECTED, dossier=matter.dossier) as uow:
        rows = [row for row in (read(uow.conn, Membership, one) for one in matter.subject) if row is not None]
        running = [row for row in rows if row.to_on is None]
        if len(running) < len(matter.subject):
            raise NoSuchMatter
        if code == BOTH:
            for row in running:
                if row.scope != running[0].scope:
                    uow.save(row, row.with_values(elsewhere=1))
            return
        reason = session.content.ref("basis", CORRECTED)
        for row in running:
            if row.id != code.removeprefix(STAYS):
                ended = row.with_values(to_on=row.from_on or session.today.isoformat(), reason=reason)
                uow.save(row, ended)
