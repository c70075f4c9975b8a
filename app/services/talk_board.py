"""A running talk as talk mode shows it: who, its steps with their sentences and answers, agreements, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.dated_event import bare_code
from app.domain.guidance import ChecklistItem, Phase, Topic
from app.domain.talk_course import CourseStep, after_talk, course
from app.i18n import language
from app.services import circumstances, families
from app.services.drafts import Draft, waiting
from app.services.session import Session
from app.services.talk_list import State, state_of
from app.services.talk_proposal import Candidate, LastPhase, candidates_of, last_phase
from app.services.talk_view import TalkView, load_in

DRAFT = "talk"
"""The form under which drafts of a talk are kept; their key is the talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Whose phase can be recorded: a person, or the family (`person` empty), and what stood last."""

    person: str
    name: str
    last: LastPhase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkBoard:
    """One talk with everything around it. `number` counts the talks held with this family up to this one.

    `apart` holds topics of which something is written in its own compartment; not what.
    """

    view: TalkView
    state: State
    family: str
    native: str
    present: tuple[Candidate, ...]
    members: tuple[Candidate, ...]
    number: int
    kind: str
    phase: str
    interpreter: str
    steps: tuple[CourseStep, ...]
    after: tuple[ChecklistItem, ...]
    topics: tuple[Topic, ...]
    open_topics: tuple[Topic, ...]
    apart: frozenset[str]
    marks: tuple[Mark, ...]
    draft: Draft | None


def read(session: Session, talk: str) -> TalkBoard:
    """Read the talk. Raises `NoSuchTalk`."""
    with session.store.read() as conn:
        view = load_in(conn, talk)
        found = view.talk
        family = families.load_in(conn, session, found.scope)
        members = candidates_of(conn, session, family.once(view.persons))
        number = _number(conn, view)
        marks = _marks(conn, found.scope, family.dossier.title or "", members)
    content, spoken = session.content, language()
    kind = content.talk_kinds.get(bare_code(found.kind or ""))
    asks = kind is None or kind.asks_special_circumstances
    mode = content.label(found.interpreter, spoken)
    return TalkBoard(
        view=view,
        state=state_of(found.started_at, found.finished_at, found.cancelled_at),
        family=family.dossier.title or "",
        native=family.dossier.title_native or "",
        present=tuple(each for each in members if each.person in view.persons),
        members=members,
        number=number,
        kind=content.label(found.kind, spoken),
        phase=content.label(found.phase, spoken),
        interpreter=", ".join(part for part in (mode, found.interpreter_language) if part),
        steps=course(content.talk_steps, content.talk_items, kind, phase_of(session, found.phase)),
        after=after_talk(content.talk_items),
        topics=content.topics if asks else (),
        open_topics=circumstances.open_of(session, view),
        apart=circumstances.topics_apart(session, found),
        marks=marks,
        draft=next((draft for draft in waiting(session, DRAFT) if draft.key == talk), None),
    )


def phase_of(session: Session, code_ref: str | None) -> Phase | None:
    """The phase that a reference names, as the program's own pack knows it; None for none or an unknown one."""
    return next((phase for phase in session.content.phases if phase.code == bare_code(code_ref or "")), None)


def _number(conn: Connection, view: TalkView) -> int:
    sql = (
        "SELECT count(*) FROM r_talk WHERE scope = ? AND cancelled_at IS NULL AND started_at IS NOT NULL"
        " AND (started_at, id) <= (?, ?)"
    )
    return int(
        conn.exec_driver_sql(sql, (view.talk.scope, view.talk.started_at or "", view.talk.id)).scalar() or 0
    )


def _marks(conn: Connection, dossier: str, family: str, members: Sequence[Candidate]) -> tuple[Mark, ...]:
    """Per adult one phase, and one for the family as a whole (werkproces, 2.1); children have none."""
    grown = [each for each in members if not each.is_child]
    own = [
        Mark(person=each.person, name=each.name.full, last=last_phase(conn, dossier, each.person))
        for each in grown
    ]
    return (*own, Mark(person="", name=family, last=last_phase(conn, dossier, "")))
