"""Theme, size and language of the program on this laptop."""

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.config.settings import SIZE_PERCENTS
from app.i18n import _
from ui.bridge.desk import Desk
from ui.views.settings.block import Block
from ui.widgets.choice import Choice
from ui.widgets.field import Field


class LookBlock(Block):
    """Theme and size hold at once; the language from the next start."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Display"), "", name="settings_look", parent=parent)
        self._preferences = desk.preferences
        self.theme = Choice(
            (("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))),
            name="settings_theme",
        )
        self.size_choice = Choice([(f"{each}", f"{each} %") for each in SIZE_PERCENTS], name="settings_size")
        self.language = Choice((("nl", "Nederlands"), ("en", "English")), name="settings_language")
        self.add_field("theme", Field(_("Light or dark"), self.theme))
        self.add_field("size", Field(_("Size"), self.size_choice, hint=_("Also with Ctrl + and Ctrl −.")))
        self.add_field(
            "language", Field(_("Language"), self.language, hint=_("Holds from the next start on."))
        )
        for choice, chosen in (
            (self.theme, self._choose_theme),
            (self.size_choice, self._choose_size),
            (self.language, self._choose_language),
        ):
            choice.code_chosen.connect(chosen)
        if self._preferences is not None:
            self._preferences.changed.connect(self._repeat)

    @override
    def open(self) -> None:
        """Show what holds now."""
        self._repeat()

    def _repeat(self, _settings: object = None) -> None:
        if self._preferences is None:
            return
        settings = self._preferences.settings
        self.theme.set_code(settings.theme)
        self.size_choice.set_code(f"{settings.size_percent}")
        self.language.set_code(settings.language)

    def _choose_theme(self, code: object) -> None:
        self._change(theme=str(code))

    def _choose_size(self, code: object) -> None:
        self._change(size_percent=int(str(code)))

    def _choose_language(self, code: object) -> None:
        self._change(language=str(code))

    def _change(self, **values: Any) -> None:
        if self._preferences is not None and not self._preferences.change(**values):
            self.show_result(
                _(
                    "The settings cannot be written on this laptop. What you chose holds until you close the program."
                ),
                good=False,
            )
