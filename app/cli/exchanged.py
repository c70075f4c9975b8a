"""Commands about what was exchanged: `taken-in` for files that came in, `who-has` for what colleagues were given."""

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import Final

from app.bootstrap import App
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Holding, Taken
from app.i18n import N_, _, formats, ngettext
from app.services import give, take
from app.services.file_words import changes_words, families_words
from app.services.part_words import in_order, parts_words

MOST_NAMED: Final = 5
"""Of more families than this in one file the number is enough."""


class NoSuchFile(KnownProblem):
    """No file came in under this number."""

    message = N_("There is no file with number %(number)d. Without --back you see which there are.")


def taken_in(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """The files that came in, latest first; or take one back."""
    number = arguments.back
    with opened(arguments, app, read_only=number is None) as unlocked:
        session = unlocked.session
        if number is not None:
            if number not in {one.number for one in take.taken(session)}:
                raise NoSuchFile(number=number)
            take.take_back_file(session, number)
        found = take.taken(session)
    if number is not None:
        lines = [_("Taken back. What came in with the file is gone from the dossiers here.")]
    else:
        lines = [line for one in found for line in _file_lines(one)] or [_("No file was taken in yet.")]
    return DONE, Said(values={"taken_back": number, "files": [_file_value(one) for one in found]}, text=lines)


def who_has(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """By colleague and family: what was given, what they told to have, and what they lack."""
    with opened(arguments, app, read_only=True) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier]) if arguments.dossier else ("",)
        found = give.holdings(session, dossier=dossier)
    lines = [_holding_line(one) for one in found] or [_("Nothing was given to a colleague yet.")]
    return DONE, Said(values={"holdings": [_holding_value(one) for one in found]}, text=lines)


def _file_lines(one: Taken) -> list[str]:
    name = one.sender_name or _("an unknown laptop")
    what = ", ".join(part for part in (_families(one), changes_words(one.changes)) if part)
    lines = [f"{one.number}  {formats.deed(one.at)}  {name}: {what}"]
    if one.may_go_back:
        lines.append("  " + _("Can be taken back with --back %(number)d", number=one.number))
    elif one.why_not:
        lines.append(f"  {_(one.why_not)}")
    return lines


def _families(one: Taken) -> str:
    """By title, where they are few and known here; "" for a file that only tells what somebody has."""
    if len(one.families) <= MOST_NAMED and all(one.families):
        return ", ".join(one.families)
    return families_words(len(one.families))


def _holding_line(one: Holding) -> str:
    lacks = ngettext("lacks %(count)d change", "lacks %(count)d changes", one.behind, count=one.behind)
    words = (
        parts_words(one.compartments),
        _("given: %(day)s", day=_day(one.sent_at)),
        _("confirmed: %(day)s", day=_day(one.told_at)),
        lacks if one.behind else _("has everything"),
    )
    return f"{one.name}, {one.title}: {'; '.join(words)}"


def _day(moment: datetime | None) -> str:
    return formats.fact(formats.local(moment).date()) if moment is not None else _("not yet")


def _file_value(one: Taken) -> dict[str, object]:
    return asdict(one) | {
        "at": one.at.isoformat(),
        "taken_back_at": _iso(one.taken_back_at),
        "why_not": _(one.why_not) if one.why_not else None,
    }


def _holding_value(one: Holding) -> dict[str, object]:
    return asdict(one) | {
        "sent_at": _iso(one.sent_at),
        "told_at": _iso(one.told_at),
        "compartments": in_order(one.compartments),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
