"""The command `sheet`: one handover sheet or receipt as PDF, a concept or final as it stands, written down first."""

import argparse
from pathlib import Path

from app.bootstrap import App
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.i18n import _, ngettext
from app.services import papers, sheet_subject
from app.services.papers import RECEIPT, SHEET, Prepared, Wanted
from app.services.session import Session

_PAPERS = {"overdrachtsblad": SHEET, "ontvangstbewijs": RECEIPT}
_OWN_FILE = "Eigen dossier"
_PURPOSE, _PURPOSE_OWN = "doel.overdracht", "doel.dossier"


def sheet(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Write the PDF. Without a receiver the copy is for the own file, and says so."""
    with opened(arguments, app, meanwhile=lambda: papers.get_ready(app.content)) as unlocked:
        session, path = unlocked.session, Path(arguments.out)
        prepared = papers.prepare(session, _wanted(session, arguments))
        purpose = _PURPOSE if arguments.receiver else _PURPOSE_OWN
        papers.save_pdf(session, prepared, path, purpose=purpose)
    return DONE, Said(values=_values(prepared, path), text=_lines(prepared, path))


def _wanted(session: Session, arguments: argparse.Namespace) -> Wanted:
    paper, receiver = _PAPERS[arguments.paper], arguments.receiver or _OWN_FILE
    subject = sheet_subject.find(session, arguments.dossier, arguments.person or "")
    return Wanted(
        paper=paper,
        subject=subject.departure,
        person=subject.person,
        receiver=receiver,
        audience=papers.audience_of(session, paper, receiver),
        language=arguments.language,
    )


def _values(prepared: Prepared, path: Path) -> dict[str, object]:
    return {
        "file": str(path),
        "status": prepared.paper.status.value,
        "set": prepared.set_number,
        "version": prepared.version,
        "sha256": prepared.paper.sha256,
        "gaps": [{"field": mark.code, "text": mark.text} for mark in prepared.paper.gaps],
    }


def _lines(prepared: Prepared, path: Path) -> tuple[str, ...]:
    paper = prepared.paper
    written = _(
        "%(title)s, %(reference)s: %(file)s",
        title=paper.title.text,
        reference=paper.reference,
        file=str(path),
    )
    if prepared.is_final:
        return (written,)
    count = len(paper.gaps)
    missing = ngettext(
        "It is a concept. %(count)d thing is missing:",
        "It is a concept. %(count)d things are missing:",
        count,
    )
    marks = (f"  {mark.number} {mark.text}" for mark in paper.gaps)
    return (written, missing % {"count": count}, *marks) if count else (written, _("It is not final."))
