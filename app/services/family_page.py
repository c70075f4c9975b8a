"""One family at a glance: who belongs to it, where each stands, which document runs out first, what is disputed.

Every member has a line, children too. A value on which two officers differ counts as unknown (settled rule 10) and
both values go along. Words for ages and dates are made by who shows them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from app.domain import lights, travel_paper
from app.domain.clock import parse_moment
from app.domain.dated_event import bare_code, day_of
from app.domain.guidance import Choice
from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate, Unknown
from app.domain.kinds.dossier import Dossier, Membership, Phase
from app.domain.kinds.person import Availability, ChildVoice, Original, Person, RemovabilityCheck
from app.domain.kinds.sensitive import Measure
from app.domain.lights import Lights, PaperStanding
from app.domain.person_name import PersonName
from app.domain.record import Record
from app.i18n import language
from app.services import closing, differences, drafts, families, one_person, outflows, requests, words
from app.services.differences import Difference
from app.services.families import Member
from app.services.family_list import travel_kinds
from app.services.outflows import Left
from app.services.person_standing import says_why
from app.services.reading import by_id, by_scope
from app.services.requests import RequestView
from app.services.session import DUTCH_TIME, Session
from app.storage import same_person, shielding
from app.storage.uow import read_where

R = TypeVar("R", bound=Record)
ADULT_YEARS = 18  # artikel 1:233 BW
CHILD_ROLE = "gezinsrol.kind"
FORM = "family"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes next: day, time of day ("10:00" or "") and what, in words."""

    on: date
    time: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Where somebody's travel document stands. `valid_until` None with `held`: nobody knows until when.

    `words` is the state of the request, or the kind of document that is there; empty when nothing was begun.
    """

    words: str = ""
    stage: str = ""
    on_hold: bool = False
    held: bool = False
    valid_until: date | None = None
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Whether and when a child was spoken with; `words` empty: nobody wrote anything down yet."""

    words: str = ""
    yes: bool = False
    on: date | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One member. `birth` None: not known or disputed; `disputed` holds the open differences of this person.

    `is_child` None: age not known well enough to say.
    """

    person: str
    name: PersonName
    role: str
    birth: IncompleteDate | None
    birth_is_stated: bool
    is_child: bool | None
    nationality: str
    v_number: str
    phase: str
    phase_since: date | None
    has_role_of_child: bool
    heard: Heard
    document: Document
    next: Step | None
    lights: Lights = field(default_factory=Lights)
    open_actions: int = 0
    has_left: bool = False
    disputed: tuple[Difference, ...] = ()

    def differs(self, kind: str, name: str) -> Difference | None:
        """The open difference on a field of this person."""
        return next((each for each in self.disputed if (each.kind, each.field) == (kind, name)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierMember:
    """Who belonged to the family and left: until when (text form of the records, "" unknown) and why, in words."""

    person: str
    membership: str
    name: PersonName
    until: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstToExpire:
    """Whose document runs out first, and the planned departure it is measured against."""

    person: str
    name: str
    on: date
    flight_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One family. `youngest_18_on` is a day, `Unknown` with its reason, or None when there are no children."""

    dossier: str
    title: str
    native: str
    number: str
    opened_on: date | None
    closed_on: date | None
    location_since: IncompleteDate | None
    owner: str
    members: tuple[MemberLine, ...]
    flight_on: date | None
    first_to_expire: FirstToExpire | None
    youngest_18_on: date | Unknown | None
    differences: tuple[Difference, ...] = ()
    draft_waits: bool = False
    everybody_left: bool = False
    departed: Left | None = None
    """The first departure that took place of which travellers have no outflow yet."""
    earlier: tuple[EarlierMember, ...] = ()

    @property
    def children(self) -> int:
        """Members known to be under 18."""
        return sum(1 for member in self.members if member.is_child)

    @property
    def age_unknown(self) -> int:
        """Members of whom nobody can say whether they are under 18."""
        return sum(1 for member in self.members if member.is_child is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What was read beside the members, by person."""

    requests: Sequence[RequestView]
    originals: Mapping[str, list[Original]]
    voices: Mapping[str, list[ChildVoice]]
    phases: Mapping[str, Phase]
    steps: Mapping[str, Step]
    waiting: Mapping[str, int]
    checks: Mapping[str, list[RemovabilityCheck]]
    looked: Mapping[str, list[Availability]]
    measures: Mapping[str, list[Measure]]
    same: Mapping[str, tuple[str, ...]]
    open_: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    left: frozenset[str] = frozenset()


def load(session: Session, dossier: str) -> Overview:
    """The family as it stands. Raises `families.NoSuchDossier`."""
    with session.store.read() as conn:
        family = families.load_in(conn, session, dossier)
        known = same_person.classes(conn)
        once = [_filled(conn, member, family.members, known) for member in family.once()]
        same = {one.person.id: known.get(one.person.id, (one.person.id,)) for one in once}
        around = _around(conn, session, dossier, same)
        owner = conn.exec_driver_sql(_OWNER, (dossier,)).scalar()
        flight_on = day_of(conn.exec_driver_sql(_FLIGHT, (dossier,)).scalar())
        open_ = differences.open_in(conn, session, dossier)
        ever = closing.had_members_in(conn, dossier)
        departed = outflows.departed_in(conn, session, dossier)
        earlier = tuple(_earlier(conn, session, dossier))
    members = tuple(_line(session, member, around, flight_on) for member in once)
    head = family.dossier
    return Overview(
        dossier=dossier,
        title=head.title or "",
        native=head.title_native or "",
        number=head.number or "",
        opened_on=day_of(head.opened_on),
        closed_on=day_of(head.closed_on),
        location_since=_since(head, open_),
        owner=str(owner or ""),
        members=members,
        flight_on=flight_on,
        first_to_expire=_first_to_expire([each for each in members if not each.has_left], flight_on),
        youngest_18_on=_youngest_18_on(session, members),
        differences=open_,
        draft_waits=bool(drafts.waiting(session, f"{FORM}:{dossier}")),
        everybody_left=ever and all(member.has_left for member in members),
        departed=departed[0] if departed else None,
        earlier=earlier,
    )


def _earlier(conn: Connection, session: Session, dossier: str) -> Iterator[EarlierMember]:
    """Past members who are not back, each once, as far as they may show; who left last comes first."""
    rows = read_where(conn, Membership, "scope = ? ORDER BY to_on DESC, id DESC", (dossier,))
    silent = set(shielding.hidden_from(conn, dossier))
    silent.update(row.person or "" for row in rows if row.to_on is None)
    people = by_id(conn, Person, (row.person for row in rows if row.person and row.person not in silent))
    for row in rows:
        person = people.pop(row.person or "", None)
        if person is not None:
            yield EarlierMember(
                person=person.id,
                membership=row.id,
                name=families.name_of(person),
                until="" if row.to_on in (None, "?") else str(row.to_on),
                reason=session.content.label(row.reason, language()) if says_why(session, row.reason) else "",
            )


_OWNER = "SELECT o.name FROM d_summary s JOIN r_officer o ON o.id = s.owner WHERE s.dossier = ?"
_FLIGHT = "SELECT min(due_on) FROM d_agenda WHERE dossier = ? AND what = 'flight'"


def _filled(
    conn: Connection, member: Member, members: Sequence[Member], known: Mapping[str, tuple[str, ...]]
) -> Member:
    """A member with what only another record of the same person says."""
    ids = known.get(member.person.id)
    if ids is None:
        return member
    twins = [one for one in members if one.person.id in ids]
    facts = (one.nationality for one in twins if one.nationality.country or one.nationality.value)
    return replace(
        member,
        person=one_person.merged(conn, member.person),
        v_number=next((one.v_number for one in twins if one.v_number.value), member.v_number),
        nationality=next(facts, member.nationality),
    )


def _joined(rows: Mapping[str, list[R]], same: Mapping[str, tuple[str, ...]]) -> dict[str, list[R]]:
    """By member, what stands with any record of the same person."""
    found = {person: [row for one in ids for row in rows[one]] for person, ids in same.items()}
    return {
        person: sorted(each, key=lambda row: row.id) if len(same[person]) > 1 else each
        for person, each in found.items()
    }


def _summed(counts: Mapping[str, int], same: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    return {person: sum(counts.get(one, 0) for one in ids) for person, ids in same.items()}


def _around(conn: Connection, session: Session, dossier: str, same: Mapping[str, tuple[str, ...]]) -> _Around:
    """`same`: by member all records of the same person; what is theirs counts for the member."""
    member_of = {one: person for person, ids in same.items() for one in ids}
    open_: dict[str, tuple[Difference, ...]] = {}
    for each in differences.open_in(conn, session, dossier):
        person = member_of.get(each.scope, each.scope)
        open_[person] = (*open_.get(person, ()), each)
    for person, ids in same.items():
        if len(ids) > 1:
            open_[person] = (*open_.get(person, ()), *one_person.differing(conn, session, person))
    phases: dict[str, Phase] = {}
    for phase in read_where(conn, Phase, "scope = ? ORDER BY from_on, id", (dossier,)):
        phases[member_of.get(phase.person or "", phase.person or "")] = phase
    papers = by_scope(conn, Original, list(member_of), where="returned_on IS NULL")
    voices = by_scope(conn, ChildVoice, list(member_of), order='"on", id')
    steps = _steps(conn, session, dossier)
    return _Around(
        requests=requests.views_in(conn, session, [dossier])[dossier],
        originals=_joined(papers, same),
        voices={
            person: sorted(rows, key=lambda one: (one.on or "", one.id))
            for person, rows in _joined(voices, same).items()
        },
        phases=phases,
        steps={
            person: min((steps[one] for one in ids if one in steps), key=lambda one: (one.on, one.time))
            for person, ids in same.items()
            if any(one in steps for one in ids)
        },
        waiting=_summed(dict(conn.exec_driver_sql(_WAITING, {"d": dossier}).all()), same),
        checks=_joined(by_scope(conn, RemovabilityCheck, list(member_of)), same),
        looked=_joined(by_scope(conn, Availability, list(member_of)), same),
        measures=_joined(by_scope(conn, Measure, list(member_of)), same),
        same=same,
        open_=open_,
        left=outflows.left_in(conn, session, dossier),
    )


_WHO = (
    "WITH who(about, person) AS ("
    " SELECT talk, person FROM r_talk_person WHERE scope = :d"
    " UNION SELECT request, person FROM r_request_person WHERE scope = :d"
    " UNION SELECT departure, person FROM r_departure_person WHERE scope = :d"
    " UNION SELECT g.id, p.person FROM r_agreement g JOIN r_talk_person p ON p.talk = g.talk WHERE g.scope = :d"
    " UNION SELECT id, person FROM r_todo WHERE scope = :d)"
)
_STEPS = (
    f"{_WHO} SELECT w.person, a.due_on, coalesce(a.at_time, ''), a.what, coalesce(a.detail, '') FROM d_agenda a"
    " JOIN who w ON w.about = a.about WHERE a.dossier = :d AND a.due_on IS NOT NULL AND w.person IS NOT NULL"
    " ORDER BY a.due_on DESC, a.at_time DESC"
)


_WAITING = (
    f"{_WHO} SELECT w.person, count(DISTINCT a.no) FROM d_agenda a JOIN who w ON w.about = a.about"
    " WHERE a.dossier = :d AND a.what IN ('agreement', 'todo') AND w.person IS NOT NULL GROUP BY w.person"
)


def _steps(conn: Connection, session: Session, dossier: str) -> dict[str, Step]:
    """The first thing to come for each person."""
    found: dict[str, Step] = {}
    for person, due_on, time, what, detail in conn.exec_driver_sql(_STEPS, {"d": dossier}):
        found[person] = Step(
            on=date.fromisoformat(due_on), time=time, words=words.step_words(session, what, detail)
        )
    return found


def _line(session: Session, member: Member, around: _Around, flight_on: date | None) -> MemberLine:
    person, content = member.person, session.content
    open_ = around.open_.get(person.id, ())
    unsure = {(each.record, each.field) for each in open_}
    birth = person.birth_date if (person.id, "birth_date") not in unsure else None
    born = IncompleteDate.from_text(birth) if birth else None
    phase = around.phases.get(person.id)
    document = _document(session, person.id, around)
    nationality = content.label(member.nationality.country, language()) or member.nationality.value or ""
    return MemberLine(
        person=person.id,
        name=families.name_of(person),
        role=content.label(member.membership.role, language()),
        birth=born,
        birth_is_stated=bool(person.birth_date_stated),
        is_child=_is_child(born, session.today),
        nationality="" if (member.nationality.id, "country") in unsure else nationality,
        v_number="" if (member.v_number.id, "value") in unsure else member.v_number.value or "",
        phase=content.label(phase.phase, language()) if phase else "",
        phase_since=day_of(phase.from_on) if phase else None,
        has_role_of_child=bare_code(member.membership.role or "") == CHILD_ROLE,
        heard=_heard(session, around.voices.get(person.id, [])),
        document=document,
        next=around.steps.get(person.id),
        lights=_lights(session, person.id, document, around, flight_on),
        open_actions=around.waiting.get(person.id, 0),
        has_left=person.id in around.left,
        disputed=open_,
    )


def _lights(
    session: Session, person: str, document: Document, around: _Around, flight_on: date | None
) -> Lights:
    """The four lights, measured against the planned departure, else against today."""
    today = session.today
    needed_on = max(flight_on or today, today)
    unsure = {each.record for each in around.open_.get(person, ())}
    looked_on = max(
        (day for each in around.originals.get(person, ()) if (day := day_of(each.checked_on))), default=None
    )
    short = {
        choice.code: trait.removeprefix("letter:")
        for choice in session.content.choices("basis", "maatregel")
        for trait in choice.traits
        if trait.startswith("letter:")
    }
    paper = PaperStanding(
        held=document.held,
        valid_until=document.valid_until,
        asked=bool(document.request) and not document.held,
        on=looked_on,
    )
    return Lights(
        may_leave=lights.may_leave(around.checks.get(person, ()), unsure, needed_on, today, _dutch_day),
        available=lights.available(around.looked.get(person, ()), unsure),
        measure=lights.measure(
            around.measures.get(person, ()), unsure, today, lambda code: short.get(bare_code(code), "")
        ),
        document=lights.document(paper, needed_on, today),
    )


def _dutch_day(moment: str) -> date:
    return parse_moment(moment).astimezone(DUTCH_TIME).date()


def _is_child(born: IncompleteDate | None, today: date) -> bool | None:
    ages = born.age_between(today) if born else None
    if ages is None or ages[0] < ADULT_YEARS <= ages[1]:
        return None
    return ages[1] < ADULT_YEARS


def _heard(session: Session, voices: list[ChildVoice]) -> Heard:
    if not voices:
        return Heard()
    last = voices[-1]
    heard = {choice.code for choice in session.content.choices("basis", "gehoord") if _says_heard(choice)}
    return Heard(
        words=session.content.label(last.heard, language()),
        yes=bare_code(last.heard or "") in heard,
        on=day_of(last.on),
        by=last.by or "",
        reason=last.reason or "",
    )


def _says_heard(choice: Choice) -> bool:
    return "not_heard" not in choice.traits and not choice.code.endswith(".onbekend")


def _document(session: Session, person: str, around: _Around) -> Document:
    """The papers that are there count first; without one the state of the latest request says where it stands."""
    kinds = frozenset(travel_kinds(session))
    unsure = {each.record for each in around.open_.get(person, ()) if each.field == "valid_until"}
    held = travel_paper.held(around.originals.get(person, ()), kinds)
    longest = travel_paper.longest(held, unsure)
    until = day_of(longest.valid_until) if longest else None
    mine = [view for view in around.requests if not set(around.same[person]).isdisjoint(view.persons)]
    view = next((view for view in reversed(mine) if not view.position.is_ended), mine[-1] if mine else None)
    state = view.position.state if view else None
    if view is None or (held and view.position.is_ended):
        last = max(held, key=lambda paper: paper.valid_until or "", default=None)
        return Document(
            words=session.content.label(last.kind, language()) if last else "",
            held=bool(held),
            valid_until=until,
        )
    return Document(
        words=state.label(language()) if state else view.position.raw_code,
        stage=state.stage if state else "",
        on_hold=view.position.is_paused,
        held=bool(held) or (state is not None and state.holds_document),
        valid_until=until,
        request=view.request.id,
    )


def _since(head: Dossier, open_: Sequence[Difference]) -> IncompleteDate | None:
    unsure = any((each.record, each.field) == (head.id, "location_since") for each in open_)
    return IncompleteDate.from_text(head.location_since) if head.location_since and not unsure else None


def _first_to_expire(members: Sequence[MemberLine], flight_on: date | None) -> FirstToExpire | None:
    """Among persons the first to end counts (`travel_paper`)."""
    ending = [(member.document.valid_until, member) for member in members if member.document.valid_until]
    if not ending:
        return None
    on, member = min(ending, key=lambda each: each[0])
    return FirstToExpire(person=member.person, name=member.name.first, on=on, flight_on=flight_on)


def _youngest_18_on(session: Session, members: Sequence[MemberLine]) -> date | Unknown | None:
    """When the last child comes of age: from then on nobody is a minor. Unknown when it may be another child."""
    children = [member for member in members if _may_be_child(member, session.today)]
    days = [(member.birth or UNKNOWN_DATE).turns(ADULT_YEARS, session.today) for member in children]
    unsure = next((day for day in days if isinstance(day, Unknown)), None)
    return unsure or max((day for day in days if isinstance(day, date)), default=None)


def _may_be_child(member: MemberLine, today: date) -> bool:
    """By the date of birth; where that says nothing, somebody who is in the family as a child may be one."""
    ages = member.birth.age_between(today) if member.birth else None
    return member.has_role_of_child if ages is None else ages[0] < ADULT_YEARS
