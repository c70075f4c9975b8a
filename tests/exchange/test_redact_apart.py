"""A value that was taken out is gone from what was set apart too, and that still holds when it is let in later."""

from collections.abc import Callable

import pytest

from app.domain import verbs
from app.domain.exchange_facts import Hold
from app.domain.kinds.person import Alias
from app.exchange import set_apart
from app.services import take
from app.storage import chain, project
from app.storage.uow import read
from tests.exchange.test_give_and_take import edit
from tests.support.package_case import MadeFamily, Office, take_apart

SECRET = "MERKGEHEIM"


def apart(office: Office) -> str:
    """All that is set apart, as text."""
    with office.desk.store.read() as conn:
        return "\n".join(conn.exec_driver_sql("SELECT body FROM l_quarantine").scalars())


def holds(office: Office, family: MadeFamily) -> Alias:
    with office.desk.store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()
        found = read(conn, Alias, family.alias.id)
    assert found is not None
    return found


@pytest.fixture
def family(anna: Office) -> MadeFamily:
    return anna.family()


@pytest.fixture
def carla(anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily) -> Office:
    """Carla got the family of Anna and writes the secret; Bram passes it on, without the word that Carla may."""
    carla = office("Carla")
    for one, other in ((bram, carla), (carla, bram), (anna, carla), (carla, anna)):
        one.desk.knows(other.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    take.accept(carla.session, bram.give(carla, dossiers=(family.dossier,)))
    edit(carla, family.alias, SECRET)
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.save(found, found.with_values(source="bron van Carla"))
    return carla


def set_apart_at(anna: Office, carla: Office, family: MadeFamily) -> None:
    """Anna never heard that Carla may: what Carla wrote waits."""
    whole = take_apart(carla.give(anna, dossiers=(family.dossier,)), anna)
    named = {row[0]: no for no, row in enumerate(whole.manifest["devices"])}
    bram_no = next(no for device, no in named.items() if device not in (anna.desk.device, carla.desk.device))
    without = whole.without(lambda segment: segment[2] == bram_no)
    take.accept(anna.session, without.pack(carla, carla.folder / "zonder.regiemap", anna))
    with anna.desk.store.read() as conn:
        assert {kept.why for kept in set_apart.all_of(conn)} == {Hold.NO_ACCESS}
    assert SECRET in apart(anna)


def test_a_redaction_here_reaches_what_waits(anna: Office, carla: Office, family: MadeFamily) -> None:
    set_apart_at(anna, carla, family)
    anna.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    assert SECRET not in apart(anna) and "bron van Carla" in apart(anna)
    take.accept(anna.session, carla.give(anna, dossiers=(family.dossier,), full=True))
    found = holds(anna, family)
    assert apart(anna) == ""
    assert (found.family_name, found.source) == (None, "bron van Carla")
    with anna.desk.store.read() as conn:
        assert not [row for row in conn.exec_driver_sql("SELECT cells FROM j_op").scalars() if SECRET in row]


def test_a_redaction_by_file_reaches_what_waits_and_a_longer_stretch(
    anna: Office, bram: Office, carla: Office, family: MadeFamily
) -> None:
    set_apart_at(anna, carla, family)
    take.accept(bram.session, carla.give(bram, dossiers=(family.dossier,)))
    bram.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    whole = take_apart(bram.give(anna, dossiers=(family.dossier,)), anna)
    named = {row[0]: no for no, row in enumerate(whole.manifest["devices"])}
    theirs = whole.without(lambda segment: segment[2] == named.get(carla.desk.device))
    path = theirs.pack(bram, bram.folder / "zonder.regiemap", anna)
    take.accept(anna.session, path)
    assert SECRET not in "".join(str(row) for rows in anna.tables().values() for row in rows)
    assert holds(anna, family).source in (None, "bron van Carla")


def test_a_redaction_of_another_scope_leaves_it(anna: Office, carla: Office, family: MadeFamily) -> None:
    set_apart_at(anna, carla, family)
    other = anna.family("Anders")
    anna.desk.store.redact(other.alias.id, frozenset({"family_name"}))
    assert SECRET in apart(anna)
