"""The recovery key on paper, for first start: before a store exists, so without a session, and never kept."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.config.paths import RESOURCES
from app.content.load import load
from app.domain.clock import moment_text
from app.domain.disclosure import RecoverySheetFacts
from app.services.paper_preview import PRINT_DPI, PagePicture
from app.services.paper_preview import pages as page_pictures
from app.services.saved_file import save_file
from app.services.session import DUTCH_TIME, utc_now


def pdf(groups: Sequence[str], officer: str, location: str, made: datetime | None = None) -> bytes:
    """One page with the key in its groups, made at `made` (UTC, now when it is not said)."""
    from app.reports.coverage import font_coverage
    from app.reports.recovery_sheet import recovery_sheet
    from app.reports.render import render

    moment = made or utc_now()
    facts = RecoverySheetFacts(
        store_name=location,
        location=location,
        officer=officer,
        made_at=moment_text(moment),
        made_on=moment.astimezone(DUTCH_TIME).date().isoformat(),
        key_groups=tuple(groups),
    )
    return render(recovery_sheet(facts, load(RESOURCES / "content").paper_texts, font_coverage()))


def pages(
    groups: Sequence[str],
    officer: str,
    location: str,
    made: datetime | None = None,
    *,
    dpi: float = PRINT_DPI,
) -> tuple[PagePicture, ...]:
    """The same as pictures, to print."""
    return page_pictures(pdf(groups, officer, location, made), dpi)


def save(groups: Sequence[str], officer: str, location: str, path: Path) -> None:
    """Write the sheet as a PDF. Raises `FileNotWritten`."""
    made = pdf(groups, officer, location)
    save_file(path, made)
