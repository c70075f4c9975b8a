"""Commands that give dossiers out and take them in, in the open JSON form."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app.bootstrap import App
from app.cli.exit_code import DONE, REFUSED
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.record import Compartment
from app.domain.words import N_
from app.files.dossier_json import USUAL
from app.files.dossier_json_problem import FileRefused
from app.i18n import _, ngettext, problem_text
from app.services import dossier_export, dossier_import
from app.services.duplicates import hit_words, suspicion_words
from app.services.families import NoSuchDossier
from app.services.session import Session


class NoSuchCompartment(KnownProblem):
    """The name of a compartment that does not exist."""

    message = N_("There is no compartment “%(name)s”. There are: %(names)s.")


class CannotRead(KnownProblem):
    """The file to take in is not there or may not be read."""

    message = N_("The file cannot be read: %(file)s")


def dossier_ids(session: Session, named: Sequence[str]) -> tuple[str, ...]:
    """The dossiers with these numbers or ids. Raises `NoSuchDossier`."""
    found = []
    with session.store.read() as conn:
        for name in named:
            sql = "SELECT id FROM r_dossier WHERE id = ? OR number = ?"
            row = conn.exec_driver_sql(sql, (name, name)).first()
            if row is None:
                raise NoSuchDossier
            found.append(str(row[0]))
    return tuple(found)


def _compartments(named: Sequence[str] | None) -> frozenset[Compartment]:
    try:
        return frozenset(Compartment(name) for name in named) if named else USUAL
    except ValueError:
        known = ", ".join(Compartment)
        wrong = next(name for name in named or () if name not in set(Compartment))
        raise NoSuchCompartment(name=wrong, names=known) from None


def export_dossiers(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Write dossiers to a file, or to standard output when none is named."""
    with opened(arguments, app) as unlocked:
        session = unlocked.session
        choice = dossier_export.Choice(
            dossiers=dossier_ids(session, arguments.dossier or ()),
            compartments=_compartments(arguments.compartment),
        )
        if not arguments.out:
            dossier_export.export_dossiers(session, sys.stdout.buffer, choice)
            return DONE, Said(values={}, silent=True)
        made = dossier_export.export_to_file(session, Path(arguments.out), choice)
    count = ngettext("%(count)d dossier", "%(count)d dossiers", made.dossiers) % {"count": made.dossiers}
    lines = [_("%(dossiers)s written to %(file)s") % {"dossiers": count, "file": arguments.out}]
    return DONE, Said(values=asdict(made) | {"file": arguments.out}, text=lines)


def import_dossiers(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Read dossiers; with --dry-run only say what would happen. What is wrong with a file is said line by line."""
    with opened(arguments, app, read_only=arguments.dry_run) as unlocked:
        take = dossier_import.preview_import if arguments.dry_run else dossier_import.import_dossiers
        try:
            with Path(arguments.file).open("rb") as source:
                report = take(unlocked.session, source, overwrite=arguments.overwrite)
        except OSError:
            raise CannotRead(file=arguments.file) from None
        except FileRefused as refused:
            return _refused(refused)
        if report.problems:
            return _refused(FileRefused(report.problems))
    return DONE, Said(values=_values(report), text=_sentences(report, dry_run=arguments.dry_run))


def _refused(problem: FileRefused) -> tuple[int, Said]:
    lines = [dossier_import.problem_line(each) for each in problem.found]
    values: dict[str, object] = {
        "problem": problem.code,
        "sentence": problem_text(problem),
        "problems": lines,
    }
    return REFUSED, Said(values=values, text=lines, failure=problem)


def _values(report: dossier_import.ImportReport) -> dict[str, object]:
    values = asdict(report)
    values.pop("problems")
    values["suspected"] = [
        {
            "person": each.person,
            "hits": [{"person": hit.person, "words": hit_words(hit)} for hit in each.hits],
        }
        for each in report.suspected
    ]
    return values


def _sentences(report: dossier_import.ImportReport, *, dry_run: bool) -> Sequence[str]:
    lines = [_("Nothing was written: this only says what would happen.")] if dry_run else []
    counts = (
        (_("New dossiers"), len(report.new_dossiers)),
        (_("New persons"), len(report.new_persons)),
        (_("New records"), report.new_records),
        (_("Changed fields"), len(report.changed)),
        (_("Fields on which two values stand now"), len(report.conflicts)),
        (_("Left as they are"), len(report.skipped)),
        (_("The same here already"), report.unchanged),
        (_("Persons who may be known already"), len(report.suspected)),
    )
    lines += [f"{words}: {number}" for words, number in counts]
    return lines + [f"- {words}" for each in report.suspected for words in suspicion_words(each)]
