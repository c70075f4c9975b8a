"""Taking a value out: it is gone from everything the store holds, and the chain still stands."""

import contextlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias, Person
from app.storage import chain, draft, project, search
from app.storage.cipher import connect
from app.storage.store import Store
from app.storage.uow import read_where
from tests.support.family import add, person_of, register, save
from tests.support.store_fixture import StoreFile, test_key

MARK = "Zwartemerel"


def _in_clear(path: Path) -> bytes:
    """The bytes of every page of the database file, decrypted here: free pages and slack too.

    SQLCipher 4 with a raw key: pages of 4096 bytes, AES-256-CBC, the last 80 bytes are initialisation vector and
    seal, the first page begins with 16 bytes of salt.
    """
    with contextlib.closing(connect(path, test_key(), "rw")) as conn:
        assert conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    data, clear = path.read_bytes(), []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        body, vector = page[16 if start == 0 else 0 : -80], page[-80:-64]
        reader = Cipher(AES256(test_key().raw()), CBC(vector)).decryptor()
        clear.append(reader.update(body) + reader.finalize())
    return b"".join(clear)


def _planted(store: Store) -> Alias:
    person = register(store).persons[0]
    alias = Alias(id=new_id(), scope=person, family_name=MARK, source="paspoort")
    add(store, alias)
    save(store, alias, alias.with_values(family_name=f"{MARK}s"))
    with store.local() as conn:
        draft.keep(conn, "alias", alias.id, {"family_name": f"{MARK}!", "source": "x"}, {"family_name": MARK})
    return alias


def test_a_value_that_was_taken_out_is_in_no_page_of_the_database(store_file: StoreFile) -> None:
    store = store_file.open()
    alias = _planted(store)
    with store.read() as conn:
        assert search.dossiers(conn, "zwarteme") and search.dossiers(conn, "temere")
    store.redact(alias.id, frozenset({"family_name"}))
    with store.read() as conn:
        assert not search.dossiers(conn, "zwarteme") and not search.dossiers(conn, "temere")
        assert read_where(conn, Alias, "1")[0].family_name is None
        assert [(one.typed, one.read) for one in draft.find(conn)] == [({"source": "x"}, {})]
    store.close()
    raw = _in_clear(store_file.path)
    for word in (MARK, MARK.lower(), "zwartemer"):
        assert word.encode() not in raw
    assert b"paspoort" in raw  # what stays is there: the search looks at the right bytes


def test_the_chain_keeps_its_commitments(store: Store) -> None:
    alias = _planted(store)
    store.seal()
    store.redact(alias.id, frozenset({"family_name"}))
    with store.read() as conn:
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()
        assert project.differences(conn) == []
        seeds = "SELECT count(*) FROM j_op WHERE rec = ? AND seed IS NOT NULL"
        assert conn.exec_driver_sql(seeds, (bytes.fromhex(alias.id),)).scalar_one() == 0


def test_a_second_redaction_of_the_same_op_keeps_the_first(store: Store) -> None:
    alias = _planted(store)
    store.redact(alias.id, frozenset({"family_name"}))
    store.redact(alias.id, frozenset({"source", "family_name"}))
    with store.read() as conn:
        assert chain.check_chains(conn) == ()
        cells = [text for (text,) in conn.exec_driver_sql("SELECT cells FROM j_op WHERE kept IS NOT NULL")]
    assert sorted(cells) == ["{}", "{}"]


def test_what_was_left_can_still_be_changed_after_a_redaction(store: Store) -> None:
    alias = _planted(store)
    store.redact(alias.id, frozenset({"family_name"}))
    with store.read() as conn:
        now = read_where(conn, Alias, "1")[0]
    assert save(store, now, now.with_values(family_name="Anders", source="akte")) == []
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM j_conflict").scalar_one() == 0
        now = read_where(conn, Alias, "1")[0]
        assert (now.family_name, now.source) == ("Anders", "akte")


def test_a_record_with_a_redacted_value_can_be_removed(store: Store) -> None:
    alias = _planted(store)
    store.redact(alias.id, frozenset({"family_name"}))
    with store.read() as conn:
        now = read_where(conn, Alias, "1")[0]
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(now)
    assert uow.moved == []
    with store.read() as conn:
        assert read_where(conn, Alias, "1") == []


def test_undo_never_brings_a_value_back_that_was_taken_out(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name=MARK, language="Armeens"))
    named = person_of(store, person.id)
    save(store, named, named.with_values(call_name="Aro"))
    store.redact(person.id, frozenset({"call_name"}))
    change = store.undo()
    assert change is not None and [moved.field for moved in change.left] == ["call_name"]
    change = store.undo()
    assert change is not None and [moved.field for moved in change.left] == ["call_name"]
    now = person_of(store, person.id)
    assert (now.call_name, now.language) == (None, None)
    while store.redo():
        pass
    assert person_of(store, person.id).call_name is None


def test_undoing_the_registration_still_works_after_a_redaction(store: Store) -> None:
    person = register(store).persons[0]
    store.redact(person, frozenset({"family_name"}))
    change = store.undo()
    assert change is not None and change.left == ()
    with store.read() as conn:
        assert read_where(conn, Person, "1") == []


def test_what_was_never_there_cannot_be_taken_out(store: Store) -> None:
    person = register(store).persons[0]
    for record, field in ((new_id(), "family_name"), (person, "no_such_field")):
        with pytest.raises(ValueError, match="no such value"):
            store.redact(record, frozenset({field}))


def test_a_redaction_has_no_undo(store: Store) -> None:
    person = register(store).persons[0]
    before = store.next_undo()
    store.redact(person, frozenset({"family_name"}))
    assert store.next_undo() == before
