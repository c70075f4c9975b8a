"""A request in lines: its stages, what happened and what comes, its terms and gates. Plain data for the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dated_event import bare_code, day_of
from app.domain.kinds.request import RequestEvent
from app.domain.record import kind_of
from app.domain.request_track import GateStatus, GateView
from app.domain.stage_line import StageProgress, stage_line
from app.domain.term import DueTerm, TermStatus
from app.i18n import _, formats, language
from app.services import words
from app.services.agenda_lines import PLANNED
from app.services.request_page import RequestPage
from app.services.request_view import RequestView, unknown_names
from app.services.session import Session
from app.services.value_words import value_words
from ui.bridge.place import Place
from ui.presenters.fact import Fact
from ui.presenters.family_words import lower_first

_NAMED = (
    "told_on",
    "issued_on",
    "valid_until",
    "document_number",
    "held_by",
    "in_writing",
    "excusable",
    "reference",
)
"""Fields whose value alone would not say what it is."""
_LEFT_OUT = ("request", "event", "on", "unknown_fields", "planned_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """A word of the stage line; `progress` is done, now or to_come."""

    words: str
    when: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """A line of the course. `key` opens it: "event:…" or "term:…"."""

    when: str = ""
    main: str = ""
    second: str = ""
    done: bool = True
    icon: str = ""
    role: str = "quiet"
    strong: bool = False
    is_today: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term as a bar: how much has gone by (0 to 1), and late, watch, good, unknown or "" while it runs."""

    name: str
    value: str
    source: str
    share: float
    state: str


def stages(view: RequestView, today: date) -> tuple[StageView, ...]:
    """The line above the page."""
    made = []
    for mark in stage_line(view.track, view.position):
        when = formats.day(mark.on, today) if mark.on else ""
        progress = {StageProgress.DONE: "done", StageProgress.NOW: "now"}.get(mark.progress, "to_come")
        if mark.progress is StageProgress.NOW:
            when = _planned_day(view, today) or when
        if mark.progress is StageProgress.PASSED_BY:
            when = _("passed over")
        made.append(StageView(words=mark.stage.label(language()), when=when, progress=progress))
    return tuple(made)


def _planned_day(view: RequestView, today: date) -> str:
    """The appointment that the present state waits for."""
    present = view.present_event
    planned = day_of(present.planned_at) if present is not None else None
    return formats.day(planned, today) if planned and planned >= today else ""


# --- the course -----------------------------------------------------------------------------------------------------


def course(session: Session, view: RequestView, today: date) -> Iterator[CourseLine]:
    """What was, the rule of today, and what comes; what is late stands first after the rule."""
    for event in view.events:
        yield _happened(session, view, event, today)
    yield CourseLine(main=_("Today, %(day)s", day=formats.day(today, today)), is_today=True)
    coming = sorted(_coming(session, view, today), key=lambda each: each[0])
    yield from (line for _day, line in coming)


def _happened(session: Session, view: RequestView, event: RequestEvent, today: date) -> CourseLine:
    code = bare_code(event.event or "")
    kind = view.track.kind_of(code)
    disputed = event.id in view.open_fields
    step = next((step for step in view.position.steps if step.event.id == event.id), None)
    on = day_of(event.on)
    details = [_("two values, to be cleared up")] if disputed else []
    if step is not None and not step.is_foreseen and not disputed:
        details.append(_("a step that the track does not know"))
    details += _details(session, event, today)
    return CourseLine(
        when=formats.day(on, today) if on else _("day unknown"),
        main=kind.label(language()) if kind else code,
        second=", ".join(details),
        icon="state.clash" if disputed else "",
        role="clash" if disputed else "quiet",
        strong=code in view.track.states,
        key=f"event:{event.id}",
    )


def _details(session: Session, event: RequestEvent, today: date) -> Iterator[str]:
    """What was written down with it, in one breath; then what was said to be unknown."""
    planned = day_of(event.planned_at)
    if planned is not None:
        yield _("for %(day)s", day=f"{formats.day(planned, today)} {(event.planned_at or '')[11:16]}".strip())
    specs = {spec.name: spec for spec in kind_of(event).fields}
    for name, spec in specs.items():
        value = getattr(event, name)
        if name in _LEFT_OUT or value is None or value == "":
            continue
        said = " ".join(value_words(session, spec, value).split())
        yield f"{lower_first(_(spec.title))} {said}" if name in _NAMED else lower_first(said)
    unknown = [
        lower_first(_(specs[name].title))
        for name in sorted(unknown_names(event.unknown_fields))
        if name in specs
    ]
    if unknown:
        yield _("unknown: %(fields)s", fields=formats.listed(unknown))


