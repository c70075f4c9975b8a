"""Several laptops with a store each, opened from templates: what the worlds of meetings have in common.

They are made by the thousand, so nothing is forced to disk here; killing and full disks have tests of their own.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection

from app.content.load import Content
from app.domain import clock, verbs
from app.domain.exchange_facts import GiveChoice
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.record import Compartment, ScopeKind
from app.services import agenda, give, kept_packs, take
from app.services.session import Session
from app.storage import engine, identity, removal
from app.storage.store import Store
from tests.support.colleague_case import Desk, make_desk
from tests.support.plain_rows import plain
from tests.support.store_fixture import test_key

# What depends on nothing but the program is worked out once for all laptops.
kept_packs.pack_from_canonical = cache(kept_packs.pack_from_canonical)  # type: ignore[attr-defined]
engine.assert_engine = cache(engine.assert_engine)

GIVEN = frozenset({Compartment.KERN, Compartment.WERKWIJZE, Compartment.GEZONDHEID})
BARE = frozenset({Compartment.KERN, Compartment.WERKWIJZE})
YEAR_MS = 365 * 24 * 3600 * 1000
SKEWS = (-56, -3, 0, 2, 73)
"""Years that a clock may be off."""


@dataclass
class Laptop:
    """A desk with its file. `touched` is set by all that may have changed something, and cleared by who looked.

    `marks`: what was destroyed on this computer, as the list outside the store has it. `texts`: what was read last.
    """

    desk: Desk
    path: Path
    session: Session
    skew_ms: int = 0
    touched: bool = True
    marks: frozenset[str] = field(default_factory=frozenset)
    texts: frozenset[str] = field(default_factory=frozenset)

    @property
    def store(self) -> Store:
        """Its store."""
        return self.desk.store

    @contextmanager
    def rows(self) -> Iterator[Connection]:
        """Read it as it is, for a check."""
        with self.store.read() as conn:
            yield plain(conn)


class Laptops:
    """Laptops in a folder of their own. `derives`: what follows from content is derived too, as in the program."""

    derives = False

    def __init__(self, templates: list[Path], content: Content) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.content = content
        self.copies = [self._begin(path, no) for no, path in enumerate(templates)]

    def _begin(self, template: Path, no: int) -> Laptop:
        path = self.folder / f"copy-{no}.db"
        shutil.copyfile(template, path)
        return self._opened(path, no)

    def _opened(self, path: Path, no: int) -> Laptop:
        engines = engine.open_engines(path, test_key())
        raw = engines.writer.raw_connection()
        raw.cursor().execute("PRAGMA synchronous = OFF")
        raw.close()
        with engines.reader.connect() as conn:
            found: dict[str, str] = dict(conn.exec_driver_sql("SELECT name, value FROM l_meta").all())
            own = identity.load(conn, found["officer"])
        store = Store(engines.writer, engines.reader, own)
        store.place, store.packs = found["place"], self.content.short_packs
        desk = Desk(store, found["officer"], found["place"], f"Collega {no}")
        laptop = Laptop(desk=desk, path=path, session=_session(desk, no, self.content))
        if self.derives:
            store.today = lambda: laptop.session.today
            store.derive = agenda.deriver(laptop.session)
        store.keep_marks = lambda marks: _keep(laptop, marks)
        return laptop

    def close(self) -> None:
        """Away with all of it."""
        for copy in self.copies:
            copy.store.close()
        shutil.rmtree(self.folder)

    @contextmanager
    def at(self, no: int) -> Iterator[Laptop]:
        """Work on a laptop, whose clock may be off by years."""
        copy = self.copies[no]
        copy.touched = True
        kept = clock.time  # type: ignore[attr-defined]
        shifted = SimpleNamespace(time_ns=lambda: time.time_ns() + copy.skew_ms * 1_000_000)
        clock.time = shifted  # type: ignore[attr-defined,assignment]
        try:
            yield copy
        finally:
            clock.time = kept  # type: ignore[attr-defined]

    @staticmethod
    def counts(conn: Connection, number: int) -> dict[str, Any]:
        """What an import noted of itself."""
        text = conn.exec_driver_sql("SELECT counts FROM l_import WHERE no = ?", (number,)).scalar_one()
        found: dict[str, Any] = json.loads(text)
        return found

    def shift_clock(self, no: int, years: int) -> None:
        """From now on the clock of a laptop is off by years."""
        self.copies[no].skew_ms = years * YEAR_MS

    # -- accidents -------------------------------------------------------------------------------------------------

    def backup(self, no: int) -> Path:
        """The files of a laptop as they are now; what it left unsigned is signed first."""
        copy, path = self.copies[no], self.folder / f"backup-{no}-{new_id()}.db"
        copy.store.seal()
        copy.store.empty_log()
        shutil.copyfile(copy.path, path)
        return path

    def put_back(self, no: int, backup: Path) -> None:
        """Put a backup back: what was written since and never given is gone with the disk; a new device.

        As the door does it: what was destroyed on this computer stays destroyed.
        """
        before = self.copies[no]
        before.store.close()
        shutil.copyfile(backup, before.path)
        for suffix in ("-wal", "-shm"):
            before.path.with_name(before.path.name + suffix).unlink(missing_ok=True)
        self.copies[no] = again = self._opened(before.path, no)
        again.skew_ms, again.marks = before.skew_ms, before.marks
        with self.at(no), again.store.local() as conn:
            again.store.identity = identity.make(conn, again.desk.officer)
            removed = removal.apply_marks(conn, again.marks, clock.now_ms())
        if removed:
            again.store.refresh_all()
            again.store.empty_log()
        self.meet(no)

    def meet(self, no: int) -> None:
        """Everybody compares cards with one who became a new device, and the other way round."""
        with self.at(no) as copy:
            for other in self.copies:
                if other is not copy:
                    other.desk.knows(copy.desk)
                    copy.desk.knows(other.desk)

    @contextmanager
    def killed_in(self, module: Any, name: str) -> Iterator[None]:
        """The program is killed where it would call this."""
        kept = getattr(module, name)

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        setattr(module, name, killed)
        try:
            yield
        finally:
            setattr(module, name, kept)


def _keep(laptop: Laptop, marks: frozenset[str]) -> None:
    laptop.marks |= marks


def _session(desk: Desk, no: int, content: Content) -> Session:
    return Session(
        store=desk.store,
        content=content,
        officer=desk.officer,
        officer_name=desk.name,
        location="GL Verzonnen",
        place=desk.place,
        number_prefix=f"C{no}",
        now=lambda: datetime.fromtimestamp(clock.now_ms() / 1000, UTC),
    )


def make_templates(folder: Path, count: int, content: Content) -> list[Path]:
    """Laptops that compared each other's cards and all hold one family."""
    desks = [make_desk(folder / f"desk-{count}-{no}.db", f"Collega {no}") for no in range(count)]
    for desk in desks:
        desk.knows(*(other for other in desks if other is not desk))
        desk.store.packs = content.short_packs
    with desks[0].store.write(verbs.FAMILY_REGISTERED) as uow:
        dossier, person = uow.new_scope(ScopeKind.DOSSIER), uow.new_scope(ScopeKind.PERSON)
        uow.add(Dossier(id=dossier, scope=dossier, title="Verzonnen", number="TEST-1"))
        uow.add(Person(id=person, scope=person, family_name="Verzonnen", given_names="Voorbeeld"))
        uow.add(Membership(id=new_id(), scope=dossier, person=person))
    first, *others = [_session(desk, no, content) for no, desk in enumerate(desks)]
    devices = tuple(desk.device for desk in desks)
    choice = GiveChoice(dossiers=(dossier,), receivers=devices[1:], compartments=GIVEN)
    given = give.write(first, choice, folder)
    for session in others:
        take.accept(session, Path(given.files[0]))
        back = give.write(session, replace(choice, receivers=devices[:1]), folder)
        take.accept(first, Path(back.files[0]))
    for desk in desks:
        with desk.store.local() as conn:
            conn.exec_driver_sql("UPDATE l_group SET undoable = 0")  # undoing goes back to here
        desk.store.close()
    return [folder / f"desk-{count}-{no}.db" for no in range(count)]


def family_of(laptop: Laptop) -> tuple[str, str]:
    """The dossier and the person that every laptop begins with."""
    with laptop.rows() as conn:
        dossier = str(conn.exec_driver_sql("SELECT scope FROM r_dossier").scalar_one())
        return dossier, str(conn.exec_driver_sql("SELECT id FROM r_person").scalar_one())
