"""Looks whether a store is whole, from the pages on disk to the codes in the records, and says so in sentences.

Nothing is changed. Damage of the file comes first: where pages cannot be trusted, the rest is not looked at.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.content.pack import pack_from_canonical
from app.content.problem import PackChanged
from app.domain.record import KINDS, FieldType
from app.domain.words import N_
from app.i18n import _
from app.services.gate import Unlocked
from app.services.session import Session
from app.storage import access_log, chain, health, project, search
from app.storage.problem import DamagedStore
from app.storage.store_folder import StoreFolder

_SHORT: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that was looked at. `what` (when good) and `bad` are English msgids; `count`: how many are wrong."""

    code: str
    what: str
    count: int
    bad: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing was wrong."""
        return self.count == 0

    @property
    def sentence(self) -> str:
        """What was found, in the language of the screen."""
        return _(self.what) if self.is_good else _(self.bad) % {"count": self.count}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    code: str
    good: str
    bad: str
    count: Callable[[Connection], int]


def check_store(unlocked: Unlocked) -> tuple[Checked, ...]:
    """Every check, in order; the store is whole when all are good."""
    found = health.verify(StoreFolder(unlocked.path).database, unlocked.opened.key)
    if not found.good:
        return tuple(
            Checked(code=f"file.{finding.name.lower()}", what=finding.message, bad=finding.message, count=1)
            for finding in found.findings
        )
    file = Checked(code="file", what=N_("The database file is whole."), count=0)
    return (file, *check_content(unlocked.session))


def check_content(session: Session) -> tuple[Checked, ...]:
    """The checks above the file: journal, tables, derived tables, log, content."""
    with session.store.read() as conn:
        found = [
            Checked(code=look.code, what=look.good, bad=look.bad, count=look.count(conn)) for look in _LOOKS
        ]
    if not session.store.read_only:
        found.append(
            Checked(
                code="search-words",
                what=N_("Searching finds what the records say."),
                bad=N_("The search index is damaged. The records themselves are not."),
                count=_words(session),
            )
        )
    return tuple(found)


def _words(session: Session) -> int:
    """The check of FTS5 itself, words against texts; it writes nothing but asks for a writing connection."""
    wrong = 0
    for table in ("d_search_word", "d_search_part"):
        try:
            with session.store.local() as conn:
                conn.exec_driver_sql(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")
        except DamagedStore:
            wrong += 1
    return wrong


def _tables(conn: Connection) -> int:
    return len(project.differences(conn))


def _chains(conn: Connection) -> int:
    return len(chain.check_chains(conn))


def _log(conn: Connection) -> int:
    return 0 if access_log.whole(conn) else 1


def _guard(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT count(*) FROM j_guard WHERE open <> 0").scalar_one())


def _search(conn: Connection) -> int:
    """Records whose text in the index is not what their row says."""
    wrong = 0
    stored: dict[str, tuple[str, str]] = {
        row[0]: (row[1], row[2]) for row in conn.exec_driver_sql(search.ALL_TEXTS)
    }
    for name, kind in search.SEARCHED.items():
        columns = ", ".join(f'"{field.name}"' for field in kind.fields if field.searched)
        sql = f'SELECT id, scope, {columns} FROM "r_{name}"'
        for row in conn.exec_driver_sql(sql):
            body = search.join_digits(" ".join(str(value) for value in row[2:] if value))
            wrong += stored.pop(row[0], None) != (row[1], body)
    return wrong + len(stored)


def _summaries(conn: Connection) -> int:
    """Dossiers without a line in the list (or with the number of another), and lines without a dossier."""
    sql = (
        "SELECT (SELECT count(*) FROM r_dossier d WHERE NOT EXISTS"
        " (SELECT 1 FROM d_summary s JOIN d_scope n ON n.no = s.no AND n.id = s.dossier WHERE s.dossier = d.scope))"
        " + (SELECT count(*) FROM d_summary s WHERE NOT EXISTS"
        " (SELECT 1 FROM r_dossier d WHERE d.scope = s.dossier))"
    )
    return int(conn.exec_driver_sql(sql).scalar_one())


def _packs(conn: Connection) -> int:
    """Kept packs that are damaged, and packs that records name and nobody has."""
    kept, wrong = set(), 0
    for digest, body in conn.exec_driver_sql("SELECT hash, body FROM r_content_pack"):
        try:
            pack_from_canonical(body or "", digest or "-")
        except PackChanged:
            wrong += 1
        kept.add((digest or "")[:_SHORT])
    return wrong + len(set(_named_packs(conn)) - kept)


def _named_packs(conn: Connection) -> Iterable[str]:
    for name, kind in KINDS.items():
        for field in kind.fields:
            if field.type is FieldType.CODE:
                column = f'substr("{field.name}", 1, {_SHORT})'
                sql = f'SELECT DISTINCT {column} FROM "r_{name}" WHERE "{field.name}" IS NOT NULL'
                yield from (short for (short,) in conn.exec_driver_sql(sql))


_LOOKS: Final = (
    _Look(
        code="journal",
        good=N_("The journal is whole: nothing was changed, taken out or put between."),
        bad=N_("The journal is damaged in %(count)d places. Restore the newest good backup."),
        count=_chains,
    ),
    _Look(
        code="tables",
        good=N_("All records are what the journal says."),
        bad=N_("%(count)d records differ from the journal."),
        count=_tables,
    ),
    _Look(
        code="guard",
        good=N_("The records are closed to anything but the journal."),
        bad=N_("The records stand open to changes outside the journal."),
        count=_guard,
    ),
    _Look(
        code="summaries",
        good=N_("The list of dossiers is complete."),
        bad=N_("In the list of dossiers %(count)d lines are wrong."),
        count=_summaries,
    ),
    _Look(
        code="search",
        good=N_("The search index is complete."),
        bad=N_("In the search index %(count)d records are wrong."),
        count=_search,
    ),
    _Look(
        code="access-log",
        good=N_("The log of openings is whole."),
        bad=N_("The log of openings was changed."),
        count=_log,
    ),
    _Look(
        code="content",
        good=N_("Every code in the records has its content pack."),
        bad=N_("%(count)d content packs that records name are missing or damaged."),
        count=_packs,
    ),
)
