"""A family of whom two fled, with markers in all that can be known of them, and every output of services."""

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import app.services
from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Original, Person
from app.domain.kinds.request import Request
from app.domain.kinds.talk import Talk, TalkPerson
from app.domain.record import KINDS, FieldType, Record, ScopeKind
from app.matching.traits import PersonTraits
from app.services import (
    agenda,
    as_on,
    case_states,
    circumstances,
    clear_up,
    closing,
    counts,
    data_check,
    departure_checks,
    departure_list,
    departures,
    differences,
    dossier_export,
    due_list,
    duplicates,
    facts,
    families,
    family_list,
    family_page,
    figures,
    flow_page,
    give,
    handing_over,
    kept_persons,
    leaving_page,
    membership_page,
    my_day,
    one_person,
    outflows,
    overview_sheet,
    papers,
    person_list,
    quick_notes,
    recent,
    removal,
    removed_family,
    request_list,
    request_page,
    request_view,
    requests,
    sheet_subject,
    shield,
    state_proposals,
    take,
    taking_out,
    talk_agreements,
    talk_board,
    talk_list,
    talk_proposal,
    talk_view,
    timeline,
    timeline_filter,
    today,
)
from app.services.agenda import Agenda, AgendaLine
from app.services.dossier_export import Choice
from app.services.due_list import DueList
from app.services.person_list import PersonFilters, PersonRow
from app.services.session import Session
from app.services.shield import Shield
from tests.reports.validation import text_of
from tests.support.family import add
from tests.support.package_case import ALL, Office

MARK, PAST = "ZWIJGPERSOON", "ZWIJGVERLEDEN"
ADDRESS = "ZWIJGADRES"
WHOLE = frozenset(ALL)

_DEEDS_AND_OWN = """
agenda.deriver as_on.check_day as_on.until card_sheet.pages card_sheet.pdf card_sheet.save case_states.begin
case_states.makes_way case_states.mend case_states.offers case_states.problems case_states.remove
check_store.check_content choices.choices choices.countries_like choices.country_named choices.stored
circumstances.ask clear_up.answer clear_up.both clear_up.find clear_up.postpone clear_up.write
clear_up_arrived.decide clear_up_fork.decide clear_up_membership.decide clear_up_other.decide clear_up_owner.decide
clear_up_person.decide
clear_up_removed.decide clear_up_removed.decide_difference clear_up_request.both clear_up_request.hold
clear_up_same.decide closing.close closing.closing_problems closing.inflow_problems closing.new_inflow closing.reopen
closing.save_inflow
departure_checks.answer_line departures.cancel departures.record_check departures.save departures.travellers
derived.begin_day derived.catch_up differences.resolve dossier_export.export_to_file dossier_import.import_dossiers
dossier_import.preview_import drafts.drop drafts.find drafts.keep drafts.waiting extract.drop extract.held
extract.look extract.take_in extract_give.preview facts.needs_reason facts.new facts.problems facts.remove
facts.save facts.wrong_values families.new_family families.new_member families.next_number families.problems
families.save
family_list.travel_kinds
family_list.stretches family_list.turns_until
give.receipt handing_over.accept handing_over.give_back handing_over.offer handing_over.refuse
handing_over.settle handing_over.withdraw
happened.future_days happened.happened_problems import_file.preview import_file.take_in kept_packs.know
membership_rules.reason
memberships.begin_dossier memberships.born memberships.correct memberships.died memberships.go_over
memberships.leave memberships.leaving_from memberships.move memberships.newborn memberships.reunite
memberships.split my_day.mark_copied my_day.note_words officers.entry officers.save one_person.let_hold
one_person.link one_person.take_apart open_again.open_again outflows.asks_report outflows.change
outflows.final_state outflows.kinds outflows.problems outflows.record outflows.remove outflows.sorts_of
overview_sheet.save
paper_disclosure.disclose paper_disclosure.save_pdf paper_final.make_final paper_prepare.limits
paper_prepare.valid_until paper_texts.forbidden_in paper_texts.look_through paper_texts.mark_read
paper_texts.refuse_read_only paper_texts.senders paper_texts.write_text paper_wanted.audience_of
paper_wanted.purposes paper_wanted.receivers person_standing.says_why
quick_notes.dossier_of quick_notes.mark_transferred quick_notes.problems quick_notes.write
recent.opened removal.accept_destruction removal.destroy removal.destroy_person removal.drop removal.reasons
removed_family.bring_back removed_family.finish removed_family.remove request_view.asylum_facts
requests.asylum_checks requests.asylum_problems requests.change requests.check_step requests.correct_step
requests.day_problems requests.drop_term requests.mend_problems requests.start_problems requests.step_problems
requests.record_asylum_check requests.record_step requests.set_term requests.start set_apart.discard
set_apart.take_in shield.lift shield.shield shield.texts_naming steps.redo steps.undo take.accept take.inspect
take.look take.take_back_file taking_out.reasons taking_out.take_out talk_board.phase_of talks.agree talks.answer
talks.begin talks.cancel talks.drop_agreement talks.finish talks.item_ref talks.mark_transferred talks.new_talk
talks.plan talks.prepare talks.save trust.add_card trust.colleagues trust.end_vouch trust.new_keys trust.own
trust.own_card trust.reasons trust.reject trust.revoke trust.set_registrar trust.unreject trust.verify trust.vouch
trust_card.add_file trust_card.save_own trust_page.page trust_words.trust_words value_words.value_words
words.next_words words.request_title words.state_words words.step_words
case_states.side_by_side clear_up_alike.decide clear_up_state.decide departure_list.stands_for flow_page.unclear
one_person.say_two
"""
DEEDS_AND_OWN = frozenset(_DEEDS_AND_OWN.split())
"""What writes, what is about the officer, colleagues or content, and what turns a given value into words."""


