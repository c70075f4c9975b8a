"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.quick_note_presenter import QuickNotePresenter
from ui.views.ask.ask_view import AskPage
from ui.views.notes.my_day_view import MyDayPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The form of a quick note, and the day."""

    def note(parent: QWidget) -> AskPage:
        return AskPage(desk, QuickNotePresenter, parent)

    def day(parent: QWidget) -> MyDayPage:
        return MyDayPage(desk, parent)

    made = ((QuickNotePresenter.form, N_("Quick note"), note), ("my_day", N_("What I did"), day))
    return tuple(
        PageSpec(key=key, icon="nav.today", title=title, build=build, in_rail=False, belongs_to="today")
        for key, title, build in made
    )
