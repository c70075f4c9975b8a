"""The families opened last, for the rail; and the line in the access log that each opening leaves."""

from dataclasses import dataclass

from app.services.session import Session
from app.storage import access_log

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentFamily:
    """A dossier that was opened lately."""

    dossier: str
    title: str


def opened(session: Session, dossier: str) -> None:
    """Remember that a dossier was opened, and log it: actor, deed, object (never a name), result, origin, time."""
    store = session.store
    at = int(session.now().timestamp() * 1000)
    with store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_recent(dossier, at) VALUES(?,?) ON CONFLICT(dossier) DO UPDATE SET at = excluded.at",
            (dossier, at),
        )
        origin = store.identity.writer.device_id[:16] if store.identity is not None else ""
        access_log.write(
            conn,
            access_log.Entry(
                at=at, actor=session.officer, deed="open", object=dossier, result="done", origin=origin
            ),
        )


def families(session: Session) -> list[RecentFamily]:
    """The families opened last, latest first."""
    sql = (
        "SELECT r.dossier, s.title FROM l_recent r JOIN d_summary s ON s.dossier = r.dossier"
        " ORDER BY r.at DESC LIMIT ?"
    )
    with session.store.read() as conn:
        return [RecentFamily(dossier=row[0], title=row[1]) for row in conn.exec_driver_sql(sql, (SHOWN,))]
