"""Looking whether the store is whole."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui.bridge.desk import Desk
from ui.presenters.check_presenter import CheckPresenter
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.side_list import SideEntry, SideList


class CheckBlock(Block):
    """A CheckScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Check the store"),
            _("Looks at every page, every change and every record. Nothing is changed."),
            name="settings_check",
            parent=parent,
        )
        assert desk.unlocked is not None
        self.presenter = CheckPresenter(desk.unlocked, desk.runner.bound_to(self), self)
        self.look = Button(_("Check the store"), name="settings_check_store", icon_role="sign.privacy")
        self.look.clicked.connect(self.presenter.look)
        self.add_buttons(self.look)
        self.findings = SideList(name="settings_findings")
        self.add(self.findings)

    def show_findings(self, findings: Sequence[tuple[bool, str]]) -> None:
        """One line per thing that was looked at; what is wrong stands first."""
        self.findings.set_entries(
            [
                SideEntry(
                    main=sentence,
                    icon="state.good" if good else "state.late",
                    role="good" if good else "late",
                    strong=not good,
                )
                for good, sentence in sorted(findings, key=lambda finding: finding[0])
            ]
        )
