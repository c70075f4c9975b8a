"""The tab *Gegevens*: what is known of a family beside its own screens, by heading, and one fact in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.domain.record import CENTS, FieldSpec, FieldType, Value
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services import facts
from app.services.fact_kinds import GROUPS, FactKind
from app.services.facts import FactLine, Register
from app.services.record_names import headline
from app.services.session import Session
from app.services.value_words import value_words
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.place import Place
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.family_presenter import both_words
from ui.presenters.gate import Runner

HEADS: Final = (N_("What"), N_("About"), N_("When"))
HEADING = "heading/"
"""How the id of a row begins that is a heading."""
Row = tuple[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact in full."""

    record: str
    groups: tuple[FactGroup, ...]


class FactsScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer the members to narrow the list by."""

    def show_facts(self, rows: Sequence[Row], headings: frozenset[str]) -> None:
        """Show these lines; none when nothing was written down yet."""

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong."""

    def show_removed(self, sentence: str) -> None:
        """Say that a fact is gone, with the way to take it back."""


class FactsPresenter:
    """Reads the register of a family and shows it by heading, for everybody or one member."""

    def __init__(self, session: Session, runner: Runner, screen: FactsScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""
        self.person = ""
        self._register: Register | None = None

    def open(self, dossier: str) -> None:
        """Show another family, or the same anew."""
        if dossier != self.dossier:
            self.dossier, self.person = dossier, ""
        self._runner.start(lambda: facts.load(self._session, dossier), self._show, self._gone)

    def narrow(self, person: str) -> None:
        """Show what is about one member and the whole family; "" everything."""
        self.person = person
        if self._register is not None:
            self._show(self._register)

    def new_place(self) -> Place:
        """Where something is written down."""
        return Place(page="fact", subject=self.dossier, part="new")

    def change_place(self, record: str) -> Place:
        """Where a fact is changed."""
        assert self._register is not None
        kind = self._register.line(record).kind.kind
        return Place(page="fact", subject=self.dossier, part=f"{kind}/{record}")

    def remove(self, record: str) -> None:
        """Take a fact out."""
        dossier = self.dossier
        self._runner.start(lambda: facts.remove(self._session, dossier, record), self._removed, self._refused)

    def view(self, record: str) -> FactView | None:
        """One fact in full, None when it is not here any more."""
        if self._register is None:
            return None
        try:
            line = self._register.line(record)
        except KnownProblem:
            return None
        return FactView(record=record, groups=(self._in_full(line, self._register),))

    # -- how -------------------------------------------------------------------------------------------------------

    def _show(self, register: Register) -> None:
        if register.dossier != self.dossier:
            return
        self._register = register
        self._screen.show_people(tuple((person, name.first) for person, name in register.people.items()))
        rows: list[Row] = []
        headings: set[str] = set()
        for group in GROUPS:
            lines = [line for line in register.lines[group.key] if self._wanted(line)]
            if not lines:
                continue
            headings.add(f"{HEADING}{group.key}")
            rows.append((f"{HEADING}{group.key}", (Cell(main=_(group.title), strong=True), Cell(), Cell())))
            rows += [(line.record.id, self._cells(line, register)) for line in lines]
        self._screen.show_facts(rows, frozenset(headings))

    def _wanted(self, line: FactLine) -> bool:
        return not self.person or line.person in ("", self.person)

    def _cells(self, line: FactLine, register: Register) -> tuple[Cell, ...]:
        kind = _(line.kind.declaration.title)
        said = "" if line.kind.is_delicate else self._headline(line, register)
        day = next((spec for spec in line.kind.declaration.fields if spec.name == line.kind.day), None)
        when = getattr(line.record, day.name) if day is not None else None
        return (
            Cell(
                main=said or kind,
                aside=kind if said and not _led_by_a_code(line) else "",
                icon="state.clash" if line.disputed else "",
                role="clash" if line.disputed else "ink",
            ),
            Cell(main=line.about or _("family"), role="ink" if line.about else "quiet"),
            Cell(main=value_words(self._session, day, when))
            if day is not None and when
            else Cell(main=NOTHING),
        )

    def _headline(self, line: FactLine, register: Register) -> str:
        def say(spec: FieldSpec, value: Value) -> str:
            return self._words(spec, value, register)

        open_ = [each.field for each in line.disputed]
        return ", ".join(filter(None, headline(line.record, line.kind.headline, say, open_)))

    def _in_full(self, line: FactLine, register: Register) -> FactGroup:
        told = []
        for spec in line.kind.declaration.fields:
            value = getattr(line.record, spec.name)
            both = next((each for each in line.disputed if each.field == spec.name), None)
            if both is not None:
                told.append(
                    Fact(main=both_words(both), second=_(spec.title), icon="state.clash", role="clash")
                )
            elif value is not None and value != "":
                told.append(Fact(main=self._words(spec, value, register), second=_(spec.title)))
        return FactGroup(title=_(line.kind.declaration.title), facts=tuple(told), count=line.about)

    def _words(self, spec: FieldSpec, value: Value, register: Register) -> str:
        if spec.unit == CENTS:
            return formats.money(int(value or 0), "EUR")
        return value_words(self._session, spec, value, register.names)

    def _removed(self, _nothing: object) -> None:
        self._screen.show_removed(_("Taken out of the file."))

    def _refused(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))

    def _gone(self, _problem: KnownProblem) -> None:
        """The page says that the family is gone."""
        self._screen.show_facts((), frozenset())


def _spec(kind: FactKind, name: str) -> FieldSpec:
    return next(spec for spec in kind.declaration.fields if spec.name == name)


def _led_by_a_code(line: FactLine) -> bool:
    """Whether the first words are those of a list ("V-nummer", "Besluit op asielaanvraag"): they say what it is."""
    first = next((name for name in line.kind.headline if getattr(line.record, name) is not None), "")
    return bool(first) and _spec(line.kind, first).type is FieldType.CODE
