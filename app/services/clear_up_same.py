"""One person with two records that say different things: a value is chosen for both, or they are two."""

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain.record import KINDS
from app.i18n import _, formats
from app.services import one_person
from app.services.clear_up_words import from_where
from app.services.differences import Difference
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.session import Session
from app.storage import same_person

SIDE, APART = "side-", "two-persons"


def persons(conn: Connection, session: Session) -> Iterator[Matter]:
    """A matter for every field on which the records of one person differ."""
    for ids in dict.fromkeys(same_person.classes(conn).values()):
        for each in one_person.differing(conn, session, ids[0]):
            yield _matter(conn, each, ids)


def _matter(conn: Connection, each: Difference, ids: tuple[str, ...]) -> Matter:
    answers = [
        Answer(
            code=f"{SIDE}{number}",
            words=side.words,
            note="  ·  ".join(
                (side.officer or _("unknown"), formats.deed(side.at), from_where(conn, side.action))
            ),
        )
        for number, side in enumerate(each.sides, 1)
    ]
    return Matter(
        id=matter_id("same", *ids, each.field, *sorted(repr(side.value) for side in each.sides)),
        kind="same",
        title=_(each.title),
        about=", ".join(dict.fromkeys(part for part in (_(KINDS[each.kind].title), each.about) if part)),
        family=each.family,
        dossier=each.dossier,
        words=" / ".join(side.words for side in each.sides),
        explanation=_("This person was registered twice. Choose what holds for both registrations."),
        answers=(
            *answers,
            Answer(
                code=APART,
                words=_("They are two persons"),
                note=_("Each shows by itself again; nothing of them is changed."),
            ),
        ),
        subject=(each.field, *ids),
    )


def decide(session: Session, matter: Matter, code: str) -> None:
    """Let a value hold for all records, or take the persons apart. Raises `NoSuchMatter`, and what these raise."""
    field, *ids = matter.subject
    if code == APART:
        one_person.take_apart(session, ids[0])
        return
    with session.store.read() as conn:
        found = next((one for one in one_person.differing(conn, session, ids[0]) if one.field == field), None)
    if found is None:
        raise NoSuchMatter
    side = found.sides[int(code.removeprefix(SIDE)) - 1]
    one_person.let_hold(session, ids, field, side.value)
