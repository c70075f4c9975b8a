"""A store of every released schema opens, is brought up to date and still says what it said."""

import shutil
from pathlib import Path

import pytest

from app.storage import access_log, chain, draft, project, schema, schema_lock, search
from app.storage.data_key import DataKey
from app.storage.engine import open_engines
from app.storage.health import verify
from app.storage.opening import Opened
from app.storage.store import Store
from app.storage.store_folder import StoreFolder
from app.storage.upgrade import bring_up_to_date
from tests.support.derived_anew import derived_is_true

FOLDER = Path(__file__).parents[1] / "golden"
GOLDEN = sorted(FOLDER.glob("schema-*.db"))


def test_this_schema_has_its_golden_store() -> None:
    assert FOLDER / f"schema-{schema.SCHEMA}.db" in GOLDEN


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_store_opens_upgrades_and_is_whole(golden: Path, tmp_path: Path) -> None:
    path, key = tmp_path / "store.db", DataKey(bytes(range(32)))
    shutil.copy(golden, path)
    opened = Opened(StoreFolder(tmp_path), key, open_engines(path, key), "golden", (), (), None)
    number = bring_up_to_date(opened)
    assert golden.stem == f"schema-{number}"
    with opened.engines.writer.begin() as conn:
        assert schema.version(conn) == schema.SCHEMA
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()
        assert project.differences(conn) == []
        for kind in schema_lock.read():
            rows = conn.exec_driver_sql(f'SELECT count(*) FROM "r_{kind.name}"').scalar_one()
            special = {"alias": 0, "scope": 3, "access": 3, "redaction": 2 * int(number > 1)}
            expected = special.get(kind.name, int(kind.since <= number))
            assert rows == expected, kind.name
        both = conn.exec_driver_sql("SELECT field FROM j_conflict").scalars().all()
        assert both == ["call_name"]
        talk = conn.exec_driver_sql("SELECT goal, notes, place FROM r_talk").one()
        assert tuple(talk) == ("Voorbeeld قربانی e\u0301", None, "Voorbeeld قربانی e\u0301")
        assert draft.find(conn)[0].typed == {"place": "half een zin"}
        assert len(access_log.read(conn)) == 1 and access_log.whole(conn)
    store = Store(opened.engines.writer, opened.engines.reader, None)
    with store.read() as conn:
        found = conn.exec_driver_sql(search.ALL_TEXTS).all()
        assert {scope for _record, scope, _body in found if scope} and all(
            scope for _rec, scope, _body in found
        )
    store.refresh_all()  # as unlocking does after an upgrade
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM d_summary").scalar_one() == 1
    derived_is_true(store)
    assert verify(path, key).good
    opened.lock()
