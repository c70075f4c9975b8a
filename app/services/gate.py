"""The door of a store: make one, unlock it, and hand out the session in which everything else is done."""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from app.content.load import Content
from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.entry import check
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.place import Device, Location, Officer
from app.domain.record import ScopeKind
from app.domain.words import N_
from app.services import agenda, derived, kept_packs
from app.services.session import Session, utc_now
from app.storage import access_log, identity, opening, removal, schema, unlock_counter, upgrade
from app.storage.extract_end import remove_ended
from app.storage.identity import DeviceIdentity
from app.storage.kdf_cost import KdfCost
from app.storage.opening import Notice, Opened
from app.storage.recovery_key import RecoveryKey
from app.storage.scan import ScanShelf
from app.storage.secret import Secret
from app.storage.store import Store
from app.storage.told import Told, to_nobody
from app.storage.unlock_counter import OutsideRecord, Standing
from app.storage.uow import read_where

PREFIX_LENGTH = 4


class NameMissing(KnownProblem):
    """A store needs to know who works with it."""

    message = N_("Fill in your name and the name of the location.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An open store: the session, what the officer should know about how it opened, and the way to lock it."""

    session: Session
    path: Path
    store_id: str
    read_only: bool
    notices: tuple[Notice, ...]
    opened: Opened

    def lock(self) -> None:
        """Close every connection, wipe the key, let another program in."""
        self.session.store.close()
        self.opened.lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Makes and opens stores. `counters` is the folder outside the profile; `cost` is lower in tests only."""

    content: Content
    counters: Path
    cost: KdfCost | None = None
    now: Callable[[], datetime] = utc_now

    def create(
        self, path: Path, *, officer: str, location: str, passphrase: str, recovery: RecoveryKey
    ) -> Unlocked:
        """A new store at `path`. Raises `NameMissing`, `EntryRefused` and what `opening.create` raises."""
        if not officer.strip() or not location.strip():
            raise NameMissing
        scope = new_id()
        person = Officer(id=new_id(), scope=scope, name=officer.strip())
        place = Location(id=new_id(), scope=scope, name=location.strip())
        check(person, place)
        opened = opening.create(path, passphrase, recovery, cost=self.cost)
        try:
            return self._begun(opened, path, person, place)
        except BaseException:  # a full disk, or Ctrl+C: a store is there whole or not at all
            opened.lock()
            shutil.rmtree(path, ignore_errors=True)
            raise

    def _begun(self, opened: Opened, path: Path, person: Officer, place: Location) -> Unlocked:
        """Fill a new database with its schema, this device, and the location with its first officer."""
        with opened.engines.writer.begin() as conn:
            schema.migrate(conn)
            device = identity.make(conn, person.id)
            _remember(conn, officer=person.id, place=place.scope)
        store = Store(opened.engines.writer, opened.engines.reader, device)
        store.place = place.scope
        with store.write(verbs.STORE_MADE) as uow:
            uow.new_scope(ScopeKind.PLACE, scope=place.scope)
            uow.add(person)
            uow.add(place)
            uow.add(device_record(device, place.scope, self.now()))
        return self._unlocked(opened, store, path, first=True)

    def unlock(
        self, path: Path, secret: Secret, *, read_only: bool = False, told: Told = to_nobody
    ) -> Unlocked:
        """Open the store at `path`; `told` hears how far it is with what a newer program must do first.

        Raises what `opening.open_store` and `upgrade.bring_up_to_date` raise.
        """
        opened = opening.open_store(path, secret, read_only=read_only)
        try:
            upgrade.bring_up_to_date(opened, told=told)
            with opened.engines.reader.connect() as conn:
                officer, place = _remembered(conn, "officer"), _remembered(conn, "place")
                device = identity.load(conn, officer)
            store = Store(opened.engines.writer, opened.engines.reader, device, read_only=opened.read_only)
            store.place = place
            return self._unlocked(opened, store, path, first=False, told=told)
        except BaseException:
            opened.lock()
            raise

    def _unlocked(
        self, opened: Opened, store: Store, path: Path, *, first: bool, told: Told = to_nobody
    ) -> Unlocked:
        store.packs = self.content.short_packs
        store.scans = ScanShelf(opened.folder.blobs)
        kept_packs.know_in(self.content, store)
        removed = not opened.read_only and self._settle(opened, store, first=first)
        session = _session(store, self.content, self.now)
        store.today = lambda: session.today
        remove_ended(store, session.today)
        store.derive = agenda.deriver(session)
        if removed:
            _clear_after_removal(store)
        derived.catch_up(session, told)
        return Unlocked(
            session=session,
            path=path,
            store_id=opened.store_id,
            read_only=opened.read_only,
            notices=opened.notices,
            opened=opened,
        )

    def _settle(self, opened: Opened, store: Store, *, first: bool) -> bool:
        """Take failed tries into the log, count this unlock, become a new device where this is a copy, and forget what
        was destroyed on this computer. Says whether something was forgotten."""
        outside = unlock_counter.read(self.counters, opened.store_id)
        with store.local() as conn:
            inside = int(_remembered(conn, "unlocks") or 0)
            officer = _remembered(conn, "officer")
            standing = unlock_counter.standing(inside, outside)
            copied = standing is Standing.COPIED or (standing is Standing.FIRST_HERE and inside > 0)
            now = max(inside, outside.unlocks if outside is not None else 0) + 1
            renewed = opened.restored is not None or copied
            if renewed and not first:
                store.identity = identity.make(conn, officer)
                opened.notices += (Notice.NEW_DEVICE,)
            elif isinstance(store.identity, DeviceIdentity):
                store.identity = identity.complete(conn, store.identity)
            origin = store.identity.writer.device_id[:16] if store.identity else ""
            for failed in opened.failures:
                access_log.write(conn, _entry(failed, officer, "unlock", opened.store_id, "refused", origin))
            at = int(self.now().timestamp() * 1000)
            access_log.write(conn, _entry(at, officer, "unlock", opened.store_id, "done", origin))
            conn.exec_driver_sql(
                "INSERT INTO l_meta(name, value) VALUES('unlocks', ?)"
                " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                (str(now),),
            )
            removed = removal.apply_marks(conn, outside.destroyed if outside is not None else frozenset(), at)
            marks = removal.all_marks(conn)
        if isinstance(store.identity, DeviceIdentity) and not first:
            if renewed:
                with store.write(verbs.DEVICE_CHANGED) as uow:
                    uow.add(device_record(store.identity, store.place, self.now()))
            else:
                _complete_record(store, store.identity)
        unlock_counter.write(self.counters, opened.store_id, OutsideRecord(unlocks=now, destroyed=marks))
        store.keep_marks = partial(self._keep_marks, opened.store_id)
        opened.settle()
        return bool(removed)

    def _keep_marks(self, store_id: str, marks: frozenset[str]) -> None:
        """Add to the list outside what was destroyed now, so that a backup of before does not bring it back."""
        kept = unlock_counter.read(self.counters, store_id)
        if kept is not None and not marks <= kept.destroyed:
            unlock_counter.write(self.counters, store_id, replace(kept, destroyed=kept.destroyed | marks))


def _clear_after_removal(store: Store) -> None:
    """Lists that named what was forgotten, pages of it in the log, and its scans."""
    store.refresh_all()
    store.empty_log()
    if store.scans is not None:
        with store.local() as conn:
            store.scans.sweep(conn)


def _entry(at: int, actor: str, deed: str, object_: str, result: str, origin: str) -> access_log.Entry:
    return access_log.Entry(at=at, actor=actor, deed=deed, object=object_, result=result, origin=origin)


def device_record(device: DeviceIdentity, place: str, now: datetime) -> Device:
    """What the scope of the location says of a device of ours."""
    writer = device.writer
    return Device(
        id=new_id(),
        scope=place,
        device=writer.device_id,
        sign_key=device.public.hex(),
        seal_key=device.seal_public.hex(),
        certificate=device.certificate.hex(),
        officer=writer.officer,
        made_at=moment_text(now),
    )


def _complete_record(store: Store, device: DeviceIdentity) -> None:
    """Tell the seal key that a device of schema 1 got."""
    with store.read() as conn:
        untold = read_where(conn, Device, "device = ? AND seal_key IS NULL", (device.writer.device_id,))
    if untold:
        with store.write(verbs.SEAL_KEY_MADE) as uow:
            for known in untold:
                seal, certificate = device.seal_public.hex(), device.certificate.hex()
                uow.save(known, known.with_values(seal_key=seal, certificate=certificate))


def _remember(conn: Connection, *, officer: str, place: str) -> None:
    values = {"officer": officer, "place": place, "number_prefix": _prefix(), "unlocks": "0"}
    conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES(?,?)", list(values.items()))


def _prefix() -> str:
    """Letters without those that read like figures; random, so that two laptops hardly ever share one."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(PREFIX_LENGTH))


def _remembered(conn: Connection, name: str) -> str:
    return str(conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = ?", (name,)).scalar() or "")


def _session(store: Store, content: Content, now: Callable[[], datetime]) -> Session:
    with store.read() as conn:
        officer, place = _remembered(conn, "officer"), _remembered(conn, "place")
        people = read_where(conn, Officer, "id = ?", (officer,))
        places = read_where(conn, Location, "scope = ?", (place,))
        prefix = _remembered(conn, "number_prefix")
    return Session(
        store=store,
        content=content,
        officer=officer,
        officer_name=(people[0].name if people else "") or "",
        location=(places[0].name if places else "") or "",
        place=place,
        number_prefix=prefix,
        now=now,
    )
