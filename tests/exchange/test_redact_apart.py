"""A value that was taken out is gone from what was set apart too, and that still holds when it is let in later."""

from collections.abc import Callable

import pytest

from app.domain.kinds.person import Alias
from app.services import take
from app.storage import chain, project
from app.storage.uow import read
from tests.support.apart_case import SECRET, bring_to_wait, let_in_by_bram, texts_apart
from tests.support.package_case import MadeFamily, Office, take_apart


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
    made = office("Carla")
    let_in_by_bram(anna, bram, made, family)
    return made


def test_a_redaction_here_reaches_what_waits(
    anna: Office, bram: Office, carla: Office, family: MadeFamily
) -> None:
    bring_to_wait(anna, bram, carla, family.dossier)
    anna.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    assert SECRET not in texts_apart(anna) and "bron van Carla" in texts_apart(anna)
    take.accept(anna.session, carla.give(anna, dossiers=(family.dossier,), full=True))
    found = holds(anna, family)
    assert texts_apart(anna) == ""
    assert (found.family_name, found.source) == (None, "bron van Carla")
    with anna.desk.store.read() as conn:
        assert not [row for row in conn.exec_driver_sql("SELECT cells FROM j_op").scalars() if SECRET in row]


def test_a_redaction_by_file_reaches_what_waits_and_a_longer_stretch(
    anna: Office, bram: Office, carla: Office, family: MadeFamily
) -> None:
    bring_to_wait(anna, bram, carla, family.dossier)
    take.accept(bram.session, carla.give(bram, dossiers=(family.dossier,)))
    bram.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    whole = take_apart(bram.give(anna, dossiers=(family.dossier,)), anna)
    theirs = whole.without(lambda segment: segment[2] == whole.number_of(carla))
    path = theirs.pack(bram, bram.folder / "zonder.regiemap", anna)
    take.accept(anna.session, path)
    assert SECRET not in "".join(str(row) for rows in anna.tables().values() for row in rows)
    assert holds(anna, family).source in (None, "bron van Carla")


def test_a_redaction_of_another_scope_leaves_it(
    anna: Office, bram: Office, carla: Office, family: MadeFamily
) -> None:
    bring_to_wait(anna, bram, carla, family.dossier)
    other = anna.family("Anders")
    anna.desk.store.redact(other.alias.id, frozenset({"family_name"}))
    assert SECRET in texts_apart(anna)
