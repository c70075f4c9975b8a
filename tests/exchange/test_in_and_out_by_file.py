"""Two officers record apart how a family stands and who left: after exchange both hold the same, nothing lost."""

from datetime import date, timedelta

import pytest

from app.domain.ident import new_id
from app.domain.kinds.dossier import Outflow
from app.services import case_states, clear_up, closing, differences, flow_page, outflows, take
from app.services.case_states import NewState
from app.services.figures import figures
from app.services.matter import Matter, NoSuchMatter
from tests.support.package_case import MadeFamily, Office


def shared(anna: Office, bram: Office) -> MadeFamily:
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    return family


def exchange(anna: Office, bram: Office, family: MadeFamily) -> None:
    there, back = (one.give(other, dossiers=(family.dossier,)) for one, other in ((anna, bram), (bram, anna)))
    take.accept(bram.session, there)
    take.accept(anna.session, back)


def leave(office: Office, family: MadeFamily, kind: str) -> None:
    ref = office.session.content.ref("basis", f"uitstroom.{kind}")
    on = office.session.today.isoformat()
    wanted = Outflow(id=new_id(), scope=family.dossier, kind=ref, on=on)
    outflows.record(office.session, wanted, (family.person,))


def counted(office: Office) -> dict[tuple[str, str], int | None]:
    return {(each.code, each.key): each.number for each in figures(office.session)}


def test_one_outflow_of_two_officers_is_one_record_with_a_difference(anna: Office, bram: Office) -> None:
    family = shared(anna, bram)
    leave(anna, family, "gedwongen")
    leave(bram, family, "zelfstandig")
    exchange(anna, bram, family)
    for office in (anna, bram):
        assert len(outflows.of_dossier(office.session, family.dossier)) == 1
        open_ = differences.open_ones(office.session, family.dossier)
        assert [(each.kind, each.field) for each in open_] == [("outflow", "kind")]
        found = counted(office)
        assert (found["outflow.persons", ""], found["outflow.kind", ""]) == (1, 1)
        assert found["outflow.share", ""] is None
    assert counted(anna) == counted(bram)


def test_two_states_of_two_officers_both_stand_until_one_goes_on(anna: Office, bram: Office) -> None:
    family = shared(anna, bram)
    for office, code in ((anna, "stand.s3"), (bram, "stand.s4")):
        wish = NewState(dossier=family.dossier, code=code, on=office.session.today)
        case_states.begin(office.session, wish)
    exchange(anna, bram, family)
    for office in (anna, bram):
        found = case_states.of_dossier(office.session, family.dossier)
        assert set(case_states.standing_codes(found)) == {"stand.s3", "stand.s4"}
    next_ = NewState(dossier=family.dossier, code="stand.s9", on=bram.session.today)
    case_states.begin(bram.session, next_)
    exchange(anna, bram, family)
    found = case_states.of_dossier(anna.session, family.dossier)
    assert case_states.standing_codes(found) == ("stand.s9",)


DAY = date(2026, 10, 1)


def two_states(anna: Office, bram: Office, *codes: str, after: int = 3) -> MadeFamily:
    """A family in S1, which Anna and Bram each brought into a state of their own; Bram `after` days later."""
    family = shared(anna, bram)
    case_states.begin(anna.session, NewState(dossier=family.dossier, code="stand.s1", on=DAY))
    exchange(anna, bram, family)
    for office, code, days in ((anna, codes[0], 1), (bram, codes[1], 1 + after)):
        on = DAY + timedelta(days=days)
        case_states.begin(office.session, NewState(dossier=family.dossier, code=f"stand.{code}", on=on))
    exchange(anna, bram, family)
    return family


def unclear(office: Office) -> list[Matter]:
    found = clear_up.matters(office.session)
    assert clear_up.count(office.session) == len(found)
    return [each for each in found if each.kind == "state"]


def states_of(office: Office, family: MadeFamily) -> list[tuple[str, str | None, str | None]]:
    """Code, first and last day of every state, in the order of the days."""
    found = case_states.of_dossier(office.session, family.dossier)
    return [(each.code, each.record.from_on, each.record.to_on) for each in reversed(found)]


