"""Prepares a paper: reads what it may receive, finds its gaps, lays it out. Nothing is written here.

A paper is a concept until the officer made it final. A final one stays final while the facts it was made of are the
same (its control value says so) and its term runs; after that it is *verlopen*, and a changed fact makes the next
version, which is a concept again. One version may go to several receivers.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from app.domain.answer import OPEN, Known, known_text
from app.domain.clock import moment_text, parse_moment
from app.domain.disclosure_json import checksum
from app.domain.gap import Gap, Limits
from app.domain.handover_facts import HandoverSheetFacts, for_audience
from app.domain.handover_gap import SECTIONS, handover_gaps
from app.domain.kinds.departure import DeparturePerson, Sheet
from app.domain.paper import Paper
from app.domain.paper_gap import receipt_gaps, talk_gaps
from app.domain.receipt_facts import ReceiptFacts
from app.domain.sheet_head import AskedStatus, SheetHead
from app.domain.talk_facts import TalkReportFacts
from app.domain.work_calendar import Length, Unit
from app.reports.coverage import font_coverage
from app.services import handover_reading, receipt_reading, talk_reading
from app.services.handover_reading import local_text
from app.services.paper_reading import LANGUAGE, PaperReader
from app.services.paper_texts import forbidden_in, sender_of, texts_of
from app.services.paper_wanted import RECEIPT, REPORT, SHEET, NoSuchSheet, Prepared, Wanted
from app.services.session import Session
from app.storage.shielding import hidden
from app.storage.uow import read_where

Facts = HandoverSheetFacts | ReceiptFacts | TalkReportFacts
CHECK_HOURS, SHEET_HOURS = "instelling.mag-vertrekken-uren", "instelling.blad-geldig-uren"
RECONFIRM = "termijn.vertrek-ontvanger"
_HOURS = {Unit.HOUR: 1, Unit.DAY: 24}
_BESIDE = ("en", "fr")


def prepare(session: Session, wanted: Wanted) -> Prepared:
    """Read, judge and lay out a paper. Raises `NoSuchSheet`."""
    with session.store.read() as conn:
        return prepare_in(conn, session, wanted)


def prepare_in(conn: Connection, session: Session, wanted: Wanted, *, final: bool = False) -> Prepared:
    """`prepare` within a transaction of the caller; `final` asks for the next version as a final one."""
    dossier = dossier_of(conn, wanted)
    sheets = sheets_of_paper(conn, wanted)
    made_at = moment_text(session.now())
    version = (sheets[0].version or 0) + 1 if sheets else 1
    fresh = _Draft(conn, session, _with_language(wanted, _BESIDE[0]), dossier)
    if sheets and not final:
        asked = (
            _BESIDE if wanted.paper == RECEIPT and not wanted.language else (wanted.language or _BESIDE[0],)
        )
        for language in asked:
            kept = _Draft(conn, session, _with_language(wanted, language), dossier)
            if kept.is_what(sheets[0]):
                if parse_moment(sheets[0].valid_until or made_at) >= session.now():
                    return kept.prepared(kept.head_of(sheets[0], AskedStatus.FINAL), ())
                gaps = kept.gaps(kept.facts(kept.new_head(version, made_at)))
                return kept.prepared(kept.head_of(sheets[0], AskedStatus.EXPIRED), gaps)
    head = fresh.new_head(version, made_at, AskedStatus.FINAL if final else AskedStatus.CONCEPT)
    return fresh.prepared(head)


def gap_count(conn: Connection, session: Session, departure: str, person: str) -> int:
    """How much sheet 1 of a person still lacks, its receiver left out; cheap, for lists."""
    wanted = Wanted(paper=SHEET, subject=departure, person=person, receiver="-")
    draft = _Draft(conn, session, wanted, dossier_of(conn, wanted))
    return len(draft.gaps(draft.facts(draft.new_head(1, moment_text(session.now())))))


_HIDDEN = hidden("p.person", "p.scope")


def dossier_of(conn: Connection, wanted: Wanted) -> str:
    """The dossier of the departure or talk. Raises `NoSuchSheet`."""
    if wanted.paper == REPORT:
        sql, params = "SELECT scope FROM r_talk WHERE id = ?", (wanted.subject,)
    else:
        sql = f"SELECT scope FROM r_departure_person p WHERE departure = ? AND person = ? AND NOT {_HIDDEN}"
        params = (wanted.subject, wanted.person)  # type: ignore[assignment]
    found = conn.exec_driver_sql(sql, params).scalar()
    if found is None:
        raise NoSuchSheet
    return str(found)


def sheets_of_paper(conn: Connection, wanted: Wanted) -> list[Sheet]:
    """Every final version of this paper, the newest first."""
    where = "departure = ? AND coalesce(person, '') = ? AND paper LIKE ? ORDER BY version DESC, id DESC"
    return read_where(conn, Sheet, where, (wanted.subject, wanted.person, f"%:{wanted.paper}"))


def limits(session: Session) -> Limits:
    """How old a fact may be: numbers of the content pack, never of code."""
    settings = session.content.settings
    again = next(term for term in session.content.terms if term.code == RECONFIRM)
    return Limits(
        departure_check_hours=settings[CHECK_HOURS].amount or 0,
        receiver_reconfirm_hours=_hours(again.length),
    )


def valid_until(session: Session, made_at: str) -> str:
    """Until when the facts of a paper made at this moment need no new look (c-32)."""
    hours = session.content.settings[SHEET_HOURS].amount or 0
    return moment_text(parse_moment(made_at) + timedelta(hours=hours))


def _hours(length: Length | None) -> int:
    return length.amount * _HOURS[length.unit] if length is not None else 0


def _with_language(wanted: Wanted, language: str) -> Wanted:
    return wanted if wanted.language else replace(wanted, language=language)


class _Draft:
    """One paper while it is being prepared."""

    def __init__(self, conn: Connection, session: Session, wanted: Wanted, dossier: str) -> None:
        self._conn, self._session, self._wanted, self._dossier = conn, session, wanted, dossier
        self._disputes: tuple[Gap, ...] = ()

    def facts(self, head: SheetHead) -> Facts:
        """What this paper may receive, read now."""
        wanted, content = self._wanted, self._session.content
        reader = PaperReader(self._conn, self._session, wanted.paper)
        facts: Facts
        if wanted.paper == SHEET:
            facts = handover_reading.sheet_facts(reader, content, wanted.subject, wanted.person, head)
        elif wanted.paper == RECEIPT:
            sender = sender_of(self._conn, self._session, wanted)
            facts = receipt_reading.receipt_facts(
                reader, wanted.subject, wanted.person, head, language=wanted.language, sender=sender
            )
        else:
            facts = talk_reading.report_facts(
                reader,
                content,
                wanted.subject,
                head,
                with_phase=wanted.with_phase,
                with_checklist=wanted.with_checklist,
            )
        self._disputes = reader.disputes
        return facts

    def gaps(self, facts: Facts) -> tuple[Gap, ...]:
        """What it lacks; call after `facts`, which finds the differences."""
        coverage = font_coverage()
        if isinstance(facts, HandoverSheetFacts):
            found = handover_gaps(facts, limits(self._session), coverage)
        elif isinstance(facts, ReceiptFacts):
            found = receipt_gaps(facts, coverage)
        else:
            found = talk_gaps(facts, coverage)
        return _joined(found, self._disputes)

    def is_what(self, sheet: Sheet) -> bool:
        """Whether the facts are still those that this final sheet was made of."""
        head = self.head_of(sheet, AskedStatus.FINAL, receiver=sheet.receiver or "")
        return checksum(self.facts(head)) == sheet.control_value

    def prepared(self, head: SheetHead, gaps: Iterable[Gap] | None = None) -> Prepared:
        """The paper under this head; `gaps` where they were found already."""
        facts = self.facts(head)
        found = self.gaps(facts) if gaps is None else tuple(gaps)
        texts = texts_of(self._conn, self._wanted)
        return Prepared(
            wanted=self._wanted,
            paper=self._paper(facts, found),
            gaps=found,
            hits=forbidden_in(self._session, facts, texts),
            unread=tuple(text.field or "" for text in texts if text.body and not text.read_at),
            control_value=checksum(facts),
            set_number=head.set_number,
            version=head.version,
            dossier=self._dossier,
            valid_until=known_text(head.valid_until),
        )

    def new_head(self, version: int, made_at: str, asked: AskedStatus = AskedStatus.CONCEPT) -> SheetHead:
        """The head of the version that is being worked on."""
        until = valid_until(self._session, made_at)
        return self._head(version, made_at, self._session.officer_name, until, asked, self._wanted.receiver)

    def head_of(self, sheet: Sheet, asked: AskedStatus, receiver: str = "") -> SheetHead:
        """The head a final sheet was made with, so that the same facts give the same control value and bytes."""
        to = receiver or self._wanted.receiver or sheet.receiver or ""
        made_at, by = sheet.made_at or "", sheet.made_by or ""
        return self._head(sheet.version or 0, made_at, by, sheet.valid_until or made_at, asked, to)

    def _head(
        self, version: int, made_at: str, by: str, until: str, asked: AskedStatus, receiver: str
    ) -> SheetHead:
        return SheetHead(
            set_number=_set_number(self._conn, self._wanted),
            version=version,
            asked_status=asked,
            made_at=made_at,
            made_at_local=local_text(made_at),
            made_by=by,
            made_by_role=self._session.content.paper_texts["recovery.author"][LANGUAGE],
            valid_until=Known(local_text(until)),
            copy_for=Known(receiver) if receiver else OPEN,
        )

    def _paper(self, facts: Facts, gaps: tuple[Gap, ...]) -> Paper:
        from app.reports.handover_sheet import handover_sheet
        from app.reports.receipt import receipt
        from app.reports.talk_report import talk_report

        texts, coverage = self._session.content.paper_texts, font_coverage()
        if isinstance(facts, HandoverSheetFacts):
            return handover_sheet(for_audience(facts, self._wanted.audience), gaps, texts, coverage)
        if isinstance(facts, ReceiptFacts):
            return receipt(facts, gaps, texts, coverage)
        return talk_report(facts, gaps, texts, coverage)


def _joined(found: tuple[Gap, ...], disputes: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """A difference takes the place of another reason for the same field, and stands in the order of the paper."""
    open_ = {(gap.code, gap.item): gap for gap in disputes}
    merged = [open_.pop((gap.code, gap.item), gap) for gap in found]
    merged += open_.values()
    return tuple(sorted(merged, key=_section))


def _section(gap: Gap) -> int:
    first = gap.code.partition(".")[0]
    return SECTIONS.index(first) if first in SECTIONS else len(SECTIONS)


def _set_number(conn: Connection, wanted: Wanted) -> str:
    if wanted.paper == REPORT:
        return wanted.subject[:8].upper()
    rows = read_where(conn, DeparturePerson, "departure = ? AND person = ?", (wanted.subject, wanted.person))
    return (rows[0].set_number if rows else "") or ""
