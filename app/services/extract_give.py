"""Lets a colleague read a part of a dossier until a day: chosen, noted as a disclosure, signed, sealed, read back."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import NEVER_GIVEN, FamilyGoing, Given, GivePreview
from app.domain.extract_facts import ExtractChoice
from app.domain.ident import new_id
from app.domain.kinds.papers import DisclosureRecord
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.record import KINDS, Compartment, FieldType, Value
from app.domain.words import N_
from app.exchange import extract as extracts
from app.exchange import trust, write_out
from app.exchange.extract import Extract, ExtractRecord
from app.exchange.manifest import Manifest
from app.exchange.package_file import write_package
from app.exchange.send import Head, Piece
from app.exchange.write_out import Ready
from app.services.dossier_export import PURPOSE, WAY, CompartmentStays, DossierRecords
from app.services.families import NoSuchDossier
from app.services.give import must_be_trusted, next_number
from app.services.session import Session
from app.storage import schema
from app.storage.compact_json import json_text
from app.storage.journal import ops_of
from app.storage.problem import ReadOnlyStore
from app.storage.store import Whole
from app.storage.uow import UnitOfWork

LANGUAGES = ("nl", "en")
_NOT_READ = frozenset({"blob"})
"""Fields that name a scan, which does not go along."""


class LastDayPassed(KnownProblem):
    """An extract without a day left is no use."""

    message = N_("The last day to read it has passed already. Choose a later day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    manifest: Manifest
    members: Sequence[Piece]
    keys: tuple[bytes, ...]
    family: FamilyGoing


def preview(session: Session, choice: ExtractChoice) -> GivePreview:
    """What would go, to whom, and how large. Raises `CompartmentStays`, `NoSuchDossier`, `LastDayPassed`,
    `ReadOnlyStore`."""
    _check(session, choice)
    with session.store.whole(keep=False) as whole:
        people = [trust.colleague(whole.conn, device) for device in choice.receivers]
        trusted = tuple(one.device for one in people if one.trust.trusted)
        made = _make(session, whole, choice, trusted)
        out = io.BytesIO()
        if trusted:
            _fill(made, out)
    return GivePreview(
        families=(made.family,),
        receivers=tuple(people),
        not_trusted=tuple(one for one in people if not one.trust.trusted),
        compartments=frozenset(map(Compartment, made.manifest.compartments)),
        changes=0,
        scans=0,
        scan_bytes=0,
        size_bytes=out.tell(),
    )


def write(
    session: Session, choice: ExtractChoice, folder: Path, *, split: bool = False, name: str = ""
) -> Given:
    """Write the file and read it back; who gets it stands in the dossier. Raises `NobodyToGive`,
    what `why_not_given` finds, what `preview` raises, and what a disk may refuse."""
    _check(session, choice)
    ready: Ready | None = None
    try:
        with session.store.whole() as whole:
            must_be_trusted(whole.conn, choice.receivers)
            made = _make(session, whole, choice, choice.receivers)
            ready = write_out.make_ready(folder, session.today, partial(_fill, made), split=split, name=name)
            _note(session, whole.conn, choice, made.manifest)
        # not before what is noted of it is kept: numbers that it tells of may never be given out twice
        written = ready.put()
    finally:
        if ready is not None:
            ready.drop()
    return Given(
        files=tuple(map(str, written.files)), size_bytes=written.size_bytes, families=1, changes=0, scans=0
    )


def _fill(made: _Made, out: BinaryIO) -> None:
    write_package(out, made.keys, made.members)


def _check(session: Session, choice: ExtractChoice) -> None:
    if choice.compartments & NEVER_GIVEN:
        raise CompartmentStays
    if choice.until < session.today:
        raise LastDayPassed
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.read() as conn:
        if conn.exec_driver_sql("SELECT 1 FROM r_dossier WHERE scope = ?", (choice.dossier,)).first() is None:
            raise NoSuchDossier


def _make(session: Session, whole: Whole, choice: ExtractChoice, receivers: Sequence[str]) -> _Made:
    conn, store = whole.conn, session.store
    found = _gather(session, conn, choice)
    if receivers:
        _disclose(session, whole, choice, receivers)
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
    manifest, members = extracts.pack(conn, found, head, tuple(receivers))
    cards = [trust.card_of(conn, device) for device in receivers]
    number = conn.exec_driver_sql(
        "SELECT coalesce(number, '') FROM r_dossier WHERE scope = ?", (choice.dossier,)
    ).scalar_one()
    return _Made(
        manifest=manifest,
        members=members,
        keys=tuple(card.seal_bytes for card in cards if card is not None),
        family=FamilyGoing(
            dossier=choice.dossier,
            title=found.title,
            number=number,
            persons=found.families[0][1],
            changes=0,
            scans=0,
            scan_bytes=0,
        ),
    )


def _gather(session: Session, conn: Connection, choice: ExtractChoice) -> Extract:
    """The records of the chosen compartments, as in the open JSON form; of a disputed cell every value."""
    held = choice.compartments | {Compartment.KERN}
    source = DossierRecords(conn, [choice.dossier], held)
    found = list(source.records())
    disputed: dict[str, dict[str, tuple[Value, ...]]] = {}
    ops = ops_of(conn, sorted({record for _kind, record, _name in source.disputed}))
    for kind, record, name in source.disputed:
        if name != DELETED and name in KINDS[kind].names:
            values = tuple(dict.fromkeys(head.value for head in state_of(ops[record]).heads.get(name, ())))
            disputed.setdefault(record, {})[name] = values
    records = tuple(
        ExtractRecord(
            kind=one.kind,
            id=one.id,
            scope=one.scope,
            fields={name: value for name, value in one.fields.items() if name not in _NOT_READ},
            disputed=disputed.get(one.id, {}),
        )
        for one in found
    )
    title = conn.exec_driver_sql("SELECT title FROM d_summary WHERE dossier = ?", (choice.dossier,)).scalar()
    return Extract(
        until=choice.until,
        dossier=choice.dossier,
        title=title or "",
        compartments=tuple(sorted(map(str, held))),
        scopes=tuple((scope.id, str(scope.kind)) for scope in source.scopes),
        records=records,
        labels=_labels(session, records),
    )


def _labels(session: Session, records: Iterable[ExtractRecord]) -> dict[str, dict[str, str]]:
    """The words of every code, for a reader whose program does not know them."""
    found: dict[str, dict[str, str]] = {}
    for one in records:
        for spec in KINDS[one.kind].fields:
            if spec.type is FieldType.CODE:
                for value in (one.fields.get(spec.name), *one.disputed.get(spec.name, ())):
                    if value is not None and session.content.resolve(str(value)) is not None:
                        found[str(value)] = {
                            language: session.content.label(str(value), language) for language in LANGUAGES
                        }
    return found


def _disclose(session: Session, whole: Whole, choice: ExtractChoice, receivers: Sequence[str]) -> None:
    """Who got to read it stands in the dossier (settled rule 19)."""

    def fill(uow: UnitOfWork) -> None:
        uow.add(
            DisclosureRecord(
                id=new_id(),
                scope=choice.dossier,
                about=choice.dossier,
                way=session.content.ref("papieren", WAY),
                purpose=session.content.ref("papieren", PURPOSE),
                receiver=", ".join(trust.colleague(whole.conn, device).name for device in receivers) or None,
                officer=session.officer_name,
                at=moment_text(session.now()),
            )
        )

    whole.act(verbs.DISCLOSED, fill)


def _note(session: Session, conn: Connection, choice: ExtractChoice, manifest: Manifest) -> None:
    conn.exec_driver_sql(
        "INSERT INTO l_export(package, at, kind, receivers, dossiers, compartments, counts) VALUES(?,?,?,?,?,?,?)",
        (
            manifest.id,
            int(session.now().timestamp() * 1000),
            extracts.KIND,
            json_text(list(choice.receivers)),
            json_text([choice.dossier]),
            json_text(list(manifest.compartments)),
            json_text({"until": choice.until.isoformat(), "no": manifest.no}),
        ),
    )
