"""*Uitwisselen*: taking in, giving, who has what; files can be dropped anywhere on the page."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.exchange_gate import ExtractGate, GiveGate, TakeGate, TrustGate
from ui.presenters.exchange_words import COLLEAGUES_PAGE
from ui.views.exchange.extracts_part import ExtractsPart
from ui.views.exchange.give_part import GivePart
from ui.views.exchange.holdings_part import HoldingsPart
from ui.views.exchange.part import ExchangePart
from ui.views.exchange.take_part import TakePart
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.tab_bar import TabBar

TAKE, GIVE, HOLDINGS, EXTRACTS = "take", "give", "holdings", "extracts"


class ExchangePage(Page):
    """`Place.part` names the tab; behind a slash and in `Place.subject` stands what the tab makes of it."""

    def __init__(
        self,
        desk: Desk,
        give: GiveGate,
        take: TakeGate,
        trust: TrustGate,
        extract: ExtractGate | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Exchange"), name="exchange_page", parent=parent)
        self._desk = desk
        tabs = [(TAKE, _("Take in")), (GIVE, _("Give")), (HOLDINGS, _("Who has what"))]
        self._build: dict[str, Callable[[], ExchangePart]] = {
            TAKE: lambda: TakePart(desk, take, give),
            GIVE: lambda: GivePart(desk, give, trust, extract),
            HOLDINGS: lambda: HoldingsPart(desk, give),
        }
        if extract is not None:
            tabs.append((EXTRACTS, _("To read only")))
            self._build[EXTRACTS] = lambda: ExtractsPart(desk, extract)
        self._tab_bar = TabBar(tabs, name="exchange_tabs")
        self._made: dict[str, ExchangePart] = {}
        self._stack = QStackedWidget()
        self._colleagues = Button(_("Colleagues"), name="exchange_colleagues", icon_role="sign.colleagues")
        self.add_action(self._colleagues)
        self._drop = Banner(
            "info", _("Let go here to see what is in the file."), _("Nothing is taken in yet.")
        )
        self._drop.hide()
        self.set_quiet(
            (_("By file, on a stick or in the mail. Nothing is lost, and nobody else can read it."),)
        )
        self.set_tabs(self._tab_bar)
        self.set_banner(self._drop)
        self.set_content(self._stack)
        self.setAcceptDrops(True)
        self._tab_bar.tab_chosen.connect(self._choose)
        self._colleagues.clicked.connect(self._to_colleagues)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        key = place.part.partition("/")[0]
        self._show_tab(key if key in self._build else self._tab_bar.current(), place)

    @override
    def regions(self) -> Sequence[QWidget]:
        regions = self._current().regions()
        return (*regions, self._tab_bar.focus_tab()) if regions else (self._tab_bar.focus_tab(),)

    @override
    def take_focus(self) -> None:
        super().take_focus()
        self._current().wants_focus = True

    @override
    def act(self, command: str) -> bool:
        return self._current().act(command)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back inside a tab."""
        part = self._current()
        goes_back = event.key() == Qt.Key.Key_Escape and isinstance(part, (GivePart, TakePart))
        if not (goes_back and isinstance(part, (GivePart, TakePart)) and part.go_back()):
            super().keyPressEvent(event)

    # -- tabs ------------------------------------------------------------------------------------------------------

    def part(self, key: str) -> ExchangePart:
        """What lies under a tab; made when first asked for."""
        if key not in self._made:
            part = self._build[key]()
            part.go_requested.connect(self.go_requested)
            part.said.connect(self.said)
            part.buttons_changed.connect(self._fit_actions)
            for button in part.buttons():
                self.add_action(button)
            part.fit(self.width())
            self._made[key] = part
            self._stack.addWidget(part)
        return self._made[key]

    def _current(self) -> ExchangePart:
        return self.part(self._tab_bar.current())

    def _show_tab(self, key: str, place: Place) -> None:
        part = self.part(key)
        self._tab_bar.set_current(key)
        self._stack.setCurrentWidget(part)
        part.open_place(place)
        self._fit_actions()

    def _to_colleagues(self) -> None:
        self.go_requested.emit(Place(page=COLLEAGUES_PAGE))

    def _choose(self, key: object) -> None:
        self._show_tab(str(key), Place(page="exchange", part=str(key)))

    def _fit_actions(self) -> None:
        current = self._made.get(self._tab_bar.current())
        now = set(current.buttons_now()) if current is not None else set()
        for part in self._made.values():
            for button in part.buttons():
                button.setVisible(button in now)
        self._colleagues.setVisible(current is None or current.is_at_rest())
        if current is not None:
            self.set_foot(*current.foot())

    # -- dropping files ----------------------------------------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._drop.show()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self._show_tab(TAKE, Place(page="exchange", part=TAKE))
            part = self.part(TAKE)
            assert isinstance(part, TakePart)
            part.offer(files)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in self._made.values():
            part.fit(event.size().width())


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this laptop that are dragged; folders and addresses are none."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.is_file()]
