"""Countries and agreements: what a representation asks, and the terms that an agreement gives a request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.guidance import Item, Words
from app.domain.work_calendar import Length


@dataclass(frozen=True, slots=True)
class FlightNotice:
    """How long before a flight the representation wants its data; `place` empty: every other place."""

    place: str
    length: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Item):
    """A country as its page described it on a day. Empty words mean that nothing was found: *onbekend*.

    `is_doubtful` marks practice that newer news contradicts or that was read on an old page.
    """

    adjective: Words
    representation: Words
    places: tuple[str, ...]
    needed: Item
    presentation: Item
    practice: Words
    warning: Words
    request_per: str = ""
    document_length: Length | None = None
    document_extendable: bool | None = None
    flight_notices: tuple[FlightNotice, ...] = ()
    is_doubtful: bool = False

    def flight_notice(self, place: str) -> Length | None:
        """Return how long before a flight the representation at `place` wants its data, None if unknown.

        With different lengths per place an empty `place` is unknown: none is picked.
        """
        by_place = {notice.place.casefold(): notice.length for notice in self.flight_notices}
        wanted = place.strip().casefold()
        if not wanted and len(by_place) > 1:
            return None
        return by_place.get(wanted) or by_place.get("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Item):
    """One instrument. A length is None where the text gave no number or no unit."""

    country: str
    country_name: str
    kind: Item
    rank: int
    in_force: str = ""
    answer: Length | None = None
    issue: Length | None = None
    validity: Length | None = None
    interview: Length | None = None
    notice: Length | None = None
    transfer: Length | None = None
    silence_is_consent: bool = False
    superseded_by: str = ""
    is_not_in_force: bool = False

    @property
    def is_usable(self) -> bool:
        """Tell whether it is in force and not replaced by another, as far as is known."""
        return not self.is_not_in_force and not self.superseded_by


def agreements_of(country: str, agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """Return the usable agreements with a country: an EU one before a Benelux one, protocols after (3.1)."""
    usable = (each for each in agreements if each.country == country and each.is_usable)
    return tuple(sorted(usable, key=lambda each: (each.rank, each.code)))


def lengths_for(country: Country | None, place: str, agreements: Iterable[Agreement]) -> Mapping[str, Length]:
    """Return the lengths that terms ask for by key; a key that nobody gives a length is left out."""
    found: dict[str, Length] = {}
    for agreement in agreements:
        for key, length in (
            ("overeenkomst.antwoord", agreement.answer),
            ("overeenkomst.interview", agreement.interview),
            ("overeenkomst.afgifte", agreement.issue),
            ("overeenkomst.overdracht", agreement.transfer),
            ("overeenkomst.aankondiging", agreement.notice),
        ):
            if length is not None:
                found.setdefault(key, length)
    if country is not None and (notice := country.flight_notice(place)):
        found["land.vluchtgegevens"] = notice
    return found
