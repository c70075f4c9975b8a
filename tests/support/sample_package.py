"""A package with everything in it that can be, for the vectors in the docs and for the second reader."""

from pathlib import Path

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import HealthFact, HealthScan
from app.services import take
from app.storage.uow import read_where
from tests.support.package_case import ALL, Office

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def sample_package(anna: Office, bram: Office) -> Path:
    """For Anna, by Bram: what both wrote, a removal, a value that was taken out, a scan, other scripts, and a device
    that took the place of another.
    """
    for one, other in ((anna, bram), (bram, anna)):
        one.desk.knows(other.desk)
    family = anna.family("قربانی")
    store = anna.desk.store
    assert store.scans is not None
    with store.write(verbs.MEMBER_CHANGED) as uow:
        sql = "SELECT key FROM r_scope WHERE scope = ?"
        key = bytes.fromhex(uow.conn.exec_driver_sql(sql, (family.person,)).scalar_one())
        blob = store.scans.add(uow.conn, family.person, key, PNG)
        uow.add(HealthScan(id=new_id(), scope=family.person, title="Scan é", blob=blob))
        uow.delete(family.alias)
    with store.read() as conn:
        fact = read_where(conn, HealthFact, "1")[0]
    store.redact(fact.id, frozenset({"body"}))
    anna.desk.renew()
    bram.desk.knows(anna.desk)
    take.accept(bram.session, anna.give(bram, dossiers=(family.dossier,), parts=ALL))
    with bram.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        person = read_where(uow.conn, Person, "scope = ?", (family.person,))[0]
        uow.save(person, person.with_values(call_name="Vo", birth_date_stated=1))
    return bram.give(anna, dossiers=(family.dossier,), parts=ALL, full=True)
