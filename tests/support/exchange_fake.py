"""Stand-ins for the services of exchange by file: they answer what a test put in, and remember what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import (
    Arrival,
    Colleague,
    FamilyComing,
    FamilyGoing,
    GiveChoice,
    Given,
    GivePreview,
    Hold,
    Holding,
    Inspected,
    InspectedLine,
    Taken,
    Trust,
)
from app.domain.extract_facts import ExtractChoice, ExtractText, HeldExtract
from app.domain.paper_text import TextLine
from app.domain.record import Compartment
from app.services.session import Session

AT = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
GROUPS = ("01234", "56789", "11223", "34455", "66778", "89900")


def colleague(name: str, trust: Trust, number: int) -> Colleague:
    """A made-up colleague with a laptop of this number."""
    return Colleague(
        device=f"{number:064x}",
        name=name,
        office="GL Noordermeer" if number < 8 else "GL Zuiderwoude",
        trust=trust,
        groups=GROUPS,
        verified_at=AT if trust is Trust.VERIFIED else None,
    )


WIT = colleague("M. de Wit", Trust.VERIFIED, 1)
OKORO = colleague("A. Okoro", Trust.VOUCHED, 2)
NEW = colleague("S. Nieuwland", Trust.UNVERIFIED, 9)
LOST = colleague("B. Verloren", Trust.REVOKED, 4)
OWN = colleague("J. Terpstra", Trust.OWN, 5)
PEOPLE = (OWN, NEW, WIT, OKORO, LOST)


class Refused(KnownProblem):
    """What a test lets a service refuse with."""

    message = "This device is full."


@dataclass
class FakeGive:
    """`asked` holds what the services were called with; `problem` is raised by all but `holdings`."""

    titles: dict[str, str] = field(default_factory=dict)
    asked: list[object] = field(default_factory=list)
    people: Sequence[Colleague] = PEOPLE
    problem: KnownProblem | None = None
    held: tuple[Holding, ...] = ()

    def preview(self, session: Session, choice: GiveChoice) -> GivePreview:
        """A family has 41 changes and two scans."""
        self._note(choice)
        people = tuple(one for one in self.people if one.device in choice.receivers)
        families = tuple(
            FamilyGoing(
                dossier=dossier,
                title=self.titles.get(dossier, "Hakobyan"),
                number=f"NM-2026-{at:04d}",
                persons=("a", "b", "c", "d"),
                changes=41 * (at + 1),
                scans=2 if choice.scans and not at else 0,
                scan_bytes=2_048_000 if choice.scans and not at else 0,
            )
            for at, dossier in enumerate(choice.dossiers)
        )
        return GivePreview(
            families=families,
            receivers=people,
            not_trusted=tuple(one for one in people if not one.trust.trusted),
            compartments=choice.compartments,
            changes=sum(each.changes for each in families),
            scans=sum(each.scans for each in families),
            scan_bytes=sum(each.scan_bytes for each in families),
            size_bytes=33_400,
        )

    def write(self, session: Session, choice: GiveChoice, folder: Path, *, split: bool = False) -> Given:
        """Two files when split."""
        self._note((choice, folder, split))
        names = ["sync-20261123-7F3A.regiemap"]
        if split:
            names = [f"sync-20261123-7F3A-{number}-2.regiemap" for number in (1, 2)]
        return Given(
            files=tuple(str(folder / name) for name in names),
            size_bytes=2_081_400,
            families=len(choice.dossiers),
            changes=123,
            scans=2,
        )

    def receipt(self, session: Session, device: str, folder: Path) -> Given:
        """One small file."""
        self._note((device, folder))
        return Given(
            files=(str(folder / "sync-20261123-91C0.regiemap"),),
            size_bytes=4_096,
            families=0,
            changes=0,
            scans=0,
        )

    def holdings(self, session: Session, device: str = "", dossier: str = "") -> tuple[Holding, ...]:
        """What was put in."""
        return self.held

    def _note(self, asked: object) -> None:
        self.asked.append(asked)
        if self.problem is not None:
            raise self.problem


@dataclass
class FakeTake:
    """`arrival` is what every file holds; `refused` names files that cannot be read."""

    arrival: Arrival | None = None
    asked: list[object] = field(default_factory=list)
    refused: dict[str, KnownProblem] = field(default_factory=dict)
    problem: KnownProblem | None = None
    files: tuple[Taken, ...] = ()
    lines: tuple[InspectedLine, ...] = ()

    def look(self, session: Session, file: Path) -> Arrival:
        """What was put in."""
        self.asked.append(("look", file))
        if file.name in self.refused:
            raise self.refused[file.name]
        assert self.arrival is not None
        return self.arrival

    def accept(self, session: Session, file: Path, *, dossiers: frozenset[str] | None = None) -> Taken:
        """A file taken in whole or in part."""
        self.asked.append(("accept", file, dossiers))
        if self.problem is not None:
            raise self.problem
        assert self.arrival is not None
        families = [each for each in self.arrival.families if dossiers is None or each.dossier in dossiers]
        done = Taken(
            number=len(self.files) + 1,
            package=self.arrival.package,
            sender=self.arrival.sender.device,
            sender_name=self.arrival.sender.name,
            at=AT,
            families=tuple(each.title for each in families),
            changes=sum(each.changes for each in families),
            differences=sum(each.differences for each in families),
            may_be_known=self.arrival.may_be_known,
            may_go_back=True,
        )
        self.files = (done, *self.files)
        return done

    def taken(self, session: Session) -> tuple[Taken, ...]:
        """What was put in and taken in."""
        return self.files

    def take_back_file(self, session: Session, number: int) -> Taken:
        """The same file, taken back."""
        self.asked.append(("take back", number))
        if self.problem is not None:
            raise self.problem
        self.files = tuple(
            replace(each, may_go_back=False, why_not="It has been taken back already.", taken_back_at=AT)
            if each.number == number
            else each
            for each in self.files
        )
        return next(each for each in self.files if each.number == number)

    def inspect(self, session: Session, file: Path) -> Inspected:
        """What was put in."""
        if file.name in self.refused:
            raise self.refused[file.name]
        return Inspected(package="0" * 32, lines=self.lines)


@dataclass
class FakeTrust:
    """Knows some colleagues."""

    people: tuple[Colleague, ...] = PEOPLE

    def colleagues(self, session: Session) -> tuple[Colleague, ...]:
        """What was put in."""
        return self.people


@dataclass
class FakeExtract:
    """Two extracts of M. de Wit, one of which ends soon."""

    asked: list[object] = field(default_factory=list)
    problem: KnownProblem | None = None
    extracts: tuple[HeldExtract, ...] = ()
    lines: tuple[TextLine, ...] = ()

    def preview(self, session: Session, choice: ExtractChoice) -> GivePreview:
        """One family."""
        self._note(choice)
        people = tuple(one for one in PEOPLE if one.device in choice.receivers)
        going = FamilyGoing(
            dossier=choice.dossier,
            title="Hakobyan",
            number="NM-0061",
            persons=("a", "b"),
            changes=0,
            scans=0,
            scan_bytes=0,
        )
        return GivePreview(
            families=(going,),
            receivers=people,
            not_trusted=(),
            compartments=choice.compartments,
            changes=0,
            scans=0,
            scan_bytes=0,
            size_bytes=9_000,
        )

    def write(self, session: Session, choice: ExtractChoice, folder: Path, *, split: bool = False) -> Given:
        """One file."""
        self._note((choice, folder, split))
        file = str(folder / "sync-20261123-11AA.regiemap")
        return Given(files=(file,), size_bytes=9_000, families=1, changes=0, scans=0)

    def held(self, session: Session) -> tuple[HeldExtract, ...]:
        """What was put in and not dropped."""
        return self.extracts

    def read(self, session: Session, extract: str) -> ExtractText:
        """The same lines for each."""
        self._note(extract)
        return ExtractText(held=next(each for each in self.extracts if each.id == extract), lines=self.lines)

    def drop(self, session: Session, extract: str) -> None:
        """One less."""
        self._note(("drop", extract))
        self.extracts = tuple(each for each in self.extracts if each.id != extract)

    def _note(self, asked: object) -> None:
        self.asked.append(asked)
        if self.problem is not None:
            raise self.problem


def held_extract(number: int, title: str, ends_on: date) -> HeldExtract:
    """An extract of M. de Wit."""
    return HeldExtract(
        id=f"{number:032x}",
        title=title,
        sender=WIT,
        arrived_at=AT,
        ends_on=ends_on,
        compartments=frozenset({Compartment.KERN}),
    )


FAMILIES = (
    FamilyComing(
        dossier="d1", title="Hakobyan", new=False, changes=14, differences=2, scans=1,
        persons=("Lusine Hakobyan", "Narek Hakobyan", "Ani Hakobyan"),
    ),
    FamilyComing(
        dossier="d2", title="Tesfaye Bekele", new=True, changes=212, differences=0, scans=3,
        persons=("Hirut Tesfaye Bekele", "Dawit Tesfaye Bekele"),
    ),
    FamilyComing(
        dossier="d3", title="Al-Khalidi", new=False, changes=3, differences=0, scans=0,
        persons=("Samira Al-Khalidi",), holds=frozenset({Hold.GAP}),
    ),
)  # fmt: skip
DESTROYED = FamilyComing(dossier="d9", title="", new=False, changes=0, differences=0, scans=0, destroyed=True)


KNOWN = (
    "Armen Hakobyan: Արմեն Հակոբյան, Hakobyan (TEST-0007)."
    " Waarschijnlijk dezelfde persoon: de naam in een ander schrift, dezelfde geboortedatum"
)


def arrival(**other: object) -> Arrival:
    """A file of M. de Wit with three families; `other` fields may say otherwise."""
    plain = Arrival(
        package="0192" * 8,
        kind="ops",
        sender=WIT,
        made_at=AT,
        size_bytes=48_300,
        families=FAMILIES,
        changes=229,
        known_changes=17,
        differences=2,
        scans=4,
        set_apart=2,
        newer=1,
        compartments=frozenset({Compartment.KERN, Compartment.WERKWIJZE}),
        may_be_known=1,
        known_words=(KNOWN,),
        to_clear_up=(("Hetzelfde V-nummer bij 2 personen", 7), ("Een aanvraag in twee standen", 1)),
    )
    return replace(plain, **other)  # type: ignore[arg-type]
