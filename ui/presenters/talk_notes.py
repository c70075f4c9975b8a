"""The notes of a talk by settled rule 11: a draft at every pause in typing, one change when the field is left.

What was read stays the base of the next change, so that two officers' texts both survive. What a crash left behind is
offered, and waits for an answer however long that takes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.kinds.talk import Talk
from app.domain.record import Value
from app.i18n import _, formats
from app.services import drafts, talks
from app.services.session import Session
from app.services.talk_board import DRAFT, TalkBoard
from ui.presenters.gate import Runner
from ui.presenters.talk_words import saved_words


class NotesScreen(Protocol):
    """What the notes ask of talk mode."""

    def show_notes(self, notes: str) -> None:
        """The stored notes."""

    def notes_are_touched(self) -> bool:
        """Whether something was typed that is not stored."""

    def show_draft(self, sentence: str) -> None:
        """Offer notes of before a crash; "" when there are none."""

    def show_saved(self, words: str) -> None:
        """When the last change was kept."""

    def show_problem(self, sentence: str) -> None:
        """What could not be kept, beside the notes; "" takes it away."""

    def say(self, sentence: str) -> None:
        """What was done; it can be undone."""


@dataclass(slots=True)
class _Base:
    """The talk as it was read for the screen; changed by the database thread after each of our own saves."""

    talk: Talk


class TalkNotes:
    """The notes of one talk. `progress` gives what else its draft keeps; `refuse` says what cannot be kept."""

    def __init__(
        self,
        session: Session,
        runner: Runner,
        screen: NotesScreen,
        progress: Callable[[], dict[str, Value]],
        refuse: Callable[[KnownProblem], None],
    ) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._progress, self._refuse = progress, refuse
        self._base: _Base | None = None
        self._talk = self._typed = self._offered = ""
        self.saves = 0
        """How many changes were asked for: a reading from before the last one is too old to be a base."""

    def open(self, talk: str) -> None:
        """Turn to another talk."""
        self._base, self._talk = None, talk
        self._typed = self._offered = ""

    def begin(self, board: TalkBoard) -> None:
        """Offer what a crash left behind."""
        typed: Mapping[str, Value] = board.draft.typed if board.draft else {}
        self._offered = _unsaved(typed, board.view.talk.notes or "")
        said = (
            _("Notes of %(moment)s were not saved.", moment=formats.deed(board.draft.at))
            if board.draft
            else ""
        )
        self._screen.show_draft(said if self._offered else "")

    def read(self, board: TalkBoard, saves: int) -> None:
        """Show the stored notes, unless somebody is typing or they were read before the last save."""
        if self._base is None or (saves == self.saves and not self._screen.notes_are_touched()):
            self._base = _Base(board.view.talk)
            self._screen.show_notes(board.view.talk.notes or "")

    def typed(self, text: str) -> None:
        """A pause in typing."""
        self._typed = text
        self.keep_draft()

    def left(self, text: str) -> None:
        """The notes were left: one change of the record. The draft goes only when that has worked."""
        base = self._base
        if base is None:
            return
        self.saves += 1
        self._typed = text
        session, talk, kept = self._session, self._talk, self._kept()

        def work() -> bool:
            before = base.talk
            after = before.with_values(notes=text or None)
            moved = False
            if after != before:
                drafts.keep(session, DRAFT, talk, {**kept, "notes": text}, {"notes": before.notes})
                moved = bool(talks.save(session, before, after).moved)
                base.talk = after
            drafts.keep(session, DRAFT, talk, kept, {"notes": text})
            return moved

        self._runner.start(work, lambda moved: self._saved(text, moved), self._refuse)

    def _saved(self, text: str, moved: bool) -> None:
        if self._typed == text:  # or something newer was typed meanwhile
            self._typed = ""
        self._screen.show_problem("")
        self._screen.show_saved(saved_words(self._session.now()))
        if moved:
            self._screen.say(_("A colleague changed the notes too. Both texts stand."))

    def take_offer(self) -> None:
        """Put the notes of before the crash back, below what stands there now, as if they were typed and left."""
        base, offered = self._base, self._offered
        if base is None or not offered:
            return
        self._offered = ""
        self._screen.show_draft("")
        stored = base.talk.notes or ""
        notes = offered if offered.startswith(stored) else f"{stored}\n\n{offered}"
        self._screen.show_notes(notes)
        self.left(notes)

    def drop_offer(self) -> None:
        """Leave the notes as they are stored."""
        self._offered = ""
        self._screen.show_draft("")
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep the progress of the talk and, while they are not stored, the notes."""
        kept, unsaved, base = self._kept(), self._typed, self._base
        session, talk = self._session, self._talk

        def work() -> None:
            stored = (base.talk.notes or "") if base else ""
            typed = {**kept, "notes": unsaved} if unsaved and unsaved != stored else kept
            drafts.keep(session, DRAFT, talk, typed, {"notes": stored})

        self._runner.start(work, _nothing)

    def _kept(self) -> dict[str, Value]:
        offered: dict[str, Value] = {"offered": self._offered} if self._offered else {}
        return {**self._progress(), **offered}


def _unsaved(typed: Mapping[str, Value], stored: str) -> str:
    """What a draft holds of notes that are not in the record: typed last, and an offer that was not answered."""
    texts = [str(typed.get(name) or "") for name in ("offered", "notes")]
    return "\n\n".join(text for text in dict.fromkeys(texts) if text and text != stored)


def _nothing(_result: object) -> None:
    """Nobody waits for this outcome."""
