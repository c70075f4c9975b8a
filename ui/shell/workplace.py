"""An open store in the window: its pages, the counts in the rail, undo and redo, and the search over everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownProblem
from app.domain.verbs import OFFICER_CHANGED, VERBS
from app.i18n import _, ngettext, problem_text
from app.services import recent, steps
from app.services.counts import Counts, count
from app.services.gate import Unlocked
from app.services.recent import RecentFamily
from app.services.session import Session
from app.services.steps import Stepped
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.bridge.task import TaskRunner
from ui.shell.find_panel import FindPanel
from ui.shell.rail import RailLine
from ui.shell.window import Window

_COUNTED = ("today", "clear_up", "talks", "departures")


@dataclass(frozen=True, slots=True)
class _Read:
    """What one refresh found."""

    counts: Counts
    families: tuple[RecentFamily, ...]


class Workplace(QObject):
    """Lives from unlocking to locking. Listens to the store and keeps rail and menu true."""

    def __init__(self, window: Window, runner: TaskRunner, unlocked: Unlocked, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._runner, self._unlocked, self._desk = window, runner, unlocked, desk
        self._find = FindPanel(desk, window)
        desk.feed.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._wires: tuple[tuple[SignalInstance, Callable[..., None]], ...] = (
            (window.undo_requested, self.undo),
            (window.redo_requested, self.redo),
            (window.find_requested, self._find.open),
            (window.help_requested, self.help),
            (window.place_shown, self._note_place),
        )
        for signal, slot in self._wires:
            signal.connect(slot)
        window.setWindowTitle(f"{desk.session.location} – Regiemap")
        self._say_who()

    @property
    def unlocked(self) -> Unlocked:
        """The open store."""
        return self._unlocked

    def refresh(self) -> None:
        """Read counts, steps to undo and families opened last."""
        session = self._desk.session
        self._runner.start(self, lambda: _read(session), self._show)

    def undo(self) -> None:
        """Undo the latest step; what others had changed meanwhile is left and said."""
        if not self._desk.read_only:
            session = self._desk.session
            self._runner.start(self, lambda: steps.undo(session), self._undone, self._refused)

    def redo(self) -> None:
        """Do again what was undone last."""
        if not self._desk.read_only:
            session = self._desk.session
            self._runner.start(self, lambda: steps.redo(session), self._redone, self._refused)

    def help(self) -> None:
        """Say what is known about the field that has the focus."""
        focused: QWidget | None = self._window.focusWidget()
        words = focused.accessibleDescription() or focused.toolTip() if focused is not None else ""
        about = focused.accessibleName() if focused is not None else ""
        if about and words:
            sentence = f"{about}: {words}"
        else:
            sentence = about or _("F1 tells about the field in which the cursor stands.")
        self._window.say(Notice(sentence=sentence, undoable=False))

    def leave(self) -> None:
        """Stop listening and wipe the names from rail, menu and notice: the store is about to be locked."""
        self._desk.feed.changed.disconnect(self._changed)
        for signal, slot in self._wires:
            signal.disconnect(slot)
        self._wires = ()
        self._find.drop()
        parts = self._window.parts
        parts.rail.set_recent(())
        parts.rail.set_person("", "")
        for page in _COUNTED:
            parts.rail.set_count(page, 0)
        parts.menu.set_undo_words("", "")
        parts.notice.forget()
        parts.end_warning()
        self._window.setWindowTitle("Regiemap")
        self.deleteLater()

    def _say_who(self) -> None:
        session = self._desk.session
        self._window.parts.rail.set_person(session.officer_name, session.location)

    def _show(self, found: _Read) -> None:
        counts, parts = found.counts, self._window.parts
        shown = {
            "today": (counts.late, "late"),
            "clear_up": (counts.to_clear_up, "clash"),
            "talks": (counts.unfinished_talks, "quiet"),
            "departures": (counts.departures, "quiet"),
        }
        for page, (number, role) in shown.items():
            parts.rail.set_count(page, number, role)
        self._show_recent(found.families)
        can_write = not self._desk.read_only
        parts.menu.set_undo_words(
            _verb(counts.undo) if can_write else "", _verb(counts.redo) if can_write else ""
        )

    def _show_recent(self, families: Sequence[RecentFamily]) -> None:
        """Opening a family changes nothing that is counted: only the last ones are shown anew."""
        self._window.parts.rail.set_recent(
            [
                RailLine(words=each.title, place=Place(page="family", subject=each.dossier))
                for each in families
            ]
        )
        self._window.mark_place()

    def _undone(self, stepped: Stepped | None) -> None:
        if stepped is not None:
            self._say(_("Undone: %(step)s.", step=_verb(stepped.verb)), stepped.left)

    def _redone(self, stepped: Stepped | None) -> None:
        if stepped is not None:
            self._say(_("Done again: %(step)s.", step=_verb(stepped.verb)), stepped.left)

    def _say(self, sentence: str, left: int) -> None:
        if left:
            rest = ngettext(
                "%(count)d value had been changed since, and was left as it is.",
                "%(count)d values had been changed since, and were left as they are.",
                left,
            )
            sentence = f"{sentence} {rest % {'count': left}}"
        self._window.say(Notice(sentence=sentence, undoable=False))

    def _refused(self, problem: KnownProblem) -> None:
        self._window.say(Notice(sentence=problem_text(problem), undoable=False))

    def _changed(self, change: object) -> None:
        if not self._desk.is_open:
            return  # told just before the lock
        # A step is told before its own notice is shown, so what shows now is about an earlier one.
        self._window.parts.notice.overtake()
        if getattr(change, "verb", "") == OFFICER_CHANGED.code:
            self._desk.reread_officer()
            self._window.parts.host.drop_others()
            self._say_who()
        self.refresh()

    def _note_place(self, place: object) -> None:
        if isinstance(place, Place) and place.page == "family" and place.subject and not self._desk.read_only:
            session, dossier = self._desk.session, place.subject
            self._runner.start(self, lambda: _opened(session, dossier), self._show_recent, self._refused)


def _read(session: Session) -> _Read:
    return _Read(count(session), tuple(recent.families(session)))


def _opened(session: Session, dossier: str) -> tuple[RecentFamily, ...]:
    recent.opened(session, dossier)
    return tuple(recent.families(session))


def _verb(code: str) -> str:
    return _(VERBS[code].title) if code in VERBS else ""
