"""The command that counts, and lists what was counted."""

import argparse
from datetime import date

from app.bootstrap import App
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _
from app.i18n.formats import fact
from app.services import figures as service
from app.services.figure import Figure, Period, last_twelve_months, year
from app.services.figures import Listed
from app.services.session import Session


class PeriodTwice(KnownProblem):
    """One period at a time."""

    message = N_("Choose one: a year, the last twelve months, or from and to.")


def figures(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Counts of the location over a period, or the list behind one of them."""
    with opened(arguments, app, read_only=True) as unlocked:
        session = unlocked.session
        period = _period(arguments, session)
        span = {"from": period.start.isoformat(), "to": period.end.isoformat()}
        if arguments.list:
            code, colon, key = arguments.list.partition(":")
            rows = service.listed(session, code, period, key if colon else None)
            values: dict[str, object] = {**span, "code": code, "list": [_listed_value(row) for row in rows]}
            return DONE, Said(values=values, text=[_listed_line(row) for row in rows])
        found = service.figures(session, period)
    head = _("From %(start)s to %(end)s", start=fact(period.start), end=fact(period.end))
    return DONE, Said(
        values={**span, "figures": [_figure_value(each) for each in found]},
        text=[head, *(_figure_line(each) for each in found)],
    )


def _period(arguments: argparse.Namespace, session: Session) -> Period:
    """The period that was asked for; without one this year."""
    today = session.today
    if arguments.until and (arguments.last_12 or arguments.year):
        raise PeriodTwice
    if arguments.last_12:
        return last_twelve_months(today)
    whole = year(arguments.year or today.year, today)
    if not arguments.since and not arguments.until:
        return whole
    start = arguments.since or date(arguments.until.year, 1, 1)
    return Period(start=start, end=arguments.until or max(today, start))


def _figure_line(each: Figure) -> str:
    part = each.part or _("not recorded")
    number = "-" if each.number is None else f"{each.number}{each.unit}"
    return f"{_(each.label)}{f' ({part})' if each.is_split else ''}: {number}"


def _figure_value(each: Figure) -> dict[str, object]:
    return {
        "code": each.code,
        "label": _(each.label),
        "definition": _(each.definition),
        "part": each.part,
        "key": each.key,
        "number": each.number,
        "unit": each.unit,
    }


def _listed_line(row: Listed) -> str:
    said = (row.number, row.title, row.name, row.part, fact(row.on) if row.on else "")
    return "  ".join(word for word in said if word)


def _listed_value(row: Listed) -> dict[str, object]:
    return {
        "dossier": row.dossier,
        "number": row.number,
        "family": row.title,
        "person": row.person or None,
        "name": row.name or None,
        "on": row.on.isoformat() if row.on else None,
        "key": row.key,
        "part": row.part,
    }
