"""What was set apart: left out for good, or taken in after all with a decision that everybody can see."""

from typing import Final

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.exchange_facts import Hold
from app.domain.ident import new_id
from app.domain.kinds.place import Access
from app.exchange import set_apart
from app.exchange.problem import DangerousPackage, WrongSignature
from app.exchange.scope_check import check_scopes
from app.exchange.set_apart import Kept
from app.services import arrived_persons
from app.services.matter import NoSuchMatter
from app.services.session import Session
from app.storage import project
from app.storage.arrival import Arrival
from app.storage.compact_json import json_text
from app.storage.seal import good_seals
from app.storage.store import Whole
from app.storage.uow import UnitOfWork

MAY_COME_IN: Final = frozenset({Hold.NO_ACCESS, Hold.REVOKED})


def discard(session: Session, number: int) -> None:
    """Leave a stretch out for good. Raises `NoSuchMatter`."""
    with session.store.local() as conn:
        if not any(kept.no == number for kept in set_apart.all_of(conn)):
            raise NoSuchMatter
        set_apart.leave_out(conn, number)


def take_in(session: Session, number: int) -> None:
    """Take a stretch in after all: its writer gets access to the scope, and that is written down.

    Raises `NoSuchMatter` where it does not follow on what is here (a complete file brings it then), and
    `DangerousPackage` where it writes into another scope, or says that its scope is about something else.
    """
    with session.store.whole() as whole:
        kept = next((one for one in set_apart.all_of(whole.conn) if one.no == number), None)
        if kept is None or kept.why not in MAY_COME_IN:
            raise NoSuchMatter
        _let_in(session, whole, kept)
        _put_in(session, whole, kept)
        whole.verb = verbs.TAKEN_IN.code


def _let_in(session: Session, whole: Whole, kept: Kept) -> None:
    access = Access(
        id=new_id(), scope=kept.key.scope, device=kept.key.device, from_at=moment_text(session.now())
    )

    def fill(uow: UnitOfWork) -> None:
        uow.add(access)

    whole.act(verbs.RESOLVED, fill)


def _put_in(session: Session, whole: Whole, kept: Kept) -> None:
    conn = whole.conn
    counts: dict[str, object] = {
        "changes": kept.end - kept.start,
        "differences": 0,
        "gaps": [],
        "forks": [],
    }
    number = conn.exec_driver_sql(
        "INSERT INTO l_import(package, at, sender, made_at, dossiers, counts, lasting)"
        " VALUES('', ?, ?, '', '[]', ?, 1) RETURNING no",
        (int(session.now().timestamp() * 1000), kept.sender, json_text(counts)),
    ).scalar_one()
    sql = "SELECT scope, kind FROM r_scope WHERE scope = ?"
    kinds: dict[str, str] = dict(conn.exec_driver_sql(sql, (kept.key.scope,)).all())
    arrival = Arrival(conn, number)
    project.open_guard(conn, True)
    seal = set_apart.put_in(conn, arrival, kept.no)
    if seal is None:
        raise NoSuchMatter
    if not good_seals([seal]):
        raise WrongSignature
    arrival.flush()
    arrival.write_streams()
    moved = project.project_or_drop(conn, arrival.result.merge, arrival.result.changed)
    project.open_guard(conn, False)
    if moved.strangers:
        raise DangerousPackage
    check_scopes(conn, kinds)
    set_apart.discard(conn, kept.no)
    touched = [*arrival.result.fresh, *moved.touched]
    counts["newer"] = arrival.result.newer
    counts[arrived_persons.ALIKE] = arrived_persons.taken_in(whole, touched, {kept.key.scope})
    conn.exec_driver_sql("UPDATE l_import SET counts = ? WHERE no = ?", (json_text(counts), number))
