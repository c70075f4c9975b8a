"""The register of a family: every record about a member or the family that has no screen of its own.

One way to read, write down, change and remove them all; which kinds there are stands in `fact_kinds`. A cell on which
two values stand is shown with both and counts as unknown (settled rule 10).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.entry import FieldProblem, record_problems, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.person_name import PersonName
from app.domain.record import FieldType, Record, ScopeKind, Value, kind_of
from app.domain.words import N_
from app.services import differences, families
from app.services.differences import Difference
from app.services.fact_kinds import FACT_KINDS, GROUPS, FactKind
from app.services.families import Family
from app.services.reading import by_scope
from app.services.session import Session
from app.storage import shielding
from app.storage.uow import Moved, read


class NoSuchFact(KnownProblem):
    """It was removed meanwhile, or is not shared with this laptop."""

    message = N_("This is not here any more. It may have been removed meanwhile.")


class NothingFilledIn(KnownProblem):
    """A record without any content."""

    message = N_("Fill in at least one field.")


class EndsBeforeItBegins(KnownProblem):
    """The last day lies before the first."""

    message = N_("This day lies before the day on which it begins.")


class ReasonNeeded(KnownProblem):
    """An answer that says nothing without its reason."""

    message = N_("Write why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One record. `about` is the member's first name, "" for the family; `disputed` are its open differences."""

    record: Record
    kind: FactKind
    person: str
    about: str
    disputed: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All records of a family by group key, and what names the ids in them."""

    dossier: str
    title: str
    people: Mapping[str, PersonName]
    lines: Mapping[str, tuple[FactLine, ...]]
    names: Mapping[str, str] = field(default_factory=dict)

    def line(self, record: str) -> FactLine:
        """The line of a record. Raises `NoSuchFact`."""
        for lines in self.lines.values():
            for line in lines:
                if line.record.id == record:
                    return line
        raise NoSuchFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The record that was written, and cells that somebody else had changed meanwhile: both values stand."""

    record: str
    moved: tuple[Moved, ...] = ()


def load(session: Session, dossier: str) -> Register:
    """The register as it stands. Raises `families.NoSuchDossier`."""
    with session.store.read() as conn:
        family = families.load_in(conn, session, dossier)
        open_ = _open_by_record(conn, session, dossier)
        silent = shielding.records_about(conn, dossier, shielding.hidden_from(conn, dossier))
        return _register(conn, family, open_, silent)


def _open_by_record(conn: Connection, session: Session, dossier: str) -> dict[str, tuple[Difference, ...]]:
    found: dict[str, tuple[Difference, ...]] = {}
    for each in differences.open_in(conn, session, dossier):
        found[each.record] = (*found.get(each.record, ()), each)
    return found


def _register(
    conn: Connection, family: Family, open_: Mapping[str, tuple[Difference, ...]], silent: frozenset[str]
) -> Register:
    people = {member.person.id: families.name_of(member.person) for member in family.members}
    dossier = family.dossier.id
    lines: dict[str, tuple[FactLine, ...]] = {}
    for group in GROUPS:
        found: list[FactLine] = []
        for kind in group.kinds:
            scopes = list(people) if kind.of_person else [dossier]
            records = by_scope(conn, kind.declaration.cls, scopes)
            mine = [
                _line(record, kind, people, open_)
                for scope in scopes
                for record in records[scope]
                if record.id not in silent
            ]
            found += sorted(mine, key=_latest_first)
        lines[group.key] = tuple(found)
    contacts = {
        line.record.id: getattr(line.record, "name") or getattr(line.record, "organisation") or ""  # noqa: B009
        for line in lines["contacts"]
        if line.kind.kind == "contact"
    }
    names = {**{person: name.first for person, name in people.items()}, **contacts}
    return Register(
        dossier=dossier, title=family.dossier.title or "", people=people, lines=lines, names=names
    )


