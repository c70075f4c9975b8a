"""The open JSON form knows families that came from a colleague, with the colleague's own officer record."""

import io

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Owner
from app.services import dossier_export, dossier_import, take
from app.services.dossier_export import Choice
from tests.support.package_case import Office


def test_what_a_colleague_gave_goes_out_and_in_unchanged(anna: Office, bram: Office) -> None:
    family = anna.family()
    with anna.desk.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.add(Owner(id=new_id(), scope=family.dossier, officer=anna.desk.officer, from_on="2026-11-01"))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    out = io.BytesIO()
    dossier_export.export_dossiers(bram.session, out, Choice(dossiers=(family.dossier,)))
    assert anna.desk.officer in out.getvalue().decode()
    report = dossier_import.import_dossiers(bram.session, io.BytesIO(out.getvalue()))
    assert report.problems == () and report.changed == () and not report.new_records
