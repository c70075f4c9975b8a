"""The data check over one dossier and over all: the same findings, in words, with what only some may know left out."""

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Original, Person, Stay
from app.domain.kinds.sensitive import Measure
from app.domain.record import ScopeKind
from app.services import data_check
from app.services.data_check import Finding
from app.services.session import Session
from tests.domain.test_data_rules import FINDS
from tests.domain.test_data_rules import family as whole
from tests.support.family_case import make_difference, register_family


def rules(found: tuple[Finding, ...]) -> list[str]:
    return sorted(each.rule for each in found)


def test_it_says_what_where_and_about_whom(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1990", "1989")
    content, child = session.content, made.members[1]
    (found,) = data_check.of_dossier(session, made.dossier.id)
    assert (found.rule, found.about, found.family) == ("child-older", "Voorbeeld 2 Hakobyan", "Hakobyan")
    assert (found.kind, found.record, found.field) == ("person", child.person.id, "birth_date")
    assert found.sentence == "Het kind is ouder dan de ouder"
    assert [words for _title, words in found.details] == [
        "1989, maand en dag onbekend",
        "1990, maand en dag onbekend",
    ]
    assert found.details[1][0] == "Geboortedatum (Voorbeeld 1 Hakobyan)"
    assert content.label(child.membership.role, "nl") == "Kind"
    assert data_check.of_all(session) == (found,)


def test_values_of_what_only_some_may_know_are_not_repeated(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        scope = made.members[0].person.id
        uow.add(Measure(id=new_id(), scope=scope, from_on="2025-02-01", to_on="2025-01-31"))
    (found,) = data_check.of_dossier(session, made.dossier.id)
    assert (found.rule, found.kind, found.details) == ("end-first", "measure", ())
    assert "2025" not in repr(found).replace(found.record, "")


def test_two_values_are_not_judged_until_one_is_chosen(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1990", "1995")
    make_difference(session, made, "birth_date", "1997", "1998")
    assert data_check.of_dossier(session, made.dossier.id) == data_check.of_all(session) == ()


def test_only_open_families_are_asked_for_what_ran_out(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    scope = made.members[0].person.id
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Original(id=new_id(), scope=scope, valid_until="2026-11-22"))
    assert rules(data_check.of_all(session)) == ["expired"]
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.save(made.dossier, made.dossier.with_values(closed_on="2026-11-23"))
    assert data_check.of_all(session) == data_check.of_dossier(session, made.dossier.id) == ()
    assert data_check.of_dossier(session, new_id()) == ()


@pytest.mark.parametrize(("code", "records"), FINDS)
def test_the_looks_over_the_whole_store_miss_nothing(
    session: Session, code: str, records: tuple[object, ...]
) -> None:
    """Every case of every rule, written into a store: what one family says, the whole store says too."""
    every = whole(*records)  # type: ignore[arg-type]
    ids = {old: new_id() for rows in every.by_kind.values() for record in rows for old in (record.id,)}

    def moved(value: object) -> object:
        return ids.get(value, value) if isinstance(value, str) else value

    register_family(session, "Beridze")
    with session.store.write(verbs.FAMILY_REGISTERED) as uow:
        for cls, rows in every.by_kind.items():
            for record in rows:
                if cls is Dossier:
                    uow.new_scope(ScopeKind.DOSSIER, scope=ids[record.id])
                elif cls is Person:
                    uow.new_scope(ScopeKind.PERSON, scope=ids[record.id])
        for cls, rows in every.by_kind.items():
            for record in rows:
                values = {name: moved(value) for name, value in record.values().items()}
                scope = str(moved(record.scope))
                uow.add(cls(id=ids[record.id], scope=scope, **values))
    dossier = ids[every.dossier]
    assert Membership in every.by_kind
    alone = data_check.of_dossier(session, dossier)
    assert rules(alone) == [code]
    assert data_check.of_all(session) == alone


def test_stays_lead_to_the_one_to_end(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = made.members[0].person.id
    first, second = (Stay(id=new_id(), scope=person, from_on=day) for day in ("2025-01-01", "2025-06-01"))
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(second)
        uow.add(first)
    (found,) = data_check.of_dossier(session, made.dossier.id)
    assert (found.record, found.field) == (first.id, "to_on")


def test_who_may_not_show_with_the_family_is_not_judged_in_it(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1990", "1989")
    child = made.members[1].person.id
    other = register_family(session, "Beridze")
    assert rules(data_check.of_dossier(session, made.dossier.id)) == ["child-older"]
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Membership(id=new_id(), scope=other.dossier.id, person=child, shielded=1))
    assert data_check.of_dossier(session, made.dossier.id) == ()
    assert data_check.of_all(session) == ()
