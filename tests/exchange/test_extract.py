"""A part of a dossier to read only: what goes, who can read it, until when; nothing of it enters the dossiers."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain import verbs
from app.domain.errors import KnownProblem
from app.domain.extract_facts import ExtractChoice
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import HealthFact, OwnNote
from app.domain.record import Compartment, ScopeKind
from app.exchange.manifest import SIGNED
from app.exchange.package_file import read_package, write_package
from app.exchange.problem import DamagedPackage, DangerousPackage, NewerPackage, NotForYou, WrongSignature
from app.services import extract, take
from app.services.dossier_export import CompartmentStays
from app.services.extract import ExtractEnded, ExtractOfDestroyed
from app.services.extract_give import LastDayPassed
from app.services.families import NoSuchDossier
from app.services.give import NobodyToGive
from app.services.trust_problem import ReceiverNotTrusted, SenderNotTrusted
from app.storage import chain, project
from tests.exchange.test_give_and_take import edit
from tests.support.package_case import ALL, USUAL, MadeFamily, Office
from tools import read_package as read_package_tool

KERN = frozenset({Compartment.KERN})


def today(office: Office) -> date:
    return office.session.today


def choice(
    family: MadeFamily,
    *to: Office,
    parts: frozenset[Compartment] = KERN,
    until: date = date(2100, 1, 31),
) -> ExtractChoice:
    return ExtractChoice(
        dossier=family.dossier,
        receivers=tuple(one.desk.device for one in to),
        compartments=parts,
        until=until,
    )


def given(sender: Office, family: MadeFamily, *to: Office, **other: Any) -> Path:
    made = extract.write(sender.session, choice(family, *to, **other), sender.folder)
    return Path(made.files[0])


def members(path: Path, reader: Office) -> dict[str, bytes]:
    with path.open("rb") as source:
        found = read_package(source, [reader.desk.identity.seal_secret])
        return {member.name: b"".join(member.chunks()) for member in found}


def text_of(office: Office, package: str) -> str:
    lines = extract.read(office.session, package).lines
    return "\n".join(f"{line.label}: {line.value}" for line in lines)


def kept(office: Office) -> list[str]:
    return [one.id for one in extract.held(office.session)]


@pytest.fixture
def family(anna: Office) -> MadeFamily:
    return anna.family()


def test_it_can_be_read_and_is_in_no_dossier(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = given(anna, family, bram)
    seen = take.look(bram.session, path)
    assert (seen.kind, seen.extract_until, seen.may_take) == ("extract", date(2100, 1, 31), True)
    assert [(one.title, one.persons) for one in seen.families] == [("Verzonnen", ("Voorbeeld Verzonnen",))]
    before = bram.tables()
    taken = take.accept(bram.session, path)
    after = bram.tables()
    assert {name for name in after if after[name] != before[name]} == {"l_extract"}
    assert taken.families == ("Verzonnen",) and taken.changes == 0
    (one,) = extract.held(bram.session)
    assert (one.title, one.sender.name, one.ends_on) == ("Verzonnen", "Anna", date(2100, 1, 31))
    assert one.compartments == KERN
    assert "Verzonnen-ander" in text_of(bram, one.id)
    assert take.look(bram.session, path).known
    take.accept(bram.session, path)
    assert len(kept(bram)) == 1


def test_giving_it_stands_in_the_dossier_and_lets_nobody_write(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    before = anna.tables()
    seen = extract.preview(anna.session, choice(family, bram))
    assert anna.tables() == before
    path = given(anna, family, bram)
    assert abs(seen.size_bytes - path.stat().st_size) < 4_500  # sealed twice: the stamp of it differs
    with anna.desk.store.read() as conn:
        who = conn.exec_driver_sql("SELECT receiver FROM r_disclosure WHERE scope = ?", (family.dossier,))
        assert who.scalars().all() == ["Bram"]
        writers = conn.exec_driver_sql("SELECT count(*) FROM r_access WHERE device = ?", (bram.desk.device,))
        assert writers.scalar_one() == 0
        assert conn.exec_driver_sql("SELECT kind FROM l_export").scalars().all() == ["extract"]
        assert conn.exec_driver_sql("SELECT count(*) FROM l_shared").scalar_one() == 0


def test_no_byte_of_what_was_not_chosen(anna: Office, bram: Office, family: MadeFamily) -> None:
    with anna.desk.store.write(verbs.MEMBER_ADDED) as uow:
        gone = uow.new_scope(ScopeKind.PERSON)
        uow.add(Person(id=gone, scope=gone, family_name="MERKVERTROKKEN"))
        uow.add(Membership(id=new_id(), scope=family.dossier, person=gone, to_on="2026-01-01"))
        uow.add(OwnNote(id=new_id(), scope=family.dossier, body="MERKEIGEN"))
        uow.add(HealthFact(id=new_id(), scope=family.person, body="MERKGEZOND"))
    anna.family("MERKANDERE")
    edit(anna, family.alias, "MERKEERDER")
    edit(anna, family.alias, "nu")
    data = b"".join(members(given(anna, family, bram), bram).values())
    assert b"MERK" not in data and b'"nu"' in data
    with_health = b"".join(members(given(anna, family, bram, parts=ALL), bram).values())
    assert b"MERKGEZOND" in with_health
    assert b"MERKEIGEN" not in with_health and b"MERKANDERE" not in with_health


def test_of_a_cell_on_which_opinions_differ_all_values_are_told(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    edit(anna, family.alias, "Van Anna")
    edit(bram, family.alias, "Van Bram")
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    carla = office("Carla")
    carla.desk.knows(anna.desk)
    anna.desk.knows(carla.desk)
    package = take.accept(carla.session, given(anna, family, carla)).package
    assert "Van Anna" in (text := text_of(carla, package)) and "Van Bram" in text


def test_it_is_not_for_everybody(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    carla = office("Carla")
    anna.desk.knows(carla.desk, verified=False)
    assert [one.name for one in extract.preview(anna.session, choice(family, carla)).not_trusted] == ["Carla"]
    for wrong, problem in (
        (choice(family, carla), ReceiverNotTrusted),
        (choice(family), NobodyToGive),
        (choice(family, bram, parts=frozenset({Compartment.EIGEN})), CompartmentStays),
        (choice(family, bram, until=today(anna) - timedelta(days=1)), LastDayPassed),
        (choice(MadeFamily(new_id(), new_id(), family.alias), bram), NoSuchDossier),
    ):
        before = anna.tables()
        with pytest.raises(problem):
            extract.write(anna.session, wrong, anna.folder)
        assert anna.tables() == before
    assert list(anna.folder.glob("*.regiemap")) == []
    path = given(anna, family, bram)
    with pytest.raises(NotForYou):
        take.look(carla.session, path)
    with pytest.raises(NotForYou):
        take.accept(carla.session, path)


def test_of_somebody_who_was_not_compared_it_is_not_kept(
    anna: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    carla = office("Carla")
    anna.desk.knows(carla.desk)
    path = given(anna, family, carla)
    assert not take.look(carla.session, path).may_take
    with pytest.raises(SenderNotTrusted):
        take.accept(carla.session, path)
    assert kept(carla) == []


def test_after_its_last_day_it_removes_itself(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = given(anna, family, bram, until=today(anna))
    package = take.accept(bram.session, path).package
    assert kept(bram) == [package]
    later = datetime.now(UTC) + timedelta(days=2)
    object.__setattr__(bram.session, "now", lambda: later)
    with pytest.raises(ExtractEnded):
        extract.read(bram.session, package)
    assert kept(bram) == []
    with bram.desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM l_extract").scalar_one() == 0
    for deed in (take.look, take.accept):
        with pytest.raises(ExtractEnded):
            deed(bram.session, path)


def test_its_reader_can_remove_it_and_leaves_lines_in_the_log(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    package = take.accept(bram.session, given(anna, family, bram)).package
    extract.read(bram.session, package)
    extract.drop(bram.session, package)
    assert kept(bram) == []
    with bram.desk.store.read() as conn:
        deeds = conn.exec_driver_sql("SELECT deed FROM l_access_log ORDER BY no").scalars().all()
        assert deeds == ["read-extract", "drop-extract"]


def test_it_is_not_passed_on(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    take.accept(bram.session, given(anna, family, bram))
    own = bram.family("Eigen")
    bram.desk.knows(carla := office("Carla").desk)
    assert carla.device
    path = bram.give(anna, dossiers=(own.dossier,))
    assert b"Verzonnen-ander" not in b"".join(members(path, anna).values())
    with bram.desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_dossier").scalar_one() == 1
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()
    with pytest.raises(NoSuchDossier):
        extract.write(bram.session, choice(family, anna), bram.folder)


def test_what_was_destroyed_here_is_not_kept_to_read(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = given(anna, family, bram)
    with bram.desk.store.local() as conn:
        conn.exec_driver_sql("INSERT INTO l_destroyed(scope, at) VALUES(?, 1)", (family.dossier,))
    with pytest.raises(ExtractOfDestroyed):
        take.accept(bram.session, path)
    assert kept(bram) == []


def test_a_look_inside_shows_everything(anna: Office, bram: Office, family: MadeFamily) -> None:
    seen = take.inspect(bram.session, given(anna, family, bram))
    assert "Verzonnen-ander" in {line.detail for line in seen.lines}


# -- forged ----------------------------------------------------------------------------------------------------------


def forged(path: Path, sender: Office, reader: Office, *, body: bytes | None = None, **manifest: Any) -> Path:
    """The package with another text or manifest, signed by `sender`; hash and size follow the text."""
    found = members(path, reader)
    head = json.loads(found["manifest.json"])
    if body is not None:
        found["extract.json"] = body
        head["ops"] = [["extract.json", len(body), hashlib.sha256(body).hexdigest(), 1]]
    found["manifest.json"] = json.dumps(head | manifest, separators=(",", ":")).encode()
    found["manifest.sig"] = sender.desk.identity.sign(SIGNED + found["manifest.json"])
    return packed(path, found, reader)


def packed(path: Path, found: dict[str, bytes], reader: Office) -> Path:
    def pieces() -> Iterator[tuple[str, int, tuple[bytes]]]:
        for name, data in found.items():
            yield name, len(data), (data,)

    with path.open("wb") as out:
        write_package(out, [reader.desk.identity.seal_public], pieces())
    return path


def refused(reader: Office, path: Path, problem: type[KnownProblem]) -> None:
    before = reader.tables()
    for deed in (take.look, take.accept):
        with pytest.raises(problem):
            deed(reader.session, path)
    assert reader.tables() == before


def test_a_text_that_its_sender_did_not_sign(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = given(anna, family, bram)
    found = members(path, bram)
    found["extract.json"] = found["extract.json"].replace(b"2100-01-31", b"2100-02-28")
    refused(bram, packed(path, found, bram), DamagedPackage)
    path = given(anna, family, bram)
    found = members(path, bram)
    found["manifest.json"] = found["manifest.json"].replace(b'"no":', b'"no":1')
    refused(bram, packed(path, found, bram), WrongSignature)


def _longer(form: dict[str, Any]) -> None:
    form["until"] = "9999-99-99"


def _other_dossier(form: dict[str, Any]) -> None:
    form["dossier"] = new_id()


def _other_scope(form: dict[str, Any]) -> None:
    form["records"][0]["scope"] = new_id()


def _list_as_value(form: dict[str, Any]) -> None:
    form["records"][0]["fields"]["title"] = ["x"]


def _no_records(form: dict[str, Any]) -> None:
    form["records"] = 7


def _bad_name(form: dict[str, Any]) -> None:
    form["records"][0]["fields"] = {"r_person; DROP": "x"}


def _own_marks(form: dict[str, Any]) -> None:
    form["compartments"] = ["eigen"]


@pytest.mark.parametrize(
    "change", [_longer, _other_dossier, _other_scope, _list_as_value, _no_records, _bad_name, _own_marks]
)
def test_a_text_of_another_form_is_refused_whole(
    anna: Office, bram: Office, family: MadeFamily, change: Callable[[dict[str, Any]], None]
) -> None:
    path = given(anna, family, bram)
    form = json.loads(members(path, bram)["extract.json"])
    change(form)
    refused(bram, forged(path, anna, bram, body=json.dumps(form).encode()), DamagedPackage)


def test_deep_or_newer_text(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = given(anna, family, bram)
    deep = b'{"form":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    refused(bram, forged(path, anna, bram, body=deep), DangerousPackage)
    newer = json.dumps({"form": "regiemap-extract", "version": 2}).encode()
    refused(bram, forged(path, anna, bram, body=newer), NewerPackage)


def test_ops_beside_it_or_ops_that_say_to_be_it(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = given(anna, family, bram)
    refused(bram, forged(path, anna, bram, have_blobs=["0" * 64]), DamagedPackage)
    path = anna.give(bram, dossiers=(family.dossier,), parts=USUAL)
    refused(bram, forged(path, anna, bram, kind="extract"), DamagedPackage)


def test_the_reader_that_was_written_from_the_description_reads_it(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    path = given(anna, family, bram)
    found = read_package_tool.check(path.read_bytes(), [bram.desk.identity.seal_secret])
    assert (found["kind"], found["until"]) == ("extract", "2100-01-31")
    assert (found["segments"], found["ops"]) == (0, 0)
