"""Makes a paper final, and says where every final sheet stands since. There is no undo (settled rule 9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain import verbs
from app.domain.clock import parse_moment
from app.domain.dated_event import bare_code
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.departure import Departure, Sheet
from app.domain.words import N_
from app.services.paper_disclosure import ReceiverMissing, TextNotRead
from app.services.paper_prepare import prepare, prepare_in, valid_until
from app.services.paper_texts import TextNotAllowed, refuse_read_only
from app.services.paper_wanted import Prepared, Wanted
from app.services.session import Session
from app.storage.shielding import hidden
from app.storage.uow import read, read_where


class GapsOpen(KnownProblem):
    """The paper still lacks something; each gap is named."""

    message = N_("This paper cannot be made final yet. Still missing: %(gaps)s.")


class DepartureCalledOff(KnownProblem):
    """What does not go on needs no final paper."""

    message = N_("This departure does not go on, so no paper for it is made final.")


class SheetState(StrEnum):
    """Where a final sheet stands now."""

    CURRENT = "current"
    CHANGED = "changed"
    """A fact on it was changed since: a new version is due."""
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A final sheet and its state today."""

    sheet: Sheet
    state: SheetState


def make_final(session: Session, wanted: Wanted) -> Prepared:
    """Make the paper final: its version, receiver and control value are kept, and older versions are superseded.

    Raises `DepartureCalledOff`, `GapsOpen`, `TextNotAllowed`, `TextNotRead`, `ReceiverMissing`, `ReadsOnly`.
    """
    refuse_read_only(session)
    if not wanted.receiver.strip():
        raise ReceiverMissing
    now = prepare(session, wanted)
    if now.is_final:
        return now
    refuse_unfinished(now)
    with session.store.write(verbs.SHEET_SEALED, dossier=now.dossier) as uow:
        departure = read(uow.conn, Departure, wanted.subject)
        if departure is not None and departure.cancelled_on:
            raise DepartureCalledOff
        sealed = prepare_in(uow.conn, session, now.wanted, final=True)
        refuse_unfinished(sealed)
        uow.add(
            Sheet(
                id=new_id(),
                scope=sealed.dossier,
                departure=wanted.subject,
                person=wanted.person or None,
                paper=session.content.ref("papieren", wanted.paper),
                set_number=sealed.set_number,
                version=sealed.version,
                receiver=wanted.receiver,
                made_at=sealed.paper.made_at,
                made_by=session.officer_name,
                valid_until=valid_until(session, sealed.paper.made_at),
                control_value=sealed.control_value,
            )
        )
    return sealed


def refuse_unfinished(prepared: Prepared) -> None:
    """Raises what stands in the way of a final paper, the worst first."""
    if prepared.hits:
        raise TextNotAllowed(found=prepared.hits[0].hit.found)
    if prepared.gaps:
        raise GapsOpen(gaps="; ".join(mark.text for mark in prepared.paper.gaps), count=len(prepared.gaps))
    if prepared.unread:
        raise TextNotRead


_SHOWN = f"NOT {hidden('r_sheet.person', 'r_sheet.scope')}"


def sheets_of(session: Session, dossier: str) -> Sequence[SheetLine]:
    """The final sheets of a dossier, latest first, each with where it stands now."""
    with session.store.read() as conn:
        sheets = read_where(
            conn, Sheet, f"scope = ? AND {_SHOWN} ORDER BY made_at DESC, version DESC, id DESC", (dossier,)
        )
        newest: set[tuple[str, str, str]] = set()
        lines = []
        for sheet in sheets:
            key = (sheet.departure or "", sheet.person or "", bare_code(sheet.paper or ""))
            if key in newest:
                state = SheetState.SUPERSEDED
            elif not sheet.valid_until or parse_moment(sheet.valid_until) < session.now():
                state = SheetState.EXPIRED
            else:
                wanted = Wanted(paper=key[2], subject=key[0], person=key[1])
                state = (
                    SheetState.CURRENT if prepare_in(conn, session, wanted).is_final else SheetState.CHANGED
                )
            newest.add(key)
            lines.append(SheetLine(sheet=sheet, state=state))
    return lines
