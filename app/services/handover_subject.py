"""Whose sheet is being read: what every part of the reading of sheet 1 needs at hand."""

from dataclasses import dataclass

from app.content.load import Content
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.person import Person
from app.services.paper_reading import PaperReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One person in one departure, with the reader of the paper.

    Who was registered twice has several records: `people` and `places` are all of them, `ids` names them for the
    conditions of the reader.
    """

    reader: PaperReader
    content: Content
    departure: Departure
    ids: str
    people: tuple[Person, ...]
    places: tuple[DeparturePerson, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Departure and person, as most conditions want them."""
        return self.departure.id, self.ids

    @property
    def place(self) -> DeparturePerson:
        """The place in the departure under which the sheet was asked."""
        return self.places[0]
