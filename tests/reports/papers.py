"""The papers that are drawn in the tests, one of each kind and state."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.answer import OPEN, Claim, Disputed, Known, NotApplicable, Unknown
from app.domain.handover_facts import Audience, HandoverSheetFacts, Journey, for_audience
from app.domain.handover_gap import handover_gaps
from app.domain.paper import Paper
from app.domain.paper_gap import receipt_gaps, talk_gaps
from app.domain.receipt_facts import ReceiptFacts
from app.domain.sheet_head import AskedStatus, SheetHead
from app.domain.talk_facts import TalkReportFacts
from app.reports.coverage import font_coverage
from app.reports.handover_sheet import handover_sheet
from app.reports.receipt import receipt
from app.reports.recovery_sheet import recovery_sheet
from app.reports.talk_report import talk_report
from tests.reports.sample import HEAD, LIMITS, RECEIPT, RECOVERY, SHEET, TALK, TEXTS


def sheet_paper(facts: HandoverSheetFacts, audience: Audience = Audience.SPECIAL_DEPARTURE) -> Paper:
    gaps = handover_gaps(facts, LIMITS, font_coverage())
    return handover_sheet(for_audience(facts, audience), gaps, TEXTS, font_coverage())


def receipt_paper(facts: ReceiptFacts) -> Paper:
    return receipt(facts, receipt_gaps(facts, font_coverage()), TEXTS, font_coverage())


def talk_paper(facts: TalkReportFacts) -> Paper:
    return talk_report(facts, talk_gaps(facts, font_coverage()), TEXTS, font_coverage())


DISPUTED = Disputed(
    (Claim("1991-06-08", "J. Terpstra", "2026-11-02"), Claim("~1990", "M. de Wit", "2026-11-20"))
)
CONCEPT = replace(
    SHEET,
    identity=replace(
        SHEET.identity,
        surname=Known("Al-Khalidi", "الخالدي"),
        given_names=Known("Yosef", "יוסף"),
        birth_date=DISPUTED,
        document_valid_until=OPEN,
        literacy=Unknown("niet gevraagd"),
        call_name=NotApplicable(),
    ),
    journey=replace(SHEET.journey, escorts=()),
)
EMPTY_HEAD = SheetHead(
    set_number="2026-0001",
    version=1,
    asked_status=AskedStatus.FINAL,
    made_at="2026-11-23T09:00:00Z",
    made_at_local="2026-11-23T10:00",
    made_by="J. Terpstra",
    made_by_role="regievoerder",
)

PAPERS: dict[str, Callable[[], Paper]] = {
    "final": lambda: sheet_paper(SHEET),
    "escort": lambda: sheet_paper(SHEET, Audience.ESCORT),
    "concept": lambda: sheet_paper(CONCEPT),
    "expired": lambda: sheet_paper(replace(SHEET, head=replace(HEAD, asked_status=AskedStatus.EXPIRED))),
    "superseded": lambda: sheet_paper(
        replace(SHEET, head=replace(HEAD, asked_status=AskedStatus.SUPERSEDED))
    ),
    "empty": lambda: sheet_paper(HandoverSheetFacts(head=EMPTY_HEAD, journey=Journey())),
    "receipt-en": lambda: receipt_paper(RECEIPT),
    "receipt-fr": lambda: receipt_paper(replace(RECEIPT, beside_language="fr")),
    "receipt-empty": lambda: receipt_paper(ReceiptFacts(head=EMPTY_HEAD)),
    "talk": lambda: talk_paper(TALK),
    "talk-phase": lambda: talk_paper(replace(TALK, phase="fase 3, overwegen")),
    "talk-empty": lambda: talk_paper(
        TalkReportFacts(
            head=EMPTY_HEAD, family="gezin Voorbeeld", kind="Eerste gesprek", held_on="2026-11-23"
        )
    ),
    "recovery": lambda: recovery_sheet(RECOVERY, TEXTS, font_coverage()),
}
