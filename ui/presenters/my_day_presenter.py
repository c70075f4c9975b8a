"""*Wat ik deed*: the deeds of a day as text that is ready to copy."""

from datetime import date, timedelta
from typing import Protocol

from app.i18n import _, formats, ngettext
from app.services import my_day
from app.services.my_day import DoneFamily
from app.services.session import Session
from ui.presenters.gate import Runner


class MyDayScreen(Protocol):
    """What the presenter asks of the page."""

    def show_day(self, words: str, text: str, *, is_today: bool) -> None:
        """Show a day and its text, "" when nothing was done."""

    def put_on_clipboard(self, text: str) -> None:
        """Make the text ready to be pasted."""

    def say(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done."""


class MyDayPresenter:
    """One day at a time; today first."""

    def __init__(self, session: Session, runner: Runner, screen: MyDayScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.day = session.today
        self._found: tuple[DoneFamily, ...] = ()

    def open(self, day: date | None = None) -> None:
        """Show a day; None for today."""
        self.day = day or self._session.today
        wanted = self.day
        self._runner.start(
            lambda: my_day.read(self._session, wanted), lambda found: self._show(wanted, found)
        )

    def step(self, days: int) -> None:
        """Go to another day; never past today."""
        self.open(min(self.day + timedelta(days=days), self._session.today))

    def copy(self, *, read_only: bool = False) -> None:
        """Put the text on the clipboard, and write down that its quick notes were copied."""
        self._screen.put_on_clipboard(my_day.as_text(self._found, self.day))
        found = self._found
        if read_only:
            self._copied(0)
        else:
            self._runner.start(lambda: my_day.mark_copied(self._session, found), self._copied)

    def _show(self, day: date, found: tuple[DoneFamily, ...]) -> None:
        if day != self.day:
            return
        self._found = found
        text = my_day.as_text(found, day) if found else ""
        self._screen.show_day(formats.day_in_full(day), text, is_today=day == self._session.today)

    def _copied(self, notes: int) -> None:
        said = _("The text can be pasted.")
        if notes:
            marked = ngettext(
                "%(count)d note is marked as copied into the official system.",
                "%(count)d notes are marked as copied into the official system.",
                notes,
                count=notes,
            )
            said = f"{said} {marked}"
        self._screen.say(said, undoable=bool(notes))
