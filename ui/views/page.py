"""What every page of the window can be asked; a page overrides what it has an answer to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.bridge.place import Place
from ui.widgets.page_frame import PageFrame


class Page(PageFrame):
    """`go_requested` carries a Place, `said` a Notice. Pages are made when first gone to, and dropped on locking."""

    go_requested = Signal(object)
    said = Signal(object)
    whole_window_wanted = Signal(bool)
    """True while the page takes the room of the rail too, as talk mode does; False gives it back."""

    def open_place(self, place: Place) -> None:
        """Show what `place` names; called each time the page is gone to."""

    def take_focus(self) -> None:
        """Put the focus on the list or the first empty field, never on a destructive button."""
        for region in self.regions():
            region.setFocus()
            return

    def regions(self) -> Sequence[QWidget]:
        """List and detail, in the order in which F6 walks them."""
        return ()

    def act(self, command: str) -> bool:
        """Do "new", "edit", "filter" or "print" here; False when it means nothing on this page."""
        del command
        return False

    def leave(self) -> None:
        """Hand over what is typed: called before going elsewhere, pausing, locking and closing."""
