"""What tells a record from others of its kind, in words: "Mr. Example, lawyer", "3 November 2026, departure talk".

Which fields tell it is declared once per kind: by the headline of the register of facts, or here. What only some may
know is told by its day alone, as in lists; what is about somebody who may not show with the dossier by nothing of its
own. A cell on which two values stand tells nothing (settled rule 10). Where records of one kind would sound the same,
the persons, the day of writing down, and last a number tell them apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.domain.clock import moment_of
from app.domain.kinds.person import Person
from app.domain.merge import state_of
from app.domain.person_name import PersonName
from app.domain.record import KINDS, Compartment, FieldSpec, FieldType, Kind, Record, Value, kind_of
from app.i18n import _, formats, language
from app.services.fact_kinds import FACT_KINDS
from app.services.reading import CHUNK, by_id, by_scope, known
from app.services.request_view import views_in
from app.services.session import Session
from app.services.value_words import value_words
from app.storage import shielding
from app.storage.journal import ops_of

JOINED: Final = ("request", "talk", "departure")
"""Kinds that are for persons, by a record that joins them."""
SHOWN = frozenset({Compartment.KERN, Compartment.WERKWIJZE})
"""Compartments whose values may stand in lists and histories; of the others only that something changed."""
_LONGEST = 60
_PERSON: Final = kind_of(Person).name


@dataclass(frozen=True, slots=True)
class Tells:
    """The fields that tell a record: all of `words` that are filled in, and the first of `days` that is.

    What was typed is said first, then the day, then codes: where a line is too short, what tells least is cut.
    """

    words: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


TELLS: Final[Mapping[str, Tells]] = {
    **{kind: Tells(each.headline, (each.day,) if each.day else ()) for kind, each in FACT_KINDS.items()},
    "dossier_state": Tells(("state",), ("from_on",)),
    "inflow": Tells(("from_whom",), ("on",)),
    "outflow": Tells(("kind",), ("on",)),
    "owner": Tells(("officer",), ("from_on",)),
    "handover": Tells(("step", "officer"), ("returns_on",)),
    "membership": Tells(("role",), ("from_on",)),
    "phase": Tells(("phase", "talk"), ("from_on",)),
    "quick_note": Tells(("with_whom", "way"), ("at",)),
    "appearance": Tells((), ("as_of",)),
    "scan": Tells(("title",)),
    "request": Tells(("country", "track")),
    "request_person": Tells(("request",)),
    "request_event": Tells(("event", "request"), ("on",)),
    "set_term": Tells(("term",), ("due_on",)),
    "talk": Tells(("kind",), ("planned_at", "started_at")),
    "talk_person": Tells(("talk",)),
    "answer": Tells(("item", "talk")),
    "agreement": Tells(("what", "who", "talk"), ("due_on",)),
    "circumstance": Tells(("topic", "talk")),
    "talk_step": Tells(("step", "talk")),
    "departure": Tells((), ("departed_on", "planned_on")),
    "departure_person": Tells(("departure",)),
    "departure_kind": Tells(("kind", "departure")),
    "departure_check": Tells(("item", "departure")),
    "escort": Tells(("name", "organisation", "departure")),
    "field_answer": Tells(("departure",)),
    "flight": Tells(("flight_number", "from_place", "to_place"), ("departs_at",)),
    "receiver": Tells(("name", "organisation", "kind", "departure")),
    "belonging": Tells(("description", "kind", "departure")),
    "arrangement": Tells(("what", "who"), ("from_at",)),
    "paper_text": Tells(("paper", "departure")),
    "sheet": Tells(("paper", "set_number"), ("made_at",)),
    "handover_outcome": Tells(("departure",), ("at",)),
    "disclosure": Tells(("paper", "receiver"), ("at",)),
    "travel_condition": Tells((), ("source_on",)),
    "medical_handover": Tells((), ("on",)),
    "health_fact": Tells((), ("as_of",)),
    "delicate_fact": Tells((), ("as_of",)),
    "asylum_check": Tells((), ("checked_on",)),
    "original_mark": Tells((), ("on",)),
    "officer": Tells(("name",)),
    "device": Tells(("label",), ("made_at",)),
    "location": Tells(("name",)),
    "content_pack": Tells(("name",)),
    "country_note": Tells(("country",), ("as_of",)),
    "roster_entry": Tells((), ("from_on",)),
}
"""The kinds that are not here are told by the day of writing down where there are several."""
ALONE: Final = frozenset({"person", "dossier"})
"""The name of the person or family says it all."""


def headline(
    record: Record, fields: Iterable[str], say: Callable[[FieldSpec, Value], str], unknown: Sequence[str] = ()
) -> Iterator[str]:
    """The words of these fields as far as they are filled in; "unknown" for those that are disputed (`unknown`)."""
    specs = {spec.name: spec for spec in kind_of(record).fields}
    for name in fields:
        value: Value = getattr(record, name)
        if name in unknown:
            yield _("unknown")
        elif value not in (None, "") and specs[name].type is not FieldType.FLAG:
            yield next(iter(say(specs[name], value).splitlines()), "")


def names(conn: Connection, session: Session, records: Mapping[str, str]) -> dict[str, str]:
    """What tells each record from others of its kind in its scope, by id; `records` gives their kinds.

    "" for persons and dossiers, and for the only one of its kind of which nothing is filled in.
    """
    teller, found = _Teller(conn, session), dict.fromkeys(records, "")
    for kind, wanted in _by_kind(records):
        beside = _beside(conn, kind, wanted)
        teller.prepare(kind.name, sorted({record.scope for record in beside.values()}))
        told = _apart(teller, beside)
        found.update((record, ", ".join(told[record])) for record in wanted if record in told)
    return found


def about_hidden(conn: Connection, session: Session, records: Mapping[str, str]) -> frozenset[str]:
    """Those of these records that are about nobody but persons who may not show with the dossier they lie in."""
    teller, found = _Teller(conn, session), set[str]()
    for kind, wanted in _by_kind(records):
        here = _here_or_gone(conn, kind, wanted)
        teller.prepare("", sorted({each.scope for each in here.values()}))
        found.update(record for record, each in here.items() if teller.is_silent(each))
    return frozenset(found)


def references(conn: Connection, session: Session, wanted: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """What these (scope, kind, id) that a record of that scope refers to are called there, by id; who may not show
    there, and what nothing tells, is left out."""
    teller = _Teller(conn, session)
    return {
        record: words for scope, kind, record in wanted if (words := teller.reference(scope, kind, record))
    }


def persons(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The names of those ids that are persons."""
    wanted = tuple(sorted(set(ids)))
    sql = f"SELECT id, family_name, given_names, call_name FROM r_person WHERE id IN ({','.join('?' * len(wanted))})"
    return {
        row[0]: PersonName(family=row[1] or "", given=row[2] or "", call=row[3] or "").full
        for row in conn.exec_driver_sql(sql, wanted)
    }


