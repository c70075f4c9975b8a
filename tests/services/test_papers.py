"""Papers on a real store: concept, final, changed, expired; what is written down; what may not be printed."""

from pathlib import Path

import pytest

from app.domain.gap import GapReason
from app.domain.handover_facts import Audience
from app.domain.paper import PaperStatus
from app.domain.paper_text import paper_as_text
from app.domain.verbs import VERBS
from app.services import departures, papers
from app.services.departures import DepartureFile
from app.services.papers import RECEIPT, Prepared, SheetState, Wanted
from app.services.session import Session
from tests.reports.validation import assert_archivable, text_of
from tests.support.departure_case import made_up_family, planned, wanted_sheet
from tests.support.family import Family
from tests.support.session_fixture import Clock

PURPOSE = "doel.overdracht"


@pytest.fixture
def family(session: Session) -> Family:
    return made_up_family(session)


@pytest.fixture
def file(session: Session, family: Family) -> DepartureFile:
    return planned(session, family)


def _codes(prepared: Prepared) -> list[str]:
    return [gap.code for gap in prepared.gaps]


def _final(session: Session, wanted: Wanted) -> Prepared:
    papers.mark_read(session, wanted)
    return papers.make_final(session, wanted)


def test_an_empty_departure_is_a_concept_with_its_gaps_named(session: Session, family: Family) -> None:
    made = departures.save(session, None, departures.new_file(family.dossier, family.persons))
    wanted = Wanted(
        paper=papers.SHEET, subject=made.departure, person=family.persons[1], receiver="Begeleider"
    )
    found = papers.prepare(session, wanted)
    assert found.paper.status is PaperStatus.CONCEPT
    assert {"journey.flights", "request.request", "request.kinds", "contact.name"} <= set(_codes(found))
    with pytest.raises(papers.GapsOpen) as refused:
        papers.make_final(session, wanted)
    assert "Vlucht: nog niet ingevuld" in str(refused.value.params["gaps"])
    assert found.set_number == "2026-TEST-0002", "one set per member"


def test_a_full_sheet_becomes_final_once_it_was_read(session: Session, file: DepartureFile) -> None:
    wanted = wanted_sheet(file)
    found = papers.prepare(session, wanted)
    assert _codes(found) == []
    assert found.unread == ("request.request", "request.stop-rule")
    with pytest.raises(papers.TextNotRead):
        papers.make_final(session, wanted)
    final = _final(session, wanted)
    assert (final.paper.status, final.version) == (PaperStatus.FINAL, 1)
    again = papers.prepare(session, wanted)
    assert again.paper == final.paper
    assert papers.pdf_of(again) == papers.pdf_of(final), "equal bytes for equal input"
    assert papers.make_final(session, wanted).version == 1, "final is final"
    assert_archivable(papers.pdf_of(final))


def test_a_changed_fact_makes_the_next_version_a_concept(session: Session, file: DepartureFile) -> None:
    wanted = wanted_sheet(file)
    _final(session, wanted)
    now = departures.load(session, file.departure.id)
    changed = now.departure.with_values(contact_phone="+31 6 00 00 00 09")
    departures.save(session, now, departures.changed(now, departure=changed))
    found = papers.prepare(session, wanted)
    assert (found.paper.status, found.version) == (PaperStatus.CONCEPT, 2)
    assert [line.state for line in papers.sheets_of(session, file.departure.scope)] == [SheetState.CHANGED]
    papers.make_final(session, wanted)
    states = [line.state for line in papers.sheets_of(session, file.departure.scope)]
    assert states == [SheetState.CURRENT, SheetState.SUPERSEDED]


def test_a_changed_text_is_unread_again(session: Session, file: DepartureFile) -> None:
    wanted = wanted_sheet(file)
    papers.mark_read(session, wanted)
    assert papers.prepare(session, wanted).unread == ()
    text = papers.load_texts(session, wanted)["request.request"]
    papers.write_text(session, text, "Draag Lusine over aan haar zus.")
    assert papers.prepare(session, wanted).unread == ("request.request",)


