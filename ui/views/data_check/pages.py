"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.data_check_presenter import DATA_CHECK
from ui.views.data_check.data_check_view import DataCheckPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The data check, reached from what is to be cleared up and from a family."""

    def build(parent: QWidget) -> DataCheckPage:
        return DataCheckPage(desk, parent)

    return (
        PageSpec(
            key=DATA_CHECK,
            icon="nav.clashes",
            title=N_("Data check"),
            build=build,
            in_rail=False,
            belongs_to="clear_up",
        ),
    )
