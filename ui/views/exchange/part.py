"""What lies under a tab of the exchange page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.bridge.place import Place


class ExchangePart(QWidget):
    """`go_requested` carries a Place, `said` a Notice; `buttons_changed` comes when other buttons stand at the top."""

    go_requested = Signal(object)
    said = Signal(object)
    buttons_changed = Signal()
    wants_focus = False
    """The tab was gone to, and what takes the focus is still being read."""

    def open_place(self, place: Place) -> None:
        """The tab is gone to."""
        raise NotImplementedError

    def settle_focus(self) -> None:
        """What was asked for is there: put the focus on it, once."""
        if self.wants_focus:
            self.wants_focus = False
            for region in self.regions()[:1]:
                region.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> Sequence[QWidget]:
        """The parts of the tab in the order in which F6 walks them; the first takes the focus."""
        return ()

    def buttons(self) -> Sequence[QWidget]:
        """All buttons that may stand at the top right of the page while this tab is current."""
        return ()

    def buttons_now(self) -> Sequence[QWidget]:
        """Those of `buttons` that mean something now."""
        return ()

    def is_at_rest(self) -> bool:
        """Whether nothing is under way that has a next step of its own."""
        return True

    def foot(self) -> tuple[str, str]:
        """What stands at the foot: counts, and keys."""
        return "", ""

    def fit(self, width: int) -> None:
        """Leave out what a page of this width has no room for."""

    def act(self, command: str) -> bool:
        """Do "new", "edit", "filter" or "print" here; False when it means nothing."""
        del command
        return False
