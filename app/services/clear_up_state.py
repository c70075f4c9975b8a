"""Two main states of one family or member that two laptops wrote side by side: neither counts until a person decides.

Which may not stand together is content (`case_state.contradicting`); where one had to end when the other began, each
officer ended the one before and did not know of the other's.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.dated_event import day_of
from app.domain.kinds.dossier import DossierState
from app.i18n import _, formats
from app.services import case_states
from app.services.case_states import Standing
from app.services.clear_up_words import written
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.record_names import persons as names_of
from app.services.session import Session
from app.storage.uow import read

HOLDS, BOTH = "holds-", "both-"
"""Answers: this state holds; both happened, this one first."""


def states(conn: Connection, session: Session) -> Iterator[Matter]:
    """Every family or member that stands in states which cannot stand together."""
    for pair in case_states.in_two_states(conn, session):
        yield _matter(conn, pair)


def _matter(conn: Connection, pair: Sequence[Standing]) -> Matter:
    dossier, person = pair[0].record.scope, pair[0].person
    title = conn.exec_driver_sql("SELECT title FROM r_dossier WHERE id = ?", (dossier,)).scalar()
    who = names_of(conn, [person]).get(person) or _("name unknown") if person else ""
    return Matter(
        id=matter_id("state", dossier, person, *sorted(each.record.id for each in pair)),
        kind="state",
        title=_("A member in two states") if person else _("A family in two states"),
        about=who,
        family=str(title or ""),
        dossier=dossier,
        words=" / ".join(_said(each) for each in pair),
        explanation=_(
            "Two of you wrote a state without knowing of the other. Until you choose, the state counts as unknown."
            " The one that does not hold is removed."
        ),
        answers=(*(_holds(conn, each) for each in pair), *_in_turn(pair)),
        suggestion=_("An outflow or closing that was recorded stays: mend that under “State”.")
        if any(each.state is not None and each.state.is_final for each in pair)
        else "",
        subject=tuple(each.record.id for each in pair),
    )


def _said(each: Standing) -> str:
    on = day_of(each.record.from_on)
    return ", ".join((each.words, formats.fact(on) if on else _("day unknown")))


def _holds(conn: Connection, each: Standing) -> Answer:
    return Answer(
        code=f"{HOLDS}{each.record.id}",
        words=_("%(state)s holds", state=_said(each)),
        note=written(conn, each.record.id),
    )


def _in_turn(pair: Sequence[Standing]) -> Iterator[Answer]:
    """Both happened, where the days allow it: the first ends on the day on which the other begins."""
    for first, then in permutations(pair) if len(pair) == 2 else ():
        begun, ended = first.record.from_on, day_of(then.record.from_on)
        if ended is not None and (not begun or begun <= ended.isoformat()):
            yield Answer(
                code=f"{BOTH}{first.record.id}",
                words=_("Both happened: first %(first)s, then %(then)s", first=first.words, then=then.words),
                note=_("%(state)s ends on %(day)s.", state=first.words, day=formats.fact(ended)),
            )


def decide(session: Session, matter: Matter, code: str) -> None:
    """Let one hold and remove the others, or let the first end where the other begins. Raises `NoSuchMatter`."""
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        found = [read(uow.conn, DossierState, record) for record in matter.subject]
        standing = [row for row in found if row is not None and row.to_on is None]
        if len(standing) < len(matter.subject):
            raise NoSuchMatter
        for row in standing:
            if code == f"{BOTH}{row.id}":
                (then,) = (other for other in standing if other is not row)
                uow.save(row, row.with_values(to_on=then.from_on))
            elif code.startswith(HOLDS) and code != f"{HOLDS}{row.id}":
                uow.delete(row)
