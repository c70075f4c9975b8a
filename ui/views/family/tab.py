"""What a tab of the family page is, so that talks, documents and departures bring their own.

An area exports `FAMILY_TABS: tuple[FamilyTab, ...]` in `ui/views/<area>/tab.py`; `registry.py` beside this file
puts them in the order of the design.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.bridge.desk import Desk


class FamilyPart(QWidget):
    """What lies under a tab. `go_requested` carries a Place, `said` a Notice; both go up to the page.

    A part listens to `desk.feed.changed` itself. It is made when its tab is first chosen, and is told of every
    family that the page opens while it is the current one.
    """

    go_requested = Signal(object)
    said = Signal(object)

    def open_dossier(self, dossier: str, part: str = "") -> None:
        """Show this family; `part` is what a Place named behind the tab ("talks/0190…"), mostly empty."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus on the list or the first empty field."""
        for region in self.regions():
            region.setFocus()
            return

    def regions(self) -> Sequence[QWidget]:
        """The parts of the tab in the order in which F6 walks them."""
        return ()

    def act(self, command: str) -> bool:
        """Do "new", "edit", "filter" or "print" here; False leaves it to the page."""
        del command
        return False

    def leave(self) -> None:
        """Hand over what is typed: before another tab or page, pausing, locking and closing."""

    def actions_wanted(self) -> Sequence[QWidget]:
        """Buttons for the top right of the page while this tab is current, the primary one last."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyTab:
    """`title` is an English msgid. `build` gets the parent and the desk, and calls no service yet."""

    key: str
    title: str
    build: Callable[[QWidget, Desk], FamilyPart]
