"""A file that lies: refused whole, or set apart, with one sentence; and not a byte changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.canon import tip_message
from app.domain.clock import moment_text
from app.domain.exchange_facts import Hold
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.domain.kinds.place import Access, Redaction, Scope
from app.domain.record import KINDS, Compartment, Kind, ScopeKind, kind_of
from app.exchange import set_apart, trust
from app.exchange.problem import (
    DamagedPackage,
    DangerousPackage,
    ExchangeProblem,
    ForkedPackage,
    NewerPackage,
    NotForYou,
    WrongSignature,
)
from app.services import clear_up, take
from app.services.take import SenderNotTrusted
from app.storage import chain, journal, project, redaction
from app.storage.engine import open_engines
from app.storage.journal import NewOp
from app.storage.store import Store
from app.storage.uow import read
from tests.support.package_case import ALL, MadeFamily, Office, Opened, take_apart
from tests.support.store_fixture import test_key


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """Anna's."""
    return anna.family()


@pytest.fixture
def opened(anna: Office, bram: Office, family: MadeFamily) -> Opened:
    """A package for Bram, taken apart."""
    return take_apart(anna.give(bram, dossiers=(family.dossier,), parts=ALL), bram)


def refused(bram: Office, path: Path, problem: type[Exception]) -> None:
    """Looking and taking refuse alike, and nothing changes."""
    before = bram.tables()
    with pytest.raises(problem):
        take.look(bram.session, path)
    with pytest.raises(problem):
        take.accept(bram.session, path)
    assert bram.tables() == before


Forge = Callable[[Opened], None]


def _value(opened: Opened) -> None:
    line = next(line for line in opened.ops if line[0] == "alias")
    line[4]["family_name"] = "Een ander verhaal"


def _parent(opened: Opened) -> None:
    line = next(line for line in opened.ops if line[0] == "alias")
    line[5] = {"family_name": [[0, 999]]}


def _clock(opened: Opened) -> None:
    next(line for line in opened.ops if line[0] == "a")[4] += 1


def _officer(opened: Opened) -> None:
    next(line for line in opened.ops if line[0] == "a")[3] = "0" * 32


def _left_out(opened: Opened) -> None:
    opened.ops = [line for line in opened.ops if line[0] != "alias"]
    for segment in opened.manifest["segments"]:
        segment[4] = max(segment[3] + 1, segment[4] - 1)


def _twice(opened: Opened) -> None:
    at = next(no for no, line in enumerate(opened.ops) if line[0] == "alias")
    opened.ops.insert(at, list(opened.ops[at]))


def _other_stream(opened: Opened) -> None:
    one, other = opened.manifest["segments"][-1], opened.manifest["segments"][-2]
    one[5:], other[5:] = other[5:], one[5:]


def _tip(opened: Opened) -> None:
    opened.manifest["segments"][0][5] = "00" * 32


def _scope(opened: Opened) -> None:
    opened.manifest["scopes"][-1][0] = new_id()


