"""Taking in many persons at once leaves the store as taking in each family by itself does."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.services.dossier_import import ImportReport
from app.services.session import Session
from app.storage.chain import check_chains
from app.storage.project import differences
from tests.support.derived_anew import DERIVED, derived_is_true
from tests.support.dossier_files import into
from tests.support.duplicate_file import file_with_twins

PERSONS = 160


@pytest.fixture(scope="module")
def file() -> bytes:
    return file_with_twins(PERSONS)


def each_family(file: bytes) -> Iterator[bytes]:
    """A file for each."""
    data = json.loads(file)
    for dossier in [scope["id"] for scope in data["scopes"] if scope["kind"] == "dossier"]:
        mine = {dossier}
        mine |= {
            record["fields"]["person"]
            for record in data["records"]
            if record["kind"] == "membership" and record["scope"] == dossier
        }
        parts = {
            "scopes": [scope for scope in data["scopes"] if scope["id"] in mine],
            "records": [record for record in data["records"] if record["scope"] in mine],
        }
        yield json.dumps(data | parts, ensure_ascii=False).encode()


def tables(session: Session) -> dict[str, list[Any]]:
    """What stands in the record tables and in what is derived; ids that a store makes by itself are left out."""
    sql = dict(DERIVED)
    for kind in ("dossier", "person", "person_number", "membership", "alias"):
        sql[kind] = f"SELECT * FROM r_{kind}"
    sql["scope"] = "SELECT scope, kind FROM r_scope WHERE kind <> 'plaats'"
    sql["access"] = "SELECT scope FROM r_access"
    sql["op"] = "SELECT k.name, o.rec, o.seq, o.fields, o.cells FROM j_op o JOIN j_kind k ON k.no = o.kind"
    sql["op"] += " WHERE k.name NOT IN ('scope', 'access', 'officer', 'location', 'device', 'content_pack')"
    with session.store.read() as conn:
        return {name: sorted(map(repr, map(tuple, conn.exec_driver_sql(text)))) for name, text in sql.items()}


def is_whole(session: Session) -> None:
    with session.store.read() as conn:
        assert check_chains(conn) == ()
        assert differences(conn) == []
    derived_is_true(session.store)


def pairs(*reports: ImportReport) -> set[frozenset[str]]:
    return {
        frozenset((each.person, hit.person))
        for report in reports
        for each in report.suspected
        for hit in each.hits
    }


def test_at_once_or_one_by_one_is_the_same(session: Session, other_session: Session, file: bytes) -> None:
    at_once = into(session, file)
    one_by_one = [into(other_session, each) for each in each_family(file)]
    assert len(at_once.new_persons) == PERSONS == sum(len(each.new_persons) for each in one_by_one)
    assert pairs(at_once) == pairs(*one_by_one)
    assert len(pairs(at_once)) >= 3
    first, second = tables(session), tables(other_session)
    for name, rows in first.items():
        assert rows == second[name], name
    is_whole(session)


def test_what_was_here_of_a_person_before_is_found_by_too(session: Session, file: bytes) -> None:
    """As after a package that brought only a part."""
    person = next(scope["id"] for scope in json.loads(file)["scopes"] if scope["kind"] == "person")
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Alias(id=new_id(), scope=person, family_name="Zwartemerel", given_names="Nune"))
    into(session, file)
    is_whole(session)


def test_all_of_it_is_undone_and_done_again(session: Session, file: bytes) -> None:
    into(session, file)
    before = tables(session)
    session.store.undo()
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_person").scalar() == 0
    is_whole(session)
    session.store.redo()
    after = tables(session)
    assert {name: after[name] for name in ("person", "d_person", "d_person_key")} == {
        name: before[name] for name in ("person", "d_person", "d_person_key")
    }
    is_whole(session)
