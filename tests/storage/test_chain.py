"""Chains: whatever is changed, moved or taken away behind the program's back shows."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain import canon
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.storage import chain, identity
from app.storage.store import Store
from tests.support.family import add, person_of, register, save


@pytest.fixture
def busy(store: Store) -> Store:
    """A store with a family, an edit that names parents, and a seal that is one op behind."""
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro"))
    store.seal()
    add(store, Alias(id=new_id(), scope=person.scope, family_name="Hakobian"))
    return store


def _faults(store: Store) -> tuple[chain.ChainFault, ...]:
    with store.read() as conn:
        return chain.check_chains(conn) + chain.check_seals(conn)


def _tamper(store: Store, sql: str, *params: Any) -> None:
    with store.local() as conn:
        assert conn.exec_driver_sql(sql, params).rowcount > 0


def test_a_healthy_store_has_no_faults(busy: Store) -> None:
    assert _faults(busy) == ()


@pytest.mark.parametrize(
    "change",
    [
        "cells = replace(cells, 'Armen', 'Armin') WHERE cells LIKE '%Armen%'",
        "cells = replace(cells, 'call_name', 'language') WHERE parents IS NOT NULL",
        "seed = zeroblob(16)",
        "rec = zeroblob(16) WHERE parents IS NOT NULL",
        "kind = kind % 70 + 1",
        "parents = NULL WHERE parents IS NOT NULL",
        "parents = replace(parents, ',', ',1') WHERE parents IS NOT NULL",
        "fields = fields - 1 WHERE fields IS NOT NULL",
        "seq = seq + 1000 WHERE parents IS NOT NULL",
        "action = (SELECT min(no) FROM j_action)",
        "stream = stream + 1000 WHERE parents IS NOT NULL",
    ],
)
def test_a_changed_op_shows(busy: Store, change: str) -> None:
    _tamper(busy, f"UPDATE j_op SET {change}")
    assert _faults(busy)


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'other.thing'",
        "officer = 'somebody'",
        "hlc = hlc + 1",
        "id = zeroblob(16)",
        "stream = stream + 1",
    ],
)
def test_a_changed_header_of_an_action_shows(busy: Store, change: str) -> None:
    _tamper(busy, f"UPDATE j_action SET {change}")
    assert _faults(busy)


@pytest.mark.parametrize(
    "change",
    [
        "seq = seq + 1",
        "tip = zeroblob(32)",
        "scope = scope || 'x'",
        "compartment = 'eigen'",
        "sealed_tip = zeroblob(32)",
    ],
)
def test_a_changed_stream_shows(busy: Store, change: str) -> None:
    _tamper(busy, f"UPDATE j_stream SET {change} WHERE sealed_seq > 0")
    assert _faults(busy)


def test_a_removed_op_shows(busy: Store) -> None:
    _tamper(busy, "DELETE FROM j_op WHERE parents IS NOT NULL")
    assert _faults(busy)


def test_a_removed_last_op_shows_even_when_the_stream_was_cut_with_it(busy: Store) -> None:
    with busy.read() as conn:
        sealed = "SELECT no, seq FROM j_stream WHERE sealed_seq = seq ORDER BY no DESC LIMIT 1"
        stream, seq = conn.exec_driver_sql(sealed).one()
    _tamper(busy, "DELETE FROM j_op WHERE stream = ? AND seq = ?", stream, seq)
    _tamper(busy, "UPDATE j_stream SET seq = seq - 1 WHERE no = ?", stream)
    assert _faults(busy)


def test_an_op_moved_to_another_stream_shows_in_both(busy: Store) -> None:
    with busy.read() as conn:
        two = [no for (no,) in conn.exec_driver_sql("SELECT no FROM j_stream ORDER BY no LIMIT 2")]
    _tamper(busy, "UPDATE j_op SET stream = ?, seq = 99 WHERE stream = ? AND seq = 2", two[1], two[0])
    assert len(_faults(busy)) == 2


def test_a_seal_is_signed_by_the_device_and_names_its_stream(busy: Store) -> None:
    with busy.read() as conn:
        device = identity.load(conn, "")
        sql = (
            "SELECT scope, compartment, sealed_seq, sealed_tip, signature FROM j_stream WHERE sealed_seq > 0"
        )
        rows = conn.exec_driver_sql(sql).all()
    assert device is not None and rows
    key = Ed25519PublicKey.from_public_bytes(device.public)
    for scope, compartment, seq, tip, signature in rows:
        key.verify(signature, canon.tip_message(scope, compartment, device.writer.device_id, seq, tip))
        with pytest.raises(InvalidSignature):
            key.verify(
                signature, canon.tip_message(scope, compartment, device.writer.device_id, seq + 1, tip)
            )


def test_a_forged_seal_shows(busy: Store) -> None:
    _tamper(busy, "UPDATE j_stream SET signature = zeroblob(64) WHERE sealed_seq > 0")
    assert _faults(busy)


def test_sealing_signs_only_what_moved(busy: Store) -> None:
    assert busy.seal() == 1
    assert busy.seal() == 0


def test_a_new_device_seals_what_the_old_one_left_and_writes_streams_of_its_own(busy: Store) -> None:
    with busy.local() as conn:
        busy.identity = identity.make(conn, "officer")
        open_ = "SELECT count(*) FROM j_stream WHERE sealed_seq < seq"
        assert conn.exec_driver_sql(open_).scalar_one() == 0
    register(busy, "Berishvili")
    with busy.read() as conn:
        assert conn.exec_driver_sql("SELECT count(DISTINCT device) FROM j_stream").scalar_one() == 2
    assert _faults(busy) == ()


def test_the_secret_of_a_device_is_not_in_its_text_form(busy: Store) -> None:
    assert isinstance(busy.identity, identity.DeviceIdentity)
    assert str(busy.identity.secret) not in repr(busy.identity)
