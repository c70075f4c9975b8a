"""The command `extracts`, and the part of `export` that gives a dossier to read only."""

import argparse
from dataclasses import asdict
from pathlib import Path

from app.bootstrap import App
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.giving import would_go, would_go_values
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.extract_facts import ExtractChoice, HeldExtract
from app.domain.record import Compartment
from app.domain.words import N_
from app.i18n import _, formats
from app.services import extract
from app.services.extract import ExtractEnded
from app.services.file_words import named
from app.services.session import Session


class ExtractOfOne(KnownProblem):
    """An extract is of one dossier and has a last day."""

    message = N_("To read only is for one dossier, until a day: give --dossier once, and --until.")


def give_to_read(
    arguments: argparse.Namespace, session: Session, receivers: tuple[str, ...], parts: frozenset[Compartment]
) -> tuple[int, Said]:
    """Write an extract, or say what would go."""
    if arguments.until is None or len(arguments.dossier or ()) != 1:
        raise ExtractOfOne
    (dossier,) = dossier_ids(session, arguments.dossier)
    choice = ExtractChoice(dossier=dossier, receivers=receivers, compartments=parts, until=arguments.until)
    until = _("Can be read until %(day)s", day=formats.fact(arguments.until))
    if arguments.preview:
        seen = extract.preview(session, choice)
        return DONE, Said(values=would_go_values(seen), text=[*would_go(seen, counted=False), until])
    out = Path(arguments.out)
    folder, name = (out, "") if out.is_dir() else (out.parent, out.name)
    made = extract.write(session, choice, folder, split=arguments.split, name=name)
    lines = [until, *(_("Written and read back: %(file)s", file=file) for file in made.files)]
    return DONE, Said(values=asdict(made) | {"until": arguments.until.isoformat()}, text=lines)


def extracts(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """What can be read here, or one of them, or one less."""
    wanted = arguments.show or arguments.remove
    with opened(arguments, app, read_only=not wanted) as unlocked:
        session = unlocked.session
        if arguments.show:
            found = extract.read(session, _find(session, arguments.show))
            lines = [f"{line.label}\t{line.value}" if line.label else line.value for line in found.lines]
            told = [
                {"label": line.label, "value": line.value, "kind": str(line.kind)} for line in found.lines
            ]
            return DONE, Said(values=_values(found.held) | {"lines": told}, text=lines)
        if arguments.remove:
            extract.drop(session, _find(session, arguments.remove))
        held = extract.held(session)
    text = [_line(one) for one in held] or [_("Nothing to read.")]
    return DONE, Said(values={"extracts": [_values(one) for one in held]}, text=text)


def _find(session: Session, start: str) -> str:
    ids = [one.id for one in extract.held(session) if one.id.startswith(start)]
    if len(ids) != 1:
        raise ExtractEnded
    return ids[0]


def _line(one: HeldExtract) -> str:
    until = _("Can be read until %(day)s", day=formats.fact(one.ends_on))
    return "\t".join((one.id, one.title, _("From %(name)s", name=named(one.sender)), until))


def _values(one: HeldExtract) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "sender": one.sender.device,
        "sender_name": one.sender.name,
        "arrived_at": one.arrived_at.isoformat(),
        "until": one.ends_on.isoformat(),
        "compartments": sorted(one.compartments),
    }
