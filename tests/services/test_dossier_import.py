"""Taking a file in where the store knows its dossiers already (settled rule 12)."""

import hashlib
import json
from typing import Any

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Handover
from app.domain.kinds.person import Alias, Person
from app.files.dossier_json_problem import FileRefused, KnownAsOther, MainRecordMissing, ScopeDestroyed
from app.services.import_merge import Skip
from app.services.session import Session
from app.storage.problem import ReadOnlyStore
from app.storage.project import differences
from app.storage.uow import read
from tests.support.dossier_files import EXAMPLE, changed, into, out_of, preview, record_in
from tests.support.family import Family, add, person_of, register, save
from tests.support.made_up_record import id_of
from tests.support.store_fixture import StoreFile


@pytest.fixture
def family(session: Session) -> Family:
    return register(session.store)


def person(session: Session, family: Family) -> Person:
    return person_of(session.store, family.persons[0])


def call_name(value: str | None, *, was: bool = True) -> Any:
    """A change to the call name of the first person in a file."""

    def change(data: Any) -> None:
        record = record_in(data, "person")
        record["fields"]["call_name"] = value
        if not was:
            del record["was"]

    return change


def open_cells(session: Session) -> list[tuple[str, str]]:
    with session.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT rec, field FROM j_conflict ORDER BY rec, field").all()
        assert differences(conn) == []
    return [(record, field) for record, field in rows]


def test_an_unchanged_file_changes_nothing(session: Session, family: Family) -> None:
    report = into(session, out_of(session))
    assert not report.written
    assert report.unchanged == 3
    assert (report.changed, report.conflicts, report.new_records) == ((), (), 0)


def test_what_differs_from_the_earlier_state_is_an_edit(session: Session, family: Family) -> None:
    report = into(session, changed(out_of(session), call_name("Arm")))
    assert person(session, family).call_name == "Arm"
    assert [(change.field, change.here, change.file) for change in report.changed] == [
        ("call_name", None, "Arm")
    ]
    assert open_cells(session) == []


def test_null_empties_a_field_that_was_filled(session: Session, family: Family) -> None:
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Arm"))
    into(session, changed(out_of(session), call_name(None)))
    assert person(session, family).call_name is None


def test_a_field_that_is_missing_in_the_file_is_left_alone(session: Session, family: Family) -> None:
    def leave_out(data: Any) -> None:
        record_in(data, "person")["fields"].pop("given_names")

    report = into(session, changed(out_of(session), leave_out))
    assert not report.written
    assert person(session, family).given_names == "Armen"


def test_what_changed_here_meanwhile_stands_beside_the_edit(session: Session, family: Family) -> None:
    file = changed(out_of(session), call_name("Uit bestand"))
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Van hier"))
    told: list[object] = []
    session.store.listen(lambda change: told.extend(change.moved))
    report = into(session, file)
    assert [change.here for change in report.conflicts] == ["Van hier"]
    assert open_cells(session) == [(family.persons[0], "call_name")]
    assert len(told) == 1


def test_the_same_change_on_both_sides_is_no_difference(session: Session, family: Family) -> None:
    file = changed(out_of(session), call_name("Arm"))
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Arm"))
    assert not into(session, file).written
    assert open_cells(session) == []


@pytest.mark.parametrize("meanwhile", [None, "Van hier"])
def test_a_file_taken_in_twice_changes_nothing_more(
    session: Session, family: Family, meanwhile: str | None
) -> None:
    file = changed(out_of(session), call_name("Uit bestand"))
    if meanwhile is not None:
        before = person(session, family)
        save(session.store, before, before.with_values(call_name=meanwhile))
    into(session, file)
    cells = open_cells(session)
    assert not into(session, file).written
    assert open_cells(session) == cells


def test_an_old_file_does_not_bring_back_what_was_replaced_since(session: Session, family: Family) -> None:
    file = changed(out_of(session), call_name("Uit bestand"))
    into(session, file)
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Nieuwer"))
    assert not into(session, file).written
    assert person(session, family).call_name == "Nieuwer"


def test_going_back_to_an_older_value_is_an_edit_too(session: Session, family: Family) -> None:
    for value in ("Eerst", "Toen"):
        before = person(session, family)
        save(session.store, before, before.with_values(call_name=value))
    file = changed(out_of(session), call_name("Eerst"))
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Daarna"))
    assert [(change.here, change.file) for change in into(session, file).conflicts] == [("Daarna", "Eerst")]


def test_clearing_a_field_is_an_edit_also_after_it_changed_here(session: Session, family: Family) -> None:
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Eerst"))
    file = changed(out_of(session), call_name(None))
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Daarna"))
    assert [change.file for change in into(session, file).conflicts] == [None]


