"""*Vandaag*: late, today, the days ahead, and what else asks attention; families by their earliest day.

A family's name stands once per group. The page follows the day: at midnight what was today is late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from app.i18n import _, formats, ngettext
from app.services import agenda, derived, due_list, today, words
from app.services.agenda import AgendaLine
from app.services.due_list import DueList
from app.services.offer_words import waits_words
from app.services.session import DUTCH_TIME, Session
from app.services.today import Today
from ui.bridge.cell import Cell
from ui.bridge.place import Place
from ui.presenters.draft_words import draft_facts
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.family_presenter import on_what_words
from ui.presenters.family_words import lower_first
from ui.presenters.gate import Runner
from ui.presenters.leaving_words import days_left

DAYS_AHEAD: Final = 7
MOST_LINES: Final = 150
"""Lines of one group that are listed; whoever has more late than this works from the list of dossiers."""

_MOST_FACTS = 3
_BACKUP_DAYS = 7
_ICONS = {
    agenda.TALK: "nav.talks", agenda.REPORT: "talk.report", agenda.AGREEMENT: "sign.colleagues",
    agenda.TODO: "sign.edit", agenda.FLIGHT: "nav.departure", agenda.DEPARTURE_TERM: "nav.departure",
    agenda.PRESENTATION: "lp.presentation", agenda.TRANSFER: "nav.departure", agenda.EXPIRY: "sign.last_day",
    agenda.RETURN: "sign.colleagues",
}  # fmt: skip
_TERM_ICONS = {
    "kopie": "lp.copy", "rappel": "lp.reminder", "presentatie": "lp.presentation", "check": "sign.gate",
    "verloopt": "sign.last_day", "hercontrole": "lp.held", "terugkoppeling": "lp.examined",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """A line of the table. `heading` begins a group; a line without cells is the space before one."""

    key: str
    cells: tuple[Cell, ...] = ()
    heading: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What stands there when nothing is due; `new` offers to register a family."""

    heading: str
    sentence: str
    new: bool


