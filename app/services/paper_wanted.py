"""What somebody asks for when they ask for a paper, and what they get: the paper and what keeps it a concept."""

from dataclasses import dataclass

from app.domain.errors import KnownProblem
from app.domain.free_text_check import Hit
from app.domain.gap import Gap
from app.domain.handover_facts import Audience
from app.domain.need_to_know import RECEIVERS
from app.domain.paper import Paper, PaperStatus
from app.domain.words import N_
from app.i18n import language as spoken
from app.services import handover_reading, receipt_reading, talk_reading
from app.services.session import Session

SHEET, RECEIPT, REPORT = handover_reading.PAPER, receipt_reading.PAPER, talk_reading.PAPER
PRINTED, SAVED, COPIED = "manier.afgedrukt", "manier.opgeslagen", "manier.gekopieerd"
_AUDIENCES = {
    "ontvanger.bijzonder-vertrek": Audience.SPECIAL_DEPARTURE,
    "ontvanger.regievoerder": Audience.CASE_OFFICER,
    "ontvanger.dossier": Audience.CASE_OFFICER,
}


class NoSuchSheet(KnownProblem):
    """The departure, or the person in it, is not here."""

    message = N_("This person does not travel in this departure.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which paper: for `subject` (departure or talk) and, on sheets, one person; for whom; in which language beside.

    `receiver` is printed as it stands. `language` "" is the one the receipt was made final in, else English.
    """

    paper: str
    subject: str
    person: str = ""
    audience: Audience = Audience.ESCORT
    receiver: str = ""
    language: str = ""
    with_phase: bool = False
    with_checklist: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHit:
    """A word in a text of the paper that may not stand there; `field` is the code of the paper's field."""

    field: str
    hit: Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A paper as it would be printed now, and what stands between it and final.

    `control_value` covers everything that was read for it; `paper.sha256` what this receiver sees of that, and that is
    what stands on the paper. `unread` holds the fields whose text was changed since the officer read it.
    """

    wanted: Wanted
    paper: Paper
    gaps: tuple[Gap, ...]
    hits: tuple[TextHit, ...]
    unread: tuple[str, ...]
    control_value: str
    set_number: str
    version: int
    dossier: str
    valid_until: str = ""
    """Dutch time, `YYYY-MM-DDTHH:MM`."""

    @property
    def is_final(self) -> bool:
        """Whether this is what the officer made final, and still holds."""
        return self.paper.status is PaperStatus.FINAL

    @property
    def can_be_final(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.gaps and not self.hits and not self.unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody a paper is made for. `audience` decides which columns of sheet 1 they see."""

    code: str
    words: str
    audience: Audience


def receivers(session: Session, paper: str) -> tuple[Receiver, ...]:
    """Who this paper is made for, the usual one first (bijzonder-vertrek, b.2)."""
    items = {item.code: item for item in session.content.section("papieren", "receiver")}
    return tuple(
        Receiver(code=code, words=items[code].label("nl"), audience=_AUDIENCES.get(code, Audience.ESCORT))
        for code in RECEIVERS[paper]
    )


def purposes(session: Session) -> tuple[tuple[str, str], ...]:
    """What a copy can be for: code and words."""
    return tuple((item.code, item.label(spoken())) for item in session.content.section("papieren", "purpose"))


def audience_of(session: Session, paper: str, receiver: str) -> Audience:
    """What a receiver given by name or words may see; somebody unknown sees what an escort sees."""
    wanted = receiver.casefold()
    found = (each.audience for each in receivers(session, paper) if each.words.casefold() == wanted)
    return next(found, Audience.ESCORT)
