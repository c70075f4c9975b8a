"""What can go wrong around a file: disks, sticks, names, scans, hands. Nothing is lost or half done."""

import errno
import io
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from typing_extensions import override

from app.domain import verbs
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Hold
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.domain.kinds.sensitive import HealthScan
from app.exchange import parts, set_apart
from app.exchange.problem import DamagedPackage, NotForYou
from app.exchange.take_back import CannotTakeBack
from app.services import give, take
from app.services.dossier_export import Choice, export_dossiers
from app.services.trust_problem import SenderRevoked
from app.storage import chain, intake, project, search
from app.storage.problem import DiskFull
from app.storage.uow import read, read_where
from tests.exchange.test_give_and_take import PNG, alias_of, edit, open_differences
from tests.exchange.test_trust import revokes
from tests.support.colleague_case import carry
from tests.support.package_case import ALL, MadeFamily, Office, take_apart

Offices = Callable[[str], Office]


@pytest.fixture
def family(anna: Office) -> MadeFamily:
    return anna.family()


def whole(office: Office) -> None:
    with office.desk.store.read() as conn:
        assert project.differences(conn) == []
        assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()


def add_scan(office: Office, person: str, data: bytes = PNG) -> str:
    store = office.desk.store
    with store.write(verbs.MEMBER_CHANGED) as uow:
        assert store.scans is not None
        sql = "SELECT key FROM r_scope WHERE scope = ? ORDER BY made_by <> ? LIMIT 1"
        key = uow.conn.exec_driver_sql(sql, (person, office.desk.device)).scalar_one()
        blob = store.scans.add(uow.conn, person, bytes.fromhex(key), data)
        uow.add(HealthScan(id=new_id(), scope=person, blob=blob))
    return blob


def many_names(office: Office, family: MadeFamily, count: int = 300) -> None:
    with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        for no in range(count):
            uow.add(Alias(id=new_id(), scope=family.person, family_name=f"Ander {no} " + "x" * 80))


# -- disks and sticks ----------------------------------------------------------------------------------------------


@contextmanager
def room_for(office: Office, pages: int) -> Iterator[None]:
    """A disk with room for so many more pages of the database."""
    store = office.desk.store
    with store.local() as conn:
        now = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {now + pages}")
    yield
    with store.local() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1000000")


@pytest.mark.parametrize("pages", [0, 1, 3, 8, 15, 25])
def test_a_full_disk_while_taking_in(anna: Office, bram: Office, family: MadeFamily, pages: int) -> None:
    many_names(anna, family)
    path = anna.give(bram, dossiers=(family.dossier,))
    before = bram.tables()
    with room_for(bram, pages), pytest.raises(DiskFull):
        take.accept(bram.session, path)
    assert bram.tables() == before
    take.accept(bram.session, path)
    whole(bram)


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_a_full_disk_under_the_store_while_giving(
    anna: Office, bram: Office, family: MadeFamily, pages: int
) -> None:
    """What is noted of a file cannot be kept, so there is no file."""
    many_names(anna, family)
    others = [anna.family(f"Ander {no}") for no in range(60)]
    dossiers = (family.dossier, *(one.dossier for one in others))
    before = anna.tables()
    with room_for(anna, pages), pytest.raises(DiskFull):
        anna.give(bram, dossiers=dossiers)
    assert anna.tables() == before
    assert [one.name for one in anna.folder.iterdir() if "regiemap" in one.name] == []
    take.accept(bram.session, anna.give(bram, dossiers=dossiers))
    whole(anna)
    whole(bram)


@pytest.mark.parametrize("pages", [0, 1])
def test_a_full_disk_while_taking_back(anna: Office, bram: Office, family: MadeFamily, pages: int) -> None:
    """Taking back frees room: it may succeed, and is whole or not done."""
    many_names(anna, family)
    number = take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,))).number
    before = bram.tables()
    with room_for(bram, pages):
        try:
            take.take_back_file(bram.session, number)
        except DiskFull:
            assert bram.tables() == before
    whole(bram)
    with bram.desk.store.read() as conn:
        here = conn.exec_driver_sql("SELECT count(*) FROM r_alias").scalar_one()
    assert here in (0, 301)


