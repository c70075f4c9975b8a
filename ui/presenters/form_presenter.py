"""What forms made of questions share: read, ask, keep a draft, write, say what is wrong at its place."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Generic, TypeVar

from app.domain.entry import FieldProblem
from app.domain.errors import KnownProblem
from app.i18n import _, formats, problem_text
from app.services import drafts
from app.services.drafts import Draft
from app.services.session import Session
from ui.bridge.place import Place
from ui.presenters.ask import Ask, AskScreen, at_fields, not_filled, problems_of
from ui.presenters.gate import Runner

ReadT = TypeVar("ReadT")
_Done = dict[str, str] | tuple[Place, str]
"""What is wrong, a sentence per question; or where to go, and what to say."""


class FormPresenter(Generic[ReadT]):
    """A form for a subject and a part, as in its Place. Subclasses read, show and write."""

    form = ""
    """The page of the form; its drafts are kept under this name."""
    renamed: ClassVar[Mapping[str, str]] = {}
    """Names of fields of records that the form asks under another name."""

    def __init__(
        self, session: Session, runner: Runner, screen: AskScreen, *, read_only: bool = False
    ) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._read_only = read_only
        self.subject = self.part = ""
        self._found: ReadT | None = None
        self._asks: tuple[Ask, ...] = ()
        self._draft: Draft | None = None
        self._busy = False

    # -- what a person does ----------------------------------------------------------------------------------------

    def open(self, subject: str, part: str) -> None:
        """Show the form for this subject."""
        self.subject, self.part, self._draft = subject, part, None
        self._found, self._busy = None, False
        self._runner.start(
            lambda: (self._read(), drafts.find(self._session, self.form, self._key)), self._take, self._gone
        )

    def typed(self, values: Mapping[str, str]) -> None:
        """Something was answered: other questions may follow from it."""
        if self._found is not None:
            self._asks = self._ask(self._found, values)
            self._screen.show_asks(self._asks, fresh=False)

    def choose(self, code: str) -> None:
        """Something else was chosen from the list beside the form; a form without such a list has nothing to do."""

    def save(self, values: Mapping[str, str], unreadable: Mapping[str, str] | None = None) -> None:
        """Write what was answered, or say all that is wrong at once: what cannot be read (`unreadable`, a sentence per
        question), what was not answered, and what the service would refuse of the rest."""
        found = self._found
        if found is None or self._busy or self._read_only:
            return
        open_ = dict(unreadable or {})
        open_ |= not_filled([ask for ask in self._asks if ask.name not in open_], values)
        self._busy = True
        kept = dict(values)

        def work() -> _Done:
            wrong = {**at_fields(self._wrong(found, kept), self.renamed), **open_}
            return wrong or self._write(found, kept)

        self._runner.start(work, self._done, self._refused)

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep what is typed as a draft, unless nothing differs from how the form opened."""
        opened = {ask.name: ask.value for ask in self._asks}
        if self._found is None or all(opened.get(name, "") == text for name, text in texts.items()):
            return
        key, form, typed = self._key, self.form, dict(texts)
        self._runner.start(lambda: drafts.keep(self._session, form, key, typed), _nothing)

    def take_draft(self) -> None:
        """Go on with what was typed before."""
        if self._draft is not None:
            self._screen.offer_draft("")
            texts = {name: str(value) for name, value in self._draft.typed.items()}
            self.typed({**{ask.name: ask.value for ask in self._asks}, **texts})
            self._screen.put_texts(texts)

    def drop_draft(self) -> None:
        """Throw away what was typed before."""
        self._screen.offer_draft("")
        self._forget()

    def cancel(self) -> None:
        """Leave without writing; what was typed is thrown away on purpose."""
        self._forget()
        self._found = None  # nothing is kept as a draft any more
        self._screen.leave_to(self.back_place())

    def back_place(self) -> Place:
        """Where the form came from."""
        return Place(page="request", subject=self.subject)

    # -- for subclasses --------------------------------------------------------------------------------------------

    def _read(self) -> ReadT:
        """Read what the form is about; runs in the database's thread. Raises KnownProblem when it is gone."""
        raise NotImplementedError

    def _show(self, found: ReadT) -> None:
        """Show head, options and facts."""
        raise NotImplementedError

    def _ask(self, found: ReadT, values: Mapping[str, str]) -> tuple[Ask, ...]:
        """The questions, given what is answered."""
        raise NotImplementedError

    def _write(self, found: ReadT, values: Mapping[str, str]) -> tuple[Place, str]:
        """Write it; runs in the database's thread. Returns where to go and what to say. Raises KnownProblem."""
        raise NotImplementedError

    def _wrong(self, found: ReadT, values: Mapping[str, str]) -> Iterable[FieldProblem]:
        """What the service would refuse of the answers, by the names of the records; writes nothing. Runs in the
        database's thread, before writing. Answers may be missing: `values` holds what can be read."""
        raise NotImplementedError

    # -- how -------------------------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return f"{self.subject}/{self.part}"

    def _take(self, read: tuple[ReadT, Draft | None]) -> None:
        self._found, self._draft = read
        self._screen.show_stop("", "", may_save=not self._read_only)
        if self._read_only:
            self._screen.show_stop(
                "info", _("Only reading: another program has this store open."), may_save=False
            )
        self._show(self._found)
        self.show_questions()

    def show_questions(self) -> None:
        """Ask afresh, and offer the draft of these questions."""
        if self._found is None:
            return
        self._asks = self._ask(self._found, {})
        self._screen.show_asks(self._asks, fresh=True)
        said = _("Typed on %(when)s and not saved.", when=formats.deed(self._draft.at)) if self._draft else ""
        self._screen.offer_draft(said)

    def _gone(self, problem: KnownProblem) -> None:
        self._screen.show_gone(problem_text(problem))

    def _done(self, result: _Done) -> None:
        self._busy = False
        if isinstance(result, dict):
            self._screen.show_problems(result)
            return
        self._forget()
        self._found = None
        self._screen.leave_to(*result)

    def _refused(self, problem: KnownProblem) -> None:
        self._busy = False
        self._screen.show_problems(problems_of(problem, self.renamed))

    def _forget(self) -> None:
        self._draft, key, form = None, self._key, self.form
        self._runner.start(lambda: drafts.drop(self._session, form, key), _nothing)


def _nothing(_result: object) -> None:
    """A draft that was kept is told to nobody."""
