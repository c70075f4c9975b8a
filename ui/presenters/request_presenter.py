"""One request: where it stands, what happened, what comes, its terms and gates, and what can be written down now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.dated_event import bare_code
from app.domain.errors import KnownProblem
from app.domain.term import TermStatus
from app.i18n import _, language, problem_text
from app.services import request_page, words
from app.services.request_page import RequestPage
from app.services.request_view import RequestView
from app.services.session import Session
from ui.bridge.place import Place
from ui.presenters.country_card import country_group
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.gate import Runner
from ui.presenters.request_words import (
    CourseLine,
    StageView,
    TermView,
    course,
    gates,
    met,
    people_words,
    stages,
    terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A deed that is due first, to be written down at once."""

    words: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """Everything that the page shows. `status` is a chip: (words, state, icon) or None."""

    title: str
    quiet: tuple[str, ...]
    back: str
    status: tuple[str, str, str] | None
    stages: tuple[StageView, ...]
    course: tuple[CourseLine, ...]
    terms: tuple[TermView, ...]
    met: str
    facts: tuple[FactGroup, ...]
    may_step: bool
    may_set_term: bool
    shortcut: Shortcut | None
    follow_on: Place | None


class RequestScreen(Protocol):
    """What the presenter asks of the page."""

    def show_request(self, shown: RequestShown) -> None:
        """Show the request."""

    def show_gone(self, sentence: str) -> None:
        """Say that it is not here."""


class RequestPresenter:
    """`request` and `dossier` are ids of what is shown, empty before."""

    def __init__(self, session: Session, runner: Runner, screen: RequestScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.request = self.dossier = ""

    def open(self, request: str) -> None:
        """Show this request."""
        self.request = request
        self._runner.start(lambda: request_page.read(self._session, request), self._show, self._refused)

    def reload(self) -> None:
        """Read it anew."""
        if self.request:
            self.open(self.request)

    def place_of(self, key: str) -> Place | None:
        """Where a line of the course is opened: an event to mend it, a term to set it."""
        kind, _colon, code = key.partition(":")
        if kind == "event":
            return Place(page="request_step", subject=self.request, part=f"mend:{code}")
        return Place(page="request_term", subject=self.request, part=code) if kind == "term" else None

    def edit_place(self) -> Place:
        """Where the request itself is changed."""
        return Place(page="request_form", subject=self.dossier, part=f"change:{self.request}")

    def _show(self, page: RequestPage) -> None:
        view = page.view
        if view.request.id != self.request:
            return
        self.dossier = view.request.scope
        self._screen.show_request(shown(self._session, page))

    def _refused(self, problem: KnownProblem) -> None:
        self._screen.show_gone(problem_text(problem))


def shown(session: Session, page: RequestPage) -> RequestShown:
    """A request as the page shows it on the day of the session."""
    view, today = page.view, session.today
    request = view.request
    state = view.position.state
    purpose = session.content.label(request.purpose, language())
    ended = view.position.is_ended
    return RequestShown(
        title=words.request_title(session, request),
        quiet=(
            people_words(page) or _("nobody named"),
            _("purpose: %(purpose)s", purpose=purpose[:1].lower() + purpose[1:]) if purpose else "",
            request.representation or _("representation unknown"),
            _("request %(place)d of %(many)d", place=page.place, many=page.many) if page.many > 1 else "",
        ),
        back=page.family,
        status=_status(view),
        stages=stages(view, today),
        course=tuple(course(session, view, today)),
        terms=terms(view, today),
        met=met(view),
        facts=tuple(_facts(session, page)),
        may_step=not ended,
        may_set_term=any(term.status is not TermStatus.LAPSED for term in view.terms),
        shortcut=_shortcut(view),
        follow_on=Place(page="request_form", subject=request.scope, part=f"follows:{request.id}")
        if not page.followed_by
        and state is not None
        and (state.is_end or state.is_outcome)
        and not state.holds_document
        else None,
    )


def _status(view: RequestView) -> tuple[str, str, str] | None:
    state = view.position.state
    if state is None:
        return (_("State unknown"), "unknown", "")
    if state.pauses:
        return (_("On hold"), "watch", "lp.held")
    if state.is_end:
        return (state.label(language()), "info", "sign.lock")
    if state.holds_document:
        return (state.label(language()), "good", "lp.issued")
    return None


def _facts(session: Session, page: RequestPage) -> Sequence[FactGroup]:
    view = page.view
    found = []
    if not view.position.is_ended and view.gates:
        found.append(FactGroup(title=_("Gates"), facts=gates(page, session.today)))
    if page.followed_by:
        place = Place(page="request", subject=page.followed_by)
        fact = Fact(main=_("Another request follows this one."), link=_("Look at it"), place=place)
        found.append(FactGroup(title=_("Follows"), facts=(fact,)))
    if view.request.alternatives:
        fact = Fact(main=" ".join(view.request.alternatives.split()))
        found.append(FactGroup(title=_("Other ways looked at"), facts=(fact,)))
    card = country_group(session, bare_code(view.request.country or ""))
    return (*found, card) if card is not None else tuple(found)


def _shortcut(view: RequestView) -> Shortcut | None:
    """The deed that meets the term that is due first."""
    running = [
        (term.due_on, term) for term in view.terms if term.status is TermStatus.RUNNING and term.due_on
    ]
    for _due, term in sorted(running, key=lambda each: each[0]):
        meets = sorted(term.definition.satisfied_by | {start.event for start in term.definition.starts})
        for code in meets:
            if code in view.track.events:
                place = Place(page="request_step", subject=view.request.id, part=code)
                return Shortcut(words=view.track.events[code].label(language()), place=place)
    return None