def test_after_its_term_a_final_sheet_is_expired_and_can_be_made_anew(
    session: Session, file: DepartureFile, clock: Clock
) -> None:
    wanted = wanted_sheet(file)
    _final(session, wanted)
    clock.forward(hours=24, minutes=1)
    found = papers.prepare(session, wanted)
    assert found.paper.status is PaperStatus.EXPIRED
    assert _codes(found) == ["journey.check-at"], "mag vertrekken was asked too long ago"
    assert [line.state for line in papers.sheets_of(session, file.departure.scope)] == [SheetState.EXPIRED]
    assert "VERLOPEN" in text_of(papers.pdf_of(found))
    with pytest.raises(papers.GapsOpen):
        papers.make_final(session, wanted)
    person = file.persons[0].person or ""
    departures.record_check(session, person, asked_of="IND", answered_by="", outcome="mag-vertrekken.ja")
    assert papers.make_final(session, wanted).version == 2


@pytest.mark.parametrize("outcome", ["mag-vertrekken.nee", "mag-vertrekken.onbekend"])
def test_who_may_not_leave_gets_no_final_sheet(
    session: Session, file: DepartureFile, clock: Clock, outcome: str
) -> None:
    clock.forward(minutes=1)
    departures.record_check(
        session, file.persons[0].person or "", asked_of="IND", answered_by="", outcome=outcome
    )
    assert "journey.may-depart" in _codes(papers.prepare(session, wanted_sheet(file)))


def test_one_version_goes_to_several_receivers_and_each_sees_their_own_columns(
    session: Session, file: DepartureFile
) -> None:
    escort = wanted_sheet(file)
    _final(session, escort)
    other = Wanted(
        paper=papers.SHEET,
        subject=escort.subject,
        person=escort.person,
        receiver="Regievoerder Bijzonder Vertrek",
        audience=papers.audience_of(session, papers.SHEET, "Regievoerder Bijzonder Vertrek"),
    )
    assert other.audience is Audience.SPECIAL_DEPARTURE
    seen, full = papers.prepare(session, escort), papers.prepare(session, other)
    assert seen.is_final and full.is_final
    assert seen.version == full.version == 1
    assert "bijlage 2" in paper_as_text(full.paper)
    assert "bijlage 2" not in paper_as_text(seen.paper)
    assert seen.paper.sha256 != full.paper.sha256


def test_what_leaves_is_written_down_before_it_leaves(
    session: Session, file: DepartureFile, tmp_path: Path
) -> None:
    wanted = wanted_sheet(file)
    final = _final(session, wanted)
    target = tmp_path / papers.file_name(final)
    assert target.name == "2026-11-23_set-2026-TEST-0001_blad1_v1.pdf"
    papers.save_pdf(session, final, target, purpose=PURPOSE)
    line = papers.disclosures_of(session, file.departure.scope)[0]
    assert (line.receiver, line.version, line.status) == ("Begeleider", 1, "final")
    assert line.control_value == final.paper.sha256
    assert (line.control_value or "")[:16] in text_of(target.read_bytes()).replace("\n", "").replace(" ", "")
    with pytest.raises(papers.FileNotWritten):
        papers.save_pdf(session, final, tmp_path / "no" / "such" / "folder.pdf", purpose=PURPOSE)
    assert len(papers.disclosures_of(session, file.departure.scope)) == 2
    assert not VERBS["disclosed"].undoable


def test_without_receiver_or_purpose_nothing_leaves(
    session: Session, file: DepartureFile, tmp_path: Path
) -> None:
    nobody = papers.prepare(session, wanted_sheet(file, ""))
    assert "head.copy-for" in _codes(nobody)
    for prepared, purpose in ((nobody, PURPOSE), (_final(session, wanted_sheet(file)), "")):
        with pytest.raises(papers.ReceiverMissing):
            papers.save_pdf(session, prepared, tmp_path / "a.pdf", purpose=purpose)
    assert not list(tmp_path.glob("*.pdf"))


def test_a_final_paper_that_was_overtaken_does_not_leave_as_final(
    session: Session, file: DepartureFile
) -> None:
    final = _final(session, wanted_sheet(file))
    now = departures.load(session, file.departure.id)
    changed = now.departure.with_values(carrier="Ander vervoer")
    departures.save(session, now, departures.changed(now, departure=changed))
    with pytest.raises(papers.PaperChanged):
        papers.disclose(session, final, way=papers.PRINTED, purpose=PURPOSE)


