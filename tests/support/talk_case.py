"""A made-up family in a talk, as the services make it."""

from dataclasses import dataclass

from app.domain.kinds.talk import Talk
from app.services import circumstances, talk_proposal, talk_view, talks
from app.services.session import Session
from tests.support.family_case import register_family

HEALTH_MARK, TRAFFIC_MARK = "MERKTEKEN-GEZONDHEID-7731", "MERKTEKEN-DWANG-4412"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkCase:
    """A dossier, its members and a talk that was begun."""

    dossier: str
    persons: tuple[str, ...]
    talk: str


def begin_talk(session: Session, *births: str) -> TalkCase:
    """Register a family (a parent, a partner, a child if nothing else is asked) and begin its first talk."""
    family = register_family(session, "Voorbeeld", *(births or ("1984", "1986", "2015")))
    return begin_again(session, family.dossier.id)


def begin_again(session: Session, dossier: str) -> TalkCase:
    """Begin another talk with a family, as it is proposed, in the phase of contemplation."""
    form = talk_proposal.propose(session, dossier)
    content = session.content
    talk = form.talk.with_values(
        phase=content.ref("fasen", "fase.overpeinzing"),
        place="Gespreksruimte 2",
        interpreter=content.ref("gesprek", "tolk.niet-nodig"),
    )
    talks.begin(session, talk, form.persons)
    return TalkCase(dossier=dossier, persons=form.persons, talk=talk.id)


def talk_of(session: Session, case: TalkCase) -> Talk:
    """The talk as it stands."""
    return talk_view.load(session, case.talk).talk


def answer_all_topics(session: Session, case: TalkCase) -> None:
    """Every special circumstance asked, and none."""
    for topic in session.content.topics:
        circumstances.ask(session, talk_of(session, case), topic.code, circumstances.NONE)
