"""Persons who came in by a colleague's file and may be here already: found while it is taken in, decided later.

Only those are looked for whose names, birth date or numbers are new here, by the keys that came new with them
(ADR 0021), and only among persons who were here before: whom a file brings, its sender was asked about while typing.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.matching.likeness import Likeness, Profile, judge
from app.matching.look_up import MOST_COMPARED, Match
from app.services import duplicates, kept_persons, one_person
from app.services.duplicates import Hit
from app.services.likeness_words import likeness_words
from app.services.reading import CHUNK
from app.storage import same_person
from app.storage.compact_json import json_text
from app.storage.plain_rows import plain_column, plain_rows
from app.storage.store import Whole

Pair = tuple[str, str]
"""Two persons; who came in stands first."""

ALIKE, ASKED = "alike", "alike_asked"
"""Under these names the line of an import keeps whom it brought who may be here already, and whom was asked about."""

_NAMED = frozenset({"person", "alias", "person_number"})
_MEMBERS = "SELECT DISTINCT person FROM r_membership WHERE person IN (SELECT value FROM json_each(?))"
_KEPT = "SELECT key, person FROM d_person_key WHERE key IN (SELECT value FROM json_each(?))"
_ONE_FAMILY = (
    "SELECT l.value ->> 0, l.value ->> 1 FROM json_each(?) l WHERE EXISTS (SELECT 1 FROM r_membership a"
    " JOIN r_membership b ON b.scope = a.scope AND b.person = l.value ->> 1 AND b.to_on IS NULL"
    " WHERE a.person = l.value ->> 0 AND a.to_on IS NULL)"
)


@dataclass(frozen=True, slots=True)
class Alike:
    """A person who came in, another who was here, and why they may be one."""

    person: str
    other: str
    likeness: Likeness


Keys = Mapping[str, frozenset[str]]


def taken_in(whole: Whole, touched: Sequence[tuple[str, str, str]], sent: Collection[str]) -> list[list[str]]:
    """Bring lists up to date with what came in; returns the pairs that the line of the import keeps under `ALIKE`."""
    conn = whole.conn
    before = kept_persons.keys_of(conn, named(conn, touched))
    whole.touched += touched
    whole.settle()
    return [[each.person, each.other] for each in find(conn, new_keys(conn, before), sent)]


def named(conn: Connection, touched: Iterable[tuple[str, str, str]]) -> list[str]:
    """Members of families of whom a name, birth date or number may have come in; `touched` as (kind, record, scope)."""
    wanted = sorted({scope for kind, _record, scope in touched if kind in _NAMED})
    return plain_column(conn, _MEMBERS, (json.dumps(wanted),))


def new_keys(conn: Connection, before: Keys) -> Keys:
    """What these persons are kept under that they were not kept under before."""
    now = kept_persons.keys_of(conn, list(before))
    return {person: now[person] - kept for person, kept in before.items() if now[person] - kept}


def find(conn: Connection, fresh: Keys, sent: Collection[str]) -> tuple[Alike, ...]:
    """Who may be here already of the persons who are newly kept under these keys, the strongest first.

    `sent` are the persons of the families in the file: its sender knows them all, and is asked about those among
    them while typing.
    """
    return judged(conn, _sharing(conn, _to_look_up(fresh), frozenset(sent)))


def judged(conn: Connection, pairs: Iterable[Pair]) -> tuple[Alike, ...]:
    """Those of these pairs who may be one, the strongest first; nobody of one family, or about whom it was decided."""
    once = {frozenset(pair): pair for pair in pairs}
    known = same_person.classes(conn) if once else {}
    here = [pair for pair in once.values() if pair[1] not in known.get(pair[0], ())]
    aside = _one_family(conn, here) | one_person.said_to_be_two(conn, here)
    asked = [pair for pair in here if pair not in aside]
    traits = kept_persons.traits(conn, sorted({person for pair in asked for person in pair}))
    made = {person: Profile.of(each) for person, each in traits.items()}
    found = [
        Alike(person, other, likeness)
        for person, other in asked
        if person in made and other in made and (likeness := judge(made[person], made[other])) is not None
    ]
    return tuple(sorted(found, key=_order))


def waiting(conn: Connection) -> tuple[Alike, ...]:
    """Of all files that stand: who may be one and of whom nobody decided yet, judged as they are now."""
    sql = "SELECT counts ->> ?, counts ->> ? FROM l_import WHERE counts LIKE ? AND taken_back_at IS NULL ORDER BY no"
    pairs: list[Pair] = []
    asked: set[frozenset[str]] = set()
    for found, answered in conn.exec_driver_sql(sql, (f"$.{ALIKE}", f"$.{ASKED}", f'%"{ALIKE}":[[%')):
        pairs += [(person, other) for person, other in json.loads(found)]
        asked |= {frozenset(pair) for pair in json.loads(answered or "[]")}
    return judged(conn, (pair for pair in pairs if frozenset(pair) not in asked))


def set_asked(conn: Connection, person: str, other: str) -> None:
    """Of somebody shielded nothing is written down: that the contact was asked is remembered on this laptop only."""
    sql = "SELECT no, counts FROM l_import WHERE counts LIKE ? ORDER BY no"
    for no, text in conn.exec_driver_sql(sql, (f'%"{ALIKE}":[[%',)).all():
        counts = json.loads(text)
        if [person, other] in counts[ALIKE]:
            counts[ASKED] = [*counts.get(ASKED, ()), [person, other]]
            conn.exec_driver_sql("UPDATE l_import SET counts = ? WHERE no = ?", (json_text(counts), no))


def sentences(conn: Connection, found: Sequence[Alike]) -> tuple[str, ...]:
    """A line for each, as while typing: who came in, who it may be and why; of somebody shielded whom to ask."""
    said = hits(conn, found)
    return tuple(
        duplicates.pair_words(said[each.person], said[each.other], why_words(each))
        for each in found
        if each.person in said and each.other in said
    )


def hits(conn: Connection, found: Iterable[Alike]) -> Mapping[str, Hit]:
    """What may be said of everybody named there, by person."""
    people = {person: each.likeness for each in found for person in (each.person, each.other)}
    ids = sorted(people)
    made: dict[str, Hit] = {}
    for start in range(0, len(ids), CHUNK):
        part = [Match(person, people[person]) for person in ids[start : start + CHUNK]]
        made.update((hit.person, hit) for hit in duplicates.hits(conn, part))
    return made


def why_words(each: Alike) -> str:
    """Why they may be one."""
    return likeness_words(each.likeness)


def _to_look_up(fresh: Keys) -> dict[str, list[str]]:
    """What is kept, in the form in which it is looked up (`app.matching.keys`): by person."""
    found = {}
    for person, keys in fresh.items():
        dated = not any(key.startswith("q:") for key in keys)
        found[person] = [f"q{key[1:]}" if dated and key.startswith("p:") else key for key in keys]
    return found


def _sharing(conn: Connection, looked: Mapping[str, list[str]], sent: frozenset[str]) -> Iterator[Pair]:
    """Whom who came in shares a key with; of each so many as are compared while typing, those with most keys."""
    kept: dict[str, list[str]] = {}
    wanted = sorted({key for keys in looked.values() for key in keys})
    for key, other in plain_rows(conn, _KEPT, (json.dumps(wanted),)):
        if other not in sent:
            kept.setdefault(key, []).append(other)
    for person, keys in looked.items():
        shared = Counter(other for key in keys for other in kept.get(key, ()) if other != person)
        strongest = sorted(shared, key=lambda other: (-shared[other], other))
        yield from ((person, other) for other in strongest[:MOST_COMPARED])


def _one_family(conn: Connection, pairs: Sequence[Pair]) -> set[Pair]:
    """Those who are in one family now: whoever registered them saw both."""
    return {(one, other) for one, other in conn.exec_driver_sql(_ONE_FAMILY, (json.dumps(pairs),))}


def _order(each: Alike) -> tuple[int, float, str, str]:
    return -each.likeness.strength, -each.likeness.score, each.person, each.other
