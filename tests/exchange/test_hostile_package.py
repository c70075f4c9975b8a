"""A file that lies: refused whole, or set apart, with one sentence; and not a byte changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.domain.record import KINDS, Compartment, Kind, ScopeKind, kind_of
from app.exchange.problem import (
    DamagedPackage,
    DangerousPackage,
    ExchangeProblem,
    NewerPackage,
    NotForYou,
    WrongSignature,
)
from app.services import take
from app.services.trust_problem import SenderNotTrusted
from app.storage import chain, journal, project
from app.storage.journal import NewOp
from tests.support.package_case import ALL, MadeFamily, Office, Opened, refused, take_apart


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """Anna's."""
    return anna.family()


@pytest.fixture
def opened(anna: Office, bram: Office, family: MadeFamily) -> Opened:
    """A package for Bram, taken apart."""
    return take_apart(anna.give(bram, dossiers=(family.dossier,), parts=ALL), bram)


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
        journal.append(conn, anna.desk.identity.writer, verbs.MEMBER_CHANGED, [new], 1).keep_tips()


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


def test_a_scope_is_not_named_twice(anna: Office, bram: Office, opened: Opened, family: MadeFamily) -> None:
    """Else one name would let in what the other forbids."""
    opened.manifest["scopes"].insert(0, [family.person, "plaats"])
    for segment in opened.manifest["segments"]:
        segment[0] += 1
    refused(bram, opened.pack(anna, anna.folder / "twee.regiemap", bram), DamagedPackage)
