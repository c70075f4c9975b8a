"""Reads one table of a pack that has been checked: typed access, with what an absent field means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from app.domain.guidance import Words
from app.domain.work_calendar import Length, Unit

UNKNOWN_UNIT = "onbekend"


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it stands in its pack. The schema was checked: a wrong type here is a fault of ours."""

    data: Mapping[str, object]

    def text(self, name: str) -> str:
        """Return a text, "" when it is absent."""
        return cast(str, self.data.get(name, ""))

    def number(self, name: str) -> int | None:
        """Return a whole number, None when it is absent."""
        return cast(int | None, self.data.get(name))

    def flag(self, name: str) -> bool:
        """Return a flag, False when it is absent."""
        return cast(bool, self.data.get(name, False))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is absent."""
        return tuple(cast(list[str], self.data.get(name, [])))

    def words(self, stem: str) -> Words:
        """Return `«stem»_nl` and `«stem»_en`."""
        return Words(self.text(f"{stem}_nl"), self.text(f"{stem}_en"))

    def rows(self, name: str) -> tuple["Row", ...]:
        """Return a list of groups, empty when it is absent."""
        return tuple(Row(each) for each in cast(list[Mapping[str, object]], self.data.get(name, [])))

    def group(self, name: str) -> Mapping[str, object]:
        """Return a group of fields, empty when it is absent."""
        return cast(Mapping[str, object], self.data.get(name, {}))

    def length(self, amount: str = "length", unit: str = "unit") -> Length | None:
        """Return a length, None when the number or its unit is not known."""
        number, named = self.number(amount), self.text(unit)
        if number is None or named in ("", UNKNOWN_UNIT):
            return None
        return Length(number, Unit(named))