def _line(
    record: Record,
    kind: FactKind,
    people: Mapping[str, PersonName],
    open_: Mapping[str, tuple[Difference, ...]],
) -> FactLine:
    person = record.scope if kind.of_person else str(getattr(record, "person", None) or "")
    about = people[person].first if person in people else ""
    return FactLine(record=record, kind=kind, person=person, about=about, disputed=open_.get(record.id, ()))


def _latest_first(line: FactLine) -> tuple[bool, tuple[int, ...], str]:
    """Without a day first: nothing says that it is over."""
    day = str(getattr(line.record, line.kind.day) or "") if line.kind.day else ""
    return bool(day), tuple(-ord(sign) for sign in day), line.record.id


def new(session: Session, dossier: str, kind: str, person: str = "") -> Record:
    """An empty record of `kind`; nothing is stored. `person` is needed for what lies with a person."""
    declared = FACT_KINDS[kind]
    scope = person if declared.of_person else dossier
    made = declared.declaration.make(new_id(), scope, {})
    if kind == "child_voice":
        made = made.with_values(by=session.officer_name or None)
    return made


def save(session: Session, dossier: str, before: Record | None, after: Record) -> Kept:
    """Write a record down (`before` None) or change it: one action that can be undone. Raises `EntryRefused`."""
    refuse(problems(session, after))
    kind = kind_of(after)
    scope = ScopeKind.PERSON if FACT_KINDS[kind.name].of_person else ScopeKind.DOSSIER
    deed = verbs.FACT_RECORDED if before is None else verbs.FACT_CHANGED
    with session.store.write(deed[scope, kind.compartment], dossier=dossier) as uow:
        uow.save(before, after)
    return Kept(record=after.id, moved=tuple(uow.moved))


def remove(session: Session, dossier: str, record: str) -> None:
    """Take a record out of the register; it can be undone and stays in the timeline. Raises `NoSuchFact`."""
    line = load(session, dossier).line(record)
    kind = kind_of(line.record)
    scope = ScopeKind.PERSON if line.kind.of_person else ScopeKind.DOSSIER
    with session.store.write(verbs.FACT_REMOVED[scope, kind.compartment], dossier=dossier) as uow:
        now = read(uow.conn, kind.cls, record)
        if now is None:
            raise NoSuchFact
        uow.delete(line.record)


def problems(session: Session, record: Record) -> list[FieldProblem]:
    """Everything that keeps a record from being written as it is, all at once."""
    declared = FACT_KINDS[kind_of(record).name]
    found = wrong_values(session, record)
    values = record.values()
    if not any(values[spec.name] not in (None, "") for spec in declared.asked() if spec.name != "person"):
        first = declared.headline[0] if declared.headline else declared.required[0]
        found.append(wrong_at(record, first, NothingFilledIn()))
    return found


def wrong_values(session: Session, record: Record) -> list[FieldProblem]:
    """What is wrong with what stands in a record, of which more may still be answered."""
    found = list(record_problems(record))
    values = record.values()
    for begin, end in _SPANS:
        if _before(values.get(end), values.get(begin)):
            found.append(wrong_at(record, end, EndsBeforeItBegins()))
    if "reason" in values and not str(values["reason"] or "").strip() and needs_reason(session, record):
        found.append(wrong_at(record, "reason", ReasonNeeded()))
    return found


_SPANS = (
    ("from_on", "to_on"),
    ("started_on", "ended_on"),
    ("mandate_from", "mandate_to"),
    ("issued_on", "valid_until"),
    ("asked_at", "answered_at"),
    ("given_on", "withdrawn_on"),
)


def _before(end: Value, begin: Value) -> bool:
    return isinstance(end, str) and isinstance(begin, str) and bool(begin) and end < begin


def needs_reason(session: Session, record: Record) -> bool:
    """Whether one of the codes that are chosen asks for a reason beside it."""
    for spec in kind_of(record).fields:
        value = getattr(record, spec.name)
        if spec.type is FieldType.CODE and value and not spec.choices.startswith("*") and spec.choices:
            code = str(value).partition(":")[2]
            listed = session.content.choices(spec.target, spec.choices)
            if any(choice.code == code and choice.needs_reason for choice in listed):
                return True
    return False
