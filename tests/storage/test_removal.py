"""A scope that was taken out has left no trace, and every other scope stands as before."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Alias, Person
from app.domain.kinds.sensitive import OwnNote
from app.storage import chain, draft, project, removal, search
from app.storage.identity import DeviceIdentity
from app.storage.store import Store
from app.storage.unlock_counter import destruction_mark
from app.storage.uow import read
from tests.support.family import Family, add, register, save
from tests.support.scope_ids import ids_of
from tests.support.store_fixture import StoreFile

AT = 1_790_000_000_000


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but for the index's own."""
    with store.read() as conn:
        names = conn.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'd_search_%'"
            " AND name NOT LIKE 'sqlite%'"
        ).scalars()
        return {
            name: sorted(map(tuple, conn.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
            for name in names.all()
        }


def texts(store: Store) -> str:
    with store.read() as conn:
        index = conn.exec_driver_sql(search.ALL_TEXTS).all()
    return repr(contents(store)) + repr(index)


def remove(store: Store, scope: str) -> None:
    with store.removing(verbs.DROPPED) as whole:
        whole.touched += removal.drop_scope(whole.conn, scope)
        whole.gone.add(scope)


def assert_healthy(store: Store) -> None:
    with store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == ()
        assert chain.check_seals(conn) == ()
        for table in ("d_search_word", "d_search_part"):
            known = set(conn.exec_driver_sql(f"SELECT rowid FROM {table}").scalars())
            assert known == set(conn.exec_driver_sql("SELECT no FROM d_search_text").scalars())
    with store.local() as conn:
        for table in ("d_search_word", "d_search_part"):
            conn.exec_driver_sql(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")


def test_nothing_that_was_written_in_it_is_left(store: Store) -> None:
    gone, stays = register(store, "Weggaander"), register(store, "Blijvers")
    note = OwnNote(id=new_id(), scope=gone.dossier, body="Merktekentje")
    add(store, note)
    with store.local() as conn:
        draft.keep(conn, "family", gone.dossier, {"title": "Conceptwoord"}, {})
        draft.keep(conn, "family", stays.dossier, {"title": "Anderconcept"}, {})
        conn.exec_driver_sql("INSERT INTO l_recent(dossier, at) VALUES(?, 1)", (gone.dossier,))
        conn.exec_driver_sql("INSERT INTO l_scan_file VALUES('b', ?, x'00', 1)", (gone.dossier,))
        conn.exec_driver_sql("INSERT INTO l_have_blob VALUES('p', 'b')")
        conn.exec_driver_sql("INSERT INTO l_postponed VALUES(?, '2026-12-01')", (f"difference {note.id}",))
    remove(store, gone.dossier)
    remove(store, gone.persons[0])
    left = texts(store)
    assert "Weggaander" not in left and "Merktekentje" not in left and "Conceptwoord" not in left
    assert gone.persons[0] not in left.replace(f"dropped {gone.persons[0]}", "")
    assert gone.dossier not in left.replace(f"dropped {gone.dossier}", "")
    assert "Anderconcept" in left and "Blijvers" in left
    with store.read() as conn:
        assert search.dossiers(conn, "weggaander") == frozenset()
        assert ids_of(conn, search.dossiers(conn, "blijvers")) == {stays.dossier}
    assert_healthy(store)


def test_nothing_is_left_in_the_files_of_the_database(store_file: StoreFile) -> None:
    store = store_file.open()
    gone = register(store, "Weggaander")
    remove(store, gone.dossier)
    assert store_file.path.with_name("store.db-wal").stat().st_size == 0
    store.close()


def test_what_was_done_in_it_cannot_be_undone_or_done_again(store: Store) -> None:
    stays = register(store, "Blijvers")
    gone = register(store, "Weggaander")
    store.undo()
    assert store.next_redo() is not None
    remove(store, gone.dossier)
    remove(store, gone.persons[0])
    assert store.redo() is None
    again = register(store, "Tweede")
    remove(store, again.dossier)
    undone = store.undo()
    assert undone is not None and undone.dossiers == {stays.dossier}
    assert store.undo() is None
    assert_healthy(store)
    assert "Weggaander" not in texts(store) and "Tweede" not in repr(contents(store)["r_dossier"])


def test_a_number_of_an_action_is_never_given_twice(store: Store) -> None:
    register(store, "Blijvers")
    gone = register(store, "Weggaander")
    with store.read() as conn:
        last = conn.exec_driver_sql("SELECT max(no) FROM j_action").scalar_one()
    for scope in (gone.dossier, gone.persons[0]):
        remove(store, scope)
    register(store, "Nieuw")
    with store.read() as conn:
        assert (
            conn.exec_driver_sql("SELECT min(no) FROM j_action WHERE no > ?", (last,)).scalar_one()
            == last + 1
        )
        fresh = conn.exec_driver_sql("SELECT count(*) FROM j_action WHERE no > ?", (last,)).scalar_one()
    assert fresh == 2


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Deeds on three families that share a person, in any order."""
    deed = st.tuples(
        st.sampled_from(["title", "alias", "note", "undo", "redo", "name", "seal"]),
        st.integers(0, 2),
        st.integers(0, 9),
    )
    return draw(st.lists(deed, max_size=14))


@settings(max_examples=25)
@given(deeds=histories(), which=st.integers(0, 5))
def test_other_scopes_stand_as_before(
    make_store_file: Callable[[str], StoreFile], deeds: list[tuple[str, int, int]], which: int
) -> None:
    store = make_store_file(new_id()).open()
    try:
        families = [register(store, f"Familie{no}") for no in range(3)]
        add(store, Membership(id=new_id(), scope=families[0].dossier, person=families[1].persons[0]))
        for what, no, value in deeds:
            do(store, families[no], what, value)
        scope = [*(one.dossier for one in families), *(one.persons[0] for one in families)][which]
        before = of_others(store, scope)
        remove(store, scope)
        assert of_others(store, scope) == before
        assert_healthy(store)
        while store.undo() is not None:
            pass
        while store.redo() is not None:
            pass
        assert_healthy(store)
        with store.read() as conn:
            assert (
                conn.exec_driver_sql("SELECT count(*) FROM j_stream WHERE scope = ?", (scope,)).scalar_one()
                == 0
            )
            rows = conn.exec_driver_sql(
                "SELECT count(*) FROM d_summary WHERE dossier = ?", (scope,)
            ).scalar_one()
            assert rows == 0
    finally:
        store.close()


def do(store: Store, family: Family, what: str, value: int) -> None:
    with store.read() as conn:
        dossier, person = read(conn, Dossier, family.dossier), read(conn, Person, family.persons[0])
    if what == "undo":
        store.undo()
    elif what == "redo":
        store.redo()
    elif what == "seal":
        store.seal()
    elif dossier is None or person is None:
        return
    elif what == "title":
        save(store, dossier, dossier.with_values(title=f"Titel{value}"))
    elif what == "name":
        save(store, person, person.with_values(family_name=f"Naam{value}"))
    elif what == "alias":
        add(store, Alias(id=new_id(), scope=person.id, family_name=f"Alias{value}"))
    else:
        add(store, OwnNote(id=new_id(), scope=dossier.id, body=f"Merk{value}"))


def of_others(store: Store, scope: str) -> dict[str, Any]:
    """What stands in tables, chains, index and lists of other scopes; the lists of families that name it may change."""
    with store.read() as conn:
        found: dict[str, Any] = {
            name: [row for row in rows if row[1] != scope]
            for name, rows in contents(store).items()
            if name[:2] == "r_"
        }
        found["streams"] = sorted(
            map(
                tuple,
                conn.exec_driver_sql(
                    "SELECT no, scope, compartment, device, seq, tip FROM j_stream WHERE scope <> ?", (scope,)
                ),
            )
        )
        found["index"] = sorted(
            map(
                tuple,
                conn.exec_driver_sql(f"{search.ALL_TEXTS} WHERE n.id <> ?", (scope,)),
            )
        )
        found["lists"] = sorted(
            conn.exec_driver_sql("SELECT dossier, title FROM d_summary WHERE dossier <> ?", (scope,)).all()
        )
    return found


# -- marks of what was destroyed --------------------------------------------------------------------------------------


def test_marks_from_outside_remove_what_a_backup_brought_back(store: Store) -> None:
    family, stays = register(store, "Weggaander"), register(store, "Blijvers")
    mark = destruction_mark(family.dossier)
    with store.local() as conn:
        assert removal.apply_marks(conn, {mark, "f" * 64}, AT) == {family.dossier}
        assert removal.apply_marks(conn, {mark, "f" * 64}, AT) == frozenset()
        assert removal.all_marks(conn) == {mark, "f" * 64}
    assert "Weggaander" not in repr(contents(store)["r_dossier"])
    assert_healthy(store)
    with store.read() as conn:
        assert stays.dossier not in removal.destroyed(conn) and family.dossier in removal.destroyed(conn)


def test_a_scope_known_by_its_mark_only_counts_as_destroyed(store: Store) -> None:
    scope = new_id()
    with store.local() as conn:
        removal.apply_marks(conn, {destruction_mark(scope)}, AT)
        assert scope in removal.destroyed(conn) and new_id() not in removal.destroyed(conn)


def test_how_far_this_device_wrote_stays_known_of_what_was_dropped(store: Store) -> None:
    family = register(store)
    assert isinstance(store.identity, DeviceIdentity)
    device = store.identity.writer.device_id
    with store.local() as conn:
        assert removal.dropped(conn) == frozenset()
        removal.drop_scope(conn, family.dossier)
        assert removal.dropped_up_to(conn, family.dossier, "kern", device) == 4
        assert removal.dropped_up_to(conn, family.dossier, "kern", "another") == 0
        assert removal.dropped_up_to(conn, family.persons[0], "kern", device) == 0
        assert removal.dropped(conn) == {family.dossier}
