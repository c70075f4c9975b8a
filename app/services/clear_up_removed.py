"""A family that one removed while another went on with it: what the removal had not seen still stands. And a person who
was removed, with a family or alone, while another let them belong to a family.

Nothing of it is hidden and nothing chosen: bring it back, or remove what still stands too.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.kinds.dossier import Membership
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.person_name import PersonName
from app.domain.record import KINDS
from app.i18n import _, ngettext
from app.services import removed_family
from app.services.clear_up_words import written
from app.services.differences import Difference
from app.services.matter import Answer, Matter, matter_id
from app.services.session import Session
from app.storage.journal import ops_of
from app.storage.shielding import hidden
from app.storage.uow import read

BACK, REST = "bring-back", "remove-rest"
FAMILY, PERSON = "family", "removed-person"
KINDS_HERE: Final = frozenset({FAMILY, PERSON})


def families(conn: Connection) -> Iterator[Matter]:
    """Every removed family of which something stands."""
    for dossier in removed_family.removed_scopes(conn):
        left = _left(conn, dossier)
        if not left:
            continue
        title = removed_family.last_title(conn, dossier)
        kinds = dict.fromkeys(_(KINDS[kind].title) for _record, kind in left)
        yield Matter(
            id=matter_id(FAMILY, dossier, *(record for record, _kind in left)),
            kind=FAMILY,
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


def persons(conn: Connection) -> Iterator[Matter]:
    """Every removed person who still belongs to a family that is here, in each such family."""
    for person in removed_family.removed_persons(conn):
        found: dict[tuple[str, str], list[str]] = {}
        for record, scope, title in conn.exec_driver_sql(_BELONGS, (person,)).all():
            found.setdefault((scope, title), []).append(record)
        name = _last_name(conn, person) if found else ""
        for (scope, title), records in found.items():
            yield Matter(
                id=matter_id(PERSON, person, *records),
                kind=PERSON,
                title=_("A removed person"),
                about=name,
                family=title,
                dossier=scope,
                words=name,
                explanation=_(
                    "One of you removed this person while the other let them belong to this family."
                ),
                answers=(
                    Answer(
                        code=BACK,
                        words=_("Bring the person back"),
                        note=_("As they were, with what was added since."),
                    ),
                    Answer(
                        code=REST,
                        words=_("They do not belong to this family"),
                        note=written(conn, records[-1]),
                    ),
                ),
                subject=(person, *records),
            )


_BELONGS = (
    "SELECT m.id, m.scope, coalesce(d.title, '') FROM r_membership m JOIN r_dossier d ON d.id = m.scope"
    f" WHERE m.person = ? AND NOT {hidden('m.person', 'm.scope')} ORDER BY m.scope, m.id"
)


def _last_name(conn: Connection, person: str) -> str:
    shown = state_of(ops_of(conn, [person])[person]).shown()
    given, family = (str(shown.get(part) or "") for part in ("given_names", "family_name"))
    return PersonName(family=family, given=given).full or _("name unknown")


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
    if matter.kind == PERSON:
        _decide_person(session, matter, code)
        return
    (dossier,) = matter.subject
    (removed_family.bring_back if code == BACK else removed_family.finish)(session, dossier)


def _decide_person(session: Session, matter: Matter, code: str) -> None:
    person, *records = matter.subject
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        if code == BACK:
            removed_family.bring_person_back(uow, person)
            return
        for record in records:
            found = read(uow.conn, Membership, record)
            if found is not None:
                uow.delete(found)


def is_family(each: Difference) -> bool:
    """Whether a difference is about the removal of a family, and not of one record of it."""
    return each.kind == "dossier" and each.field == DELETED


def decide_difference(session: Session, each: Difference, *, removes: bool) -> None:
    """The same where the family's own record was changed meanwhile: all of it goes, or all of it comes back."""
    if removes:
        removed_family.remove(session, each.record)
    else:
        removed_family.bring_back(session, each.record)
