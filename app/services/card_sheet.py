"""The own card on paper, to hand over or to hang on the wall: for comparing, beside the card file."""

from pathlib import Path

from app.domain.clock import moment_text
from app.domain.disclosure import CardSheetFacts
from app.services import trust, trust_card
from app.services.paper_preview import PRINT_DPI, PagePicture
from app.services.paper_preview import pages as page_pictures
from app.services.saved_file import save_file
from app.services.session import Session


def pdf(session: Session) -> bytes:
    """One tagged page."""
    from app.reports.card_sheet import card_sheet
    from app.reports.coverage import font_coverage
    from app.reports.render import render

    own = trust.own(session)
    facts = CardSheetFacts(
        officer=own.name,
        location=own.office,
        made_at=moment_text(session.now()),
        made_on=session.today.isoformat(),
        groups=own.groups,
        code_text=trust_card.qr_text(own.device),
    )
    return render(card_sheet(facts, session.content.paper_texts, font_coverage()))


def pages(session: Session, *, dpi: float = PRINT_DPI) -> tuple[PagePicture, ...]:
    """The same as pictures, to print."""
    return page_pictures(pdf(session), dpi)


def save(session: Session, path: Path) -> None:
    """Write the page as a PDF. Raises `FileNotWritten`."""
    made = pdf(session)
    save_file(path, made)