@pytest.mark.parametrize(
    "forge", [_value, _parent, _clock, _officer, _left_out, _twice, _other_stream, _tip, _scope]
)
def test_what_others_signed_cannot_be_changed_by_who_passes_it_on(
    anna: Office,
    bram: Office,
    office: Callable[[str], Office],
    family: MadeFamily,
    forge: Forge,
    tmp_path: Path,
) -> None:
    carla = office("Carla")
    bram.desk.knows(carla.desk)
    carla.desk.knows(bram.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    passed_on = take_apart(bram.give(carla, dossiers=(family.dossier,)), carla)
    forge(passed_on)
    refused(carla, passed_on.pack(bram, tmp_path / "forged.regiemap", carla), ExchangeProblem)


def _hostile(change: Callable[[list[object]], None]) -> Forge:
    def forge(opened: Opened) -> None:
        change(next(line for line in opened.ops if line[0] == "alias"))

    return forge


def _set(at: int, value: object) -> Forge:
    def change(line: list[object]) -> None:
        line[at] = value

    return _hostile(change)


def _cell(name: str, value: object) -> Forge:
    def change(line: list[object]) -> None:
        line[4][name] = value  # type: ignore[index]

    return _hostile(change)


@pytest.mark.parametrize(
    "forge",
    [
        _set(0, "health_fact"),
        _set(0, "x'); DROP TABLE r_person; --"),
        _set(0, ["alias"]),
        _set(1, "../../etc/passwd"),
        _set(1, None),
        _set(2, -1),
        _set(2, 10**6),
        _set(2, True),
        _set(3, "00"),
        _set(3, {"salts": {}, "gone": {}}),
        _set(3, {"salts": {"family_name": "zz"}, "gone": {}}),
        _set(3, None),
        _set(4, []),
        _set(4, {}),
        _set(4, {'family_name" = 1; --': "x"}),
        _set(5, {"family_name": [[99, 1]]}),
        _set(5, {"family_name": [[0, -1]]}),
        _set(5, {"family_name": "x"}),
        _set(5, []),
        _cell("family_name", 7),
        _cell("family_name", {"a": 1}),
        _cell("family_name", True),
        _cell("family_name", "x" * 3_000_000),
        _cell("since", "gisteren"),
        _cell("since", "2026-02-30"),
        _cell("kind", "geen code"),
        _cell("_del", 2),
        _cell("_del", "1"),
    ],
)
def test_a_line_that_no_program_writes_is_refused(
    anna: Office, bram: Office, opened: Opened, forge: Forge, tmp_path: Path
) -> None:
    forge(opened)
    refused(bram, opened.pack(anna, tmp_path / "forged.regiemap", bram), ExchangeProblem)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"[",
        b"[1.5]\n",
        b'["a"]\n',
        b"[" * 10_000 + b"]" * 10_000 + b"\n",
        b'{"a":1}\n',
        b"\xff\xfe\n",
        b'["a","x","y","z",NaN]\n',
    ],
)
def test_ops_that_are_no_lines_are_refused(
    anna: Office, bram: Office, opened: Opened, data: bytes, tmp_path: Path
) -> None:
    refused(bram, opened.pack_raw(anna, tmp_path / "forged.regiemap", data, bram), ExchangeProblem)


def _manifest(name: str, value: object) -> Forge:
    def forge(opened: Opened) -> None:
        opened.manifest[name] = value

    return forge


def _segment(at: int, value: object) -> Forge:
    def forge(opened: Opened) -> None:
        opened.manifest["segments"][0][at] = value

    return forge


def _double(opened: Opened) -> None:
    opened.manifest["segments"].append(list(opened.manifest["segments"][0]))


@pytest.mark.parametrize(
    "forge",
    [
        _manifest("devices", []),
        _manifest("devices", [["0" * 64, "0" * 64, None, None]]),
        _manifest("kind", "program"),
        _manifest("made", "gisteren"),
        _manifest("id", 7),
        _manifest("no", -1),
        _manifest("hlc", 2**70),
        _manifest("scopes", [["0" * 32, "person"], ["0" * 32, "person"]]),
        _manifest("kinds", {"alias": ["x"]}),
        _manifest("kinds", {"../x": []}),
        _manifest("segments", 1),
        _segment(0, 10**9),
        _segment(1, "eigen"),
        _segment(1, "../../kern"),
        _segment(2, -1),
        _segment(3, 10**18),
        _segment(4, 0),
        _segment(4, 10**6),
        _segment(6, "zz"),
        _double,
    ],
)
def test_a_manifest_that_is_none_is_refused(
    anna: Office, bram: Office, opened: Opened, forge: Forge, tmp_path: Path
) -> None:
    forge(opened)
    refused(bram, opened.pack(anna, tmp_path / "forged.regiemap", bram), ExchangeProblem)


def test_a_newer_format_is_refused_with_its_version(
    anna: Office, bram: Office, opened: Opened, tmp_path: Path
) -> None:
    opened.manifest["min_reader"] = 2
    opened.manifest["program"] = "9.4"
    path = opened.pack(anna, tmp_path / "newer.regiemap", bram)
    refused(bram, path, NewerPackage)
    with pytest.raises(NewerPackage) as problem:
        take.look(bram.session, path)
    assert problem.value.params == {"version": "9.4"}


def test_a_hash_or_count_that_does_not_fit_is_damage(
    anna: Office, bram: Office, opened: Opened, tmp_path: Path
) -> None:
    for at, value in ((1, 1), (2, "0" * 64), (3, 1)):
        forged = Opened(opened.manifest | {"ops": [list(opened.manifest["ops"][0])]}, opened.ops)
        forged.manifest["ops"][0][at] = value
        path = forged.pack(anna, tmp_path / f"forged-{at}.regiemap", bram, honest=False)
        refused(bram, path, ExchangeProblem)


