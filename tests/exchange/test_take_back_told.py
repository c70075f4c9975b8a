"""What colleagues believe to be held here after a file went back, and what does not go back with it."""

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.sensitive import HealthFact
from app.domain.record import Compartment
from app.services import take
from tests.support.package_case import USUAL, Office


def locations(office: Office) -> set[object]:
    """The locations whose officers are known here."""
    return {row[1] for row in office.tables()["r_officer"]}


def test_the_location_of_the_sender_stays_known(anna: Office, bram: Office) -> None:
    """Every file of Bram tells that he holds it, so that Anna would never send it again."""
    ours, theirs = bram.family("Eigen"), anna.family()
    taken = take.accept(bram.session, anna.give(bram, dossiers=(theirs.dossier,)))
    take.accept(anna.session, bram.give(anna, dossiers=(ours.dossier,)))
    take.take_back_file(bram.session, taken.number)
    assert locations(bram) == {anna.desk.place, bram.desk.place}
    again = take.accept(bram.session, anna.give(bram, dossiers=(theirs.dossier,)))
    assert again.changes and locations(bram) == {anna.desk.place, bram.desk.place}


def test_nothing_held_of_a_part_is_told_too(anna: Office, bram: Office) -> None:
    family, parts = anna.family(), USUAL | {Compartment.GEZONDHEID}
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    taken = take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,), parts=parts))
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,), parts=parts))
    take.take_back_file(bram.session, taken.number)
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,), parts=parts))
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(HealthFact(id=new_id(), scope=family.person, body="later"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,), parts=parts))
    assert len(bram.tables()["r_health_fact"]) == 2
