"""Sheet 1 and the receipt on screen: the page, the same as text, what is missing and where that is mended.

Reading and judging run in the database's thread; drawing the page, which knows no store, beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from app.domain.errors import KnownProblem
from app.domain.kinds.departure import PaperText
from app.domain.paper import PaperStatus
from app.domain.paper_text import TextLine, paper_lines
from app.domain.words import N_
from app.i18n import _, formats, ngettext, problem_text
from app.services import departure_list, paper_preview, papers
from app.services.departure_list import DepartureRow, DepartureState
from app.services.paper_preview import PRINT_DPI, SCREEN_DPI, PagePicture
from app.services.paper_texts import REQUEST, REQUEST_CHARACTERS, SENDER, senders
from app.services.papers import RECEIPT, SHEET, DepartureCalledOff, Prepared, Wanted
from app.services.session import Session
from ui.bridge.place import Place
from ui.presenters.sheet_words import PAPER_KEYS, TEXT, link_words, mended_at

_CHIPS = {
    PaperStatus.CONCEPT: (N_("Concept"), "watch", "sign.edit"),
    PaperStatus.FINAL: (N_("Final"), "good", "state.good"),
    PaperStatus.EXPIRED: (N_("Expired"), "late", "sign.term"),
    PaperStatus.SUPERSEDED: (N_("Superseded"), "late", "state.refused"),
}
_LABELS = {
    "request.request": N_("What must the next party do? One sentence"),
    "request.must-not": N_("What must certainly not happen?"),
    "request.stop-rule": N_("Do not leave when …"),
    "receipt.sender": N_("Who hands over, as the receipt says it"),
}
LANGUAGES = (("en", N_("English")), ("fr", N_("French")))


class FileRunner(Protocol):
    """A runner that can also work beside the database; see `ui.bridge.task.OwnedRunner`."""

    def start(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """In the thread of the database."""

    def start_on_files(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """Beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that stands in the way. `number` as on the paper, 0 for what is not on it; `to` where it is mended."""

    number: int
    words: str
    link: str
    to: Place | str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """A free text of the paper. `problem` names a word that may not stand there; `most` 0 is no limit."""

    field: str
    label: str
    body: str
    is_read: bool
    problem: str = ""
    most: int = 0
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """Everything the page shows but the picture. `final_reason` "": the paper can be made final now."""

    title: str
    quiet: tuple[str, ...]
    chip: tuple[str, str, str]
    lines: tuple[TextLine, ...]
    missing: tuple[Missing, ...]
    texts: tuple[OwnText, ...]
    final_reason: str
    leave_reason: str
    is_final: bool
    paper_key: str
    people: tuple[tuple[str, str], ...]
    person: str
    language: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was read in one go."""

    prepared: Prepared
    texts: dict[str, PaperText]
    row: DepartureRow | None = None
    names: dict[str, str] = field(default_factory=dict)


