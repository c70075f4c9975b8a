"""The page of one family: its head, the one banner that matters, and the line of each member."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from app.domain.dated_event import day_of
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import IncompleteDate, Unknown
from app.domain.lights import Light, Standing
from app.domain.words import N_
from app.i18n import _, formats, ngettext, problem_text
from app.services import data_check, family_page, leaving_page, one_person
from app.services.differences import Difference
from app.services.family_page import Heard, MemberLine, Overview
from app.services.leaving_page import Notice
from app.services.one_person import OnePerson
from app.services.session import Session
from ui.bridge.cell import NOTHING, Axis, Cell
from ui.bridge.place import Place
from ui.presenters.data_check_presenter import DATA_CHECK, count_words
from ui.presenters.family_words import age_words, date_words, day_words, document_sign, lower_first
from ui.presenters.flow_words import CLOSE_FORM, DEPARTURE, INFLOW_FORM, OUTFLOW_FORM, REOPEN
from ui.presenters.gate import Runner
from ui.presenters.leaving_words import days_left

MEMBER_HEADS = (
    N_("Member of the family"), N_("Phase or heard"), N_("Travel document"), N_("Next step"), N_("May leave"),
    N_("Available"), N_("Measure"), N_("Document"), N_("Expires first"),
)  # fmt: skip
LIGHTS = ("may_leave", "available", "measure", "document")
_SOON_DAYS = 42
_HALF = 0.5
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerView:
    """A sentence in one of the six states, one plain line, and where its one action leads."""

    state: str
    sentence: str
    rest: str = ""
    action: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyHead:
    """What stands above the tabs, and at the foot of the overview."""

    title: str
    native: str
    quiet: tuple[str, ...]
    banner: BannerView | None
    foot: str
    closed: bool


class FamilyScreen(Protocol):
    """What the presenter asks of the page."""

    def show_head(self, head: FamilyHead) -> None:
        """Show title, quiet line and banner."""

    def show_gone(self, sentence: str) -> None:
        """The dossier is not here: say so instead of the tabs."""


class FamilyPresenter:
    """Loads the head of a family; its tabs load themselves."""

    def __init__(self, session: Session, runner: Runner, screen: FamilyScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show another family, or the same anew."""
        self.dossier = dossier
        session = self._session
        self._runner.start(
            lambda: (
                family_page.load(session, dossier),
                leaving_page.notice(session, dossier),
                len(data_check.of_dossier(session, dossier)),
            ),
            self._show,
            self._failed,
        )

    def _show(self, found: tuple[Overview, Notice, int]) -> None:
        overview, notice, findings = found
        if overview.dossier == self.dossier:
            self._screen.show_head(head_of(overview, self._session, notice, findings))

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_gone(problem_text(problem))