def test_a_file_for_somebody_else_cannot_be_put_in_a_new_envelope(
    anna: Office, bram: Office, office: Callable[[str], Office], opened: Opened, tmp_path: Path
) -> None:
    carla = office("Carla")
    carla.desk.knows(anna.desk)
    refused(carla, opened.pack(anna, tmp_path / "rewrapped.regiemap", carla), NotForYou)


def test_a_sender_cannot_be_put_on(
    anna: Office, bram: Office, office: Callable[[str], Office], opened: Opened, tmp_path: Path
) -> None:
    mallory = office("Malory")
    refused(bram, opened.pack(mallory, tmp_path / "posed.regiemap", bram), WrongSignature)


def test_a_part_cannot_be_slipped_into_another(
    anna: Office, bram: Office, opened: Opened, family: MadeFamily, tmp_path: Path
) -> None:
    """A health fact said to be core would travel on with the core."""
    segment = opened.segment(family.person, "gezondheid")
    kern = opened.segment(family.person, "kern")
    segment[1], kern[1] = "kern", "gezondheid"
    refused(bram, opened.pack(anna, tmp_path / "forged.regiemap", bram), DangerousPackage)


def test_a_record_of_another_family_cannot_be_written_through_its_id(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    """Carla may write her own family; an op there that names Anna's record must not reach Anna's family."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    own = carla.family("Van Carla")
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(replace(family.alias, scope=own.person, family_name="Overgeschreven"))
    path = carla.give(bram, dossiers=(own.dossier,))
    refused(bram, path, DangerousPackage)
    with bram.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
    assert found is not None and found.family_name == "Verzonnen-ander"


def test_who_was_not_let_in_is_set_apart_and_comes_in_once_let_in(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    """Bram passes on what Carla wrote; Anna never heard that Carla may, until Bram's own word comes along."""
    carla = office("Carla")
    for one, other in ((bram, carla), (carla, bram), (anna, carla), (carla, anna)):
        one.desk.knows(other.desk)
    take.accept(carla.session, anna.give(carla, dossiers=(family.dossier,)))
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.save(found, found.with_values(family_name="Van Carla"))
    dave = office("Dave")
    for one, other in ((carla, dave), (dave, carla), (dave, anna), (anna, dave)):
        one.desk.knows(other.desk)
    take.accept(dave.session, carla.give(dave, dossiers=(family.dossier,)))
    with dave.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.save(found, found.with_values(source="Van Dave"))
    whole = take_apart(dave.give(anna, dossiers=(family.dossier,)), anna)
    named = {row[0]: no for no, row in enumerate(whole.manifest["devices"])}
    without = whole.without(lambda segment: segment[2] == named[carla.desk.device])
    path = without.pack(dave, dave.folder / "zonder.regiemap", anna)
    seen = take.look(anna.session, path)
    assert seen.set_apart and any(Hold.NO_ACCESS in one.holds for one in seen.families)
    take.accept(anna.session, path)
    with anna.desk.store.read() as conn:
        assert [kept.key.device for kept in set_apart.all_of(conn)] == [dave.desk.device] * len(
            set_apart.all_of(conn)
        )
        found = read(conn, Alias, family.alias.id)
        assert found is not None and found.source is None
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()
    take.accept(anna.session, dave.give(anna, dossiers=(family.dossier,), full=True))
    with anna.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
        assert found is not None and (found.family_name, found.source) == ("Van Carla", "Van Dave")
        assert set_apart.all_of(conn) == ()
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_a_device_cannot_let_itself_in(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    carla = office("Carla")
    carla.desk.knows(bram.desk, anna.desk)
    anna.desk.knows(carla.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    bram.desk.knows(carla.desk)
    passed = take_apart(bram.give(carla, dossiers=(family.dossier,)), carla)
    # Bram's word that Carla may is left out: she only has what Anna wrote
    own = passed.without(lambda segment: segment[2] == 0)
    take.accept(carla.session, own.pack(bram, carla.folder / "zonder.regiemap", carla))
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        now = moment_text(carla.session.now())
        uow.add(Access(id=new_id(), scope=family.person, device=carla.desk.device, from_at=now))
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.save(found, found.with_values(family_name="Ongevraagd"))
    seen = take.look(anna.session, carla.give(anna, dossiers=(family.dossier,)))
    assert seen.set_apart and seen.changes == 0


def test_a_device_cannot_make_itself_the_maker(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    """Who writes the record of a scope is not its maker for that."""
    carla = office("Carla")
    carla.desk.knows(bram.desk, anna.desk)
    anna.desk.knows(carla.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    bram.desk.knows(carla.desk)
    own = take_apart(bram.give(carla, dossiers=(family.dossier,)), carla).without(
        lambda segment: segment[2] == 0
    )
    take.accept(carla.session, own.pack(bram, carla.folder / "zonder.regiemap", carla))
    with carla.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.add(
            Scope(id=new_id(), scope=family.person, kind="person", made_by=anna.desk.device, key="00" * 16)
        )
        uow.save(found, found.with_values(family_name="Ongevraagd"))
    seen = take.look(anna.session, carla.give(anna, dossiers=(family.dossier,)))
    assert seen.set_apart and seen.changes == 0


def test_a_laptop_that_wrote_on_in_two_copies_is_told_from_a_changed_file(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    """Both histories are signed by the same device, and one does not follow on the other."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    copied = anna.folder / "copied.db"
    anna.desk.store.empty_log()
    shutil.copy(anna.folder / "store.db", copied)
    _rename(anna, family, "De ene")
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    other = _opened_copy(anna, copied)
    for name in ("De andere", "Nog eens"):
        _rename(other, family, name)
    path = other.give(bram, dossiers=(family.dossier,))
    other.desk.store.close()
    seen = take.look(bram.session, path)
    assert all(Hold.FORK in coming.holds for coming in seen.families)
    opened = take_apart(path, bram)  # and where the file alone cannot tell by its ends
    dossier = [row[0] for row in opened.manifest["scopes"]].index(family.dossier)
    person = opened.without(lambda segment: segment[0] == dossier)
    refused(bram, person.pack(anna, anna.folder / "person.regiemap", bram), ForkedPackage)


def test_taking_a_value_out_reaches_no_other_family(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    own = carla.family("Van Carla")
    with bram.desk.store.read() as conn:
        named = redaction.named_ops(conn, family.alias.id, {"family_name"})
    with carla.desk.store.write(verbs.REDACTED) as uow:
        for text in (named, "geen lijst", "[[1]]"):
            made = Redaction(
                id=new_id(), scope=own.person, record=family.alias.id, fields="family_name", ops=text
            )
            uow.add(made)
    take.accept(bram.session, carla.give(bram, dossiers=(own.dossier,)))
    with bram.desk.store.read() as conn:
        found = read(conn, Alias, family.alias.id)
    assert found is not None and found.family_name == "Verzonnen-ander"


def _rename(office: Office, family: MadeFamily, name: str) -> None:
    with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.save(found, found.with_values(family_name=name))


def _opened_copy(anna: Office, path: Path) -> Office:
    """The same laptop a second time, as nobody noticed."""
    engines = open_engines(path, test_key())
    store = Store(engines.writer, engines.reader, anna.desk.identity)
    store.place, store.packs = anna.desk.place, anna.desk.store.packs
    return Office(replace(anna.desk, store=store), replace(anna.session, store=store), anna.folder)


def forked_file(anna: Office, bram: Office, family: MadeFamily) -> Path:
    """Anna's laptop was copied by hand and wrote on under one name; Bram has one history, this is the other."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Alias, family.alias.id)
        assert found is not None
        uow.save(found, found.with_values(family_name="De ene"))
    one = take_apart(anna.give(bram, dossiers=(family.dossier,), full=True), bram)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    segment = one.segment(family.person, "kern")
    device = anna.desk.device
    segment[5] = "11" * 32
    message = tip_message(family.person, "kern", device, segment[4], bytes.fromhex(segment[5]))
    segment[6] = anna.desk.identity.sign(message).hex()
    return one.pack(anna, anna.folder / "fork.regiemap", bram)


def test_a_fork_is_told_and_keeps_the_family_out(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = forked_file(anna, bram, family)
    seen = take.look(bram.session, path)
    assert all(Hold.FORK in coming.holds for coming in seen.families)
    before = {name: rows for name, rows in bram.tables().items() if name.startswith("r_")}
    take.accept(bram.session, path)
    assert {name: rows for name, rows in bram.tables().items() if name.startswith("r_")} == before


@pytest.mark.parametrize("code", ["settled", "reject"])
def test_a_fork_is_answered_by_new_keys_or_by_trusting_no_more(
    anna: Office, bram: Office, family: MadeFamily, code: str
) -> None:
    take.accept(bram.session, forked_file(anna, bram, family))
    (matter,) = clear_up.matters(bram.session)
    assert (matter.kind, matter.words, matter.suggestion) == ("fork", "Anna", "")
    assert "nieuwe sleutels" in matter.explanation
    codes = {answer.code.partition("-")[0]: answer.code for answer in matter.answers}
    assert set(codes) == {"settled", "reject"}
    clear_up.answer(bram.session, matter.id, codes[code])
    assert clear_up.matters(bram.session) == ()
    with bram.desk.store.read() as conn:
        assert trust.colleague(conn, anna.desk.device).trust.trusted is (code == "settled")


def test_a_fork_of_this_laptop_is_answered_by_new_keys_here(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    """What came back to Anna under her own name, and she never wrote here."""
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    counts = {"forks": [family.dossier], "fork_devices": [anna.desk.device]}
    with anna.desk.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_import(package, at, sender, made_at, dossiers, counts, lasting)"
            " VALUES('x', 1, ?, '', '[]', ?, 0)",
            (bram.desk.device, json.dumps(counts, separators=(",", ":"))),
        )
    (matter,) = clear_up.matters(anna.session)
    assert matter.words == "deze laptop" and [answer.code for answer in matter.answers] == ["new-keys"]
    before = anna.session.store.identity
    clear_up.answer(anna.session, matter.id, "new-keys")
    assert clear_up.matters(anna.session) == ()
    after = anna.session.store.identity
    assert before is not None and after is not None
    assert after.writer.device_id != before.writer.device_id


def test_what_a_newer_program_wrote_is_kept_passed_on_and_shown_later(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily, tmp_path: Path
) -> None:
    """A kind and a field that this program does not know: in the journal, in no table, unharmed when passed on."""

    carla = office("Carla")
    for one, other in ((bram, carla), (carla, bram)):
        one.desk.knows(other.desk)
    kind = later_kind()
    KINDS["future_kind"] = kind
    try:
        with anna.desk.store.local() as conn:
            conn.exec_driver_sql("INSERT INTO j_kind(name) VALUES('future_kind')")
        _write_future(anna, family)
        path = anna.give(bram, dossiers=(family.dossier,), parts=frozenset({Compartment.KERN}))
    finally:
        del KINDS["future_kind"]
    seen = take.look(bram.session, path)
    assert seen.newer == 1
    take.accept(bram.session, path)
    relayed = take_apart(bram.give(carla, dossiers=(family.dossier,)), carla)
    assert any(line[0] == "future_kind" and line[4]["what"] == "later" for line in relayed.ops)
    take.accept(carla.session, bram.give(carla, dossiers=(family.dossier,)))
    for one in (bram, carla):
        with one.desk.store.read() as conn:
            assert chain.check_chains(conn) == () and project.differences(conn) == []


def later_kind() -> Kind:
    """A kind of a later program."""
    known = kind_of(Alias)
    names = zip(known.fields[:2], ("what", "why"), strict=True)
    return replace(
        known, name="future_kind", fields=tuple(replace(field, name=name) for field, name in names)
    )


def _write_future(anna: Office, family: MadeFamily) -> None:

    with anna.desk.store.local() as conn:
        new = NewOp(
            kind="future_kind",
            record=new_id(),
            scope=family.person,
            scope_kind=ScopeKind.PERSON,
            cells={"what": "later", "why": None},
            fields=2,
        )
        journal.append(conn, anna.desk.identity.writer, verbs.MEMBER_CHANGED, [new], 1)


def test_a_sender_without_trust_stays_without_even_with_good_seals(
    anna: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    carla = office("Carla")
    anna.desk.knows(carla.desk)
    path = anna.give(carla, dossiers=(family.dossier,))
    with pytest.raises(SenderNotTrusted):
        take.accept(carla.session, path)


def test_a_damaged_file_says_so(anna: Office, bram: Office, family: MadeFamily, tmp_path: Path) -> None:
    path = anna.give(bram, dossiers=(family.dossier,))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    bad = tmp_path / "bad.regiemap"
    bad.write_bytes(data)
    refused(bram, bad, DamagedPackage)
