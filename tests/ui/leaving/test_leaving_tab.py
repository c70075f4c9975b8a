"""Handing over, taking off this laptop and destroying on the real page of a family."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Handover, Owner
from app.exchange import destruction
from app.services import families, handing_over, overview_sheet, removal, removed_family, today
from app.services.families import Family
from app.services.paper_disclosure import disclosures_of
from app.services.session import Session
from app.storage.uow import read_where
from tests.reports.validation import text_of
from tests.support.colleague_case import Desk as Colleague
from tests.support.family_case import register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters import today_presenter
from ui.views.dossiers.dossiers_view import DossiersPage
from ui.views.dossiers.removed_view import RemovedPage
from ui.views.family.family_view import FamilyPage
from ui.views.family.overview_view import OVERVIEW_TAB
from ui.views.leaving import leaving_view
from ui.views.leaving.leaving_view import LEAVING_TAB, LeavingPart
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.dialog import Question
from ui.widgets.line import Sentence

Settle = Callable[[], None]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked before something goes; the answer is yes."""
    found: list[str] = []

    def ask(_parent: QWidget, sentence: str, rest: str, act: str, _back: str | None = None) -> bool:
        found.append(f"{sentence} {rest} [{act}]")
        return True

    monkeypatch.setattr(Question, "ask", ask)
    return found


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> FamilyPage:
    made = FamilyPage(desk, (OVERVIEW_TAB, LEAVING_TAB))
    qtbot.addWidget(made)
    made.resize(1100, 690)
    made.show()
    return made


def opened(page: FamilyPage, family: Family, settle: Settle) -> LeavingPart:
    page.open_place(Place(page="family", subject=family.dossier.id, part="leaving"))
    settle()
    part = page.findChild(LeavingPart)
    assert part is not None
    return part


def words_below(part: QWidget) -> str:
    """Everything that a block says in sentences."""
    return " ".join(one.text() for one in part.findChildren(Sentence) if one.isVisibleTo(part))


def seen(part: QWidget) -> set[str]:
    """The buttons that can be pressed."""
    return {button.objectName() for button in part.findChildren(Button) if button.isVisibleTo(part)}


def banner(page: FamilyPage) -> str:
    found = page.findChild(Banner)
    assert found is not None
    return found.accessibleName() if found.isVisibleTo(page) else ""


def offered_by(session: Session, family: Family, colleague: Colleague) -> None:
    """As a file of the colleague would bring it."""
    own = session.store.identity
    assert own is not None
    with session.store.local() as conn:
        no = conn.exec_driver_sql(
            "INSERT INTO j_device(id, sign_key) VALUES(?,?) RETURNING no",
            (colleague.device, colleague.identity.public),
        ).scalar_one()
    from dataclasses import replace

    session.store.identity = replace(colleague.identity, writer=replace(colleague.identity.writer, device=no))
    with session.store.write(verbs.HANDOVER_OFFERED) as uow:
        for owner in read_where(uow.conn, Owner, "to_on IS NULL"):
            uow.save(owner, owner.with_values(officer=colleague.officer))
        uow.add(
            Handover(
                id=new_id(),
                scope=family.dossier.id,
                step=session.content.ref("basis", handing_over.OFFERED),
                officer=session.officer,
                device=own.writer.device_id,
            )
        )
    session.store.identity = own


def test_without_a_compared_colleague_nothing_can_be_offered(
    page: FamilyPage, session: Session, settle: Settle
) -> None:
    part = opened(page, register_family(session, "Abebe"), settle)
    assert seen(part.handing) == {"leaving_paper", "leaving_print"} and seen(part.dropping) == set()
    assert seen(part.destroying) == {"leaving_destroy_button"}
    assert seen(part.removing) == {"leaving_remove_button"}


def test_a_family_is_offered_and_the_offer_withdrawn(
    page: FamilyPage, session: Session, colleague: Colleague, settle: Settle
) -> None:
    family = register_family(session, "Abebe")
    part = opened(page, family, settle)
    part.handing.offer.click()
    settle()
    assert part.handing.fields["device"].has_error
    part.handing.colleague.set_code(colleague.device)
    part.handing.returns_on.setText("14-12-2026")
    part.handing.note.setText("verlof")
    part.handing.offer.click()
    settle()
    offer = handing_over.state(session, family.dossier.id).offer
    assert offer is not None and (offer.device, offer.reason) == (colleague.device, "verlof")
    assert str(offer.returns_on) == "2026-12-14"
    assert seen(part.handing) == {
        "leaving_give",
        "leaving_withdraw",
        "leaving_paper",
        "leaving_print",
    } and "Bram" in banner(page)
    gone: list[object] = []
    page.go_requested.connect(gone.append)
    part.handing.give.click()
    assert gone == [Place(page="exchange", part=f"give/{family.dossier.id}/{colleague.device}")]
    part.handing.withdraw.click()
    settle()
    assert handing_over.state(session, family.dossier.id).offer is None and banner(page) == ""
    assert seen(part.handing) == {"leaving_offer", "leaving_paper", "leaving_print"}


