"""Colleagues with a store of their own, and a way to carry what one wrote in the scope of the location to another."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.place import Location, Officer
from app.domain.record import ScopeKind
from app.exchange import card as cards
from app.exchange import trust
from app.exchange.card import Card
from app.storage import identity, journal, project, schema
from app.storage.engine import create_database, open_engines
from app.storage.identity import DeviceIdentity
from app.storage.store import Store
from tests.support.store_fixture import NOW, test_key


@dataclass
class Desk:
    """An officer with a store of their own, a location of their own and a card."""

    store: Store
    officer: str
    place: str
    name: str

    @property
    def device(self) -> str:
        """The id of the active device."""
        return self.identity.writer.device_id

    @property
    def identity(self) -> DeviceIdentity:
        """The keys of the active device."""
        assert isinstance(self.store.identity, DeviceIdentity)
        return self.store.identity

    def card(self) -> Card:
        """The card as this officer would hand it out."""
        with self.store.read() as conn:
            heir = identity.heir_of(conn, self.device)
        return cards.make(
            sign_key=self.identity.public,
            seal_public=self.identity.seal_public,
            sign=self.identity.sign,
            name=self.name,
            office="GL Verzonnen",
            officer=self.officer,
            now=NOW,
            heir=heir,
        )

    def renew(self) -> str:
        """A new device signed by the old; returns the id of the old one."""
        old = self.device
        with self.store.local() as conn:
            self.store.identity = identity.make(conn, self.officer)
        return old

    def knows(self, *others: "Desk", verified: bool = True, registrar: bool = False) -> None:
        """Have their cards, and have compared them."""
        with self.store.local() as conn:
            for other in others:
                trust.keep_card(conn, other.card())
                if verified:
                    conn.exec_driver_sql(
                        "UPDATE l_peer SET verified_at = 1, verified_how = 'phone', registrar = ? WHERE device = ?",
                        (int(registrar), other.device),
                    )


def make_desk(path: Path, name: str) -> Desk:
    """A new store with one officer."""
    create_database(path, test_key())
    engines = open_engines(path, test_key())
    officer, place = new_id(), new_id()
    with engines.writer.begin() as conn:
        schema.migrate(conn)
        device = identity.make(conn, officer)
        remembered = {"officer": officer, "place": place, "number_prefix": "TEST", "unlocks": "0"}
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES(?,?)", list(remembered.items()))
    store = Store(engines.writer, engines.reader, device)
    store.place = place
    with store.write(verbs.STORE_MADE) as uow:
        uow.new_scope(ScopeKind.PLACE, scope=place)
        uow.add(Officer(id=officer, scope=place, name=name))
        uow.add(Location(id=new_id(), scope=place, name="GL Verzonnen"))
    return Desk(store, officer, place, name)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Makes desks; each name once."""
    made: list[Desk] = []

    def make(name: str) -> Desk:
        made.append(make_desk(tmp_path / f"desk-{len(made)}.db", name))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


def carry(source: Store, target: Store, scope: str) -> None:
    """Bring every op of `scope` that the target lacks; the target knows the devices afterwards, and trusts none."""
    with source.read() as conn, target.local() as to:
        records = _carry(conn, to, scope)
        project.open_guard(to, True)
        project.project(to, sorted(records))
        project.open_guard(to, False)


def _carry(conn: Connection, to: Connection, scope: str) -> set[str]:
    streams = _streams(conn, to, scope)
    kinds = {no: name for name, no in journal.kind_numbers(conn).items()}
    own_kinds = journal.kind_numbers(to)
    records: set[str] = set()
    for stream, mine in streams.items():
        have = to.exec_driver_sql("SELECT seq FROM j_stream WHERE no = ?", (mine,)).scalar_one()
        sql = (
            "SELECT o.seq, a.id, a.verb, a.officer, a.hlc, o.kind, o.rec, o.fields, o.seed, o.cells, o.parents, o.kept"
            " FROM j_op o JOIN j_action a ON a.no = o.action WHERE o.stream = ? AND o.seq > ? ORDER BY o.seq"
        )
        for seq, action, verb, officer, hlc, kind, rec, *rest in conn.exec_driver_sql(
            sql, (stream, have)
        ).all():
            rest[3] = _moved(rest[3], streams)
            no = to.exec_driver_sql(
                "INSERT INTO j_action(stream, id, verb, officer, hlc) VALUES(?,?,?,?,?) RETURNING no",
                (mine, action, verb, officer, hlc),
            ).scalar_one()
            to.exec_driver_sql(
                "INSERT INTO j_op(stream, seq, action, kind, rec, fields, seed, cells, parents, kept)"
                " VALUES(?,?,?,?,?,?,?,?,?,?)",
                (mine, seq, no, own_kinds[kinds[kind]], rec, *rest),
            )
            records.add(rec.hex())
        tip = conn.exec_driver_sql("SELECT seq, tip FROM j_stream WHERE no = ?", (stream,)).one()
        if tip[0] > have:
            to.exec_driver_sql("UPDATE j_stream SET seq = ?, tip = ? WHERE no = ?", (*tip, mine))
    return records


def _streams(conn: Connection, to: Connection, scope: str) -> dict[int, int]:
    """The number of each stream here and there; devices and streams that are not there yet begin."""
    found = {}
    sql = (
        "SELECT s.no, s.compartment, d.id, d.sign_key, d.heir_of, d.heir_signature FROM j_stream s"
        " JOIN j_device d ON d.no = s.device WHERE s.scope = ?"
    )
    for no, compartment, device, *keys in conn.exec_driver_sql(sql, (scope,)).all():
        to.exec_driver_sql(
            "INSERT INTO j_device(id, sign_key, heir_of, heir_signature) VALUES(?,?,?,?) ON CONFLICT DO NOTHING",
            (device, *keys),
        )
        there = to.exec_driver_sql("SELECT no FROM j_device WHERE id = ?", (device,)).scalar_one()
        to.exec_driver_sql(
            "INSERT INTO j_stream(scope, compartment, device, seq, tip) VALUES(?,?,?,0,x'') ON CONFLICT DO NOTHING",
            (scope, compartment, there),
        )
        found[no] = to.exec_driver_sql(
            "SELECT no FROM j_stream WHERE scope = ? AND compartment = ? AND device = ?",
            (scope, compartment, there),
        ).scalar_one()
    return found


def _moved(parents: str | None, streams: Mapping[int, int]) -> str | None:
    if parents is None:
        return None
    named = json.loads(parents)
    return json.dumps({name: [[streams[no], seq] for no, seq in dots] for name, dots in named.items()})
