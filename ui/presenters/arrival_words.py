"""What a file of a colleague holds, in words and cells, before and after it is taken in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.exchange_facts import Arrival, FamilyComing, Taken, Trust
from app.domain.words import N_
from app.i18n import _, formats, ngettext, problem_text
from app.services.clear_up_words import brought
from app.services.file_words import (
    asked_words,
    changes_words,
    families_words,
    family_title,
    here_words,
    known_words,
    named,
    nothing_new_words,
    receipt_words,
    removed_words,
    scans_words,
    stays_words,
)
from app.services.hold_words import hold_short
from app.services.part_words import parts_words
from app.services.trust_problem import why_not_taken
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.place import Place
from ui.presenters.exchange_words import (
    colleague_place,
    differences_words,
    trust_sign,
    trust_words,
)
from ui.presenters.fact import Fact, FactGroup

COMING_HEADS = (N_("Family"), N_("Here"), N_("Changes"), N_("Differences"), N_("Stays out"))
Row = tuple[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """The worst that should be known before taking a file in; `state` is "" for nothing."""

    state: str = ""
    sentence: str = ""
    rest: str = ""
    link: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalView:
    """What a file holds: title, one line, a warning, facts, and the words of the button that takes it in."""

    title: str
    about: str
    caution: Caution
    facts: tuple[FactGroup, ...]
    accept: str
    may_take: bool
    has_families: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What came of taking a file in."""

    sentence: str
    about: str
    facts: tuple[FactGroup, ...]
    offers_receipt: bool


def arrival_view(found: Arrival) -> ArrivalView:
    """A file as the screen shows it before anything is kept."""
    about = [_("made on %(moment)s", moment=formats.deed(found.made_at)), formats.size(found.size_bytes)]
    return ArrivalView(
        title=_title(found),
        about="  ·  ".join(about),
        caution=_caution(found),
        facts=tuple(_groups(found)),
        accept=_("Take in") if found.kind == "ops" else _("Keep it"),
        may_take=may_be_taken(found),
        has_families=bool(found.families),
    )


def has_nothing_new(found: Arrival) -> bool:
    """Whether everything is here already. A receipt brings no change and still tells something."""
    return found.known and found.kind != "receipt"


def may_be_taken(found: Arrival) -> bool:
    """Whether there is something to take in, from somebody who is trusted."""
    return found.may_take and not has_nothing_new(found)


def coming_cells(family: FamilyComing, *, chosen: bool, may_choose: bool) -> tuple[Cell, ...]:
    """One family of a file."""
    title = family_title(family)
    stays = hold_short(family.holds) or (_("stays out") if family.destroyed else "")
    return (
        Cell(
            main=title,
            second=", ".join(family.persons),
            strong=True,
            checked=chosen if may_choose else None,
            spoken_as=_("%(family)s, chosen", family=title) if chosen and may_choose else "",
        ),
        Cell(main=here_words(family)),
        Cell(main=formats.number(family.changes) if family.changes else _("nothing new"), right=True),
        _differences_cell(family.differences),
        Cell(main=stays, icon="state.watch", role="watch") if stays else Cell(main=NOTHING),
    )


def report_view(done: Taken, arrival: Arrival, *, whole: bool) -> ReportView:
    """What came of it. `whole`: all was taken in that `arrival` told of; of a part it is not known what it brings to
    clear up beside values."""
    about = [families_words(len(done.families)), changes_words(done.changes)]
    facts = list(_to_clear_up(done, arrival.to_clear_up if whole else ()))
    if facts:
        facts[-1] = replace(facts[-1], link=_("To what is to be cleared up"), place=Place(page="clear_up"))
    facts += [*_removed(arrival), *_left_out(arrival)]
    if arrival.kind == "receipt":
        sentence = _("Noted what %(name)s has.", name=named(arrival.sender))
        about = []
    else:
        sentence = _("The file of %(name)s was taken in.", name=named(arrival.sender))
    return ReportView(
        sentence=sentence,
        about="  ·  ".join(about),
        facts=(FactGroup(title=_("Good to know"), facts=tuple(facts)),),
        offers_receipt=arrival.kind == "ops",
    )


def _to_clear_up(done: Taken, points: Sequence[tuple[str, int]]) -> Iterator[Fact]:
    """What somebody has to decide now."""
    if done.differences:
        sentence = ngettext(
            "%(count)d value now stands beside another. Both are kept, for you to clear up.",
            "%(count)d values now stand beside others. All are kept, for you to clear up.",
            done.differences,
            count=done.differences,
        )
        yield Fact(main=sentence, icon="state.clash", role="clash")
    if done.may_be_known:
        yield Fact(main=known_words(done.may_be_known), icon="state.watch", role="watch")
    yield from _brought(points)