# -- records ---------------------------------------------------------------------------------------------------------


def _by_kind(records: Mapping[str, str]) -> Iterator[tuple[Kind, list[str]]]:
    """The records of each kind that the program knows, but for persons and dossiers."""
    for kind in sorted(set(records.values()) & KINDS.keys() - ALONE):
        yield KINDS[kind], [record for record, each in records.items() if each == kind]


def _beside(conn: Connection, kind: Kind, wanted: Sequence[str]) -> dict[str, Record]:
    """These records and all others of the kind in the same scopes, without what is disputed."""
    found = _here_or_gone(conn, kind, wanted)
    scopes = sorted({record.scope for record in found.values()})
    beside = by_scope(conn, kind.cls, scopes)
    for record in known(conn, [each for rows in beside.values() for each in rows]):
        found[record.id] = record
    return found


def _here_or_gone(conn: Connection, kind: Kind, wanted: Sequence[str]) -> dict[str, Record]:
    """These records as they stand; of one that was removed what it last said."""
    found: dict[str, Record] = {
        record.id: record for record in known(conn, by_id(conn, kind.cls, wanted).values())
    }
    gone = [record for record in wanted if record not in found]
    for record, ops in (ops_of(conn, gone) if gone else {}).items():
        if ops:
            state = state_of(ops)
            values = {name: value for name, value in state.shown().items() if name not in state.disputed}
            found[record] = kind.make(record, ops[0].scope, values)
    return found


