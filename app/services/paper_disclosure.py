"""What leaves the program is written down first: who, to whom, what for, which version, how (settled rule 19)."""

from collections.abc import Sequence
from pathlib import Path

from app.content.load import Content
from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.papers import DisclosureRecord
from app.domain.words import N_
from app.services.paper_prepare import prepare
from app.services.paper_texts import TextNotAllowed, refuse_read_only
from app.services.paper_wanted import SAVED, Prepared
from app.services.saved_file import save_file
from app.services.session import Session
from app.storage.shielding import hidden
from app.storage.uow import read_where


class ReceiverMissing(KnownProblem):
    """Every copy has a receiver and a purpose."""

    message = N_("Choose for whom this copy is and what it is for.")


class TextNotRead(KnownProblem):
    """Free text on a paper is read by the officer before it is printed."""

    message = N_("Read the free text on this paper first and say that it may be printed like this.")


class PaperChanged(KnownProblem):
    """Something on a final paper was changed after it was shown."""

    message = N_("Something on this paper was changed meanwhile. Look at it again before it goes out.")


def disclose(session: Session, prepared: Prepared, *, way: str, purpose: str) -> None:
    """Write down that a paper is about to leave the program; a concept too. `way` and `purpose` are bare codes.

    Raises `ReceiverMissing` without receiver or purpose, `TextNotAllowed` or `TextNotRead` for its free text,
    `PaperChanged` for a final paper that is no longer what it was, `ReadsOnly` in a second program.
    """
    refuse_read_only(session)
    if not prepared.wanted.receiver.strip() or not purpose:
        raise ReceiverMissing
    if prepared.hits:
        raise TextNotAllowed(found=prepared.hits[0].hit.found)
    if prepared.unread:
        raise TextNotRead
    if prepared.is_final and prepare(session, prepared.wanted).paper != prepared.paper:
        raise PaperChanged
    content, paper = session.content, prepared.paper
    with session.store.write(verbs.DISCLOSED, dossier=prepared.dossier) as uow:
        uow.add(
            DisclosureRecord(
                id=new_id(),
                scope=prepared.dossier,
                paper=content.ref("papieren", prepared.wanted.paper),
                about=prepared.wanted.subject,
                person=prepared.wanted.person or None,
                way=content.ref("papieren", way),
                receiver=prepared.wanted.receiver,
                purpose=content.ref("papieren", purpose),
                officer=session.officer_name,
                at=moment_text(session.now()),
                set_number=prepared.set_number,
                version=prepared.version,
                status=paper.status.value,
                control_value=paper.sha256,
            )
        )


def get_ready(content: Content) -> None:
    """Load what the first paper would load, for who has time before there is a store to read it from."""
    from app.reports import handover_sheet, receipt, render, talk_report

    _ = handover_sheet, receipt, talk_report
    render.get_ready()
    _ = content.paper_texts, content.settings, content.terms, content.forbidden_words
    _ = content.tracks, content.countries, content.agreements, content.work_calendar  # the agenda asks them


def pdf_of(prepared: Prepared) -> bytes:
    """The file: PDF/A-2a and PDF/UA-1, the same bytes for the same paper. Raises `CannotPrintCharacters`."""
    from app.reports.render import render  # fonts take time to load; the text beside a preview does without

    return render(prepared.paper)


def file_name(prepared: Prepared) -> str:
    """A name without personal data; a concept says so (bijzonder-vertrek, e)."""
    stem, _dot, ending = prepared.paper.file_name.rpartition(".")
    return f"{stem}.{ending}" if prepared.is_final else f"{stem}_{prepared.paper.status.value}.{ending}"


def save_pdf(session: Session, prepared: Prepared, path: Path, *, purpose: str) -> None:
    """Write the paper to `path`, old or new and never half. Raises what `disclose` does, and `FileNotWritten`."""
    pdf = pdf_of(prepared)
    disclose(session, prepared, way=SAVED, purpose=purpose)
    save_file(path, pdf)


def disclosures_of(session: Session, dossier: str) -> Sequence[DisclosureRecord]:
    """What left the program about a dossier, latest first."""
    with session.store.read() as conn:
        shown = f"scope = ? AND NOT {hidden('r_disclosure.person', 'r_disclosure.scope')}"
        return read_where(conn, DisclosureRecord, f"{shown} ORDER BY at DESC, id DESC", (dossier,))
