"""Exchange by file: giving, taking, what it costs in bytes and memory, on two stores that share made-up families."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from app.domain import verbs
from app.domain.exchange_facts import GiveChoice
from app.domain.record import KINDS, Compartment, FieldType
from app.services import demo, give, take, trust, trust_card
from app.services.gate import Unlocked
from app.services.session import Session
from app.storage.uow import read_where
from tools.measure.figure import MS, Figure, median, memory_mb, repeated
from tools.measure.made_store import SEED, MadeStore, empty_store

FAMILIES, CHANGES_EACH = 1_000, 50
PARTS = frozenset({Compartment.KERN, Compartment.WERKWIJZE, Compartment.GEZONDHEID, Compartment.ASIEL_STRAF})
EDITED = ("circumstance", "agreement", "stay", "person_number", "identity_fact", "decision", "talk", "person")
AT_ONCE, NEW_FAMILIES = 200, 15
SMALL = 50
"""Changes of the family that the targets speak of (1,000 families with 50,000 changes); the made-up ones have 91."""
RUNS = 3


def measure(made: MadeStore, runs: int) -> Iterator[Figure]:
    """`runs` of the quick kind measures a dozen families only."""
    families = FAMILIES if runs > RUNS else min(made.families, 12)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        one, other = empty_store(folder / "one"), empty_store(folder / "other")
        try:
            meet(one.session, other.session, folder)
            demo.fill(one.session, families, SEED)
            yield from _all_of_it(one, other, folder)
        finally:
            one.lock()
            other.lock()


def meet(one: Session, other: Session, folder: Path) -> None:
    """Each adds the card of the other and compares the digits."""
    for mine, theirs in ((one, other), (other, one)):
        card = folder / f"{theirs.place}.regiemap-card"
        trust_card.save_own(theirs, card)
        known = trust_card.add_file(mine, card)
        trust.verify(mine, known.device, " ".join(trust.own(theirs).groups), "phone")


def choice_of(session: Session, receiver: Session, *dossiers: str) -> GiveChoice:
    """These dossiers, or all, with what colleagues usually share."""
    with session.store.read() as conn:
        everything = conn.exec_driver_sql("SELECT scope FROM r_dossier ORDER BY id").scalars().all()
    return GiveChoice(
        dossiers=dossiers or tuple(everything),
        receivers=(trust.own(receiver).device,),
        compartments=PARTS,
    )


def _all_of_it(one: Unlocked, other: Unlocked, folder: Path) -> Iterator[Figure]:
    mine, theirs = one.session, other.session
    choice = choice_of(mine, theirs)
    count = len(choice.dossiers)
    whole = Path(give.write(mine, choice, folder).files[0])
    yield _once(
        "exchange.first.give",
        f"giving {count} families for the first time",
        lambda: give.write(mine, choice, folder),
    )
    yield _once(
        "exchange.first.take",
        f"taking {count} families for the first time",
        lambda: take.accept(theirs, whole),
    )
    yield _size("exchange.first.size", f"file with {count} families", whole)
    _acknowledge(theirs, mine, folder)
    yield from _small_families(mine, theirs, folder)
    edited = _edit(mine)
    files: list[Path] = []
    gives = repeated(lambda: files.append(Path(give.write(mine, choice, folder).files[0])), RUNS)
    yield median("exchange.give", f"giving {edited} changes in {count} families", gives, target=600)
    yield _size("exchange.size", f"file with {edited} changes", files[0])
    yield from _taking(theirs, files[0], edited, count)
    take.accept(theirs, files[-1])
    _acknowledge(theirs, mine, folder)
    quiet = Path(give.write(mine, choice, folder).files[0])
    scopes = _scopes(mine)
    per = quiet.stat().st_size / 1000 / scopes * 1000
    title = f"file without news, {scopes} scopes: for every 1,000"
    yield Figure(code="exchange.quiet.size", title=title, value=per, unit="kB", target=35, kind="once")
    yield from _one_family(mine, theirs, folder)
    yield from _history(mine, edited)


def _taking(theirs: Session, file: Path, edited: int, count: int) -> Iterator[Figure]:
    times, extra = [], []
    for _run in range(RUNS):
        gc.collect()
        before = _peak_mb()
        start = time.perf_counter()
        taken = take.accept(theirs, file)
        times.append(time.perf_counter() - start)
        extra.append(_peak_mb() - before)
        if _run < RUNS - 1:
            take.take_back_file(theirs, taken.number)
    yield median("exchange.take", f"taking {edited} changes in {count} families", times, target=2_000)
    yield Figure(
        code="exchange.take.memory",
        title="most memory above before, while taking",
        value=max(extra),
        unit="MB",
        target=150,
        kind="most",
        runs=RUNS,
    )
    again = repeated(lambda: take.accept(theirs, file), RUNS)
    yield median("exchange.again", "taking the same file again", again, target=150)


def _one_family(mine: Session, theirs: Session, folder: Path) -> Iterator[Figure]:
    """New families, one by one, for somebody who has exchanged before; the made-up ones differ a lot in size."""
    before = set(choice_of(mine, theirs).dossiers)
    demo.fill(mine, NEW_FAMILIES, SEED + 100)
    gives, takes, sizes, changes = [], [], [], []
    for new in sorted(set(choice_of(mine, theirs).dossiers) - before):
        choice = choice_of(mine, theirs, new)
        start = time.perf_counter()
        given = give.write(mine, choice, folder)
        gives.append(time.perf_counter() - start)
        sizes.append(given.size_bytes)
        changes.append(given.changes)
        start = time.perf_counter()
        take.accept(theirs, Path(given.files[0]))
        takes.append(time.perf_counter() - start)
        _acknowledge(theirs, mine, folder)
    typical = round(statistics.median(changes))
    yield median("exchange.family.give", f"giving one family of {typical} changes", gives, target=50)
    yield median("exchange.family.take", f"taking one family of {typical} changes", takes, target=50)
    yield Figure(
        code="exchange.family.size",
        title=f"file with one family of {typical} changes, no scans",
        value=statistics.median(sizes) / 1000,
        unit="kB",
        target=10,
        runs=len(sizes),
    )


_BYTES = "length(o.cells) + coalesce(length(o.parents), 0) + length(o.rec) + coalesce(length(o.seed), 0) + 24"
"""What an op weighs in the journal, from its row."""
_SMALL = (
    f"WITH one AS (SELECT s.scope, count(*) AS ops, sum({_BYTES}) AS size FROM j_op o"  # noqa: S608 - texts of this file
    " JOIN j_stream s ON s.no = o.stream JOIN j_kind k ON k.no = o.kind"
    " WHERE k.name NOT IN ('scope', 'access', 'disclosure') GROUP BY s.scope),"
    " part AS (SELECT scope AS dossier, scope FROM r_dossier"
    " UNION SELECT scope, person FROM r_membership WHERE to_on IS NULL)"
    " SELECT p.dossier, sum(one.size) FROM part p JOIN one ON one.scope = p.scope GROUP BY p.dossier"
    " ORDER BY abs(sum(one.ops) - ?), p.dossier LIMIT ?"
)


def _small_families(mine: Session, theirs: Session, folder: Path) -> Iterator[Figure]:
    """The families that come nearest to `SMALL` changes, each given whole as if for the first time."""
    with mine.store.read() as conn:
        chosen = conn.exec_driver_sql(_SMALL, (SMALL, NEW_FAMILIES)).all()
    sizes, changes = [], []
    for dossier, _history_bytes in chosen:
        given = give.write(mine, replace(choice_of(mine, theirs, dossier), full=True), folder)
        sizes.append(given.size_bytes)
        changes.append(given.changes)
    typical = round(statistics.median(changes))
    yield Figure(
        code="exchange.small.size",
        title=f"file with one family of {typical} changes, no scans",
        value=statistics.median(sizes) / 1000,
        unit="kB",
        target=10,
        runs=len(sizes),
    )
    yield Figure(
        code="history.small",
        title=f"history of a family of {typical} changes",
        value=statistics.median(size for _dossier, size in chosen) / 1000,
        unit="kB",
        target=12,
        runs=len(chosen),
    )


def _history(mine: Session, edited: int) -> Iterator[Figure]:
    """What the journal weighs, from the bytes of its rows."""
    sql = (
        f"SELECT sum({_BYTES}) FROM j_op o JOIN j_stream s ON s.no = o.stream"  # noqa: S608 - texts of this file
        " JOIN r_scope c ON c.scope = s.scope"
        " WHERE c.kind <> 'plaats' AND o.fields IS {which} NULL"
    )
    with mine.store.read() as conn:
        first = conn.exec_driver_sql(sql.format(which="NOT")).scalar_one()
        later = conn.exec_driver_sql(sql.format(which="")).scalar_one()
        count = conn.exec_driver_sql("SELECT count(*) FROM r_dossier").scalar_one()
    yield Figure(
        code="history.family",
        title="history of a family",
        value=first / count / 1000,
        unit="kB",
        target=12,
        kind="once",
    )
    yield Figure(
        code="history.edit",
        title="history of a later edit",
        value=later / edited,
        unit="B",
        target=200,
        kind="once",
    )


def _edit(session: Session) -> int:
    """About `CHANGES_EACH` single fields changed in each family."""
    wanted = CHANGES_EACH * len(choice_of(session, session).dossiers)
    done = 0
    for name in EDITED:
        kind = KINDS[name]
        field = next(one.name for one in kind.fields if one.type in (FieldType.TEXT, FieldType.NOTE))
        with session.store.read() as conn:
            records = read_where(conn, kind.cls, "1 = 1 ORDER BY id")
        records = records[: wanted - done]
        for start in range(0, len(records), AT_ONCE):
            with session.store.write(verbs.FAMILY_CHANGED) as uow:
                for record in records[start : start + AT_ONCE]:
                    before = getattr(record, field)
                    uow.save(record, record.with_values(**{field: f"{before or ''} gewijzigd"}))
        done += len(records)
    return done


def _acknowledge(holder: Session, giver: Session, folder: Path) -> None:
    """The receipt that makes the next file small."""
    made = give.receipt(holder, trust.own(giver).device, folder)
    take.accept(giver, Path(made.files[0]))


def _scopes(session: Session) -> int:
    with session.store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM r_scope").scalar_one())


def _once(code: str, title: str, work: Callable[[], object]) -> Figure:
    start = time.perf_counter()
    work()
    return Figure(code=code, title=title, value=(time.perf_counter() - start) * MS, unit="ms", kind="once")


def _size(code: str, title: str, file: Path) -> Figure:
    return Figure(code=code, title=title, value=file.stat().st_size / 1000, unit="kB", kind="once")


def _peak_mb() -> float:
    """The most this process held until now; where the system does not say, what it holds."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return memory_mb() or 0.0
