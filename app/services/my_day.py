"""What this officer did on a day, per family, as text that is ready for the official system.

Read from the journal: what was undone is left out, and of health, asylum and secret addresses it says that something
was written down, not what (as the timeline does). Quick notes stand in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.kinds.dossier import QuickNote
from app.i18n import _, formats, language, ngettext
from app.services import quick_notes, timeline
from app.services.reading import by_id
from app.services.session import DUTCH_TIME, Session
from app.services.timeline import Deed, Detail
from app.storage.summary import dossiers_of

_SHIFT = 16  # of a clock reading: milliseconds before its counter
_SCOPES = (
    "SELECT DISTINCT s.scope FROM j_action a JOIN j_stream s ON s.no = a.stream"
    ' WHERE a.hlc >= ? AND a.hlc < ? AND a."group" IS NOT NULL'
)
_HEAD = "SELECT title, number FROM d_summary WHERE dossier = ?"
_PAGE = 100
_MOST = 20
"""Records of one deed that are told; an import or a set of made-up families has many more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    """One thing that was done: time of the Dutch clock ("10.12"), and what in words; more lines may follow."""

    at: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneFamily:
    """What was done for one family, earliest first. `notes` are ids of quick notes not copied yet."""

    dossier: str
    title: str
    number: str
    lines: tuple[DoneLine, ...]
    notes: tuple[str, ...] = ()


def read(session: Session, day: date) -> tuple[DoneFamily, ...]:
    """Everything of a day of the Dutch calendar, by family."""
    begin = datetime.combine(day, time(), DUTCH_TIME)
    end = datetime.combine(day + timedelta(days=1), time(), DUTCH_TIME)
    first, last = (int(moment.timestamp() * 1000) << _SHIFT for moment in (begin, end))
    with session.store.read() as conn:
        scopes = [scope for (scope,) in conn.exec_driver_sql(_SCOPES, (first, last))]
        dossiers = sorted(dossiers_of(conn, scopes)) if scopes else []
        heads = {dossier: _head(conn, dossier) for dossier in dossiers}
    found = []
    for dossier in dossiers:
        deeds = [deed for deed in _deeds(session, dossier, begin, last) if deed.at < end and _counts(deed)]
        notes = _notes(session, deeds)
        if deeds:
            title, number = heads[dossier]
            found.append(
                DoneFamily(
                    dossier=dossier,
                    title=title,
                    number=number,
                    lines=tuple(_line(session, deed, notes) for deed in reversed(deeds)),
                    notes=tuple(note.id for note in notes.values() if note.transferred_at is None),
                )
            )
    return tuple(sorted(found, key=lambda each: each.lines[0].at))


def _head(conn: Connection, dossier: str) -> tuple[str, str]:
    row = conn.exec_driver_sql(_HEAD, (dossier,)).first()
    return (row[0], row[1]) if row is not None else ("", "")


def _notes(session: Session, deeds: Sequence[Deed]) -> dict[str, QuickNote]:
    """The quick notes that these deeds wrote down, as they stand now."""
    ids = [detail.record for deed in deeds for detail in deed.details if detail.kind == "quick_note"]
    with session.store.read() as conn:
        return by_id(conn, QuickNote, ids)


def _deeds(session: Session, dossier: str, begin: datetime, before: int) -> Iterator[Deed]:
    """Of that day, latest first."""
    cursor: int | None = before
    while cursor is not None:
        page = timeline.read(session, dossier, before=cursor, most=_PAGE)
        for deed in page.deeds:
            if deed.at < begin:
                return
            yield deed
        cursor = page.earlier


def _counts(deed: Deed) -> bool:
    """Undoing and what was undone cancel each other out; a deed of a colleague is his."""
    return deed.is_own and not deed.undone and not deed.of_title and bool(deed.details)


def _line(session: Session, deed: Deed, notes: Mapping[str, QuickNote]) -> DoneLine:
    at = formats.clock(deed.at.astimezone(DUTCH_TIME))
    note = next((notes[each.record] for each in deed.details if each.record in notes), None)
    if note is not None and deed.verb == verbs.NOTE_WRITTEN.code:
        return DoneLine(at=at, words=note_words(session, note, deed.details))
    told = [_detail_words(detail) for detail in deed.details[:_MOST]]
    left = len(deed.details) - len(told)
    if left:
        told.append(ngettext("and %(count)d more", "and %(count)d more", left, count=left))
    return DoneLine(at=at, words="\n".join([_(deed.title), *(f"  {each}" for each in told)]))


def note_words(session: Session, note: QuickNote, details: Sequence[Detail] = ()) -> str:
    """A quick note in full: how, with whom, what, and what follows."""
    way = session.content.label(note.way, language()) if note.way else _("Note")
    head = _("%(way)s with %(who)s", way=way, who=note.with_whom) if note.with_whom else way
    lines = [f"{head}: {note.body or ''}".strip()]
    lines += [
        f"  {words}" for detail in details if detail.kind == "todo" and (words := _detail_words(detail))
    ]
    return "\n".join(lines)


def _detail_words(detail: Detail) -> str:
    fields = "; ".join(
        f"{_(title)}: {words}" if words is not None else _(title) for title, words in detail.fields
    )
    about = f" ({detail.about})" if detail.about else ""
    mark = f", {_(detail.mark)}" if detail.mark else ""
    kind = f"{_(detail.kind_title)}{about}{mark}"
    return f"{kind}: {fields}" if fields else kind


def as_text(found: Sequence[DoneFamily], day: date) -> str:
    """All of it as plain text: a heading per family, a line per deed."""
    blocks = [formats.day_in_full(day)]
    for family in found:
        head = f"{family.title} ({family.number})" if family.number else family.title
        blocks.append("\n".join([head, *(f"{line.at}  {line.words}" for line in family.lines)]))
    return "\n\n".join(blocks)


def mark_copied(session: Session, found: Sequence[DoneFamily]) -> int:
    """Write down that the quick notes among these were copied; returns how many."""
    notes = [note for family in found for note in family.notes]
    if notes:
        quick_notes.mark_transferred(session, notes, moment_text(session.now()))
    return len(notes)
