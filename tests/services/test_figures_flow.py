"""Who came in and who left: counts checked by hand, the list behind each figure, and the published table of 2023."""

from datetime import date

import pytest

from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Inflow, Membership, Outflow
from app.domain.kinds.person import Person
from app.services import case_states, closing, demo, figures, outflows
from app.services.case_states import NewState
from app.services.figure import Period, PeriodBackwards, last_twelve_months, year
from app.services.figures import NoSuchFigure
from app.services.session import Session
from app.storage.uow import read
from tests.support import published
from tests.support.family import Family, add, register, save

THIS_YEAR = Period(start=date(2026, 1, 1), end=date(2026, 11, 23))


def counts(session: Session, period: Period = THIS_YEAR) -> dict[tuple[str, str], int | None]:
    return {(each.code, each.key): each.number for each in figures.figures(session, period)}


def pair(session: Session, title: str = "Voorbeeld") -> Family:
    people = (Person(id=new_id(), scope="", family_name=title, given_names=name) for name in "AB")
    return register(session.store, title, *people)


def came_in(session: Session, dossier: str, on: str | None, source: str = "ind") -> Inflow:
    made = Inflow(
        id=new_id(), scope=dossier, on=on, source=session.content.ref("basis", f"instroom.{source}")
    )
    add(session.store, made)
    return made


def left(session: Session, family: Family, kind: str, on: str | None, *at: int, **values: str) -> None:
    wanted = Outflow(
        id=new_id(), scope=family.dossier, kind=session.content.ref("basis", f"uitstroom.{kind}"), on=on
    )
    persons = [family.persons[number] for number in at or (0,)]
    outflows.record(session, wanted.with_values(**values), persons)


def dossier_of(session: Session, family: Family) -> Dossier:
    with session.store.read() as conn:
        found = read(conn, Dossier, family.dossier)
    assert found is not None
    return found


def test_periods() -> None:
    assert year(2026, date(2026, 11, 23)) == THIS_YEAR
    assert year(2025, date(2026, 11, 23)).bounds == ("2025-01-01", "2025-12-31")
    assert last_twelve_months(date(2026, 11, 23)).bounds == ("2025-12-01", "2026-11-23")
    assert tuple(last_twelve_months(date(2026, 2, 3)).months)[0::11] == ("2025-03", "2026-02")
    with pytest.raises(PeriodBackwards):
        Period(start=date(2026, 2, 1), end=date(2026, 1, 1))


def test_inflow_counts_the_members_of_that_day_by_source_and_month(session: Session) -> None:
    first, second = pair(session), pair(session)
    came_in(session, first.dossier, "2026-03-10")
    came_in(session, second.dossier, "2025-12-31", "avim")
    came_in(session, second.dossier, None)
    for begun, ended in (("2026-03-11", None), (None, "2026-03-09"), (None, "2026-03")):
        member = Membership(id=new_id(), scope=first.dossier, person=new_id(), from_on=begun, to_on=ended)
        add(session.store, member)
    found = counts(session)
    assert found["inflow.persons", ""] == 3  # the two, and who left some day in March
    assert found["inflow.source", "instroom.ind"] == 3
    assert found["inflow.source", "instroom.avim"] == 0
    assert found["inflow.month", "2026-03"] == 3
    assert (found["inflow.dossiers", ""], found["inflow.undated", ""]) == (1, 1)


def test_a_dossier_that_opens_again_counts_who_came_back(session: Session) -> None:
    family = pair(session)
    came_in(session, family.dossier, "2026-02-01")
    left(session, family, "gedwongen", "2026-05-01", 0, 1)
    closing.close(session, dossier_of(session, family), date(2026, 5, 2))
    assert (counts(session)["dossiers.ended", ""], counts(session)["dossiers.reopened", ""]) == (1, 0)
    again = closing.new_inflow(session, family.dossier, closing.AGAIN).with_values(on="2026-09-01")
    closing.reopen(session, dossier_of(session, family), again, family.persons[:1])
    found = counts(session)
    assert (found["inflow.dossiers", ""], found["dossiers.reopened", ""]) == (2, 1)
    assert found["inflow.persons", ""] == 3
    assert found["inflow.source", "instroom.heropend"] == 1
    assert (found["outflow.persons", ""], found["dossiers.ended", ""]) == (2, 0)
    assert (found["dossiers.open", ""], found["dossiers.closed", ""]) == (1, 0)


