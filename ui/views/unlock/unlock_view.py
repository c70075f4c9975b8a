"""The screen at each start: the eye goes to the passphrase field."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.gate import Runner, UnlockGate
from ui.views.unlock.unlock_form import UnlockForm
from ui.views.unlock.unlock_layout import UnlockLayout


class UnlockView(QWidget):
    """`opened` is called with the open store; `now` gives the local time to greet by; `said` stands above the field."""

    other_requested = Signal()

    def __init__(
        self,
        gate: UnlockGate,
        runner: Runner,
        opened: Callable[[object], None],
        now: Callable[[], datetime] = datetime.now,
        said: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("unlock_view")
        self.form = UnlockForm(gate, runner, opened)
        self._parts = UnlockLayout(self, self.form)
        self._parts.greeting.setText(self.form.presenter.greeting(now()))
        self._parts.show_saved(self.form.presenter.saved_line())
        if said:
            self._parts.purpose.setText(said)
        self._parts.other.clicked.connect(self.other_requested)
        self.setFocusProxy(self.form)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit(event.size().width(), event.size().height())
