"""Composes the program with a window: look, crash handler, threads, gate, and the work behind it."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import App
from app.config.paths import RESOURCES
from app.config.settings import Settings
from app.i18n import _, problem_text
from app.services.door import Door
from app.services.gate import Unlocked
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.crash import CrashHandler
from ui.bridge.desk import Desk
from ui.bridge.idle import IdleWatch
from ui.bridge.look import Look, Mode
from ui.bridge.place import Place
from ui.bridge.preferences import Preferences
from ui.bridge.task import TaskRunner
from ui.shell.cover_view import CoverView
from ui.shell.crash_notice import CrashNotice
from ui.shell.entrance import Entrance
from ui.shell.page_list import page_specs
from ui.shell.store_gate import StoreGate
from ui.shell.window import Window
from ui.shell.workplace import Workplace
from ui.views.unlock.unlock_form import UnlockForm

FIRST_PAGE = Place(page="today")


class Program(QObject):
    """The window with a store before, behind and after the lock.

    `expected`: there was a store in this folder, so that its absence is told. `passphrase`: that of a made-up
    location, which opens by itself and is shown; its folder is not remembered.
    """

    def __init__(
        self, app: App, qt: QApplication, door: Door, *, expected: bool = False, passphrase: str = ""
    ) -> None:
        super().__init__(qt)
        self._qt, self._app, self._passphrase = qt, app, passphrase
        settings = app.settings.settings
        self.look = Look(qt, RESOURCES, Mode(settings.theme), settings.size_percent / 100)
        self.crash = CrashHandler(app.paths.crash_reports, self)
        self.runner = TaskRunner(self)
        self.preferences = Preferences(app.paths.settings_file, settings, self)
        self.desk = Desk(runner=self.runner, feed=ChangeFeed(self), preferences=self.preferences)
        self.window = Window(page_specs(self.desk))
        self.idle = IdleWatch(settings.cover_minutes, settings.lock_minutes, parent=self)
        self._entrance = Entrance(self.window, self.runner, self.opened, door, expected=expected)
        self._work: Workplace | None = None
        self._stopped = False
        self._notice = CrashNotice(self.window)
        self._connect()

    def _connect(self) -> None:
        self.crash.recorded.connect(self._notice.show_report)
        self.runner.bug_met.connect(self._bug)
        self.window.lock_requested.connect(self.lock)
        self.window.closed.connect(self.stop)
        self.window.size_step_requested.connect(self._step_size)
        self.idle.cover_requested.connect(self.cover)
        self.idle.lock_requested.connect(self.lock)
        self.preferences.changed.connect(self._follow)

    @property
    def gate(self) -> StoreGate:
        """The door of the store at hand, in the shapes of the screens."""
        return self._entrance.gate

    def begin(self) -> None:
        """Show what comes first: making a store, or unlocking it. A made-up location opens by itself."""
        if self._passphrase:
            self.opened(self.gate.unlock(self._passphrase))
        else:
            self._entrance.show_first()
        self.window.show_fitting()

    def opened(self, unlocked: object) -> None:
        """A store is open: show the pages, and say what should be known about how it opened."""
        assert isinstance(unlocked, Unlocked)
        self.gate.taken()
        self.desk.open(unlocked)
        self._work = Workplace(self.window, self.runner, unlocked, self.desk)
        self.idle.start(self._qt)
        self.window.show_work(FIRST_PAGE)
        self._work.refresh()  # behind what the page reads: the officer works with that
        self._say_how_it_opened(unlocked)
        if not self._passphrase:
            self.preferences.change(last_store=str(unlocked.path))

    def cover(self) -> None:
        """Hide everything behind the pause; a question that stands open is answered with its way back."""
        _close_dialogs()
        self.window.cover()

    def lock(self) -> None:
        """Hand over what is being typed, show the lock, close the store."""
        if self._work is None:
            return
        if _close_dialogs():
            # The dialog's own loop must end before the page under it may go.
            self.window.cover()
            QTimer.singleShot(0, self.lock)
            return
        form = UnlockForm(self.gate, self.runner.bound_to(self.window), self.opened)
        self.window.show_gate(CoverView(form))
        self.window.repaint()  # nothing of a dossier stays in sight while work under way ends
        refused = self._close_store()
        if refused:
            form.show_error(refused)

    def stop(self) -> None:
        """The window was closed: let work under way end, close the store, stop the threads."""
        if self._stopped:
            return
        self._stopped = True
        self._close_store()
        self.runner.stop()
        self.gate.close_untaken()
        self.crash.remove()

    def _close_store(self) -> str:
        """Close the store, and return what could not be kept as a sentence, "" when all was."""
        if self._work is None:
            return ""
        work, self._work = self._work, None
        self.idle.stop(self._qt)
        refused = self.runner.finish()
        work.leave()
        unlocked = work.unlocked
        self.desk.close()
        unlocked.lock()
        return problem_text(refused[0]) if refused else ""

    def _say_how_it_opened(self, unlocked: Unlocked) -> None:
        """The one banner over all pages: what keeps anything from being written comes before what is only wise."""
        said = [_(notice.message) for notice in unlocked.notices]
        warning = self._entrance.warning()
        if warning and not unlocked.read_only and not self._passphrase:
            said.append(_(warning))
        if self._app.settings.damaged:
            said.append(
                _("The settings of this laptop could not all be read. What could not be read is as at first.")
            )
        if self._passphrase:
            said.append(_("This is a made-up location. Its passphrase is: %(words)s", words=self._passphrase))
        if said:
            state = "watch" if unlocked.read_only or unlocked.notices else "info"
            self.window.parts.warn(state, " ".join(said), lasting=unlocked.read_only)

    def _bug(self, error: object) -> None:
        if isinstance(error, BaseException):
            self.crash.record(error)
        if self._work is None and not self._stopped:
            self._entrance.show_again()

    def _step_size(self, steps: object) -> None:
        factor = self.look.step_factor(1 if steps == 1 else -1)
        self.preferences.change(size_percent=round(factor * 100))

    def _follow(self, settings: object) -> None:
        """Put other settings in force; another language is spoken from the next start."""
        if not isinstance(settings, Settings):
            return
        if Mode(settings.theme) is not self.look.mode:
            self.look.set_mode(Mode(settings.theme))
        self.look.set_factor(settings.size_percent / 100)
        self.idle.set_minutes(settings.cover_minutes, settings.lock_minutes)


def _close_dialogs() -> bool:
    """Close every popup and modal dialog; whether there was a dialog."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    dialog = QApplication.activeModalWidget()
    return dialog is not None and dialog.close()
