"""What the screens for exchange by file need of the services: the modules fit as they are, a test brings its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.domain.exchange_facts import (
    Arrival,
    Colleague,
    GiveChoice,
    Given,
    GivePreview,
    Holding,
    Inspected,
    Taken,
)
from app.domain.extract_facts import ExtractChoice, ExtractText, HeldExtract
from app.services.session import Session


class GiveGate(Protocol):
    """Gives families to colleagues as a file; `app.services.give`."""

    def preview(self, session: Session, choice: GiveChoice) -> GivePreview:
        """What would go, without keeping anything."""

    def write(self, session: Session, choice: GiveChoice, folder: Path, *, split: bool = False) -> Given:
        """Write the file and read it back."""

    def receipt(self, session: Session, device: str, folder: Path) -> Given:
        """Write a file that says what is held here of what was exchanged with a colleague."""

    def holdings(self, session: Session, device: str = "", dossier: str = "") -> Sequence[Holding]:
        """Who has what."""


class TakeGate(Protocol):
    """Takes files of colleagues in; `app.services.take`."""

    def look(self, session: Session, file: Path) -> Arrival:
        """What a file holds and what taking it in would do."""

    def accept(self, session: Session, file: Path, *, dossiers: frozenset[str] | None = None) -> Taken:
        """Take it in, or only these families of it."""

    def taken(self, session: Session) -> Sequence[Taken]:
        """The files taken in, latest first."""

    def take_back_file(self, session: Session, number: int) -> Taken:
        """Undo the taking in of a file."""

    def inspect(self, session: Session, file: Path) -> Inspected:
        """Everything a file holds, in plain lines."""


class TrustGate(Protocol):
    """Who the colleagues are; `app.services.trust`."""

    def colleagues(self, session: Session) -> Sequence[Colleague]:
        """All devices known here, this one among them."""


class ExtractGate(Protocol):
    """Lets colleagues read a part of a dossier, and reads theirs; `app.services.extract`."""

    def preview(self, session: Session, choice: ExtractChoice) -> GivePreview:
        """What would go, without keeping anything."""

    def write(self, session: Session, choice: ExtractChoice, folder: Path, *, split: bool = False) -> Given:
        """Write the file and read it back."""

    def held(self, session: Session) -> Sequence[HeldExtract]:
        """The extracts that can be read here today."""

    def read(self, session: Session, extract: str) -> ExtractText:
        """One of them with its text."""

    def drop(self, session: Session, extract: str) -> None:
        """Remove it before its last day."""
