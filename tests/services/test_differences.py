"""Clearing up: both values with author and time, a choice that names what was seen, nothing lost before that."""

import pytest

from app.domain.entry import EntryRefused
from app.domain.op import DELETED
from app.services import differences, families
from app.services.differences import AlreadyClear
from app.services.session import Session
from tests.support.family_case import change, make_difference, register_family, remove_elsewhere


def test_both_values_stand_with_author_and_family(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = make_difference(session, made, "given_names", "Armen", "Arman")
    (found,) = differences.open_ones(session, made.dossier.id)
    assert (found.record, found.field, found.family) == (person, "given_names", "Hakobyan")
    assert [side.words for side in found.sides] == ["Armen", "Arman"]
    assert {side.officer for side in found.sides} == {"Robin Voorbeeld"}
    assert differences.count(session) == 1


@pytest.mark.parametrize("chosen", ["Armen", "Arman", "Armén"])
def test_a_choice_clears_it_also_with_another_value(session: Session, chosen: str) -> None:
    made = register_family(session, "Hakobyan")
    person = make_difference(session, made, "given_names", "Armen", "Arman")
    differences.resolve(session, person, "given_names", chosen)
    assert differences.open_ones(session) == ()
    assert families.load(session, made.dossier.id).members[0].person.given_names == chosen


def test_a_value_that_came_in_after_it_was_shown_survives(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = make_difference(session, made, "given_names", "Armen", "Arman")
    (shown,) = differences.open_ones(session)
    change(session, made, given_names="Armand")
    differences.resolve(session, person, "given_names", "Armen", seen=shown.seen)
    (left,) = differences.open_ones(session)
    assert {side.words for side in left.sides} == {"Armen", "Armand"}


def test_what_is_clear_already_is_said(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    with pytest.raises(AlreadyClear):
        differences.resolve(session, made.members[0].person.id, "given_names", "Armen")


def test_a_value_that_does_not_fit_is_refused(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = make_difference(session, made, "birth_date", "1985", "1986")
    with pytest.raises(EntryRefused):
        differences.resolve(session, person, "birth_date", "31-11-1984")
    assert differences.count(session) == 1


@pytest.mark.parametrize(("value", "stays"), [(0, 1), (1, 0)])
def test_removed_by_one_and_changed_by_another(session: Session, value: int, stays: int) -> None:
    made = register_family(session, "Hakobyan")
    record = remove_elsewhere(session, made)
    (found,) = [each for each in differences.open_ones(session) if each.field == DELETED]
    assert [side.removes for side in found.sides] == [True, False]
    differences.resolve(session, record, DELETED, value, seen=found.seen)
    assert DELETED not in {each.field for each in differences.open_ones(session)}
    assert len(families.load(session, made.dossier.id).members) == stays


def test_of_one_family_only_its_own(session: Session) -> None:
    first, second = register_family(session, "Hakobyan"), register_family(session, "Beridze")
    make_difference(session, first, "given_names", "Armen", "Arman")
    assert differences.open_ones(session, second.dossier.id) == ()
