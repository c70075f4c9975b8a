"""What came in and is in no table, or only in part: set apart, of two histories, or of a newer program."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain.clock import moment_of
from app.domain.op import DELETED
from app.domain.record import KINDS
from app.exchange import set_apart as apart
from app.exchange import trust
from app.exchange.set_apart import Kept
from app.i18n import _, formats, ngettext
from app.services import clear_up_fork, open_again, set_apart
from app.services.hold_words import hold_words
from app.services.matter import Answer, Matter, matter_id
from app.services.session import Session
from app.storage.shielding import hidden

DISCARD, TAKE_IN, AGAIN = "discard", "take-in", "open-again"


def all_of(conn: Connection) -> list[Matter]:
    """Every matter of these kinds."""
    return [*set_apart_ones(conn), *clear_up_fork.forks(conn), *newer(conn)]


def decide(session: Session, matter: Matter, code: str) -> None:
    """Leave a stretch out for good, take it in after all, or make a new case of it. Raises `NoSuchMatter`."""
    if matter.kind == "fork":
        clear_up_fork.decide(session, matter, code)
        return
    if code == AGAIN:
        open_again.open_again(session, int(matter.subject[0]))
        return
    (set_apart.take_in if code == TAKE_IN else set_apart.discard)(session, int(matter.subject[0]))


def set_apart_ones(conn: Connection) -> Iterator[Matter]:
    """What is set apart: from whom, how much, why."""
    for kept in apart.all_of(conn):
        dossier, title = _family(conn, kept.key.scope)
        count = kept.end - kept.start
        yield Matter(
            id=matter_id("apart", str(kept.no), str(kept.end)),
            kind="apart",
            title=_("Set apart"),
            about=_("from %(name)s", name=trust.colleague(conn, kept.sender).name or _("an unknown laptop")),
            family=title or _("A family that is not here"),
            dossier=dossier,
            words=ngettext("%(count)d change", "%(count)d changes", count, count=count),
            explanation=hold_words((kept.why,)),
            answers=tuple(_answers(conn, kept)),
            subject=(str(kept.no),),
        )


def _family(conn: Connection, scope: str) -> tuple[str, str]:
    """The dossier that a scope is or belongs to here, and its title; empty when it is not here."""
    sql = (
        "SELECT d.id, coalesce(d.title, '') FROM r_dossier d WHERE d.id = ? OR d.id IN"
        f" (SELECT m.scope FROM r_membership m WHERE m.person = ? AND NOT {hidden('m.person', 'm.scope')})"
        " ORDER BY d.id <> ? LIMIT 1"
    )
    row = conn.exec_driver_sql(sql, (scope, scope, scope)).first()
    return ("", "") if row is None else (row[0], row[1])


def _answers(conn: Connection, kept: Kept) -> Iterator[Answer]:
    came = formats.fact(formats.local(moment_of(kept.at << 16)).date())
    if kept.why in set_apart.MAY_COME_IN:
        yield Answer(
            code=TAKE_IN,
            words=_("Take it in after all"),
            note=_("You give this laptop access to the family."),
        )
    if open_again.may(conn, kept):
        yield Answer(
            code=AGAIN,
            words=_("Open again as a new case"),
            note=_("A new dossier of yours with what was written since. What was destroyed stays destroyed."),
        )
    yield Answer(code=DISCARD, words=_("Leave it out for good"), note=_("came in on %(day)s", day=came))


def newer(conn: Connection) -> Iterator[Matter]:
    """How many changes are of a kind, or hold a field, that this version does not know."""
    count = _of_unknown_kinds(conn) + _with_unknown_fields(conn)
    if count:
        yield Matter(
            id=matter_id("newer", str(count)),
            kind="newer",
            title=_("Waits for a newer version"),
            about="",
            family="",
            dossier="",
            words=ngettext("%(count)d change", "%(count)d changes", count, count=count),
            explanation=_("It is kept whole and shows once the program is brought up to date."),
        )


def _of_unknown_kinds(conn: Connection) -> int:
    unknown = [no for no, name in conn.exec_driver_sql("SELECT no, name FROM j_kind") if name not in KINDS]
    if not unknown:
        return 0
    marks = ",".join("?" * len(unknown))
    return int(
        conn.exec_driver_sql(
            f"SELECT count(*) FROM j_op WHERE kind IN ({marks})", tuple(unknown)
        ).scalar_one()
    )


def _with_unknown_fields(conn: Connection) -> int:
    """Sought only in files that held something newer when they came in: the program may know it by now."""
    sql = (
        "SELECT k.name, o.cells FROM j_op o JOIN j_kind k ON k.no = o.kind WHERE o.fields IS NULL AND o.arrival IN"
        " (SELECT no FROM l_import WHERE counts ->> '$.newer' > 0)"
    )
    if conn.exec_driver_sql("SELECT 1 FROM l_import WHERE counts ->> '$.newer' > 0 LIMIT 1").first() is None:
        return 0
    rows = conn.exec_driver_sql(sql)
    return sum(
        not {*json.loads(cells)} <= {*KINDS[kind].names, DELETED} for kind, cells in rows if kind in KINDS
    )
