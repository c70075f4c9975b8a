"""The data check: what cannot be right, in one family or in the whole store, and where to go to look at it.

It finds and says; it blocks nothing and changes nothing. Values of what only some may know are not repeated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from app.domain.data_rules import RULES, Records, Rule, Spot, judged
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.kinds.request import RequestPerson
from app.domain.op import DELETED
from app.domain.record import Record, ScopeKind, kind_of
from app.i18n import _
from app.services import data_candidates
from app.services.reading import CHUNK, known_by_scope
from app.services.record_names import SHOWN, persons
from app.services.request_view import views_in
from app.services.session import Session
from app.services.value_words import value_words
from app.storage import shielding


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at. `rule` is a code; `sentence`, `why`, `about` and `details` are in words.

    `details`: title and value of each field that was compared, () for what only some may know. `record`, `kind` and
    `field` say where it stands, `belongs_to` which request that belongs to ("" for others).
    """

    rule: str
    sentence: str
    why: str
    about: str
    family: str
    dossier: str
    person: str
    kind: str
    kind_title: str
    record: str
    field: str
    belongs_to: str
    details: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The same on every look."""
        return f"{self.rule}/{self.record}/{self.field}/{self.person}"


_ALL = "SELECT dossier, coalesce(title, '') FROM d_summary ORDER BY sort_key, dossier"
_ONE = "SELECT dossier, coalesce(title, '') FROM d_summary WHERE dossier = ?"


def of_dossier(session: Session, dossier: str) -> tuple[Finding, ...]:
    """What there is to look at in one family."""
    with session.store.read() as conn:
        titles: dict[str, str] = dict(conn.exec_driver_sql(_ONE, (dossier,)).all())
        return tuple(_find(conn, session, titles))


def of_all(session: Session) -> tuple[Finding, ...]:
    """What there is to look at in all families, by family."""
    with session.store.read() as conn:
        suspect = data_candidates.families(conn, session.today)
        titles = [(row[0], row[1]) for row in conn.exec_driver_sql(_ALL) if row[0] in suspect]
        found: list[Finding] = []
        for start in range(0, len(titles), CHUNK):
            found += _find(conn, session, dict(titles[start : start + CHUNK]))
    return tuple(found)


def _find(conn: Connection, session: Session, titles: Mapping[str, str]) -> Iterator[Finding]:
    """Families by a few hundred: a few statements per kind, whatever their number."""
    dossiers = list(titles)
    read, disputed = _read(conn, dossiers), _disputed(conn)
    for dossier in dossiers:
        hidden = shielding.hidden_from(conn, dossier)
        records = _records(session, dossier, read, disputed, hidden)
        if any(each.person not in records.members for each in records.of(RequestPerson)):
            records = _with_ended(conn, session, records)
        spots = [(rule, spot) for rule in RULES for spot in rule.find(records)]
        if spots:
            others = [spot.other[0].scope for _rule, spot in spots if spot.other]
            names = persons(conn, [*(spot.person for _rule, spot in spots), *others])
            for rule, spot in spots:
                yield _finding(session, dossier, titles[dossier], rule, spot, names)


_Read = dict[type[Record], dict[str, list[Any]]]


def _read(conn: Connection, dossiers: Sequence[str]) -> _Read:
    """The records of all kinds that the rules look at, by kind and scope, without what is disputed."""
    found: _Read = {Membership: known_by_scope(conn, Membership, dossiers)}
    people = sorted(
        {
            each.person
            for rows in found[Membership].values()
            for each in rows
            if each.person and not each.to_on
        }
    )
    for cls in judged():
        if cls not in found:
            scopes = people if ScopeKind.PERSON in kind_of(cls).scopes else dossiers
            found[cls] = known_by_scope(conn, cls, scopes)
    return found


def _disputed(conn: Connection) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record, field in conn.exec_driver_sql("SELECT rec, field FROM j_conflict"):
        found.setdefault(record, set()).add(field)
    return {record: frozenset(fields) for record, fields in found.items()}


def _records(
    session: Session,
    dossier: str,
    read: _Read,
    disputed: Mapping[str, frozenset[str]],
    hidden: frozenset[str],
) -> Records:
    """What was removed by one and changed by another is not judged, nor who may not show with the family."""
    members = [each.person for each in read[Membership][dossier] if each.person and not each.to_on]
    scopes = (dossier, *dict.fromkeys(person for person in members if person not in hidden))
    by_kind = {
        cls: [
            record
            for scope in scopes
            for record in rows.get(scope, ())
            if DELETED not in disputed.get(record.id, ()) and getattr(record, "person", None) not in hidden
        ]
        for cls, rows in read.items()
    }
    held = frozenset(person.id for person in by_kind[Person])
    return Records(today=session.today, dossier=dossier, by_kind=by_kind, held=held, disputed=disputed)


def _with_ended(conn: Connection, session: Session, records: Records) -> Records:
    """The same, with the requests that ended: asked only where somebody in a request is no member now."""
    views = views_in(conn, session, [records.dossier])[records.dossier]
    ended = frozenset(view.request.id for view in views if view.position.is_ended)
    return replace(records, ended=ended)


def _finding(
    session: Session, dossier: str, family: str, rule: Rule, spot: Spot, names: Mapping[str, str]
) -> Finding:
    return Finding(
        rule=rule.code,
        sentence=_(rule.sentence),
        why=_(rule.why),
        about=names.get(spot.person, ""),
        family=family,
        dossier=dossier,
        person=spot.person,
        kind=spot.kind,
        kind_title=_(kind_of(spot.record).title),
        record=spot.record.id,
        field=spot.fields[0],
        belongs_to=_belongs_to(spot.record),
        details=tuple(_details(session, spot, names)),
    )


def _belongs_to(record: Record) -> str:
    """The request behind a part of it, or behind a term."""
    names = kind_of(record).names
    part = next((name for name in ("request", "about") if name in names), "")
    return str(getattr(record, part) or "") if part else ""


def _details(session: Session, spot: Spot, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    compared: list[tuple[Record, str]] = [(spot.record, name) for name in spot.fields]
    if spot.other is not None:
        compared.append(spot.other)
    for record, name in compared:
        kind = kind_of(record)
        if kind.compartment not in SHOWN:
            continue
        spec = next(each for each in kind.fields if each.name == name)
        about = (
            names.get(record.scope, "") if record is not spot.record and record.scope != spot.person else ""
        )
        title = f"{_(spec.title)} ({about})" if about else _(spec.title)
        yield title, value_words(session, spec, getattr(record, name), names)
