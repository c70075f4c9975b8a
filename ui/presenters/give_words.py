"""What would go in a file and what was written, in words and cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.exchange_facts import FamilyGoing, Given, GivePreview, Trust
from app.domain.extract_facts import ExtractChoice
from app.domain.record import Compartment
from app.domain.words import N_
from app.i18n import _, formats, ngettext, problem_text
from app.services.file_words import changes_words, families_words, named, scans_words
from app.services.part_words import PART_ORDER, part_words, parts_words
from app.services.trust_problem import why_not_given
from ui.bridge.cell import NOTHING, Cell
from ui.presenters.exchange_words import (
    colleague_place,
    trust_sign,
    trust_words,
)
from ui.presenters.fact import Fact, FactGroup

GOING_HEADS = (N_("Family"), N_("Persons"), N_("Changes"), N_("Scans"))
Row = tuple[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """What would go: a line per family, facts beside it, and why it cannot be written ("" when it can)."""

    rows: tuple[Row, ...]
    facts: tuple[FactGroup, ...]
    sum: str
    stop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """What was written: a sentence, what is in it, and the files."""

    sentence: str
    about: str
    facts: tuple[FactGroup, ...]


def preview_view(
    found: GivePreview, *, scans_wanted: bool, reading: ExtractChoice | None = None
) -> PreviewView:
    """A preview as the screen shows it."""
    stopped = [why_not_given(one, named(one)) for one in found.not_trusted]
    words = [families_words(len(found.families)), changes_words(found.changes)]
    if found.scans:
        words.append(scans_words(found.scans))
    return PreviewView(
        rows=tuple((family.dossier, _going(family)) for family in found.families),
        facts=(
            _to(found),
            *_reading(reading),
            _along(found),
            _never(found),
            _size(found, scans_wanted=scans_wanted),
        ),
        sum="  ·  ".join(words),
        stop=" ".join(problem_text(each) for each in stopped if each is not None),
    )


def done_view(given: Given, receivers: Sequence[str]) -> DoneView:
    """What was written, as the screen shows it."""
    names = formats.listed(list(receivers))
    sentence = ngettext(
        "The file for %(names)s was written, and read back: it is the same.",
        "The files for %(names)s were written, and read back: they are the same.",
        len(given.files),
        names=names,
    )
    words = [families_words(given.families), changes_words(given.changes)]
    if given.scans:
        words.append(scans_words(given.scans))
    words.append(formats.size(given.size_bytes))
    files = tuple(
        Fact(main=Path(file).name, second=str(Path(file).parent), icon="sign.document")
        for file in given.files
    )
    return DoneView(
        sentence=sentence,
        about="  ·  ".join(words),
        facts=(
            FactGroup(title=_("Where it is"), facts=files),
            FactGroup(title=_("Good to know"), facts=_missing(given)),
        ),
    )


def _missing(given: Given) -> tuple[Fact, ...]:
    if not given.missing_scans:
        return ()
    names = formats.listed(list(dict.fromkeys(given.missing_scans)))
    words = _("Scans are missing on this laptop and did not go along: %(names)s", names=names)
    return (Fact(main=words, icon="state.watch", role="watch"),)


def _going(family: FamilyGoing) -> tuple[Cell, ...]:
    return (
        Cell(main=family.title or _("Family without a name"), aside=family.number, strong=True),
        Cell(main=formats.number(len(family.persons)), right=True),
        Cell(main=formats.number(family.changes) if family.changes else _("nothing new"), right=True),
        Cell(
            main=formats.number(family.scans) if family.scans else NOTHING,
            aside=formats.size(family.scan_bytes) if family.scans else "",
        ),
    )


def _to(found: GivePreview) -> FactGroup:
    facts = []
    for one in found.receivers:
        icon, role = trust_sign(one)
        facts.append(
            Fact(
                main=named(one),
                second=trust_words(one),
                icon=icon,
                role=role,
                link=_("Compare with this colleague …") if one.trust is Trust.UNVERIFIED else "",
                place=colleague_place(one) if one.trust is Trust.UNVERIFIED else None,
            )
        )
    return FactGroup(title=_("To whom"), facts=tuple(facts))


def _reading(reading: ExtractChoice | None) -> tuple[FactGroup, ...]:
    if reading is None:
        return ()
    until = _("Can be read until %(day)s", day=formats.fact(reading.until))
    rest = _("Your colleague cannot change it or give it on. After that day it removes itself.")
    return (FactGroup(title=_("To read only"), facts=(Fact(main=until, second=rest, icon="sign.term"),)),)


def _along(found: GivePreview) -> FactGroup:
    facts = [Fact(main=parts_words(found.compartments), icon="sign.package_out")]
    return FactGroup(title=_("Goes along"), facts=tuple(facts))


def _never(found: GivePreview) -> FactGroup:
    stays = [part for part in PART_ORDER if part not in found.compartments and part is not Compartment.EIGEN]
    facts = [Fact(main=", ".join(part_words(part) for part in stays), icon="sign.lock")] if stays else []
    facts.append(Fact(main=_("Your own notes never go along."), icon="sign.privacy"))
    return FactGroup(title=_("Stays here"), facts=tuple(facts))


def _size(found: GivePreview, *, scans_wanted: bool) -> FactGroup:
    facts = [Fact(main=_("About %(size)s", size=formats.size(found.size_bytes + found.scan_bytes)))]
    if found.scans:
        second = _("of which scans: %(size)s", size=formats.size(found.scan_bytes))
        facts = [Fact(main=facts[0].main, second=second)]
    elif not scans_wanted:
        facts = [Fact(main=facts[0].main, second=_("without scans"))]
    return FactGroup(title=_("Size of the file"), facts=tuple(facts))
