"""Rare meetings, each in a world of two or three laptops made for it."""

from app.domain.merge import reading_order
from app.domain.op import DELETED, Dot, Op
from app.services import take
from tests.support.package_case import Office


def test_a_value_that_was_taken_out_elsewhere_leaves_the_index_too(anna: Office, bram: Office) -> None:
    family = anna.family("Vindbaar")
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    anna.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    for office in (anna, bram):
        if office is bram:
            take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
        with office.desk.store.read() as conn:
            bodies = conn.exec_driver_sql("SELECT body FROM d_search_text").scalars().all()
        assert "vindbaar-ander" not in repr(bodies).lower()
