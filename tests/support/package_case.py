"""Two officers who compared cards and share a family, and a workshop in which packages are taken apart and forged."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.content.load import Content
from app.domain import verbs
from app.domain.clock import now_ms
from app.domain.exchange_facts import GiveChoice, Given
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Alias, Person
from app.domain.kinds.sensitive import HealthFact
from app.domain.record import Compartment, ScopeKind
from app.exchange.manifest import SIGNED
from app.exchange.package_file import read_package, write_package
from app.services import give, take
from app.services.session import Session
from app.storage.scan import ScanShelf
from app.storage.uow import read
from tests.support.colleague_case import Desk, make_desk

USUAL = frozenset({Compartment.KERN, Compartment.WERKWIJZE})
ALL = USUAL | {Compartment.GEZONDHEID, Compartment.ASIEL_STRAF, Compartment.VEILIG_ADRES}


@dataclass
class Office:
    """A desk with its session and folder."""

    desk: Desk
    session: Session
    folder: Path

    def give(
        self,
        *to: "Office",
        dossiers: tuple[str, ...],
        parts: frozenset[Compartment] = USUAL,
        full: bool = False,
        scans: bool = True,
        split: bool = False,
    ) -> Path:
        """A file for colleagues; its path."""
        return Path(
            self.given(*to, dossiers=dossiers, parts=parts, full=full, scans=scans, split=split).files[0]
        )

    def given(
        self,
        *to: "Office",
        dossiers: tuple[str, ...],
        parts: frozenset[Compartment] = USUAL,
        full: bool = False,
        scans: bool = True,
        split: bool = False,
    ) -> Given:
        """The same, with what was said of it."""
        choice = GiveChoice(
            dossiers=dossiers,
            receivers=tuple(one.desk.device for one in to),
            compartments=parts,
            scans=scans,
            full=full,
        )
        return give.write(self.session, choice, self.folder, split=split)

    def family(self, title: str = "Verzonnen") -> "MadeFamily":
        """A dossier with one person, an alias and a health fact."""
        with self.desk.store.write(verbs.FAMILY_REGISTERED) as uow:
            dossier, person = uow.new_scope(ScopeKind.DOSSIER), uow.new_scope(ScopeKind.PERSON)
            uow.add(Dossier(id=dossier, scope=dossier, title=title, number=f"TEST-{title}"))
            uow.add(Person(id=person, scope=person, family_name=title, given_names="Voorbeeld"))
            uow.add(Membership(id=new_id(), scope=dossier, person=person))
            alias = uow.add(Alias(id=new_id(), scope=person, family_name=f"{title}-ander"))
            uow.add(HealthFact(id=new_id(), scope=person, body=f"{title}-gezond"))
        return MadeFamily(dossier, person, alias)

    def change(self, alias: Alias, **values: str) -> None:
        """Change an alias as it stands here."""
        with self.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            now = read(uow.conn, Alias, alias.id)
            assert now is not None
            uow.save(now, now.with_values(**values))

    def alias(self, family: "MadeFamily") -> Alias | None:
        """The other name of a family's person as it stands here."""
        with self.desk.store.read() as conn:
            return read(conn, Alias, family.alias.id)

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, but for what a look may leave in local bookkeeping: to see that nothing changed."""
        with self.desk.store.read() as conn:
            names = (
                conn.exec_driver_sql(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'd_search_%'"
                    " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic%'"
                )
                .scalars()
                .all()
            )
            return {
                name: sorted(map(tuple, conn.exec_driver_sql(f'SELECT * FROM "{name}"').all()), key=repr)
                for name in names
            }


@dataclass(frozen=True)
class MadeFamily:
    """Ids of what `Office.family` made."""

    dossier: str
    person: str
    alias: Alias


def make_office(folder: Path, name: str, content: Content) -> Office:
    """A new desk with a session."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = make_desk(folder / "store.db", name)
    desk.store.packs = content.short_packs
    desk.store.scans = ScanShelf(folder / "blobs")
    session = Session(
        store=desk.store,
        content=content,
        officer=desk.officer,
        officer_name=name,
        location="GL Verzonnen",
        place=desk.place,
        number_prefix="TEST",
        now=lambda: datetime.fromtimestamp(now_ms() / 1000, UTC),
    )
    return Office(desk, session, folder)


@pytest.fixture
def office(tmp_path: Path, content: Content) -> Iterator[Callable[[str], Office]]:
    """Makes offices by name; they know nobody."""
    made: list[Office] = []

    def make(name: str) -> Office:
        made.append(make_office(tmp_path / name, name, content))
        return made[-1]

    yield make
    for one in made:
        one.desk.store.close()


