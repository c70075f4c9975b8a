"""What officers can count on when they give each other families as a file."""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.content.pack import SHORT
from app.domain import clock, verbs
from app.domain.exchange_facts import GiveChoice, Hold, Trust
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Alias, Person
from app.domain.kinds.place import ContentPack
from app.domain.kinds.sensitive import HealthScan, OwnNote
from app.domain.record import Compartment, ScopeKind
from app.exchange.problem import NotForYou
from app.exchange.take_back import CannotTakeBack
from app.services import give, take
from app.services.dossier_export import CompartmentStays
from app.services.trust_problem import ReceiverNotTrusted, SenderNotTrusted
from app.storage import chain, project
from tests.support.package_case import ALL, USUAL, MadeFamily, Office, take_apart

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2_000)


def edit(office: Office, alias: Alias, name: str) -> None:
    """Change the alias as it stands here."""
    office.change(alias, family_name=name)


def alias_of(office: Office, family: MadeFamily) -> str | None:
    """The other name as it is shown here."""
    found = office.alias(family)
    return None if found is None else found.family_name


def open_differences(office: Office) -> list[tuple[str, str]]:
    """Record and field of each."""
    with office.desk.store.read() as conn:
        return [tuple(row) for row in conn.exec_driver_sql("SELECT rec, field FROM j_conflict")]


def whole(office: Office) -> None:
    """Tables are what the journal says, and every chain and seal holds."""
    with office.desk.store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()


def test_a_family_arrives_whole_and_is_found(anna: Office, bram: Office) -> None:
    family = anna.family()
    path = anna.give(bram, dossiers=(family.dossier,))
    seen = take.look(bram.session, path)
    assert seen.sender.name == "Anna" and seen.may_take and not seen.known
    assert [(one.title, one.new, one.persons) for one in seen.families] == [
        ("Verzonnen", True, ("Voorbeeld Verzonnen",))
    ]
    taken = take.accept(bram.session, path)
    assert taken.families == ("Verzonnen",) and taken.changes == seen.changes
    whole(bram)
    with bram.desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT title FROM d_summary").scalars().all() == ["Verzonnen"]
        assert conn.exec_driver_sql("SELECT count(*) FROM d_search_text").scalar_one() == 3
        assert conn.exec_driver_sql("SELECT count(*) FROM r_health_fact").scalar_one() == 0


def test_words_that_only_the_sender_had_are_known_at_once(anna: Office, bram: Office) -> None:
    pack = anna.session.content.packs["papieren"]
    older = json.dumps(dict(pack.data) | {"made_up": "older"}, ensure_ascii=False, sort_keys=True)
    hash_ = hashlib.sha256(older.encode()).hexdigest()
    code = next(iter(pack.items))
    assert bram.session.content.resolve(f"{hash_[:SHORT]}:{code}") is None
    place = anna.desk.place
    with anna.desk.store.write(verbs.FAMILY_REGISTERED) as uow:
        uow.add(ContentPack(id=new_id(), scope=place, name="papieren", hash=hash_, body=older))
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    found = bram.session.content.resolve(f"{hash_[:SHORT]}:{code}")
    assert found is not None and found.words == pack.items[code].words


def test_a_look_changes_not_one_byte_of_any_table(anna: Office, bram: Office) -> None:
    family = anna.family()
    path = anna.give(bram, dossiers=(family.dossier,))
    before = bram.tables()
    take.look(bram.session, path)
    assert bram.tables() == before


def test_a_preview_of_giving_changes_nothing_and_says_what_then_goes(anna: Office, bram: Office) -> None:
    family = anna.family()
    choice = GiveChoice(dossiers=(family.dossier,), receivers=(bram.desk.device,), compartments=USUAL)
    before = anna.tables()
    seen = give.preview(anna.session, choice)
    assert anna.tables() == before
    given = give.write(anna.session, choice, anna.folder)
    assert (seen.changes, seen.size_bytes) == (given.changes, given.size_bytes)
    assert seen.families[0].persons == (family.person,)


def test_the_same_file_twice_is_the_same_as_once(anna: Office, bram: Office) -> None:
    family = anna.family()
    path = anna.give(bram, dossiers=(family.dossier,))
    take.accept(bram.session, path)
    assert take.look(bram.session, path).known
    assert take.accept(bram.session, path).changes == 0
    whole(bram)


