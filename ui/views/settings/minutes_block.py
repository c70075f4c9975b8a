"""After how many minutes without a key or the mouse the screen covers itself, and the store locks."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.config.settings import MOST_MINUTES
from app.i18n import _
from ui.bridge.desk import Desk
from ui.views.settings.block import Block
from ui.widgets.field import Field
from ui.widgets.text_field import TextField


class MinutesBlock(Block):
    """Checked at each letter, kept when a field is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("When nobody is there"),
            _("Without a key or the mouse. 0 means never. What is typed is kept."),
            name="settings_minutes",
            parent=parent,
        )
        self._preferences = desk.preferences
        self.cover = TextField(name="settings_cover_minutes")
        self.lock = TextField(name="settings_lock_minutes")
        self.add_field("cover", Field(_("Cover the screen after (minutes)"), self.cover))
        self.add_field("lock", Field(_("Lock the store after (minutes)"), self.lock))
        for field in (self.cover, self.lock):
            field.draft_typed.connect(self._judge)
            field.value_typed.connect(self._keep)

    @override
    def open(self) -> None:
        """Show what holds now."""
        if self._preferences is not None:
            self.cover.set_value(f"{self._preferences.settings.cover_minutes}")
            self.lock.set_value(f"{self._preferences.settings.lock_minutes}")
            self._judge()

    def _errors(self) -> dict[str, str]:
        texts = {"cover": self.cover.text().strip(), "lock": self.lock.text().strip()}
        wrong = _("Fill in a whole number of minutes, 0 to %(most)d.", most=MOST_MINUTES)
        errors = {key: wrong for key, text in texts.items() if not _is_minutes(text)}
        if not errors and 0 < int(texts["lock"]) < int(texts["cover"]):
            errors["lock"] = _("Lock not before covering: take %(least)s or more.", least=texts["cover"])
        return errors

    def _judge(self, _text: object = None) -> None:
        errors = self._errors()
        for key, field in self.fields.items():
            if key in errors:
                field.show_error(errors[key])
            else:
                field.clear_error()

    def _keep(self, _text: object) -> None:
        self._judge()
        if self._preferences is None or self._errors():
            return
        kept = self._preferences.change(
            cover_minutes=int(self.cover.text()), lock_minutes=int(self.lock.text())
        )
        if not kept:
            self.show_result(
                _(
                    "The settings cannot be written on this laptop. What you chose holds until you close the program."
                ),
                good=False,
            )


def _is_minutes(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= MOST_MINUTES