@pytest.fixture
def anna(office: Callable[[str], Office]) -> Office:
    """Anna, who has the family."""
    return office("Anna")


@pytest.fixture
def bram(office: Callable[[str], Office], anna: Office) -> Office:
    """Bram; he and Anna compared their cards."""
    made = office("Bram")
    made.desk.knows(anna.desk)
    anna.desk.knows(made.desk)
    return made


@dataclass
class Opened:
    """A package taken apart, to be forged and put together again by its sender."""

    manifest: dict[str, Any]
    ops: list[list[Any]]
    blobs: dict[str, bytes] = field(default_factory=dict)

    def segment(self, scope: str, compartment: str) -> list[Any]:
        """The first segment of a scope and compartment."""
        no = [row[0] for row in self.manifest["scopes"]].index(scope)
        found: list[Any] = next(row for row in self.manifest["segments"] if row[:2] == [no, compartment])
        return found

    def say(self, scope: str, kind: str) -> None:
        """Let a scope be said to be of this kind; each is named once."""
        named = self.manifest["scopes"]
        kinds = dict(named) | {scope: kind}
        for segment in self.manifest["segments"]:
            segment[0] = list(kinds).index(named[segment[0]][0])
        self.manifest["scopes"] = [list(one) for one in kinds.items()]

    def number_of(self, office: Office) -> int:
        """By which number it names the device of an office."""
        return [row[0] for row in self.manifest["devices"]].index(office.desk.device)

    def without(self, left_out: Callable[[list[Any]], bool]) -> "Opened":
        """The package without some of its stretches."""
        kept, ops, lines = [], [], iter(self.ops)
        for segment in self.manifest["segments"]:
            number, gathered = segment[3], []
            while number < segment[4]:
                line = next(lines)
                gathered.append(line)
                number += line[0] != "a"
            if not left_out(segment):
                kept.append(segment)
                ops += gathered
        return Opened(self.manifest | {"segments": kept}, ops)

    def pack(self, sender: Office, path: Path, *receivers: Office, honest: bool = True) -> Path:
        """Hash, sign and seal it as `sender`; `honest` false leaves hashes and counts as they are."""
        data = "".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in self.ops
        )
        return self.pack_raw(sender, path, data.encode(), *receivers, honest=honest)

    def pack_raw(
        self, sender: Office, path: Path, data: bytes, *receivers: Office, honest: bool = True
    ) -> Path:
        """The same with the bytes of the ops as they come."""
        if honest:
            entry = ["ops-0001.jsonl", len(data), hashlib.sha256(data).hexdigest(), data.count(b"\n")]
            self.manifest["ops"] = [entry]
            self.manifest["blobs"] = [
                [next(row[0] for row in self.manifest["blobs"] if row[1] == blob), blob, len(content)]
                for blob, content in self.blobs.items()
            ]
        text = json.dumps(self.manifest, ensure_ascii=False, separators=(",", ":")).encode()
        members = [
            ("manifest.json", len(text), (text,)),
            ("manifest.sig", 64, (sender.desk.identity.sign(SIGNED + text),)),
            ("ops-0001.jsonl", len(data), (data,)),
            *((f"blobs/{blob}", len(content), (content,)) for blob, content in self.blobs.items()),
        ]
        with path.open("wb") as out:
            write_package(out, [one.desk.identity.seal_public for one in receivers], iter(members))
        return path


def take_apart(path: Path, reader: Office) -> Opened:
    """Open a package as `reader`."""
    manifest: dict[str, Any] = {}
    ops: list[list[Any]] = []
    blobs: dict[str, bytes] = {}
    with path.open("rb") as source:
        for member in read_package(source, [reader.desk.identity.seal_secret]):
            data = b"".join(member.chunks())
            if member.name == "manifest.json":
                manifest = json.loads(data)
            elif member.name.startswith("ops-"):
                ops += [json.loads(line) for line in data.splitlines()]
            elif member.name.startswith("blobs/"):
                blobs[member.name.removeprefix("blobs/")] = data
    return Opened(manifest, ops, blobs)


def refused(bram: Office, path: Path, problem: type[Exception]) -> None:
    """Looking and taking refuse alike, and nothing changes."""
    before = bram.tables()
    with pytest.raises(problem):
        take.look(bram.session, path)
    with pytest.raises(problem):
        take.accept(bram.session, path)
    assert bram.tables() == before
