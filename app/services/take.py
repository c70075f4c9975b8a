"""Takes files of colleagues in: looked at first, accepted per family or whole, in one transaction, with a way back."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import now_ms, parse_moment
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import (
    Arrival,
    Colleague,
    FamilyComing,
    Hold,
    Inspected,
    InspectedLine,
    Taken,
)
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.place import ContentPack
from app.domain.record import Compartment, kind_of
from app.domain.words import N_
from app.exchange import destruction, parts, take_back, trust
from app.exchange.inspect_package import inspected_lines
from app.exchange.package_file import HoldsExtract
from app.exchange.package_opening import Receiver
from app.exchange.read_apart import ReadApart, alone_if_need_be
from app.exchange.receive import receive
from app.exchange.received import Received
from app.i18n import _
from app.services import arrived_persons, clear_up_other, extract, kept_packs, kept_persons, removed_family
from app.services.arrived_persons import Alike
from app.services.session import Session
from app.services.trust_problem import why_not_taken
from app.storage import identity
from app.storage.compact_json import json_text
from app.storage.problem import ReadOnlyStore
from app.storage.shielding import hidden_from
from app.storage.translate_errors import translate_errors

MOST_SAID = 5
"""Of so many persons who may be here already a look says who they may be; of all of them it is asked afterwards."""

_DOSSIER, _PACK = kind_of(Dossier).name, kind_of(ContentPack).name

LOOK = -1
"""The number under which a look writes; nothing of it is kept."""


class CannotOpen(KnownProblem):
    """The file is not there or may not be read."""

    message = N_("%(file)s cannot be read. Check the name and the folder, and that the stick is connected.")


class IsFolder(KnownProblem):
    """A folder was named where a file is meant."""

    message = N_("%(file)s is a folder. Choose the file in it.")


def look(session: Session, file: Path, *, dossiers: frozenset[str] | None = None) -> Arrival:
    """What a file holds and what taking it in, or only these families of it, would do.

    Raises the problems of `app.exchange.problem`.
    """
    return alone_if_need_be(lambda apart: _look(session, file, dossiers, apart))


def _look(session: Session, file: Path, dossiers: frozenset[str] | None, apart: ReadApart | None) -> Arrival:
    with _opened(file) as (source, size), session.store.whole(keep=False) as whole:
        receiver = _receiver(session, whole.conn, look=True)
        try:
            before = clear_up_other.standing(whole.conn, session)
            received = receive(whole.conn, source, receiver, LOOK, dossiers, apart)
            brings = _brings(before, clear_up_other.standing(whole.conn, session))
            found = replace(_arrival(whole.conn, received, size, dossiers), to_clear_up=brings)
            if apart is not None:
                apart.finish()
            return found
        except HoldsExtract:
            source.seek(0)
            return extract.look(session, whole.conn, source, receiver, size)


def accept(session: Session, file: Path, *, dossiers: frozenset[str] | None = None) -> Taken:
    """Take a file in, or only these families of it; all in one transaction. An extract is kept to read.

    Raises what `why_not_taken` finds, `ReadOnlyStore`, the problems of `app.exchange.problem`, and what a
    disk may refuse; then nothing has changed.
    """
    if session.store.read_only:
        raise ReadOnlyStore
    try:
        return alone_if_need_be(lambda apart: _accept(session, file, dossiers, apart))
    except HoldsExtract:
        with _opened(file) as (source, _size):
            with session.store.read() as conn:
                receiver = _receiver(session, conn, look=True)
            return extract.take_in(session, source, receiver, _check_sender)


def _check_sender(sender: Colleague) -> None:
    stopped = why_not_taken(sender)
    if stopped is not None:
        raise stopped


def _accept(session: Session, file: Path, dossiers: frozenset[str] | None, apart: ReadApart | None) -> Taken:
    with _opened(file) as (source, _size), session.store.whole() as whole:
        conn = whole.conn
        number = conn.exec_driver_sql(
            "INSERT INTO l_import(package, at, sender, made_at, dossiers, counts, lasting)"
            " VALUES('', ?, '', '', '[]', '{}', 0) RETURNING no",
            (int(session.now().timestamp() * 1000),),
        ).scalar_one()
        receiver = _receiver(session, conn, look=False)
        received = receive(conn, source, receiver, number, dossiers, apart)
        _check_sender(trust.colleague(conn, received.manifest.sender.device))
        alike = arrived_persons.taken_in(whole, received.touched, _sent(received))
        whole.verb = verbs.TAKEN_IN.code
        _note(conn, session, number, received, alike, dossiers)
        taken = _taken(conn, number)
        if apart is not None:
            whole.ask_last = apart.finish
    if received.lasting:  # what was taken out lies in the log of the database no longer
        session.store.empty_log()
    if any(kind == _PACK for kind, _record, _scope in received.touched):
        kept_packs.know(session)
    return taken


def taken(session: Session) -> tuple[Taken, ...]:
    """The files taken in, latest first."""
    with session.store.read() as conn:
        numbers = conn.exec_driver_sql("SELECT no FROM l_import ORDER BY no DESC").scalars().all()
        return tuple(_taken(conn, number) for number in numbers)


def take_back_file(session: Session, number: int) -> Taken:
    """Undo the taking in of a file. Raises `app.exchange.take_back.CannotTakeBack` with the reason."""
    with session.store.whole() as whole:
        whole.touched += take_back.take_back(whole.conn, number, int(session.now().timestamp() * 1000))
        whole.verb = verbs.TAKEN_BACK.code
        found = _taken(whole.conn, number)
    if session.store.scans is not None:
        with session.store.local() as conn:
            session.store.scans.sweep(conn)
    return found


def inspect(session: Session, file: Path) -> Inspected:
    """Everything a package holds, in plain lines; nothing is taken in."""
    with _opened(file) as (source, _size), session.store.read() as conn:
        package, lines = inspected_lines(source, _receiver(session, conn, look=True))
    return Inspected(
        package=package,
        lines=tuple(
            InspectedLine(group=_(group), words=_(words), detail=_(detail)) for group, words, detail in lines
        ),
    )


@contextmanager
def _opened(file: Path) -> Iterator[tuple[BinaryIO, int]]:
    """The package in a file, or in the parts of which it is one; and its bytes."""
    if file.is_dir():
        raise IsFolder(file=file.name or str(file))
    try:
        file.open("rb").close()
    except OSError:
        raise CannotOpen(file=file.name) from None
    with translate_errors(), parts.open_whole(file) as source:
        source.seek(0, 2)
        size = source.tell()
        source.seek(0)
        yield source, size


def _receiver(session: Session, conn: Connection, *, look: bool) -> Receiver:
    active = session.store.identity
    devices = conn.exec_driver_sql("SELECT d.id FROM l_own_device o JOIN j_device d ON d.no = o.no").scalars()
    return Receiver(
        devices=frozenset(devices),
        active=active.writer.device_id if active is not None else "",
        secrets=identity.seal_secrets(conn),
        now_ms=now_ms(),
        shelf=None if look else session.store.scans,
    )


# -- in words --------------------------------------------------------------------------------------------------------


def _sent(received: Received) -> frozenset[str]:
    """The persons of the families in a file."""
    return frozenset(person for _dossier, persons in received.manifest.families for person in persons)


def _arrival(conn: Connection, received: Received, size: int, only: frozenset[str] | None) -> Arrival:
    manifest = received.manifest
    sender = trust.colleague(conn, manifest.sender.device)
    titles = removed_family.last_titles(conn, [dossier for dossier, _persons in manifest.families])
    destroyed, removed = destruction.done(conn), _removed(conn, received)
    families = tuple(
        replace(
            _coming(conn, received, titles[dossier], dossier, persons),
            removed=dossier in removed,
            left_out=only is not None and dossier not in only,
        )
        if dossier not in destroyed
        else _destroyed(conn, received, dossier, persons)
        for dossier, persons in manifest.families
    )
    fresh = kept_persons.refresh_persons(conn, arrived_persons.named(conn, received.touched))
    alike = arrived_persons.find(conn, fresh, _sent(received))
    return Arrival(
        package=manifest.id,
        kind=manifest.kind,
        sender=sender,
        made_at=parse_moment(manifest.made),
        size_bytes=size,
        families=families,
        changes=sum(family.changes for family in families),
        known_changes=received.known_changes,
        differences=sum(received.differences.values()),
        scans=sum(received.scans.values()),
        set_apart=received.set_apart,
        newer=received.newer,
        to_confirm=tuple(removed_family.last_title(conn, scope) for scope in received.to_confirm),
        known=manifest.kind == "ops"
        and not (received.ops or received.set_apart or received.to_confirm)
        and received.complete,
        clock_ahead=received.clock_ahead,
        may_take=sender.trust.trusted,
        compartments=frozenset(
            Compartment(name) for name in manifest.compartments if name in set(Compartment)
        ),
        may_be_known=len({each.person for each in alike}),
        known_words=_known_words(conn, alike),
    )


def _brings(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """What there is to clear up after it that there was not before: name and how often, the most first."""
    return tuple(Counter(name for key, name in after.items() if key not in before).most_common())


def _known_words(conn: Connection, alike: Sequence[Alike]) -> tuple[str, ...]:
    """Who the first may be; and of how many more persons it is not said."""
    said = alike[:MOST_SAID]
    rest = len({each.person for each in alike} - {each.person for each in said})
    words = arrived_persons.sentences(conn, said)
    return (*words, _("And %(count)d more.", count=rest)) if rest else words


def _removed(conn: Connection, received: Received) -> frozenset[str]:
    """The dossiers that something of the file is about, and that stand removed with it."""
    touched = {record for kind, record, _scope in received.touched if kind == _DOSSIER}
    return frozenset(touched.intersection(removed_family.removed_scopes(conn)) if touched else ())


def _destroyed(conn: Connection, received: Received, dossier: str, persons: tuple[str, ...]) -> FamilyComing:
    """A family that was destroyed here. Who belonged to it is not told either."""
    found = _coming(conn, received, "", dossier, persons)
    return replace(found, new=False, persons=(), destroyed=True)


def _coming(
    conn: Connection, received: Received, title: str, dossier: str, persons: tuple[str, ...]
) -> FamilyComing:
    scopes = (dossier, *persons)
    silent = hidden_from(conn, dossier)  # the sender may not know yet
    holds: set[Hold] = set()
    for scope in scopes:
        holds |= received.holds.get(scope, set())
    return FamilyComing(
        dossier=dossier,
        title=title,
        new=dossier in received.new_scopes,
        changes=sum(received.changes.get(scope, 0) for scope in scopes),
        differences=sum(received.differences.get(scope, 0) for scope in scopes),
        scans=sum(received.scans.get(scope, 0) for scope in scopes),
        persons=tuple(name for person in persons if person not in silent and (name := _person(conn, person))),
        holds=frozenset(holds),
    )


def _person(conn: Connection, person: str) -> str:
    sql = "SELECT coalesce(given_names, '') || ' ' || coalesce(family_name, '') FROM r_person WHERE id = ?"
    return str(conn.exec_driver_sql(sql, (person,)).scalar() or "").strip()


def _note(
    conn: Connection,
    session: Session,
    number: int,
    received: Received,
    alike: list[list[str]],
    only: frozenset[str] | None,
) -> None:
    forks = sorted(scope for scope, holds in received.holds.items() if Hold.FORK in holds)
    counts = {
        "changes": _changes(received),
        "differences": sum(received.differences.values()),
        "set_apart": received.set_apart,
        "newer": received.newer,
        "gaps": sorted(scope for scope, holds in received.holds.items() if Hold.GAP in holds),
        "forks": forks,
        "fork_devices": sorted(received.forked),
        "blobs": received.blobs,
        arrived_persons.ALIKE: alike,
        "action": conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_action").scalar_one(),
    }
    manifest = received.manifest
    conn.exec_driver_sql(
        "UPDATE l_import SET package = ?, sender = ?, made_at = ?, dossiers = ?, counts = ?, lasting = ? WHERE no = ?",
        (
            manifest.id,
            manifest.sender.device,
            manifest.made,
            json.dumps([one for one, _persons in manifest.families if only is None or one in only]),
            json_text(counts),
            int(received.lasting),
            number,
        ),
    )
    conn.exec_driver_sql(
        "UPDATE l_peer SET last_at = ? WHERE device = ?",
        (int(session.now().timestamp() * 1000), manifest.sender.device),
    )


def _changes(received: Received) -> int:
    """Changes in families; what a colleague's location told of itself is not one."""
    scopes = {scope for dossier, persons in received.manifest.families for scope in (dossier, *persons)}
    return sum(count for scope, count in received.changes.items() if scope in scopes)


def _taken(conn: Connection, number: int) -> Taken:
    package, at, sender, dossiers, counts_text, back = conn.exec_driver_sql(
        "SELECT package, at, sender, dossiers, counts, taken_back_at FROM l_import WHERE no = ?", (number,)
    ).one()
    counts = json.loads(counts_text)
    known: Colleague = trust.colleague(conn, sender)
    why = take_back.why_not(conn, number)
    families = json.loads(dossiers)
    titles = removed_family.last_titles(conn, families)
    return Taken(
        number=number,
        package=package,
        sender=sender,
        sender_name=known.name,
        at=datetime.fromtimestamp(at / 1000, UTC),
        families=tuple(titles[dossier] for dossier in families),
        changes=counts.get("changes", 0),
        differences=counts.get("differences", 0),
        may_go_back=not why,
        why_not=why,
        taken_back_at=None if back is None else datetime.fromtimestamp(back / 1000, UTC),
        may_be_known=len({person for person, _other in counts.get(arrived_persons.ALIKE, ())}),
    )
