"""What every use case works with once a store is unlocked: the store, the content, and who is at work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.content.load import Content
from app.storage.store import Store

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An unlocked store with the officer at work. `now` can be set for tests and made-up data."""

    store: Store
    content: Content
    officer: str
    officer_name: str
    location: str
    place: str
    number_prefix: str
    now: Callable[[], datetime]

    @property
    def today(self) -> date:
        """The day in the Netherlands, where terms are counted."""
        return self.now().astimezone(DUTCH_TIME).date()


def utc_now() -> datetime:
    """The clock of this laptop."""
    return datetime.now(UTC)
