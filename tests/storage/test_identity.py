"""The keys of this device: made, kept through renewal, completed in a store of schema 1."""

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.exchange import trust
from app.storage import identity, seal_key
from app.storage.store import Store
from tests.support.store_fixture import OFFICER

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def test_what_is_sealed_to_the_public_key_opens_with_the_secret_one() -> None:
    secret, public = seal_key.new()
    assert (len(secret), len(public)) == (seal_key.SECRET_BYTES, seal_key.PUBLIC_BYTES)
    assert seal_key.public(secret) == public
    sealed = SUITE.encrypt(b"sleutel", seal_key.sealer(public), info=b"x")
    assert SUITE.decrypt(sealed, seal_key.opener(secret), info=b"x") == b"sleutel"


@pytest.mark.parametrize("length", [0, 95, 97, 1215, 1217])
def test_keys_of_another_length_are_refused(length: int) -> None:
    for read in (seal_key.public, seal_key.opener, seal_key.sealer):
        with pytest.raises(ValueError, match="bytes"):
            read(bytes(length))


def test_secrets_are_not_in_the_text_of_an_identity(store: Store) -> None:
    found = store.identity
    assert isinstance(found, identity.DeviceIdentity)
    assert repr(found.secret) not in repr(found) and repr(found.seal_secret) not in repr(found)


def test_a_new_device_is_signed_by_the_one_before_and_opens_its_files(store: Store) -> None:
    with store.local() as conn:
        old = identity.load(conn, OFFICER)
        new = identity.make(conn, OFFICER)
        assert old is not None
        assert identity.seal_secrets(conn) == (new.seal_secret, old.seal_secret)
        told = identity.heir_of(conn, new.writer.device_id)
        assert told is not None and told[0] == old.writer.device_id
        assert trust.heir_ok(old.public, new.writer.device_id, told[1])
        assert not trust.heir_ok(new.public, new.writer.device_id, told[1])
        assert not trust.heir_ok(old.public, old.writer.device_id, told[1])
        assert identity.load(conn, OFFICER) == new
        assert identity.heir_of(conn, old.writer.device_id) is None


def test_a_device_of_schema_1_gets_a_seal_key_once(store: Store) -> None:
    with store.local() as conn:
        conn.exec_driver_sql("UPDATE l_own_device SET seal_secret = NULL")
        bare = identity.load(conn, OFFICER)
        assert bare is not None and bare.seal_secret == bare.seal_public == b""
        assert identity.seal_secrets(conn) == ()
        whole = identity.complete(conn, bare)
        assert whole.seal_public == seal_key.public(whole.seal_secret)
        assert identity.load(conn, OFFICER) == whole == identity.complete(conn, whole)