def _apart(teller: "_Teller", found: Mapping[str, Record]) -> dict[str, list[str]]:
    """The words of each; more of them where two of one scope would sound the same."""
    told = {record: list(teller.words(each)) for record, each in found.items()}
    for more in (teller.persons, teller.written):
        same = _same(found, told)
        if not same:
            return told
        said = more([found[record] for group in same for record in group])
        for group in same:
            for record in group:
                told[record] += [said[record]] if said.get(record) else []
    for group in _same(found, told):
        for number, record in enumerate(sorted(group), 1):
            told[record].append(_("%(number)d of %(count)d", number=number, count=len(group)))
    return told


def _same(found: Mapping[str, Record], told: Mapping[str, Sequence[str]]) -> list[list[str]]:
    groups: dict[tuple[str, ...], list[str]] = {}
    for record, each in found.items():
        groups.setdefault((each.scope, *told[record]), []).append(record)
    return [group for group in groups.values() if len(group) > 1]


# -- words -----------------------------------------------------------------------------------------------------------


class _Teller:
    """Says records, and remembers whom and what they name."""

    def __init__(self, conn: Connection, session: Session) -> None:
        self._conn, self._session = conn, session
        self._hidden: dict[str, frozenset[str]] = {}
        self._silent: dict[str, frozenset[str]] = {}
        self._named: dict[str, str] = {}
        self._people: dict[tuple[str, str], str] = {}
        self._states: dict[str, dict[str, list[str]]] = {}

    def prepare(self, kind: str, scopes: Sequence[str]) -> None:
        """Read for all scopes at once what `words` asks of each."""
        unknown = [scope for scope in scopes if scope not in self._hidden]
        self._hidden.update(shielding.hidden_from_each(self._conn, unknown))
        if kind == "request":
            self._read_states(scopes)

    def words(self, record: Record) -> Iterator[str]:
        """What the record itself says: nothing of what is about somebody who may not show."""
        kind = kind_of(record)
        tells = TELLS.get(kind.name, Tells())
        if self.is_silent(record):
            return
        typed = {spec.name for spec in kind.fields if spec.type in (FieldType.TEXT, FieldType.NOTE)}
        words = tells.words if kind.compartment in SHOWN else ()
        day = next((name for name in tells.days if getattr(record, name)), None)
        yield from headline(record, (name for name in words if name in typed), self._say)
        yield from headline(record, (day,) if day else (), self._say)
        yield from headline(record, (name for name in words if name not in typed), self._say)
        if kind.name == "request":
            yield from self._state(record)
        who = getattr(record, "person", None) if words else None
        if who and (name := self._person(str(who), record.scope)):
            yield name

    def persons(self, records: Sequence[Record]) -> dict[str, str]:
        """For whom each is, where a record joins persons to it."""
        found: dict[str, str] = {}
        for record in records:
            kind = kind_of(record).name
            if kind not in JOINED or self.is_silent(record):
                continue
            sql = f"SELECT person FROM r_{kind}_person WHERE {kind} = ? AND person IS NOT NULL ORDER BY id"
            people = self._conn.exec_driver_sql(sql, (record.id,)).scalars().all()
            found[record.id] = ", ".join(
                filter(None, (self._person(person, record.scope) for person in people))
            )
        return found

    def written(self, records: Sequence[Record]) -> dict[str, str]:
        """On which day each was written down."""
        found: dict[str, str] = {}
        for start in range(0, len(records), CHUNK):
            ids = tuple(bytes.fromhex(record.id) for record in records[start : start + CHUNK])
            sql = (
                "SELECT lower(hex(o.rec)), min(a.hlc) FROM j_op o JOIN j_action a ON a.no = o.action"
                f" WHERE o.rec IN ({','.join('?' * len(ids))}) GROUP BY o.rec"
            )
            for record, hlc in self._conn.exec_driver_sql(sql, ids):
                day = formats.fact(formats.local(moment_of(hlc)).date())
                found[record] = _("written down on %(day)s", day=day)
        return found

    def reference(self, scope: str, kind: str, record: str) -> str:
        """What something is called that a record of this scope refers to."""
        return self._person(record, scope) if kind == _PERSON else self._reference(kind, record)

    def _say(self, spec: FieldSpec, value: Value) -> str:
        if spec.type is FieldType.REF:
            return self._reference(spec.target, str(value))
        text = " ".join(value_words(self._session, spec, value).split())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _reference(self, kind: str, record: str) -> str:
        if record not in self._named:
            self._named[record] = ""  # a ring, which only a hostile file holds, ends here
            found = _here_or_gone(self._conn, KINDS[kind], [record]).get(record) if kind in KINDS else None
            self._named[record] = ", ".join(self.words(found)) if found is not None else ""
        return self._named[record]

    def _person(self, person: str, dossier: str) -> str:
        """The name; "" of who may not show with the dossier, or was never in it and is shielded in another."""
        if person in self._hidden_from(dossier):
            return ""
        if (person, dossier) not in self._people:
            sql = "SELECT 1 FROM r_membership WHERE person = ? AND scope = ?"
            member = self._conn.exec_driver_sql(sql, (person, dossier)).first() is not None
            silent = not member and shielding.shielded_among(self._conn, [person])
            self._people[person, dossier] = "" if silent else persons(self._conn, [person]).get(person, "")
        return self._people[person, dossier]

    def _state(self, request: Record) -> Iterator[str]:
        """How a request stands, and since when; nothing while that is not known."""
        if request.scope not in self._states:
            self._read_states([request.scope])
        return filter(None, self._states[request.scope].get(request.id, ()))

    def _read_states(self, scopes: Sequence[str]) -> None:
        for scope, views in views_in(self._conn, self._session, scopes).items():
            self._states[scope] = {
                view.request.id: [
                    view.position.state.label(language()) if view.position.state else "",
                    formats.fact(view.position.since) if view.position.since else "",
                ]
                for view in views
            }

    # -- who may not show ----------------------------------------------------------------------------------------------

    def _hidden_from(self, dossier: str) -> frozenset[str]:
        if dossier not in self._hidden:
            self._hidden[dossier] = shielding.hidden_from(self._conn, dossier)
        return self._hidden[dossier]

    def is_silent(self, record: Record) -> bool:
        """Whether it, or what it belongs to, is about nobody but persons who may not show with the dossier."""
        hidden = self._hidden_from(record.scope)
        if not hidden:
            return False
        if record.scope not in self._silent:
            about = shielding.records_about(self._conn, record.scope, hidden)
            self._silent[record.scope] = about | frozenset(self._for_hidden_only(record.scope))
        belongs_to = {str(getattr(record, kind)) for kind in JOINED if kind in kind_of(record).names}
        return not self._silent[record.scope].isdisjoint({record.id, *belongs_to})

    def _for_hidden_only(self, dossier: str) -> Iterator[str]:
        for kind in JOINED:
            only = shielding.only_hidden(kind, f"r_{kind}.id", f"r_{kind}.scope")
            sql = f"SELECT id FROM r_{kind} WHERE scope = ? AND {only}"
            yield from self._conn.exec_driver_sql(sql, (dossier,)).scalars()