@dataclass(frozen=True)
class World:
    """A family of five: a father, an uncle and a daughter who stay, a mother and a son who flee."""

    dossier: str
    father: str
    daughter: str
    mother: str
    son: str
    for_all: str
    for_them: str
    held: str
    planned: str
    trip: str
    their_trip: str

    @property
    def fled(self) -> tuple[str, str]:
        """Mother and son."""
        return self.mother, self.son


def texts(kind: str, scope: str, mark: str, **known: str) -> Record:
    declared = KINDS[kind]
    texts = {
        field.name: f"{mark} {kind}"
        for field in declared.fields
        if field.type in (FieldType.TEXT, FieldType.NOTE) and field.name not in ("blob", "paper", "field")
    }
    return declared.make(new_id(), scope, {**texts, **known})


def about_them(scope: str, person: str) -> Iterator[Record]:
    """Everything a dossier can hold about one person, with marks in it."""
    for kind in KINDS.values():
        refs = [
            field.name for field in kind.fields if field.type is FieldType.REF and field.target == "person"
        ]
        linked = {"membership", "request_person", "talk_person", "departure_person", "sheet", "disclosure"}
        if ScopeKind.DOSSIER in kind.scopes and refs and kind.name not in linked:
            due = {"due_on": "2026-12-01"} if "due_on" in kind.names else {}
            yield texts(kind.name, scope, PAST, **{refs[0]: person}, **due)


def of_them(person: str) -> Iterator[Record]:
    """Everything that lies with a person, with marks in it."""
    for kind in KINDS.values():
        place = {"person", "same_person", "scope", "access", "redaction"}
        if kind.scopes == {ScopeKind.PERSON} and kind.name not in place:
            yield texts(kind.name, person, MARK)


