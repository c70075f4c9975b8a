"""Who works here, as it stands on papers and with everything that is recorded."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from app.services.officers import OfficerEntry
from ui.bridge.desk import Desk
from ui.presenters.officer_presenter import FIELDS, OfficerPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.text_field import TextField


class OfficerBlock(Block):
    """An OfficerScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Your details"),
            _("They stand on papers you make from now on. Papers made before stay as they are."),
            name="settings_officer",
            parent=parent,
        )
        self.presenter = OfficerPresenter(desk.session, desk.runner.bound_to(self), self)
        labels = {
            "name": _("Your name"),
            "position": _("Position"),
            "phone": _("Phone"),
            "email": _("E-mail"),
        }
        self._editors = {key: TextField(name=f"settings_officer_{key}") for key in FIELDS}
        for key, editor in self._editors.items():
            self.add_field(key, Field(labels[key], editor, required=key == "name"))
            editor.draft_typed.connect(self._judge)
            editor.returnPressed.connect(self._save)
        self.save = Button(_("Save"), "primary", name="settings_officer_save")
        self.save.clicked.connect(self._save)
        self.add_buttons(self.save)
        self._dirty = False
        if desk.read_only:
            self.turn_off(self.save)

    @override
    def open(self) -> None:
        """Show what stands there, unless something else is being typed."""
        if not self._dirty:
            self.presenter.reload()

    def show_entry(self, entry: OfficerEntry) -> None:
        """Fill the fields."""
        self._dirty = False
        for key, editor in self._editors.items():
            editor.set_value(getattr(entry, key))
        self.show_errors({})

    def _judge(self, _text: object) -> None:
        self._dirty = True
        self.show_result("")
        for key, editor in self._editors.items():
            sentence = self.presenter.problem(key, editor.text())
            if sentence:
                self.fields[key].show_error(sentence)
            else:
                self.fields[key].clear_error()

    def _save(self) -> None:
        if self.save.isEnabled():
            self.presenter.save(OfficerEntry(**{key: editor.text() for key, editor in self._editors.items()}))