def test_without_an_earlier_state_only_empty_fields_are_filled(session: Session, family: Family) -> None:
    def change(data: Any) -> None:
        record = record_in(data, "person")
        del record["was"]
        record["fields"] |= {"call_name": "Arm", "given_names": "Anders"}

    file = changed(out_of(session), change)
    report = into(session, file)
    found = person(session, family)
    assert (found.call_name, found.given_names) == ("Arm", "Armen")
    assert [(skip.field, skip.why) for skip in report.skipped] == [("given_names", Skip.FILLED_HERE)]


def test_overwriting_when_asked_for(session: Session, family: Family) -> None:
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Van hier"))
    file = changed(out_of(session), call_name("Uit bestand", was=False))
    assert [change.here for change in preview(session, file, overwrite=True).changed] == ["Van hier"]
    into(session, file, overwrite=True)
    assert person(session, family).call_name == "Uit bestand"
    assert open_cells(session) == []


def test_a_record_removed_here_stays_removed_unless_the_file_changed_it(
    session: Session, family: Family
) -> None:
    alias = Alias(id=new_id(), scope=family.persons[0], family_name="Eerder")
    add(session.store, alias)
    file = out_of(session)
    with session.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    report = into(session, file)
    assert [skip.why for skip in report.skipped] == [Skip.REMOVED_HERE]

    def edit(data: Any) -> None:
        record_in(data, "alias")["fields"]["family_name"] = "Toch anders"

    report = into(session, changed(file, edit))
    assert [change.field for change in report.conflicts] == ["family_name"]
    assert (alias.id, "_del") in open_cells(session)


def test_a_value_that_was_taken_out_does_not_come_back(session: Session, family: Family) -> None:
    alias = Alias(id=new_id(), scope=family.persons[0], family_name="Geheim")
    add(session.store, alias)
    file = out_of(session)
    session.store.redact(alias.id, frozenset({"family_name"}))

    def without_state(data: Any) -> None:
        del record_in(data, "alias")["was"]

    assert not into(session, file).written
    report = into(session, changed(file, without_state), overwrite=True)
    assert [skip.why for skip in report.skipped] == [Skip.TAKEN_OUT]
    assert b"Geheim" not in out_of(session)


def test_a_record_that_was_removed_and_taken_out_stays_away_whatever_the_file_says(
    session: Session, family: Family
) -> None:
    alias = Alias(id=new_id(), scope=family.persons[0], family_name="Geheim", source="Paspoort")
    add(session.store, alias)
    file = out_of(session)
    with session.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    session.store.redact(alias.id, frozenset({"family_name"}))

    def edit(data: Any) -> None:
        record_in(data, "alias")["fields"]["source"] = "Elders"

    assert not into(session, changed(file, edit)).written


def kept_packs(session: Session) -> list[str]:
    with session.store.read() as conn:
        return [name for (name,) in conn.exec_driver_sql("SELECT name FROM r_content_pack ORDER BY name")]


def test_packs_are_kept_once_however_they_are_named(session: Session, other_session: Session) -> None:
    into(session, EXAMPLE)
    assert kept_packs(session) == ["basis", "fasen", "gesprek", "landen", "reisdocument", "vertrek"]
    before = kept_packs(session)
    into(other_session, out_of(session))
    assert kept_packs(other_session) == before


def test_an_edit_keeps_the_pack_that_it_names(session: Session, family: Family) -> None:
    def edit(data: Any) -> None:
        record_in(data, "person")["fields"]["sex"] = "basis:geslacht.v"

    file = changed(out_of(session), edit)
    assert kept_packs(session) == ["papieren"]  # the export was written down
    into(session, file)
    assert kept_packs(session) == ["basis", "papieren"]


def test_an_older_pack_comes_along_and_gives_its_words(session: Session, family: Family) -> None:
    text = json.dumps({"pack": {"name": "basis"}, "choice": [{"code": "geslacht.oud", "nl": "Oud woord"}]})
    digest = hashlib.sha256(text.encode()).hexdigest()

    def edit(data: Any) -> None:
        record_in(data, "person")["fields"]["sex"] = f"{digest[:16]}:geslacht.oud"
        data["packs"].append({"name": "basis", "hash": digest, "content": text})

    into(session, changed(out_of(session), edit))
    assert session.content.label(person(session, family).sex) == "Oud woord"
    assert digest.encode() in out_of(session)


def test_a_cell_in_dispute_is_left_out_of_a_file(session: Session, family: Family) -> None:
    file = changed(out_of(session), call_name("Uit bestand"))
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Van hier"))
    into(session, file)
    later = out_of(session)
    assert b"Uit bestand" not in later
    assert b"Van hier" not in later
    assert not into(session, later).written