def test_a_full_disk_under_the_scans(
    anna: Office, bram: Office, family: MadeFamily, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_scan(anna, family.person)
    path = anna.give(bram, dossiers=(family.dossier,), parts=ALL)
    before = bram.tables()

    def full(_fd: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            take.accept(bram.session, path)
    assert bram.tables() == before
    take.accept(bram.session, path)
    with bram.desk.store.read() as conn:
        assert bram.desk.store.scans is not None and bram.desk.store.scans.verify(conn) == ()


@pytest.mark.parametrize("step", ["fsync", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.ENODEV])
def test_a_stick_that_goes_while_giving(
    anna: Office,
    bram: Office,
    family: MadeFamily,
    step: str,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before its note is kept nothing is written anywhere; after that the note stands and the next file has it all."""
    folder = anna.folder / "stick"
    folder.mkdir()
    before = anna.tables()

    def pulled(*_arguments: object) -> None:
        raise OSError(number, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(os if step == "fsync" else Path, step, pulled)
        with pytest.raises(KnownProblem):
            anna_gives(anna, bram, family, folder)
    assert list(folder.iterdir()) == []
    assert (anna.tables() == before) == (step == "fsync")
    path = anna_gives(anna, bram, family, folder)
    take.accept(bram.session, path)
    assert alias_of(bram, family) == "Verzonnen-ander"
    whole(anna)
    whole(bram)


def anna_gives(anna: Office, bram: Office, family: MadeFamily, folder: Path) -> Path:
    return replace(anna, folder=folder).give(bram, dossiers=(family.dossier,))


class Pulled(io.BytesIO):
    """A file on a stick that goes after so many bytes."""

    def __init__(self, data: bytes, left: int) -> None:
        super().__init__(data)
        self.left = left

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.left -= len(found)
        if self.left < 0:
            raise OSError(errno.EIO, "gone")
        return found


@pytest.mark.parametrize("share", [0, 10, 50, 90])
def test_a_stick_that_goes_while_taking_in(
    anna: Office, bram: Office, family: MadeFamily, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_names(anna, family)
    path = anna.give(bram, dossiers=(family.dossier,))
    data, before = path.read_bytes(), bram.tables()
    with monkeypatch.context() as patch:
        patch.setattr(
            parts, "open_whole", lambda _path: cast("BinaryIO", Pulled(data, len(data) * share // 100))
        )
        for deed in (take.look, take.accept, take.inspect):
            with pytest.raises(KnownProblem):
                deed(bram.session, path)
    assert bram.tables() == before


@pytest.mark.parametrize(
    "name",
    [
        "mijn foto (1).jpg",
        "=1+1",
        "-rf",
        "%s %(file)s",
        "\u202egpj.regiemap",
        "ß漢字🙂",
        "a'b\"c;DROP TABLE.regiemap",
        "twee\nregels",
        "x" * 240,
    ],
)
def test_a_file_may_have_any_name(anna: Office, bram: Office, family: MadeFamily, name: str) -> None:
    path = anna.give(bram, dossiers=(family.dossier,))
    renamed = path.rename(path.with_name(name))
    assert take.look(bram.session, renamed).changes
    take.accept(bram.session, renamed)
    with pytest.raises(take.CannotOpen):
        take.look(bram.session, path)


def test_a_history_longer_than_one_batch(
    anna: Office, bram: Office, family: MadeFamily, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that was new in one batch and changed in the next is one line in the index."""
    many_names(anna, family, 30)
    for no in range(3):
        edit(anna, family.alias, f"naam {no}")
    monkeypatch.setattr(intake, "BATCH", 3)
    monkeypatch.setattr(search, "CHUNK", 1)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    assert alias_of(bram, family) == "naam 2"
    whole(bram)


# -- hands -----------------------------------------------------------------------------------------------------------


def test_the_same_file_from_two_sticks_at_once(anna: Office, bram: Office, family: MadeFamily) -> None:
    many_names(anna, family)
    path = anna.give(bram, dossiers=(family.dossier,))
    changes: list[int] = []
    start = threading.Barrier(2)

    def hand() -> None:
        start.wait()
        changes.append(take.accept(bram.session, path).changes)

    hands = [threading.Thread(target=hand) for _ in range(2)]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    assert sorted(changes)[0] == 0 and sorted(changes)[1] >= 300
    whole(bram)


def test_own_files_bring_nothing(anna: Office, bram: Office, family: MadeFamily) -> None:
    path = anna.give(bram, dossiers=(family.dossier,))
    before = anna.tables()
    for deed in (take.look, take.accept):
        with pytest.raises(NotForYou):
            deed(anna.session, path)
    assert anna.tables() == before


def test_a_file_goes_round_and_brings_nothing_home(
    anna: Office, bram: Office, office: Offices, family: MadeFamily
) -> None:
    carla = office("Carla")
    ring = (anna, bram, carla, anna)
    for one in ring:
        one.desk.knows(*(other.desk for other in ring if other is not one))
    for _round in range(3):
        for giver, taker in pairwise(ring):
            done = take.accept(taker.session, giver.give(taker, dossiers=(family.dossier,)))
            assert done.differences == 0
    assert done.changes == 0 and take.taken(anna.session)[0].changes == 0
    for one in ring:
        assert open_differences(one) == []
        whole(one)


def test_a_file_is_not_taken_back_once_it_was_passed_on(
    anna: Office, bram: Office, office: Offices, family: MadeFamily
) -> None:
    number = take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,))).number
    assert take.taken(bram.session)[0].may_go_back
    out = io.BytesIO()
    export_dossiers(bram.session, out, Choice(dossiers=(family.dossier,)))
    before = bram.tables()
    assert not take.taken(bram.session)[0].may_go_back
    with pytest.raises(CannotTakeBack):
        take.take_back_file(bram.session, number)
    assert bram.tables() == before