def test_the_share_leaves_out_who_did_not_depart_and_who_is_unknown(session: Session) -> None:
    ways = ("zelfstandig", "gedwongen", "lidstaat", "zonder-toezicht", "administratief", "zonder-vertrek")
    for kind in ways:
        left(session, pair(session), kind, "2026-04-04", proof="Stempel" if kind == "gedwongen" else "")
    left(session, pair(session), "gedwongen", "2025-04-04")
    left(session, pair(session), "gedwongen", None)
    found = counts(session)
    assert found["outflow.persons", ""] == 6
    assert (found["outflow.demonstrable", ""], found["outflow.share", ""]) == (3, 60)
    assert (found["outflow.unproven", ""], found["outflow.undated", ""]) == (2, 1)
    add(session.store, Outflow(id=new_id(), scope=pair(session).dossier, on="2026-04-04"))
    found = counts(session)
    assert (found["outflow.kind", ""], found["outflow.share", ""]) == (1, 60)


def test_a_disputed_kind_or_day_counts_as_unknown(session: Session) -> None:
    family = pair(session)
    left(session, family, "gedwongen", "2026-04-04")
    was = outflows.of_dossier(session, family.dossier)[0]
    for kind in ("zelfstandig", "lidstaat"):
        save(session.store, was, was.with_values(kind=session.content.ref("basis", f"uitstroom.{kind}")))
    found = counts(session)
    assert (found["outflow.kind", ""], found["outflow.kind", "uitstroom.gedwongen"]) == (1, 0)
    assert (found["outflow.demonstrable", ""], found["outflow.share", ""]) == (0, None)
    for on in ("2026-05-05", "2026-06-06"):
        save(session.store, was, was.with_values(on=on))
    found = counts(session)
    assert (found["outflow.persons", ""], found["outflow.undated", ""]) == (0, 1)


def test_states_count_a_dossier_once_in_each(session: Session) -> None:
    family = pair(session)
    register(session.store, "Zonder stand")
    for code, person in (("s3", ""), ("s5", ""), ("s8", family.persons[0]), ("s5", family.persons[1])):
        wish = NewState(dossier=family.dossier, code=f"stand.{code}", on=date(2026, 10, 1), person=person)
        case_states.begin(session, wish)
    found = {key: number for (code, key), number in counts(session).items() if code == "states.now"}
    assert found == {"stand.s3": 1, "stand.s5": 1, "stand.s8": 1, "": 1}


def test_every_figure_opens_its_list(session: Session) -> None:
    demo.fill(session, count=40, seed=1)
    found = figures.figures(session, THIS_YEAR)
    for figure in found:
        rows = figures.listed(session, figure.code, THIS_YEAR, figure.key if figure.is_split else None)
        if not figure.unit:
            assert len(rows) == figure.number, figure.code
        assert all(row.dossier and row.title for row in rows), figure.code
        assert all(row.part == figure.part for row in rows), figure.code
    persons = figures.listed(session, "persons", THIS_YEAR)
    assert len({row.person for row in persons}) == len(persons)
    assert all(row.name for row in persons)
    with pytest.raises(NoSuchFigure):
        figures.listed(session, "nothing")


# --- the published table of 2023 --------------------------------------------------------------------------------------


def test_the_recipe_rounds_to_every_published_total() -> None:
    table, made = published.published(), published.recipe()
    for name, number in {**made.inflow, **made.outflow}.items():
        assert published.to_tens(number) == table[name], name
    assert any(number % 10 for number in made.outflow.values())
    assert published.to_tens(sum(made.inflow.values())) == table[published.INFLOW_TOTAL]
    assert published.to_tens(sum(made.outflow.values())) == table[published.OUTFLOW_TOTAL]


def test_a_tenth_of_2023_gives_the_published_table_in_tens(session: Session) -> None:
    """A tenth of every published total is a whole number of persons; the sums are of the parts, which were rounded
    apart, so the published sum without departure and the sum of all differ by one."""
    published.write(session, published.recipe(scale=10))
    table, share = published.published(), published.SHARE
    found = {name: number * 10 for name, number in published.table_of(session, to=1).items() if name != share}
    parts = {name: table[name] for name in (*published.SOURCES, *published.KINDS, published.INFLOW_TOTAL)}
    assert {name: found[name] for name in parts} == parts
    assert table[published.OUTFLOW_TOTAL] - found[published.OUTFLOW_TOTAL] == 10
    assert published.table_of(session)[share] == table[share] == 54


@pytest.mark.slow
def test_the_whole_of_2023_gives_the_published_table_after_rounding(session: Session) -> None:
    published.write(session, published.recipe())
    assert published.table_of(session) == published.published()
