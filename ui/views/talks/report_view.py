"""The report of a finished talk: seen, read, printed, saved, copied. A TalkReportScreen."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.domain.paper_text import TextLine
from app.i18n import _
from app.services.paper_preview import PagePicture
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.bridge.printing import PageImage, ask_and_print
from ui.presenters.talk_line import Head
from ui.presenters.talk_report_presenter import ReportState, TalkReportPresenter
from ui.views.page import Page
from ui.views.talks.report_layout import ReportLayout
from ui.widgets.dialog import Question


class TalkReportPage(Page):
    """Opens with the id of a talk that is finished."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Report of the talk"), name="talk_report", parent=parent)
        self._desk = desk
        self.parts = ReportLayout(self)
        self.presenter = TalkReportPresenter(desk.session, desk.runner.bound_to(self), self)
        self._dossier, self._file_name = "", ""
        self.parts.receiver.editor.set_pairs(self.presenter.choices("receiver"))
        self.parts.purpose.editor.set_pairs(self.presenter.choices("purpose"))
        self.parts.receiver.editor.set_code(self.presenter.receiver)
        self.parts.purpose.editor.set_code(self.presenter.purpose)
        self._connect()

    def _connect(self) -> None:
        parts, presenter = self.parts, self.presenter
        parts.print.clicked.connect(presenter.print)
        parts.save.clicked.connect(self._save)
        parts.copy.clicked.connect(presenter.copy)
        parts.seal.clicked.connect(self._seal)
        parts.transfer.clicked.connect(presenter.mark_transferred)
        for choice in (parts.receiver.editor, parts.purpose.editor):
            choice.code_chosen.connect(self._choose)
        for box in (parts.with_phase, parts.with_checklist):
            box.toggled.connect(self._choose)
        for button in (parts.print, parts.save, parts.copy, parts.seal, parts.transfer):
            button.setEnabled(not self._desk.read_only)
        self._desk.feed.changed.connect(self._follow)

    # -- TalkReportScreen ------------------------------------------------------------------------------------------

    def show_head(self, head: Head) -> None:
        """Who and what."""
        self.set_quiet((head.title, head.quiet))

    def show_text(self, lines: Sequence[TextLine], state: ReportState) -> None:
        """The words of the report."""
        self._file_name = state.file_name
        self.parts.set_lines(lines)
        if state.is_final:
            self.parts.chip.set_status(state.status, "good", "sign.lock")
        else:
            self.parts.chip.set_status(state.status, "watch", "sign.edit")
        self.parts.seal.setVisible(state.can_be_final and not state.is_final)
        self.parts.transferred.setText(state.transferred or _("Not copied into the official system yet."))
        self.parts.transfer.setVisible(not state.transferred)

    def show_pages(self, found: Sequence[PagePicture]) -> None:
        """The pages as pictures."""
        self.parts.pages.set_pages(found)

    def show_problem(self, sentence: str) -> None:
        """Why something was not done."""
        self.parts.problem.setText(sentence)
        self.parts.problem.setVisible(bool(sentence))

    def print_pages(self, found: Sequence[PagePicture], job_name: str) -> None:
        """Hand pages to the system's print window."""
        images = [PageImage(width=page.width, height=page.height, rgb=page.rgb) for page in found]
        ask_and_print(images, job_name, self)

    def put_on_clipboard(self, text: str) -> None:
        """Make the text ready to be pasted."""
        QGuiApplication.clipboard().setText(text)

    def say(self, sentence: str, *, undoable: bool) -> None:
        """What was done."""
        self.said.emit(Notice(sentence=sentence, undoable=undoable))

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.open(place.subject)

    def set_dossier(self, dossier: str) -> None:
        """Which changes concern this page."""
        self._dossier = dossier

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.parts.receiver.editor, self.parts.text_scroll)

    @override
    def act(self, command: str) -> bool:
        if command == "print" and self.parts.print.isEnabled():
            self.presenter.print()
            return True
        return False

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _choose(self, _what: object) -> None:
        parts = self.parts
        self.presenter.choose(
            receiver=parts.receiver.editor.code(),
            purpose=parts.purpose.editor.code(),
            with_phase=parts.with_phase.isChecked(),
            with_checklist=parts.with_checklist.isChecked(),
        )

    def _save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), self._file_name, "PDF (*.pdf)")
        self.presenter.save(path)

    def _seal(self) -> None:
        if Question.ask(
            self,
            _("Make this report final?"),
            _("It is kept as it is now. A later change makes a new version; this cannot be undone."),
            _("Make final"),
        ):
            self.presenter.make_final()

    def _follow(self, change: object) -> None:
        if self._dossier in getattr(change, "dossiers", ()) and self.isVisible():
            self.presenter.reload()
