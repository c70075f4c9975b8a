"""The tab «Overdragen»: four blocks in two columns, or below each other when the page is narrow. A LeavingScreen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import N_, _, problem_text
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.bridge.printing import PageImage, ask_printer, draw_pages
from ui.presenters.gate import SheetPage
from ui.presenters.leaving_presenter import DESTROY, DROP, HANDOVER, REMOVE, LeavingPresenter, Wish
from ui.presenters.leaving_words import DestroyView, DropView, HandoverView, RemoveView, person_question
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.views.leaving.blocks import DestroyBlock, DropBlock, HandoverBlock, RemoveBlock
from ui.widgets.dialog import Question
from ui.widgets.line import Sentence

KEY = "leaving"
_NARROW_FROM = 860


class LeavingPart(FamilyPart):
    """Asks once, with what follows, before anything goes."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = LeavingPresenter(desk.session, desk.runner.bound_to(self), self)
        self.handing, self.dropping = HandoverBlock(), DropBlock()
        self.removing, self.destroying = RemoveBlock(), DestroyBlock()
        self._drop_view: DropView | None = None
        self._destroy_view: DestroyView | None = None
        self._receiver = ""
        self._printer: QPrinter | None = None
        self._place()
        self._connect()
        desk.feed.changed.connect(self._follow)

    def _place(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, theme.gap(1), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(3))
        words = _(
            "Four different things. Handing over: a colleague becomes the case officer. Taking off this laptop:"
            " the family stays with a colleague. Removing: it was a mistake, and can come back. Destroying: the"
            " family goes everywhere, for good. To remove a single fact, remove it where it stands."
        )
        column.addWidget(Sentence(words, "second", "quiet"))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.gap(6))
        for blocks in ((self.handing, self.dropping), (self.removing, self.destroying)):
            side = QVBoxLayout()
            side.setSpacing(theme.gap(5))
            for block in blocks:
                side.addWidget(block)
            side.addStretch(1)
            self._row.addLayout(side, 1)
        column.addLayout(self._row)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setProperty("ground", "canvas")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self.handing.offer.clicked.connect(self._offer)
        self.handing.withdraw.clicked.connect(self.presenter.withdraw)
        self.handing.accept.clicked.connect(self.presenter.accept)
        self.handing.refuse.clicked.connect(self._refuse)
        self.handing.give.clicked.connect(self._give)
        self.handing.give_back.clicked.connect(self.presenter.give_back)
        self.handing.clear_up.clicked.connect(self._clear_up)
        self.handing.paper.clicked.connect(self._save_paper)
        self.handing.print.clicked.connect(self._print_paper)
        self.dropping.drop.clicked.connect(self._drop)
        self.removing.start.clicked.connect(self.presenter.remove)
        self.destroying.start.clicked.connect(self._destroy)
        self.destroying.agree.clicked.connect(self._agree)
        if self._desk.read_only:
            handing = self.handing
            handing.turn_off(handing.offer, handing.withdraw, handing.accept, handing.refuse)
            handing.turn_off(handing.give_back, handing.paper, handing.print)
            self.dropping.turn_off(self.dropping.drop)
            self.removing.turn_off(self.removing.start)
            self.destroying.turn_off(self.destroying.start, self.destroying.agree)

    # -- FamilyPart ------------------------------------------------------------------------------------------------

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        if not self._desk.read_only:
            for block in (
                self.handing,
                self.dropping,
                self.removing,
                self.destroying,
            ):  # what was said before may be so no more
                block.show_result("")
            if dossier != self.presenter.dossier:
                self.handing.note.set_value("")
                self.handing.returns_on.set_value("")
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        wanted: tuple[QWidget, ...] = (
            self.handing.colleague,
            self.handing.accept,
            self.handing.give,
            self.handing.give_back,
            self.handing.clear_up,
            self.dropping.drop,
            self.removing.start,
            self.destroying.agree,
            self.destroying.reason,
        )
        return tuple(part for part in wanted if part.isVisibleTo(self))

    # -- LeavingScreen ---------------------------------------------------------------------------------------------

    def show_views(
        self, handover: HandoverView, drop: DropView, remove: RemoveView, destroy: DestroyView
    ) -> None:
        """Show how it stands."""
        self._drop_view, self._destroy_view = drop, destroy
        self._receiver = handover.receiver
        self.handing.show_view(handover)
        self.dropping.show_view(drop)
        self.removing.show_view(remove)
        self.destroying.show_view(destroy)

    def show_gone(self) -> None:
        """The page says that the family is not here."""

    def show_removed(self, sentence: str) -> None:
        """Back to the list; the foot offers to undo it."""
        self.go_requested.emit(Place(page="dossiers"))
        self.said.emit(Notice(sentence=sentence))

    def show_result(self, part: str, sentence: str, *, good: bool = True) -> None:
        """Say below a block what came of a wish."""
        blocks = {
            HANDOVER: self.handing,
            DROP: self.dropping,
            REMOVE: self.removing,
            DESTROY: self.destroying,
        }
        blocks[part].show_result(sentence, good=good)

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under the fields of the offer."""
        self.handing.show_errors(errors)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        try:
            day = self.handing.returns_on.value()
        except KnownProblem as problem:
            self.show_errors({"returns_on": problem_text(problem)})
            return
        note = self.handing.note.value()
        self.presenter.offer(Wish(device=self.handing.colleague.code(), returns_on=day, note=note))

    def _refuse(self) -> None:
        self.presenter.refuse(self.handing.note.value())

    def _give(self) -> None:
        part = f"give/{self.presenter.dossier}/{self._receiver}"
        self.go_requested.emit(Place(page="exchange", part=part))

    def _save_paper(self) -> None:
        name = _("overview") + ".pdf"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save the overview"), name, "PDF (*.pdf)")
        if chosen:
            self.presenter.save_paper(Path(chosen))

    def _print_paper(self) -> None:
        self._printer = ask_printer("Regiemap", self)
        if self._printer is not None:
            self.presenter.print_paper()

    def print_pages(self, pages: Sequence[SheetPage]) -> None:
        """On the printer that was chosen."""
        if self._printer is not None:
            images = [PageImage(width=page.width, height=page.height, rgb=page.rgb) for page in pages]
            draw_pages(self._printer, images)
            self._printer = None

    def _clear_up(self) -> None:
        self.go_requested.emit(Place(page="clear_up", subject=self.presenter.dossier))

    def _drop(self) -> None:
        view = self._drop_view
        if view is not None and Question.ask(self, view.question, view.follows, _("Take off this laptop")):
            self.presenter.drop()

    def _destroy(self) -> None:
        view, reason = self._destroy_view, self.destroying.reason.code()
        if not reason:
            self.destroying.show_errors({"reason": _("Choose a reason.")})
            return
        self.destroying.show_errors({})
        person = self.destroying.what.code()
        if person and view is not None:
            question, follows = person_question(dict(view.members).get(person, ""))
            if Question.ask(self, question, follows, _("Destroy")):
                self.presenter.destroy_person(person, reason)
        elif view is not None and Question.ask(self, view.question, view.follows, _("Destroy the family")):
            members = [one for one, _name in view.members]
            self.presenter.destroy(reason, members if self.destroying.members.isChecked() else ())

    def _agree(self) -> None:
        view = self._destroy_view
        if view is None or not view.asked:
            return
        scope, title, follows = next(
            (one for one in view.asked if one[0] == self.presenter.dossier), view.asked[0]
        )
        sentence = _("Destroy %(title)s for good?", title=title)
        if Question.ask(self, sentence, follows, _("Destroy")):
            self.presenter.accept_destruction(scope)

    def _follow(self, change: object) -> None:
        if self.isVisible() and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.open(self.presenter.dossier)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW_FROM * theme.current().factor
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)


def _build(parent: QWidget, desk: Desk) -> FamilyPart:
    return LeavingPart(parent, desk)


LEAVING_TAB = FamilyTab(key=KEY, title=N_("Hand over"), build=_build)
