"""The report of a talk: what was said and agreed stands on it; what was told apart never does."""

from io import BytesIO

import pypdfium2

from app.domain.ident import new_id
from app.domain.kinds.talk import Agreement
from app.domain.paper_text import paper_as_text
from app.services import circumstances, paper_disclosure, talks
from app.services.paper_prepare import prepare
from app.services.paper_wanted import REPORT, Prepared, Wanted
from app.services.session import Session
from tests.support.talk_case import (
    HEALTH_MARK,
    TRAFFIC_MARK,
    TalkCase,
    answer_all_topics,
    begin_talk,
    talk_of,
)

SIGNAL_MARK = "MERKTEKEN-THUIS-9917"


def _told(session: Session) -> TalkCase:
    """A finished talk in which three things were told that the report may not hold."""
    case = begin_talk(session)
    answer_all_topics(session, case)
    talk = talk_of(session, case)
    person = case.persons[0]
    circumstances.ask(session, talk, "bijz.gezondheid", circumstances.YES, told=HEALTH_MARK, person=person)
    circumstances.ask(session, talk, "bijz.mensenhandel", circumstances.YES, told=TRAFFIC_MARK, person=person)
    circumstances.ask(session, talk, "bijz.veiligheid", circumstances.YES, told=SIGNAL_MARK)
    due = "2026-11-27"
    made = Agreement(
        id=new_id(), scope=case.dossier, talk=case.talk, who="Voorbeeld", what="belt de school", due_on=due
    )
    talks.agree(session, None, made)
    noted = talk.with_values(
        notes="Gesproken over school.", summary="“Wij denken na.”", next_at="2026-12-01T10:00"
    )
    talks.finish(session, talk, noted, minutes={"stap.opening": 4})
    return case


def _prepared(session: Session, case: TalkCase, *, with_all: bool = False) -> Prepared:
    wanted = Wanted(
        paper=REPORT,
        subject=case.talk,
        receiver="Eigen dossier",
        with_phase=with_all,
        with_checklist=with_all,
    )
    return prepare(session, wanted)


def _pdf_text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_what_was_told_apart_is_neither_in_the_facts_nor_in_the_file(session: Session) -> None:
    case = _told(session)
    for with_all in (False, True):
        prepared = _prepared(session, case, with_all=with_all)
        pdf = paper_disclosure.pdf_of(prepared)
        for text in (
            repr(prepared.paper),
            paper_as_text(prepared.paper),
            _pdf_text(pdf),
            pdf.decode("latin-1"),
        ):
            assert HEALTH_MARK not in text
            assert TRAFFIC_MARK not in text
            assert SIGNAL_MARK not in text


def test_the_officer_can_still_read_what_was_told(session: Session) -> None:
    case = _told(session)
    talk = talk_of(session, case)
    assert circumstances.told_apart(session, talk, "bijz.gezondheid") == {case.persons[0]: HEALTH_MARK}
    assert circumstances.told_apart(session, talk, "bijz.mensenhandel") == {case.persons[0]: TRAFFIC_MARK}
    assert circumstances.topics_apart(session, talk) == circumstances.APART


def test_the_report_says_what_was_said_and_agreed(session: Session) -> None:
    text = paper_as_text(_prepared(session, _told(session)).paper)
    for said in (
        "Gesproken over school.",
        "Wij denken na.",
        "belt de school",
        "Gespreksruimte 2",
        "Gevraagd: ja",
    ):
        assert said in text
    assert "““" not in text
    assert "Overpeinzing" not in text  # the officer's working mark


def test_the_phase_stands_on_it_only_when_asked_for(session: Session) -> None:
    assert "Overpeinzing" in paper_as_text(_prepared(session, _told(session), with_all=True).paper)


def test_a_name_on_which_two_officers_differ_keeps_the_report_a_concept(session: Session) -> None:
    case = _told(session)
    assert not _prepared(session, case).gaps
    talk = talk_of(session, case)
    talks.save(session, talk, talk.with_values(notes="van mij"))
    talks.save(session, talk, talk.with_values(notes="van een collega"))
    prepared = _prepared(session, case)
    assert [gap.code for gap in prepared.gaps] == ["talk.note"]
    assert "van mij" in paper_as_text(prepared.paper) and "van een collega" in paper_as_text(prepared.paper)
