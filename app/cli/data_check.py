"""Command `check-data`: what cannot be right in the records, per family."""

import argparse

from app.bootstrap import App
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.i18n import _
from app.services import data_check
from app.services.data_check import Finding


def check_data(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Look at one family or at all; what is found is no failure."""
    with opened(arguments, app, read_only=True) as unlocked:
        session = unlocked.session
        if arguments.dossier:
            found = data_check.of_dossier(session, dossier_ids(session, [arguments.dossier])[0])
        else:
            found = data_check.of_all(session)
    lines = [_line(each) for each in found]
    values: dict[str, object] = {"findings": [_value(each) for each in found]}
    return DONE, Said(values=values, text=lines or [_("Nothing to look at")])


def _line(each: Finding) -> str:
    compared = ", ".join(f"{title}: {words}" for title, words in each.details)
    about = f" ({each.about})" if each.about else ""
    return f"{each.family}{about}: {each.sentence}" + (f": {compared}" if compared else "")


def _value(each: Finding) -> dict[str, object]:
    return {
        "rule": each.rule,
        "sentence": each.sentence,
        "why": each.why,
        "dossier": each.dossier,
        "family": each.family,
        "person": each.person or None,
        "about": each.about,
        "kind": each.kind,
        "record": each.record,
        "field": each.field,
        "values": [{"title": title, "value": words} for title, words in each.details],
    }