def test_a_day_in_the_past_is_said_in_the_block(
    page: FamilyPage, session: Session, colleague: Colleague, settle: Settle
) -> None:
    family = register_family(session, "Abebe")
    part = opened(page, family, settle)
    part.handing.colleague.set_code(colleague.device)
    part.handing.returns_on.setText("14-12-2020")
    part.handing.offer.click()
    settle()
    assert handing_over.state(session, family.dossier.id).offer is None
    part.handing.returns_on.setText("ooit")
    part.handing.offer.click()
    assert part.handing.fields["returns_on"].has_error


@pytest.mark.parametrize("yes", [True, False])
def test_an_offer_to_me_is_answered_on_its_page(
    page: FamilyPage, session: Session, colleague: Colleague, settle: Settle, yes: bool
) -> None:
    family = register_family(session, "Abebe")
    offered_by(session, family, colleague)
    facts = list(today_presenter._asked_facts(today.read(session)))
    assert [fact.place for fact in facts] == [Place(page="family", subject=family.dossier.id, part="leaving")]
    part = opened(page, family, settle)
    assert banner(page).startswith("Bram") and seen(part.handing) == {
        "leaving_accept",
        "leaving_refuse",
        "leaving_paper",
        "leaving_print",
    }
    (part.handing.accept if yes else part.handing.refuse).click()
    settle()
    now = handing_over.state(session, family.dossier.id)
    assert (now.mine, now.offer) == (yes, None) and banner(page) == ""


def test_what_a_colleague_holds_may_leave_after_one_question(
    page: FamilyPage, session: Session, colleague: Colleague, settle: Settle, asked: list[str]
) -> None:
    family = register_family(session, "Abebe")
    part = opened(page, family, settle)
    assert seen(part.dropping) == set()
    with session.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_have(peer, scope, compartment, device, seq) SELECT ?, s.scope, s.compartment, d.id, s.seq"
            " FROM j_stream s JOIN j_device d ON d.no = s.device",
            (colleague.device,),
        )
    part = opened(page, family, settle)
    part.dropping.drop.click()
    settle()
    assert len(asked) == 1 and "Abebe" in asked[0]
    assert page.findChild(QWidget, "family_to_list").isVisibleTo(page)  # type: ignore[union-attr]
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_dossier").scalar_one() == 0


def test_destroying_asks_for_a_reason_and_then_once_more(
    page: FamilyPage, session: Session, settle: Settle, asked: list[str]
) -> None:
    family = register_family(session, "Abebe")
    part = opened(page, family, settle)
    part.destroying.start.click()
    assert asked == [] and part.destroying.fields["reason"].has_error
    part.destroying.reason.set_code(removal.reasons(session)[0])
    part.destroying.findChild(QCheckBox).setChecked(True)  # type: ignore[union-attr]
    part.destroying.start.click()
    settle()
    assert len(asked) == 1
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_dossier").scalar_one() == 0
        assert conn.exec_driver_sql("SELECT count(*) FROM r_person").scalar_one() == 0


def test_a_destruction_that_a_colleague_asks_for_is_answered_on_the_page(
    page: FamilyPage, session: Session, colleague: Colleague, settle: Settle, asked: list[str]
) -> None:
    family = register_family(session, "Abebe")
    dossier = family.dossier.id
    with session.store.local() as conn:
        step = conn.begin_nested()
        own = session.store.identity
        assert own is not None
        destruction.issue(
            conn,
            scope=dossier,
            kind=destruction.DOSSIER,
            reason=removal.reasons(session)[0],
            device=own.writer.device_id,
            officer="",
            at="2026-11-22T10:00:00Z",
            sign=own.sign,
            now_ms=1,
        )
        body, signature, device = destruction.orders(conn, [dossier])[0]
        key = conn.exec_driver_sql("SELECT sign_key FROM j_device WHERE id = ?", (device,)).scalar_one()
        step.rollback()
        assert destruction.receive(conn, body, signature, key, 1).new
    part = opened(page, family, settle)
    assert "vernietigen" in banner(page) and seen(part.destroying) == {"leaving_agree"}
    part.destroying.agree.click()
    settle()
    assert len(asked) == 1
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_dossier").scalar_one() == 0