def _coming(
    session: Session, view: RequestView, today: date
) -> Iterator[tuple[tuple[int, str, str], CourseLine]]:
    """Lines with what they are sorted by: late ones first, then the day and the time."""
    present, state = view.present_event, view.position.state
    if present is not None and state is not None and present.planned_at:
        planned = day_of(present.planned_at)
        if planned is not None and planned >= today:
            at = present.planned_at[11:16]
            what = (
                words.step_words(session, PLANNED[state.code], "")
                if state.code in PLANNED
                else state.label(language())
            )
            main = ", ".join(part for part in (what, present.place or "", at) if part)
            line = CourseLine(
                when=formats.day(planned, today),
                main=main,
                done=False,
                icon="lp.presentation",
                role="accent",
                strong=True,
            )
            yield (1, planned.isoformat(), at), line
    for term in view.terms:
        if term.status is TermStatus.RUNNING and term.due_on is not None:
            yield (0 if term.is_late(today) else 1, term.due_on.isoformat(), "~"), _term_line(term, today)


def _term_line(term: DueTerm, today: date) -> CourseLine:
    assert term.due_on is not None
    late = term.is_late(today)
    icon = "state.late" if late else "sign.last_day" if term.definition.is_hard else "sign.term"
    second = words.late_words((today - term.due_on).days) if late else ""
    if term.ends_on_free_day:
        second = ", ".join(part for part in (second, _("a day off: check whether the law moves it")) if part)
    return CourseLine(
        when=formats.day(term.due_on, today),
        main=term.definition.label(language()),
        second=second,
        done=False,
        icon=icon,
        role="late" if late else "watch" if term.is_warning(today) else "quiet",
        key=f"term:{term.code}",
    )


# --- terms and gates ------------------------------------------------------------------------------------------------

_SHOWN_ORDER = (TermStatus.RUNNING, TermStatus.PAUSED, TermStatus.UNKNOWN)


def terms(view: RequestView, today: date) -> tuple[TermView, ...]:
    """Terms that run, stand still or cannot be told; see `met` for the others. Those that lapsed are history."""
    shown = [term for term in view.terms if term.status in _SHOWN_ORDER]
    shown.sort(key=lambda term: (_SHOWN_ORDER.index(term.status), term.due_on or date.max))
    return tuple(
        TermView(
            name=term.definition.label(language()),
            value=words.term_words(term, today),
            source=_source(term, today),
            share=_share(term, today),
            state=_state(term, today),
        )
        for term in shown
    )


def met(view: RequestView) -> str:
    """The terms that were met, in one line: they ask nothing any more."""
    names = [
        lower_first(term.definition.label(language()))
        for term in view.terms
        if term.status is TermStatus.SATISFIED
    ]
    return _("Met: %(terms)s", terms=formats.listed(names)) if names else ""


def _source(term: DueTerm, today: date) -> str:
    source = words.term_source(term)
    return (
        f"{formats.day(term.due_on, today)}: {source}"
        if term.status is TermStatus.RUNNING and term.due_on
        else source
    )


def _share(term: DueTerm, today: date) -> float:
    if term.is_late(today):
        return 1.0
    if term.starts_on is None or term.due_on is None:
        return 0.0
    whole = (term.due_on - term.starts_on).days
    return (today - term.starts_on).days / whole if whole > 0 else 1.0


def _state(term: DueTerm, today: date) -> str:
    if term.is_late(today):
        return "late"
    if term.status is TermStatus.UNKNOWN:
        return "unknown"
    return "watch" if term.is_warning(today) else ""


def gates(page: RequestPage, today: date) -> tuple[Fact, ...]:
    """Every gate as it stands, why, where that comes from, and the way to what opens it."""
    request = page.view.request.id
    return tuple(gate_fact(each, request, today, _asked_of(page)) for each in page.view.gates)


def gate_fact(view: GateView, request: str, today: date, asked_of: str = "", *, link: bool = True) -> Fact:
    """One gate as a fact."""
    gate = view.gate
    if view.status is GateStatus.OPEN:
        day = formats.day(view.on, today) if view.on else _("day unknown")
        said = _("%(source)s, checked %(day)s", source=asked_of, day=day) if gate.fact and asked_of else day
        return Fact(main=gate.label(language()), second=said, icon="state.good", role="good")
    closed = view.status is GateStatus.CLOSED
    icon, role = "state.unknown", "unknown"
    if closed:
        icon, role = ("sign.gate", "late") if gate.stops else ("state.watch", "watch")
    reason = (view.reason or gate.words).text(language())
    place = (
        Place(page="asylum_check", subject=request)
        if gate.fact
        else Place(page="request_step", subject=request, part=gate.event)
    )
    return Fact(
        main=gate.label(language()),
        second=f"{reason} ({words.source_words(gate.provenance)})",
        icon=icon,
        role=role,
        link=(_("Record the answer") if gate.fact else _("Record it")) if link else "",
        place=place if link else None,
    )


def _asked_of(page: RequestPage) -> str:
    return next((row.source or "" for row in page.asked.values()), "")


def people_words(page: RequestPage) -> str:
    """ "Hirut Alemu, Dawit and Sara": the first in full, the others by what they are called."""
    names: Sequence[str] = [
        name.full if at == 0 else name.first for at, name in enumerate(page.persons.values())
    ]
    return formats.listed(names)