def plant(office: Office) -> World:
    """The family as it was, with all that can be known of the two who will flee."""
    ref, session = office.session.content.ref, office.session
    office.desk.store.derive = agenda.deriver(session)
    soon = (session.today + timedelta(days=3)).isoformat()
    with office.desk.store.write(verbs.FAMILY_REGISTERED) as uow:
        dossier = uow.new_scope(ScopeKind.DOSSIER)
        uow.add(Dossier(id=dossier, scope=dossier, title="Voorbeeldgezin", number="TEST-0001"))
        people = []
        for place, (given, born, mark) in enumerate(
            (
                ("Vahan", "1980", ""), ("Lilit", "2012", ""), ("Anahit", "1985", MARK), ("Narek", "2018", MARK),
                ("Levon", "1990", ""),
            ),
            1,
        ):  # fmt: skip
            person = uow.new_scope(ScopeKind.PERSON)
            uow.add(
                Person(
                    id=person, scope=person, family_name=f"{mark}naam" if mark else "Voorbeeld",
                    given_names=f"{mark}{given}", call_name=f"{mark}{given}", birth_date=born,
                    birth_place=mark or None, language=mark or None,
                )
            )  # fmt: skip
            role = "gezinsrol.kind" if place in (2, 4) else "gezinsrol.ouder"
            uow.add(
                Membership(
                    id=new_id(), scope=dossier, person=person, position=place, role=ref("basis", role),
                    from_on="2024", reason=ref("basis", "lidmaatschap.instroom"),
                )
            )  # fmt: skip
            people.append(person)
        father, daughter, mother, son, _uncle = people
        for person in (mother, son):
            for record in (*of_them(person), *about_them(dossier, person)):
                uow.add(record)
    made: list[str] = []
    for who in (tuple(people), (mother, son)):
        request = Request(
            id=new_id(), scope=dossier, track=ref("reisdocument", "spoor.lp"), country=ref("landen", "AM"),
            purpose=ref("reisdocument", "doel.terugkeer"), representation="Den Haag",
            cooperation=ref("reisdocument", "medewerking.getekend"),
        )  # fmt: skip
        made.append(requests.start(session, request, who, on=session.today).record)
        talk = Talk(
            id=new_id(), scope=dossier, kind=ref("gesprek", "gesprek.vervolg"), planned_at=f"{soon}T10:00"
        )
        trip = departures.new_file(dossier, who)
        with office.desk.store.write(verbs.TALK_PLANNED) as uow:
            uow.add(talk)
            for person in who:
                uow.add(TalkPerson(id=new_id(), scope=dossier, talk=talk.id, person=person))
        departures.save(
            session, None, departures.changed(trip, departure=trip.departure.with_values(planned_on=soon))
        )
        made += [talk.id, trip.departure.id]
    both = Talk(
        id=new_id(), scope=dossier, kind=ref("gesprek", "gesprek.vervolg"), planned_at=f"{soon}T11:00"
    )
    with office.desk.store.write(verbs.TALK_PLANNED) as uow:
        uow.add(both)
        for person in (father, mother):
            uow.add(TalkPerson(id=new_id(), scope=dossier, talk=both.id, person=person))
        passport = ref("basis", "documentsoort.paspoort")
        uow.add(Original(id=new_id(), scope=mother, kind=passport, number=MARK, valid_until=soon))
    gone = texts("todo", dossier, PAST, person=mother)
    add(office.desk.store, gone)
    with office.desk.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(gone)
    at = moment_text(session.now())
    add(
        office.desk.store,
        texts("sheet", dossier, PAST, departure=made[2], person=mother, paper=ref("papieren", papers.SHEET),
               made_at=at, valid_until=at),
        texts("disclosure", dossier, PAST, about=made[2], person=mother, paper=ref("papieren", papers.SHEET), at=at),
    )  # fmt: skip
    return World(
        dossier=dossier, father=father, daughter=daughter, mother=mother, son=son, for_all=made[0], held=made[1],
        trip=made[2], for_them=made[3], planned=made[4], their_trip=made[5],
    )  # fmt: skip


Output = Callable[[Session, World], object]


def wanted_paper(paper: str, subject: str, person: str = "") -> papers.Wanted:
    return papers.Wanted(paper=paper, subject=subject, person=person, receiver="Eigen dossier", language="en")


def _json(session: Session, world: World) -> str:
    out = io.BytesIO()
    dossier_export.export_dossiers(session, out, Choice(dossiers=(world.dossier,), compartments=WHOLE))
    return out.getvalue().decode()


def _searched(session: Session, world: World) -> list[str]:
    """Whether a word that stands with them only leads to this dossier."""
    return [MARK for word in (MARK, f"{MARK}naam") if world.dossier in family_list.ids(session, word)] + [
        MARK
        for request in request_list.ids(session, MARK, state="")
        if request in (world.for_all, world.for_them)
    ]


def _persons(session: Session, world: World, query: str = "") -> list[PersonRow]:
    """The lines of this dossier in the list of persons, of whoever is or was a member."""
    lines = [
        line
        for other in ("", person_list.EARLIER, person_list.CLOSED)
        for line in person_list.lines(session, query, filters=PersonFilters(other=other))
    ]
    rows = person_list.rows(session, lines)
    return [row for row in rows if row is not None and row.dossier == world.dossier]


