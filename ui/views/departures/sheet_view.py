"""A paper of a departure: what will be printed, the same as text, what is missing, and the deeds. A SheetScreen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _
from app.services.paper_preview import PagePicture
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.bridge.printing import PageImage, ask_printer, draw_pages, to_image
from ui.presenters.sheet_presenter import Missing, SheetPresenter, SheetView
from ui.presenters.sheet_words import RECEIVER, TEXT
from ui.views.departures.sheet_layout import SheetLayout
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.dialog import Question
from ui.widgets.side_list import SideEntry

_OVERDUE = "doel.overdracht"


class SheetPage(Page):
    """`Place.subject` is the departure; `part` is person and paper ("0190…/receipt"), either may be left out."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Papers of the departure"), name="sheet_page", parent=parent)
        self._desk = desk
        runner = desk.runner.bound_to(self)
        self.presenter = SheetPresenter(desk.session, runner, self, read_only=desk.read_only)
        self._parts = SheetLayout(self, self.presenter.look_through)
        self._missing: dict[str, Missing] = {}
        self._view: SheetView | None = None
        self._printer: QPrinter | None = None
        self.set_back(_("Departure"))
        self._connect()

    def _connect(self) -> None:
        parts = self._parts
        self._back.clicked.connect(self._go_back)
        parts.papers.tab_chosen.connect(self._change_paper)
        parts.views.tab_chosen.connect(self._change_view)
        parts.sides.tab_chosen.connect(self._change_side)
        parts.missing.link_pressed.connect(self._mend)
        parts.own.written.connect(self._written)
        parts.own.read_said.connect(self.presenter.mark_read)
        parts.receiver.editor.code_chosen.connect(self._choose)
        parts.receiver_name.editor.value_typed.connect(self._choose)
        parts.language.editor.code_chosen.connect(self._choose)
        parts.person.editor.code_chosen.connect(self._change_person)
        parts.save.clicked.connect(self._save)
        parts.print.clicked.connect(self._print)
        parts.final.clicked.connect(self._make_final)
        parts.pictures_scroll.verticalScrollBar().valueChanged.connect(self._say_page)
        self._desk.feed.changed.connect(self._follow)

    # -- SheetScreen -------------------------------------------------------------------------------------------------

    def show_sheet(self, view: SheetView) -> None:
        """Show everything but the picture."""
        parts = self._parts
        self._view = view
        self.set_title(view.title)
        self.set_quiet(view.quiet)
        parts.chip.set_status(*view.chip)
        parts.lines.set_lines(view.lines)
        self._missing = {f"{at}": each for at, each in enumerate(view.missing)}
        parts.missing.set_entries([self._entry(key, each) for key, each in self._missing.items()])
        parts.sides.set_words("missing", _("What is missing") if view.missing else _("Nothing is missing"))
        parts.reason.setText(view.final_reason)
        parts.reason.setVisible(bool(view.final_reason))
        parts.own.set_texts(view.texts, editable=not self._desk.read_only)
        parts.papers.set_current(view.paper_key)
        parts.person.editor.set_pairs(view.people)
        parts.person.editor.set_code(view.person)
        parts.person.setVisible(len(view.people) > 1)
        parts.language.setVisible(view.paper_key == "receipt")
        parts.language.editor.set_code(view.language)
        self._fill_choices()
        free = not view.leave_reason
        parts.print.set_words(_("Print") if view.is_final else _("Print concept"))
        for button in (parts.print, parts.save):
            button.setEnabled(free)
            button.setToolTip(view.leave_reason)
        parts.final.setEnabled(not view.final_reason and free)
        parts.final.setAccessibleDescription(view.final_reason)

    def _fill_choices(self) -> None:
        receiver, purpose = self._parts.receiver.editor, self._parts.purpose.editor
        first = not receiver.count() or receiver.findData(self.presenter.receivers()[0][0]) != 0
        if first:
            receiver.set_pairs(self.presenter.receivers())
            receiver.setCurrentIndex(0)
        if not purpose.count():
            purpose.set_pairs(self.presenter.purposes())
            purpose.set_code(_OVERDUE)

    def _entry(self, key: str, each: Missing) -> SideEntry:
        number = f"{each.number}  " if each.number else ""
        return SideEntry(
            main=f"{number}{each.words}",
            icon="state.late" if each.number else "state.watch",
            role="late" if each.number else "watch",
            link="" if self._desk.read_only and isinstance(each.to, str) else each.link,
            key=key,
        )

    def show_pages(self, pages: Sequence[PagePicture]) -> None:
        """Show the picture of the pages."""
        self._parts.pictures.set_images([to_image(_image(page)) for page in pages])
        self._say_page()

    def show_problem(self, sentence: str) -> None:
        """Say what is in the way."""
        self.said.emit(Notice(sentence=sentence, undoable=False))

    def show_said(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done."""
        self.said.emit(Notice(sentence=sentence, undoable=undoable))

    def print_pages(self, job: str, pages: Sequence[PagePicture]) -> None:
        """Draw on the printer that was chosen before the print was written down."""
        printer, self._printer = self._printer, None
        if printer is not None:
            printer.setDocName(job)
            draw_pages(printer, [_image(page) for page in pages])

    # -- Page --------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        person, _slash, paper = place.part.partition("/")
        self._parts.pictures.set_images(())
        self.presenter.open(place.subject, person, paper or "sheet")

    @override
    def regions(self) -> Sequence[QWidget]:
        parts = self._parts
        links = parts.missing.findChildren(Button)
        chosen = parts.views.findChild(Button, f"sheet_views_{parts.views.current()}")
        shown = [chosen] if isinstance(chosen, Button) else []
        side = parts.sides.findChild(Button, f"sheet_sides_{parts.sides.current()}")
        return (*shown, *([side] if isinstance(side, Button) else []), *links[:1])

    @override
    def act(self, command: str) -> bool:
        if command == "print" and not self._desk.read_only:
            self._print()
            return True
        return False

    @override
    def leave(self) -> None:
        self._parts.own.flush()

    # -- wishes ------------------------------------------------------------------------------------------------------

    def _go_back(self) -> None:
        self.go_requested.emit(Place(page="departure", subject=self.presenter.wanted.subject))

    def _change_paper(self, key: object) -> None:
        self._parts.own.flush()
        self._parts.receiver.editor.clear()
        self.presenter.open(self.presenter.wanted.subject, self.presenter.wanted.person, str(key))

    def _change_person(self, person: object) -> None:
        self._parts.own.flush()
        paper = self._view.paper_key if self._view is not None else "sheet"
        self.presenter.open(self.presenter.wanted.subject, str(person), paper)

    def show_own_texts(self) -> None:
        """Bring the free texts of the paper to the front."""
        self._parts.panes.show_pane("text")
        self._parts.views.set_current("own")
        self._change_view("own")

    def _change_side(self, key: object) -> None:
        self._parts.side_stack.setCurrentIndex(1 if key == "copy" else 0)

    def _change_view(self, key: object) -> None:
        self._parts.stack.setCurrentIndex(1 if key == "own" else 0)

    def _choose(self, _value: object) -> None:
        parts = self._parts
        language = parts.language.editor.code() if not parts.language.isHidden() else ""
        self.presenter.choose(
            receiver=parts.receiver.editor.code(), name=parts.receiver_name.editor.value(), language=language
        )

    def _mend(self, key: object) -> None:
        to = self._missing[str(key)].to
        if isinstance(to, Place):
            self.go_requested.emit(to)
        elif to == RECEIVER:
            self._parts.receiver.editor.setFocus()
        elif to.startswith(f"{TEXT}:"):
            self.show_own_texts()
            self._parts.own.take_focus(to.partition(":")[2])

    def _written(self, pair: object) -> None:
        if isinstance(pair, tuple):
            self.presenter.write(*pair)

    def _make_final(self) -> None:
        sentence = _("Make this paper final?")
        rest = _(
            "This cannot be undone. A change afterwards makes the next version, which is a concept again."
        )
        if Question.ask(self, sentence, rest, _("Make final")):
            self.presenter.make_final()

    def _print(self) -> None:
        self._parts.own.flush()
        if self._view is not None:
            self._printer = ask_printer(self._view.file_name.removesuffix(".pdf"), self)
            if self._printer is not None:
                self.presenter.print(self._parts.purpose.editor.code())

    def _save(self) -> None:
        self._parts.own.flush()
        if self._view is not None:
            chosen, _kind = QFileDialog.getSaveFileName(
                self, _("Save as PDF"), self._view.file_name, "PDF (*.pdf)"
            )
            if chosen:
                self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save as if this file had been chosen."""
        self.presenter.save(path, self._parts.purpose.editor.code())

    def _say_page(self, _value: int = 0) -> None:
        pictures = self._parts.pictures
        if pictures.count():
            page = pictures.page_at(self._parts.pictures_scroll.verticalScrollBar().value())
            self._parts.pages_words.setText(
                _("page %(page)d of %(pages)d", page=page, pages=pictures.count())
            )

    def _follow(self, change: object) -> None:
        if self.isVisible() and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.reload()


def _image(page: PagePicture) -> PageImage:
    return PageImage(width=page.width, height=page.height, rgb=page.rgb)
