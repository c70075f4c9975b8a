"""Stores made-up families as records: for `--demo`, for the benchmark and for trying the program out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.content.load import Content
from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.ident import new_id
from app.domain.kinds.departure import (
    Belonging,
    Departure,
    DepartureKind,
    DeparturePerson,
    Flight,
    Receiver,
)
from app.domain.kinds.dossier import Contact, Dossier, Membership, Obstacle, Owner, Phase
from app.domain.kinds.person import (
    ChildVoice,
    IdentityFact,
    Original,
    Person,
    PersonNumber,
    RemovabilityCheck,
    School,
    Stay,
)
from app.domain.kinds.place import Officer
from app.domain.kinds.request import Request, RequestEvent, RequestPerson
from app.domain.kinds.sensitive import AsylumCheck, Decision, HealthFact, Measure, TravelCondition
from app.domain.kinds.talk import Agreement, Answer, Circumstance, Talk, TalkPerson
from app.domain.record import Record, ScopeKind
from app.services.demo_families import families
from app.services.demo_family import DemoDeparture, DemoEvent, DemoFamily, DemoMember, DemoRequest, DemoTalk
from app.services.demo_flow import flow
from app.services.families import belongs_from
from app.services.memberships import BORN
from app.services.session import DUTCH_TIME, Session
from app.storage.uow import UnitOfWork, read_where

AT_ONCE = 250
Progress = Callable[[int], None]


def fill(session: Session, count: int, seed: int, progress: Progress | None = None) -> int:
    """Add `count` made-up families as they stand today; several transactions. Returns how many stand there now."""
    done = 0
    batch: list[DemoFamily] = []
    for family in families(count, seed, session.today):
        batch.append(family)
        if len(batch) == AT_ONCE or done + len(batch) == count:
            _store(session, batch)
            done += len(batch)
            batch = []
            if progress is not None:
                progress(done)
    return done


def _store(session: Session, batch: Sequence[DemoFamily]) -> None:
    with session.store.write(verbs.DEMO_FILLED) as uow:
        officers = _officers(session, uow, {family.officer for family in batch})
        for family in batch:
            maker = _Maker(session, uow, family)
            maker.store(officers[family.officer])


def _officers(session: Session, uow: UnitOfWork, names: set[str]) -> dict[str, str]:
    """Colleagues of the location, made when they are first named; the officer at work keeps their own record."""
    known = {officer.name or "": officer.id for officer in read_where(uow.conn, Officer, "1 = 1")}
    for name in sorted(names - set(known)):
        known[name] = uow.add(Officer(id=new_id(), scope=session.place, name=name)).id
    return known


@dataclass(slots=True)
class _Maker:
    """Turns one family into records of one dossier and its persons."""

    session: Session
    uow: UnitOfWork
    family: DemoFamily
    dossier: str = ""
    persons: tuple[str, ...] = ()

    @property
    def content(self) -> Content:
        return self.session.content

    def store(self, officer: str) -> None:
        """Write everything about the family."""
        self.dossier = self.uow.new_scope(ScopeKind.DOSSIER)
        self.persons = tuple(self.uow.new_scope(ScopeKind.PERSON) for _member in self.family.members)
        for record in self._records(officer):
            self.uow.add(record)

    def _records(self, officer: str) -> Iterator[Record]:
        yield from self._dossier(officer)
        for place, member in enumerate(self.family.members):
            yield from self._member(place, member)
        for talk in self.family.talks:
            yield from self._talk(talk)
        for request in self.family.requests:
            yield from self._request(request)
        if self.family.departure is not None:
            yield from self._departure(self.family.departure)
        yield from flow(self.family, self.dossier, self.persons, self._ref, self.session.today)

    def _dossier(self, officer: str) -> Iterator[Record]:
        family, scope = self.family, self.dossier
        yield Dossier(
            id=scope,
            scope=scope,
            title=family.title,
            title_native=family.title_native or None,
            number=f"{self.session.number_prefix}-{family.number + 1:04d}",
            opened_on=family.opened_on.isoformat(),
            closed_on=_day(family.closed_on),
            location_since=family.location_since.text,
        )
        yield Owner(id=new_id(), scope=scope, officer=officer, from_on=family.opened_on.isoformat())
        for contact in family.contacts:
            yield Contact(
                id=new_id(),
                scope=scope,
                role=self._ref("basis", contact.role),
                name=contact.name or None,
                organisation=contact.organisation or None,
                phone=contact.phone or None,
            )
        for phase in family.phases:
            yield Phase(
                id=new_id(),
                scope=scope,
                person=None if phase.member is None else self.persons[phase.member],
                phase=self._ref("fasen", phase.phase),
                from_on=phase.on.isoformat(),
                reason=phase.reason or None,
                observed_by=family.officer,
            )
        for obstacle in family.obstacles:
            yield Obstacle(
                id=new_id(),
                scope=scope,
                topic=self._ref("gesprek", obstacle.topic),
                body=obstacle.body,
                owner=obstacle.owner,
                due_on=obstacle.due_on.isoformat(),
            )

    def _member(self, place: int, member: DemoMember) -> Iterator[Record]:
        scope, name = self.persons[place], member.name
        yield Person(
            id=scope,
            scope=scope,
            family_name=name.family or None,
            given_names=name.given or None,
            family_name_native=name.native_family or None,
            given_names_native=name.native_given or None,
            call_name=name.call or None,
            sex=self._ref("basis", member.sex),
            birth_date=member.born.text,
            birth_date_stated=1,
            birth_place=member.birth_place or None,
            birth_country=self._country(member.birth_country),
            language=member.language or None,
            interpreter=self._ref(
                "basis", "tolk-nodig.ja" if member.interpreter_language else "tolk-nodig.nee"
            ),
            interpreter_language=member.interpreter_language or None,
            reading=self._ref("basis", member.reading),
        )
        opened = self.family.opened_on.isoformat()
        begun = belongs_from(opened, member.born.text)
        yield Membership(
            id=new_id(),
            scope=self.dossier,
            person=scope,
            role=self._ref("basis", str(member.role)),
            from_on=begun,
            reason=self._ref("basis", "lidmaatschap.instroom" if begun == opened else BORN),
            position=place + 1,
        )
        yield PersonNumber(
            id=new_id(), scope=scope, kind=self._ref("basis", "nummer.v-nummer"), value=member.v_number
        )
        yield IdentityFact(
            id=new_id(),
            scope=scope,
            aspect=self._ref("basis", "identiteit.nationaliteit"),
            standing=self._ref("basis", "zekerheid.gesteld"),
            country=self._country(member.nationality),
            as_of=self.family.opened_on.isoformat(),
        )
        yield Stay(
            id=new_id(),
            scope=scope,
            place=self.session.location,
            room=self.family.room,
            from_on=_day(self.family.location_since.earliest),
        )
        yield from self._member_more(scope, member)

    def _member_more(self, scope: str, member: DemoMember) -> Iterator[Record]:
        family = self.family
        decision = family.decision
        yield Decision(
            id=new_id(),
            scope=scope,
            kind=self._ref("basis", "besluit.terugkeerbesluit"),
            on=decision.on.isoformat(),
            authority="IND",
        )
        if family.measure is not None and not member.minor:
            measure = family.measure
            yield Measure(
                id=new_id(),
                scope=scope,
                kind=self._ref("basis", "maatregel.art56"),
                from_on=measure.from_on.isoformat(),
                area=measure.area,
                reporting_days=measure.reporting_days,
                handed_over_on=measure.handed_over_on.isoformat(),
                handed_over_in=measure.handed_over_in,
            )
        if family.check is not None:
            check = family.check
            yield RemovabilityCheck(
                id=new_id(),
                scope=scope,
                asked_at=_noon(check.asked_on),
                answered_at=_noon(check.answered_on),
                asked_of="IND",
                outcome=self._ref("basis", check.may_leave),
                valid_until=check.valid_until.isoformat(),
            )
        if member.school is not None:
            school = member.school
            yield School(
                id=new_id(),
                scope=scope,
                name=school.name,
                level=school.level,
                from_on=school.from_on.isoformat(),
            )
        if member.voice is not None:
            voice = member.voice
            yield ChildVoice(
                id=new_id(),
                scope=scope,
                heard=self._ref("basis", voice.heard),
                on=_day(voice.on),
                by=voice.by or None,
                reason=voice.reason or None,
                knows=voice.knows or None,
                wish=voice.wish or None,
            )
        if member.health:
            yield HealthFact(
                id=new_id(),
                scope=scope,
                topic=self._ref("gesprek", "bijz.gezondheid"),
                body=member.health,
                as_of=family.opened_on.isoformat(),
            )

    def _talk(self, talk: DemoTalk) -> Iterator[Record]:
        scope, made = self.dossier, new_id()
        began = talk.minutes > 0 or talk.finished or talk.starts_at.date() < self.session.today
        ended = talk.starts_at.replace(tzinfo=DUTCH_TIME).timestamp() + talk.minutes * 60
        yield Talk(
            id=made,
            scope=scope,
            kind=self._ref("gesprek", talk.kind),
            phase=self._ref("fasen", talk.phase),
            planned_at=talk.starts_at.strftime("%Y-%m-%dT%H:%M"),
            started_at=_utc(talk.starts_at) if began else None,
            finished_at=moment_text(datetime.fromtimestamp(ended, UTC)) if talk.finished else None,
            place=talk.place or None,
            interpreter=self._ref("gesprek", talk.interpreter),
            interpreter_language=talk.interpreter_language or None,
            recording=self._ref("basis", "opname.niet-gevraagd"),
            goal=talk.goal or None,
            notes=talk.notes or None,
            summary=talk.summary or None,
            next_at=talk.next_at.strftime("%Y-%m-%dT%H:%M") if talk.next_at else None,
        )
        for place in talk.present:
            yield TalkPerson(id=new_id(), scope=scope, talk=made, person=self.persons[place])
        for agreement in talk.agreements:
            yield Agreement(
                id=new_id(),
                scope=scope,
                talk=made,
                who=agreement.who,
                what=agreement.what,
                due_on=agreement.due_on.isoformat(),
                done_on=_day(agreement.done_on),
            )
        for topic, answer, reason in talk.circumstances:
            yield Circumstance(
                id=new_id(),
                scope=scope,
                talk=made,
                topic=self._ref("gesprek", topic),
                answer=self._ref("basis", answer),
                reason=reason or None,
            )
        for item, answer in talk.answers:
            pack = "gesprek" if item in self.content.packs["gesprek"].items else "fasen"
            yield Answer(
                id=new_id(),
                scope=scope,
                talk=made,
                item=self._ref(pack, item),
                answer=self._ref("basis", answer),
            )

    def _request(self, request: DemoRequest) -> Iterator[Record]:
        scope, made = self.dossier, new_id()
        yield Request(
            id=made,
            scope=scope,
            track=self._ref("reisdocument", "spoor.lp"),
            country=self._country(request.country),
            purpose=self._ref("reisdocument", request.purpose),
            representation=request.representation or None,
            cooperation=self._ref("reisdocument", request.cooperation),
        )
        for place in request.members:
            yield RequestPerson(id=new_id(), scope=scope, request=made, person=self.persons[place])
            yield AsylumCheck(
                id=new_id(),
                scope=self.persons[place],
                answer=self._ref("basis", "antwoord.nee"),
                checked_on=request.events[0].on.isoformat(),
                source="IND",
            )
        for event in request.events:
            yield self._event(made, event)
            if event.document_number or event.valid_until:
                yield from (
                    self._issued(made, self.persons[place], request, event) for place in request.members
                )

    def _issued(self, made: str, person: str, request: DemoRequest, event: DemoEvent) -> Original:
        return Original(
            id=new_id(),
            scope=person,
            kind=self._ref("basis", "documentsoort.lp"),
            number=event.document_number or None,
            country=self._country(request.country),
            issued_on=_day(event.issued_on or event.on),
            valid_until=_day(event.valid_until),
            held_by=event.held_by or None,
            request=made,
        )

    def _event(self, request: str, event: DemoEvent) -> RequestEvent:
        return RequestEvent(
            id=new_id(),
            scope=self.dossier,
            request=request,
            event=self._ref("reisdocument", event.event),
            on=event.on.isoformat(),
            way=event.way or None,
            reference=event.reference or None,
            planned_at=event.planned_at.strftime("%Y-%m-%dT%H:%M") if event.planned_at else None,
            place=event.place or None,
            kind=self._ref("reisdocument", event.kind) if event.kind else None,
            cause=self._ref("reisdocument", event.cause) if event.cause else None,
            reason=event.reason or None,
            excusable=self._ref("basis", event.excusable) if event.excusable else None,
            in_writing=None if event.in_writing is None else int(event.in_writing),
            told_on=_day(event.told_on),
            conditions=event.conditions or None,
            document_number=event.document_number or None,
            issued_on=_day(event.issued_on),
            valid_until=_day(event.valid_until),
            held_by=event.held_by or None,
            remark=event.remark or None,
        )

    def _departure(self, plan: DemoDeparture) -> Iterator[Record]:
        scope, made = self.dossier, new_id()
        yield Departure(
            id=made,
            scope=scope,
            planned_on=plan.planned_on.isoformat(),
            leave_from=plan.leave_from or None,
            pickup_at=plan.pickup_at.strftime("%Y-%m-%dT%H:%M"),
            carrier=plan.carrier or None,
            escort=self._ref("vertrek", plan.escort),
            announced=self._ref("vertrek", plan.announced),
            contact_name=self.family.officer,
            contact_phone=plan.contact_day or None,
            deputy_phone=plan.contact_night or None,
            departed_on=_day(plan.departed_on),
        )
        start = f"{plan.planned_on.year}-{self.session.number_prefix}-"
        asked = {place: (state, as_of) for place, state, as_of in plan.health_information}
        for place, person in enumerate(self.persons):
            state, as_of = asked.get(place, ("", None))
            yield DeparturePerson(
                id=new_id(),
                scope=scope,
                departure=made,
                person=person,
                set_number=f"{start}{self.family.number * 10 + place + 1:05d}",
                health_information=self._ref("vertrek", state) if state else None,
                health_as_of=_day(as_of),
            )
        for place, kind in plan.kinds:
            yield DepartureKind(
                id=new_id(),
                scope=scope,
                departure=made,
                person=self.persons[place],
                kind=self._ref("vertrek", kind),
            )
        yield from self._journey(made, plan)

    def _journey(self, made: str, plan: DemoDeparture) -> Iterator[Record]:
        scope = self.dossier
        for position, flight in enumerate(plan.flights, 1):
            yield Flight(
                id=new_id(),
                scope=scope,
                departure=made,
                position=position,
                flight_number=flight.number,
                from_place=flight.from_place,
                to_place=flight.to_place,
                departs_at=flight.departs_at.strftime("%Y-%m-%dT%H:%M"),
                departs_zone=flight.departs_zone,
                arrives_at=flight.arrives_at.strftime("%Y-%m-%dT%H:%M"),
                arrives_zone=flight.arrives_zone,
            )
        for position, receiver in enumerate(plan.receivers, 1):
            yield Receiver(
                id=new_id(),
                scope=scope,
                departure=made,
                person=self.persons[receiver.member],
                position=position,
                kind=self._ref("vertrek", receiver.kind),
                name=receiver.name,
                organisation=receiver.organisation or None,
                relation=receiver.relation or None,
                phone_day=receiver.phone or None,
                confirmed_on=_day(receiver.confirmed_on),
            )
        for condition in plan.conditions:
            yield TravelCondition(
                id=new_id(),
                scope=scope,
                departure=made,
                person=self.persons[condition.member],
                condition=self._ref("vertrek", condition.condition),
                description=condition.description or None,
                source=condition.source,
                source_on=condition.source_on.isoformat(),
                arranged_by=condition.arranged_by or None,
                arranged_on=_day(condition.arranged_on),
            )
        for position, thing in enumerate(plan.belongings, 1):
            yield Belonging(
                id=new_id(),
                scope=scope,
                departure=made,
                person=self.persons[thing.member],
                position=position,
                kind=self._ref("vertrek", thing.kind),
                description=thing.description,
                count=thing.count,
                weight_g=thing.weight_g,
                label_number=thing.label or None,
            )

    def _ref(self, pack: str, code: str) -> str:
        return self.content.ref(pack, code)

    def _country(self, iso: str) -> str | None:
        """The country as the pack knows it; one that it does not know stays unknown."""
        return self.content.ref("landen", iso) if iso in self.content.packs["landen"].items else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _noon(day: date) -> str:
    return f"{day.isoformat()}T11:00:00Z"


def _utc(local: datetime) -> str:
    return moment_text(local.replace(tzinfo=DUTCH_TIME))
