"""Brings the services' word that something changed to the screens, in the thread of the screens."""

from PySide6.QtCore import QObject, Signal


class ChangeFeed(QObject):
    """Screens listen to `changed`, not to each other; each decides from the record whether it concerns them."""

    changed = Signal(object)

    def publish(self, change: object) -> None:
        """Pass on one frozen change record. May be called from the database thread: Qt queues it for the receiver."""
        self.changed.emit(change)
