"""Departures: the list of all of them, one with its journey and checklist, and the papers made of it."""

from ui.views.departures.pages import page_specs

__all__ = ["page_specs"]