class TodayScreen(Protocol):
    """What the presenter asks of the page."""

    def show_day(self, words: str) -> None:
        """The quiet line: which day it is."""

    def show_rows(self, rows: Sequence[TodayRow]) -> None:
        """Show these lines; the chosen one stays chosen."""

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that nothing is due."""

    def show_facts(self, groups: Sequence[FactGroup]) -> None:
        """Show what stands beside it."""

    def show_foot(self, words: str) -> None:
        """Counts at the foot."""


class TodayPresenter:
    """`day` is the day that is shown, None before the first answer."""

    def __init__(self, session: Session, runner: Runner, screen: TodayScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.day: date | None = None

    def reload(self) -> None:
        """Read everything anew."""
        session = self._session
        self._runner.start(lambda: due_list.read(session, days=DAYS_AHEAD, most=MOST_LINES), self._show_due)
        self._runner.start(lambda: today.read(session), self._show_beside)
        self._runner.start(lambda: derived.begin_day(session), _nothing_to_show)

    def look_at_clock(self) -> None:
        """Begin the new day when the old one is over; called every minute and after a pause."""
        if self.day is not None and self.day != self._session.today:
            self.reload()

    def _show_due(self, found: DueList) -> None:
        """What is due comes first: with it the officer can work."""
        self.day = found.today
        self._screen.show_day(formats.day_in_full(self.day))
        rows = tuple(rows_of(self._session, found))
        if rows:
            self._screen.show_rows(rows)
        else:
            self._screen.show_nothing(_nothing(found))
        self._screen.show_foot(_foot(found) if rows else "")

    def _show_beside(self, found: Today) -> None:
        self._screen.show_facts(tuple(self._facts(found)))

    # -- beside ----------------------------------------------------------------------------------------------------

    def _facts(self, found: Today) -> Iterator[FactGroup]:
        asked = tuple(_asked_facts(found))
        if asked:
            yield FactGroup(title=_("Waits for your answer"), icon="sign.colleagues", facts=asked)
        if found.to_clear_up:
            yield FactGroup(
                title=_("To be cleared up"),
                icon="state.clash",
                role="clash",
                count=formats.number(len(found.to_clear_up)),
                facts=tuple(_clear_up_facts(found)),
            )
        waiting = tuple(draft_facts(found.drafts, _MOST_FACTS))
        if waiting:
            yield FactGroup(title=_("Begun, not saved"), icon="sign.edit", facts=waiting)
        if found.families:
            yield FactGroup(title=_("Backup"), icon="sign.saved", facts=(self._backup(found),))

    def _backup(self, found: Today) -> Fact:
        place = Place(page="settings")
        if found.last_backup is None:
            return Fact(
                main=_("No backup was made of this store yet."),
                second=_("If this laptop is lost, so is everything in it."),
                link=_("Make a backup"),
                place=place,
            )
        today_ = self._session.today
        made = found.last_backup.astimezone(DUTCH_TIME).date()
        old = today_ - made > timedelta(days=_BACKUP_DAYS)
        words = _("Last backup: %(day)s", day=formats.day(made, today_))
        return Fact(main=words, link=_("Make a backup") if old else "", place=place if old else None)


def _nothing_to_show(changed: bool) -> None:
    """Ages stand in the list of dossiers, which reads them itself."""


def _asked_facts(found: Today) -> Iterator[Fact]:
    """Destructions that wait for a word, families that are offered, and who has a family when that is not clear."""
    for one in found.destructions:
        place = Place(page="family", subject=one.dossier, part="leaving") if one.dossier else None
        said = _("%(name)s asks to destroy this.", name=one.by or _("A colleague"))
        yield Fact(
            main=one.title or _("name unknown"),
            strong=True,
            second=f"{said} {days_left(one.days_left)}" if one.days_left is not None else said,
            link=_("Give an answer") if place else "",
            place=place,
        )
    for state in found.handovers:
        said = waits_words(state)
        if said:
            place = Place(page="family", subject=state.dossier, part="leaving")
            asked = state.offer is not None and state.to_me
            link = _("Give an answer") if asked else _("Look")
            yield Fact(main=state.title, strong=True, second=said, link=link, place=place)


def _clear_up_facts(found: Today) -> Iterator[Fact]:
    for at, one in enumerate(found.to_clear_up[:_MOST_FACTS], start=1):
        last = at == min(_MOST_FACTS, len(found.to_clear_up))
        said, about = one.title, one.about
        if one.kind == "value" and one.difference is not None:
            said, about = (
                _("%(field)s has two values", field=lower_first(one.title)),
                on_what_words(one.difference),
            )
        yield Fact(
            main=one.family or said,
            strong=True,
            second=": ".join(part for part in (about, said) if part not in ("", one.family or said)),
            link=_("Look at all %(count)s", count=formats.number(len(found.to_clear_up))) if last else "",
            place=Place(page="clear_up"),
        )


# --- lines ----------------------------------------------------------------------------------------------------------


def rows_of(session: Session, found: DueList) -> Iterator[TodayRow]:
    """The table: per group a heading, then the lines by family, families by earliest day."""
    groups = (
        ("late", _("Late"), "state.late", "late", found.late),
        ("today", _("Today"), "nav.today", "ink", found.now),
        ("ahead", _("Next 7 days"), "sign.week", "ink", found.ahead),
        ("soon", _("Later, but asks attention now"), "sign.term", "ink", found.soon),
    )
    begun = False
    for key, title, icon, role, group in groups:
        if not group.count:
            continue
        if begun:
            yield TodayRow(key=f"{key}:space", heading=True)
        begun = True
        count = formats.number(group.count)
        heading = Cell(main=title, aside=count, icon=icon, role=role, strong=True)
        yield TodayRow(key=f"{key}:heading", cells=(heading,), heading=True)
        yield from _group(session, key, group.lines, found.today)
        left = group.count - len(group.lines)
        if left > 0:
            more = ngettext("And %(count)d more line", "And %(count)d more lines", left, count=left)
            yield TodayRow(
                key=f"{key}:more", cells=(Cell(), Cell(main=more, role="quiet")), place=Place(page="dossiers")
            )


def _group(session: Session, key: str, lines: Sequence[AgendaLine], day: date) -> Iterator[TodayRow]:
    """`lines` stand by family; the name stands at the first of each."""
    family = ""
    for shown, line in enumerate(lines, start=1):
        yield TodayRow(
            key=f"{key}:{shown}:{line.what}:{line.about}:{line.detail}",
            cells=_cells(session, line, day, first=line.dossier != family),
            place=place_of(line),
        )
        family = line.dossier


def _cells(session: Session, line: AgendaLine, day: date, *, first: bool) -> tuple[Cell, ...]:
    said = words.step_words(session, line.what, line.detail)
    family = Cell(main=line.family, strong=True) if first else Cell(spoken_as=line.family)
    late = Cell()
    if line.days_late:
        days = ngettext("%(count)d day", "%(count)d days", line.days_late, count=line.days_late)
        late = Cell(main=days, spoken_as=words.late_words(line.days_late), role="late", right=True)
    return (
        family,
        Cell(main=said, aside=formats.listed(line.people), icon=_icon(line)),
        Cell(main=_when(line, day)),
        late,
    )


def _when(line: AgendaLine, day: date) -> str:
    if line.due_on is None:
        return _("day unknown")
    if line.due_on == day:
        return line.at_time or _("today")
    said = formats.day(line.due_on, day)
    return f"{said} {line.at_time}" if line.at_time and not line.days_late else said


def _icon(line: AgendaLine) -> str:
    if line.what == agenda.TERM:
        words_in_code = line.detail.rpartition(".")[2].split("-")
        return next((_TERM_ICONS[word] for word in words_in_code if word in _TERM_ICONS), "nav.documents")
    return _ICONS.get(line.what, "nav.documents")


def place_of(line: AgendaLine) -> Place:
    """Where a line is worked on."""
    if line.what in (agenda.TERM, agenda.PRESENTATION, agenda.TRANSFER):
        return Place(page="request", subject=line.about)
    if line.what in (agenda.FLIGHT, agenda.DEPARTURE_TERM):
        return Place(page="departure", subject=line.about)
    if line.what in (agenda.TALK, agenda.REPORT):
        return Place(page="talk", subject=line.about)
    if line.what == agenda.EXPIRY:
        return Place(page="family", subject=line.dossier, part="documents")
    return Place(page="family", subject=line.dossier)


def _nothing(found: DueList) -> Nothing:
    if not found.open_families:
        return Nothing(
            heading=_("No families yet"),
            sentence=_(
                "Here stands what is late, what is for today and what comes. Begin with the first family."
            ),
            new=True,
        )
    return Nothing(
        heading=_("Nothing is late and nothing is due this week"),
        sentence=_("Talks, terms, agreements and departures of all families come here by themselves."),
        new=False,
    )


def _foot(found: DueList) -> str:
    lines, families = found.count, found.families
    said = ngettext("%(count)s line", "%(count)s lines", lines, count=formats.number(lines))
    of = ngettext("%(count)s family", "%(count)s families", families, count=formats.number(families))
    return f"{said}  ·  {of}"
