"""The tabs of a family in the order of the design, collected from the areas that make them.

Asked for when the page is built, not when this module is read: areas import `tab.py` beside this file.
"""

from importlib import import_module
from importlib.util import find_spec

from ui.views.family.overview_view import OVERVIEW_TAB
from ui.views.family.tab import FamilyTab
from ui.views.family.timeline_view import TIMELINE_TAB

AREAS = ("standing", "facts", "talks", "documents", "departures")
"""Areas that bring tabs, in order: Stand; Gegevens; Gesprekken; Reisdocumenten; Vertrek and Papieren."""


def family_tabs() -> tuple[FamilyTab, ...]:
    """All tabs there are; an area without `tab.py` brings none."""
    found = [OVERVIEW_TAB]
    for area in AREAS:
        module = f"ui.views.{area}.tab"
        if find_spec(f"ui.views.{area}") is not None and find_spec(module) is not None:
            found += import_module(module).FAMILY_TABS
    return (*found, TIMELINE_TAB, *import_module("ui.views.leaving.tab").FAMILY_TABS)
