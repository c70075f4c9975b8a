"""Words for codes that lists show: steps of the agenda, states of requests, terms, sources; one place for all."""

from datetime import date

from app.domain.country import Country
from app.domain.dated_event import bare_code
from app.domain.guidance import Mark, Provenance
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.request import Request
from app.domain.term import DueTerm, TermStatus, WhyUnknown
from app.domain.words import N_
from app.domain.work_calendar import Length, Unit
from app.i18n import _, formats, language, ngettext
from app.services import agenda
from app.services.session import Session
from app.services.value_words import incomplete_words

_STEPS = {
    agenda.TALK: N_("Talk"),
    agenda.REPORT: N_("Finish the report of the talk"),
    agenda.AGREEMENT: N_("Agreement"),
    agenda.TODO: N_("Action"),
    agenda.FLIGHT: N_("Departure"),
    agenda.PRESENTATION: N_("Presentation at the representation"),
    agenda.TRANSFER: N_("Transfer"),
    agenda.EXPIRY: N_("Document expires"),
    agenda.RETURN: N_("Family goes back to its case officer"),
}
_UNKNOWN = {
    WhyUnknown.START_UNKNOWN: N_("unknown: the first day is not known"),
    WhyUnknown.LENGTH_UNKNOWN: N_("unknown: no length found for this country"),
    WhyUnknown.HOLIDAYS_UNKNOWN: N_("unknown: the holidays of that year are not known"),
}
_TITLES = {
    "spoor.lp": N_("Laissez-passer request %(country)s"),
    "spoor.to": N_("Readmission request %(country)s"),
}


def step_words(session: Session, what: str, detail: str) -> str:
    """What has to be done, in words: a term by its name, an agreement by what was agreed."""
    if what in (agenda.TERM, agenda.DEPARTURE_TERM):
        items = session.content.packs["termijnen"].items
        return items[detail].label(language()) if detail in items else detail
    if what in (agenda.AGREEMENT, agenda.TODO) and detail:
        return detail
    if what == agenda.TALK and detail:
        return session.content.label(detail, language())
    if what == agenda.EXPIRY and detail:
        return _("%(document)s expires", document=session.content.label(detail, language()))
    words = _(_STEPS.get(what, what))
    return f"{words} {detail}" if what == agenda.FLIGHT and detail else words


def next_words(session: Session, next_what: str | None) -> str:
    """The same for what a summary line holds (`what|detail`)."""
    what, _bar, detail = (next_what or "").partition("|")
    return step_words(session, what, detail) if what else ""


def state_words(session: Session, request_state: str | None) -> str:
    """The state of a request as its track calls it; an unknown code is shown raw."""
    track_ref, _bar, state = (request_state or "|").partition("|")
    track = session.content.tracks.get(bare_code(track_ref).removeprefix("spoor."))
    known = track.states.get(state) if track is not None else None
    return known.label(language()) if known is not None else state


def request_title(session: Session, request: Request) -> str:
    """ "LP-aanvraag Ethiopië"; a country that is not known yet is said to be so."""
    country = session.content.label(request.country, language()) or _("country unknown")
    title = _TITLES.get(bare_code(request.track or ""), _TITLES["spoor.lp"])
    return _(title, country=country)


# --- terms ----------------------------------------------------------------------------------------------------------


def days_words(left: int) -> str:
    """ "19 days left", "today", "3 days late"."""
    if left < 0:
        return late_words(-left)
    if left == 0:
        return _("today")
    return ngettext("%(count)d day left", "%(count)d days left", left, count=left)


def late_words(days: int) -> str:
    """ "3 days late"."""
    return ngettext("%(count)d day late", "%(count)d days late", days, count=days)


def term_words(term: DueTerm, today: date) -> str:
    """Where a term stands: days left or late, met, on hold, or why its last day is not known."""
    left = term.days_left(today)
    if left is not None:
        return days_words(left)
    if term.status is TermStatus.SATISFIED:
        return _("met")
    if term.status is TermStatus.PAUSED:
        return _("on hold")
    return _(_UNKNOWN[term.why_unknown]) if term.why_unknown else _("unknown")


def term_source(term: DueTerm) -> str:
    """The rule of a term and where it comes from; a day set by hand says so, with its reason and the rule's day."""
    basis = term.definition.basis.text(language())
    if term.manual is not None:
        rule = _("the rule says %(day)s", day=formats.fact(term.computed_on)) if term.computed_on else basis
        return _("set by hand: %(reason)s; %(rule)s", reason=term.manual.reason, rule=rule)
    return f"{basis}; {source_words(term.definition.provenance)}"


# --- where content comes from ---------------------------------------------------------------------------------------


def source_words(provenance: Provenance) -> str:
    """ "source: DT&V, Presentatie in persoon, 23-11-2026"; our own choice is called that."""
    named = [source for source in provenance.sources if source.code != "eigen"]
    if provenance.mark is Mark.OPEN:
        return _("nobody has confirmed this yet")
    if provenance.mark is Mark.ASSUMPTION:
        return (
            _("own choice, after %(title)s", title=named[0].title)
            if named
            else _("own choice, no source found")
        )
    if not named:
        return _("source unknown")
    words = _("source: %(title)s, %(day)s", title=named[0].title, day=as_of_words(named[0].as_of))
    if provenance.mark.is_aged:
        return _("%(source)s; check whether this still holds", source=words)
    return _("%(source)s; partly our own choice", source=words) if provenance.is_partly_assumed else words


def as_of_words(as_of: str) -> str:
    """A date of a source, of which day or month may be missing."""
    return incomplete_words(IncompleteDate.from_text(as_of)) if as_of else _("date unknown")


def country_source(country: Country) -> str:
    """Where the practice of a country was read, and when."""
    return source_words(country.provenance)


# --- lengths --------------------------------------------------------------------------------------------------------


def length_words(length: Length) -> str:
    """ "30 days", "2 months", "5 working days"; agreements differ in the unit, so it is always said."""
    count = length.amount
    match length.unit:
        case Unit.HOUR:
            return ngettext("%(count)d hour", "%(count)d hours", count, count=count)
        case Unit.DAY:
            return ngettext("%(count)d day", "%(count)d days", count, count=count)
        case Unit.WORKING_DAY:
            return ngettext("%(count)d working day", "%(count)d working days", count, count=count)
        case Unit.WEEK:
            return ngettext("%(count)d week", "%(count)d weeks", count, count=count)
        case Unit.MONTH:
            return ngettext("%(count)d month", "%(count)d months", count, count=count)
        case Unit.YEAR:
            return ngettext("%(count)d year", "%(count)d years", count, count=count)
