"""A session on a store: what services are called with. The content packs are those of the program."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from app.config.paths import RESOURCES
from app.content.load import Content, load
from app.services import agenda, derived
from app.services.session import Session
from app.storage.store import Store
from tests.support.derived_anew import derived_is_true
from tests.support.store_fixture import NOW, OFFICER, PLACE


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        """The moment it shows, in UTC."""
        return self.moment

    def forward(self, **step: float) -> None:
        """Move on by a timedelta."""
        self.moment += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    """The clock of `session`."""
    return Clock()


@pytest.fixture(scope="session")
def content() -> Content:
    """The packs of the program, read once."""
    return load(RESOURCES / "content")


@pytest.fixture
def session(
    store: Store, content: Content, clock: Clock, request: pytest.FixtureRequest
) -> Iterator[Session]:
    """A session as the gate makes it, on the store of the test; after the test what is derived is true."""
    made = Session(
        store=store,
        content=content,
        officer=OFFICER,
        officer_name="Robin Voorbeeld",
        location="Gezinslocatie Voorbeeld",
        place=PLACE,
        number_prefix="TEST",
        now=clock,
    )
    store.packs = content.short_packs
    store.today = lambda: made.today
    store.derive = agenda.deriver(made)
    yield made
    if not (store.read_only or request.node.get_closest_marker("damages")):
        derived.begin_day(made)
        derived_is_true(store)
