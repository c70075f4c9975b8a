"""Whether merging, exchange and the list of things to clear up stay quick when there is much."""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.person import Person
from app.domain.kinds.request import RequestEvent
from app.domain.record import ScopeKind
from app.services import clear_up, clear_up_other, demo, give, take
from app.services.reading import scopes_of_several
from app.services.request_view import in_two_states
from app.services.session import Session
from app.storage import project
from app.storage.uow import read_where
from tools.measure.exchange import choice_of, meet
from tools.measure.figure import MS, Figure, median, repeated
from tools.measure.made_store import SEED, MadeStore, empty_store

FAMILIES, FEW = 3_560, 570  # some 50,000 changes in the few, 250,000 in the others
RECORDS, QUICK_RECORDS, AT_ONCE = 20_000, 100, 2_000
SHARED = 500
RUNS = 3
TEXTS = (
    "family_name",
    "given_names",
    "family_name_native",
    "given_names_native",
    "call_name",
    "birth_place",
    "language",
    "dialect",
    "interpreter_language",
    "reading_language",
)
FIELDS = len(TEXTS) + 1


def measure(made: MadeStore, runs: int) -> Iterator[Figure]:
    """`runs` of the quick kind measures a dozen families only."""
    whole = runs > RUNS
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        one, other = empty_store(folder / "one"), empty_store(folder / "other")
        try:
            yield from _merging(other.session, RECORDS if whole else QUICK_RECORDS)
            meet(one.session, other.session, folder)
            demo.fill(one.session, FAMILIES if whole else min(made.families, 12), SEED)
            yield from _linear(one.session, other.session, folder, FEW if whole else 2)
            yield from _clearing_up(other.session)
        finally:
            one.lock()
            other.lock()


# -- merging ---------------------------------------------------------------------------------------------------------


def _merging(session: Session, count: int) -> Iterator[Figure]:
    """Reading the ops of the records from the journal, merging them, and writing the rows: all that lies between ops
    that were checked and stored, and lists and index."""
    records = _changed_people(session, count)
    straight, whole = [], []
    for _run in range(RUNS):
        with session.store.whole(keep=False) as work:
            project.open_guard(work.conn, True)
            start = time.perf_counter()
            project.project_or_drop(work.conn, {}, dict.fromkeys(records, "person"))
            straight.append(time.perf_counter() - start)
            start = time.perf_counter()
            for first in range(0, len(records), AT_ONCE):
                project.project(work.conn, records[first : first + AT_ONCE])
            whole.append(time.perf_counter() - start)
    title = f"merging {count} records with {FIELDS} changed fields each"
    yield median("merge.straight", title, straight, target=count * FIELDS / 40_000 * MS)
    yield median("merge.whole", "the same with the whole state of each built", whole)


def _changed_people(session: Session, count: int) -> list[str]:
    found = []
    for first in range(0, count, AT_ONCE):
        with session.store.write(verbs.FAMILY_CHANGED) as uow:
            scope = uow.new_scope(ScopeKind.PERSON)
            blank = [
                Person(id=new_id(), scope=scope, birth_date="1980")
                for _no in range(first, min(count, first + AT_ONCE))
            ]
            made = [uow.add(one.with_values(**dict.fromkeys(TEXTS, "Voorbeeld"))) for one in blank]
        with session.store.write(verbs.FAMILY_CHANGED) as uow:
            for person in made:
                uow.save(
                    person,
                    person.with_values(birth_date="1981", **dict.fromkeys(TEXTS, f"Anders {person.id}")),
                )
        found += [person.id for person in made]
    return found


# -- five times as many changes --------------------------------------------------------------------------------------


def _linear(mine: Session, theirs: Session, folder: Path, few: int) -> Iterator[Figure]:
    """Giving and taking, for each change: a few families, and five times as many."""
    everything = choice_of(mine, theirs).dossiers
    mine.store.seal()  # all of it would be signed with the few
    per: dict[str, list[float]] = {"giving": [], "taking": []}
    for part in (everything[:few], everything[few:]):
        choice = choice_of(mine, theirs, *part)
        start = time.perf_counter()
        given = give.write(mine, choice, folder)
        middle = time.perf_counter()
        take.accept(theirs, Path(given.files[0]))
        end = time.perf_counter()
        for what, took in (("giving", middle - start), ("taking", end - middle)):
            per[what].append(took / given.changes * 1e6)
            title = f"{what} {given.changes} changes, for each"
            yield Figure(code=f"scale.{what}", title=title, value=per[what][-1], unit="µs", kind="once")
    for what, (least, most) in per.items():
        title = f"{what}: a change among the many, in changes among the few"
        yield Figure(
            code=f"scale.{what}.ratio", title=title, value=most / least, unit="x", target=1.25, kind="once"
        )


# -- the list of things to clear up ------------------------------------------------------------------------------------


def _clearing_up(session: Session) -> Iterator[Figure]:
    """In a store of all these families, after a second laptop wrote in some hundreds of their scopes."""
    with session.store.read() as conn:
        dossiers = read_where(conn, Dossier, f"1 = 1 ORDER BY id LIMIT {SHARED}")
        scopes = json.dumps([one.scope for one in dossiers])
        latest = (
            "id IN (SELECT max(id) FROM r_request_event WHERE scope IN (SELECT value FROM json_each(?))"
            " GROUP BY request)"
        )
        events = read_where(conn, RequestEvent, latest, (scopes,))
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        for dossier in dossiers:
            uow.save(dossier, dossier.with_values(title=f"{dossier.title} (samen)"))
        for event in events:
            uow.add(RequestEvent(id=new_id(), scope=event.scope).with_values(**event.values()))
    with session.store.read() as conn:
        several = scopes_of_several(conn)
        shared = json.dumps(several)
        states = repeated(lambda: in_two_states(conn, session), 7)
        lost = repeated(lambda: list(clear_up_other.orphans(conn, session, shared)), 7)
    counted = repeated(lambda: clear_up.count(session), 7)
    where = f"{len(several)} scopes of several laptops"
    yield median("clear-up.states", f"{where}: {len(events)} requests in two states", states)
    yield median("clear-up.orphans", f"{where}: what lost its parent", lost)
    yield median("clear-up.count", f"{where}: counting all there is to clear up", counted)
    listed = statistics.median(repeated(lambda: clear_up.matters(session), RUNS)) * MS
    title = f"listing {len(clear_up.matters(session))} things to clear up"
    yield Figure(code="clear-up.list", title=title, value=listed, unit="ms", runs=RUNS)
