"""The settings of this laptop as the screens see them: read once, written whole, and told to who must follow."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.config.settings import Settings, write_settings


class Preferences(QObject):
    """`changed` carries the new Settings. Writing may fail (OSError): what was chosen then holds until closing."""

    changed = Signal(object)

    def __init__(self, file: Path, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.settings = settings

    def change(self, **values: Any) -> bool:
        """Put other values in force; return whether they could be written down too."""
        self.settings = replace(self.settings, **values)
        self.changed.emit(self.settings)
        try:
            write_settings(self._file, self.settings)
        except OSError:
            return False
        return True
