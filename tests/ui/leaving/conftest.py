"""A desk on a real store, and a colleague whose card was compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange import trust
from app.services.session import Session
from tests.support.colleague_case import Desk as Colleague
from tests.support.colleague_case import make_desk
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from tests.ui.family.conftest import desk, settle

__all__ = [
    "clock",
    "content",
    "desk",
    "make_store_file",
    "session",
    "settle",
    "store",
    "store_file",
    "store_template",
]


@pytest.fixture
def colleague(session: Session, tmp_path: Path) -> Iterator[Colleague]:
    """Bram, whose digits were compared."""
    made = make_desk(tmp_path / "bram.db", "Bram")
    with session.store.local() as conn:
        trust.keep_card(conn, made.card())
        conn.exec_driver_sql("UPDATE l_peer SET verified_at = 1, verified_how = 'phone'")
    yield made
    made.store.close()
