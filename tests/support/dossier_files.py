"""Files of dossiers in memory: give out, change a little, take in."""

import io
import json
from collections.abc import Callable
from typing import Any

from app.config.paths import RESOURCES
from app.domain.record import Compartment
from app.files.dossier_json import CHOOSABLE, USUAL
from app.services.dossier_export import Choice, export_dossiers
from app.services.dossier_import import ImportReport, import_dossiers, preview_import
from app.services.session import Session

EXAMPLE = (RESOURCES / "schema" / "voorbeeld.json").read_bytes()
EVERYTHING = frozenset(CHOOSABLE)


def out_of(session: Session, *dossiers: str, compartments: frozenset[Compartment] = USUAL) -> bytes:
    """The bytes of a file."""
    out = io.BytesIO()
    export_dossiers(session, out, Choice(dossiers=dossiers, compartments=compartments))
    return out.getvalue()


def into(session: Session, file: bytes, *, overwrite: bool = False) -> ImportReport:
    """Take a file in."""
    return import_dossiers(session, io.BytesIO(file), overwrite=overwrite)


def preview(session: Session, file: bytes, *, overwrite: bool = False) -> ImportReport:
    """See what it would do."""
    return preview_import(session, io.BytesIO(file), overwrite=overwrite)


def changed(file: bytes, change: Callable[[Any], None]) -> bytes:
    """The same file after `change` had its way with the parsed content."""
    data = json.loads(file)
    change(data)
    return json.dumps(data, ensure_ascii=False).encode()


def record_in(data: Any, kind: str) -> Any:
    """The first record of a kind."""
    return next(record for record in data["records"] if record["kind"] == kind)
