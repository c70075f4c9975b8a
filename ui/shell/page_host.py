"""Makes pages when they are first gone to, keeps them, and drops them all when the store is locked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.bridge.place import Place
from ui.shell.page_spec import PageSpec
from ui.views.page import Page


class PageHost(QStackedWidget):
    """Passes on what its pages ask for."""

    go_requested = Signal(object)
    back_requested = Signal()
    said = Signal(object)
    whole_window_wanted = Signal(bool)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_host")
        self._specs = {spec.key: spec for spec in pages}
        self._pages: dict[str, Page] = {}

    def current_page(self) -> Page | None:
        """The page that shows, None before the first."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Page) else None

    def spec(self, key: str) -> PageSpec:
        """The declaration of a page; KeyError for an unknown one."""
        return self._specs[key]

    def open_place(self, place: Place) -> None:
        """Show a place; the page left behind hands over what was typed there."""
        self.leave()
        page = self._page(place.page)
        page.open_place(place)
        self.setCurrentWidget(page)
        page.take_focus()

    def leave(self) -> None:
        """Let the page that shows hand over what is typed."""
        page = self.current_page()
        if page is not None:
            page.leave()

    def drop_others(self) -> None:
        """Let go of the pages that do not show; they are made anew when gone to."""
        shown = self.current_page()
        for key, page in list(self._pages.items()):
            if page is not shown:
                self._drop(key, page)

    def drop_pages(self) -> None:
        """Let go of everything the pages hold, as the lock must."""
        self.leave()
        for key, page in list(self._pages.items()):
            self._drop(key, page)

    def _drop(self, key: str, page: Page) -> None:
        self.removeWidget(page)
        page.hide()
        page.deleteLater()
        del self._pages[key]

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            page = self._specs[key].build(self)
            page.go_requested.connect(self.go_requested)
            page.back_requested.connect(self.back_requested)
            page.said.connect(self.said)
            page.whole_window_wanted.connect(self.whole_window_wanted)
            self._pages[key] = page
            self.addWidget(page)
        return self._pages[key]
