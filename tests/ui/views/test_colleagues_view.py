"""The page of colleagues by hand: adding, dropping, comparing, deeds, the own card, and what is only read."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.exchange_facts import Trust
from app.exchange import card as cards
from app.services import trust
from app.services.session import Session
from app.services.trust_page import Deed
from tests.support.colleague_case import Desk as Colleague
from tests.support.colleague_case import carry, desk
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.desk import Desk
from ui.bridge.look import Look
from ui.bridge.place import Notice, Place
from ui.bridge.task import TaskRunner
from ui.views.colleagues.colleagues_view import ColleaguesPage
from ui.widgets.dialog import Question

__all__ = ["clock", "content", "desk", "make_store_file", "session", "store", "store_file", "store_template"]

Desks = Callable[[str], Colleague]


class Hand:
    """The page on a store, and a hand that waits until work has ended."""

    def __init__(self, qtbot: QtBot, session: Session, *, read_only: bool = False) -> None:
        self._qtbot, self.session = qtbot, session
        self.runner = TaskRunner()
        self.bugs: list[object] = []
        self.said: list[str] = []
        self.places: list[Place] = []
        self.runner.bug_met.connect(self.bugs.append)
        self.desk = Desk(runner=self.runner, feed=ChangeFeed(), session=session, read_only=read_only)
        session.store.listen(self.desk.feed.publish)
        self.page = ColleaguesPage(self.desk)
        qtbot.addWidget(self.page)
        self.page.said.connect(self._note)
        self.page.go_requested.connect(self.places.append)
        self.page.resize(1100, 700)
        self.page.show()
        self.open()

    def _note(self, notice: object) -> None:
        assert isinstance(notice, Notice)
        self.said.append(notice.sentence)

    def open(self, **place: str) -> None:
        self.page.open_place(Place(page="colleagues", **place))
        self.settle()

    def settle(self) -> None:
        until, quiet = time.monotonic() + 10, 0
        while quiet < 2:
            assert time.monotonic() < until
            self._qtbot.wait(5)
            quiet = 0 if self.runner.busy else quiet + 1

    def click(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def trust(self) -> Trust:
        return trust.colleagues(self.session)[0].trust


@pytest.fixture
def hand(look: Look, qtbot: QtBot, session: Session) -> Iterator[Hand]:
    made = Hand(qtbot, session)
    yield made
    made.runner.stop()
    assert made.bugs == []


@pytest.fixture
def other(desk: Desks) -> Colleague:
    return desk("Collega Verzonnen")


def card_file(one: Colleague, folder: Path) -> Path:
    path = folder / "Collega.regiemap-card"
    path.write_text(cards.render(one.card()), encoding="utf-8")
    return path


def groups(device: str) -> str:
    return " ".join(cards.fingerprint(device))


def dropped(hand: Hand, file: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    actions, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), actions, data, buttons, keys)
    enter.ignore()
    hand.page.dragEnterEvent(enter)
    hand.page.dropEvent(QDropEvent(QPointF(9, 9), actions, data, buttons, keys))
    hand.settle()
    return enter.isAccepted()


def test_before_there_is_anybody_the_page_leads_to_the_own_card(hand: Hand) -> None:
    parts = hand.page.parts
    assert parts.lists.currentWidget() is parts.empty
    hand.click(parts.to_own)
    assert parts.own.isVisible() and parts.own.groups.accessibleName().startswith("1: ")
    assert not parts.add.isVisible()
    assert hand.page.regions()[0] is parts.own.save


def test_a_dropped_card_is_added_and_compared(hand: Hand, other: Colleague, tmp_path: Path) -> None:
    assert dropped(hand, card_file(other, tmp_path))
    parts, block = hand.page.parts, hand.page.parts.detail.compare
    assert block.isVisible() and not parts.detail.groups.isVisible()
    hand.click(block.compare)
    assert block.field.has_error
    block.typed.setText("11111 " * 6)
    hand.click(block.compare)
    assert hand.trust() is Trust.UNVERIFIED
    assert block.typed.text() == "11111 " * 6
    hand.click(block.person)
    block.typed.setText(groups(other.device))
    hand.click(block.compare)
    assert hand.trust() is Trust.VERIFIED
    assert not block.isVisible() and parts.detail.groups.isVisible()
    assert parts.model.index(0, 1).data(0).startswith("Ter plekke vergeleken")


def test_another_file_is_not_taken(hand: Hand, tmp_path: Path) -> None:
    (tmp_path / "foto.png").write_bytes(b"")
    assert not dropped(hand, tmp_path / "foto.png")
    assert trust.colleagues(hand.session) == ()


def test_a_spoiled_card_is_said_above_the_list(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled = tmp_path / "x.regiemap-card"
    spoiled.write_text("{}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(spoiled), ""))
    hand.click(hand.page.parts.add)
    assert hand.page.parts.problem.isVisible()
    hand.open()
    assert not hand.page.parts.problem.isVisible()


def test_typed_digits_go_when_another_device_is_shown_or_the_page_is_left(
    hand: Hand, other: Colleague, desk: Desks, tmp_path: Path
) -> None:
    for one in (other, desk("Tweede")):
        dropped(hand, card_file(one, tmp_path))
    typed = hand.page.parts.detail.compare.typed
    typed.setText("123")
    hand.page.parts.table.choose_row(0)
    assert typed.text() == ""
    typed.setText("123")
    hand.open()
    assert typed.text() == "123"
    hand.page.leave()
    assert typed.text() == ""


def test_deeds_stand_where_they_may_be_done(hand: Hand, other: Colleague, tmp_path: Path) -> None:
    dropped(hand, card_file(other, tmp_path))
    detail = hand.page.parts.detail
    shown = {deed for deed, line in detail.lines.items() if line.isVisible()}
    assert shown == {Deed.REJECT} and not detail.revoke.isVisible()
    trust.verify(hand.session, other.device, groups(other.device), "phone")
    trust.set_registrar(hand.session, trust.own(hand.session).device, True)
    hand.open(subject=other.device)
    shown = {deed for deed, line in detail.lines.items() if line.isVisible()}
    assert shown == {Deed.REJECT, Deed.VOUCH, Deed.REGISTRAR_ON}
    hand.click(detail.lines[Deed.VOUCH].button)
    assert detail.lines[Deed.END_VOUCH].isVisible()
    assert "staat op de lijst" in hand.said[-1]


def test_revoking_asks_for_a_reason_and_once_more(
    hand: Hand, other: Colleague, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(hand, card_file(other, tmp_path))
    trust.set_registrar(hand.session, trust.own(hand.session).device, True)
    hand.open(subject=other.device)
    detail, answers = hand.page.parts.detail, [False, True]
    monkeypatch.setattr(Question, "ask", lambda *_: answers.pop(0))
    assert detail.revoke.isVisible() and not detail.revoke.isEnabled()
    detail.reason.set_code("intrekking.verloren")
    detail.reason.activated.emit(0)
    hand.click(detail.revoke)
    assert hand.trust() is Trust.UNVERIFIED
    hand.click(detail.revoke)
    assert hand.trust() is Trust.REVOKED and answers == []
    assert not detail.revoke.isVisible()


def test_new_keys_are_made_after_one_question_and_the_old_device_stands_in_the_list(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, answers = trust.own(hand.session).device, [False, True]
    monkeypatch.setattr(Question, "ask", lambda *_: answers.pop(0))
    hand.open(part="own")
    hand.click(hand.page.parts.own.new_keys.button)
    assert trust.own(hand.session).device == before
    hand.click(hand.page.parts.own.new_keys.button)
    assert trust.own(hand.session).device != before
    assert hand.page.parts.model.id_at(0) == before
    assert hand.page.parts.lists.currentWidget() is not hand.page.parts.empty


def test_the_own_card_is_saved_under_the_own_name(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def choose(_parent: object, _title: str, name: str, _filters: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / (name or "own.pdf")), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    hand.open(part="own")
    hand.click(hand.page.parts.own.save)
    hand.click(hand.page.parts.own.sheet)
    assert proposed[0] == "Robin-Voorbeeld.regiemap-card"
    assert cards.parse((tmp_path / proposed[0]).read_bytes()).device == trust.own(hand.session).device
    assert (tmp_path / "own.pdf").exists()


def test_somebody_whose_own_device_was_revoked_is_told(hand: Hand, other: Colleague, tmp_path: Path) -> None:
    there = replace(hand.session, store=other.store, place=other.place)
    trust.add_card(there, trust.own_card(hand.session))
    trust.set_registrar(there, other.device, True)
    trust.revoke(there, trust.own(hand.session).device, "intrekking.verloren")
    dropped(hand, card_file(other, tmp_path))
    trust.verify(hand.session, other.device, groups(other.device), "phone")
    trust.set_registrar(hand.session, other.device, True)
    hand.open()
    assert not hand.page.parts.problem.isVisible()
    carry(other.store, hand.session.store, other.place)
    hand.open()
    assert hand.page.parts.problem.isVisible()


def test_a_store_that_is_only_read_shows_and_offers_nothing(
    look: Look, qtbot: QtBot, session: Session, other: Colleague
) -> None:
    trust.add_card(session, cards.render(other.card()).encode())
    session.store.read_only = True
    hand = Hand(qtbot, session, read_only=True)
    parts = hand.page.parts
    assert parts.table.isVisible() and not parts.add.isEnabled() and not parts.detail.compare.isVisible()
    assert not any(line.isVisible() for line in parts.detail.lines.values())
    assert not hand.page.acceptDrops()
    hand.runner.stop()
    assert hand.bugs == []


def test_back_leads_to_exchanging_and_enter_to_the_digits(
    hand: Hand, other: Colleague, tmp_path: Path
) -> None:
    dropped(hand, card_file(other, tmp_path))
    hand.page.parts.table.row_opened.emit(0)
    assert hand.page.parts.detail.compare.typed in hand.page.regions()
    hand.page.back_requested.emit()
    assert hand.places == [Place(page="exchange")]
