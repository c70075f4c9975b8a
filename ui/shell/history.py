"""The way back: places in the order they were visited, as a browser keeps them."""

from ui.bridge.place import Place

_MOST = 100


class History:
    """`visit` forgets what lay ahead; going back or forward does not count as a visit."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def current(self) -> Place | None:
        """The place now, None before the first visit."""
        return self._places[self._at] if self._places else None

    def visit(self, place: Place) -> None:
        """Add a place; the same place twice in a row counts once."""
        if self.current() != place:
            self._places = [*self._places[: self._at + 1], place][-_MOST:]
            self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """Go to the place before, None when there is none."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self.current()

    def forward(self) -> Place | None:
        """Go to the place after, None when there is none."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self.current()
