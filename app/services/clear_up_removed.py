"""A family that one removed while another went on with it: what the removal had not seen still stands.

Nothing of it is hidden and nothing chosen: bring the family back, or remove what still stands too.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain.op import DELETED
from app.domain.record import KINDS
from app.i18n import _, ngettext
from app.services import removed_family
from app.services.clear_up_words import written
from app.services.differences import Difference
from app.services.matter import Answer, Matter, matter_id
from app.services.session import Session

BACK, REST = "bring-back", "remove-rest"


def families(conn: Connection) -> Iterator[Matter]:
    """Every removed family of which something stands."""
    for dossier in removed_family.removed_scopes(conn):
        left = _left(conn, dossier)
        if not left:
            continue
        title = removed_family.last_title(conn, dossier)
        kinds = dict.fromkeys(_(KINDS[kind].title) for _record, kind in left)
        yield Matter(
            id=matter_id("family", dossier, *(record for record, _kind in left)),
            kind="family",
            title=_("A removed family that went on"),
            about=", ".join(kinds),
            family=title,
            dossier="",
            words=ngettext("%(count)d record", "%(count)d records", len(left), count=len(left)),
            explanation=_("One of you removed this family while the other went on with it."),
            answers=(
                Answer(
                    code=BACK,
                    words=_("Bring the family back"),
                    note=_("As it was, with what was added since."),
                ),
                Answer(code=REST, words=_("Remove the rest too"), note=written(conn, left[-1][0])),
            ),
            subject=(dossier,),
        )


def _left(conn: Connection, dossier: str) -> list[tuple[str, str]]:
    """(record, kind) of what stands in the scope of a dossier."""
    return sorted(
        (record, kind.name)
        for kind in KINDS.values()
        if not (kind.lasting or kind.appended)
        for record in conn.exec_driver_sql(
            f'SELECT id FROM "r_{kind.name}" WHERE scope = ?', (dossier,)
        ).scalars()
    )


def decide(session: Session, matter: Matter, code: str) -> None:
    """Bring it back, or remove the rest. Raises `NotRemoved`."""
    (dossier,) = matter.subject
    (removed_family.bring_back if code == BACK else removed_family.finish)(session, dossier)


def is_family(each: Difference) -> bool:
    """Whether a difference is about the removal of a family, and not of one record of it."""
    return each.kind == "dossier" and each.field == DELETED


def decide_difference(session: Session, each: Difference, *, removes: bool) -> None:
    """The same where the family's own record was changed meanwhile: all of it goes, or all of it comes back."""
    if removes:
        removed_family.remove(session, each.record)
    else:
        removed_family.bring_back(session, each.record)
