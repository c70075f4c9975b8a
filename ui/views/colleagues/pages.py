"""The page of this area, for the window. It has no line in the rail: the page of exchanging leads to it."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.colleagues.colleagues_view import ColleaguesPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The colleagues."""

    def build(parent: QWidget) -> ColleaguesPage:
        return ColleaguesPage(desk, parent)

    return (
        PageSpec(
            key="colleagues",
            icon="sign.colleagues",
            title=N_("Colleagues"),
            build=build,
            in_rail=False,
            belongs_to="exchange",
        ),
    )
