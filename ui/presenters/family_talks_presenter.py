"""The talks of one family, latest first, and what was agreed and is not done yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from app.domain.kinds.talk import Agreement
from app.i18n import N_, _
from app.services import talk_list, talks
from app.services.session import Session
from app.services.talk_agreements import open_agreements
from app.services.talk_list import TalkRow
from ui.bridge.cell import NOTHING, Cell
from ui.presenters.gate import Runner
from ui.presenters.talk_words import agreements_cell, due_words, state_cell, when_cell

HEADS: Final = (N_("When"), N_("Kind of talk"), N_("Phase"), N_("Agreements"), N_("Where it stands"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """An agreement that is not done; `late` says it in words, "" when it is not late."""

    key: str
    main: str
    second: str
    late: bool


class FamilyTalksScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_talks(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these talks; none means the empty state."""

    def show_agreements(self, lines: Sequence[AgreementLine]) -> None:
        """Show what is still to be done."""

    def say(self, sentence: str) -> None:
        """Say what was done; it can be undone."""


class FamilyTalksPresenter:
    """Works on the family that was opened last."""

    def __init__(self, session: Session, runner: Runner, screen: FamilyTalksScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""
        self._agreements: dict[str, Agreement] = {}

    def open(self, dossier: str) -> None:
        """Show another family."""
        self.dossier = dossier
        self.reload()

    def reload(self) -> None:
        """Read again."""
        if self.dossier:
            self._runner.start(self._read, self._show)

    def done(self, key: str) -> None:
        """An agreement was kept, today."""
        before = self._agreements[key]
        after = before.with_values(done_on=self._session.today.isoformat())
        self._runner.start(lambda: talks.agree(self._session, before, after), lambda _written: self._said())

    def _said(self) -> None:
        self._screen.say(_("Agreement marked as done."))
        self.reload()

    def _read(self) -> tuple[tuple[TalkRow, ...], tuple[Agreement, ...]]:
        return talk_list.of_dossier(self._session, self.dossier), open_agreements(self._session, self.dossier)

    def _show(self, found: tuple[tuple[TalkRow, ...], tuple[Agreement, ...]]) -> None:
        rows, agreements = found
        self._agreements = {each.id: each for each in agreements}
        self._screen.show_talks([(row.talk, self._cells(row)) for row in rows])
        self._screen.show_agreements([agreement_line(each, self._session.today) for each in agreements])

    def _cells(self, row: TalkRow) -> tuple[Cell, ...]:
        return (
            when_cell(row, self._session.today),
            Cell(main=row.kind or _("unknown"), strong=True),
            Cell(main=row.phase or NOTHING, role="ink" if row.phase else "quiet"),
            agreements_cell(row),
            state_cell(row),
        )


def agreement_line(agreement: Agreement, today: date) -> AgreementLine:
    """Who does what, by when."""
    who, what = agreement.who or _("unknown"), agreement.what or ""
    late = bool(agreement.due_on) and (agreement.due_on or "") < today.isoformat()
    return AgreementLine(
        key=agreement.id,
        main=_("%(who)s: %(what)s", who=who, what=what),
        second=_("by %(day)s", day=due_words(agreement.due_on, today))
        if agreement.due_on
        else due_words(None, today),
        late=late,
    )