class OverviewScreen(Protocol):
    """What the presenter asks of the overview."""

    def show_members(self, rows: tuple[tuple[str, tuple[Cell, ...]], ...], heads: Sequence[str]) -> None:
        """Show one line per member: id and cells, with the words above the columns."""

    def show_twice(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Who was registered twice and is shown as one: a person's id, the sentence, and a line below."""

    def show_apart(self, sentence: str) -> None:
        """They show by themselves again."""

    def show_earlier(self, words: str) -> None:
        """Show who belonged to the family before; "" for nobody."""


class OverviewPresenter:
    """Loads the member lines of a family."""

    def __init__(self, session: Session, runner: Runner, screen: OverviewScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show another family, or the same anew."""
        self.dossier = dossier
        session = self._session
        self._runner.start(
            lambda: (family_page.load(session, dossier), one_person.linked(session, dossier)),
            self._show,
            self._failed,
        )

    def take_apart(self, person: str) -> None:
        """Say that a person who is shown as one is two."""
        session, dossier = self._session, self.dossier

        def done(_nothing: None) -> None:
            self._screen.show_apart(_("They show as two persons again."))
            self.open(dossier)

        self._runner.start(
            lambda: one_person.take_apart(session, person), done, lambda _problem: self.open(dossier)
        )

    def _show(self, found: tuple[Overview, tuple[OnePerson, ...]]) -> None:
        overview, twice = found
        today = self._session.today
        if overview.dossier == self.dossier:
            heads = [_(head) for head in MEMBER_HEADS]
            if overview.flight_on is not None and overview.flight_on > today:
                heads[-1] = _("Expires, flight %(day)s", day=formats.short_day(overview.flight_on))
            rows = tuple((each.person, member_cells(each, overview, today)) for each in overview.members)
            self._screen.show_members(rows, heads)
            self._screen.show_twice([_twice(one, overview.dossier) for one in twice])
            self._screen.show_earlier(earlier_words(overview))

    def _failed(self, _problem: KnownProblem) -> None:
        """The page says that the family is gone."""
        self._screen.show_members((), [_(head) for head in MEMBER_HEADS])
        self._screen.show_twice(())
        self._screen.show_earlier("")


def _twice(one: OnePerson, dossier: str) -> tuple[str, str, str]:
    others = [title or _("name unknown") for scope, title in one.dossiers if scope != dossier]
    name = next((name for name in one.names if name), _("name unknown"))
    return (
        one.persons[0],
        _("%(name)s is registered more than once and shown as one person.", name=name),
        _("Also with: %(families)s.", families=formats.listed(others)) if others else "",
    )


def head_of(
    overview: Overview, session: Session, notice: Notice | None = None, findings: int = 0
) -> FamilyHead:
    """Everything above the tabs in words. `findings`: how many things the data check has to say."""
    members = ngettext(
        "%(count)d member", "%(count)d members", len(overview.members), count=len(overview.members)
    )
    if overview.children:
        children = ngettext(
            "of whom %(count)d child",
            "of whom %(count)d children",
            overview.children,
            count=overview.children,
        )
        members = f"{members}, {children}"
    since = overview.location_since
    banner = (
        _leaving_first(overview, notice)
        or ((_closed(overview) or _outflow_offer(overview)) if not overview.differences else None)
        or _banner(overview, session.today)
        or _close_offer(overview)
        or _leaving_last(notice)
    )
    return FamilyHead(
        title=overview.title,
        native=overview.native,
        quiet=(
            members,
            overview.number,
            _("%(location)s since %(since)s", location=session.location, since=date_words(since))
            if since
            else "",
            _youngest_words(overview.youngest_18_on),
            overview.owner,
        ),
        banner=_with_findings(banner, overview.dossier, findings),
        foot=_expiry_sentence(overview, session.today) if overview.closed_on is None else "",
        closed=overview.closed_on is not None,
    )


def earlier_words(overview: Overview) -> str:
    """ "Earlier: Vahan (until 1 May 2026, moved), …"; "" when nobody left."""
    said = []
    for each in overview.earlier:
        until = date_words(IncompleteDate.from_text(each.until)) if each.until else _("date unknown")
        parts = (_("until %(day)s", day=until), lower_first(each.reason) if each.reason else "")
        name = each.name.first or _("name unknown")
        said.append(f"{name} ({', '.join(part for part in parts if part)})")
    return _("Earlier: %(names)s", names=", ".join(said)) if said else ""


def _with_findings(banner: BannerView | None, dossier: str, findings: int) -> BannerView | None:
    """What the data check found, when nothing worse asks attention or what does leads nowhere itself."""
    if not findings or (banner is not None and (banner.place is not None or banner.rest)):
        return banner
    place, action = Place(page=DATA_CHECK, subject=dossier), _("Look")
    if banner is not None:
        return replace(banner, rest=f"{count_words(findings)}.", action=action, place=place)
    said = ngettext(
        "There is %(count)d thing to look at in this file.",
        "There are %(count)d things to look at in this file.",
        findings,
        count=findings,
    )
    return BannerView(state="watch", sentence=said, action=action, place=place)


def _youngest_words(on: date | Unknown | None) -> str:
    if on is None:
        return ""
    if isinstance(on, Unknown):
        return _("when the youngest turns 18 is not known")
    return _("youngest turns 18 on %(day)s", day=formats.fact(on))


# --- the banner: the worst thing only ---------------------------------------------------------------------------------


def _leaving_first(overview: Overview, notice: Notice | None) -> BannerView | None:
    """What a colleague asks: to destroy the family, or to take it over."""
    if notice is None:
        return None
    place = Place(page="family", subject=notice.state.dossier, part="leaving")
    asked, offer = notice.asked, notice.state.offer
    if asked is not None:
        return BannerView(
            state="late",
            sentence=_(
                "%(name)s asks to destroy %(title)s.", name=asked.by or _("A colleague"), title=asked.title
            ),
            rest=days_left(asked.days_left) if asked.days_left is not None else "",
            action=_("Give an answer"),
            place=place,
        )
    if offer is not None and notice.state.to_me and not overview.differences:
        rest = _("Leave cover until %(day)s.", day=formats.fact(offer.returns_on)) if offer.returns_on else ""
        said = _("%(name)s offers you this family.", name=offer.by_name or _("A colleague"))
        return BannerView(state="info", sentence=said, rest=rest, action=_("Give an answer"), place=place)
    return None


def _closed(overview: Overview) -> BannerView | None:
    """That the dossier is closed, and the way to open it again."""
    if overview.closed_on is None:
        return None
    return BannerView(
        state="info",
        sentence=_("This dossier was closed on %(day)s.", day=formats.fact(overview.closed_on)),
        action=_("Open again"),
        place=Place(page=INFLOW_FORM, subject=overview.dossier, part=REOPEN),
    )


def _outflow_offer(overview: Overview) -> BannerView | None:
    """That a departure took place of which the outflow is not recorded."""
    gone = overview.departed
    if gone is None:
        return None
    on = formats.fact(day) if (day := day_of(gone.departure.departed_on)) else _("day unknown")
    return BannerView(
        state="info",
        sentence=_("The departure of %(day)s took place. Record the outflow.", day=on),
        action=_("Record outflow"),
        place=Place(page=OUTFLOW_FORM, subject=overview.dossier, part=f"{DEPARTURE}{gone.departure.id}"),
    )


def _close_offer(overview: Overview) -> BannerView | None:
    """That nobody is left in an open dossier; closing it is for the officer to do."""
    if not overview.everybody_left:
        return None
    return BannerView(
        state="info",
        sentence=_("Everybody in this family has left. You can close the dossier."),
        action=_("Close the dossier"),
        place=Place(page=CLOSE_FORM, subject=overview.dossier),
    )


def _leaving_last(notice: Notice | None) -> BannerView | None:
    """That it is offered, or lent, when nothing else asks attention."""
    if notice is None:
        return None
    state, offer = notice.state, notice.state.offer
    place = Place(page="family", subject=state.dossier, part="leaving")
    if offer is not None and state.by_me:
        said = _("You offered this family to %(name)s. There is no answer yet.", name=offer.officer_name)
        return BannerView(state="info", sentence=said, action=_("Look"), place=place)
    if state.lent is not None and state.lent.returns_on is not None:
        name = state.lent.by_name if state.mine else state.lent.officer_name
        day = formats.fact(state.lent.returns_on)
        said = (
            _("You stand in for %(name)s until %(day)s.", name=name, day=day)
            if state.mine
            else _("%(name)s stands in for you until %(day)s.", name=name, day=day)
        )
        return BannerView(state="info", sentence=said, action=_("Look"), place=place)
    return None


def _banner(overview: Overview, today: date) -> BannerView | None:
    """Two values come first, then a document that ends too early, then typed text that waits."""
    if overview.differences:
        return _clash_banner(overview)
    first = overview.first_to_expire
    if first is not None:
        too_early = first.on < today or (first.flight_on is not None and first.on < first.flight_on)
        if too_early or first.on <= today + timedelta(days=_SOON_DAYS):
            return BannerView(
                state="late" if too_early else "watch", sentence=_expiry_sentence(overview, today)
            )
    if not overview.members and overview.closed_on is None:
        return BannerView(
            state="info",
            sentence=_("Nobody belongs to this family any more."),
            rest=_("It does not close by itself."),
        )
    if overview.draft_waits:
        return BannerView(
            state="info",
            sentence=_("You were changing this family and did not save."),
            action=_("Go on"),
            place=Place(page="family_form", subject=overview.dossier),
        )
    return None


def _clash_banner(overview: Overview) -> BannerView:
    first, count = overview.differences[0], len(overview.differences)
    more = ngettext("There is %(count)d more.", "There are %(count)d more.", count - 1, count=count - 1)
    return BannerView(
        state="clash",
        sentence=_("Two colleagues, two values: %(what)s.", what=difference_words(first)),
        rest=f"{both_words(first)}. {more}" if count > 1 else f"{both_words(first)}.",
        action=_("Clear up"),
        place=Place(page="clear_up", subject=overview.dossier),
    )


def difference_words(difference: Difference) -> str:
    """What the two values are about: "date of birth of Armen Hakobyan"."""
    what = lower_first(_(difference.title))
    return _("%(what)s of %(who)s", what=what, who=difference.about)


def both_words(difference: Difference) -> str:
    """Both values with who wrote them: "1984 (J. Terpstra) or 1985 (M. de Wit)"."""
    said = [f"{side.words} ({side.officer})" if side.officer else side.words for side in difference.sides]
    return either(said)


def either(values: Sequence[str]) -> str:
    """Values that both stand: "1984 or 1985"."""
    word = _("or")
    return f" {word} ".join(values)


def _expiry_sentence(overview: Overview, today: date) -> str:
    """ "Expires first: the document of Narek, …", measured against the departure, else against today."""
    first = overview.first_to_expire
    if first is None:
        return ""
    name, day = first.name, formats.day(first.on, today)
    if first.on < today:
        return _("The travel document of %(name)s has expired on %(day)s.", name=name, day=day)
    if first.flight_on is not None and first.on < first.flight_on:
        days = (first.flight_on - first.on).days
        said = ngettext("%(count)d day before departure", "%(count)d days before departure", days, count=days)
        return _("Expires first: the document of %(name)s, %(day)s, %(said)s.", name=name, day=day, said=said)
    return _("Expires first: the document of %(name)s, %(day)s.", name=name, day=day)


# --- one line per member ----------------------------------------------------------------------------------------------


def member_cells(member: MemberLine, overview: Overview, today: date) -> tuple[Cell, ...]:
    """Name, phase or heard, document, next step, the four lights, and the last day."""
    titles = (N_("May leave"), N_("Available"), N_("Measure"), N_("Document"))
    return (
        _name_cell(member, overview, today),
        _phase_cell(member, today),
        _document_cell(member),
        _next_cell(member, today),
        *(
            light_cell(getattr(member.lights, light), _(title), today)
            for light, title in zip(LIGHTS, titles, strict=True)
        ),
        _expiry_cell(member, overview, today),
    )


_SIGNS = {
    Standing.GOOD: ("state.good", "good"),
    Standing.WATCH: ("state.watch", "watch"),
    Standing.REFUSED: ("state.refused", "late"),
    Standing.LATE: ("state.late", "late"),
    Standing.INFO: ("state.info", "info"),
    Standing.UNKNOWN: ("state.unknown", "unknown"),
    Standing.NONE: ("", "ink"),
}


def light_cell(light: Light, title: str, today: date) -> Cell:
    """A sign with its word below and the day somebody last looked, short; spoken in full."""
    icon, role = _SIGNS[light.standing]
    word = light.word if light.named else _(light.word)
    spoken = [f"{lower_first(title)}: {word}"]
    if light.on is not None:
        spoken.append(_("looked at on %(day)s", day=formats.fact(light.on)))
    if light.by:
        spoken.append(light.by)
    return Cell(
        main=f"{word} {_short(light.on, today)}".strip(),
        icon=icon,
        role=role,
        light=True,
        spoken_as=", ".join(spoken),
    )


def _short(on: date | None, today: date) -> str:
    """ "12/11", or with the year when that is not this one's: the column has room for no more."""
    if on is None:
        return ""
    return f"{on.day}/{on.month}" if on.year == today.year else f"{on.day}/{on.month}/{on.year % 100:02d}"


def _axis(member: MemberLine, overview: Overview, today: date) -> Axis | None:
    """Where the document of a member ends, seen from today, with the planned departure halfway."""
    flight, until = overview.flight_on, member.document.valid_until
    if flight is None or flight <= today or (until is None and member.document.held):
        return None
    if until is None:
        return Axis(planned=_HALF)
    return Axis(planned=_HALF, end=_HALF * (until - today).days / (flight - today).days, late=until < flight)


def _name_cell(member: MemberLine, overview: Overview, today: date) -> Cell:
    """Who bears the family's name is called by the given names: the family's name stands above."""
    name = member.name
    short = bool(name.given.strip()) and name.family.strip() == overview.title.strip()
    disputed = member.differs("person", "birth_date")
    age = _("age: %(both)s", both=both_words(disputed)) if disputed else age_words(member.birth, today)
    role = lower_first(member.role) if member.role else _("role unknown")
    return Cell(
        main=(name.given if short else name.full) or _("name unknown"),
        native=name.native_given if short else name.native,
        second=f"{role}, {age}",
        strong=True,
        spoken_as=name.full,
        icon="state.clash" if member.disputed else "",
        role="clash" if member.disputed else "ink",
    )


def _phase_cell(member: MemberLine, today: date) -> Cell:
    """Children have no phase: for them it counts whether they were heard. So for a child whose age is not known.

    Of somebody who left the caseload neither asks attention any more.
    """
    if member.has_left:
        return Cell(main=_("Left the caseload"), role="quiet")
    if member.is_child or (member.is_child is None and member.has_role_of_child):
        return _heard_cell(member.heard, today)
    if not member.phase:
        return Cell(main=_("no phase yet"), role="quiet")
    since = _("since %(day)s", day=formats.day(member.phase_since, today)) if member.phase_since else ""
    return Cell(main=member.phase, second=since)


def _heard_cell(heard: Heard, today: date) -> Cell:
    if not heard.words:
        return Cell(main=_("not heard yet"), role="watch", icon="state.watch")
    if heard.yes:
        parts = (formats.day(heard.on, today) if heard.on else _("day unknown"), heard.by)
        return Cell(main=_("Heard"), second=", ".join(part for part in parts if part), spoken_as=heard.words)
    said = heard.reason or heard.words.partition(": ")[2] or heard.words
    return Cell(main=_("Not heard"), second=lower_first(said), spoken_as=heard.words)


def _document_cell(member: MemberLine) -> Cell:
    document = member.document
    if not document.words:
        return Cell(main=_("Not started"), icon="lp.not_started")
    icon, role = document_sign(document.stage, on_hold=document.on_hold, held=document.held)
    return Cell(main=document.words, icon=icon, role=role)


def _next_cell(member: MemberLine, today: date) -> Cell:
    step = member.next
    if step is None:
        return Cell(main=NOTHING)
    words = lower_first(step.words)
    if step.on < today:
        days = (today - step.on).days
        late = ngettext("%(count)d day late", "%(count)d days late", days, count=days)
        return Cell(main=late, second=words, role="late")
    return Cell(main=f"{day_words(step.on, today)} {step.time}".strip(), second=_with_rest(words, member))


def _with_rest(words: str, member: MemberLine) -> str:
    """The next step, and how many more agreements and actions are open."""
    more = max(member.open_actions - 1, 0)
    return _("%(step)s, %(count)d more open", step=words, count=more) if more else words


def _expiry_cell(member: MemberLine, overview: Overview, today: date) -> Cell:
    """The last day of the document, under a line that shows it against the planned departure."""
    disputed = member.differs("original", "valid_until")
    if disputed:
        return Cell(main=_("unknown"), second=both_words(disputed), role="clash")
    axis, on = _axis(member, overview, today), member.document.valid_until
    if on is None:
        held = member.document.held
        return Cell(
            main=_("unknown") if held else _("none yet"), role="unknown" if held else "quiet", axis=axis
        )
    words = formats.short_day(on) if abs(on - today) < _YEAR else formats.fact(on)
    if on < today or (overview.flight_on is not None and on < overview.flight_on):
        second = _("expired") if on < today else _("before departure")
        if axis is not None:  # the line shows that it ends before; said aloud it needs the words
            return Cell(main=words, spoken_as=f"{words}, {second}", role="late", axis=axis)
        return Cell(main=words, second=second, icon="state.late", role="late")
    return Cell(main=words, axis=axis)