def _family_lines(session: Session, world: World) -> list[int]:
    """The lines of this dossier in the list of families."""
    lines = [
        line
        for closed in (False, True)
        for line in family_list.lines(session, filters=family_list.Filters(closed=closed))
    ]
    rows = zip(lines, family_list.rows(session, lines), strict=True)
    return [line for line, row in rows if row is not None and row.dossier == world.dossier]


def _gone(found: Callable[[], object]) -> object:
    """What is about them alone is not here."""
    try:
        return found()
    except (request_view.NoSuchRequest, papers.NoSuchSheet, sheet_subject.PersonNotFound) as problem:
        return problem.code


def _due(found: Agenda, world: World) -> list[AgendaLine]:
    """What is due for this family; that of the other dossier is no business of this loop."""
    return [line for line in (*found.late, *found.now, *found.ahead) if line.dossier == world.dossier]


def _today(found: today.Today, world: World) -> object:
    """The start page, without what it says of the other dossier."""
    matters = tuple(each for each in found.to_clear_up if each.dossier in ("", world.dossier))
    return replace(found, to_clear_up=matters)


def _due_first(found: DueList, world: World) -> list[AgendaLine]:
    groups = (found.late, found.now, found.ahead, found.soon)
    return [line for group in groups for line in group.lines if line.dossier == world.dossier]


def _of_store(output: Callable[[Session], object]) -> Output:
    """An output over all dossiers."""
    return lambda session, _world: output(session)


