"""The report of a finished talk: pages beside the same words, its gaps named, and every copy written down first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.kinds.talk import Talk
from app.domain.paper_text import TextLine, paper_as_text, paper_lines
from app.i18n import _, formats, language, problem_text
from app.services import paper_disclosure, paper_final, talk_board, talks
from app.services.paper_prepare import prepare
from app.services.paper_preview import PRINT_DPI, SCREEN_DPI, PagePicture, pages
from app.services.paper_wanted import COPIED, PRINTED, REPORT, Prepared, Wanted
from app.services.session import Session
from app.services.talk_board import TalkBoard
from ui.presenters import talk_line
from ui.presenters.talk_line import Head

OWN_FILE, FOR_FILE = "ontvanger.dossier", "doel.dossier"


class FileRunner(Protocol):
    """A runner with a second lane for documents; see `ui.bridge.task`."""

    def start(
        self,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """Run in the database's thread."""

    def start_on_files(
        self,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """Run beside the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """Where the report stands, in words. `transferred` "" while it was not copied into the official system."""

    status: str
    is_final: bool
    can_be_final: bool
    transferred: str
    file_name: str


class TalkReportScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_head(self, head: Head) -> None:
        """Who and what."""

    def show_text(self, lines: Sequence[TextLine], state: ReportState) -> None:
        """The words of the report, gaps among them."""

    def show_pages(self, found: Sequence[PagePicture]) -> None:
        """The pages as pictures."""

    def show_problem(self, sentence: str) -> None:
        """Why something was not done; "" takes it away."""

    def print_pages(self, found: Sequence[PagePicture], job_name: str) -> None:
        """Hand pages to the system's print window."""

    def put_on_clipboard(self, text: str) -> None:
        """Make the text ready to be pasted."""

    def say(self, sentence: str, *, undoable: bool) -> None:
        """What was done."""


class TalkReportPresenter:
    """One report at a time."""

    def __init__(self, session: Session, runner: FileRunner, screen: TalkReportScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._wanted = Wanted(paper=REPORT, subject="")
        self._prepared: Prepared | None = None
        self._talk: Talk | None = None
        self.purpose = FOR_FILE
        self.receiver = OWN_FILE

    def choices(self, section: str) -> tuple[tuple[str, str], ...]:
        """Bare code and words of receivers or purposes."""
        return tuple(
            (item.code, item.label(language())) for item in self._session.content.section("papieren", section)
        )

    def open(self, talk: str) -> None:
        """Show the report of a talk."""
        self._wanted = Wanted(paper=REPORT, subject=talk, receiver=self._receiver_words())
        self._prepared = self._talk = None
        self.reload()

    def choose(self, *, receiver: str, purpose: str, with_phase: bool, with_checklist: bool) -> None:
        """For whom, for which purpose, and what goes along; phase and checklist stay off unless asked for."""
        self.receiver, self.purpose = receiver, purpose
        self._wanted = replace(
            self._wanted,
            receiver=self._receiver_words(),
            with_phase=with_phase,
            with_checklist=with_checklist,
        )
        self.reload()

    def _receiver_words(self) -> str:
        if not self.receiver:
            return ""
        return self._session.content.item("papieren", self.receiver).label("nl")

    def reload(self) -> None:
        """Read and lay out again; the pictures follow when they are ready."""
        wanted, session = self._wanted, self._session
        if wanted.subject:
            self._runner.start(
                lambda: (talk_board.read(session, wanted.subject), prepare(session, wanted)),
                self._show,
                self._refuse,
            )

    def _show(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        board: TalkBoard = found[0]
        prepared: Prepared = found[1]
        if prepared.wanted != self._wanted and prepared.wanted.subject != self._wanted.subject:
            return
        self._prepared, self._talk = prepared, board.view.talk
        self._screen.show_head(talk_line.head(board))
        self._screen.show_problem("")
        moved = board.view.talk.transferred_at
        copied = _("Copied into the official system: %(moment)s", moment=formats.deed(moved)) if moved else ""
        self._screen.show_text(
            paper_lines(prepared.paper),
            ReportState(
                status=_("Final") if prepared.is_final else _("Draft"),
                is_final=prepared.is_final,
                can_be_final=prepared.can_be_final,
                transferred=copied,
                file_name=paper_disclosure.file_name(prepared),
            ),
        )
        self._draw(prepared, SCREEN_DPI, self._screen.show_pages)

    def _draw(self, prepared: Prepared, dpi: float, then: Callable[[Sequence[PagePicture]], None]) -> None:
        def done(found: object) -> None:
            if isinstance(found, tuple):
                then(found)

        self._runner.start_on_files(lambda: pages(paper_disclosure.pdf_of(prepared), dpi), done, self._refuse)

    def make_final(self) -> None:
        """Make the report final; there is no undo."""
        wanted, session = self._wanted, self._session

        def done(_found: object) -> None:
            self._screen.say(_("The report is final."), undoable=False)
            self.reload()

        self._runner.start(lambda: paper_final.make_final(session, wanted), done, self._refuse)

    def print(self) -> None:
        """Write down that it is printed, then hand it to the printer."""
        self._disclose(PRINTED, self._to_printer)

    def _to_printer(self, prepared: Prepared) -> None:
        name = paper_disclosure.file_name(prepared)
        self._draw(prepared, PRINT_DPI, lambda found: self._screen.print_pages(found, name))

    def save(self, path: str) -> None:
        """Write the file; that it leaves is written down first."""
        prepared, session, purpose = self._prepared, self._session, self.purpose
        if prepared is None or not path:
            return

        def done(_found: object) -> None:
            self._screen.say(_("Report saved as %(name)s.", name=Path(path).name), undoable=False)

        self._runner.start(
            lambda: paper_disclosure.save_pdf(session, prepared, Path(path), purpose=purpose),
            done,
            self._refuse,
        )

    def copy(self) -> None:
        """Put the report as text on the clipboard, for the official system."""
        self._disclose(COPIED, self._to_clipboard)

    def _to_clipboard(self, prepared: Prepared) -> None:
        self._screen.put_on_clipboard(paper_as_text(prepared.paper))
        self._screen.say(_("The text is ready to be pasted."), undoable=False)

    def mark_transferred(self) -> None:
        """The report stands in the official system now."""
        talk, session = self._talk, self._session
        if talk is None:
            return

        def done(_found: object) -> None:
            self._screen.say(_("Marked as copied into the official system."), undoable=True)
            self.reload()

        self._runner.start(lambda: talks.mark_transferred(session, talk), done, self._refuse)

    def _disclose(self, way: str, then: Callable[[Prepared], None]) -> None:
        prepared, session, purpose = self._prepared, self._session, self.purpose
        if prepared is None:
            return
        self._runner.start(
            lambda: paper_disclosure.disclose(session, prepared, way=way, purpose=purpose),
            lambda _done: then(prepared),
            self._refuse,
        )

    def _refuse(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))
