"""What every page works with: the unlocked session, the threads, and the word that something changed."""

from dataclasses import replace

from app.services import officers
from app.services.gate import Unlocked
from app.services.session import Session
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.preferences import Preferences
from ui.bridge.task import TaskRunner


class Desk:
    """One for the whole program; pages are built with it and dropped on locking, when it holds no session.

    `feed.changed` carries `app.storage.store.Change` records. A second program on the same store is `read_only`: it
    shows and previews, and writes nothing. `preferences` is None in pictures and tests that need none.
    """

    def __init__(
        self,
        *,
        runner: TaskRunner,
        feed: ChangeFeed,
        session: Session | None = None,
        read_only: bool = False,
        preferences: Preferences | None = None,
        unlocked: Unlocked | None = None,
    ) -> None:
        self.runner, self.feed, self.read_only = runner, feed, read_only
        self.preferences, self.unlocked = preferences, unlocked
        self._session = session

    @property
    def session(self) -> Session:
        """The open store; RuntimeError behind the lock, where no page exists."""
        if self._session is None:
            raise RuntimeError("no store is open")
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether a store is open."""
        return self._session is not None

    def open(self, unlocked: Unlocked) -> None:
        """A store was unlocked."""
        self.unlocked, self._session, self.read_only = unlocked, unlocked.session, unlocked.read_only
        unlocked.session.store.listen(self.feed.publish)

    def reread_officer(self) -> None:
        """Work on under the name that the officer now has; pages made before still hold the old one."""
        self._session = replace(self.session, officer_name=officers.entry(self.session).name)

    def close(self) -> None:
        """The store is locked."""
        self.unlocked = self._session = None
