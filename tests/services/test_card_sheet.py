"""The own card on paper, and the QR code of it."""

from pathlib import Path

import pytest

from app.services import card_sheet, trust, trust_card
from app.services.saved_file import FileNotWritten
from app.services.session import Session
from app.services.trust_card import CardNotReadable
from tests.reports.validation import assert_archivable, text_of


def test_the_page_is_archivable_and_holds_name_and_digits(session: Session) -> None:
    made = card_sheet.pdf(session)
    assert_archivable(made)
    text, own = text_of(made), trust.own(session)
    assert own.name in text and own.office in text
    assert all(group in text for group in own.groups)
    assert made == card_sheet.pdf(session)
    assert len(card_sheet.pages(session, dpi=72)) == 1


def test_the_qr_code_is_square_with_its_three_corners(session: Session) -> None:
    modules = trust_card.qr_modules(trust.own(session).device)
    size = len(modules)
    assert {len(row) for row in modules} == {size} and size >= 33
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert all(modules[top + step][left] for step in range(7))
        assert not modules[top + 1][left + 1] and modules[top + 3][left + 3]


def test_files_that_cannot_be_read_or_written_are_one_sentence(session: Session, tmp_path: Path) -> None:
    with pytest.raises(CardNotReadable):
        trust_card.add_file(session, tmp_path)
    for write in (card_sheet.save, trust_card.save_own):
        with pytest.raises(FileNotWritten):
            write(session, tmp_path / "weg" / "x")
    trust_card.save_own(session, tmp_path / "own")
    card_sheet.save(session, tmp_path / "own.pdf")
    assert (tmp_path / "own.pdf").read_bytes().startswith(b"%PDF")