class SheetScreen(Protocol):
    """What the presenter asks of the page."""

    def show_sheet(self, view: SheetView) -> None:
        """Show it, the picture apart."""

    def show_pages(self, pages: Sequence[PagePicture]) -> None:
        """Show the pages; empty while they are being drawn anew."""

    def show_problem(self, sentence: str) -> None:
        """Say what keeps the last wish from being done."""

    def show_said(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done."""

    def print_pages(self, job: str, pages: Sequence[PagePicture]) -> None:
        """Send pages to the printer that was chosen."""


class SheetPresenter:
    """`open` begins; every deed reads anew afterwards, so that what is shown is what stands."""

    def __init__(
        self, session: Session, runner: FileRunner, screen: SheetScreen, *, read_only: bool = False
    ) -> None:
        self._session, self._runner, self._screen, self._read_only = session, runner, screen, read_only
        self.wanted = Wanted(paper=SHEET, subject="")
        self._work: Work | None = None
        self._asked = 0

    @property
    def dossier(self) -> str:
        """The dossier of the departure, "" before it was read."""
        return self._work.prepared.dossier if self._work is not None else ""

    # -- what is asked ---------------------------------------------------------------------------------------------

    def open(self, departure: str, person: str, paper_key: str = "sheet") -> None:
        """Show the paper of a person; "" is the first traveller."""
        paper = PAPER_KEYS.get(paper_key, SHEET)
        kept = self.wanted if (self.wanted.subject, self.wanted.paper) == (departure, paper) else None
        self.wanted = (
            replace(kept, person=person) if kept else Wanted(paper=paper, subject=departure, person=person)
        )
        if kept is None:
            self.wanted = self._for(self.receivers()[0][0], "")
        self.reload()

    def receivers(self) -> tuple[tuple[str, str], ...]:
        """Who this paper is made for."""
        return tuple((each.code, each.words) for each in papers.receivers(self._session, self.wanted.paper))

    def purposes(self) -> tuple[tuple[str, str], ...]:
        """What a copy can be for."""
        return papers.purposes(self._session)

    def choose(self, *, receiver: str, name: str, language: str = "") -> None:
        """Make the copy for another receiver (code, and a name to go with it) or in another language beside."""
        wanted = replace(self._for(receiver, name), language=language)
        if wanted != self.wanted:
            self.wanted = wanted
            self.reload()

    def _for(self, receiver: str, name: str) -> Wanted:
        found = {each.code: each for each in papers.receivers(self._session, self.wanted.paper)}[receiver]
        words = ", ".join(part for part in (found.words, name.strip()) if part)
        return replace(self.wanted, receiver=words, audience=found.audience)

    def reload(self) -> None:
        """Read and draw anew; an answer to an older question is dropped."""
        self._asked += 1
        number, wanted = self._asked, self.wanted
        self._runner.start(lambda: self._read(wanted), lambda work: self._show(number, work), self._failed)

    def _read(self, wanted: Wanted) -> Work:
        session = self._session
        if not wanted.person:
            with session.store.read() as conn:
                sql = "SELECT person FROM r_departure_person WHERE departure = ? ORDER BY set_number, id"
                wanted = replace(
                    wanted, person=str(conn.exec_driver_sql(sql, (wanted.subject,)).scalar() or "")
                )
        prepared = papers.prepare(session, wanted)
        every = departure_list.rows(session, everything=True, dossier=prepared.dossier)
        row = next((each for each in every if each.departure == wanted.subject), None)
        shown = departure_list.stands_for(session, row, wanted.person) if row is not None else wanted.person
        if shown != wanted.person:
            wanted = replace(wanted, person=shown)
            prepared = papers.prepare(session, wanted)
        names = dict(zip(row.persons, row.names, strict=True)) if row is not None else {}
        return Work(prepared=prepared, texts=papers.load_texts(session, wanted), row=row, names=names)

    def _show(self, number: int, work: Work) -> None:
        if number != self._asked:
            return
        self._work, self.wanted = work, replace(self.wanted, person=work.prepared.wanted.person)
        self._screen.show_sheet(self._view(work))
        prepared = work.prepared
        self._runner.start_on_files(
            lambda: paper_preview.pages(papers.pdf_of(prepared), SCREEN_DPI),
            lambda pages: self._screen.show_pages(pages) if number == self._asked else None,
            self._failed,
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))

    # -- what it shows ---------------------------------------------------------------------------------------------

    def _view(self, work: Work) -> SheetView:
        prepared, row = work.prepared, work.row
        words, state, icon = _CHIPS[prepared.paper.status]
        missing = (*self._gaps(prepared), *self._hits(prepared), *self._unread(prepared))
        return SheetView(
            title=prepared.paper.title.text,
            quiet=(work.names.get(prepared.wanted.person, ""), _flight_words(row), prepared.paper.reference),
            chip=(_(words), state, icon),
            lines=paper_lines(prepared.paper)[3:],
            missing=missing,
            texts=tuple(self._own(each, prepared) for each in self._ordered(work)),
            final_reason=self._final_reason(prepared, missing, row),
            leave_reason=_("Another program has this store open. Here you can look, not print or save.")
            if self._read_only
            else "",
            is_final=prepared.is_final,
            paper_key=next(key for key, paper in PAPER_KEYS.items() if paper == prepared.wanted.paper),
            people=tuple(work.names.items()),
            person=prepared.wanted.person,
            language=prepared.wanted.language,
            file_name=papers.file_name(prepared),
        )

    def _ordered(self, work: Work) -> list[PaperText]:
        return [work.texts[name] for name in papers.FREE_TEXTS[work.prepared.wanted.paper]]

    def _own(self, text: PaperText, prepared: Prepared) -> OwnText:
        name = text.field or ""
        return OwnText(
            field=name,
            label=_(_LABELS[name]),
            body=text.body or "",
            is_read=name not in prepared.unread,
            problem=self.look_through(text.body or ""),
            most=REQUEST_CHARACTERS if name == REQUEST else 0,
            proposals=tuple(each.label("nl") for each in senders(self._session)) if name == SENDER else (),
        )

    def _gaps(self, prepared: Prepared) -> list[Missing]:
        wanted = prepared.wanted
        return [
            Missing(
                number=mark.number,
                words=mark.text,
                link=_(link_words(gap)),
                to=mended_at(gap, prepared.dossier, wanted.subject, wanted.person),
            )
            for mark, gap in zip(prepared.paper.gaps, prepared.gaps, strict=True)
        ]

    def _hits(self, prepared: Prepared) -> list[Missing]:
        found = []
        for hit in prepared.hits:
            own = hit.field in _LABELS
            place = Place(
                page="departure",
                subject=prepared.wanted.subject,
                part=f"{hit.field}@{prepared.wanted.person}",
            )
            words = _("“%(found)s” may not stand on this paper.", found=hit.hit.found)
            found.append(
                Missing(number=0, words=words, link=_("Change"), to=f"{TEXT}:{hit.field}" if own else place)
            )
        return found

    def _unread(self, prepared: Prepared) -> list[Missing]:
        if not prepared.unread or prepared.hits:
            return []
        words = _("The own text has not been read since it was changed.")
        return [Missing(number=0, words=words, link=_("Read"), to=f"{TEXT}:{prepared.unread[0]}")]

    def _final_reason(self, prepared: Prepared, missing: Sequence[Missing], row: DepartureRow | None) -> str:
        if self._read_only:
            return _("Another program has this store open. Here you can look, not print or save.")
        if row is not None and row.state is DepartureState.CANCELLED:
            return problem_text(DepartureCalledOff())
        if prepared.is_final:
            return _("This paper is final. It is valid until %(moment)s.", moment=_until(prepared))
        numbers = [str(each.number) for each in missing if each.number]
        if len(numbers) == 1:
            return _("It can be made final once %(number)s is filled in.", number=numbers[0])
        if numbers:
            return ngettext(
                "It can be made final once %(count)d thing is filled in.",
                "It can be made final once these %(count)d things are filled in.",
                len(numbers),
                count=len(numbers),
            )
        if prepared.hits:
            return _("It can be made final once the words that may not stand there are gone.")
        return _("It can be made final once the own text was read.") if prepared.unread else ""

    # -- what is done ----------------------------------------------------------------------------------------------

    def look_through(self, text: str) -> str:
        """The sentence about the first word in `text` that may not stand on the paper, "" when it is in order."""
        hits = papers.look_through(self._session, text)
        return (
            _("“%(found)s” may not stand on this paper. Write it differently.", found=hits[0].found)
            if hits
            else ""
        )

    def write(self, name: str, body: str) -> None:
        """Keep one of the paper's own texts."""
        if self._work is None or self._read_only:
            return
        before = self._work.texts[name]
        if (before.body or "") != body:
            self._do(
                lambda: papers.write_text(self._session, before, body),
                _("Text for the paper saved."),
                undoable=True,
            )

    def mark_read(self) -> None:
        """The own texts may be printed as they are."""
        wanted = self.wanted
        self._do(
            lambda: papers.mark_read(self._session, wanted),
            _("Read. The text may be printed like this."),
            undoable=True,
        )

    def make_final(self) -> None:
        """Make the paper final."""
        wanted = self.wanted
        self._do(lambda: papers.make_final(self._session, wanted), _("The paper is final."), undoable=False)

    def save(self, path: Path, purpose: str) -> None:
        """Write the PDF, written down first."""
        if self._work is not None:
            prepared = self._work.prepared
            sentence = _("Saved as %(file)s", file=path.name)
            self._do(
                lambda: papers.save_pdf(self._session, prepared, path, purpose=purpose),
                sentence,
                undoable=False,
            )

    def print(self, purpose: str) -> None:
        """Write down that the paper is printed, draw it for the printer, and hand it over."""
        if self._work is None:
            return
        prepared = self._work.prepared
        job = papers.file_name(prepared).removesuffix(".pdf")

        def drawn(pages: Sequence[PagePicture]) -> None:
            self._screen.print_pages(job, pages)
            self._screen.show_said(_("Sent to the printer and written down."), undoable=False)

        def written(_nothing: object) -> None:
            self._runner.start_on_files(
                lambda: paper_preview.pages(papers.pdf_of(prepared), PRINT_DPI), drawn, self._failed
            )

        self._runner.start(
            lambda: papers.disclose(self._session, prepared, way=papers.PRINTED, purpose=purpose),
            written,
            self._failed,
        )

    def _do(self, work: Callable[[], object], sentence: str, *, undoable: bool) -> None:
        def done(_result: object) -> None:
            self._screen.show_said(sentence, undoable=undoable)
            self.reload()

        self._runner.start(work, done, self._failed)


def _flight_words(row: DepartureRow | None) -> str:
    if row is None or row.leaves_on is None:
        return _("day of departure unknown")
    return _("departure %(day)s", day=formats.day_in_full(row.leaves_on))


def _until(prepared: Prepared) -> str:
    until = datetime.fromisoformat(prepared.valid_until)
    return f"{formats.day_in_full(until.date())}, {formats.clock(until)}"


__all__ = [
    "LANGUAGES",
    "RECEIPT",
    "SHEET",
    "Missing",
    "OwnText",
    "SheetPresenter",
    "SheetScreen",
    "SheetView",
]