def test_the_overview_is_saved_where_the_officer_says(
    page: FamilyPage, session: Session, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = opened(page, register_family(session, "Abebe"), settle)
    file = tmp_path / "overzicht.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    part.handing.paper.click()
    settle()
    assert file.read_bytes().startswith(b"%PDF")


def test_in_a_store_that_is_only_read_nothing_can_be_pressed(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Abebe")
    session.store.read_only = desk.read_only = True
    page = FamilyPage(desk, (OVERVIEW_TAB, LEAVING_TAB))
    qtbot.addWidget(page)
    page.show()
    part = opened(page, family, settle)
    assert not part.destroying.start.isEnabled() and not part.handing.offer.isEnabled()


def test_a_family_is_removed_and_brought_back_from_the_page_of_removed_families(
    page: FamilyPage, desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Abebe")
    register_family(session, "Beridze")
    part = opened(page, family, settle)
    gone: list[Place] = []
    said: list[Notice] = []
    page.go_requested.connect(gone.append)
    page.said.connect(said.append)
    part.removing.start.click()
    settle()
    assert gone == [Place(page="dossiers")]
    assert said[0].undoable and "verwijderd" in said[0].sentence
    dossiers = DossiersPage(desk)
    qtbot.addWidget(dossiers)
    dossiers.show()
    dossiers.open_place(Place(page="dossiers"))
    settle()
    way = dossiers.findChild(Button, "dossiers_removed")
    assert way is not None and way.isVisibleTo(dossiers) and way.text() == "Verwijderd: 1"
    dossiers.go_requested.connect(gone.append)
    way.click()
    assert gone[-1] == Place(page="removed")
    removed = RemovedPage(desk)
    qtbot.addWidget(removed)
    removed.show()
    removed.go_requested.connect(gone.append)
    removed.open_place(gone[-1])
    settle()
    back = removed.findChild(Button, "removed_bring_back")
    assert back is not None and back.isEnabled()
    back.click()
    settle()
    assert gone[-1] == Place(page="family", subject=family.dossier.id)
    assert families.load(session, family.dossier.id).dossier.title == "Abebe"
    assert not way.isVisibleTo(dossiers) and removed_family.count(session) == 0
    empty = removed.findChild(Button, "removed_empty_to_list")
    assert empty is not None and empty.isVisibleTo(removed)


def test_the_overview_is_printed_for_a_colleague_and_by_who_takes_the_family_over(
    page: FamilyPage,
    session: Session,
    colleague: Colleague,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    family = register_family(session, "Abebe")
    offered_by(session, family, colleague)
    part = opened(page, family, settle)
    assert part.handing.paper.text().strip() == "Overzicht opslaan …"
    part.handing.accept.click()
    settle()
    assert "overzicht" in words_below(part.handing) and part.handing.print.isVisibleTo(page)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "uit.pdf"))
    chosen: list[QPrinter | None] = [None, printer]
    monkeypatch.setattr(leaving_view, "ask_printer", lambda _job, _parent: chosen.pop(0))
    part.handing.print.click()
    settle()
    assert not disclosures_of(session, family.dossier.id), "closed without printing: nothing went"
    part.handing.print.click()
    settle()
    assert (tmp_path / "uit.pdf").read_bytes().startswith(b"%PDF")
    (went,) = disclosures_of(session, family.dossier.id)
    assert "afgedrukt" in (went.way or "")
    assert "printer" in words_below(part.handing)
    said = text_of(overview_sheet.pdf(session, family.dossier.id))
    assert "Bram" in said, "from whom it came stands on it after taking over"


def test_one_member_is_destroyed_after_a_question_and_the_family_stays(
    page: FamilyPage, session: Session, settle: Settle, asked: list[str]
) -> None:
    family = register_family(session, "Abebe", "1984", "2015")
    part = opened(page, family, settle)
    child = family.members[1].person.id
    what = part.destroying.what
    assert what.code() == "" and part.destroying.members.isVisibleTo(page)
    what.setCurrentIndex(what.findData(child))
    what.activated.emit(what.currentIndex())
    assert not part.destroying.members.isVisibleTo(page)
    part.destroying.reason.set_code(removal.reasons(session)[0])
    part.destroying.start.click()
    settle()
    assert "Voorbeeld 2 Abebe" in asked[0] and "Het gezin blijft" in asked[0]
    assert [one.person.given_names for one in families.load(session, family.dossier.id).members] == [
        "Voorbeeld 1"
    ]
    assert "Het gezin blijft" in words_below(part.destroying)
    assert what.code() == "" and what.findData(child) < 0
