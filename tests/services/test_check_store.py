"""Each kind of damage is found and named; a whole store has nothing to say but good."""

from pathlib import Path

import pytest

from app.content.load import Content
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.services.check_store import Checked, check_content, check_store
from app.services.gate import Gate
from app.services.session import Session
from app.storage import access_log, project, recovery_key
from app.storage.kdf_cost import KdfCost
from app.storage.store_folder import StoreFolder
from tests.support.dossier_files import EXAMPLE, into
from tests.support.family import add, register


def bad(session: Session) -> list[str]:
    return [found.code for found in check_content(session) if not found.is_good]


def damage(session: Session, sql: str, *, open_guard: bool = False) -> None:
    with session.store.local() as conn:
        if open_guard:
            project.open_guard(conn, True)
        conn.exec_driver_sql(sql)
        if open_guard:
            project.open_guard(conn, False)


def test_a_whole_store(session: Session) -> None:
    into(session, EXAMPLE)
    found = check_content(session)
    assert [one.code for one in found if not one.is_good] == []
    assert all(one.sentence for one in found)


@pytest.mark.damages
@pytest.mark.parametrize(
    ("sql", "guarded", "code"),
    [
        ("UPDATE j_op SET cells = replace(cells, 'Hakobyan', 'Hakobian')", False, "journal"),
        ("UPDATE r_person SET given_names = 'Iemand'", True, "tables"),
        ("DELETE FROM r_membership", True, "tables"),
        ("UPDATE j_guard SET open = 1", False, "guard"),
        ("DELETE FROM d_summary", False, "summaries"),
        ("UPDATE d_summary SET no = no + 100", False, "summaries"),
        ("DELETE FROM d_search_text", False, "search"),
        ("UPDATE d_scope SET no = no + 100", False, "search"),
        ("INSERT INTO d_search_word(d_search_word) VALUES('delete-all')", False, "search-words"),
        ("UPDATE l_access_log SET deed = 'iets anders'", False, "access-log"),
        ("UPDATE r_content_pack SET body = body || ' '", True, "content"),
        ("DELETE FROM r_content_pack", True, "content"),
    ],
)
def test_damage_is_found(session: Session, sql: str, guarded: bool, code: str) -> None:
    family = register(session.store)
    add(
        session.store,
        Alias(id=new_id(), scope=family.persons[0], kind=session.content.ref("basis", "naamsoort.alias")),
    )
    entry = access_log.Entry(at=1, actor="a", deed="open", object="b", result="done", origin="c")
    with session.store.local() as conn:
        access_log.write(conn, entry)
    assert bad(session) == []
    damage(session, sql, open_guard=guarded)
    assert code in bad(session)


def test_the_sentence_of_a_count() -> None:
    assert Checked(code="x", what="Good.", bad="%(count)d wrong.", count=3).sentence == "3 wrong."


def test_pages_come_first(content: Content, tmp_path: Path) -> None:
    gate = Gate(content=content, counters=tmp_path / "counters", cost=KdfCost(64 * 1024, 1, 1))
    unlocked = gate.create(
        tmp_path / "store",
        officer="Robin Voorbeeld",
        location="Gezinslocatie Voorbeeld",
        passphrase="zeven stille eenden varen verder",
        recovery=recovery_key.new(),
    )
    assert all(found.is_good for found in check_store(unlocked))
    unlocked.session.store.close()
    database = StoreFolder(unlocked.path).database
    damaged = bytearray(database.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    database.write_bytes(damaged)
    found = check_store(unlocked)
    assert found
    assert {one.code.partition(".")[0] for one in found} == {"file"}
    assert not any(one.is_good for one in found)
    unlocked.lock()
