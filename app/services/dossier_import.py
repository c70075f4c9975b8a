"""Takes dossiers in from the open JSON form: previewed or done, as one action that can be undone.

The way in for other programs (`docs/dossier-json.md`). Everything is checked before anything is written; an
import consists of this officer's own ops (settled rules 9 and 12).
"""

from dataclasses import dataclass
from functools import partial
from io import SEEK_END
from typing import BinaryIO, Final

from app.domain import verbs
from app.domain.canon import Stretch, tips
from app.domain.errors import KnownProblem
from app.domain.record import FieldType, ScopeKind
from app.domain.words import N_
from app.exchange.envelope import MAGIC_OF_ANY
from app.files.dossier_json import CARRIED, DossierFile
from app.files.dossier_json_check import Codes
from app.files.dossier_json_problem import FileProblem, FileRefused
from app.files.dossier_json_read import read_dossiers
from app.i18n import _
from app.services import import_worker
from app.services.duplicates import Suspicion
from app.services.import_merge import CellChange, Skip, Skipped
from app.services.import_plan import Plan, plan, usable_packs
from app.services.session import Session
from app.storage.apart import Answer, Apart, apart
from app.storage.problem import ReadOnlyStore
from app.storage.second_process import command, has_core_to_spare
from app.storage.unswept import unswept

__all__ = [
    "SKIP_WORDS",
    "CellChange",
    "ImportReport",
    "Skip",
    "Skipped",
    "import_dossiers",
    "preview_import",
    "problem_line",
]


LARGE: Final = 1_000_000
"""Bytes: with less, starting a second process takes longer than it saves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import does or did. `conflicts` are cells on which two values stand afterwards.

    `suspected` are new persons who may be here already, or stand twice in the file.

    `new_records` counts all kinds; `unchanged` are records that say here what the file says. With `problems`
    nothing else is told, because nothing else is sure.
    """

    written: bool
    new_dossiers: tuple[str, ...] = ()
    new_persons: tuple[str, ...] = ()
    new_records: int = 0
    changed: tuple[CellChange, ...] = ()
    conflicts: tuple[CellChange, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unchanged: int = 0
    problems: tuple[FileProblem, ...] = ()
    suspected: tuple[Suspicion, ...] = ()


class IsPackage(KnownProblem):
    """A file of a colleague, which has another way in."""

    message = N_(
        "This is a file of a colleague, not a JSON file. Take it in under Exchange, or with the command import."
    )


class _NothingNewError(Exception):
    """Ends the transaction: an action in which nothing happens is not kept."""

    def __init__(self, found: Plan) -> None:
        super().__init__()
        self.plan = found


def preview_import(session: Session, source: BinaryIO, *, overwrite: bool = False) -> ImportReport:
    """What `import_dossiers` would do with this file; writes nothing and raises no problem of the file."""
    try:
        with unswept():
            file = _read(session, source)
            usable_packs(file)
            with session.store.read() as conn:
                found = plan(conn, session, file, overwrite=overwrite)
            found.look(session)()
            return _report(found, written=False)
    except FileRefused as refused:
        return ImportReport(written=False, problems=refused.found)


def import_dossiers(session: Session, source: BinaryIO, *, overwrite: bool = False) -> ImportReport:
    """Take a file in. Raises `FileRefused` (its `found` says what is wrong and where) or `ReadOnlyStore`."""
    if session.store.read_only:
        raise ReadOnlyStore
    with unswept(), apart(import_worker.jobs(), _command(source)) as second:
        return _taken_in(session, source, second, overwrite=overwrite)


def _read(session: Session, source: BinaryIO) -> DossierFile:
    """Raises `FileRefused`, which tells a file of a colleague from a text that is badly written."""
    if source.seekable():
        here = source.tell()
        start = source.read(len(MAGIC_OF_ANY))
        source.seek(here)
        if start == MAGIC_OF_ANY:
            raise FileRefused((FileProblem(path="", problem=IsPackage()),))
    return read_dossiers(source, _codes(session))


def _command(source: BinaryIO) -> list[str] | None:
    """How a second process is started; None where it would not be worth it."""
    if not (source.seekable() and has_core_to_spare()):
        return None
    here = source.tell()
    size = source.seek(0, SEEK_END) - here
    source.seek(here)
    return command(import_worker.WORD, import_worker.__file__) if size >= LARGE else None


def _taken_in(session: Session, source: BinaryIO, second: Apart, *, overwrite: bool) -> ImportReport:
    file = _read(session, source)
    packs = usable_packs(file)
    dossiers = [scope.id for scope in file.scopes if scope.kind is ScopeKind.DOSSIER]
    try:
        with session.store.write(verbs.IMPORTED, dossier=dossiers[0] if len(dossiers) == 1 else "") as uow:
            found = plan(uow.conn, session, file, overwrite=overwrite)
            if found.is_empty:
                raise _NothingNewError(found)
            del file  # what was read of it is in the plan; a large file takes much memory
            found.write(uow)
            uow.bind = partial(_bind, second)
            uow.found_by = partial(found.look, session, partial(second.give, import_worker.LOOK))
    except _NothingNewError as nothing:
        return _report(nothing.plan, written=False)
    session.content.keep(packs)
    return _report(found, written=True)


def _bind(second: Apart, stretches: list[Stretch]) -> Answer:
    """The tips of streams by the second process. One of them is computed here too: a program that was replaced
    meanwhile may hash in another way."""
    first = tips(stretches[:1]) if second.is_begun else []
    count = len(stretches)
    return second.give(
        import_worker.TIPS, stretches, lambda found: found[:1] == first and len(found) == count
    )


SKIP_WORDS: Final = {
    Skip.FILLED_HERE: N_("Another value stands here, and the file does not say what it was changed from."),
    Skip.TAKEN_OUT: N_("The value was taken out here and does not come back."),
    Skip.REMOVED_HERE: N_("Was removed here and stays removed."),
    Skip.NEVER_CHANGED: N_("Is never changed once it was written."),
}
"""Why something was left aside, as msgids."""


def problem_line(found: FileProblem) -> str:
    """One sentence with its place, in the language of the screen."""
    params = dict(found.problem.params)
    title = params.get("field")
    if isinstance(title, str):
        params["field"] = _(title)
    sentence = _(found.problem.message) % params
    return f"{found.path}: {sentence}" if found.path else sentence


def _report(found: Plan, *, written: bool) -> ImportReport:
    return ImportReport(
        written=written,
        new_dossiers=tuple(found.new.get("dossier", ())),
        new_persons=tuple(found.new.get("person", ())),
        new_records=sum(len(ids) for ids in found.new.values()),
        changed=tuple(found.changed),
        conflicts=tuple(found.conflicts),
        skipped=tuple(found.skipped),
        unchanged=found.unchanged,
        suspected=tuple(found.suspected),
    )


def _codes(session: Session) -> Codes:
    """Codes may be written by the name of their pack; only packs that some field takes are looked at."""
    taken = {spec.target for kind in CARRIED.values() for spec in kind.fields if spec.type is FieldType.CODE}

    def ref(pack: str, code: str) -> str:
        if pack not in taken:
            return ""
        try:
            return session.content.ref(pack, code)
        except KeyError:
            return ""

    packs = {short: pack.name for short, pack in session.content.short_packs.items()}
    return Codes(ref=ref, packs=packs)