@pytest.mark.parametrize(
    "text",
    [
        "Zij is een afgewezen asielzoeker uit het azc.",
        "V-nummer 2800000019",
        "asylum seeker",
        "demandeur d’asile",
    ],
)
@pytest.mark.parametrize("paper", [papers.SHEET, RECEIPT])
def test_words_about_asylum_stay_off_sheet_and_receipt(
    session: Session, file: DepartureFile, text: str, paper: str
) -> None:
    wanted = Wanted(
        paper=paper, subject=file.departure.id, person=file.persons[0].person or "", receiver="Eigen dossier"
    )
    field = papers.FREE_TEXTS[paper][0]
    papers.write_text(session, papers.load_texts(session, wanted)[field], text)
    found = papers.prepare(session, wanted)
    assert {hit.field for hit in found.hits} == {field}
    for attempt in (papers.make_final, papers.mark_read):
        with pytest.raises(papers.TextNotAllowed):
            attempt(session, wanted)
    with pytest.raises(papers.TextNotAllowed):
        papers.disclose(session, found, way=papers.PRINTED, purpose=PURPOSE)


def test_a_word_in_the_belongings_is_found_too(session: Session, file: DepartureFile) -> None:
    bag = file.belongings[0]
    changed = (bag.with_values(description="map met asielpapieren"), *file.belongings[1:])
    departures.save(session, file, departures.changed(file, belongings=changed))
    assert [hit.field for hit in papers.prepare(session, wanted_sheet(file)).hits] == [
        "belongings.bags-counted"
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_receipt_stands_in_two_languages_without_a_number(
    session: Session, file: DepartureFile, language: str
) -> None:
    wanted = Wanted(
        paper=RECEIPT,
        subject=file.departure.id,
        person=file.persons[0].person or "",
        receiver="Ontvangende partij",
        language=language,
    )
    final = papers.make_final(session, wanted)
    pdf = papers.pdf_of(final)
    assert_archivable(pdf)
    text = text_of(pdf)
    assert "2800000019" not in text
    assert "E-0147" in text
    assert {"en": "Handed over by", "fr": "Remis"}[language] in text
    unsaid = Wanted(paper=RECEIPT, subject=wanted.subject, person=wanted.person, receiver=wanted.receiver)
    assert papers.prepare(session, unsaid).paper == final.paper, "the language it was made final in"


def test_a_sender_from_the_list_needs_no_reading_and_an_own_one_does(
    session: Session, file: DepartureFile
) -> None:
    wanted = Wanted(
        paper=RECEIPT,
        subject=file.departure.id,
        person=file.persons[0].person or "",
        receiver="x",
        language="en",
    )
    papers.write_text(
        session, papers.load_texts(session, wanted)["receipt.sender"], "Ministerie van Asiel en Migratie"
    )
    assert papers.prepare(session, wanted).unread == ()
    papers.write_text(
        session, papers.load_texts(session, wanted)["receipt.sender"], "Robin Voorbeeld, Nederland"
    )
    assert papers.prepare(session, wanted).unread == ("receipt.sender",)


def test_a_second_program_previews_and_no_more(session: Session, file: DepartureFile, tmp_path: Path) -> None:
    wanted = wanted_sheet(file)
    papers.mark_read(session, wanted)
    session.store.read_only = True
    found = papers.prepare(session, wanted)
    assert papers.pdf_of(found).startswith(b"%PDF")
    text = papers.load_texts(session, wanted)["request.request"]
    for attempt in (
        lambda: papers.make_final(session, wanted),
        lambda: papers.save_pdf(session, found, tmp_path / "a.pdf", purpose=PURPOSE),
        lambda: papers.disclose(session, found, way=papers.PRINTED, purpose=PURPOSE),
        lambda: papers.mark_read(session, wanted),
        lambda: papers.write_text(session, text, "anders"),
    ):
        with pytest.raises(papers.ReadsOnly):
            attempt()
    session.store.read_only = False
    assert papers.disclosures_of(session, file.departure.scope) == []
    assert not list(tmp_path.iterdir()) or not list(tmp_path.glob("*.pdf"))


def test_an_answer_without_value_is_printed_with_its_reason(session: Session, file: DepartureFile) -> None:
    departures.save(
        session, file, departures.changed(file, departure=file.departure.with_values(deputy_name=None))
    )
    found = papers.prepare(session, wanted_sheet(file))
    assert [(gap.code, gap.reason) for gap in found.gaps] == [("contact.deputy-name", GapReason.MISSING)]
    now = departures.load(session, file.departure.id)
    said = departures.without_value(now, "contact.deputy-name", "unknown", "wordt maandag ingeroosterd")
    departures.save(session, now, departures.changed(now, answers=(said,)))
    after = papers.prepare(session, wanted_sheet(file))
    assert after.gaps == ()
    assert "onbekend, reden: wordt maandag ingeroosterd" in paper_as_text(after.paper)
