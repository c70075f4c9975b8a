"""The command that looks ahead: the agenda."""

import argparse
from datetime import timedelta

from app.bootstrap import App
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.i18n import _, ngettext
from app.i18n.formats import day as day_words
from app.services import agenda as agenda_service
from app.services import handing_over
from app.services.agenda import AgendaLine
from app.services.handing_over import HandoverState
from app.services.offer_words import about_offer, waits_words
from app.services.session import Session
from app.services.words import step_words


def agenda(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Late, today and the days ahead, each line with family, what and when."""
    with opened(arguments, app, read_only=True) as unlocked:
        session = unlocked.session
        found = agenda_service.read(session, days=arguments.days)
        until = found.today + timedelta(days=arguments.days)
        groups = (
            (_("Late"), "late", found.late),
            (_("Today"), "today", found.now),
            (
                _("Ahead, until %(day)s and what asks attention already", day=day_words(until, found.today)),
                "ahead",
                found.ahead,
            ),
        )
        waiting = [one for one in handing_over.list_open(session) if waits_words(one)]
        lines = [_("Handing over waits for an answer (%(count)d)", count=len(waiting))] if waiting else []
        lines += [f"  {one.title}: {_waits(one)}" for one in waiting]
        values: dict[str, object] = {
            "today": found.today.isoformat(),
            "handovers": [_handover_value(one) for one in waiting],
        }
        for title, key, rows in groups:
            lines += [f"{title} ({len(rows)})", *(_line(session, row) for row in rows)]
            values[key] = [_value(session, row) for row in rows]
    return DONE, Said(values=values, text=lines)


def _waits(state: HandoverState) -> str:
    about = about_offer(state.offer) if state.offer is not None else ""
    return " ".join(part for part in (waits_words(state), about) if part)


def _handover_value(state: HandoverState) -> dict[str, object]:
    return {"dossier": state.dossier, "family": state.title, "to_me": state.to_me, "words": _waits(state)}


def _line(session: Session, row: AgendaLine) -> str:
    when = day_words(row.due_on, session.today) if row.due_on else _("date unknown")
    late = ""
    if row.days_late:
        late = ", " + ngettext("%(count)d day late", "%(count)d days late", row.days_late) % {
            "count": row.days_late
        }
    return (
        f"  {when} {row.at_time}".rstrip()
        + f"  {row.family}: {step_words(session, row.what, row.detail)}{late}"
    )


def _value(session: Session, row: AgendaLine) -> dict[str, object]:
    return {
        "dossier": row.dossier,
        "family": row.family,
        "what": row.what,
        "words": step_words(session, row.what, row.detail),
        "about": row.about,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "at": row.at_time or None,
        "days_late": row.days_late,
    }
