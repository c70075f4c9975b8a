"""Somebody who may be here already: whom, and why; said while typing and at import, decided by an officer.

Of somebody who is shielded it says only whom to contact: not where, not in which family, not how the name is written.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.dated_event import bare_code
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.person import Alias, Person, PersonNumber
from app.domain.person_name import PersonName
from app.domain.record import kind_of
from app.i18n import _
from app.matching.among import Asked, Looked, look_among, match_of
from app.matching.likeness import Likeness
from app.matching.look_up import MOST_COMPARED, Match, matches
from app.matching.traits import PersonTraits, PlainTraits, traits_of
from app.services import one_person
from app.services.kept_persons import (
    ALIAS_NAME,
    NAME,
    V_NUMBER,
    KeptForMany,
    KeptPersons,
    alias_parts,
    name_parts,
)
from app.services.likeness_words import likeness_words
from app.services.session import Session
from app.storage.done_here import here
from app.storage.journal import NewOp
from app.storage.shielding import hidden_from, shielded_among

__all__ = [
    "Hit",
    "NewPersons",
    "PersonTraits",
    "Suspicion",
    "hit_where",
    "hit_words",
    "hits",
    "look",
    "look_here",
    "suspicion_words",
]

MOST = 3
"""So many are named at once; more would not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A person who may be the same. `contact` is the case officer of the family.

    Of a shielded person everything but `person`, `contact` and `is_shielded` is empty. `in_file`: the other stands in
    the same file.
    """

    person: str
    contact: str
    why: str = ""
    name: str = ""
    native: str = ""
    birth: IncompleteDate | None = None
    dossier: str = ""
    family: str = ""
    number: str = ""
    is_closed: bool = False
    is_shielded: bool = False
    in_file: bool = False


_WHERE = (
    "SELECT p.id, p.family_name, p.given_names, p.call_name, p.family_name_native, p.given_names_native,"
    " p.birth_date, m.scope, s.title, s.number, coalesce(s.closed, 0), o.name"
    " FROM r_person p LEFT JOIN r_membership m ON m.id = (SELECT x.id FROM r_membership x WHERE x.person = p.id"
    "  ORDER BY x.to_on IS NULL DESC, x.from_on DESC, x.id DESC LIMIT 1)"
    " LEFT JOIN d_summary s ON s.dossier = m.scope LEFT JOIN r_officer o ON o.id = s.owner"
    " WHERE p.id IN ({marks})"
)


def look(
    session: Session, traits: PersonTraits, *, person: str = "", but: Collection[str] = (), most: int = MOST
) -> tuple[Hit, ...]:
    """Who may be this person, the strongest first; `but` are ids not meant, and everybody known to be one of them.

    `person`: the id of who is being typed; whom somebody said to be another is not named again.
    """
    with session.store.read() as conn:
        known = one_person.everybody_in(conn, but)
        found = matches(traits, KeptPersons(conn), but=known)
        if person:
            others = one_person.said_to_be_two(conn, ((person, each.person) for each in found))
            found = tuple(each for each in found if (person, each.person) not in others)
        return hits(conn, found[:most])


def hits(conn: Connection, found: Sequence[Match]) -> tuple[Hit, ...]:
    """What may be said of these persons, in the same order."""
    ids = tuple(match.person for match in found)
    if not ids:
        return ()
    marks = ",".join("?" * len(ids))
    rows = {row[0]: row for row in conn.exec_driver_sql(_WHERE.format(marks=marks), ids)}
    hidden = shielded_among(conn, ids)
    silent = {str(row[7] or ""): hidden_from(conn, str(row[7] or "")) for row in rows.values()}
    return tuple(
        _hit(
            rows[match.person],
            match.likeness,
            hidden=match.person in hidden or match.person in silent[str(rows[match.person][7] or "")],
        )
        for match in found
        if match.person in rows
    )


def _hit(row: Sequence[object], likeness: Likeness, *, hidden: bool) -> Hit:
    (
        person,
        family,
        given,
        call,
        native_family,
        native_given,
        birth,
        dossier,
        title,
        number,
        closed,
        officer,
    ) = (str(value) if value is not None else "" for value in row)
    if hidden:
        return Hit(person=person, contact=officer, is_shielded=True)
    name = PersonName(
        family=family, given=given, call=call, native_family=native_family, native_given=native_given
    )
    return Hit(
        person=person,
        contact=officer,
        why=likeness_words(likeness),
        name=name.full or name.first,
        native=name.native,
        birth=IncompleteDate.from_text(birth) if birth else None,
        dossier=dossier,
        family=title,
        number=number,
        is_closed=closed == "1",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """One person of a file, or of a form, with those who may be the same."""

    person: str
    name: str
    hits: tuple[Hit, ...]


_AT_ONCE = 200


Look = Callable[[Asked], Callable[[], list[Looked]]]
"""Has `look_among` done, here or elsewhere; what it gives waits for it."""
look_here: Final[Look] = partial(here, look_among)


class NewPersons:
    """The persons whom inserting ops begin, who may be in the store already or twice among these."""

    def __init__(self, fresh: Iterable[NewOp]) -> None:
        self._every = _new_persons(fresh)

    @property
    def ids(self) -> list[str]:
        """In the order of the ops."""
        return list(self._every)

    def look(self, look: Look) -> Callable[[], list[Looked]]:
        """Begin to look among these."""
        return look((list(self._every.items()), MOST))

    def suspected(self, conn: Connection, looked: Sequence[Looked]) -> Iterator[Suspicion]:
        """Of whom somebody is to be told. `looked`: what `look` gave."""
        persons = list(zip(self._every, looked, strict=True))
        for start in range(0, len(persons), _AT_ONCE):
            part = persons[start : start + _AT_ONCE]
            kept = KeptForMany(conn, [wanted for _person, (_kept, wanted, _alike) in part], MOST_COMPARED)
            for person, (_kept, wanted, alike) in part:
                if not alike and not kept.is_any(wanted):
                    continue
                traits = self._traits(person)
                in_store = matches(traits, kept, asked=wanted)[:MOST]
                if in_store or alike:
                    others = [self._hit(match_of(match)) for match in alike]
                    told = (*hits(conn, in_store), *others)[:MOST]
                    yield Suspicion(person=person, name=_name(traits), hits=told)

    def _traits(self, person: str) -> PersonTraits:
        return traits_of(self._every[person])

    def _hit(self, match: Match) -> Hit:
        traits = self._traits(match.person)
        return Hit(
            person=match.person,
            contact="",
            why=likeness_words(match.likeness),
            name=_name(traits),
            native=traits.names[0].native,
            birth=traits.birth,
            in_file=True,
        )


def _new_persons(fresh: Iterable[NewOp]) -> dict[str, PlainTraits]:
    persons: dict[str, Mapping[str, Any]] = {}
    aliases: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for new in fresh:
        kind, cells = new.kind, new.cells
        if kind == _PERSON:
            persons[new.record] = cells
        elif kind == _ALIAS:
            aliases[new.scope].append(alias_parts(*map(cells.get, ALIAS_NAME)))
        elif kind == _NUMBER and bare_code(str(cells["kind"] or "")) == V_NUMBER and cells["value"]:
            numbers[new.scope].append(str(cells["value"]))
    return {
        id_: (
            (name_parts(*map(cells.get, NAME)), *aliases.get(id_, ())),
            cells["birth_date"] or "",
            tuple(numbers.get(id_, ())),
        )
        for id_, cells in persons.items()
    }


_PERSON, _ALIAS, _NUMBER = (kind_of(cls).name for cls in (Person, Alias, PersonNumber))


def _name(traits: PersonTraits) -> str:
    return traits.names[0].full or traits.names[0].first


def suspicion_words(suspicion: Suspicion) -> tuple[str, ...]:
    """A line per person it may be: who, where, and why."""
    return tuple(
        _("%(name)s: %(other)s", name=suspicion.name or _("name unknown"), other=hit_words(hit))
        for hit in suspicion.hits
    )


def pair_words(one: Hit, other: Hit, why: str) -> str:
    """Of two persons who are here: who, who it may be, and why; of somebody shielded whom to contact, and no name."""
    if one.is_shielded or other.is_shielded:
        told = [hit.name or _("name unknown") for hit in (one, other) if not hit.is_shielded]
        asked = hit_where(other if other.is_shielded else one)
        return _("%(name)s: %(other)s", name=told[0], other=asked) if told else asked
    return _(
        "%(name)s: %(other)s", name=one.name or _("name unknown"), other=hit_words(replace(other, why=why))
    )


def hit_words(hit: Hit) -> str:
    """Who it may be, in which family, and why; of a shielded person whom to contact."""
    where = hit_where(hit)
    return where if hit.is_shielded else _("%(who)s. %(why)s", who=where, why=hit.why)


def hit_where(hit: Hit) -> str:
    """Who it may be and in which family; of a shielded person whom to contact."""
    if hit.is_shielded:
        who = hit.contact or _("the case officer")
        return _("This person may be known already. Ask %(who)s before you go on.", who=who)
    name = hit.name or _("name unknown")
    if hit.in_file:
        where = _("the same file")
    else:
        where = f"{hit.family} ({hit.number})" if hit.number else hit.family or _("no family now")
    return _("%(name)s, %(where)s", name=name, where=where)
