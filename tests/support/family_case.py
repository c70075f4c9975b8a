"""A family registered through its service, with a member per date of birth."""

from dataclasses import replace

from app.domain import verbs
from app.domain.record import ScopeKind, Value
from app.services import families
from app.services.families import Family, Saved
from app.services.session import Session
from app.storage.journal import NewOp


def register_family(session: Session, title: str, *births: str) -> Family:
    """Register and read back; the first member is a parent, the others are children by role."""
    empty = families.new_family(session)
    members = []
    for number, birth in enumerate(births or ("1984",), start=1):
        made = families.new_member(session, empty.dossier.id, position=number)
        role = session.content.ref("basis", "gezinsrol.ouder" if number == 1 else "gezinsrol.kind")
        names = {"family_name": title, "given_names": f"Voorbeeld {number}", "birth_date": birth}
        members.append(
            replace(
                made,
                person=made.person.with_values(**names),
                membership=made.membership.with_values(role=role),
            )
        )
    wanted = Family(dossier=empty.dossier.with_values(title=title), members=tuple(members))
    return families.load(session, families.save(session, None, wanted).dossier)


def with_person(family: Family, at: int = 0, **values: Value) -> Family:
    """The family with fields of one member changed."""
    members = list(family.members)
    members[at] = replace(members[at], person=members[at].person.with_values(**values))
    return replace(family, members=tuple(members))


def change(session: Session, family: Family, at: int = 0, **values: Value) -> Saved:
    """Save fields of one member against `family` as it was read."""
    return families.save(session, family, with_person(family, at, **values))


def make_difference(session: Session, family: Family, field: str, *values: Value) -> str:
    """Let several values stand in a field of the first member, as two laptops would; returns the person's id."""
    for value in values:
        families.save(session, family, with_person(family, 0, **{field: value}))
    return family.members[0].person.id


def remove_elsewhere(session: Session, family: Family) -> str:
    """Remove the first member's membership as somebody who had seen only its beginning; returns its id."""
    membership = family.members[0].membership
    with session.store.write(verbs.MEMBER_LEFT, dossier=family.dossier.id) as uow:
        uow.delete(membership)
    other = NewOp(
        kind="membership",
        record=membership.id,
        scope=membership.scope,
        scope_kind=ScopeKind.DOSSIER,
        cells={"elsewhere": 1},
    )
    with session.store.write(verbs.FAMILY_CHANGED, dossier=family.dossier.id) as uow:
        uow.write(other)
    return membership.id
