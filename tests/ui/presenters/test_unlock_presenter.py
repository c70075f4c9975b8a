"""Unlocking and first start without a screen: what is said, and when."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.errors import KnownProblem
from app.i18n import N_
from tests.ui.conftest import RunAtOnce
from ui.presenters.first_start_presenter import FirstStartPresenter, Step
from ui.presenters.gate import NewStore, Renewing, SheetPage, Strength
from ui.presenters.unlock_presenter import UnlockPresenter, wait_sentence

_GOOD = "vier losse woorden hier"


class _Wrong(KnownProblem):
    message = N_("Type your passphrase.")


class _Gate:
    """A store in memory that opens with one passphrase."""

    def __init__(self) -> None:
        self.wait = 0
        self.told: Renewing | None = None
        self.tries: list[str] = []
        self.made: list[NewStore] = []

    def unlock(self, passphrase: str) -> object:
        self.tries.append(passphrase)
        if passphrase != _GOOD:
            raise _Wrong
        return "store"

    def unlock_with_recovery(self, recovery: str, passphrase: str) -> object:
        return f"{recovery} {passphrase}"

    def wait_s(self) -> int:
        return self.wait

    def renewing(self) -> Renewing | None:
        return self.told

    def last_saved(self) -> str:
        return ""

    def judge(self, passphrase: str, about: Sequence[str] = ()) -> Strength:
        return Strength(score=4 if len(passphrase) > 15 else 1)

    def new_recovery(self) -> Sequence[str]:
        return ("AAAAA", "BBBBB")

    def check_recovery(self, recovery: Sequence[str], typed: str) -> None:
        if typed.replace(" ", "") != "".join(recovery):
            raise _Wrong

    def create(self, wanted: NewStore) -> object:
        self.made.append(wanted)
        return "new store"

    def recovery_pages(self, wanted: Sequence[str], officer: str, location: str) -> Sequence[SheetPage]:
        return (SheetPage(width=1, height=1, rgb=b"\0\0\0"),)

    def save_recovery_sheet(self, recovery: Sequence[str], officer: str, location: str, path: Path) -> None:
        raise _Wrong


class _Screen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.error = self.wait = self.said = ""
        self.busy: list[bool] = []
        self.renewing: list[tuple[str, int, int]] = []
        self.steps: list[Step] = []
        self.errors: dict[str, str] = {}
        self.groups: Sequence[str] = ()

    def show_error(self, sentence: str) -> None:
        self.error = sentence

    def show_busy(self, busy: bool) -> None:
        self.busy.append(busy)

    def show_wait(self, sentence: str) -> None:
        self.wait = sentence

    def show_renewing(self, sentence: str, done: int, total: int) -> None:
        self.renewing.append((sentence, done, total))

    def show_step(self, step: Step) -> None:
        self.steps.append(step)

    def show_errors(self, errors: dict[str, str]) -> None:
        self.errors = errors

    def show_recovery(self, groups: Sequence[str]) -> None:
        self.groups = groups

    def show_said(self, sentence: str) -> None:
        self.said = sentence

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        return bool(pages)


def _unlock(opened: Callable[[object], None]) -> tuple[UnlockPresenter, _Gate, _Screen]:
    gate, screen = _Gate(), _Screen()
    return UnlockPresenter(gate, screen, RunAtOnce(), opened), gate, screen


class _Later:
    """Runs nothing before it is told to."""

    def __init__(self) -> None:
        self.end: Callable[[], None] | None = None

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        self.end = lambda: done(work())


def test_while_a_newer_program_makes_lists_anew_the_screen_says_how_far_it_is() -> None:
    gate, screen, runner = _Gate(), _Screen(), _Later()
    presenter = UnlockPresenter(gate, screen, runner, lambda _store: None)
    presenter.unlock(_GOOD)
    presenter.tick()
    assert screen.renewing == []
    for told in (Renewing(done=0, total=0), Renewing(done=3_200, total=20_000)):
        gate.told = told
        presenter.tick()
    assert screen.renewing == [
        ("De opslag wordt bijgewerkt.", 0, 0),
        ("Lijsten opnieuw maken: 3.200 van 20.000 gezinnen", 3_200, 20_000),
    ]
    assert runner.end is not None
    runner.end()
    assert screen.renewing[-1] == ("", 0, 0)


def test_the_right_passphrase_opens() -> None:
    opened: list[object] = []
    presenter, _gate, screen = _unlock(opened.append)
    presenter.unlock(_GOOD)
    assert opened == ["store"]
    assert screen.busy == [True, False]


def test_a_wrong_one_is_said_in_place_with_caps_lock() -> None:
    presenter, _gate, screen = _unlock(_never)
    presenter.note_caps_lock(True)
    presenter.unlock("fout")
    assert screen.error == "Typ uw wachtzin. Let op: Caps Lock staat aan."


def test_while_waiting_nothing_is_tried() -> None:
    presenter, gate, screen = _unlock(_never)
    gate.wait = 42
    presenter.unlock(_GOOD)
    presenter.recover("AAAAA", _GOOD, _GOOD)
    assert gate.tries == []
    assert "42 seconden" in screen.wait
    gate.wait = 0
    presenter.tick()
    assert screen.wait == ""


def test_a_wait_is_said_in_words() -> None:
    assert wait_sentence(0) == ""
    assert "1 seconde." in wait_sentence(1)
    assert "2 minuten" in wait_sentence(61)


def test_the_recovery_key_needs_a_good_new_passphrase() -> None:
    opened: list[object] = []
    presenter, _gate, screen = _unlock(opened.append)
    for recovery, new, again in (("", _GOOD, _GOOD), ("AAAAA", "kort", "kort"), ("AAAAA", _GOOD, "anders")):
        presenter.recover(recovery, new, again)
        assert screen.error
    assert opened == []
    presenter.recover("AAAAA", _GOOD, _GOOD)
    assert opened == [f"AAAAA {_GOOD}"]


def test_greetings_follow_the_clock() -> None:
    presenter, _gate, _screen = _unlock(_never)
    said = [presenter.greeting(datetime(2026, 11, 23, hour)) for hour in (4, 5, 11, 12, 17, 18)]
    assert said == ["Goedenavond", "Goedemorgen", "Goedemorgen", "Goedemiddag", "Goedemiddag", "Goedenavond"]


def test_first_start_makes_the_store_only_at_the_end() -> None:
    gate, screen, created = _Gate(), _Screen(), list[object]()
    presenter = FirstStartPresenter(gate, screen, RunAtOnce(), created.append)
    presenter.give_person(" ", "")
    assert screen.errors.keys() == {"officer", "location"}
    presenter.give_person(" J. Terpstra ", "GL Noordermeer")
    presenter.give_passphrase("kort", "kort")
    assert screen.errors.keys() == {"passphrase"}
    presenter.give_passphrase(_GOOD, "anders")
    assert screen.errors.keys() == {"again"}
    presenter.give_passphrase(_GOOD, _GOOD)
    assert screen.groups == ("AAAAA", "BBBBB")
    presenter.recovery_kept()
    presenter.give_recovery("AAAAA BBBBC")
    assert screen.errors.keys() == {"typed"}
    assert gate.made == []
    presenter.give_recovery("AAAAA BBBBB")
    assert gate.made == [
        NewStore(
            officer="J. Terpstra", location="GL Noordermeer", passphrase=_GOOD, recovery=("AAAAA", "BBBBB")
        )
    ]
    assert created == ["new store"]
    assert screen.steps == [Step.PASSPHRASE, Step.RECOVERY, Step.CHECK]


def test_going_back_keeps_the_same_recovery_key() -> None:
    gate, screen = _Gate(), _Screen()
    presenter = FirstStartPresenter(gate, screen, RunAtOnce(), _never)
    presenter.give_person("J. Terpstra", "GL Noordermeer")
    presenter.give_passphrase(_GOOD, _GOOD)
    shown = screen.groups
    presenter.back()
    presenter.give_passphrase(_GOOD, _GOOD)
    assert screen.groups is shown


def test_the_sheet_is_printed_or_the_reason_said() -> None:
    screen = _Screen()
    presenter = FirstStartPresenter(_Gate(), screen, RunAtOnce(), _never)
    presenter.print_sheet()
    assert "envelop" in screen.said
    presenter.save_sheet(Path("blad.pdf"))
    assert screen.said == "Typ uw wachtzin."


def _never(_store: object) -> None:
    raise AssertionError("opened")
