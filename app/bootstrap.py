"""Puts the program together: places on this laptop, settings, content and the gate, in one frozen `App`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.config.paths import RESOURCES, Paths, find_paths
from app.config.settings import ReadSettings, read_settings
from app.content.load import Content, load
from app.i18n import set_language
from app.services.gate import Gate
from app.services.session import utc_now
from app.storage.kdf_cost import KdfCost


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything that stands before a store is open."""

    paths: Paths
    settings: ReadSettings
    content: Content
    gate: Gate


def build(
    *, paths: Paths | None = None, cost: KdfCost | None = None, now: Callable[[], datetime] = utc_now
) -> App:
    """Build the program. `paths`, `cost` and `now` are for tests and tools."""
    places = paths or find_paths()
    found = read_settings(places.settings_file)
    set_language(found.settings.language)
    content = load(RESOURCES / "content")
    gate = Gate(content=content, counters=places.unlock_counter, cost=cost, now=now)
    return App(paths=places, settings=found, content=content, gate=gate)
