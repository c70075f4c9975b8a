"""How a page is made known to the window: one declaration per page, all of them in one list."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.views.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """`title` is an English msgid. `build` makes the page when it is first gone to, with its parent.

    A page with `in_rail` gets a line in the rail and Ctrl with its number; `belongs_to` is the rail line that is
    current while another page is open (a dossier belongs to the dossiers).
    """

    key: str
    icon: str
    title: str
    build: Callable[[QWidget], Page]
    in_rail: bool = True
    at_bottom: bool = False
    belongs_to: str = ""
