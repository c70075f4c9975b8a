"""A family as text and back: what the form shows, what was typed, and what a draft of it keeps.

What is typed is held as plain text by record and field, so that nothing is lost when it cannot be read. Codes are
held without their pack; a field whose text did not change keeps its stored value, so an old pack stays named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem, record_problems
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.incomplete_date_entry import parse, parse_whole
from app.domain.person_name import PersonName
from app.domain.record import Record, Value, kind_of
from app.i18n import _, language
from app.services import choices, families
from app.services.drafts import Draft
from app.services.duplicates import PersonTraits
from app.services.families import Family, FamilyNameMissing, Member
from app.services.session import Session

R = TypeVar("R", bound=Record)
Typed = dict[str, dict[str, str]]
"""Text by id of record and name of field."""

MEMBERS: Final = "members"
"""The key of the draft row that says which members the form has."""
NATIONALITY: Final = "country"
CODES: Final = {
    "sex": "geslacht", "interpreter": "tolk-nodig", "role": "gezinsrol", "custody": "gezag", "source": "instroom",
}  # fmt: skip
YES_NO: Final = frozenset({"birth_date_stated", "elsewhere", "other_status"})
DATES: Final = frozenset({"birth_date", "location_since"})
WHOLE_DATES: Final = frozenset({"on"})
PERSON_FIELDS: Final = (
    "family_name", "given_names", "family_name_native", "given_names_native", "birth_date", "birth_date_stated", "sex",
    "language", "dialect", "interpreter", "interpreter_language", "call_name", "birth_place",
)  # fmt: skip
MEMBERSHIP_FIELDS: Final = ("role", "custody", "elsewhere", "other_status")
DOSSIER_FIELDS: Final = ("title", "title_native", "location_since")
INFLOW_FIELDS: Final = ("on", "source", "from_whom", "missing")
"""How a new family came in; later that has a form of its own."""


def typed_from(session: Session, family: Family) -> Typed:
    """What a form shows of these records."""
    typed: Typed = {family.dossier.id: {name: _shown(family.dossier, name) for name in DOSSIER_FIELDS}}
    if family.inflow is not None:
        typed[family.inflow.id] = {name: _shown(family.inflow, name) for name in INFLOW_FIELDS}
    for member in family.members:
        typed[member.person.id] = {name: _shown(member.person, name) for name in PERSON_FIELDS}
        typed[member.membership.id] = {name: _shown(member.membership, name) for name in MEMBERSHIP_FIELDS}
        typed[member.v_number.id] = {"value": member.v_number.value or ""}
        typed[member.nationality.id] = {NATIONALITY: shown_nationality(session, member)}
    return typed


def _shown(record: Record, name: str) -> str:
    value = getattr(record, name)
    if value is None:
        return ""
    if name in CODES:
        return bare_code(str(value))
    if name in DATES or name in WHOLE_DATES:
        return _date_shown(str(value))
    return str(value)


def _date_shown(text: str) -> str:
    """The stored date as somebody would type it."""
    value = IncompleteDate.from_text(text)
    if value.year is None:
        return _("unknown")
    if value.approximate:
        return _("ca. %(year)d", year=value.year)
    parts = (value.day, value.month)
    return "-".join([*(f"{part:02d}" for part in parts if part is not None), f"{value.year}"])


def shown_nationality(session: Session, member: Member) -> str:
    """The country by its name, or what was typed."""
    return session.content.label(member.nationality.country, language()) or member.nationality.value or ""


def read_typed(session: Session, family: Family, typed: Typed) -> tuple[Family, list[FieldProblem]]:
    """The family that is wanted, and everything that is wrong with what was typed."""
    found: list[FieldProblem] = []
    dossier = _read_record(session, family.dossier, typed, found)
    members = tuple(_read_member(session, member, typed, found) for member in family.members)
    inflow = family.inflow and _read_record(session, family.inflow, typed, found)
    wanted = Family(dossier=dossier, members=members, inflow=inflow)
    for record in _records(wanted):
        for problem in record_problems(record):
            is_nationality = problem.kind == "identity_fact"  # one field on screen, two in the record
            found.append(replace(problem, field=NATIONALITY) if is_nationality else problem)
    if not (dossier.title or "").strip() and not any(member.person.family_name for member in members):
        found.insert(
            0, FieldProblem(record=dossier.id, kind="dossier", field="title", problem=FamilyNameMissing())
        )
    return wanted, found


def _read_member(session: Session, member: Member, typed: Typed, found: list[FieldProblem]) -> Member:
    said = typed[member.nationality.id][NATIONALITY]
    nationality = member.nationality
    if said != shown_nationality(session, member):
        nationality = nationality.with_values(**_read_nationality(session, said))
    return Member(
        person=_read_record(session, member.person, typed, found),
        membership=_read_record(session, member.membership, typed, found),
        v_number=_read_record(session, member.v_number, typed, found),
        nationality=nationality,
    )


def _read_record(session: Session, record: R, typed: Typed, found: list[FieldProblem]) -> R:
    """The record with what was typed; a field whose text did not change keeps its value as it was stored."""
    changes: dict[str, Value] = {}
    for name, text in typed.get(record.id, {}).items():
        if text == _shown(record, name):
            continue
        try:
            changes[name] = _read(session, name, text)
        except KnownProblem as problem:
            found.append(
                FieldProblem(record=record.id, kind=kind_of(record).name, field=name, problem=problem)
            )
    return record.with_values(**changes)


def _read(session: Session, name: str, text: str) -> Value:
    if not text.strip():
        return None
    if name in CODES:
        return session.content.ref("basis", text)
    if name in DATES:
        return parse(text).text
    if name in WHOLE_DATES:
        return parse_whole(text).text
    return int(text) if name in YES_NO else text


def _read_nationality(session: Session, said: str) -> dict[str, Value]:
    """A country that is known is held by its code; anything else as it was typed."""
    code = choices.country_named(session, said)
    if code:
        return {"country": session.content.ref(choices.COUNTRIES, code), "value": None}
    return {"country": None, "value": said or None}


def typed_traits(typed: Typed, member: Member) -> PersonTraits:
    """What is typed of a member so far, as the matcher takes it; a date that cannot be read is not known."""
    fields = typed.get(member.person.id, {})
    number = typed.get(member.v_number.id, {}).get("value", "").strip()
    try:
        birth = parse(fields.get("birth_date", ""))
    except KnownProblem:
        birth = UNKNOWN_DATE
    name = PersonName(
        family=fields.get("family_name", "").strip(),
        given=fields.get("given_names", "").strip(),
        native_family=fields.get("family_name_native", "").strip(),
        native_given=fields.get("given_names_native", "").strip(),
    )
    return PersonTraits(names=(name,), birth=birth, numbers=(number,) if number else ())


# --- drafts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """What is kept of one record: the text typed, and the stored values the form had been opened with."""

    typed: Mapping[str, Value]
    read: Mapping[str, Value]


def draft_rows(session: Session, opened: Family, wanted: Family, typed: Typed) -> dict[str, DraftRow]:
    """The records that were touched, and in one more row which members there are; empty when nothing was touched."""
    shown = typed_from(session, opened)
    known = {record.id: record for record in _records(opened)}
    rows: dict[str, DraftRow] = {}
    for record in _records(wanted):
        fields = typed.get(record.id, {})
        if fields != shown.get(record.id, dict.fromkeys(fields, "")):
            read = {name: getattr(known[record.id], name) for name in fields} if record.id in known else {}
            rows[record.id] = DraftRow(typed=fields, read=read)
    if rows or [each.person.id for each in wanted.members] != [each.person.id for each in opened.members]:
        members = ",".join(" ".join(record.id for record in member.records) for member in wanted.members)
        inflow = wanted.inflow.id if wanted.inflow is not None else ""
        order = {"dossier": wanted.dossier.id, "members": members, "inflow": inflow}
        rows[MEMBERS] = DraftRow(typed=order, read={})
    return rows


def with_draft(session: Session, family: Family, waiting: Sequence[Draft]) -> tuple[Family, Typed]:
    """The members and texts as they stood in the form. Records that were never saved get their old ids again."""
    rows = {draft.key: draft for draft in waiting}
    order = rows[MEMBERS].typed if MEMBERS in rows else {}
    known = {member.person.id: member for member in family.members}
    dossier_id = str(order.get("dossier") or family.dossier.id)
    dossier = replace(family.dossier, id=dossier_id, scope=dossier_id)
    members = [
        known.get(ids[0]) or _never_saved(session, dossier_id, ids)
        for ids in (text.split() for text in str(order.get("members") or "").split(","))
        if ids
    ]
    inflow = family.inflow
    if inflow is not None:
        inflow = replace(inflow, id=str(order.get("inflow") or inflow.id), scope=dossier_id)
    wanted = Family(dossier=dossier, members=tuple(members) or family.members, inflow=inflow)
    typed = typed_from(session, wanted)
    for record, fields in typed.items():
        if record in rows:
            fields.update({name: str(value) for name, value in rows[record].typed.items() if name in fields})
    return wanted, typed


def _never_saved(session: Session, dossier: str, ids: Sequence[str]) -> Member:
    made = families.new_member(session, dossier, position=1)
    person, membership, v_number, nationality = ids
    return Member(
        person=replace(made.person, id=person, scope=person),
        membership=replace(made.membership, id=membership, person=person),
        v_number=replace(made.v_number, id=v_number, scope=person),
        nationality=replace(made.nationality, id=nationality, scope=person),
    )


def as_read(family: Family, waiting: Sequence[Draft]) -> Family:
    """The family as it was when typing began, so that what somebody changed since is noticed on saving."""
    read = {draft.key: draft.read for draft in waiting}

    def back(record: R) -> R:
        names = kind_of(record).names
        return record.with_values(
            **{name: value for name, value in read.get(record.id, {}).items() if name in names}
        )

    return Family(
        dossier=back(family.dossier),
        members=tuple(
            Member(
                person=back(member.person),
                membership=back(member.membership),
                v_number=back(member.v_number),
                nationality=back(member.nationality),
            )
            for member in family.members
        ),
    )


def _records(family: Family) -> tuple[Record, ...]:
    inflow = (family.inflow,) if family.inflow is not None else ()
    return (family.dossier, *inflow, *(record for member in family.members for record in member.records))
