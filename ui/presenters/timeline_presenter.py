"""The timeline of a family in words: a line per deed, and for the chosen one what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.words import N_
from app.i18n import _, formats
from app.services import timeline
from app.services.kind_groups import GROUPS
from app.services.session import Session
from app.services.timeline import Deed, Detail, Page
from app.services.timeline_filter import Filter, Narrowing, narrowing
from ui.bridge.cell import Cell
from ui.bridge.place import Place
from ui.presenters.as_on_presenter import as_on_place
from ui.presenters.family_words import lower_first
from ui.presenters.gate import Runner

TIMELINE_HEADS = (N_("When"), N_("What happened"), N_("Who"))
MOST = 200
_MOST_IN_LINE, _MOST_OF_PAPER = 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One record in a deed: a heading ("Persoon, Armen Hakobyan") and a line per field."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedView:
    """A deed in full: title, when and by whom, a remark when it was undone, and its records; `written` names its cells
    by record and field."""

    title: str
    when: str
    remark: str
    told: tuple[Told, ...]
    written: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowingView:
    """What can be chosen, as pairs of code and words."""

    persons: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    authors: tuple[tuple[str, str], ...]


class TimelineScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_narrowing(self, narrowing: NarrowingView) -> None:
        """Offer what the timeline can be narrowed by."""

    def show_deeds(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], *, more: bool) -> None:
        """Show these lines; with `more`, earlier ones can be asked for."""


class TimelinePresenter:
    """Reads the deeds of a family by the page, latest first."""

    def __init__(self, session: Session, runner: Runner, screen: TimelineScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""
        self.only = Filter()
        self._deeds: dict[str, Deed] = {}
        self._earlier: int | None = None

    def open(self, dossier: str) -> None:
        """Begin with the latest deeds of a family, of another one unnarrowed."""
        if dossier != self.dossier:
            self.dossier, self.only = dossier, Filter()
        self._runner.start(
            lambda: narrowing(self._session, dossier), lambda found: self._offer(dossier, found)
        )
        self._begin()

    def narrow(self, only: Filter) -> None:
        """Show only what this asks for."""
        self.only = only
        self._begin()

    def show_earlier(self) -> None:
        """Read the page before."""
        if self._earlier is not None:
            self._read(self._earlier)

    def as_on(self, key: str) -> Place:
        """The family as on the day of a deed; "" or a deed that is gone: the page asks for a day."""
        deed = self._deeds.get(key)
        return as_on_place(self.dossier, formats.local(deed.at).date() if deed else None)

    def _begin(self) -> None:
        self._deeds = {}
        self._read(None)

    def _read(self, before: int | None) -> None:
        dossier, only = self.dossier, self.only
        self._runner.start(
            lambda: timeline.read(self._session, dossier, before=before, most=MOST, only=only),
            lambda page: self._add(dossier, only, page),
        )

    def _offer(self, dossier: str, found: Narrowing) -> None:
        if dossier == self.dossier:
            groups = tuple((group.key, _(group.title)) for group in GROUPS)
            self._screen.show_narrowing(
                NarrowingView(persons=found.persons, groups=groups, authors=found.authors)
            )

    def view(self, key: str) -> DeedView:
        """A deed in full; KeyError for one that is not shown."""
        return deed_view(self._deeds[key])

    def _add(self, dossier: str, only: Filter, page: Page) -> None:
        if (dossier, only) != (self.dossier, self.only):
            return
        self._deeds |= {deed.key: deed for deed in page.deeds}
        self._earlier = page.earlier
        rows = [(key, deed_cells(deed)) for key, deed in self._deeds.items()]
        self._screen.show_deeds(rows, more=page.earlier is not None)


def deed_cells(deed: Deed) -> tuple[Cell, ...]:
    """When, what, who."""
    day, _comma, clock = formats.deed(deed.at).rpartition(", ")
    icon, role = (
        ("sign.undo", "quiet") if deed.undone else ("sign.print", "ink") if deed.handed_out else ("", "ink")
    )
    return (
        Cell(main=day, second=clock),
        Cell(
            main=_title(deed),
            aside=_("undone") if deed.undone else "",
            second=_summary(deed),
            icon=icon,
            role=role,
            strong=not deed.undone,
        ),
        Cell(main=deed.officer or _("unknown")),
    )


def _title(deed: Deed) -> str:
    return f"{_(deed.title)}: {lower_first(_(deed.of_title))}" if deed.of_title else _(deed.title)


def _summary(deed: Deed) -> str:
    """What changed, as far as one line goes: fields of what was changed, names of what was added.

    Of a paper that left the program: which, of whom, how, to whom.
    """
    if deed.handed_out:
        said = [value for detail in deed.details for _field, value in detail.fields if value]
        return ", ".join(said[:_MOST_OF_PAPER])
    changed = [line for detail in deed.details if not detail.is_new for line in _lines(detail)]
    told = sorted(deed.details, key=lambda detail: not detail.fields)  # what is not shown comes last
    added = dict.fromkeys(_heading(detail) for detail in told if detail.is_new)
    said = [*changed, *added]
    more = len(said) - _MOST_IN_LINE
    shown = "; ".join(said[:_MOST_IN_LINE])
    return _("%(shown)s; and %(count)d more", shown=shown, count=more) if more > 0 else shown


def deed_view(deed: Deed) -> DeedView:
    """A deed in full."""
    when = formats.deed(deed.at)
    remark = _("This was undone later.") if deed.undone else ""
    if deed.handed_out:
        remark = _("What was printed or handed out stays written down.")
    return DeedView(
        title=_title(deed),
        when=_("%(when)s, by %(who)s", when=when, who=deed.officer) if deed.officer else when,
        remark=remark,
        told=tuple(Told(heading=_heading(detail), lines=tuple(_lines(detail))) for detail in deed.details),
        written=tuple((detail.record, name) for detail in deed.details for name in detail.written),
    )


def _heading(detail: Detail) -> str:
    parts = [_(detail.kind_title), detail.about, _(detail.mark) if detail.mark else ""]
    return ", ".join(part for part in parts if part)


def _lines(detail: Detail) -> list[str]:
    return [
        f"{_(title)}: {value}" if value is not None else _("%(field)s taken out", field=_(title))
        for title, value in detail.fields
    ] or ([_heading(detail)] if not detail.is_new else [])