def _brought(points: Sequence[tuple[str, int]]) -> Iterator[Fact]:
    """What the file brings to clear up beside values and persons."""
    if said := brought(points):
        yield Fact(main=said[0], second="\n".join(said[1:]), icon="state.clash", role="clash")


def _title(found: Arrival) -> str:
    names = {
        "receipt": _("Receipt of %(name)s", name=named(found.sender)),
        "extract": _("To read only, from %(name)s", name=named(found.sender)),
    }
    return names.get(found.kind, _("File of %(name)s", name=named(found.sender)))


def _caution(found: Arrival) -> Caution:
    sender = found.sender
    stopped = why_not_taken(sender, named(sender))
    if stopped is not None:
        to_compare = sender.trust is Trust.UNVERIFIED
        return Caution(
            state="watch" if to_compare else "late",
            sentence=problem_text(stopped),
            rest=_("You can do that by telephone or side by side.") if to_compare else "",
            link=_("Compare with this colleague …") if to_compare else "",
            place=colleague_place(sender) if to_compare else None,
        )
    if has_nothing_new(found):
        return Caution(
            state="info",
            sentence=nothing_new_words(found),
            rest=_("There is nothing to do."),
        )
    if found.to_confirm:
        asked, rest = asked_words(found)
        return Caution(state="watch", sentence=asked, rest=rest)
    if found.clock_ahead:
        return Caution(
            state="watch",
            sentence=_("The clock of the sender runs ahead of the clock of this laptop."),
            rest=_("Nothing is lost by it. Do check the date on both laptops."),
        )
    return Caution()


def _groups(found: Arrival) -> Iterator[FactGroup]:
    icon, role = trust_sign(found.sender)
    sender = Fact(main=named(found.sender), second=trust_words(found.sender), icon=icon, role=role)
    yield FactGroup(title=_("From whom"), facts=(sender,))
    if found.kind == "receipt":
        what = Fact(main=receipt_words(), icon="state.info")
        yield FactGroup(title=_("What it is"), facts=(what,))
        return
    yield FactGroup(title=_("What it holds"), facts=tuple(_holds(found)))
    yield FactGroup(title=_("Stays out or waits"), facts=tuple(_left_out(found)))
    asked = tuple(Fact(main=title, icon="sign.remove") for title in found.to_confirm)
    yield FactGroup(title=_("Asked to be destroyed"), facts=asked)


def _holds(found: Arrival) -> Iterator[Fact]:
    words = [families_words(len(found.families)), changes_words(found.changes)]
    if found.scans:
        words.append(scans_words(found.scans))
    known = found.known_changes
    second = ngettext("%(count)d more is here already", "%(count)d more are here already", known, count=known)
    yield Fact(main=", ".join(words), second=second if known else "", icon="sign.package_in")
    if found.compartments:
        yield Fact(main=parts_words(found.compartments), icon="nav.dossiers")
    if found.differences:
        rest = _("Both values stay. You clear them up when it suits you.")
        yield Fact(main=differences_words(found.differences), second=rest, icon="state.clash", role="clash")
    if found.may_be_known:
        yield Fact(
            main=known_words(found.may_be_known),
            second="\n".join(found.known_words),
            icon="state.watch",
            role="watch",
        )
    yield from _brought(found.to_clear_up)
    yield from _removed(found)
    if found.extract_until is not None:
        day = formats.fact(found.extract_until)
        rest = _("After that day it removes itself.")
        yield Fact(main=_("Can be read until %(day)s", day=day), second=rest, icon="sign.term")


def _removed(found: Arrival) -> Iterator[Fact]:
    for family in found.families:
        if family.removed:
            yield Fact(main=family_title(family), second=removed_words(), icon="sign.remove")


def _left_out(found: Arrival) -> Iterator[Fact]:
    for family in found.families:
        if stays := stays_words(family):
            yield Fact(main=family_title(family), second=stays, icon="state.watch", role="watch")
    if found.set_apart:
        yield Fact(
            main=ngettext(
                "%(count)d change is set apart",
                "%(count)d changes are set apart",
                found.set_apart,
                count=found.set_apart,
            ),
            second=_("They go into no dossier until somebody has looked at them."),
            icon="state.watch",
            role="watch",
        )
    if found.newer:
        yield Fact(
            main=ngettext(
                "%(count)d change waits for an update",
                "%(count)d changes wait for an update",
                found.newer,
                count=found.newer,
            ),
            second=_("It comes from a newer version of the program, and shows after an update."),
            icon="state.info",
            role="info",
        )


def _differences_cell(count: int) -> Cell:
    if not count:
        return Cell(main=NOTHING)
    words = ngettext("%(count)d difference", "%(count)d differences", count, count=count)
    return Cell(main=words, icon="state.clash", role="clash")
