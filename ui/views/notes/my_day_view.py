"""*Wat ik deed*: one day as text, ready for the official system; earlier days with the arrows."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.my_day_presenter import MyDayPresenter
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.note_edit import NoteEdit


class MyDayPage(Page):
    """A MyDayScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("What I did"), name="my_day_page", parent=parent)
        self._desk = desk
        self.presenter = MyDayPresenter(desk.session, desk.runner.bound_to(self), self)
        self.earlier = Button(_("Day before"), "plain", name="my_day_earlier", icon_role="sign.back")
        self.later = Button(_("Day after"), "plain", name="my_day_later")
        self.copy = Button(_("Copy the text"), "primary", name="my_day_copy", icon_role="sign.copy")
        for button in (self.earlier, self.later, self.copy):
            self.add_action(button)
        self.text = NoteEdit(name="my_day_text", rows=12)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("What I did"))
        self.empty = EmptyState(
            _("Nothing written down on this day"),
            _("Notes, talks, steps of requests and everything else you write down is gathered here by day."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.empty)
        self.set_content(self._stack)
        self.set_foot("", _("What was undone is left out  ·  delicate facts stand without content"))
        self.earlier.clicked.connect(self._to_earlier)
        self.later.clicked.connect(self._to_later)
        self.copy.clicked.connect(self._copy)
        desk.feed.changed.connect(self._follow)

    # -- MyDayScreen -----------------------------------------------------------------------------------------------

    def show_day(self, words: str, text: str, *, is_today: bool) -> None:
        """Show a day and its text."""
        self.set_quiet((words,))
        self.text.set_value(text)
        self._stack.setCurrentWidget(self.text if text else self.empty)
        self.copy.setEnabled(bool(text))
        self.later.setEnabled(not is_today)

    def put_on_clipboard(self, text: str) -> None:
        """Make the text ready to be pasted."""
        QGuiApplication.clipboard().setText(text)

    def say(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done."""
        self.said.emit(Notice(sentence=sentence, undoable=undoable))

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.open()

    @override
    def take_focus(self) -> None:
        (self.text if self.copy.isEnabled() else self.earlier).setFocus()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.text, self.copy) if self.copy.isEnabled() else (self.earlier,)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _to_earlier(self) -> None:
        self.presenter.step(-1)

    def _to_later(self) -> None:
        self.presenter.step(1)

    def _copy(self) -> None:
        self.presenter.copy(read_only=self._desk.read_only)

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.open(self.presenter.day)
