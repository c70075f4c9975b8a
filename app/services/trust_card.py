"""Card files and the QR code: what goes to and comes from a stick, a screen or paper."""

from pathlib import Path
from typing import Final

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Colleague
from app.domain.words import N_
from app.exchange import card as cards
from app.services import trust
from app.services.saved_file import save_file
from app.services.session import Session

SUFFIX: Final = cards.SUFFIX


class CardNotReadable(KnownProblem):
    """The file is not there any more, or may not be read."""

    message = N_("This file cannot be opened. Check that the stick is connected and choose the card again.")


def add_file(session: Session, path: Path) -> Colleague:
    """Keep the card in a file. Raises `CardNotReadable` and what `trust.add_card` raises."""
    try:
        with path.open("rb") as file:
            data = file.read(cards.MAX_BYTES + 1)
    except OSError:
        raise CardNotReadable from None
    return trust.add_card(session, data)


def save_own(session: Session, path: Path) -> None:
    """Write the own card. Raises `FileNotWritten`."""
    made = trust.own_card(session)
    save_file(path, made)


def file_name(name: str) -> str:
    """What a card file is called: by the name of the officer, which the card says anyway."""
    plain = "".join(character if character.isalnum() else "-" for character in name)
    return f"{plain.strip('-') or 'kaart'}{SUFFIX}"


def is_scanned(typed: str) -> bool:
    """Whether it looks like what a scanner reads from a QR code."""
    return typed.strip().upper().startswith(cards.QR_TAG)


def qr_text(device: str) -> str:
    """What the QR code of a device says: what a hand scanner types into the field."""
    return cards.qr_text(device)


def qr_modules(device: str) -> tuple[tuple[bool, ...], ...]:
    """The QR code of a device, row by row, dark modules True, without the empty edge."""
    from app.reports.qr_code import modules

    return modules(cards.qr_text(device))
