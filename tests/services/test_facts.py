"""The register of a family: every kind can be written down, changed, removed and brought back, through one way."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.dated_event import bare_code
from app.domain.entry import EntryRefused
from app.domain.kinds.dossier import Contact
from app.domain.kinds.person import Alias, ChildVoice, PersonNumber, Stay
from app.domain.kinds.sensitive import Decision
from app.domain.record import Compartment, FieldSpec, FieldType, Record, Value, kinds
from app.services import facts, families, timeline
from app.services.choices import choices
from app.services.fact_kinds import FACT_KINDS, GROUPS, FactKind
from app.services.facts import NoSuchFact
from app.services.session import Session
from app.storage.uow import read
from tests.support.family_case import register_family

KINDS = tuple(FACT_KINDS.values())


def value_for(session: Session, spec: FieldSpec, text: str = "Voorbeeld") -> Value:
    """Something that fits the field."""
    if spec.type is FieldType.CODE:
        plain = [code for code, _words in choices(session, spec)]
        return session.content.ref(spec.target, plain[0])
    plain_values: dict[FieldType, Value] = {
        FieldType.TEXT: text,
        FieldType.NOTE: text,
        FieldType.DATE: "2026-03-14",
        FieldType.INCOMPLETE: "1990",
        FieldType.MOMENT: "2026-03-14T09:30:00Z",
        FieldType.LOCAL: "2026-03-14T09:30",
        FieldType.INT: 12,
        FieldType.FLAG: 1,
    }
    return plain_values.get(spec.type)


def filled(session: Session, dossier: str, person: str, kind: str) -> Record:
    made = facts.new(session, dossier, kind, person)
    asked = FACT_KINDS[kind].asked()
    return made.with_values(
        **{spec.name: value_for(session, spec) for spec in asked if spec.type is not FieldType.REF}
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.kind)
def test_every_kind_is_written_changed_removed_and_brought_back(session: Session, kind: FactKind) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015")
    dossier, person = family.dossier.id, family.members[1].person.id
    made = filled(session, dossier, person, kind.kind)
    record = facts.save(session, dossier, None, made).record
    line = facts.load(session, dossier).line(record)
    assert line.record == made
    assert line.about == ("Voorbeeld" if kind.of_person else "")
    name = next(spec.name for spec in kind.asked() if spec.type in (FieldType.TEXT, FieldType.NOTE))
    facts.save(session, dossier, line.record, line.record.with_values(**{name: "Anders"}))
    assert getattr(facts.load(session, dossier).line(record).record, name) == "Anders"
    facts.remove(session, dossier, record)
    with pytest.raises(NoSuchFact):
        facts.load(session, dossier).line(record)
    session.store.undo()
    session.store.undo()
    assert facts.load(session, dossier).line(record).record == made
    session.store.undo()
    with pytest.raises(NoSuchFact):
        facts.load(session, dossier).line(record)
    session.store.redo()
    assert facts.load(session, dossier).line(record).record == made


def test_each_deed_stands_in_the_timeline_and_values_of_delicate_facts_do_not(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    facts.save(session, dossier, None, filled(session, dossier, person, "decision"))
    facts.save(session, dossier, None, filled(session, dossier, person, "alias"))
    shown, hidden = timeline.read(session, dossier).deeds[:2]
    assert (shown.title, hidden.title) == ("Written down", "Written down")
    assert any(words == "Voorbeeld" for detail in shown.details for _title, words in detail.fields)
    assert [detail.fields for detail in hidden.details] == [()]


def test_a_verb_says_nothing_of_a_fact_in_another_compartment(session: Session) -> None:
    """What travels in `kern` must not tell that a decision was written down (settled rule 3)."""
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    facts.save(session, dossier, None, filled(session, dossier, person, "decision"))
    with session.store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT s.compartment, a.verb FROM j_action a JOIN j_stream s ON s.no = a.stream"
            " WHERE a.verb LIKE 'fact.%'"
        ).all()
    assert [tuple(row) for row in rows] == [(Compartment.ASIEL_STRAF, "fact.recorded.person.asiel-straf")]


def test_everything_that_is_wrong_is_said_at_once(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    made = facts.new(session, dossier, "stay", person).with_values(
        place="Voor\x00beeld", from_on="2026-03-14", to_on="2025-01-01"
    )
    with pytest.raises(EntryRefused) as refused:
        facts.save(session, dossier, None, made)
    assert {each.field for each in refused.value.found} == {"place", "to_on"}


def test_an_empty_fact_is_refused_at_a_field(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier = family.dossier.id
    with pytest.raises(EntryRefused) as refused:
        facts.save(session, dossier, None, facts.new(session, dossier, "notice"))
    assert [each.field for each in refused.value.found] == ["topic"]


def test_not_heard_for_another_reason_needs_that_reason(session: Session) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015")
    dossier, child = family.dossier.id, family.members[1].person.id
    heard = session.content.ref("basis", "gehoord.niet-andere-reden")
    made = facts.new(session, dossier, "child_voice", child).with_values(heard=heard)
    with pytest.raises(EntryRefused) as refused:
        facts.save(session, dossier, None, made)
    assert [each.field for each in refused.value.found] == ["reason"]
    kept = facts.save(session, dossier, None, made.with_values(reason="Is ziek"))
    with session.store.read() as conn:
        found = read(conn, ChildVoice, kept.record)
    assert found is not None and (found.reason, found.by) == ("Is ziek", session.officer_name)


def test_a_form_that_was_open_while_somebody_else_saved_keeps_both_values(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    made = Alias(
        id="a" * 32, scope=person, kind=session.content.ref("basis", "naamsoort.alias"), given_names="Aro"
    )
    facts.save(session, dossier, None, made)
    facts.save(session, dossier, made, made.with_values(given_names="Armo"))
    kept = facts.save(session, dossier, made, made.with_values(given_names="Aram"))
    assert [cell.field for cell in kept.moved] == ["given_names"]
    line = facts.load(session, dossier).line(made.id)
    assert {side.value for side in line.disputed[0].sides} == {"Armo", "Aram"}


def test_several_numbers_and_names_stand_side_by_side(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    for number in (
        "1234567890",
        "289.114.7001",
        "kort",
    ):  # ten digits or not: a warning elsewhere, never a refusal
        kind = session.content.ref("basis", "nummer.v-nummer")
        made = facts.new(session, dossier, "person_number", person).with_values(kind=kind, value=number)
        facts.save(session, dossier, None, made)
    lines = facts.load(session, dossier).lines["identity"]
    values = {line.record.value for line in lines if isinstance(line.record, PersonNumber)}
    assert values == {"1234567890", "289.114.7001", "kort"}


def test_the_latest_comes_first_and_what_has_no_day_before_it(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    for place, day in (("A", "2024-01-01"), ("B", None), ("C", "2026-01-01")):
        made = facts.new(session, dossier, "stay", person).with_values(place=place, from_on=day)
        facts.save(session, dossier, None, made)
    lines = facts.load(session, dossier).lines["stay"]
    assert [line.record.place for line in lines if isinstance(line.record, Stay)] == ["B", "C", "A"]


def test_a_contact_is_named_where_it_is_referred_to(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier = family.dossier.id
    role = session.content.ref("basis", "contactrol.gemachtigde")
    contact = facts.new(session, dossier, "contact").with_values(role=role, name="mr. V. Proef")
    facts.save(session, dossier, None, contact)
    assert isinstance(contact, Contact)
    assert facts.load(session, dossier).names[contact.id] == "mr. V. Proef"


def test_members_who_left_are_not_in_the_register_any_more(session: Session) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015")
    dossier, gone = family.dossier.id, family.members[1].person.id
    decision = filled(session, dossier, gone, "decision")
    assert isinstance(decision, Decision)
    facts.save(session, dossier, None, decision)
    families.save(
        session,
        families.load(session, dossier),
        families.Family(dossier=family.dossier, members=families.load(session, dossier).members[:1]),
    )
    assert not facts.load(session, dossier).lines["decisions"]


def test_no_kind_stands_twice_and_every_field_named_is_declared() -> None:
    assert len(FACT_KINDS) == sum(len(group.kinds) for group in GROUPS)
    declared = {kind.name for kind in kinds()}
    for kind in KINDS:
        assert kind.kind in declared
        names = set(kind.declaration.names)
        assert {*kind.headline, *kind.required, *kind.left_out} | ({kind.day} if kind.day else set()) <= names


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60))
def test_a_name_keeps_every_character_or_is_refused_whole(session: Session, text: str) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    kind = session.content.ref("basis", "naamsoort.alias")
    made = facts.new(session, dossier, "alias", person).with_values(kind=kind, native=text)
    wrong = facts.problems(session, made)
    if wrong:
        assert {each.field for each in wrong} == {"native"}
        with pytest.raises(EntryRefused):
            facts.save(session, dossier, None, made)
        return
    kept = facts.save(session, dossier, None, made).record
    record = facts.load(session, dossier).line(kept).record
    assert isinstance(record, Alias) and record.native == text
    assert bare_code(record.kind or "") == "naamsoort.alias"