OUTPUTS: dict[str, Output] = {
    "case_states.load": lambda s, w: [
        case_states.load(s, each.record.id) for each in case_states.of_dossier(s, w.dossier)
    ],
    "case_states.of_dossier": lambda s, w: case_states.of_dossier(s, w.dossier),
    "closing.view": lambda s, w: closing.view(s, w.dossier),
    "figures.listed": lambda s, w: [
        each for count in figures.COUNTS for each in figures.listed(s, count.code) if each.dossier == w.dossier
    ],
    "flow_page.read": lambda s, w: flow_page.read(s, w.dossier),
    "one_person.linked": lambda s, w: one_person.linked(s, w.dossier),
    "outflows.load": lambda s, w: [outflows.load(s, each.id) for each in outflows.of_dossier(s, w.dossier)],
    "outflows.of_dossier": lambda s, w: outflows.of_dossier(s, w.dossier),
    "overview_sheet.print_pages": lambda s, w: text_of(overview_sheet.pdf(s, w.dossier)),
    "removed_family.check": lambda s, w: removed_family.check(s, w.dossier),
    "removed_family.count": _of_store(removed_family.count),
    "removed_family.removed": lambda s, w: [each for each in removed_family.removed(s) if each.dossier == w.dossier],
    "state_proposals.standing_proposals": lambda s, w: state_proposals.standing_proposals(s, w.dossier),
    "taking_out.look": lambda s, w: [
        taking_out.look(s, w.dossier, each.record, each.field) for each in taking_out.offered(s, w.dossier)[:40]
    ],
    "taking_out.offered": lambda s, w: taking_out.offered(s, w.dossier),
    "agenda.read": lambda s, w: _due(agenda.read(s, days=400), w),
    "circumstances.told_apart": lambda s, w: [circumstances.told_apart(s, talk_view.load(s, w.held).talk, "-")],
    "circumstances.topics_apart": lambda s, w: circumstances.topics_apart(s, talk_view.load(s, w.held).talk),
    "circumstances.open_topics": lambda s, w: circumstances.open_topics(s, w.held),
    "circumstances.open_of": lambda s, w: circumstances.open_of(s, talk_view.load(s, w.held)),
    "clear_up.count": _of_store(clear_up.count),
    "clear_up.matters": lambda s, w: [each for each in clear_up.matters(s) if each.dossier == w.dossier],
    "clear_up.put_off": _of_store(clear_up.put_off),
    "counts.count": _of_store(counts.count),
    "departure_checks.read_checklist": lambda s, w: [
        departure_checks.read_checklist(s, departures.load(s, trip), w.father) for trip in (w.trip, w.their_trip)
    ],
    "departure_list.gaps": _of_store(lambda s: departure_list.gaps(s, departure_list.rows(s))),
    "departure_list.rows": lambda s, w: departure_list.rows(s, everything=True, dossier=w.dossier),
    "departures.checks_of": lambda s, w: departures.checks_of(s, departures.load(s, w.trip)),
    "departures.load": lambda s, w: (departures.load(s, w.trip), departures.load(s, w.their_trip)),
    "departures.of_dossier": lambda s, w: departures.of_dossier(s, w.dossier),
    "departures.originals": lambda s, w: departures.originals(s, departures.load(s, w.trip)),
    "differences.count": _of_store(differences.count),
    "differences.open_ones": lambda s, w: differences.open_ones(s, w.dossier),
    "dossier_export.export_dossiers": _json,
    "due_list.read": lambda s, w: _due_first(due_list.read(s, days=400, most=500), w),
    "duplicates.look": lambda s, w: duplicates.look(s, kept_traits(s, w.mother)),
    "facts.load": lambda s, w: facts.load(s, w.dossier),
    "as_on.read": lambda s, w: [
        as_on.read(s, w.dossier, s.today - timedelta(days=back), meaning)
        for back in (0, 1, 400)
        for meaning in as_on.Meaning
    ],
    "data_check.of_all": lambda s, w: [each for each in data_check.of_all(s) if each.dossier == w.dossier],
    "data_check.of_dossier": lambda s, w: data_check.of_dossier(s, w.dossier),
    "timeline_filter.narrowing": lambda s, w: timeline_filter.narrowing(s, w.dossier),
    "families.load": lambda s, w: families.load(s, w.dossier),
    "family_list.ids": _searched,
    "family_list.lines": lambda s, w: [
        MARK for line in family_list.lines(s, MARK) if line in _family_lines(s, w)
    ],
    "family_list.rows": lambda s, w: family_list.rows(s, _family_lines(s, w)),
    "family_list.rows_of": lambda s, w: family_list.rows_of(s, [w.dossier]),
    "family_list.totals": lambda s, w: family_list.totals(s, _family_lines(s, w)),
    "family_page.load": lambda s, w: family_page.load(s, w.dossier),
    "figures.figures": _of_store(figures.figures),
    "give.holdings": lambda s, w: give.holdings(s, dossier=w.dossier),
    "handing_over.list_open": _of_store(handing_over.list_open),
    "handing_over.state": lambda s, w: handing_over.state(s, w.dossier),
    "leaving_page.notice": lambda s, w: leaving_page.notice(s, w.dossier),
    "leaving_page.read": lambda s, w: leaving_page.read(s, w.dossier),
    "membership_page.find_family": lambda s, _w: membership_page.find_family(s, "Voorbeeldgezin"),
    "membership_page.read": lambda s, w: membership_page.read(s, w.dossier),
    "my_day.read": lambda s, w: [each for each in my_day.read(s, s.today) if each.dossier == w.dossier],
    "person_list.lines": lambda s, w: [MARK for _row in _persons(s, w, MARK)],
    "person_list.rows": _persons,
    "person_list.totals": _of_store(lambda s: person_list.totals(s, person_list.lines(s), "", PersonFilters())),
    "quick_notes.candidates": lambda s, w: [
        each for each in quick_notes.candidates(s, w.dossier) if each.dossier == w.dossier
    ],
    "overview_sheet.facts": lambda s, w: overview_sheet.facts(s, w.dossier),
    "overview_sheet.pdf": lambda s, w: text_of(overview_sheet.pdf(s, w.dossier)),
    "paper_disclosure.disclosures_of": lambda s, w: papers.disclosures_of(s, w.dossier),
    "paper_final.sheets_of": lambda s, w: papers.sheets_of(s, w.dossier),
    "paper_prepare.prepare": lambda s, w: [
        papers.prepare(s, wanted_paper(papers.SHEET, w.trip, w.father)),
        papers.prepare(s, wanted_paper(papers.RECEIPT, w.trip, w.father)),
        papers.prepare(s, wanted_paper(papers.REPORT, w.held)),
        papers.prepare(s, wanted_paper(papers.REPORT, w.planned)),
        _gone(lambda: papers.prepare(s, wanted_paper(papers.SHEET, w.trip, w.mother))),
        _gone(lambda: papers.prepare(s, wanted_paper(papers.RECEIPT, w.trip, w.mother))),
    ],
    "paper_texts.load_texts": lambda s, w: [
        papers.load_texts(s, wanted_paper(papers.SHEET, w.trip, who)) for who in (w.father, w.daughter)
    ],
    "recent.families": lambda s, w: [each for each in recent.families(s) if each.dossier == w.dossier],
    "removal.may_destroy": lambda s, w: removal.may_destroy(s, w.dossier),
    "removal.may_drop": lambda s, w: removal.may_drop(s, w.dossier),
    "removal.waiting": _of_store(removal.waiting),
    "request_list.ids": _searched,
    "request_list.rows": lambda s, w: request_list.rows(s, [w.for_all]),
    "request_page.read": lambda s, w: [
        request_page.read(s, w.for_all), _gone(lambda: request_page.read(s, w.for_them)),
    ],
    "request_view.load": lambda s, w: [requests.load(s, w.for_all), _gone(lambda: requests.load(s, w.for_them))],
    "request_view.of_dossier": lambda s, w: requests.of_dossier(s, w.dossier),
    "sheet_subject.find": lambda s, w: [
        sheet_subject.find(s, w.dossier, "Vahan"), _gone(lambda: sheet_subject.find(s, w.dossier, f"{MARK}Anahit")),
    ],
    "shield.shielded_in": lambda s, w: shield.shielded_in(s, w.dossier),
    "take.taken": _of_store(take.taken),
    "talk_agreements.open_agreements": lambda s, w: talk_agreements.open_agreements(s, w.dossier),
    "talk_board.read": lambda s, w: (talk_board.read(s, w.held), talk_board.read(s, w.planned)),
    "talk_list.counts": _of_store(talk_list.counts),
    "talk_list.ids": _of_store(lambda s: [talk_list.ids(s, part) for part in talk_list.Part]),
    "talk_list.of_dossier": lambda s, w: talk_list.of_dossier(s, w.dossier),
    "talk_list.rows": lambda s, w: talk_list.rows(s, [w.held, w.planned]),
    "talk_proposal.open_planned": lambda s, w: talk_proposal.open_planned(s, w.planned),
    "talk_proposal.propose": lambda s, w: talk_proposal.propose(s, w.dossier),
    "talk_view.load": lambda s, w: talk_view.load(s, w.planned),
    "talk_view.of_dossier": lambda s, w: talk_view.of_dossier(s, w.dossier),
    "timeline.read": lambda s, w: [
        timeline.read(s, w.dossier, most=500),
        timeline.read(s, w.dossier, most=500, only=timeline_filter.Filter(person=w.mother)),
    ],
    "today.read": lambda s, w: _today(today.read(s), w),
}  # fmt: skip
BY_FILE = {"give.preview", "give.write", "extract_give.write", "extract.read"}
"""Outputs that are a file for a colleague: each has a test of its own below."""


