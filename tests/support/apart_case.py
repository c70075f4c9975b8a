"""A colleague whose work waits: she may write the family, and Anna never heard so."""

from pathlib import Path

from app.domain.exchange_facts import Hold
from app.exchange import set_apart
from app.services import take
from tests.support.package_case import MadeFamily, Office, take_apart

SECRET = "MERKGEHEIM"


def let_in_by_bram(anna: Office, bram: Office, carla: Office, family: MadeFamily) -> None:
    """Carla has the family from Bram and writes the secret in it. All have compared cards."""
    for one, other in ((bram, carla), (carla, bram), (anna, carla), (carla, anna)):
        one.desk.knows(other.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    take.accept(carla.session, bram.give(carla, dossiers=(family.dossier,)))
    carla.change(family.alias, family_name=SECRET)
    carla.change(family.alias, source="bron van Carla")


def bring_to_wait(anna: Office, bram: Office, carla: Office, *dossiers: str) -> Path:
    """Anna takes in what Carla has of these, without the word of Bram that Carla may: the file."""
    whole = take_apart(carla.give(anna, dossiers=dossiers), anna)
    for _dossier, persons in whole.manifest["families"]:
        for person in persons:
            whole.say(person, "person")
    word = whole.number_of(bram)
    without = whole.without(lambda segment: segment[2] == word)
    path = without.pack(carla, carla.folder / "zonder.regiemap", anna)
    take.accept(anna.session, path)
    with anna.desk.store.read() as conn:
        assert {kept.why for kept in set_apart.all_of(conn)} == {Hold.NO_ACCESS}
    assert SECRET in texts_apart(anna)
    return path


def texts_apart(office: Office) -> str:
    """All that is set apart, as text."""
    with office.desk.store.read() as conn:
        return "\n".join(conn.exec_driver_sql("SELECT body FROM l_quarantine").scalars())
