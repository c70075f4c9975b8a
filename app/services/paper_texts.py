"""Free text on papers: written for one paper, looked through for words that may not stand there, read before print.

Sheet 1 is looked through as well as what goes abroad: whoever carries it has no business with an asylum file (c-01,
BV-22). The words that the officer typed elsewhere and that a paper repeats, such as belongings, are looked through too.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.answer import Answer, Known, NotApplicable, Unknown, known_text
from app.domain.clock import moment_text
from app.domain.entry import check
from app.domain.errors import KnownProblem
from app.domain.free_text_check import Hit, check_free_text
from app.domain.guidance import Item
from app.domain.handover_facts import HandoverSheetFacts
from app.domain.handover_gap import handover_fields
from app.domain.ident import derived_id
from app.domain.kinds.departure import PaperText
from app.domain.receipt_facts import ReceiptFacts
from app.domain.talk_facts import TalkReportFacts
from app.domain.words import N_
from app.services.paper_reading import LANGUAGE
from app.services.paper_wanted import RECEIPT, SHEET, TextHit, Wanted
from app.services.session import Session
from app.storage.uow import read, read_where

REQUEST, MUST_NOT, STOP_RULE, SENDER = (
    "request.request",
    "request.must-not",
    "request.stop-rule",
    "receipt.sender",
)
FREE_TEXTS: dict[str, tuple[str, ...]] = {SHEET: (REQUEST, MUST_NOT, STOP_RULE), RECEIPT: (SENDER,)}
NEUTRAL = "afzender.neutraal"
REQUEST_CHARACTERS = 200


class TextNotAllowed(KnownProblem):
    """A word that may not stand on this paper."""

    message = N_("On this paper “%(found)s” may not stand. Write it differently.")


class ReadsOnly(KnownProblem):
    """A second program reads and previews; it does not print, save or change (settled rule 19)."""

    message = N_("Another program has this store open. Here you can look, not print or save.")


def refuse_read_only(session: Session) -> None:
    """Raises `ReadsOnly` in a second program."""
    if session.store.read_only:
        raise ReadsOnly


def look_through(session: Session, text: str) -> tuple[Hit, ...]:
    """The words in `text` that may not stand on a paper, with their places; for the check while typing."""
    return check_free_text(text, session.content.forbidden_words)


def texts_of(conn: Connection, wanted: Wanted) -> list[PaperText]:
    """The free texts written for this paper."""
    if wanted.paper not in FREE_TEXTS:
        return []
    where = "departure = ? AND person = ? AND paper LIKE ? ORDER BY field, id"
    return read_where(conn, PaperText, where, (wanted.subject, wanted.person, f"%:{wanted.paper}"))


def load_texts(session: Session, wanted: Wanted) -> dict[str, PaperText]:
    """The free texts of a paper by field; every field that the paper has, empty ones included."""
    with session.store.read() as conn:
        found = {text.field or "": text for text in texts_of(conn, wanted)}
        scope = conn.exec_driver_sql(
            "SELECT scope FROM r_departure WHERE id = ?", (wanted.subject,)
        ).scalar_one()
    return {
        field: found.get(field) or _empty(session, wanted, str(scope), field)
        for field in FREE_TEXTS[wanted.paper]
    }


def _empty(session: Session, wanted: Wanted, scope: str, field: str) -> PaperText:
    return PaperText(
        id=derived_id("paper_text", wanted.subject, wanted.person, wanted.paper, field),
        scope=scope,
        departure=wanted.subject,
        person=wanted.person,
        paper=session.content.ref("papieren", wanted.paper),
        field=field,
    )


def write_text(session: Session, before: PaperText, body: str) -> None:
    """Keep a free text as it is to be printed; a changed text is unread again. Raises `ReadsOnly`, `EntryRefused`.

    A sender out of the list of the content pack needs no reading: it was checked with the pack.
    """
    refuse_read_only(session)
    after = before.with_values(body=body or None)
    if after.body == before.body:
        return
    known = before.field == SENDER and body in {each.label(LANGUAGE) for each in senders(session)}
    stamp = moment_text(session.now()) if known else None
    after = after.with_values(read_at=stamp, read_by=session.officer_name if known else None)
    check(after)
    with session.store.write(verbs.PAPER_WRITTEN, dossier=after.scope) as uow:
        uow.save(read(uow.conn, PaperText, before.id) and before, after)


def mark_read(session: Session, wanted: Wanted) -> None:
    """The officer has read the free text of this paper and lets it be printed. Raises `TextNotAllowed`, `ReadsOnly`."""
    refuse_read_only(session)
    texts = [text for text in load_texts(session, wanted).values() if text.body and not text.read_at]
    for text in texts:
        found = look_through(session, text.body or "")
        if found:
            raise TextNotAllowed(found=found[0].found)
    if not texts:
        return
    with session.store.write(verbs.PAPER_READ, dossier=texts[0].scope) as uow:
        for text in texts:
            uow.save(text, text.with_values(read_at=moment_text(session.now()), read_by=session.officer_name))


# -- the sender of a receipt -------------------------------------------------------------------------------------------


def senders(session: Session) -> tuple[Item, ...]:
    """The senders that the content pack proposes; a name of an organisation may already say too much (b.3 K)."""
    return session.content.section("papieren", "sender")


def sender_of(conn: Connection, session: Session, wanted: Wanted) -> str:
    """Who hands over, as printed: what the officer wrote, else the neutral sender; a known one in both languages."""
    items = {each.code: each for each in session.content.section("papieren", "sender")}
    own = next((text.body for text in texts_of(conn, wanted) if text.field == SENDER and text.body), None)
    chosen = next((each for each in items.values() if each.label(LANGUAGE) == own), None)
    if own and chosen is None:
        return own
    item = chosen or items[NEUTRAL]
    beside = item.label(wanted.language)
    return item.label(LANGUAGE) if beside == item.label(LANGUAGE) else f"{item.label(LANGUAGE)} / {beside}"


# -- looking through ---------------------------------------------------------------------------------------------------


def forbidden_in(
    session: Session, facts: HandoverSheetFacts | ReceiptFacts | TalkReportFacts, texts: Sequence[PaperText]
) -> tuple[TextHit, ...]:
    """Words on the paper that may not stand there. The report of a talk stays in the file: it is not looked through."""
    if isinstance(facts, TalkReportFacts):
        return ()
    own = [(text.field or "", text.body or "") for text in texts]
    repeated = _sheet_texts(facts) if isinstance(facts, HandoverSheetFacts) else _receipt_texts(facts)
    seen: set[tuple[str, str]] = set()
    found = []
    for field, text in (*own, *repeated):
        if (field, text) not in seen:
            found += [TextHit(field=field, hit=hit) for hit in look_through(session, text)]
        seen.add((field, text))
    return tuple(found)


def _sheet_texts(facts: HandoverSheetFacts) -> Iterator[tuple[str, str]]:
    """What else on sheet 1 was typed freely. Names, places and who was asked (IND) are meant to stand there."""
    for field in handover_fields(facts):
        yield field.code, _reason(field.answer)
    yield "identity.recognition", known_text(facts.identity.recognition)
    for each in facts.conditions:
        yield "condition.item", each.description
    goods = facts.belongings
    yield "belongings.valuables", known_text(goods.valuables)
    yield "belongings.documents", known_text(goods.documents)
    yield "belongings.left-behind", known_text(goods.left_behind)
    for bag in goods.bags:
        yield "belongings.bags-counted", bag.mark


def _receipt_texts(facts: ReceiptFacts) -> Iterator[tuple[str, str]]:
    for code, answer in (
        ("receipt.sender", facts.sender),
        ("receipt.receiver", facts.receiver),
        ("receipt.language", facts.language),
        ("receipt.birth-date", facts.birth_date),
        ("receipt.bag-count", facts.bag_count),
        ("receipt.document-count", facts.document_count),
        ("receipt.sealed-envelope", facts.sealed_envelope),
    ):
        yield code, answer.text if isinstance(answer, Known) else _reason(answer)


def _reason(answer: Answer) -> str:
    return answer.reason if isinstance(answer, Unknown | NotApplicable) else ""
