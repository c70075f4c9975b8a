"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.services import extract, give, take, trust
from ui.bridge.desk import Desk
from ui.views.exchange.exchange_view import ExchangePage
from ui.views.exchange.extract_view import ExtractPage
from ui.views.exchange.inspect_view import InspectPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """Exchange by file, and looking into a file."""

    def exchange(parent: QWidget) -> ExchangePage:
        return ExchangePage(desk, give, take, trust, extract, parent=parent)

    def reading(parent: QWidget) -> ExtractPage:
        return ExtractPage(desk, extract, parent)

    def inspect(parent: QWidget) -> InspectPage:
        return InspectPage(desk, take, parent)

    return (
        PageSpec(key="exchange", icon="nav.exchange", title=N_("Exchange"), build=exchange),
        PageSpec(
            key="exchange_inspect",
            icon="nav.exchange",
            title=N_("Look into a file"),
            build=inspect,
            in_rail=False,
            belongs_to="exchange",
        ),
        PageSpec(
            key="exchange_extract",
            icon="nav.exchange",
            title=N_("To read only"),
            build=reading,
            in_rail=False,
            belongs_to="exchange",
        ),
    )
