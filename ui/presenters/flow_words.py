"""Words for how a family stands, came in and left, shared by the tab and its forms."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from app.domain.dated_event import bare_code, day_of
from app.domain.guidance import Provenance
from app.domain.kinds.dossier import Inflow, Support
from app.domain.person_name import PersonName
from app.i18n import _, formats, language, ngettext
from app.services import closing, words
from app.services.case_states import Standing
from app.services.closing import OpenMatter
from app.services.flow_page import FlowPage
from app.services.session import Session
from ui.bridge.place import Place
from ui.presenters.fact import Fact, FactGroup

TAB: Final = "standing"
STATE_FORM, INFLOW_FORM = "state_form", "inflow_form"
OUTFLOW_FORM, CLOSE_FORM = "outflow_form", "close_form"
CHANGE, DEPARTURE, REOPEN = "change:", "departure:", "reopen"
"""What a form is opened with: a record to change, a departure that proposes, opening again."""
FAMILY: Final = "family"
"""The choice that stands for the family as a whole, where a member may be chosen."""


def tab_place(dossier: str) -> Place:
    """The tab of the family, where all forms come back to."""
    return Place(page="family", subject=dossier, part=TAB)


def person_words(names: Mapping[str, PersonName], person: str) -> str:
    """A member by full name; the family as a whole for nobody."""
    if not person:
        return _("Family")
    name = names.get(person)
    return (name.full if name else "") or _("without a name")


def people_pairs(page: FlowPage, persons: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(id, name) of these members."""
    return tuple((person, person_words(page.names, person)) for person in persons)


def day_words(day: str | None) -> str:
    """A stored day, or that it is not known."""
    on = day_of(day)
    return formats.fact(on) if on else _("day unknown")


def span_words(standing: Standing) -> str:
    """ "since 03-06-2026", "03-06-2026 until 09-06-2026"."""
    record = standing.record
    if standing.stands:
        return _("since %(day)s", day=day_words(record.from_on))
    return _("%(start)s until %(end)s", start=day_words(record.from_on), end=day_words(record.to_on))


def source_group(provenance: Provenance) -> FactGroup:
    """Where a rule comes from."""
    facts = tuple(Fact(main=each) for each in (words.source_words(provenance), provenance.note) if each)
    return FactGroup(title=_("Where it comes from"), facts=facts)


def inflow_words(session: Session, inflow: Inflow) -> str:
    """Who the dossier came from."""
    source = session.content.label(inflow.source, language())
    return ", ".join(word for word in (source, inflow.from_whom or "") if word) or _("source unknown")


def inflow_state(inflow: Inflow) -> tuple[str, str]:
    """What was missing and where that stands, with the role of the words."""
    if inflow.complete_on:
        return _("complete since %(day)s", day=day_words(inflow.complete_on)), "quiet"
    missing = " ".join((inflow.missing or "").split())
    if not missing:
        return "", "quiet"
    if inflow.asked_on:
        return _("%(what)s; asked for on %(day)s", what=missing, day=day_words(inflow.asked_on)), "watch"
    return _("%(what)s; not asked for yet", what=missing), "watch"


def support_words(session: Session, support: Support, names: Mapping[str, PersonName]) -> str:
    """A programme and for whom."""
    programme = session.content.label(support.programme, language()) or _("Support")
    who = person_words(names, support.person or "")
    on = day_of(support.offered_on)
    return ", ".join(part for part in (programme, who, formats.fact(on) if on else "") if part)


def open_groups(page: FlowPage, today: date) -> Iterator[FactGroup]:
    """What is still open: who has no outflow, then matters with their day."""
    staying = page.closing.without_outflow
    if staying:
        facts = tuple(Fact(main=person_words(page.names, person)) for person in staying)
        yield FactGroup(title=_("Without an outflow"), facts=facts, icon="state.watch", role="watch")
    matters = page.closing.matters
    if matters:
        yield FactGroup(
            title=_("Still open"),
            facts=tuple(_matter_fact(page, each, today) for each in matters),
            icon="state.watch",
            role="watch",
            count=str(len(matters)),
        )


def _matter_fact(page: FlowPage, matter: OpenMatter, today: date) -> Fact:
    if matter.what == closing.DIFFERENCES:
        count = int(matter.words)
        return Fact(
            main=ngettext(
                "%(count)d difference to clear up", "%(count)d differences to clear up", count, count=count
            ),
            link=_("Clear up"),
            place=Place(page="clear_up", subject=page.dossier),
        )
    second = _("running") if matter.what == closing.REQUESTS else ""
    if matter.on is not None:
        second = formats.day(matter.on, today)
    return Fact(main=matter.words, second=second)


def names_of(page: FlowPage, persons: Sequence[str]) -> str:
    """ "Armen and Lusine"."""
    return formats.listed([page.names[each].first for each in persons if each in page.names])


def bare(code: str | None) -> str:
    """The code of a reference without its pack."""
    return bare_code(code or "")
