"""Keeps what colleagues let this officer read, and gives it as plain text; giving is in `extract_give`.

An extract is in no dossier, merges with nothing and is never passed on. It is forgotten by itself after its last day:
at the next unlock, and whenever the list is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import BinaryIO

from sqlalchemy import Connection

from app.domain.clock import parse_moment
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Arrival, Colleague, FamilyComing, Taken
from app.domain.extract_facts import ExtractText, HeldExtract
from app.domain.paper_text import LineKind, TextLine
from app.domain.person_name import PersonName
from app.domain.record import KINDS, Compartment, FieldSpec, FieldType, Value
from app.domain.words import N_
from app.exchange import extract as extracts
from app.exchange import trust
from app.exchange.extract import Extract, ExtractRecord
from app.exchange.manifest import Manifest
from app.exchange.package_opening import Receiver
from app.i18n import _, formats, language
from app.services.extract_give import preview, write
from app.services.session import Session
from app.services.value_words import value_words
from app.storage import access_log, removal
from app.storage.extract_end import remove_ended
from app.storage.problem import ReadOnlyStore

__all__ = ["drop", "held", "look", "preview", "read", "take_in", "write"]


class ExtractEnded(KnownProblem):
    """Its last day has passed, or it was removed."""

    message = N_("This can no longer be read: its last day has passed, or it was removed here.")


class ExtractOfDestroyed(KnownProblem):
    """What was destroyed does not come back to be read either."""

    message = N_("This is about a dossier that was destroyed on this laptop. It was not kept.")


# -- taking in -------------------------------------------------------------------------------------------------------


def look(session: Session, conn: Connection, source: BinaryIO, receiver: Receiver, size: int) -> Arrival:
    """What a file with an extract says. Raises the problems of `app.exchange.problem`, `ExtractEnded` and
    `ExtractOfDestroyed`."""
    manifest, found = _opened(session, conn, source, receiver)
    sender = trust.colleague(conn, manifest.sender.device)
    here = conn.exec_driver_sql("SELECT 1 FROM l_extract WHERE id = ?", (manifest.id,)).first() is not None
    text = _Text(session, found)
    family = FamilyComing(
        dossier=found.dossier,
        title=found.title,
        new=not here,
        changes=0,
        differences=0,
        scans=0,
        persons=tuple(text.names.get(person, "") for person in found.families[0][1]),
    )
    return Arrival(
        package=manifest.id,
        kind=manifest.kind,
        sender=sender,
        made_at=parse_moment(manifest.made),
        size_bytes=size,
        families=(family,),
        changes=0,
        known_changes=0,
        differences=0,
        scans=0,
        set_apart=0,
        newer=0,
        known=here,
        extract_until=found.until,
        may_take=sender.trust.trusted,
        compartments=_compartments(found.compartments),
    )


def take_in(
    session: Session, source: BinaryIO, receiver: Receiver, check_sender: Callable[[Colleague], None]
) -> Taken:
    """Keep an extract to read. Raises what `look` and `check_sender` raise."""
    with session.store.local() as conn:
        manifest, found = _opened(session, conn, source, receiver)
        sender = trust.colleague(conn, manifest.sender.device)
        check_sender(sender)
        now = session.now()
        conn.exec_driver_sql(
            "INSERT INTO l_extract(id, sender, arrived_at, ends_on, body) VALUES(?,?,?,?,?) ON CONFLICT DO NOTHING",
            (
                manifest.id,
                sender.device,
                int(now.timestamp() * 1000),
                found.until.isoformat(),
                found.render().decode(),
            ),
        )
    return Taken(
        number=0,
        package=manifest.id,
        sender=sender.device,
        sender_name=sender.name,
        at=now,
        families=(found.title,),
        changes=0,
        differences=0,
    )


def _opened(
    session: Session, conn: Connection, source: BinaryIO, receiver: Receiver
) -> tuple[Manifest, Extract]:
    manifest, found = extracts.receive(source, receiver)
    if found.until < session.today:
        raise ExtractEnded
    gone = removal.destroyed(conn)
    if any(scope in gone for scope, _kind in found.scopes):
        raise ExtractOfDestroyed
    return manifest, found


# -- what is kept ------------------------------------------------------------------------------------------------------


def held(session: Session) -> tuple[HeldExtract, ...]:
    """The extracts that can be read here today, the one that ends first on top."""
    remove_ended(session.store, session.today)
    sql = "SELECT id FROM l_extract WHERE ends_on >= ? ORDER BY ends_on, id"
    with session.store.read() as conn:
        ids = conn.exec_driver_sql(sql, (session.today.isoformat(),)).scalars().all()
        return tuple(_held(session, conn, extract)[0] for extract in ids)


def read(session: Session, extract: str) -> ExtractText:
    """One of them with all that it says. Raises `ExtractEnded`. That it was read stands in the access log."""
    remove_ended(session.store, session.today)
    with session.store.read() as conn:
        one, found = _held(session, conn, extract)
    if not session.store.read_only:
        _log(session, extract, "read-extract")
    return ExtractText(held=one, lines=tuple(_Text(session, found).lines()))


def drop(session: Session, extract: str) -> None:
    """Remove it before its last day, without a trace on disk."""
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.local() as conn:
        conn.exec_driver_sql("DELETE FROM l_extract WHERE id = ?", (extract,))
    session.store.empty_log()
    _log(session, extract, "drop-extract")


def _held(session: Session, conn: Connection, extract: str) -> tuple[HeldExtract, Extract]:
    row = conn.exec_driver_sql(
        "SELECT sender, arrived_at, ends_on, body FROM l_extract WHERE id = ? AND ends_on >= ?",
        (extract, session.today.isoformat()),
    ).first()
    if row is None:
        raise ExtractEnded
    sender, arrived_at, ends_on, body = row
    found = extracts.read(body.encode())
    one = HeldExtract(
        id=extract,
        title=found.title,
        sender=trust.colleague(conn, sender),
        arrived_at=datetime.fromtimestamp(arrived_at / 1000, UTC),
        ends_on=date.fromisoformat(ends_on),
        compartments=_compartments(found.compartments),
    )
    return one, found


def _compartments(names: tuple[str, ...]) -> frozenset[Compartment]:
    return frozenset(Compartment(name) for name in names if name in set(Compartment))


def _log(session: Session, extract: str, deed: str) -> None:
    at = int(session.now().timestamp() * 1000)
    store = session.store
    origin = store.identity.writer.device_id[:16] if store.identity is not None else ""
    with store.local() as conn:
        access_log.write(
            conn,
            access_log.Entry(
                at=at, actor=session.officer, deed=deed, object=extract, result="done", origin=origin
            ),
        )


# -- as text -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """An extract in reading order: the dossier, then each person, each record under a heading of its own."""

    session: Session
    extract: Extract
    names: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {one.id: name for one in self.extract.records if (name := _name(one))}

    def lines(self) -> Iterator[TextLine]:
        """Every line; a field on which opinions differ tells all its values."""
        yield TextLine(kind=LineKind.TITLE, value=self.extract.title)
        day = formats.fact(self.extract.until)
        yield TextLine(
            kind=LineKind.TEXT,
            value=_("To read only, until and with %(day)s. It is not in your dossiers.", day=day),
        )
        for scope, _kind in self.extract.scopes:
            about = self.names.get(scope, self.extract.title)
            for one in self.extract.records:
                if one.scope == scope:
                    yield from self._record(about, one)

    def _record(self, about: str, one: ExtractRecord) -> Iterator[TextLine]:
        declared = KINDS.get(one.kind)
        title = _(declared.title) if declared is not None else one.kind
        yield TextLine(kind=LineKind.HEADING, value=" · ".join(part for part in (about, title) if part))
        specs = {spec.name: spec for spec in declared.fields} if declared is not None else {}
        names = [*specs, *(name for name in (*one.fields, *one.disputed) if name not in specs)]
        for name in dict.fromkeys(names):
            spec = specs.get(name)
            label = _(spec.title) if spec is not None else name
            if name in one.disputed:
                values = " / ".join(self._words(spec, value) for value in one.disputed[name])
                words = _("opinions differ: %(values)s", values=values)
                yield TextLine(kind=LineKind.FACT, label=label, value=words)
            elif one.fields.get(name) not in (None, "") and self._tells(spec, one.fields[name]):
                yield TextLine(kind=LineKind.FACT, label=label, value=self._words(spec, one.fields[name]))

    def _tells(self, spec: FieldSpec | None, value: Value) -> bool:
        """A place in a list, or a record that has no name, says nothing to a reader."""
        if spec is None:
            return True
        return not spec.inner and not (spec.type is FieldType.REF and str(value) not in self.names)

    def _words(self, spec: FieldSpec | None, value: Value) -> str:
        if spec is None:
            return str(value)
        if spec.type is FieldType.CODE and self.session.content.resolve(str(value)) is None:
            words = self.extract.labels.get(str(value), {})
            return words.get(language()) or words.get("nl") or str(value).rpartition(":")[2]
        return value_words(self.session, spec, value, self.names)


def _name(one: ExtractRecord) -> str:
    """What a record is called where another one names it."""
    texts = {name: value for name, value in one.fields.items() if isinstance(value, str)}
    if one.kind == "person":
        parts = [texts.get(name, "") for name in ("family_name", "given_names", "call_name")]
        return PersonName(family=parts[0], given=parts[1], call=parts[2]).full
    return texts.get("name") or texts.get("title") or ""
