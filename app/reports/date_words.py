"""Dates in words on paper, in the languages of the paper.

Not through Babel: the words are part of the pack, so that a newer Babel cannot change the bytes of an old
sheet. A month is always a word: 04/05 is read differently abroad (bijzonder-vertrek, e).
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.incomplete_date import IncompleteDate, Precision
from app.reports.wording import Wording


class DateWords:
    """Says days and times as `wording` does; `beside` chooses its second language."""

    def __init__(self, wording: Wording, *, beside: bool = False) -> None:
        self._say = wording.beside if beside else wording.text

    def day(self, text: str) -> str:
        """Say `YYYY-MM-DD` as "8 juni 1991", an incomplete date with what is not known in words.

        A text that is no date is returned as it is: the officer wrote it, and a paper never loses a value.
        """
        try:
            value = IncompleteDate.from_text(text)
        except ValueError:
            return text
        match value.precision:
            case Precision.FULL if value.earliest is not None:
                return self._full(value.earliest)
            case Precision.MONTH if value.month is not None and value.year is not None:
                return self._say("date.month", month=self._month(value.month), year=value.year)
            case Precision.YEAR if value.year is not None:
                return self._say("date.year", year=value.year)
            case Precision.APPROXIMATE if value.year is not None:
                return self._say("date.approximate", year=value.year)
            case _:
                return self._say("date.unknown")

    def local_time(self, text: str, zone: str = "") -> str:
        """Say `YYYY-MM-DDTHH:MM` as "di 8 december 2026, 06:15", with the place whose time it is when
        given.
        """
        try:
            moment = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - local to the place
        except ValueError:
            return text
        weekday = self._say("date.weekdays").split()[moment.weekday()]
        said = self._say(
            "date.moment", weekday=weekday, day=self._full(moment.date()), time=f"{moment:%H:%M}"
        )
        return self._say("date.in-zone", moment=said, zone=_offset(moment, zone)) if zone else said

    def _full(self, day: date) -> str:
        return self._say("date.full", day=day.day, month=self._month(day.month), year=day.year)

    def _month(self, number: int) -> str:
        return self._say("date.months").split()[number - 1]


def _offset(moment: datetime, zone: str) -> str:
    """Return the zone of `moment` as "UTC+7": a city in its name need not be where the flight lands."""
    try:
        found = moment.replace(tzinfo=ZoneInfo(zone)).strftime("%z")
    except (KeyError, ValueError):  # a zone that this laptop does not know is still said
        return zone
    minutes = "" if found[3:] == "00" else f":{found[3:]}"
    return f"UTC{found[0]}{int(found[1:3])}{minutes}"
