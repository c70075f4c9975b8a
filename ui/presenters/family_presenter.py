"""The page of one family: its head and the one banner that matters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from app.domain.dated_event import day_of
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import DATE_AHEAD, Unknown
from app.i18n import _, formats, ngettext, problem_text
from app.services import data_check, differences, family_page, leaving_page
from app.services.differences import Difference
from app.services.family_page import Overview
from app.services.leaving_page import Notice
from app.services.session import Session
from ui.bridge.place import Place
from ui.presenters.data_check_presenter import DATA_CHECK, count_words
from ui.presenters.family_words import date_words, lower_first, with_children
from ui.presenters.flow_words import CLOSE_FORM, DEPARTURE, INFLOW_FORM, OUTFLOW_FORM, REOPEN
from ui.presenters.gate import Runner
from ui.presenters.leaving_words import days_left

_SOON_DAYS = 42


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


def head_of(
    overview: Overview, session: Session, notice: Notice | None = None, findings: int = 0
) -> FamilyHead:
    """Everything above the tabs in words. `findings`: how many things the data check has to say."""
    members = ngettext(
        "%(count)d member", "%(count)d members", len(overview.members), count=len(overview.members)
    )
    members = with_children(members, overview.children, overview.age_unknown)
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
    if on == DATE_AHEAD:
        return _("youngest turns 18: unknown (a date of birth in the future)")
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
    return _("%(what)s of %(who)s", what=what, who=on_what_words(difference))


def on_what_words(difference: Difference) -> str:
    """The record, inside a sentence: "contact “Mr. Example, lawyer”, Armen Hakobyan"."""
    return differences.on_what(difference, lower_first(_(difference.kind_title)))


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
