"""The page of one family: who it is above, one banner at most, and the tabs of the areas below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.family_presenter import BannerView, FamilyHead, FamilyPresenter
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.tab_bar import TabBar

_OVERVIEW, _TALKS = "overview", "talks"


class FamilyPage(Page):
    """`Place.part` names the tab, and behind a slash what to show in it. A FamilyScreen."""

    def __init__(self, desk: Desk, tabs: Sequence[FamilyTab], parent: QWidget | None = None) -> None:
        super().__init__("", name="family_page", parent=parent)
        self._desk = desk
        self.presenter = FamilyPresenter(desk.session, desk.runner.bound_to(self), self)
        self._specs = {tab.key: tab for tab in tabs}
        self._parts: dict[str, FamilyPart] = {}
        self._tab_bar = TabBar([(tab.key, _(tab.title)) for tab in tabs], name="family_tabs")
        self._edit = Button(_("Change family"), "plain", name="family_edit", icon_role="sign.edit")
        self._give = Button(_("Give …"), "plain", name="family_give", icon_role="sign.package_out")
        self._talk = Button(_("Begin a talk"), "primary", name="family_talk", icon_role="nav.talks")
        self._chip = Chip(_("Closed"), "info", "sign.lock")
        self._warning_action = Button("", "plain", name="family_banner_action")
        self._warning = Banner("info", "", action=self._warning_action)
        self._warning_leads_to: Place | None = None
        self._to_list = Button(_("To the list of dossiers"), name="family_to_list")
        self._gone = EmptyState(_("This family is not here"), "", self._to_list)
        self._stack = QStackedWidget()
        self._fill()

    def _fill(self) -> None:
        self.set_chip(self._chip)
        self._chip.hide()
        self.add_action(self._give)
        self.add_action(self._edit)
        if _TALKS in self._specs:
            self.add_action(self._talk)
        self.set_tabs(self._tab_bar)
        self.set_banner(self._warning)
        self._warning.hide()
        self._stack.addWidget(self._gone)
        self.set_content(self._stack)
        for button in (self._give, self._edit, self._talk):
            button.setEnabled(not self._desk.read_only)
        self._tab_bar.tab_chosen.connect(self._choose)
        self._give.clicked.connect(self._give_to_colleague)
        self._edit.clicked.connect(self._change)
        self._talk.clicked.connect(self._begin_talk)
        self._warning_action.clicked.connect(self._follow_banner)
        self._to_list.clicked.connect(self._go_to_list)
        self._desk.feed.changed.connect(self._follow)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        if place.subject != self.presenter.dossier:
            self._warning.hide()
            self.set_title("")
            self.set_quiet(())
        self.presenter.open(place.subject)
        key, _slash, rest = place.part.partition("/")
        self._tab_bar.show()
        self._show_tab(key if key in self._specs else _OVERVIEW, rest)

    @override
    def take_focus(self) -> None:
        self._current().take_focus()

    @override
    def regions(self) -> Sequence[QWidget]:
        if self._stack.currentWidget() is self._gone:
            return (self._to_list,)
        return (*self._current().regions(), self._tab_bar)

    @override
    def act(self, command: str) -> bool:
        if self._current().act(command):
            return True
        if command == "edit":
            self._change()
        elif command == "new" and not self._desk.read_only:
            self.go_requested.emit(Place(page="family_form"))
        else:
            return False
        return True

    @override
    def leave(self) -> None:
        for part in self._parts.values():
            part.leave()

    # -- FamilyScreen ----------------------------------------------------------------------------------------------

    def show_head(self, head: FamilyHead) -> None:
        """Show title, quiet line and banner."""
        self.set_title(head.title, head.native)
        self.set_quiet(head.quiet)
        self._chip.setVisible(head.closed)
        self._show_banner(head.banner)
        keys = _("F2 changes  ·  Enter opens  ·  Ctrl Z undoes")
        self.set_foot(head.foot if head.banner is None or head.banner.sentence != head.foot else "", keys)

    def show_gone(self, sentence: str) -> None:
        """Say that the dossier is not here, instead of its tabs."""
        self.set_title(_("Dossier"))
        self.set_quiet(())
        self.set_foot("")
        self._warning.hide()
        self._tab_bar.hide()
        self._gone.set_words(_("This family is not here"), sentence)
        self._stack.setCurrentWidget(self._gone)

    def _show_banner(self, banner: BannerView | None) -> None:
        self._warning.setVisible(banner is not None)
        self._warning_leads_to = banner.place if banner is not None else None
        if banner is not None:
            self._warning.set_message(banner.state, banner.sentence, banner.rest)
            self._warning_action.set_words(banner.action)
        self._offer_banner_action()

    def _offer_banner_action(self) -> None:
        """The way to where it is answered, unless that is the tab in sight."""
        to, here = self._warning_leads_to, self.presenter.dossier
        is_here = to is not None and (to.page, to.subject, to.part) == (
            "family",
            here,
            self._tab_bar.current(),
        )
        self._warning_action.setVisible(to is not None and not is_here)

    # -- tabs ------------------------------------------------------------------------------------------------------

    def _current(self) -> FamilyPart:
        return self._part(self._tab_bar.current())

    def _part(self, key: str) -> FamilyPart:
        if key not in self._parts:
            part = self._specs[key].build(self._stack, self._desk)
            part.go_requested.connect(self.go_requested)
            part.said.connect(self.said)
            for button in part.actions_wanted():
                self.add_action(button)
            self._parts[key] = part
            self._stack.addWidget(part)
        return self._parts[key]

    def _show_tab(self, key: str, rest: str = "") -> None:
        part = self._part(key)
        self._tab_bar.set_current(key)
        self._stack.setCurrentWidget(part)
        for other, own in self._parts.items():
            for button in own.actions_wanted():
                button.setVisible(other == key)
        for button in (self._give, self._edit, self._talk):
            button.setVisible(key == _OVERVIEW)
        self._offer_banner_action()
        part.open_dossier(self.presenter.dossier, rest)

    def _choose(self, key: object) -> None:
        for part in self._parts.values():
            part.leave()
        self._show_tab(str(key))

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _change(self) -> None:
        if not self._desk.read_only and self._stack.currentWidget() is not self._gone:
            self.go_requested.emit(Place(page="family_form", subject=self.presenter.dossier))

    def _give_to_colleague(self) -> None:
        if self._stack.currentWidget() is not self._gone:
            self.go_requested.emit(Place(page="exchange", part=f"give/{self.presenter.dossier}"))

    def _begin_talk(self) -> None:
        self._show_tab(_TALKS)
        self._current().act("new")

    def _follow_banner(self) -> None:
        if self._warning_leads_to is not None:
            self.go_requested.emit(self._warning_leads_to)

    def _go_to_list(self) -> None:
        self.go_requested.emit(Place(page="dossiers"))

    def _follow(self, change: object) -> None:
        dossier = self.presenter.dossier
        if dossier and dossier in getattr(change, "dossiers", ()):
            self.presenter.open(dossier)
