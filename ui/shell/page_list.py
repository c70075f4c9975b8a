"""All pages of the window, in the order of the rail; each area declares its own."""

from collections.abc import Callable, Sequence
from importlib import import_module

from ui.bridge.desk import Desk
from ui.views.page_spec import PageSpec

AREAS = (
    "today",
    "notes",
    "dossiers",
    "family",
    "standing",
    "facts",
    "talks",
    "documents",
    "departures",
    "clear_up",
    "data_check",
    "exchange",
    "colleagues",
    "figures",
    "settings",
)


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The declarations of every area; nothing is built yet."""
    found: list[PageSpec] = []
    for area in AREAS:
        declare: Callable[[Desk], Sequence[PageSpec]] = import_module(f"ui.views.{area}.pages").page_specs
        found += declare(desk)
    return tuple(found)
