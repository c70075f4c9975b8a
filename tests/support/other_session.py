"""A second, empty store with a session of its own: where a file goes to."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app.services import agenda
from app.services.session import Session
from tests.support.store_fixture import StoreFile


@pytest.fixture
def other_session(session: Session, make_store_file: Callable[[str], StoreFile]) -> Iterator[Session]:
    """As `session`, on another store."""
    store = make_store_file("other").open()
    made = replace(session, store=store)
    store.packs = made.content.short_packs
    store.derive = agenda.deriver(made)
    yield made
    store.close()
