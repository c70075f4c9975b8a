"""Pictures of pages, and the recovery sheet of the first start."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.services import paper_preview, recovery_sheet
from app.services.saved_file import FileNotWritten
from tests.reports.validation import assert_archivable, text_of

GROUPS = ("K7Q2M", "0XPI4", "T9RWZ", "B3C8D", "F6GHJ", "N5LVY", "S1E0U", "A2KQ7")
MADE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_recovery_sheet_is_archivable_and_holds_the_key() -> None:
    pdf = recovery_sheet.pdf(GROUPS, "Robin Voorbeeld", "Locatie Voorbeeld", MADE)
    assert_archivable(pdf)
    assert all(group in text_of(pdf) for group in GROUPS)
    assert pdf == recovery_sheet.pdf(GROUPS, "Robin Voorbeeld", "Locatie Voorbeeld", MADE)


def test_pages_are_packed_pictures_in_the_shape_of_the_paper() -> None:
    pages = recovery_sheet.pages(
        GROUPS, "Robin Voorbeeld", "Locatie Voorbeeld", MADE, dpi=paper_preview.SCREEN_DPI
    )
    assert len(pages) == 1
    page = pages[0]
    assert len(page.rgb) == page.width * page.height * 3
    assert page.height / page.width == pytest.approx(297 / 210, abs=0.01)


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        recovery_sheet.save(GROUPS, "R. Voorbeeld", "Voorbeeld", tmp_path / "weg" / "sleutel.pdf")
