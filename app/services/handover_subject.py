"""Whose sheet is being read: what every part of the reading of sheet 1 needs at hand."""

from dataclasses import dataclass

from app.content.load import Content
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.person import Person
from app.services.paper_reading import PaperReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One person in one departure, with the reader of the paper."""

    reader: PaperReader
    content: Content
    departure: Departure
    person: Person
    place: DeparturePerson

    @property
    def key(self) -> tuple[str, str]:
        """Departure and person, as most conditions want them."""
        return self.departure.id, self.person.id
