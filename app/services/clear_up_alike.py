"""Somebody who came in by file and may be here already: the same person, or somebody else; an officer knows.

Why is said in the words that stand there while typing. Of who is shielded there stands only whom to ask, and what
came of it is not written down: a link or its removal would name them in a scope that others read (settled rule 6).
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from app.i18n import _
from app.services import arrived_persons, clear_up_person, duplicates, one_person
from app.services.arrived_persons import Alike
from app.services.duplicates import Hit
from app.services.matter import Answer, Matter, matter_id
from app.services.session import Session
from app.services.value_words import incomplete_words
from app.storage.problem import ReadOnlyStore

SAME, TWO, ASKED = "same-person", "two-persons", "asked"


def persons(conn: Connection) -> Iterator[Matter]:
    """A matter for each pair, the most alike first."""
    found = open_ones(conn)
    said = arrived_persons.hits(conn, found)
    for each in found:
        yield _matter(each, said)


def open_ones(conn: Connection) -> tuple[Alike, ...]:
    """The pairs, but for those that are listed already because they have one V-number."""
    found = arrived_persons.waiting(conn)
    listed = clear_up_person.of_one_number(conn, [(each.person, each.other) for each in found])
    return tuple(each for each in found if (each.person, each.other) not in listed)


def _matter(each: Alike, said: Mapping[str, Hit]) -> Matter:
    both = said[each.person], said[each.other]
    shown = [hit for hit in both if not hit.is_shielded]
    first = shown[0] if shown else both[0]
    return Matter(
        id=matter_id("alike", *sorted((each.person, each.other))),
        kind="alike",
        title=_("Perhaps known here already"),
        about=(first.name or _("name unknown")) if shown else "",
        family=first.family,
        dossier=first.dossier,
        words=" / ".join(duplicates.hit_where(hit) for hit in both),
        explanation=" / ".join(map(_who, both)),
        suggestion=arrived_persons.why_words(each) if len(shown) == len(both) else "",
        answers=tuple(_answers()) if len(shown) == len(both) else (_ask(both),),
        subject=(each.person, each.other),
    )


def _who(hit: Hit) -> str:
    """Whom it is about, with the day of birth; of somebody shielded whom to ask."""
    where = duplicates.hit_where(hit)
    if hit.birth is None:
        return where
    return _("%(who)s, born %(day)s", who=where, day=incomplete_words(hit.birth))


def _answers() -> Iterator[Answer]:
    yield Answer(
        code=SAME,
        words=_("They are one person"),
        note=_("They show as one. It can be taken apart again."),
    )
    yield Answer(
        code=TWO,
        words=_("They are two persons"),
        note=_("Nobody is asked this again."),
    )


def _ask(both: tuple[Hit, Hit]) -> Answer:
    who = next(hit.contact for hit in both if hit.is_shielded) or _("the case officer")
    return Answer(
        code=ASKED,
        words=_("I asked %(who)s", who=who),
        note=_("It leaves the list of this laptop; nothing is written in a dossier."),
    )


def decide(session: Session, matter: Matter, code: str) -> None:
    """They are one, they are two, or it was asked. Raises `ReadOnlyStore`, and what `one_person` raises."""
    if session.store.read_only:
        raise ReadOnlyStore
    person, other = matter.subject
    if code == SAME:
        one_person.link(session, person, other, dossier=matter.dossier)
    elif code == TWO:
        one_person.say_two(session, person, other, dossier=matter.dossier)
    else:
        with session.store.local() as conn:
            arrived_persons.set_asked(conn, person, other)
