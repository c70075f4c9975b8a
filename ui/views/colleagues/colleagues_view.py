"""*Collega's*: whose devices are known and how well; the own card. Cards can be dropped on the page."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _, ngettext
from app.services.trust_card import SUFFIX
from app.services.trust_page import Deed
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.bridge.printing import PageImage, ask_and_print
from ui.presenters.colleagues_presenter import ColleaguesPresenter, OwnView
from ui.presenters.gate import SheetPage
from ui.views.colleagues.colleagues_layout import LIST, OWN, ColleaguesLayout
from ui.views.page import Page
from ui.widgets.dialog import Question


class ColleaguesPage(Page):
    """`Place.part` names a tab (list, own), `Place.subject` a device. A ColleaguesScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Colleagues"), name="colleagues_page", parent=parent)
        self._desk = desk
        self.presenter = ColleaguesPresenter(desk.session, desk.runner.bound_to(self), self)
        self.parts = ColleaguesLayout(self, self.presenter.reasons())
        self._device, self._count = "", 0
        only_read = _("This store is open for reading only. Nothing can be changed here.")
        aim = _("You exchange files only with devices whose digits were compared.")
        self.set_quiet((only_read if desk.read_only else aim,))
        self.set_back(_("Exchange"))
        self.setAcceptDrops(not desk.read_only)
        self.parts.add.setEnabled(not desk.read_only)
        self._connect()

    def _connect(self) -> None:
        parts, presenter = self.parts, self.presenter
        self.back_requested.connect(self._go_back)
        parts.add.clicked.connect(self._add)
        parts.tabs.tab_chosen.connect(self._choose_tab)
        parts.to_own.clicked.connect(self._to_own)
        parts.table.row_chosen.connect(self._show_row)
        parts.table.row_opened.connect(self._to_detail)
        parts.detail.compare.compared.connect(self._compare)
        parts.detail.deed_wanted.connect(self._do)
        parts.detail.revoke_wanted.connect(self._revoke)
        parts.own.save.clicked.connect(self._save_card)
        parts.own.print.clicked.connect(presenter.print_card)
        parts.own.sheet.clicked.connect(self._save_sheet)
        parts.own.registrar_wanted.connect(presenter.be_registrar)
        parts.own.new_keys_wanted.connect(self._new_keys)
        self._desk.feed.changed.connect(self._follow)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.parts.show_tab(place.part or (LIST if place.subject else self.parts.tabs.current()))
        self._device = place.subject or self._device
        self.show_problem("")
        self.presenter.reload(self._device)

    @override
    def regions(self) -> Sequence[QWidget]:
        if self.parts.tabs.current() == OWN:
            return (self.parts.own.save, self.parts.tabs)
        if self.parts.lists.currentWidget() is self.parts.empty:
            return (self.parts.to_own, self.parts.tabs)
        return (self.parts.table, *self._entry(), self.parts.tabs)

    @override
    def act(self, command: str) -> bool:
        if command == "new" and self.parts.add.isEnabled():
            self._add()
        elif command == "print" and self.parts.tabs.current() == OWN:
            self.presenter.print_card()
        else:
            return False
        return True

    @override
    def leave(self) -> None:
        self.parts.detail.compare.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.fit(event.size().width())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "parts"):
            self.parts.fit(self.width())

    # -- ColleaguesScreen ------------------------------------------------------------------------------------------

    def show_own(self, own: OwnView) -> None:
        """Show the own card; a revoked device is said above everything."""
        self.parts.own.show_own(own)
        if own.is_revoked:
            self.parts.problem.set_message(
                "late",
                _("A registrar revoked this device."),
                _("Colleagues take nothing from it. Make new keys, and let them compare your new card."),
            )
            self.parts.problem.show()

    def show_colleagues(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], chosen: str) -> None:
        """Show these lines."""
        at = self.parts.table.current_row()
        self.parts.model.set_rows(rows)
        self.parts.show_list(bool(rows))
        devices = [device for device, _cells in rows]
        wanted = chosen if chosen in devices else self._device
        self._device = ""
        if rows:
            self.parts.table.choose_row(devices.index(wanted) if wanted in devices else max(at, 0))
            self._show_row(self.parts.table.current_row())
        self._count = len(rows)
        self._tell_count()

    def show_typed_error(self, sentence: str) -> None:
        """Under the field; what was typed stays."""
        self.parts.detail.compare.field.show_error(sentence)
        self.parts.detail.compare.typed.setFocus()

    def show_done(self, sentence: str) -> None:
        """At the foot of the window."""
        self.said.emit(Notice(sentence=sentence, undoable=False))

    def show_problem(self, sentence: str) -> None:
        """In the banner."""
        self.parts.problem.show_problem(sentence)

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        """Let the officer choose a printer."""
        images = [PageImage(width=page.width, height=page.height, rgb=page.rgb) for page in pages]
        return ask_and_print(images, "Regiemap", self)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _show_row(self, row: object) -> None:
        if isinstance(row, int) and row >= 0:
            self._device = self.parts.model.id_at(row)
            self.parts.detail.show_detail(self.presenter.detail(self._device))

    def _to_detail(self, _row: object) -> None:
        for entry in self._entry():
            entry.setFocus(Qt.FocusReason.TabFocusReason)

    def _entry(self) -> Sequence[QWidget]:
        """The first thing to do in the detail: comparing, if that waits."""
        detail = self.parts.detail
        shown = [detail.compare.typed, *(line.button for line in detail.lines.values()), detail.reason]
        return [widget for widget in shown if widget.isVisibleTo(detail)][:1]

    def _choose_tab(self, key: object) -> None:
        self.parts.show_tab(str(key))
        self._tell_count()

    def _tell_count(self) -> None:
        shown = self._count and self.parts.tabs.current() == LIST
        words = ngettext("%(count)d device", "%(count)d devices", self._count) % {"count": self._count}
        self.set_foot(words if shown else "")

    def _to_own(self) -> None:
        self._choose_tab(OWN)
        self.take_focus()

    def _go_back(self) -> None:
        self.go_requested.emit(Place(page="exchange"))

    def _compare(self, typed_and_how: object) -> None:
        assert isinstance(typed_and_how, tuple)
        typed, how = typed_and_how
        self.presenter.verify(self._device, typed, how)

    def _do(self, key: object) -> None:
        self.presenter.do(self._device, Deed(str(key)))

    def _revoke(self, reason: object) -> None:
        view = self.presenter.detail(self._device)
        rest = _(
            "Nobody gives files to it from now on, and what it still writes is set apart. "
            "This cannot be taken back; new keys can be compared later."
        )
        asked = _("Revoke the device of %(name)s?", name=view.name)
        if Question.ask(self, asked, rest, _("Revoke the device")):
            self.presenter.revoke(self._device, str(reason))

    def _new_keys(self) -> None:
        rest = _(
            "Your colleagues need your new card. Those who compared your digits know it by itself; "
            "if you are registrar, they compare and mark you again."
        )
        if Question.ask(self, _("Make new keys for this device?"), rest, _("Make new keys")):
            self.presenter.new_keys()

    def _add(self) -> None:
        filters = _("Cards of Regiemap (*%(suffix)s);;All files (*)", suffix=SUFFIX)
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Add the card of a colleague"), "", filters)
        if chosen:
            self.parts.show_tab(LIST)
            self.presenter.add(Path(chosen))

    def _save_card(self) -> None:
        filters = _("Cards of Regiemap (*%(suffix)s);;All files (*)", suffix=SUFFIX)
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save the card"), self.presenter.card_name(), filters
        )
        if chosen:
            self.presenter.save_card(Path(chosen))

    def _save_sheet(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as PDF"), "", "PDF (*.pdf)")
        if chosen:
            self.presenter.save_sheet(Path(chosen))

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.reload(self._device)

    # -- dropping --------------------------------------------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _card_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        card = _card_in(event.mimeData())
        if card is not None:
            event.acceptProposedAction()
            self.parts.show_tab(LIST)
            self.presenter.add(card)


def _card_in(data: QMimeData) -> Path | None:
    """The card file that is held over the page, if it is one."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return found[0] if len(found) == 1 and found[0].suffix == SUFFIX else None
