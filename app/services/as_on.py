"""A family as it stood on a day that was, in both meanings of "then"; only to be read.

*Known*: what stood on this laptop by the end of that day, by when each change came in, whatever its clock says.
*Written*: what had been written down anywhere by then, as far as it is here now, by the clock of each writer.
The state is merged anew from the ops up to that day. What was taken out since stays out; what only some may know is
left out as on the page of today; of who may not show with this family now, nothing of then shows either.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from app.domain.dated_event import day_of, in_order
from app.domain.errors import KnownProblem
from app.domain.kinds.request import Request, RequestEvent
from app.domain.merge import Head, RecordState, state_of
from app.domain.op import Op
from app.domain.person_name import PersonName
from app.domain.record import KINDS, Compartment, FieldSpec, FieldType, Kind, Value, kind_of
from app.domain.request_track import position, unforeseen_end
from app.domain.words import N_
from app.i18n import _, formats, language
from app.services.differences import officer_names
from app.services.families import NoSuchDossier
from app.services.kind_groups import GROUP_OF
from app.services.record_names import SHOWN
from app.services.request_view import STATE, dated_events, track_of
from app.services.session import DUTCH_TIME, Session
from app.services.timeline import SILENT
from app.services.value_words import value_words
from app.storage import shielding
from app.storage.journal import Until, ops_in

NOT_SHARED = N_("not shared")
_LINKS = frozenset({"request_person", "talk_person", "departure_person", "owner", "request_event"})
"""Kinds that are told with what they join."""


class DayAhead(KnownProblem):
    """Nobody can say how a family will stand."""

    message = N_("This day is still to come. Choose today or an earlier day.")


class Meaning(StrEnum):
    """What "then" means."""

    KNOWN = "known"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One record as it stood. `title` in words, `about` the member or "" for the family.

    `fields`: title (English msgid), value in words, and whether two values stood that nobody had chosen between.
    `note` is what matters first beside the title: the state of a request, role and birth of a member.
    """

    record: str
    kind: str
    title: str
    about: str
    fields: tuple[tuple[str, str, bool], ...]
    since: date | None = None
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether two values stood somewhere in it."""
        return any(both for _title, _words, both in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOn:
    """The family on `day`. Nothing in it: `is_there` False. `facts` by group of `kind_groups`, in its order."""

    dossier: str
    day: date
    meaning: Meaning
    is_there: bool
    title: str = ""
    native: str = ""
    owner: str = ""
    members: tuple[Told, ...] = ()
    requests: tuple[Told, ...] = ()
    agreements: tuple[Told, ...] = ()
    facts: tuple[tuple[str, tuple[Told, ...]], ...] = ()


def until(session: Session, day: date, meaning: Meaning) -> Until:
    """Up to where ops count on `day`. Today all of them do: a clock that runs ahead hides nothing."""
    if day >= session.today:
        return Until()
    end = datetime.combine(day + timedelta(days=1), time.min, DUTCH_TIME)
    moment = int(end.timestamp() * 1000)
    return Until(known=moment) if meaning is Meaning.KNOWN else Until(written=moment)


def check_day(session: Session, day: date) -> None:
    """Raise `DayAhead` for a day that is still to come."""
    if day > session.today:
        raise DayAhead


def read(session: Session, dossier: str, day: date, meaning: Meaning = Meaning.KNOWN) -> AsOn:
    """The family as it stood at the end of `day`. Raises `DayAhead`, and `NoSuchDossier` when it is not here now."""
    check_day(session, day)
    limit = until(session, day, meaning)
    with session.store.read() as conn:
        if conn.exec_driver_sql("SELECT 1 FROM r_dossier WHERE scope = ?", (dossier,)).first() is None:
            raise NoSuchDossier
        hidden = shielding.hidden_from(conn, dossier)
        past = _Past(conn, session, ops_in(conn, [dossier], SHOWN, limit))
        people = [who for who in past.people() if who not in hidden]
        past.add(ops_in(conn, people, SHOWN, limit), hidden)
        return past.as_on(dossier, day, meaning)


class _Past:
    """The records that were there, merged, and what is said of them."""

    def __init__(self, conn: Connection, session: Session, ops: Mapping[str, Sequence[Op]]) -> None:
        self._conn, self._session = conn, session
        self._ops: dict[str, Sequence[Op]] = {}
        self._states: dict[str, RecordState] = {}
        self._hidden: frozenset[str] = frozenset()
        self._officers = officer_names(conn)
        self._names: dict[str, str] = {}
        self._take(ops)

    def _take(self, ops: Mapping[str, Sequence[Op]]) -> None:
        for record, rows in ops.items():
            first = rows[0]
            if first.kind in KINDS and first.kind not in SILENT:
                state = state_of(rows)
                if not state.absent:
                    self._ops[record], self._states[record] = rows, state

    def add(self, ops: Mapping[str, Sequence[Op]], hidden: frozenset[str]) -> None:
        """What lies with the persons; of those `hidden` nothing is told."""
        self._take(ops)
        self._hidden = hidden
        for record in self._of("person"):
            values = self._states[record].shown()
            name = PersonName(
                family=str(values.get("family_name") or ""),
                given=str(values.get("given_names") or ""),
                call=str(values.get("call_name") or ""),
            )
            self._names[record] = name.full
        for who in self.people():
            if who not in hidden:
                self._names.setdefault(who, _(NOT_SHARED))

    def people(self) -> list[str]:
        """The persons who were or had been members, in order."""
        rows = [self._states[record].shown() for record in self._of("membership")]
        rows.sort(key=lambda row: (row.get("to_on") is not None, int(row.get("position") or 0)))
        return list(dict.fromkeys(str(row["person"]) for row in rows if row.get("person")))

    def as_on(self, dossier: str, day: date, meaning: Meaning) -> AsOn:
        """All of it in words."""
        head = self._states.get(dossier)
        if head is None:
            return AsOn(dossier=dossier, day=day, meaning=meaning, is_there=False)
        requests = tuple(
            self._request(record) for record in self._of("request") if self._is_for_shown(record)
        )
        agreements = tuple(self._told(record) for record in self._of("agreement"))
        return AsOn(
            dossier=dossier,
            day=day,
            meaning=meaning,
            is_there=True,
            title=str(head.shown().get("title") or ""),
            native=str(head.shown().get("title_native") or ""),
            owner=self._owner(),
            members=tuple(self._members()),
            requests=requests,
            agreements=agreements,
            facts=tuple(self._facts()),
        )

    # -- records ---------------------------------------------------------------------------------------------------

    def _of(self, kind: str) -> list[str]:
        """The records of a kind, oldest first."""
        return sorted(record for record, rows in self._ops.items() if rows[0].kind == kind)

    def _owner(self) -> str:
        rows = [self._states[record].shown() for record in self._of("owner")]
        last = max(
            (row for row in rows if not row.get("to_on")),
            key=lambda row: str(row.get("from_on") or ""),
            default=None,
        )
        return self._officers.get(str(last.get("officer") or ""), "") if last else ""

    def _members(self) -> Iterator[Told]:
        """Who was a member: the person's own fields behind those of the membership."""
        rows = [(self._states[record].shown(), record) for record in self._of("membership")]
        for row, record in sorted(rows, key=lambda each: (int(each[0].get("position") or 0), each[1])):
            person = str(row.get("person") or "")
            if not person or person in self._hidden or row.get("to_on") is not None:
                continue
            own = tuple(self._fields(person)) if person in self._states else ()
            link = tuple(self._fields(record, skip=("person", "position")))
            yield Told(
                record=person,
                kind="person",
                title=self._names.get(person, ""),
                about="",
                fields=(*own, *link),
                note=", ".join(_said(link, "role", "membership") + _said(own, "birth_date", "person")),
            )

    def _request(self, record: str) -> Told:
        """A request with its state as the track reads the events of then."""
        content = self._session.content
        request = self._make(record)
        assert isinstance(request, Request)
        events = [
            event
            for each in self._of("request_event")
            if isinstance(event := self._make(each), RequestEvent) and event.request == record
        ]
        open_ = {event.id: self._states[event.id].disputed for event in events}
        open_ = {event: fields for event, fields in open_.items() if fields}
        track = track_of(content, request)
        pair = unforeseen_end(position(track, dated_events(events, open_))) or ()
        if len({self._ops[event.id][0].device for event in pair}) > 1:
            open_ |= dict.fromkeys((event.id for event in pair), STATE)
        where = position(track, in_order(dated_events(events, open_)))
        state = where.state.label(language()) if where.state else _("unknown")
        who = [person for person in self._in_request(record) if person not in self._hidden]
        told = [(N_("State"), state, False)]
        told += [
            (content.label(event.event, language()), formats.fact(on) if on else _("day unknown"), False)
            for event in sorted(events, key=lambda each: each.on or "")
            for on in (day_of(event.on),)
        ]
        kind = kind_of(request)
        label = content.label(request.track, language()) or _(kind.title)
        country = content.label(request.country, language())
        return Told(
            record=record,
            kind="request",
            title=", ".join(part for part in (label, country) if part),
            about=", ".join(self._names.get(each, _(NOT_SHARED)) for each in who),
            fields=(*told, *self._fields(record)),
            since=where.since,
            note=state,
        )

    def _in_request(self, request: str) -> list[str]:
        joined = [self._states[each].shown() for each in self._of("request_person")]
        return [str(row.get("person") or "") for row in joined if row.get("request") == request]

    def _is_for_shown(self, request: str) -> bool:
        """A request for nobody but who may not show here is not told of either."""
        who = self._in_request(request)
        return not who or not self._hidden.issuperset(who)

    def _told(self, record: str) -> Told:
        first = self._ops[record][0]
        fields = tuple(self._fields(record))
        person = str(self._states[record].shown().get("person") or "")
        about = self._names.get(first.scope) or (self._names.get(person, "") if person else "")
        return Told(
            record=record, kind=first.kind, title=_(KINDS[first.kind].title), about=about, fields=fields
        )

    def _facts(self) -> Iterator[tuple[str, tuple[Told, ...]]]:
        """Everything else that stood there, by group; what says nothing but that it exists is left out."""
        elsewhere = {"dossier", "person", "membership", "request", "agreement", *_LINKS}
        found: dict[str, list[Told]] = {}
        for record in sorted(self._ops):
            first = self._ops[record][0]
            if first.kind in elsewhere or self._is_about_hidden(record):
                continue
            told = self._told(record)
            if told.fields:
                found.setdefault(GROUP_OF[first.kind].title, []).append(told)
        order = dict.fromkeys(group.title for group in GROUP_OF.values())
        yield from ((title, tuple(found[title])) for title in order if title in found)

    def _is_about_hidden(self, record: str) -> bool:
        person = self._states[record].shown().get("person")
        return self._ops[record][0].scope in self._hidden or (
            isinstance(person, str) and person in self._hidden
        )

    def _make(self, record: str) -> object:
        """A record as it stood, without what was disputed."""
        rows, state = self._ops[record], self._states[record]
        values = {name: value for name, value in state.shown().items() if name not in state.disputed}
        return KINDS[rows[0].kind].make(record, rows[0].scope, values)

    # -- words -----------------------------------------------------------------------------------------------------

    def _fields(self, record: str, skip: Sequence[str] = ()) -> Iterator[tuple[str, str, bool]]:
        state, kind = self._states[record], KINDS[self._ops[record][0].kind]
        for spec in kind.fields:
            heads = state.heads.get(spec.name, ())
            if spec.name in skip or not heads or _is_left_out(kind, spec):
                continue
            if spec.name in state.disputed:
                yield spec.title, self._both(spec, heads), True
            elif heads[-1].redacted:
                yield spec.title, _("taken out"), False
            elif self._is_told(spec, heads[-1].value):
                yield spec.title, self._words(spec, heads[-1].value), False
        if state.deleted_while_edited:
            yield N_("Removed and changed"), _("removed by one, changed by another"), True

    def _is_told(self, spec: FieldSpec, value: Value) -> bool:
        """Ids only where they can be named."""
        if value is None or value == "":
            return False
        return spec.type is not FieldType.REF or str(value) in self._names or str(value) in self._officers

    def _words(self, spec: FieldSpec, value: Value) -> str:
        return value_words(self._session, spec, value, self._officers | self._names)

    def _both(self, spec: FieldSpec, heads: Sequence[Head]) -> str:
        """Every value that stood, each with who wrote it."""
        said = []
        for head in heads:
            words = _("taken out") if head.redacted else self._words(spec, head.value)
            officer = self._conn.exec_driver_sql(
                "SELECT officer FROM j_action WHERE no = ?", (head.action,)
            ).scalar()
            name = self._officers.get(str(officer or ""), "")
            said.append(f"{words} ({name})" if name else words)
        word = _("or")
        return f" {word} ".join(said)


def _said(fields: Sequence[tuple[str, str, bool]], name: str, kind: str) -> list[str]:
    """The words of one field, as far as it was filled in."""
    title = next(spec.title for spec in KINDS[kind].fields if spec.name == name)
    return [words for each, words, _both in fields if each == title]


def _is_left_out(kind: Kind, spec: FieldSpec) -> bool:
    """What only the program uses."""
    return kind.compartment is Compartment.EIGEN or spec.inner
