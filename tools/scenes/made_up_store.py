"""A small encrypted store with made-up families for pictures of screens that read one, and a window around a page."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.config.paths import RESOURCES
from app.content.load import load
from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.place import Location, Officer
from app.domain.record import ScopeKind
from app.services import agenda, demo
from app.services.session import Session
from app.storage import identity, schema
from app.storage.data_key import DataKey
from app.storage.engine import create_database, open_engines
from app.storage.store import Store
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.bridge.task import TaskRunner
from ui.shell.window import Window
from ui.views.page_spec import PageSpec

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_WAIT_S = 10.0
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # live as long as the tool


@cache
def made_up_session(families: int, kept: str = "") -> Session:
    """A session on a store with this many families; with another `kept` another store, for scenes that write."""
    del kept  # only tells stores apart
    folder = tempfile.TemporaryDirectory()
    _FOLDERS.append(folder)
    path = Path(folder.name) / "store.db"
    create_database(path, DataKey(bytes(range(32))))
    engines = open_engines(path, DataKey(bytes(range(32))))
    officer, place = new_id(), new_id()
    with engines.writer.begin() as conn:
        schema.migrate(conn)
        device = identity.make(conn, officer)
        remembered = {"officer": officer, "place": place}
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES(?,?)", list(remembered.items()))
    store = Store(engines.writer, engines.reader, device)
    store.place = place
    content = load(RESOURCES / "content")
    session = Session(
        store=store,
        content=content,
        officer=officer,
        officer_name="J. Terpstra",
        location="GL Noordermeer",
        place=place,
        number_prefix="NM",
        now=lambda: NOW,
    )
    store.packs, store.today, store.derive = (
        content.short_packs,
        lambda: session.today,
        agenda.deriver(session),
    )
    with store.write(verbs.STORE_MADE) as uow:
        uow.new_scope(ScopeKind.PLACE, scope=place)
        uow.add(Officer(id=officer, scope=place, name=session.officer_name))
        uow.add(Location(id=new_id(), scope=place, name=session.location))
    if families:
        demo.fill(session, families, 1)
    return session


def made_up_desk(session: Session) -> Desk:
    """A desk on that session. Its runner stops with the application."""
    runner = TaskRunner(QApplication.instance())
    return Desk(session=session, runner=runner, feed=ChangeFeed(runner))


def in_window(desk: Desk, pages: Sequence[PageSpec], place: Place) -> Window:
    """The window with these pages, at `place`, when everything that was asked for has come."""
    window = Window(pages)
    window.parts.rail.set_person(desk.session.officer_name, desk.session.location)
    window.show_work(place)
    settle(desk)
    return window


def settle(desk: Desk, widget: QWidget | None = None) -> None:
    """Wait until the database has answered; a tool may turn the loop by hand, a screen may not."""
    until = time.monotonic() + _WAIT_S
    app = QApplication.instance()
    assert app is not None
    while True:
        app.processEvents()
        if not desk.runner.busy:
            break
        if time.monotonic() > until:
            raise TimeoutError(f"still busy: {widget}")
        time.sleep(0.005)
    app.processEvents()