def test_two_changes_of_one_field_both_stand_until_somebody_chooses(anna: Office, bram: Office) -> None:
    family = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    edit(anna, family.alias, "Van Anna")
    edit(bram, family.alias, "Van Bram")
    seen = take.look(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    assert seen.differences == 1
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    assert open_differences(anna) == [(family.alias.id, "family_name")]
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    assert open_differences(bram) == open_differences(anna)
    assert alias_of(anna, family) == alias_of(bram, family)


def test_a_follow_up_carries_only_what_was_not_told_to_be_held(anna: Office, bram: Office) -> None:
    family = anna.family()
    first = anna.give(bram, dossiers=(family.dossier,))
    again = anna.given(bram, dossiers=(family.dossier,))
    assert again.changes == 4  # nothing was heard of: a lost stick leaves no hole
    take.accept(bram.session, first)
    receipt = give.receipt(bram.session, anna.desk.device, bram.folder)
    take.accept(anna.session, Path(receipt.files[0]))
    edit(anna, family.alias, "Anders")
    assert anna.given(bram, dossiers=(family.dossier,)).changes == 1


def test_three_colleagues_do_not_tell_each_other_for_ever_that_they_told_each_other(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    carla = office("Carla")
    for one in (anna, bram):
        one.desk.knows(carla.desk)
        carla.desk.knows(one.desk)
    family = anna.family()
    people = (anna, bram, carla)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    take.accept(carla.session, anna.give(carla, dossiers=(family.dossier,)))
    for _round in range(3):
        for sender in people:
            for receiver in people:
                if sender is not receiver:
                    take.accept(receiver.session, sender.give(receiver, dossiers=(family.dossier,)))
    path = anna.give(bram, dossiers=(family.dossier,))
    assert take_apart(path, bram).manifest["segments"] == []
    assert {holding.behind for holding in give.holdings(anna.session)} == {0}


def test_a_gap_keeps_only_that_family_out_and_a_full_file_fills_it(anna: Office, bram: Office) -> None:
    first, second = anna.family("Eerste"), anna.family("Tweede")
    both = (first.dossier, second.dossier)
    taken = take.accept(bram.session, anna.give(bram, dossiers=both))
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    take.take_back_file(bram.session, taken.number)
    take.accept(bram.session, anna.give(bram, dossiers=(second.dossier,), full=True))
    edit(anna, first.alias, "Nieuw")
    edit(anna, second.alias, "Nieuw")
    seen = take.look(bram.session, anna.give(bram, dossiers=both))
    holds = {family.title or family.dossier: family.holds for family in seen.families}
    assert holds == {first.dossier: frozenset({Hold.GAP}), "Tweede": frozenset()}
    take.accept(bram.session, anna.give(bram, dossiers=both, full=True))
    assert alias_of(bram, first) == alias_of(bram, second) == "Nieuw"
    whole(bram)


def test_families_are_accepted_one_by_one(anna: Office, bram: Office) -> None:
    first, second = anna.family("Eerste"), anna.family("Tweede")
    path = anna.give(bram, dossiers=(first.dossier, second.dossier))
    take.accept(bram.session, path, dossiers=frozenset({second.dossier}))
    assert alias_of(bram, first) is None and alias_of(bram, second) == "Tweede-ander"
    take.accept(bram.session, path)
    assert alias_of(bram, first) == "Eerste-ander"
    whole(bram)


def test_a_file_can_be_taken_back_until_something_was_written(anna: Office, bram: Office) -> None:
    known, family = anna.family("Bekend"), anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(known.dossier,)))
    before = bram.tables()
    path = anna.give(bram, dossiers=(family.dossier,))
    taken = take.accept(bram.session, path)
    assert taken.may_go_back
    take.take_back_file(bram.session, taken.number)
    after = bram.tables()
    for name in before:
        if name.startswith(("r_", "j_op", "j_action", "j_conflict", "d_summary")):
            assert after[name] == before[name], name
    whole(bram)
    taken = take.accept(bram.session, path)
    edit(bram, family.alias, "Van Bram")
    with pytest.raises(CannotTakeBack):
        take.take_back_file(bram.session, taken.number)
    assert alias_of(bram, family) == "Van Bram"


def test_nothing_goes_to_somebody_who_was_not_compared(anna: Office, office: Callable[[str], Office]) -> None:
    stranger, family = office("Onbekende"), anna.family()
    anna.desk.knows(stranger.desk, verified=False)
    before = anna.tables()
    with pytest.raises(ReceiverNotTrusted):
        anna.give(stranger, dossiers=(family.dossier,))
    assert anna.tables() == before
    assert not list(anna.folder.glob("*.regiemap*"))


def test_a_file_of_an_unknown_sender_can_be_looked_at_and_goes_no_further(
    anna: Office, office: Callable[[str], Office]
) -> None:
    carla, family = office("Carla"), anna.family()
    anna.desk.knows(carla.desk)
    path = anna.give(carla, dossiers=(family.dossier,))
    seen = take.look(carla.session, path)
    assert not seen.may_take and seen.sender.trust is Trust.UNVERIFIED
    before = carla.tables()
    with pytest.raises(SenderNotTrusted):
        take.accept(carla.session, path)
    assert carla.tables() == before


