"""What the lists of families and of persons share: what is asked now, asking anew, and answers that come too late.

A question has two answers: the lines, and when those are shown what is counted beside them. Each is dropped when
something else was asked meanwhile, and not even looked for when that is known before.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ui.bridge.place import Place
from ui.presenters.gate import Runner

F = TypeVar("F")
O = TypeVar("O")  # noqa: E741 - what a list can be sorted by
A = TypeVar("A")
C = TypeVar("C")
R = TypeVar("R")


class ListPresenter(Generic[F, O, A, C]):
    """`query`, `filters`, `order` and `descending` are what is asked now; A is the answer to one question, with lines,
    and C what is counted beside them."""

    def __init__(self, runner: Runner, *, filters: F, order: O) -> None:
        self._runner, self._no_filters = runner, filters
        self.query, self.filters = "", filters
        self.order, self.descending = order, False
        self._asked = 0

    def search(self, query: str) -> None:
        """Look for all words of `query`."""
        if query.strip() != self.query:
            self.query = query.strip()
            self.reload()

    def narrow(self, filters: F) -> None:
        """Use other filters."""
        if filters != self.filters:
            self.filters = filters
            self.reload()

    def ask(self, query: str, filters: F) -> None:
        """Ask this, anew also when it was asked before."""
        self.query, self.filters = query.strip(), filters
        self.reload()

    def sort(self, order: O) -> None:
        """Sort by a column; the same one again turns the order around."""
        self.descending = not self.descending if order is self.order else False
        self.order = order
        self.reload()

    def widen(self) -> None:
        """Take query and filters away."""
        self.ask("", self._no_filters)

    def reload(self) -> None:
        """Ask anew; an answer to an older question is dropped."""
        self._asked += 1
        number, query, filters = self._asked, self.query, self.filters
        order, descending = self.order, self.descending

        def find() -> A | None:
            return self._find(query, filters, order, descending=descending) if self._is_last(number) else None

        def count(found: A) -> C | None:
            return self._count(found, query, filters) if self._is_last(number) else None

        def show(found: A | None) -> None:
            if found is not None and self._is_last(number):
                self._show(found)
                self._runner.start(lambda: count(found), lambda counts: show_counts(found, counts))

        def show_counts(found: A, counts: C | None) -> None:
            if counts is not None and self._is_last(number):
                self._show_counts(found, counts)

        self._runner.start(find, show)

    def _is_last(self, number: int) -> bool:
        return number == self._asked

    def _find(self, query: str, filters: F, order: O, *, descending: bool) -> A:
        """The lines that answer a question, away from the screen."""
        raise NotImplementedError

    def _show(self, found: A) -> None:
        """Show the lines of the last question, and no count but theirs."""
        raise NotImplementedError

    def _count(self, found: A, query: str, filters: F) -> C:
        """What is counted beside these lines, away from the screen."""
        raise NotImplementedError

    def _show_counts(self, found: A, counts: C) -> None:
        """Show what was counted beside the lines that stand there."""
        raise NotImplementedError


def go_to_row(
    runner: Runner,
    read: Callable[[], Sequence[R | None]],
    place: Callable[[R], Place],
    go_to: Callable[[Place], None],
) -> None:
    """Go where the row that `read` finds says; nowhere when it is gone meanwhile."""

    def found(rows: Sequence[R | None]) -> None:
        if rows[0] is not None:
            go_to(place(rows[0]))

    runner.start(read, found)
