"""A family goes from one laptop to the other with real files: one owner at the end, or a difference that shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.errors import KnownProblem
from app.services import agenda, clear_up, handing_over, removal, trust_problem
from app.services.handing_over import HandoverState
from app.services.matter import Matter
from tests.exchange.test_removal_by_file import bring, has, healthy, owned, receipt
from tests.support.package_case import MadeFamily, Office


def state(office: Office, family: MadeFamily) -> HandoverState:
    return handing_over.state(office.session, family.dossier)


def offer(
    office: Office, family: MadeFamily, to: Office, *, days: int | None = None, reason: str = ""
) -> None:
    back = office.session.today + timedelta(days=days) if days is not None else None
    handing_over.offer(office.session, family.dossier, to.desk.device, returns_on=back, reason=reason)


def test_a_family_goes_over_and_may_leave_the_first_laptop(anna: Office, bram: Office) -> None:
    family = owned(anna)
    assert state(anna, family).mine
    offer(anna, family, bram, reason="andere locatie")
    assert state(anna, family).by_me and state(anna, family).mine
    bring(anna, bram, family)
    here = state(bram, family)
    assert here.to_me and not here.mine and here.owner_name == "Anna"
    assert here.offer is not None and (here.offer.by_name, here.offer.reason) == ("Anna", "andere locatie")
    handing_over.accept(bram.session, family.dossier)
    assert state(bram, family).mine and state(bram, family).offer is None
    bring(bram, anna, family)
    there = state(anna, family)
    assert (there.owner_name, there.mine, there.offer, there.crossed) == ("Bram", False, None, False)
    receipt(bram, anna)
    bring(anna, bram, family)
    receipt(bram, anna)
    removal.drop(anna.session, family.dossier)
    assert not has(anna, family.dossier) and has(bram, family.dossier)
    healthy(bram)


def test_a_refusal_leaves_it_where_it_was(anna: Office, bram: Office) -> None:
    family = owned(anna)
    offer(anna, family, bram)
    bring(anna, bram, family)
    handing_over.refuse(bram.session, family.dossier, "te druk")
    bring(bram, anna, family)
    assert state(anna, family).mine and state(anna, family).offer is None
    offer(anna, family, bram)
    assert state(anna, family).offer is not None


def test_an_offer_can_be_withdrawn_and_then_not_accepted(anna: Office, bram: Office) -> None:
    family = owned(anna)
    offer(anna, family, bram)
    bring(anna, bram, family)
    handing_over.withdraw(anna.session, family.dossier)
    bring(anna, bram, family)
    with pytest.raises(handing_over.NothingOffered):
        handing_over.accept(bram.session, family.dossier)
    with pytest.raises(handing_over.NothingToWithdraw):
        handing_over.withdraw(anna.session, family.dossier)
    assert state(bram, family).owner_name == "Anna"


def test_accepted_and_withdrawn_apart_shows_on_both(anna: Office, bram: Office) -> None:
    family = crossed(anna, bram)
    assert state(anna, family).crossed and state(bram, family).crossed
    assert state(anna, family).owner_name == state(bram, family).owner_name == "Bram"


def crossed(anna: Office, bram: Office) -> MadeFamily:
    """Offered by Anna, then withdrawn by her and accepted by Bram, neither knowing of the other."""
    family = owned(anna)
    offer(anna, family, bram)
    bring(anna, bram, family)
    handing_over.withdraw(anna.session, family.dossier)
    handing_over.accept(bram.session, family.dossier)
    bring(anna, bram, family)
    bring(bram, anna, family)
    return family


def offers_of(office: Office) -> list[Matter]:
    return [one for one in clear_up.matters(office.session) if one.kind == "offer"]


@pytest.mark.parametrize("chosen", [0, 1], ids=["the offer holds", "the offer was withdrawn"])
def test_what_was_accepted_and_withdrawn_apart_is_cleared_up_by_one_for_both(
    anna: Office, bram: Office, chosen: int
) -> None:
    family = crossed(anna, bram)
    has_it, other = ((bram, anna), (anna, bram))[chosen]
    for one in (anna, bram):
        (matter,) = offers_of(one)
        assert [answer.words for answer in matter.answers] == ["Bram heeft het gezin", "Anna heeft het gezin"]
        assert clear_up.count(one.session) == len(clear_up.matters(one.session))
    clear_up.answer(anna.session, offers_of(anna)[0].id, offers_of(anna)[0].answers[chosen].code)
    assert offers_of(anna) == [] and not state(anna, family).crossed
    bring(anna, bram, family)
    for one in (anna, bram):
        now = state(one, family)
        assert (now.crossed, now.offer, now.mine) == (False, None, one is has_it)
        assert offers_of(one) == []
        healthy(one)
    with pytest.raises(handing_over.NotYours):
        offer(other, family, has_it)
    offer(has_it, family, other)
    bring(has_it, other, family)
    handing_over.accept(other.session, family.dossier)
    bring(other, has_it, family)
    assert state(other, family).mine and not state(has_it, family).mine


def test_who_decides_otherwise_about_a_crossed_offer_makes_a_difference(anna: Office, bram: Office) -> None:
    family = crossed(anna, bram)
    for one, chosen in ((anna, 1), (bram, 0)):
        (matter,) = offers_of(one)
        clear_up.answer(one.session, matter.id, matter.answers[chosen].code)
        assert state(one, family).mine
    bring(anna, bram, family)
    bring(bram, anna, family)
    for one in (anna, bram):
        assert offers_of(one) == [] and state(one, family).crossed
    (matter,) = [one for one in clear_up.matters(anna.session) if one.kind == "value"]
    assert matter.difference is not None and matter.difference.kind == "owner"
    his = next(answer for answer in matter.answers if answer.words == "Bram")
    clear_up.answer(anna.session, matter.id, his.code)
    bring(anna, bram, family)
    for one in (anna, bram):
        now = state(one, family)
        assert (now.owner_name, now.crossed, now.offer) == ("Bram", False, None)
        assert clear_up.matters(one.session) == ()
        healthy(one)


def test_the_same_decision_about_a_crossed_offer_twice_is_one(anna: Office, bram: Office) -> None:
    family = crossed(anna, bram)
    for one in (anna, bram):
        (matter,) = offers_of(one)
        clear_up.answer(one.session, matter.id, matter.answers[0].code)
    bring(anna, bram, family)
    bring(bram, anna, family)
    for one in (anna, bram):
        assert (state(one, family).owner_name, state(one, family).crossed) == ("Bram", False)
        assert clear_up.matters(one.session) == ()


def test_two_who_accept_apart_are_a_difference_and_not_two_owners(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    carla = office("Carla")
    for one in (anna, bram):
        carla.desk.knows(one.desk)
        one.desk.knows(carla.desk)
    family = owned(anna)
    offer(anna, family, bram)
    bring(anna, bram, family)
    handing_over.withdraw(anna.session, family.dossier)
    offer(anna, family, carla)
    bring(anna, carla, family)
    handing_over.accept(bram.session, family.dossier)
    handing_over.accept(carla.session, family.dossier)
    bring(bram, anna, family)
    bring(carla, anna, family)
    now = state(anna, family)
    assert now.crossed and not now.mine
    with anna.desk.store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT count(*) FROM r_owner WHERE scope = ? AND to_on IS NULL", (family.dossier,)
        )
        assert rows.scalar_one() == 1
        fields = conn.exec_driver_sql("SELECT field FROM j_conflict WHERE kind = 'owner'").scalars().all()
    assert fields == ["officer"]
    (matter,) = clear_up.matters(anna.session)
    assert {answer.words for answer in matter.answers} == {"Bram", "Carla"}
    assert not removal.may_destroy(carla.session, family.dossier).why_not
    assert removal.may_destroy(anna.session, family.dossier).why_not == removal.NOT_OWNER
    with pytest.raises(handing_over.NotYours):
        offer(anna, family, bram)
    healthy(anna)


def test_leave_cover_comes_home(anna: Office, bram: Office) -> None:
    family = owned(anna)
    offer(anna, family, bram, days=14)
    bring(anna, bram, family)
    handing_over.accept(bram.session, family.dossier)
    bring(bram, anna, family)
    for one in (anna, bram):
        now = state(one, family)
        assert now.lent is not None and now.lent.returns_on == anna.session.today + timedelta(days=14)
        assert [row.dossier for row in handing_over.list_open(one.session)] == [family.dossier]
    assert state(bram, family).i_give_back and not state(anna, family).i_give_back
    handing_over.give_back(bram.session, family.dossier)
    bring(bram, anna, family)
    assert state(anna, family).to_me
    handing_over.accept(anna.session, family.dossier)
    bring(anna, bram, family)
    for one in (anna, bram):
        now = state(one, family)
        assert (now.owner_name, now.lent, now.offer, now.crossed) == ("Anna", None, None, False)
        assert handing_over.list_open(one.session) == ()
        healthy(one)


def test_the_day_of_return_stands_on_the_agenda_of_both(anna: Office, bram: Office) -> None:
    family = owned(anna)
    for one in (anna, bram):
        one.desk.store.derive = agenda.deriver(one.session)
    offer(anna, family, bram, days=3)
    bring(anna, bram, family)
    handing_over.accept(bram.session, family.dossier)
    bring(bram, anna, family)
    for one in (anna, bram):
        lines = agenda.read(one.session).ahead
        assert [(line.what, line.dossier) for line in lines] == [(agenda.RETURN, family.dossier)]
    handing_over.give_back(bram.session, family.dossier)
    bring(bram, anna, family)
    handing_over.accept(anna.session, family.dossier)
    assert agenda.read(anna.session).ahead == ()


def test_what_is_not_yours_to_offer(anna: Office, bram: Office, office: Callable[[str], Office]) -> None:
    stranger, family = office("Vreemd"), owned(anna)
    bring(anna, bram, family)
    refused: tuple[tuple[type[KnownProblem], Callable[[], None]], ...] = (
        (handing_over.NotYours, lambda: offer(bram, family, anna)),
        (trust_problem.ReceiverNotTrusted, lambda: offer(anna, family, stranger)),
        (handing_over.OfferedToOneself, lambda: offer(anna, family, anna)),
        (handing_over.ReturnTooEarly, lambda: offer(anna, family, bram, days=0)),
        (handing_over.NothingOffered, lambda: handing_over.refuse(anna.session, family.dossier)),
        (handing_over.NothingOffered, lambda: handing_over.give_back(anna.session, family.dossier)),
    )
    for who, deed in refused:
        with pytest.raises(KnownProblem) as raised:
            deed()
        assert type(raised.value) is who
    offer(anna, family, bram)
    with pytest.raises(handing_over.AlreadyOffered):
        offer(anna, family, bram)
    with pytest.raises(handing_over.NothingOffered):
        handing_over.accept(anna.session, family.dossier)
    assert state(anna, family).mine
