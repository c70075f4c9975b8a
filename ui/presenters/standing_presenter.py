"""The tab *Stand*: the states of now and before, how the family came in, who left, and what the facts propose."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.domain.kinds.dossier import Inflow, Outflow
from app.domain.words import N_
from app.i18n import _, language, problem_text
from app.services import case_states, flow_page, outflows
from app.services.case_states import Standing
from app.services.flow_page import FlowPage
from app.services.session import Session
from app.services.state_proposals import Proposal
from ui.bridge.cell import Cell
from ui.bridge.place import Notice, Place
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.flow_words import (
    CHANGE,
    CLOSE_FORM,
    DEPARTURE,
    INFLOW_FORM,
    OUTFLOW_FORM,
    REOPEN,
    STATE_FORM,
    bare,
    day_words,
    inflow_state,
    inflow_words,
    names_of,
    open_groups,
    person_words,
    span_words,
)
from ui.presenters.gate import Runner
from ui.presenters.state_form_presenter import END

STANDING_HEADS: Final = (N_("What"), N_("For whom"), N_("When"), N_("Details"))
STATE, INFLOW, OUTFLOW = "state", "inflow", "outflow"
Row = tuple[str, tuple[Cell, ...]]
_FORMS: Final = {STATE: STATE_FORM, INFLOW: INFLOW_FORM, OUTFLOW: OUTFLOW_FORM}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """The rows with their headings, and the facts beside them."""

    rows: tuple[Row, ...]
    headings: frozenset[str]
    facts: tuple[FactGroup, ...]
    is_closed: bool
    may_leave: bool

    @property
    def closes(self) -> str:
        """The words of the button that closes the dossier or opens it again."""
        return _("Open again") if self.is_closed else _("Close the dossier")


class StandingScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_standing(self, view: StandingView) -> None:
        """Show how the family stands."""

    def tell(self, notice: Notice) -> None:
        """Say what was done."""


class StandingPresenter:
    """`dossier` is the family that is shown."""

    def __init__(self, session: Session, runner: Runner, screen: StandingScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""
        self._is_closed = False

    def open(self, dossier: str) -> None:
        """Show how another family stands, or the same anew."""
        self.dossier = dossier
        session = self._session
        self._runner.start(lambda: flow_page.read(session, dossier), self._show, self._gone)

    def place_of(self, row: str) -> Place:
        """The form of a row."""
        kind, _colon, record = row.partition(":")
        return Place(page=_FORMS[kind], subject=self.dossier, part=f"{CHANGE}{record}")

    def new_state(self) -> Place:
        """The form of a new state."""
        return Place(page=STATE_FORM, subject=self.dossier)

    def new_outflow(self) -> Place:
        """The form of an outflow."""
        return Place(page=OUTFLOW_FORM, subject=self.dossier)

    def close_or_open(self) -> Place:
        """The form that closes the dossier, or opens it again."""
        if self._is_closed:
            return Place(page=INFLOW_FORM, subject=self.dossier, part=REOPEN)
        return Place(page=CLOSE_FORM, subject=self.dossier)

    def may_remove(self, row: str) -> bool:
        """Whether a row can be taken away; how a dossier came in is changed, not removed."""
        return row.partition(":")[0] in (STATE, OUTFLOW)

    def remove(self, row: str) -> None:
        """Take away what was written down by mistake."""
        kind, _colon, record = row.partition(":")
        session = self._session
        deeds: dict[str, tuple[Callable[[], None], str]] = {
            STATE: (lambda: case_states.remove(session, record), _("State removed")),
            OUTFLOW: (lambda: outflows.remove(session, record), _("Outflow removed")),
        }
        if kind not in deeds:
            return
        deed, said = deeds[kind]

        def done(_none: None) -> None:
            self._screen.tell(Notice(sentence=said))
            self.open(self.dossier)

        self._runner.start(deed, done, self._failed)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.tell(Notice(sentence=problem_text(problem), undoable=False))
        self.open(self.dossier)

    def _gone(self, _problem: KnownProblem) -> None:
        """The page says that the family is gone."""

    def _show(self, page: FlowPage) -> None:
        if page.dossier != self.dossier:
            return
        self._is_closed = page.is_closed
        rows: list[Row] = []
        headings: set[str] = set()
        for title, found in _groups(self._session, page):
            if found:
                headings.add(title)
                rows.append((title, (Cell(main=title, strong=True), *(Cell() for _each in range(3)))))
                rows += found
        view = StandingView(
            rows=tuple(rows),
            headings=frozenset(headings),
            facts=tuple(group for group in _facts(self._session, page) if group.facts),
            is_closed=page.is_closed,
            may_leave=bool(page.staying),
        )
        self._screen.show_standing(view)


def _groups(session: Session, page: FlowPage) -> Iterator[tuple[str, list[Row]]]:
    standing = [each for each in page.states if each.stands]
    order = list(session.content.case_states)
    standing.sort(key=lambda each: (bool(each.person), order.index(each.code) if each.code in order else 0))
    aside = flow_page.unclear(session, page)
    yield _("Now"), [_state_row(page, each, unsure=each in aside) for each in standing]
    place = {person: at for at, person in enumerate(page.members)}
    left = sorted(page.outflows, key=lambda each: place.get(each.person or "", len(place)))
    left.sort(key=lambda each: each.on or "", reverse=True)
    yield _("Outflow"), [_outflow_row(session, page, each) for each in left]
    yield _("Inflow"), [_inflow_row(session, each) for each in page.inflows]
    yield _("Before"), [_state_row(page, each) for each in page.states if not each.stands]


def _state_row(page: FlowPage, each: Standing, *, unsure: bool = False) -> Row:
    unsure = unsure or not each.code
    return (
        f"{STATE}:{each.record.id}",
        (
            Cell(
                main=each.words or _("unknown"),
                role="clash" if unsure else "ink" if each.stands else "quiet",
                icon="state.clash" if unsure else "",
                strong=each.stands and not unsure,
            ),
            Cell(main=person_words(page.names, each.person)),
            Cell(main=span_words(each)),
            Cell(main=each.record.reason or "", role="quiet"),
        ),
    )


def _inflow_row(session: Session, each: Inflow) -> Row:
    said, role = inflow_state(each)
    return (
        f"{INFLOW}:{each.id}",
        (
            Cell(main=inflow_words(session, each)),
            Cell(main=person_words({}, "")),
            Cell(main=day_words(each.on)),
            Cell(main=said, role=role, icon="state.watch" if role == "watch" else ""),
        ),
    )


def _outflow_row(session: Session, page: FlowPage, each: Outflow) -> Row:
    kind = session.content.label(each.kind, language())
    sort = session.content.label(each.sub_kind, language())
    said, role = _outflow_details(session, each)
    return (
        f"{OUTFLOW}:{each.id}",
        (
            Cell(main=kind or _("unknown"), aside=sort),
            Cell(main=person_words(page.names, each.person or "")),
            Cell(main=day_words(each.on)),
            Cell(main=said, role=role, icon="state.watch" if role == "watch" else ""),
        ),
    )


def _outflow_details(session: Session, each: Outflow) -> tuple[str, str]:
    """Proof and country, or when a disappearance was reported; what is missing is said."""
    kind = bare(each.kind)
    if outflows.asks_report(session, kind):
        if each.reported_on:
            to = each.reported_to or _("unknown to whom")
            return _("reported on %(day)s to %(whom)s", day=day_words(each.reported_on), whom=to), "quiet"
        return _("disappearance not reported yet"), "watch"
    country = session.content.label(each.country, language()) if each.country else ""
    said = ", ".join(word for word in (country, each.proof or "") if word)
    chosen = next((choice for choice in outflows.kinds(session) if choice.code == kind), None)
    if chosen is not None and "demonstrable" in chosen.traits and not each.proof:
        return ", ".join(word for word in (country, _("no proof written down")) if word), "watch"
    return said, "quiet"


# --- beside it --------------------------------------------------------------------------------------------------------


def _facts(session: Session, page: FlowPage) -> Iterator[FactGroup]:
    if flow_page.unclear(session, page):
        place = Place(page="clear_up", subject=page.dossier)
        fact = Fact(
            main=_("Two states stand that cannot stand together: neither counts."),
            icon="state.clash",
            role="clash",
            link=_("Clear up"),
            place=place,
        )
        yield FactGroup(title=_("Unclear"), facts=(fact,))
    proposed = tuple(_proposals(page))
    yield FactGroup(title=_("Proposed"), facts=proposed, icon="state.info" if proposed else "")
    if page.closing.is_offered:  # the banner of the page offers to close it
        yield from open_groups(page, session.today)
    if not page.inflows and not page.is_closed:
        place = Place(page=INFLOW_FORM, subject=page.dossier)
        fact = Fact(
            main=_("How the dossier came in is not written down."), link=_("Write it down"), place=place
        )
        yield FactGroup(title=_("Inflow"), facts=(fact,))


def _proposals(page: FlowPage) -> Iterator[Fact]:
    for gone in page.departed:
        day = day_words(gone.departure.departed_on)
        yield Fact(
            main=_("Outflow of %(names)s", names=names_of(page, gone.persons)),
            second=_("The departure of %(day)s took place.", day=day),
            link=_("Record outflow"),
            place=Place(page=OUTFLOW_FORM, subject=page.dossier, part=f"{DEPARTURE}{gone.departure.id}"),
        )
    for each in page.proposals:
        yield _proposal(page, each)


def _proposal(page: FlowPage, each: Proposal) -> Fact:
    words = each.state.label(language())
    because = _(each.because, what=each.what) if each.what else _(each.because)
    if each.ends:
        place = Place(page=STATE_FORM, subject=page.dossier, part=f"{END}{each.ends}")
        return Fact(main=_("%(state)s may end", state=words), second=because, link=_("End it"), place=place)
    place = Place(page=STATE_FORM, subject=page.dossier, part=each.state.code)
    return Fact(main=words, second=because, link=_("Record it"), place=place)
