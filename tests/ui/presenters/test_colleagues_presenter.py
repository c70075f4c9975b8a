"""The presenter of colleagues: what it says of every state, and that each deed is done and said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.exchange_facts import Trust
from app.exchange import card as cards
from app.services import trust
from app.services.session import Session
from app.services.trust_page import Deed
from tests.support.colleague_case import Desk, desk
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from tests.ui.conftest import RunAtOnce
from ui.bridge.cell import Cell
from ui.presenters.colleagues_presenter import ColleaguesPresenter, OwnView
from ui.presenters.gate import SheetPage

__all__ = ["clock", "content", "desk", "make_store_file", "session", "store", "store_file", "store_template"]

Desks = Callable[[str], Desk]


@dataclass
class Screen:
    """Remembers what it was told."""

    own: OwnView | None = None
    rows: list[tuple[str, tuple[Cell, ...]]] = field(default_factory=list)
    chosen: str = ""
    typed_error: str = ""
    done: list[str] = field(default_factory=list)
    problem: str = ""
    pages: int = 0

    def show_own(self, own: OwnView) -> None:
        self.own = own

    def show_colleagues(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], chosen: str) -> None:
        self.rows, self.chosen = list(rows), chosen

    def show_typed_error(self, sentence: str) -> None:
        self.typed_error = sentence

    def show_done(self, sentence: str) -> None:
        self.done.append(sentence)

    def show_problem(self, sentence: str) -> None:
        self.problem = sentence

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        self.pages += len(pages)
        return True


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def presenter(session: Session, screen: Screen) -> ColleaguesPresenter:
    return ColleaguesPresenter(session, RunAtOnce(), screen)


@pytest.fixture
def other(presenter: ColleaguesPresenter, desk: Desks, tmp_path: Path) -> Desk:
    """A colleague whose card was added."""
    made = desk("Collega Verzonnen")
    presenter.add(card_file(made, tmp_path))
    return made


def card_file(one: Desk, folder: Path) -> Path:
    path = folder / f"{one.device[:8]}.regiemap-card"
    path.write_text(cards.render(one.card()), encoding="utf-8")
    return path


def groups(device: str) -> str:
    return " ".join(cards.fingerprint(device))


def test_without_colleagues_the_own_card_is_there(presenter: ColleaguesPresenter, screen: Screen) -> None:
    presenter.reload()
    assert screen.rows == []
    assert screen.own is not None
    assert (screen.own.name, len(screen.own.groups)) == ("Robin Voorbeeld", 6)
    assert screen.own.code_text.startswith("REGIEMAP1:") and len(screen.own.modules) >= 33
    assert presenter.card_name() == "Robin-Voorbeeld.regiemap-card"


def test_an_added_card_is_chosen_and_waits_for_comparing_without_showing_its_digits(
    presenter: ColleaguesPresenter, screen: Screen, other: Desk
) -> None:
    assert screen.chosen == other.device
    (device, (name, state)) = screen.rows[0][0], screen.rows[0][1]
    assert device == other.device
    assert (name.main, state.main, state.icon) == (
        "Collega Verzonnen",
        "Nog niet vergeleken",
        "state.unknown",
    )
    view = presenter.detail(other.device)
    assert view.groups == () and Deed.VERIFY in view.deeds
    assert "toegevoegd" in screen.done[-1]


def test_a_spoiled_card_is_a_problem(presenter: ColleaguesPresenter, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "x.regiemap-card").write_text("{}")
    presenter.add(tmp_path / "x.regiemap-card")
    assert "kaart" in screen.problem and screen.done == []
    presenter.add(tmp_path / "weg.regiemap-card")
    assert "niet worden geopend" in screen.problem


@pytest.mark.parametrize("typed", ["", "  ", "12345", "1" * 30])
def test_other_digits_are_said_beside_the_field(
    presenter: ColleaguesPresenter, screen: Screen, other: Desk, session: Session, typed: str
) -> None:
    presenter.verify(other.device, typed, "phone")
    assert screen.typed_error and not screen.problem
    assert trust.colleagues(session)[0].trust is Trust.UNVERIFIED


def test_comparing_by_phone_or_by_scanner(
    presenter: ColleaguesPresenter, screen: Screen, other: Desk
) -> None:
    presenter.verify(other.device, groups(other.device), "phone")
    view = presenter.detail(other.device)
    assert view.state.startswith("Telefonisch vergeleken") and view.groups == cards.fingerprint(other.device)
    presenter.do(other.device, Deed.REJECT)
    presenter.verify(other.device, cards.qr_text(other.device), "phone")
    assert presenter.detail(other.device).state.startswith("Ter plekke vergeleken")


def test_every_deed_is_done_and_said(presenter: ColleaguesPresenter, screen: Screen, other: Desk) -> None:
    presenter.verify(other.device, groups(other.device), "phone")
    presenter.be_registrar(True)
    assert screen.own is not None and screen.own.is_registrar
    for deed in (
        Deed.REGISTRAR_ON,
        Deed.REGISTRAR_OFF,
        Deed.VOUCH,
        Deed.END_VOUCH,
        Deed.REJECT,
        Deed.UNREJECT,
    ):
        assert deed in presenter.detail(other.device).deeds
        told = len(screen.done)
        presenter.do(other.device, deed)
        assert len(screen.done) == told + 1 and screen.problem == ""
        assert "%(" not in screen.done[-1]
    assert presenter.reasons()[0] == ("intrekking.verloren", "Laptop kwijt")
    presenter.revoke(other.device, "intrekking.verloren")
    view = presenter.detail(other.device)
    assert view.state.startswith("Ingetrokken door Robin Voorbeeld") and view.state.endswith("laptop kwijt")
    assert (view.role, view.deeds, view.groups) == ("late", frozenset(), ())
    assert screen.rows[0][1][1].main.startswith("Ingetrokken op")
    presenter.be_registrar(False)
    assert not screen.own.is_registrar


def test_what_only_the_registrar_may_do_is_a_problem_for_others(
    presenter: ColleaguesPresenter, screen: Screen, other: Desk
) -> None:
    presenter.do(other.device, Deed.VOUCH)
    assert "registrator" in screen.problem
    assert Deed.REVOKE not in presenter.detail(other.device).deeds


def test_new_keys_show_the_earlier_device(
    presenter: ColleaguesPresenter, screen: Screen, session: Session
) -> None:
    old = trust.own(session).device
    presenter.new_keys()
    assert [device for device, _cells in screen.rows] == [old]
    view = presenter.detail(old)
    assert view.own and view.name == "Robin Voorbeeld" and view.deeds == {Deed.REVOKE}
    presenter.revoke(old, "intrekking.gestolen")
    assert presenter.detail(old).role == "late"


def test_new_keys_of_a_colleague_ask_to_be_compared_again(
    presenter: ColleaguesPresenter, screen: Screen, other: Desk, tmp_path: Path
) -> None:
    presenter.verify(other.device, groups(other.device), "phone")
    other.renew()
    presenter.add(card_file(other, tmp_path))
    assert "ondertekend" in screen.done[-1]
    view = presenter.detail(other.device)
    assert (view.icon, view.groups) == ("state.watch", ())
    assert Deed.VERIFY in view.deeds


def test_card_and_page_are_written_and_printed(
    presenter: ColleaguesPresenter, screen: Screen, tmp_path: Path
) -> None:
    presenter.save_card(tmp_path / "own.regiemap-card")
    assert cards.parse((tmp_path / "own.regiemap-card").read_bytes()).name == "Robin Voorbeeld"
    presenter.save_sheet(tmp_path / "own.pdf")
    assert (tmp_path / "own.pdf").read_bytes().startswith(b"%PDF")
    presenter.print_card()
    assert screen.pages == 1 and len(screen.done) == 3
    presenter.save_card(tmp_path / "weg" / "x")
    assert screen.problem
