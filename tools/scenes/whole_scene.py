"""The whole window with every page in the rail: for the README and the guide, and pages that no other scene shows."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.config.paths import RESOURCES
from app.config.settings import Settings
from app.content.load import load
from app.services import demo
from app.services.gate import Gate, Unlocked
from app.storage.kdf_cost import MEMORY_FLOOR_KIB, KdfCost
from app.storage.recovery_key import KEY_BYTES, RecoveryKey
from tools.scenes.made_up_store import NOW, in_window, settle
from tools.scenes.scene import Scene
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.bridge.preferences import Preferences
from ui.bridge.task import TaskRunner
from ui.shell.page_list import page_specs
from ui.shell.workplace import Workplace
from ui.widgets.search_field import SearchField

_FAMILIES = 40
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # live as long as the tool


@cache
def _unlocked() -> Unlocked:
    """A real store behind a real door, which the settings and the rail ask about; its place is not shown."""
    folder = tempfile.TemporaryDirectory()
    _FOLDERS.append(folder)
    gate = Gate(
        content=load(RESOURCES / "content"),
        counters=Path(folder.name) / "counters",
        cost=KdfCost(MEMORY_FLOOR_KIB, 1, 1),
        now=lambda: NOW,
    )
    unlocked = gate.create(
        Path(folder.name) / "opslag",
        officer="J. Terpstra",
        location="GL Noordermeer",
        passphrase="vier losse woorden samen",  # noqa: S106 - of a store of made-up people
        recovery=RecoveryKey(bytes(range(KEY_BYTES))),
    )
    session = replace(unlocked.session, number_prefix="NM")  # drawn by lot otherwise: pictures would differ
    demo.fill(session, _FAMILIES, 1)
    return replace(unlocked, session=session, path=Path("opslag"))


def _at(page: str, part: str = "", subject: str = "", find: str | None = None) -> Callable[[], QWidget]:
    def build() -> QWidget:
        unlocked = _unlocked()
        runner = TaskRunner(QApplication.instance())
        desk = Desk(
            runner=runner,
            feed=ChangeFeed(runner),
            session=unlocked.session,
            unlocked=unlocked,
            preferences=Preferences(Path("settings.toml"), Settings()),
        )
        window = in_window(desk, page_specs(desk), Place(page=page, subject=subject, part=part))
        Workplace(window, runner, unlocked, desk).refresh()
        window.resize(1366, 768)
        window.show()
        settle(desk, window)
        if find is not None:
            window.find_requested.emit()
            field = window.findChild(SearchField, "find_field")
            assert isinstance(field, SearchField)
            field.setText(find)
            field.searched.emit(find)  # without the pause of somebody who types
            settle(desk, window)
        return window

    return build


SCENES = (
    Scene(name="whole-today", build=_at("today")),
    Scene(name="whole-dossiers", build=_at("dossiers")),
    Scene(name="find", build=_at("dossiers", find="hako")),
    Scene(name="figures", build=_at("figures")),
    Scene(
        name="figure-list",
        build=_at("figure_list", part="2016-01-01|2026-11-23", subject="outflow.kind"),
    ),
    *(
        Scene(name=f"settings-{part}", build=_at("settings", part))
        for part in ("look", "you", "lock", "store")
    ),
)
