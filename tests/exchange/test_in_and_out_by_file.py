"""Two officers record apart how a family stands and who left: after exchange both hold the same, nothing lost."""

from app.domain.ident import new_id
from app.domain.kinds.dossier import Outflow
from app.services import case_states, closing, differences, flow_page, outflows, take
from app.services.case_states import NewState
from app.services.figures import figures
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


def test_closed_here_and_changed_there(anna: Office, bram: Office) -> None:
    family = shared(anna, bram)
    leave(bram, family, "gedwongen")
    dossier = flow_page.read(anna.session, family.dossier).closing.dossier
    closing.close(anna.session, dossier, anna.session.today)
    exchange(anna, bram, family)
    for office in (anna, bram):
        page = flow_page.read(office.session, family.dossier)
        assert page.is_closed and page.left == {family.person}