def test_only_who_was_chosen_can_open_a_file(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    carla, family = office("Carla"), anna.family()
    anna.desk.knows(carla.desk)
    carla.desk.knows(anna.desk)
    with pytest.raises(NotForYou):
        take.look(carla.session, anna.give(bram, dossiers=(family.dossier,)))


def test_a_relay_brings_what_others_wrote_with_their_own_seals(
    anna: Office, bram: Office, office: Callable[[str], Office]
) -> None:
    carla, family = office("Carla"), anna.family()
    bram.desk.knows(carla.desk)
    carla.desk.knows(bram.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    edit(bram, family.alias, "Van Bram")
    take.accept(carla.session, bram.give(carla, dossiers=(family.dossier,)))
    assert alias_of(carla, family) == "Van Bram"
    whole(carla)


def test_a_file_holds_no_byte_of_what_was_not_chosen(anna: Office, bram: Office) -> None:
    given, kept = anna.family("Gegeven"), anna.family("Achtergehouden")
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(OwnNote(id=new_id(), scope=given.dossier, body="EIGENMERK"))
        shielded = uow.new_scope(ScopeKind.PERSON)
        uow.add(Person(id=shielded, scope=shielded, family_name="AFGESCHERMDE"))
        uow.add(Membership(id=new_id(), scope=given.dossier, person=shielded))
        uow.add(Membership(id=new_id(), scope=kept.dossier, person=shielded, shielded=1))
    path = anna.give(bram, dossiers=(given.dossier,))
    opened = take_apart(path, bram)
    text = repr(opened.manifest) + repr(opened.ops)
    assert "Gegeven" in text
    for marker in (
        "Achtergehouden",
        "EIGENMERK",
        "AFGESCHERMDE",
        "Gegeven-gezond",
        kept.dossier,
        kept.person,
    ):
        assert marker not in text, marker
    with pytest.raises(CompartmentStays):
        anna.give(bram, dossiers=(given.dossier,), parts=frozenset({Compartment.EIGEN}))


def test_scans_go_along_once_and_only_with_their_part(anna: Office, bram: Office) -> None:
    family = anna.family()
    assert anna.desk.store.scans is not None and bram.desk.store.scans is not None
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        key = uow.conn.exec_driver_sql(
            "SELECT key FROM r_scope WHERE scope = ?", (family.person,)
        ).scalar_one()
        blob = anna.desk.store.scans.add(uow.conn, family.person, bytes.fromhex(key), PNG)
        uow.add(HealthScan(id=new_id(), scope=family.person, title="Scan", blob=blob))
    assert anna.given(bram, dossiers=(family.dossier,)).scans == 0
    path = anna.give(bram, dossiers=(family.dossier,), parts=ALL)
    assert list(take_apart(path, bram).blobs) == [blob]
    assert anna.given(bram, dossiers=(family.dossier,), parts=ALL, scans=False).scans == 0
    taken = take.accept(bram.session, path)
    with bram.desk.store.read() as conn:
        assert bram.desk.store.scans.read(conn, blob) == PNG
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    assert anna.given(bram, dossiers=(family.dossier,), parts=ALL).scans == 0
    take.take_back_file(bram.session, taken.number)
    assert not list((bram.folder / "blobs").glob("*/*"))


def test_a_value_that_was_taken_out_goes_everywhere(anna: Office, bram: Office) -> None:
    family = anna.family("Verzonnen")
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    anna.desk.store.redact(family.alias.id, frozenset({"family_name"}))
    path = anna.give(bram, dossiers=(family.dossier,), full=True)
    assert "Verzonnen-ander" not in repr(take_apart(path, bram).ops)
    taken = take.accept(bram.session, path)
    assert not taken.may_go_back
    assert alias_of(bram, family) is None
    whole(bram)
    with bram.desk.store.read() as conn:
        sql = "SELECT count(*) FROM j_op WHERE cells LIKE '%Verzonnen-ander%'"
        assert conn.exec_driver_sql(sql).scalar_one() == 0


def test_a_clock_that_is_far_ahead_is_told_and_not_taken_over(
    anna: Office, bram: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = anna.family()
    later = time.time_ns() + 73 * 365 * 24 * 3600 * 10**9
    with monkeypatch.context() as patch:
        patch.setattr(clock, "time", SimpleNamespace(time_ns=lambda: later))
        edit(anna, family.alias, "Uit 2099")
        path = anna.give(bram, dossiers=(family.dossier,))
    assert take.look(bram.session, path).clock_ahead
    take.accept(bram.session, path)
    with bram.desk.store.read() as conn:
        hlc = conn.exec_driver_sql("SELECT hlc FROM j_clock").scalar_one()
    assert (hlc >> 16) < later // 1_000_000 - 10**9
    edit(bram, family.alias, "Van nu")
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    assert alias_of(anna, family) == "Van nu" and open_differences(anna) == []
