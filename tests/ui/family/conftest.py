"""A desk on a real store, with the threads of the program."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services.session import Session
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.desk import Desk
from ui.bridge.look import Look
from ui.bridge.task import TaskRunner

__all__ = ["clock", "content", "make_store_file", "session", "store", "store_file", "store_template"]


@pytest.fixture
def desk(session: Session, look: Look) -> Iterator[Desk]:
    """What a page is built with; changes are told to it."""
    del look
    runner = TaskRunner()
    feed = ChangeFeed(runner)
    session.store.listen(feed.publish)
    yield Desk(session=session, runner=runner, feed=feed)
    runner.stop()


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    """Wait until the database has answered everything that was asked."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.runner.busy, timeout=10_000)

    return wait
