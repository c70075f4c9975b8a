"""What the lists of families and of persons share: what is asked now, asking anew, and answers that come too late."""

from typing import Generic, TypeVar

from ui.presenters.gate import Runner

F = TypeVar("F")
O = TypeVar("O")  # noqa: E741 - what a list can be sorted by
A = TypeVar("A")


class ListPresenter(Generic[F, O, A]):
    """`query`, `filters`, `order` and `descending` are what is asked now; A is the answer to one question."""

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
        self._runner.start(
            lambda: self._find(query, filters, order, descending=descending),
            lambda found: self._take(number, found),
        )

    def _take(self, number: int, found: A) -> None:
        if number == self._asked:
            self._show(found)

    def _find(self, query: str, filters: F, order: O, *, descending: bool) -> A:
        """The answer to a question, away from the screen."""
        raise NotImplementedError

    def _show(self, found: A) -> None:
        """Show the answer to the last question."""
        raise NotImplementedError
