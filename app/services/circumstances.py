"""Special circumstances: asked in every talk, "none" is an answer, silence is not (werkproces, TG-05 and NG-02).

What is told about health or trafficking goes to the compartment it needs, in the scope of the person it is about,
and never into the talk: no report of a talk and nobody who receives one can read it.
"""

from app.domain import verbs
from app.domain.dated_event import bare_code
from app.domain.entry import check
from app.domain.errors import KnownProblem
from app.domain.guidance import Topic
from app.domain.ident import new_id
from app.domain.kinds.sensitive import DelicateFact, HealthFact
from app.domain.kinds.talk import Circumstance, Talk
from app.domain.record import Record
from app.domain.words import N_
from app.services.session import Session
from app.services.talk_view import TalkView, circumstances_in, load, persons_in
from app.storage.uow import UnitOfWork, read_where

HEALTH_TOPICS, DELICATE_TOPICS = frozenset({"bijz.gezondheid"}), frozenset({"bijz.mensenhandel"})
APART = HEALTH_TOPICS | DELICATE_TOPICS
NONE, YES, WILL_NOT_SAY, NOT_ASKED = (
    f"bijz-antwoord.{code}" for code in ("geen", "wel", "wil-niet-zeggen", "niet-gevraagd")
)


class CircumstancesOpen(KnownProblem):
    """A topic was not answered; "none" would have been an answer."""

    message = N_("Special circumstances without an answer: %(topics)s. “None” is an answer too.")


class ReasonMissing(KnownProblem):
    """Not asked needs a reason."""

    message = N_("Write why it was not asked.")


def ask(
    session: Session,
    talk: Talk,
    topic: str,
    value: str,
    *,
    reason: str = "",
    told: str = "",
    person: str = "",
) -> str:
    """Record the answer on a special circumstance (bare codes); return the id of the record.

    `told` lands where it may be known: about health and trafficking with `person` (else the first who took part), of
    the other topics in the talk. An empty `told` leaves alone what was written apart before. Raises `ReasonMissing`
    when the answer needs a reason that is not given, `EntryRefused`.
    """
    choices = {each.code: each for each in session.content.choices("basis", "bijz-antwoord")}
    if choices[value].needs_reason and not reason.strip():
        raise ReasonMissing
    apart = topic in APART
    with session.store.write(verbs.CIRCUMSTANCE_ASKED, dossier=talk.scope) as uow:
        found = circumstances_in(uow.conn, talk.id).get(topic)
        after = Circumstance(
            id=found.id if found else new_id(),
            scope=talk.scope,
            talk=talk.id,
            topic=found.topic if found else session.content.ref("gesprek", topic),
            answer=session.content.ref("basis", value),
            reason=reason.strip() or None,
            body=None if apart else (told or None),
        )
        check(after)
        uow.save(found, after)
        if apart and told:
            _keep_apart(session, uow, talk, topic, told, person)
    return after.id


def _keep_apart(session: Session, uow: UnitOfWork, talk: Talk, topic: str, told: str, person: str) -> None:
    """What was told about health or trafficking, in the scope of the person and its own compartment."""
    scope = person or persons_in(uow.conn, talk.id)[0]
    cls = _kind(topic)
    earlier = read_where(uow.conn, cls, "scope = ? AND talk = ? ORDER BY id", (scope, talk.id))
    found = next((fact for fact in earlier if bare_code(fact.topic or "") == topic), None)
    values = {
        "topic": found.topic if found else session.content.ref("gesprek", topic),
        "body": told,
        "as_of": session.today.isoformat(),
        "talk": talk.id,
    }
    after: Record = found.with_values(**values) if found else cls(id=new_id(), scope=scope, **values)
    check(after)
    uow.save(found, after)


def _kind(topic: str) -> type[HealthFact] | type[DelicateFact]:
    return HealthFact if topic in HEALTH_TOPICS else DelicateFact


def told_apart(session: Session, talk: Talk, topic: str) -> dict[str, str]:
    """What was told in this talk about a topic of `APART`, by person; for the officer's own screen."""
    with session.store.read() as conn:
        facts = read_where(conn, _kind(topic), "talk = ? ORDER BY id", (talk.id,))
    return {fact.scope: fact.body or "" for fact in facts if bare_code(fact.topic or "") == topic}


def topics_apart(session: Session, talk: Talk) -> frozenset[str]:
    """The topics of which something is written apart in this talk; not what."""
    return frozenset(topic for topic in APART if told_apart(session, talk, topic))


def open_topics(session: Session, talk: str) -> tuple[Topic, ...]:
    """The special circumstances that have no answer yet; none where the kind of talk does not ask."""
    return open_of(session, load(session, talk))


def open_of(session: Session, view: TalkView) -> tuple[Topic, ...]:
    """`open_topics` of a talk that was read already."""
    kind = session.content.talk_kinds.get(bare_code(view.talk.kind or ""))
    if kind is not None and not kind.asks_special_circumstances:
        return ()
    return tuple(topic for topic in session.content.topics if topic.code not in view.circumstances)
