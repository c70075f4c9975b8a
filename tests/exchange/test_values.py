"""Every value comes over as it was written: no form of text is changed, nothing is not the same as an empty text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Appearance
from app.domain.kinds.talk import Talk
from app.domain.record import Record
from app.services import give, take
from app.storage.uow import read
from tests.support.package_case import MadeFamily, Office

TEXT = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "é", "e\u0301", "\u202e", "=1+1", "<b>x</b>", '"],["a"', "\\", "\r\n", "🧒🏽", "קורבאני"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60),
)
NUMBER = st.one_of(st.none(), st.sampled_from([0, -1, 2**63 - 1, -(2**63)]), st.integers(-(2**63), 2**63 - 1))


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """On both laptops."""
    made = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(made.dossier,)))
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=TEXT, two=TEXT, number=NUMBER)
def test_a_value_is_the_same_on_the_other_side(
    anna: Office, bram: Office, family: MadeFamily, one: str | None, two: str | None, number: int | None
) -> None:
    records: list[Record] = [
        Appearance(id=new_id(), scope=family.person, body=one, height_cm=number),
        Talk(id=new_id(), scope=family.dossier, goal=two, notes=one),
    ]
    with anna.desk.store.write(verbs.TALK_PLANNED) as uow:
        for record in records:
            uow.add(record)
    with anna.desk.store.write(verbs.TALK_CHANGED) as uow:
        uow.save(records[1], records[1].with_values(place=one))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    for record in records:
        with anna.desk.store.read() as here, bram.desk.store.read() as there:
            assert read(there, type(record), record.id) == read(here, type(record), record.id)


def test_a_form_that_was_open_while_a_file_came_in_loses_nothing(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    form = family.alias
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(family.alias, family.alias.with_values(family_name="Van Anna"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    with bram.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(form, form.with_values(family_name="Van Bram"))
    assert [(moved.record, moved.field) for moved in uow.moved] == [(form.id, "family_name")]
    with bram.desk.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT rec, field, what FROM j_conflict").all()
    assert [tuple(row) for row in rows] == [(form.id, "family_name", "values")]
