"""What every part of the settings can say: errors beside fields, that it is busy, what came of it."""

from typing import Protocol


class CareScreen(Protocol):
    """One part of the settings, as its presenter sees it."""

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under fields by name; fields not named have none, the focus goes to the first."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done, with everything off meanwhile; "" when it is over."""

    def show_result(self, sentence: str, *, good: bool = True) -> None:
        """Say what came of it; "" for nothing."""
