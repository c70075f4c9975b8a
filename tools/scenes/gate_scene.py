"""The screens before any dossier is open: unlocking, the lock, and the four steps of first start."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.errors import KnownProblem
from app.i18n import N_, _
from tools.scenes.scene import Scene
from ui.presenters.first_start_presenter import Step
from ui.presenters.gate import NewStore, Renewing, SheetPage, Strength
from ui.shell.cover_view import CoverView
from ui.views.first_start.first_start_view import FirstStartView
from ui.views.unlock.unlock_form import UnlockForm
from ui.views.unlock.unlock_view import UnlockView

_GROUPS = ("7KQ2M", "XA4TD", "9RWPC", "H3FNE", "B6YJV", "QK8SM", "D2RXT", "W5CHA")


class _WrongPassphrase(KnownProblem):
    message = N_("This passphrase is not right. Look at Caps Lock and the keyboard language and try again.")


class StillGate:
    """A gate to nothing: what it answers is what the picture needs."""

    def __init__(self, wait_s: int = 0, renewing: Renewing | None = None) -> None:
        self._wait_s, self._renewing = wait_s, renewing

    def unlock(self, passphrase: str) -> object:
        return passphrase

    def unlock_with_recovery(self, recovery: str, passphrase: str) -> object:
        return recovery, passphrase

    def wait_s(self) -> int:
        return self._wait_s

    def renewing(self) -> Renewing | None:
        return self._renewing

    def last_saved(self) -> str:
        return "2026-11-20T16:06:00Z"

    def judge(self, passphrase: str, about: Sequence[str] = ()) -> Strength:
        del about
        return Strength(
            score=min(len(passphrase) // 6, 4), advice=_("Four or more words that do not belong together.")
        )

    def new_recovery(self) -> Sequence[str]:
        return _GROUPS

    def check_recovery(self, recovery: Sequence[str], typed: str) -> None:
        del recovery, typed

    def create(self, wanted: NewStore) -> object:
        return wanted

    def recovery_pages(self, wanted: Sequence[str], officer: str, location: str) -> Sequence[SheetPage]:
        del wanted, officer, location
        return ()

    def save_recovery_sheet(self, recovery: Sequence[str], officer: str, location: str, path: Path) -> None:
        del recovery, officer, location, path


class StillRunner:
    """Runs nothing: the picture stays as it is."""

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        del work, done, failed


def _opened(_store: object) -> None:
    return


_PartT = TypeVar("_PartT", bound=QWidget)


def _part(view: QWidget, kind: type[_PartT], name: str) -> _PartT:
    found = view.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _morning() -> datetime:
    return datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001 - the local clock on the wall of the picture


def _unlock() -> QWidget:
    view = UnlockView(StillGate(), StillRunner(), _opened, _morning)
    view.setFocus()
    return view


def _unlock_wrong() -> QWidget:
    view = UnlockView(StillGate(), StillRunner(), _opened, _morning)
    _part(view, QLineEdit, "passphrase").setText("een makkelijke zin")
    view.form.show_error(_(_WrongPassphrase.message) + " " + _("Note: Caps Lock is on."))
    return view


def _unlock_wait() -> QWidget:
    return UnlockView(StillGate(wait_s=42), StillRunner(), _opened, _morning)


def _unlock_renewing() -> QWidget:
    view = UnlockView(
        StillGate(renewing=Renewing(done=3_200, total=20_000)), StillRunner(), _opened, _morning
    )
    _part(view, QLineEdit, "passphrase").setText("vier losse woorden hier")
    _part(view, QPushButton, "unlock").click()
    view.form.presenter.tick()
    return view


def _unlock_recovery() -> QWidget:
    view = UnlockView(StillGate(), StillRunner(), _opened, _morning)
    _part(view, QPushButton, "switch_recovery").click()
    return view


def _cover() -> QWidget:
    view = CoverView(now=_morning)
    view.take_focus()
    return view


def _lock() -> QWidget:
    return CoverView(UnlockForm(StillGate(), StillRunner(), _opened), now=_morning)


def _first_start(step: Step) -> Callable[[], QWidget]:
    def build() -> QWidget:
        view = FirstStartView(StillGate(), StillRunner(), _opened)
        if step > Step.PERSON:
            view.presenter.give_person("J. Terpstra", "GL Noordermeer")
        if step == Step.PASSPHRASE:
            _part(view, QLineEdit, "new_passphrase").setText("vier losse woorden")
        if step > Step.PASSPHRASE:
            view.presenter.give_passphrase("vier losse woorden hier", "vier losse woorden hier")
        if step > Step.RECOVERY:
            view.presenter.recovery_kept()
        return view

    return build


SCENES = (
    Scene(name="unlock", build=_unlock),
    Scene(name="unlock-wrong", build=_unlock_wrong),
    Scene(name="unlock-wait", build=_unlock_wait),
    Scene(name="unlock-renewing", build=_unlock_renewing),
    Scene(name="unlock-recovery", build=_unlock_recovery),
    Scene(name="cover", build=_cover),
    Scene(name="lock", build=_lock),
    *(Scene(name=f"first-start-{step + 1}", build=_first_start(step)) for step in Step),
)
