"""The program without a window: saving, searching, papers, files."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.domain import verbs
from app.services import (
    agenda,
    as_on,
    data_check,
    dossier_export,
    dossier_import,
    families,
    family_list,
    family_page,
    papers,
    timeline,
)
from app.services.dossier_export import Choice
from app.services.session import Session
from app.services.timeline_filter import Filter
from tools.measure.figure import Figure, median, p95, rate, repeated, seconds
from tools.measure.made_store import MadeStore, empty_store

DEEDS = 200
QUERIES = ("hak", "Nguyễn", "tesf 2", "al-kha", "zzz", "noor")


def measure(made: MadeStore, runs: int) -> Iterator[Figure]:
    """All of it on one open store. The dossiers are changed a little: a remark more or less."""
    unlocked = made.unlock()
    try:
        yield from _reading(unlocked.session, runs)
        yield from _saving(unlocked.session, runs * 4)
        yield from _history(unlocked.session, runs)
        yield from _paper(unlocked.session, runs)
        yield from _files(unlocked.session, made)
    finally:
        unlocked.lock()


def some_dossiers(session: Session, count: int) -> list[str]:
    """The same ones on every run."""
    with session.store.read() as conn:
        known = [scope for (scope,) in conn.exec_driver_sql("SELECT scope FROM r_dossier ORDER BY id")]
    return random.Random(7).choices(known, k=count)


def _reading(session: Session, runs: int) -> Iterator[Figure]:
    def first_page() -> None:
        lines = family_list.lines(session)
        family_list.rows(session, lines[:64])
        family_list.totals(session, lines)

    yield median("list.service", "list: order, totals and first page of rows", repeated(first_page, runs))
    yield median("agenda", "agenda of the location", repeated(lambda: agenda.read(session), runs))
    found = [seconds(lambda query=query: family_list.lines(session, query)) for query in QUERIES * 3]  # type: ignore[misc]
    yield median("search", "searching in all dossiers", found)
    opened = [seconds(lambda at=at: family_page.load(session, at)) for at in some_dossiers(session, runs)]  # type: ignore[misc]
    yield median("dossier.service", "reading a dossier", opened)


def _saving(session: Session, runs: int) -> Iterator[Figure]:
    times = []
    for number, dossier in enumerate(some_dossiers(session, runs)):
        before = families.load(session, dossier)
        after = replace(before, dossier=replace(before.dossier, title=f"{before.dossier.title} {number}"))
        times.append(seconds(lambda before=before, after=after: families.save(session, before, after)))  # type: ignore[misc]
        families.save(session, after, before)
    yield p95("save", "saving a changed dossier", times, target=30)
    yield median("save.median", "saving a changed dossier", times)


def _history(session: Session, runs: int) -> Iterator[Figure]:
    """One family with at least 200 deeds, and a look at the data of all."""
    dossier = some_dossiers(session, 1)[0]
    family = families.load(session, dossier)
    person = family.members[0].person
    for number in range(DEEDS - len(timeline.read(session, dossier, most=DEEDS).deeds)):
        changed = person.with_values(birth_place=f"Verzonnen {number}")
        with session.store.write(verbs.MEMBER_CHANGED, dossier=dossier) as uow:
            person = uow.save(person, changed)
    about = Filter(person=person.id, group="members")
    whole = repeated(lambda: timeline.read(session, dossier, most=DEEDS), runs)
    yield median("timeline", f"timeline of {DEEDS} deeds", whole, target=100)
    narrow = repeated(lambda: timeline.read(session, dossier, most=DEEDS, only=about), runs)
    yield median("timeline.narrow", "the same for one person and kind", narrow, target=100)
    then = repeated(lambda: as_on.read(session, dossier, session.today), runs)
    yield median("as-on", "that family as on a day", then)
    looked = repeated(lambda: data_check.of_all(session), max(3, runs // 4))
    yield median("data-check", "data check of all dossiers", looked)
    one = [seconds(lambda at=at: data_check.of_dossier(session, at)) for at in some_dossiers(session, runs)]  # type: ignore[misc]
    yield median("data-check.one", "data check of one dossier", one)


def a_departure(session: Session) -> tuple[str, str, str]:
    """Dossier, departure and person of a sheet to make."""
    sql = (
        "SELECT p.scope, p.departure, p.person FROM r_departure_person p JOIN r_flight f ON f.departure = p.departure"
        " ORDER BY p.id LIMIT 1"
    )
    with session.store.read() as conn:
        dossier, departure, person = conn.exec_driver_sql(sql).one()
    return str(dossier), str(departure), str(person)


def _paper(session: Session, runs: int) -> Iterator[Figure]:
    _dossier, departure, person = a_departure(session)
    wanted = papers.Wanted(paper=papers.SHEET, subject=departure, person=person, receiver="Escort")

    def sheet() -> None:
        papers.pdf_of(papers.prepare(session, wanted))

    first = seconds(sheet)
    yield median("sheet.warm", "handover sheet, warm", repeated(sheet, max(5, runs)), target=60)
    yield median("sheet.first", "handover sheet, the first in a program", [first])


def _files(session: Session, made: MadeStore) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dossiers.json"
        took = seconds(lambda: dossier_export.export_to_file(session, file, Choice()))
        yield rate("export", "export of all dossiers", made.families, took, of="/s")
        other = empty_store(Path(folder) / "empty")
        try:
            with file.open("rb") as source:
                took = seconds(lambda: dossier_import.import_dossiers(other.session, source))
            yield rate("import", "import into an empty store", made.families, took, of="/s")
        finally:
            other.lock()
