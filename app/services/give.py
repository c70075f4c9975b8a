"""Gives families to colleagues as one file: chosen, checked, noted, sealed, written and read back.

A preview does exactly what writing does and keeps nothing of it, so that what it says is true.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import Connection
from typing_extensions import override

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import (
    NEVER_GIVEN,
    FamilyGoing,
    GiveChoice,
    Given,
    GivePreview,
    Holding,
)
from app.domain.ident import new_id
from app.domain.kinds.papers import DisclosureRecord
from app.domain.kinds.place import Access
from app.domain.record import Compartment
from app.domain.words import N_
from app.exchange import send, trust, write_out
from app.exchange.package_file import write_package
from app.exchange.send import Head, Packed, Parcel
from app.exchange.write_out import Ready
from app.services import removed_family
from app.services.dossier_export import PURPOSE, WAY, CompartmentStays, persons_by_dossier
from app.services.families import NoSuchDossier
from app.services.session import Session
from app.services.trust_problem import why_not_given
from app.storage import access, knowledge, outgoing, schema
from app.storage.compact_json import json_text
from app.storage.knowledge import StreamKey
from app.storage.plain_rows import plain_column, plain_rows
from app.storage.problem import ReadOnlyStore
from app.storage.shielding import hidden
from app.storage.store import Whole
from app.storage.uow import UnitOfWork

KERN = str(Compartment.KERN)


class NobodyToGive(KnownProblem):
    """A package is for somebody."""

    message = N_("Choose the colleague who gets this file.")


class NothingToGive(KnownProblem):
    """No family was chosen."""

    message = N_("Choose at least one family.")


class Counting(RawIOBase):
    """Counts what is written to it and keeps nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def writable(self) -> bool:
        """Always."""
        return True

    @override
    def write(self, data: object) -> int:
        """Count."""
        size = memoryview(data).nbytes  # type: ignore[arg-type]
        self.count += size
        return size


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A package before it is written, with what was found out on the way."""

    packed: Packed
    keys: tuple[bytes, ...]
    families: tuple[FamilyGoing, ...]
    missing: tuple[str, ...]


def preview(session: Session, choice: GiveChoice) -> GivePreview:
    """What would go, to whom, and how large.

    Families that were removed here go along for who had them, also when no other is chosen. Raises `NothingToGive`,
    `CompartmentStays`, `NoSuchDossier`, `ReadOnlyStore`.
    """
    _check(session, choice)
    with session.store.whole(keep=False) as whole:
        people = [trust.colleague(whole.conn, device) for device in choice.receivers]
        refused = tuple(one for one in people if not one.trust.trusted)
        trusted = tuple(one.device for one in people if one.trust.trusted)
        made = _make(session, whole, choice, trusted)
        if not made.families:
            raise NothingToGive
        out = Counting()
        bare = [piece for piece in made.packed.members if not piece[0].startswith("blobs/")]
        if trusted:
            write_package(cast("BinaryIO", out), made.keys, iter(bare), made.packed.level)
    return GivePreview(
        families=made.families,
        receivers=tuple(people),
        not_trusted=refused,
        compartments=choice.compartments | {Compartment.KERN},
        changes=sum(family.changes for family in made.families),
        scans=sum(family.scans for family in made.families),
        scan_bytes=sum(family.scan_bytes for family in made.families),
        size_bytes=out.count,
        missing_scans=made.missing,
    )


def write(
    session: Session, choice: GiveChoice, folder: Path, *, split: bool = False, name: str = ""
) -> Given:
    """Write the file (with `split` in parts for the mail) and read it back; without a `name` it gets a neutral one.

    Raises `NobodyToGive`, `NothingToGive`, what `why_not_given` finds, what `preview` raises, and what a disk may
    refuse.
    """
    return _write(session, choice, folder, kind="ops", split=split, name=name)


def receipt(session: Session, device: str, folder: Path, *, name: str = "") -> Given:
    """A file that only says what is held here of what was exchanged with a colleague."""
    choice = GiveChoice(dossiers=(), receivers=(device,), compartments=frozenset())
    return _write(session, choice, folder, kind="receipt", split=False, name=name)


def must_be_trusted(conn: Connection, receivers: Sequence[str]) -> None:
    """Raises `NobodyToGive`, what `why_not_given` finds."""
    if not receivers:
        raise NobodyToGive
    for device in receivers:
        stopped = why_not_given(trust.colleague(conn, device))
        if stopped is not None:
            raise stopped


def _write(session: Session, choice: GiveChoice, folder: Path, *, kind: str, split: bool, name: str) -> Given:
    _check(session, choice)
    ready: Ready | None = None
    try:
        with session.store.whole() as whole:
            must_be_trusted(whole.conn, choice.receivers)
            made = _make(session, whole, choice, choice.receivers, kind=kind)
            if kind == "ops" and not made.families:
                raise NothingToGive
            ready = write_out.make_ready(folder, session.today, partial(_fill, made), split=split, name=name)
            _note(session, whole.conn, choice, made, kind)
        # not before what is noted of it is kept: numbers that it tells of may never be given out twice
        written = ready.put()
    finally:
        if ready is not None:
            ready.drop()
    return Given(
        files=tuple(map(str, written.files)),
        size_bytes=written.size_bytes,
        families=len(made.families),
        changes=sum(family.changes for family in made.families),
        scans=len(made.packed.manifest.blobs),
        missing_scans=made.missing,
    )


def _fill(made: _Made, out: BinaryIO) -> None:
    write_package(out, made.keys, made.packed.members, made.packed.level)


def _check(session: Session, choice: GiveChoice) -> None:
    if choice.compartments & NEVER_GIVEN:
        raise CompartmentStays
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.read() as conn:
        sql = "SELECT scope FROM r_dossier WHERE scope IN (SELECT value FROM json_each(?))"
        known = set(plain_column(conn, sql, (json_text(list(choice.dossiers)),)))
    if not known.issuperset(choice.dossiers):
        raise NoSuchDossier


def _make(
    session: Session, whole: Whole, choice: GiveChoice, receivers: Sequence[str], kind: str = "ops"
) -> _Made:
    """Give access, note the disclosure, seal and gather."""
    conn, store = whole.conn, session.store
    present = persons_by_dossier(conn, sorted(set(choice.dossiers)))
    chosen = tuple((dossier, tuple(persons)) for dossier, persons in present.items())
    follow = removed_family.to_follow(conn, receivers) if kind == "ops" else ()
    families = (*chosen, *follow)
    going = {scope for dossier, persons in chosen for scope in (dossier, *persons)}
    parcel = Parcel(
        families=families,
        compartments=tuple(sorted({KERN, *map(str, choice.compartments)})) if kind == "ops" else (),
        receivers=tuple(receivers),
        full=choice.full,
        kind=kind,
        follow=frozenset(one for dossier, persons in follow for one in (dossier, *persons)) - going,
    )
    acknowledged = send.told_by_all(conn, parcel)
    if kind == "ops":
        _let_in_and_note(session, whole, parcel, acknowledged)
    whole.seal()
    assert store.identity is not None
    head = Head(
        id=new_id(),
        no=next_number(conn),
        made=moment_text(session.now()),
        hlc=conn.exec_driver_sql("SELECT hlc FROM j_clock WHERE id = 1").scalar_one(),
        device=store.identity.writer.device_id,
        schema=schema.SCHEMA,
        sign=store.identity.sign,
    )
    scans = store.scans if choice.scans and kind == "ops" else None
    packed = send.pack(conn, parcel, head, acknowledged, scans)
    cards = [trust.card_of(conn, device) for device in receivers]
    return _Made(
        packed=packed,
        keys=tuple(card.seal_bytes for card in cards if card is not None),
        families=_families(conn, packed, families),
        missing=tuple(_called(conn, scope) for scope in packed.missing),
    )


def _let_in_and_note(
    session: Session, whole: Whole, parcel: Parcel, acknowledged: Mapping[StreamKey, int]
) -> None:
    """Access for who may write from now on, and a disclosure where something goes that was not told to be held."""
    conn = whole.conn
    scopes = [scope for scope, _kind in parcel.scopes]
    writers = access.may_write(conn, scopes)
    lacking = [
        (scope, device) for scope in scopes for device in parcel.receivers if device not in writers[scope]
    ]
    news = _with_news(conn, parcel, acknowledged) | {scope for scope, _device in lacking}
    names = ", ".join(trust.colleague(conn, device).name for device in parcel.receivers)
    at = moment_text(session.now())
    way, purpose = session.content.ref("papieren", WAY), session.content.ref("papieren", PURPOSE)

    def fill(uow: UnitOfWork) -> None:
        for scope, device in lacking:
            uow.add(Access(id=new_id(), scope=scope, device=device, from_at=at))
        for dossier, persons in parcel.families:
            if dossier not in parcel.follow and news.intersection((dossier, *persons)):
                uow.add(
                    DisclosureRecord(
                        id=new_id(),
                        scope=dossier,
                        about=dossier,
                        way=way,
                        purpose=purpose,
                        receiver=names or None,
                        officer=session.officer_name,
                        at=at,
                    )
                )

    if parcel.receivers and news:
        whole.act(verbs.DISCLOSED, fill)


def _with_news(conn: Connection, parcel: Parcel, acknowledged: Mapping[StreamKey, int]) -> set[str]:
    """The scopes of which not everything was told to be held."""
    scopes = [scope for scope, _kind in parcel.scopes]
    if parcel.full or not parcel.receivers:
        return set(scopes)
    return outgoing.scopes_with_news(conn, scopes, parcel.compartments, acknowledged)


def next_number(conn: Connection) -> int:
    """Files of this device count up; a later one says more truly what is held here."""
    sql = (
        "INSERT INTO l_meta(name, value) VALUES('export_no', '1')"
        " ON CONFLICT(name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value"
    )
    return int(conn.exec_driver_sql(sql).scalar_one())


def _called(conn: Connection, scope: str) -> str:
    """The name of a person, or the title of a dossier."""
    sql = (
        "SELECT trim(coalesce(given_names, '') || ' ' || coalesce(family_name, '')) FROM r_person WHERE id = ?"
        " UNION ALL SELECT coalesce(title, '') FROM r_dossier WHERE scope = ? LIMIT 1"
    )
    return str(conn.exec_driver_sql(sql, (scope, scope)).scalar() or "")


_NUMBERS = "SELECT scope, number FROM r_dossier WHERE scope IN (SELECT value FROM json_each(?))"


def _families(
    conn: Connection, packed: Packed, families: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[FamilyGoing, ...]:
    dossiers = [dossier for dossier, _persons in families]
    titles = removed_family.last_titles(conn, dossiers)
    numbers: dict[str, str | None] = dict(plain_rows(conn, _NUMBERS, (json_text(dossiers),)))
    sizes: dict[str, list[int]] = {}
    for entry in packed.manifest.blobs:
        sizes.setdefault(packed.manifest.scopes[entry.scope][0], []).append(entry.size)
    found = []
    for dossier, persons in families:
        own = (dossier, *persons)
        scans = [size for scope in own for size in sizes.get(scope, ())]
        found.append(
            FamilyGoing(
                dossier=dossier,
                title=titles[dossier],
                number=numbers.get(dossier) or "",
                persons=persons,
                changes=sum(packed.changes.get(scope, 0) for scope in own),
                scans=len(scans),
                scan_bytes=sum(scans),
            )
        )
    return tuple(found)


def _note(session: Session, conn: Connection, choice: GiveChoice, made: _Made, kind: str) -> None:
    counts = {
        "changes": sum(made.packed.changes.values()),
        "scans": len(made.packed.manifest.blobs),
        "no": made.packed.manifest.no,
    }
    number = conn.exec_driver_sql(
        "INSERT INTO l_export(package, at, kind, receivers, dossiers, compartments, counts)"
        " VALUES(?,?,?,?,?,?,?) RETURNING no",
        (
            made.packed.manifest.id,
            int(session.now().timestamp() * 1000),
            kind,
            json_text(list(choice.receivers)),
            json_text(sorted(choice.dossiers)),
            json_text(list(made.packed.manifest.compartments)),
            json_text(counts),
        ),
    ).scalar_one()
    knowledge.share(conn, choice.receivers, made.packed.pairs, sent=number)


def holdings(session: Session, device: str = "", dossier: str = "") -> tuple[Holding, ...]:
    """Who has what: by colleague and family, what was sent when and how much they have not told to hold."""
    with session.store.read() as conn:
        names = {one.device: one.name for one in trust.colleagues(conn)}
        told: dict[str, int | None] = dict(conn.exec_driver_sql("SELECT device, last_at FROM l_peer").all())
        found = []
        for peer, family, title, compartments, sent in conn.exec_driver_sql(
            "SELECT x.peer, d.dossier, d.title, group_concat(DISTINCT x.compartment), max(e.at) FROM l_shared x"
            " JOIN d_summary d ON d.dossier = x.scope LEFT JOIN l_export e ON e.no = x.sent"
            " WHERE ? IN (x.peer, '') AND ? IN (d.dossier, '') GROUP BY x.peer, d.dossier"
            " ORDER BY x.peer, d.sort_key, d.dossier",
            (device, dossier),
        ):
            if peer in names:
                found.append(
                    Holding(
                        device=peer,
                        name=names[peer],
                        dossier=family,
                        title=title,
                        compartments=frozenset(map(Compartment, compartments.split(","))),
                        sent_at=_moment(sent),
                        told_at=_moment(told.get(peer)),
                        behind=_behind(conn, peer, family),
                    )
                )
    return tuple(found)


_BEHIND = (
    "SELECT count(*) FROM l_shared x"
    " JOIN j_stream s ON s.scope = x.scope AND s.compartment = x.compartment JOIN j_device d ON d.no = s.device"
    " LEFT JOIN l_have h ON h.peer = x.peer AND h.scope = s.scope AND h.compartment = s.compartment"
    " AND h.device = d.id JOIN j_op o ON o.stream = s.no AND o.seq > coalesce(h.seq, 0)"
    " JOIN j_kind k ON k.no = o.kind WHERE x.peer = ? AND k.name NOT IN ('scope', 'access', 'disclosure')"
    " AND x.scope IN (SELECT ? UNION SELECT m.person FROM r_membership m WHERE m.scope = ? AND m.to_on IS NULL"
    f" AND NOT {hidden('m.person', 'm.scope')})"
)


def _behind(conn: Connection, peer: str, dossier: str) -> int:
    """Changes of a family that a colleague has not told to hold."""
    return int(conn.exec_driver_sql(_BEHIND, (peer, dossier, dossier)).scalar_one())


def _moment(ms: int | None) -> datetime | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)
