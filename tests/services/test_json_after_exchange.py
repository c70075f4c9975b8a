"""The open JSON form knows families that came from a colleague, with the colleague's own officer record."""

import io

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Owner
from app.exchange import set_apart
from app.services import dossier_export, dossier_import, take
from app.services.dossier_export import Choice
from app.storage import chain, project
from tests.exchange.test_faults import add_scan
from tests.exchange.test_give_and_take import PNG
from tests.support.package_case import ALL, Office


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


def test_two_who_made_a_family_from_one_json_file_let_each_other_in_by_giving_it(
    anna: Office, bram: Office
) -> None:
    """Each made it, so to each the other is a stranger at first: what comes in waits, and nothing is lost."""
    family = anna.family()
    out = io.BytesIO()
    dossier_export.export_dossiers(anna.session, out, Choice(dossiers=(family.dossier,)))
    dossier_import.import_dossiers(bram.session, io.BytesIO(out.getvalue()))
    anna.change(family.alias, family_name="Van Anna")
    path = anna.give(bram, dossiers=(family.dossier,))
    assert take.look(bram.session, path).set_apart
    take.accept(bram.session, path)
    assert bram.alias(family) == family.alias
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,)))
    for one in (anna, bram):
        with one.desk.store.read() as conn:
            assert set_apart.all_of(conn) == ()
            assert project.differences(conn) == [] and chain.check_chains(conn) == ()
    assert anna.alias(family) == bram.alias(family)
    scans = [add_scan(one, family.person, PNG + one.desk.name.encode()) for one in (anna, bram)]
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,), parts=ALL))
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,), parts=ALL))
    for one in (anna, bram):
        with one.desk.store.read() as conn:
            held = conn.exec_driver_sql("SELECT blob FROM l_scan_file").scalars().all()
        assert sorted(held) == sorted(scans)