def showing(session: Session, world: World) -> set[str]:
    """The outputs of the dossier in which a marker stands."""
    return {
        name
        for name, output in OUTPUTS.items()
        if any(mark in repr(output(session, world)) for mark in (MARK, PAST, ADDRESS))
    }


def kept_traits(session: Session, person: str) -> PersonTraits:
    """What a form that registers this person once more would ask with."""
    with session.store.read() as conn:
        return kept_persons.traits(conn, [person])[person]


def reading_services() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(app.services.__path__):
        if module.name.startswith("demo"):
            continue
        loaded = importlib.import_module(f"app.services.{module.name}")
        for name, function in vars(loaded).items():
            own = inspect.isfunction(function) and function.__module__ == loaded.__name__
            if own and not name.startswith("_"):
                first = next(iter(inspect.signature(function).parameters.values()), None)
                if first is not None and first.annotation in (Session, "Session"):
                    found.add(f"{module.name}.{name}")
    return found


def flee(office: Office, world: World) -> str:
    """Mother and son are shielded; returns their dossier."""
    wanted = Shield(
        persons=world.fled, on=office.session.today.isoformat(), address=ADDRESS, contact=f"{ADDRESS} opvang",
        why=ADDRESS, title=f"{MARK}dossier", requests=(world.for_all, world.for_them),
    )  # fmt: skip
    return shield.shield(office.session, world.dossier, wanted).dossier
