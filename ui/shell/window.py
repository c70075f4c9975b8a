"""The main window. It only wires: rail, menu and keys ask for places and commands, the page host shows them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStyle, QWidget
from typing_extensions import override

from ui.bridge.place import Notice, Place
from ui.presenters.quick_note_presenter import QuickNotePresenter, place_from
from ui.shell.history import History
from ui.shell.page_spec import PageSpec
from ui.shell.window_layout import WindowLayout
from ui.views.page import Page

_PAGE_COMMANDS = ("new", "edit", "filter", "print")


class Window(QMainWindow):
    """It asks for what it cannot do: locking, undo, search, size, help. `closed` comes after the last `leave`."""

    lock_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    find_requested = Signal()
    help_requested = Signal()
    size_step_requested = Signal(object)
    place_shown = Signal(object)
    closed = Signal()

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = WindowLayout(self, pages)
        self._history = History()
        self._gate: QWidget | None = None
        self._alt_alone = False
        self._before_cover: QWidget | None = None
        self._connect()
        self._parts.menu.set_unlocked(False)

    def _connect(self) -> None:
        parts = self._parts
        parts.rail.place_requested.connect(self.go)
        parts.rail.lock_requested.connect(self.lock_requested)
        parts.menu.place_requested.connect(self.go)
        parts.menu.chosen.connect(self._do)
        parts.host.go_requested.connect(self.go)
        parts.host.back_requested.connect(self.back)
        parts.host.said.connect(self.say)
        parts.host.whole_window_wanted.connect(parts.rail.setHidden)
        parts.notice.undo_requested.connect(self.undo_requested)
        parts.cover.resume_requested.connect(self.uncover)

    @property
    def parts(self) -> WindowLayout:
        """Rail (counts, lists, person), menu (words for undo) and the rest, for who composes the program."""
        return self._parts

    def show_fitting(self) -> None:
        """Come up at the design size, or over the whole screen where that is no larger: nothing falls off it."""
        room = self.screen().availableSize()
        title_bar = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        if room.width() > self.width() and room.height() >= self.height() + title_bar:
            self.show()
        else:
            self.showMaximized()

    def show_gate(self, gate: QWidget) -> None:
        """Show unlocking, first start or the lock over everything, and let go of all pages."""
        self._parts.host.drop_pages()
        self._parts.menu.set_unlocked(False)
        self._parts.notice.hide()
        self._before_cover = None
        self._drop_gate()
        self._gate = gate
        self._parts.layers.addWidget(gate)
        self._parts.layers.setCurrentWidget(gate)
        gate.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self, place: Place) -> None:
        """Show the pages, beginning at the place where the officer was, or at the first."""
        self._drop_gate()
        self._parts.menu.set_unlocked(True)
        self._parts.layers.setCurrentWidget(self._parts.work)
        self.go(self._history.current() or place)

    def forget_places(self) -> None:
        """Begin with an empty way back: another store was opened."""
        self._history = History()

    def cover(self) -> None:
        """Hide all content behind the pause, at once."""
        if self._parts.layers.currentWidget() is self._parts.work:
            self._parts.host.leave()
            self._before_cover = self.focusWidget()
            self._parts.layers.setCurrentWidget(self._parts.cover)
            self._parts.menu.set_unlocked(False)
            self._parts.menu.actions["lock"].setEnabled(True)
            self._parts.cover.take_focus()

    def uncover(self) -> None:
        """Go on where the officer was, with the focus where it was."""
        self._parts.layers.setCurrentWidget(self._parts.work)
        self._parts.menu.set_unlocked(True)
        if self._before_cover is not None:
            self._before_cover.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before_cover = None

    def go(self, place: object) -> None:
        """Show a Place and remember it for the way back."""
        if isinstance(place, Place):
            self._alt_alone = False
            self._history.visit(place)
            self._show(place)

    def back(self) -> None:
        """Show the place before this one, if there is one."""
        self._show(self._history.back())

    def forward(self) -> None:
        """Show the place that was gone back from."""
        self._show(self._history.forward())

    def say(self, notice: object) -> None:
        """Show a Notice at the foot of the page."""
        if isinstance(notice, Notice):
            self._parts.notice.say(notice.sentence, undoable=notice.undoable)

    def current_page(self) -> Page | None:
        """The page that shows."""
        return self._parts.host.current_page()

    def _show(self, place: Place | None) -> None:
        if place is None:
            return
        self._parts.host.open_place(place)
        self.mark_place()
        self.place_shown.emit(place)

    def mark_place(self) -> None:
        """Mark in the rail where the officer is; again after its lines changed."""
        place = self._history.current()
        if place is not None:
            spec = self._parts.host.spec(place.page)
            self._parts.rail.show_current(spec.belongs_to or spec.key, place)

    def _do(self, code: object) -> None:
        self._alt_alone = False  # Alt was part of a key: letting go of it must not show the menu
        wishes = {
            "find": self.find_requested, "lock": self.lock_requested, "undo": self.undo_requested,
            "redo": self.redo_requested, "help": self.help_requested,
        }  # fmt: skip
        acts = {
            "pause": self.cover, "back": self.back, "forward": self.forward,
            "next_region": self.next_region, "quit": self.close,
        }  # fmt: skip
        page = self.current_page()
        if code in _PAGE_COMMANDS:
            if page is not None:
                page.act(str(code))
        elif code in wishes:
            wishes[code].emit()
        elif code in acts:
            acts[code]()
        elif code in ("larger", "smaller"):
            self.size_step_requested.emit(1 if code == "larger" else -1)
        elif code in ("settings", "my_day"):
            self.go(Place(page=str(code)))
        elif code == "note":
            self._begin_note()

    def _begin_note(self) -> None:
        """A quick note about what shows now; pressed again while one is being written it changes nothing."""
        here = self._history.current() or Place(page="today")
        if here.page != QuickNotePresenter.form:
            self.go(place_from(here, here.subject))

    def next_region(self) -> None:
        """Put the focus in the next of: rail, then the regions of the page."""
        page, rail = self.current_page(), self._parts.rail
        regions = [rail.first_item(), *(page.regions() if page is not None else ())]
        focused = self.focusWidget()
        holders: list[QWidget] = [rail, *regions[1:]]
        now = next((at for at, part in enumerate(holders) if _holds(part, focused)), 0)
        regions[(now + 1) % len(regions)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _drop_gate(self) -> None:
        if self._gate is not None:
            self._parts.layers.removeWidget(self._gate)
            self._gate.hide()
            self._gate.deleteLater()
            self._gate = None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.rail.fit(event.size().width(), event.size().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_parts"):
            self._parts.rail.fit(self.width(), self.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and self._alt_alone and not event.isAutoRepeat():
            self._alt_alone = False
            self._parts.menu.show_bar()
        super().keyReleaseEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._parts.host.drop_pages()
        self.hide()  # work under way may take a moment to end
        self.closed.emit()
        super().closeEvent(event)


def _holds(part: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (part is focused or part.isAncestorOf(focused))