# -- scans -----------------------------------------------------------------------------------------------------------


def test_a_scan_that_is_missing_is_named_and_the_rest_goes(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    gone, stays = add_scan(anna, family.person), add_scan(anna, family.person, PNG + b"x")
    assert anna.desk.store.scans is not None
    anna.desk.store.scans.path_of(gone).unlink()
    given = anna.given(bram, dossiers=(family.dossier,), parts=ALL)
    assert (given.scans, given.missing_scans) == (1, ("Voorbeeld Verzonnen",))
    take.accept(bram.session, Path(given.files[0]))
    with bram.desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT blob FROM l_scan_file").scalars().all() == [stays]
        assert len(read_where(conn, HealthScan, "1 = 1")) == 2


def test_a_scan_with_other_contents_is_damage_and_stays_nowhere(
    anna: Office, bram: Office, family: MadeFamily, tmp_path: Path
) -> None:
    blob = add_scan(anna, family.person)
    opened = take_apart(anna.give(bram, dossiers=(family.dossier,), parts=ALL), bram)
    opened.blobs[blob] = PNG[:-1] + b"!"
    path = opened.pack(anna, tmp_path / "forged.regiemap", bram)
    before = bram.tables()
    with pytest.raises(DamagedPackage):
        take.accept(bram.session, path)
    assert bram.tables() == before
    assert not list((bram.folder / "blobs").glob("*/*"))


# -- names -----------------------------------------------------------------------------------------------------------

WILD = (
    '=HYPERLINK("file:///etc","x")',
    "'; DROP TABLE r_person; --",
    "<img src='file:///x'><b>vet</b>",
    "%(name)s {0} %s",
    '"},{"kind":"access"',
)


@pytest.mark.parametrize("name", WILD)
def test_a_name_is_text_all_the_way(anna: Office, bram: Office, name: str) -> None:
    family = anna.family(name)
    path = anna.give(bram, dossiers=(family.dossier,))
    assert take.look(bram.session, path).families[0].persons == (f"Voorbeeld {name}",)
    assert take.accept(bram.session, path).families == (name,)
    assert f"{name}-ander" in {line.detail for line in take.inspect(bram.session, path).lines}
    out = io.BytesIO()
    export_dossiers(bram.session, out, Choice(dossiers=(family.dossier,)))
    records = json.loads(out.getvalue())["records"]
    assert f"{name}-ander" in {one["fields"].get("family_name") for one in records}
    whole(bram)


# -- versions, revocations, numbers ------------------------------------------------------------------------------------


def test_a_higher_schema_number_alone_stops_nothing(
    anna: Office, bram: Office, family: MadeFamily, tmp_path: Path
) -> None:
    opened = take_apart(anna.give(bram, dossiers=(family.dossier,)), bram)
    opened.manifest |= {"schema": 99, "program": "99.0"}
    take.accept(bram.session, opened.pack(anna, tmp_path / "newer.regiemap", bram))
    assert alias_of(bram, family) == "Verzonnen-ander"
    whole(bram)


def test_a_file_of_a_revoked_laptop_says_so(
    anna: Office, bram: Office, office: Offices, family: MadeFamily
) -> None:
    """Not that it was never compared: comparing again is the wrong advice."""
    dora = office("Dora")
    bram.desk.knows(dora.desk, registrar=True)
    dora.desk.knows(anna.desk)
    path = anna.give(bram, dossiers=(family.dossier,))
    revokes(dora.desk, anna.desk.device)
    carry(dora.desk.store, bram.desk.store, dora.desk.place)
    with pytest.raises(SenderRevoked):
        take.accept(bram.session, path)
    with bram.desk.store.read() as conn:
        assert read(conn, Alias, family.alias.id) is None


def test_what_was_set_apart_after_a_revocation_comes_in_whole_once_it_ended(
    anna: Office, bram: Office, office: Offices, family: MadeFamily
) -> None:
    """The registrar loses the mark, so that the revocation binds nobody any more; a full file brings it again."""
    carla, dora = office("Carla"), office("Dora")
    for one, other in ((bram, carla), (carla, bram), (carla, anna), (anna, carla)):
        one.desk.knows(other.desk)
    bram.desk.knows(dora.desk, registrar=True)
    dora.desk.knows(anna.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    revokes(dora.desk, anna.desk.device)
    carry(dora.desk.store, bram.desk.store, dora.desk.place)
    edit(anna, family.alias, "Na de intrekking")
    take.accept(carla.session, anna.give(carla, dossiers=(family.dossier,)))
    seen = take.look(bram.session, path := carla.give(bram, dossiers=(family.dossier,)))
    assert any(Hold.REVOKED in one.holds for one in seen.families)
    take.accept(bram.session, path)
    assert alias_of(bram, family) == "Verzonnen-ander"
    with bram.desk.store.read() as conn:
        assert Hold.REVOKED in {kept.why for kept in set_apart.all_of(conn)}
    bram.desk.knows(dora.desk, registrar=False)
    take.accept(bram.session, carla.give(bram, dossiers=(family.dossier,), full=True))
    assert alias_of(bram, family) == "Na de intrekking"
    with bram.desk.store.read() as conn:
        assert set_apart.all_of(conn) == ()
    whole(bram)


@pytest.mark.slow
def test_fifty_laptops_write_in_one_family(anna: Office, office: Offices, family: MadeFamily) -> None:
    others = [office(f"Collega {no}") for no in range(49)]
    for one in others:
        one.desk.knows(anna.desk)
    anna.desk.knows(*(one.desk for one in others))
    path = anna.give(*others, dossiers=(family.dossier,))
    for one in others:
        take.accept(one.session, path)
        with one.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.add(Alias(id=new_id(), scope=family.person, family_name=f"van {one.session.officer_name}"))
            found = read(uow.conn, Alias, family.alias.id)
            assert found is not None
            uow.save(found, found.with_values(source=one.session.officer_name))
        take.accept(anna.session, one.give(anna, dossiers=(family.dossier,)))
    assert open_differences(anna) == [(family.alias.id, "source")]
    last = others[-1]
    take.accept(last.session, anna.give(last, dossiers=(family.dossier,)))
    assert open_differences(last) == open_differences(anna)
    with last.desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_alias").scalar_one() == 50
    whole(anna)
    whole(last)
    assert len(give.holdings(anna.session)) == 49