def test_records_that_never_change_are_left_as_they_are(session: Session, family: Family) -> None:
    add(session.store, Handover(id=new_id(), scope=family.dossier, reason="Eerst"))

    def edit(data: Any) -> None:
        record_in(data, "handover")["fields"]["reason"] = "Anders"

    report = into(session, changed(out_of(session), edit))
    assert [skip.why for skip in report.skipped] == [Skip.NEVER_CHANGED]
    assert not report.written


def test_a_new_record_in_a_known_dossier(session: Session, family: Family) -> None:
    def grow(data: Any) -> None:
        item = {
            "kind": "alias",
            "id": id_of("alias"),
            "scope": family.persons[0],
            "fields": {"native": "Արմեն"},
        }
        data["records"].append(item)

    report = into(session, changed(out_of(session), grow))
    assert report.new_records == 1
    with session.store.read() as conn:
        found = read(conn, Alias, id_of("alias"))
    assert found is not None
    assert found.native == "Արմեն"


def test_the_preview_says_the_same_and_changes_not_one_byte(
    session: Session, family: Family, store_file: StoreFile
) -> None:
    file = changed(out_of(session), call_name("Uit bestand"))
    before = person(session, family)
    save(session.store, before, before.with_values(call_name="Van hier"))
    files = sorted(store_file.path.parent.glob("store.db*"))
    bytes_before = [path.read_bytes() for path in files if not path.name.endswith("-shm")]
    seen = preview(session, file)
    assert [path.read_bytes() for path in files if not path.name.endswith("-shm")] == bytes_before
    done = into(session, file)
    assert (seen.written, done.written) == (False, True)
    assert (seen.changed, seen.conflicts, seen.new_records) == (
        done.changed,
        done.conflicts,
        done.new_records,
    )


def test_undo_takes_an_import_back_and_a_second_import_does_it_again(
    session: Session, other_session: Session, family: Family
) -> None:
    file = out_of(session)
    into(other_session, file)
    change = other_session.store.undo()
    assert change is not None
    assert change.left == ()
    with other_session.store.read() as conn:
        assert read(conn, Person, family.persons[0]) is None
        assert conn.exec_driver_sql("SELECT count(*) FROM d_summary").scalar() == 0
    report = into(other_session, file)
    assert report.new_dossiers == (family.dossier,)
    assert report.new_persons == family.persons
    assert out_of(other_session) == file
    assert other_session.store.undo() is not None
    assert other_session.store.redo() is not None
    assert out_of(other_session) == file


def test_undo_of_edits(session: Session, family: Family) -> None:
    file = out_of(session)
    into(session, changed(file, call_name("Arm")))
    change = session.store.undo()
    assert change is not None
    assert change.left == ()
    assert out_of(session) == file


def test_a_destroyed_dossier_does_not_come_back(
    session: Session, other_session: Session, family: Family
) -> None:
    file = out_of(session)
    with other_session.store.local() as conn:
        conn.exec_driver_sql("INSERT INTO l_destroyed(scope, at) VALUES(?, 0)", (family.dossier,))
    with pytest.raises(FileRefused) as refused:
        into(other_session, file)
    (found,) = refused.value.found
    assert (found.path, type(found.problem)) == ("scopes[0]", ScopeDestroyed)


def test_an_id_that_is_something_else_here_is_refused(session: Session, family: Family) -> None:
    def confuse(data: Any) -> None:
        item = record_in(data, "membership")
        item |= {"kind": "contact", "fields": {"name": "Wie"}}
        del item["was"]

    report = preview(session, changed(out_of(session), confuse))
    assert [type(found.problem) for found in report.problems] == [KnownAsOther]


def test_a_new_scope_needs_its_own_record(session: Session, other_session: Session, family: Family) -> None:
    def drop(data: Any) -> None:
        data["records"].remove(record_in(data, "person"))

    report = preview(other_session, changed(out_of(session), drop))
    assert [type(found.problem) for found in report.problems] == [MainRecordMissing]


def test_a_second_program_does_not_take_in(session: Session, family: Family) -> None:
    file = out_of(session)
    session.store.read_only = True
    with pytest.raises(ReadOnlyStore):
        into(session, file)


def test_members_are_listed_after_an_import(session: Session, other_session: Session, family: Family) -> None:
    into(other_session, out_of(session))
    with other_session.store.read() as conn:
        row = conn.exec_driver_sql("SELECT title, adults + children + age_unknown FROM d_summary").one()
        members = conn.exec_driver_sql("SELECT count(*) FROM r_membership").scalar()
        scopes = conn.exec_driver_sql("SELECT kind FROM r_scope WHERE kind <> 'plaats' ORDER BY kind").all()
    assert tuple(row) == ("Hakobyan", 1)
    assert members == 1
    assert [kind for (kind,) in scopes] == ["dossier", "person"]