def test_two_main_states_count_as_unknown_and_are_listed_with_author_time_and_file(
    anna: Office, bram: Office
) -> None:
    family = two_states(anna, bram, "s3", "s4")
    for office, other in ((anna, "Bram"), (bram, "Anna")):
        found = counted(office)
        assert found["states.now", ""] == 1
        assert not any(found.get(("states.now", f"stand.{code}")) for code in ("s1", "s3", "s4")), (
            "what ended stands no more, whatever the day"
        )
        (matter,) = unclear(office)
        assert (matter.dossier, matter.family) == (family.dossier, "Verzonnen")
        assert "02-10-2026" in matter.words and "05-10-2026" in matter.words
        notes = " ".join(each.note for each in matter.answers)
        assert "Anna" in notes and "Bram" in notes
        assert "hier geschreven" in notes and f"bestand van {other}" in notes
    assert unclear(anna)[0].id == unclear(bram)[0].id


def test_that_one_holds_removes_the_other_everywhere(anna: Office, bram: Office) -> None:
    family = two_states(anna, bram, "s3", "s4")
    (matter,) = unclear(anna)
    answer = next(each for each in matter.answers if each.code == f"holds-{matter.subject[1]}")
    clear_up.answer(anna.session, matter.id, answer.code)
    exchange(anna, bram, family)
    for office in (anna, bram):
        assert unclear(office) == [] and counted(office)["states.now", "stand.s4"] == 1
        found = case_states.of_dossier(office.session, family.dossier)
        assert case_states.standing_codes(found) == ("stand.s4",)
    with pytest.raises(NoSuchMatter):
        clear_up.answer(bram.session, matter.id, answer.code)


def test_that_both_happened_ends_the_first_where_the_other_begins(anna: Office, bram: Office) -> None:
    family = two_states(anna, bram, "s3", "s4")
    (matter,) = unclear(bram)
    both = [each for each in matter.answers if each.code.startswith("both-")]
    assert [each.code for each in both] == [f"both-{matter.subject[0]}"], "the days allow one order"
    clear_up.answer(bram.session, matter.id, both[0].code)
    exchange(anna, bram, family)
    for office in (anna, bram):
        assert unclear(office) == []
        assert states_of(office, family)[1:] == [
            ("stand.s3", "2026-10-02", "2026-10-05"), ("stand.s4", "2026-10-05", None),
        ]  # fmt: skip


def test_on_one_day_the_officer_says_which_was_first(anna: Office, bram: Office) -> None:
    two_states(anna, bram, "s3", "s4", after=0)
    (matter,) = unclear(anna)
    assert len([each for each in matter.answers if each.code.startswith("both-")]) == 2


@pytest.mark.parametrize(
    ("one", "other", "clashes"), [("s3", "s5", False), ("s5", "s6", False), ("s3", "s3", False)]
)
def test_what_may_stand_together_or_says_the_same_is_no_matter(
    anna: Office, bram: Office, one: str, other: str, clashes: bool
) -> None:
    two_states(anna, bram, one, other)
    assert bool(unclear(anna)) is clashes and counted(anna)["states.now", f"stand.{one}"] == 1


def test_a_new_state_ends_both_and_a_member_who_left_here_and_goes_on_there_is_listed(
    anna: Office, bram: Office
) -> None:
    family = two_states(anna, bram, "s3", "s4")
    case_states.begin(
        anna.session, NewState(dossier=family.dossier, code="stand.s9", on=DAY + timedelta(days=9))
    )
    assert unclear(anna) == []
    exchange(anna, bram, family)
    leave(anna, family, "zelfstandig")
    on = bram.session.today
    wish = NewState(dossier=family.dossier, code="stand.s8", on=on, person=family.person)
    case_states.begin(bram.session, wish)
    exchange(anna, bram, family)
    (matter,) = unclear(bram)
    assert matter.about == "Voorbeeld Verzonnen"
    assert "uitstroom" in matter.suggestion, "what holds does not take it away"
    assert counted(bram)["states.now", ""] == 1


def test_closed_here_and_changed_there(anna: Office, bram: Office) -> None:
    family = shared(anna, bram)
    leave(bram, family, "gedwongen")
    dossier = flow_page.read(anna.session, family.dossier).closing.dossier
    closing.close(anna.session, dossier, anna.session.today)
    exchange(anna, bram, family)
    for office in (anna, bram):
        page = flow_page.read(office.session, family.dossier)
        assert page.is_closed and page.left == {family.person}
