"""A family leaves: to be offered, offered, offered to me, lent, confirmed by a colleague, asked to be destroyed."""

import hashlib
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QWidget

from app.domain import verbs
from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import Handover, Membership, Owner
from app.domain.kinds.place import Access, Device
from app.exchange import card as cards
from app.exchange import destruction
from app.services import handing_over, removal, removed_family, trust
from app.services.session import Session
from app.storage.identity import DeviceIdentity
from app.storage.journal import Writer
from app.storage.uow import read_where
from tools.scenes.colleagues_scene import _add
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.views.clear_up import pages as clear_up_pages
from ui.views.dossiers import pages as dossiers_pages
from ui.views.family import pages as family_pages
from ui.views.today import pages as today_pages

_NAME = "A. Okoro"


def _colleague(session: Session) -> DeviceIdentity:
    """A compared colleague, whose device the store knows; who can write here for a moment."""
    device = _add(session, _NAME)
    trust.verify(session, device, " ".join(cards.fingerprint(device)), "phone")
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha512(_NAME.encode()).digest()[:32])
    public = key.public_key().public_bytes_raw()
    with session.store.local() as conn:
        no = conn.exec_driver_sql(
            "INSERT INTO j_device(id, sign_key) VALUES(?,?) ON CONFLICT DO UPDATE SET sign_key = excluded.sign_key"
            " RETURNING no",
            (device, public),
        ).scalar_one()
    writer = Writer(device=no, device_id=device, officer=derived_id("officer", _NAME))
    return DeviceIdentity(writer, key.private_bytes_raw(), public)


def _first(session: Session) -> str:
    with session.store.read() as conn:
        return str(
            conn.exec_driver_sql("SELECT dossier FROM d_summary ORDER BY sort_key LIMIT 1").scalar_one()
        )


def _family(kept: str) -> tuple[Session, str, DeviceIdentity]:
    session = made_up_session(6, f"leaving-{kept}")
    return session, _first(session), _colleague(session)


def _offer_by_colleague(session: Session, dossier: str, other: DeviceIdentity, until: date | None) -> None:
    """As a file of the colleague would bring it."""
    own, session.store.identity = session.store.identity, other
    made = Handover(
        id=new_id(),
        scope=dossier,
        step=session.content.ref("basis", handing_over.OFFERED),
        officer=session.officer,
        device=own.writer.device_id if own is not None else "",
        returns_on=until.isoformat() if until else None,
        reason="Verlof. Het gesprek van 1 december kan doorgaan.",
    )
    with session.store.write(verbs.HANDOVER_OFFERED, dossier=dossier) as uow:
        for owner in read_where(uow.conn, Owner, "scope = ? AND to_on IS NULL", (dossier,)):
            uow.save(owner, owner.with_values(officer=other.writer.officer))
        uow.add(made)
    session.store.identity = own


def _ask_destruction(session: Session, dossier: str, other: DeviceIdentity) -> None:
    """As a file of the colleague would bring it."""
    device = other.writer.device_id
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.add(Access(id=new_id(), scope=dossier, device=device, from_at="2026-11-01T09:00:00Z"))
        uow.add(Device(id=new_id(), scope=session.place, device=device, officer=other.writer.officer))
        for owner in read_where(uow.conn, Owner, "scope = ? AND to_on IS NULL", (dossier,)):
            uow.save(owner, owner.with_values(officer=other.writer.officer))
    with session.store.local() as conn:
        step = conn.begin_nested()
        destruction.issue(
            conn,
            scope=dossier,
            kind=destruction.DOSSIER,
            reason=removal.reasons(session)[0],
            device=device,
            officer=other.writer.officer,
            at="2026-11-22T10:00:00Z",
            sign=other.sign,
            now_ms=1,
        )
        body, signature, _device = destruction.orders(conn, [dossier])[0]
        step.rollback()
        destruction.receive(conn, body, signature, other.public, 1)


def _tab(session: Session, dossier: str) -> QWidget:
    desk = made_up_desk(session)
    return in_window(
        desk, family_pages.page_specs(desk), Place(page="family", subject=dossier, part="leaving")
    )


def _form() -> QWidget:
    session, dossier, _other = _family("form")
    return _tab(session, dossier)


def _offered() -> QWidget:
    session, dossier, other = _family("offered")
    if handing_over.state(session, dossier).offer is None:
        handing_over.offer(
            session, dossier, other.writer.device_id, returns_on=date(2026, 12, 14), reason="Verlof"
        )
        with session.store.local() as conn:
            conn.exec_driver_sql(
                "INSERT INTO l_have(peer, scope, compartment, device, seq) SELECT ?, s.scope, s.compartment, d.id,"
                " s.seq FROM j_stream s JOIN j_device d ON d.no = s.device",
                (other.writer.device_id,),
            )
    return _tab(session, dossier)


def _behind() -> QWidget:
    """The colleague confirmed to hold all but the last three changes in each scope."""
    session, dossier, other = _family("behind")
    with session.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT OR IGNORE INTO l_have(peer, scope, compartment, device, seq)"
            " SELECT ?, s.scope, s.compartment, d.id, max(s.seq - 3, 0)"
            " FROM j_stream s JOIN j_device d ON d.no = s.device",
            (other.writer.device_id,),
        )
    return _tab(session, dossier)


def _to_me() -> QWidget:
    session, dossier, other = _family("to-me")
    if handing_over.state(session, dossier).offer is None:
        _offer_by_colleague(session, dossier, other, date(2026, 12, 14))
    return _tab(session, dossier)


def _asked() -> QWidget:
    session, dossier, other = _family("asked")
    if not removal.waiting(session):
        _ask_destruction(session, dossier, other)
    return _tab(session, dossier)


def _today() -> QWidget:
    session, dossier, other = _family("today")
    if not removal.waiting(session):
        _ask_destruction(session, dossier, other)
        with session.store.read() as conn:
            second = str(
                conn.exec_driver_sql("SELECT dossier FROM d_summary WHERE dossier <> ?", (dossier,)).scalar()
            )
        _offer_by_colleague(session, second, other, None)
    desk = made_up_desk(session)
    return in_window(desk, today_pages.page_specs(desk), Place(page="today"))


def _crossed() -> QWidget:
    """Offered by this officer, then withdrawn here and accepted by the colleague, neither knowing of the other."""
    session, dossier, other = _family("crossed")
    if not handing_over.state(session, dossier).crossed:
        handing_over.offer(session, dossier, other.writer.device_id)
        offer = handing_over.state(session, dossier).offer
        assert offer is not None
        handing_over.withdraw(session, dossier)
        own, session.store.identity = session.store.identity, other
        with session.store.write(verbs.HANDOVER_ACCEPTED, dossier=dossier) as uow:
            for owner in read_where(uow.conn, Owner, "scope = ? AND to_on IS NULL", (dossier,)):
                uow.save(owner, owner.with_values(officer=other.writer.officer))
            uow.add(
                Handover(
                    id=new_id(),
                    scope=dossier,
                    step=session.content.ref("basis", handing_over.ACCEPTED),
                    offer=offer.id,
                    officer=offer.officer,
                    device=other.writer.device_id,
                )
            )
        session.store.identity = own
    desk = made_up_desk(session)
    return in_window(desk, clear_up_pages.page_specs(desk), Place(page="clear_up"))


def _removed() -> QWidget:
    session, dossier, _other = _family("removed")
    if not removed_family.count(session):
        removed_family.remove(session, dossier)
    desk = made_up_desk(session)
    pages = (*dossiers_pages.page_specs(desk), *family_pages.page_specs(desk))
    return in_window(desk, pages, Place(page="removed"))


def _removed_person() -> QWidget:
    """The family of a person was removed here while a colleague let them belong to another one."""
    session, dossier, other = _family("removed-person")
    if not removed_family.count(session):
        with session.store.read() as conn:
            person = str(read_where(conn, Membership, "scope = ? ORDER BY id", (dossier,))[0].person)
            second = str(
                conn.exec_driver_sql("SELECT dossier FROM d_summary WHERE dossier <> ?", (dossier,)).scalar()
            )
        removed_family.remove(session, dossier)
        own, session.store.identity = session.store.identity, other
        with session.store.write(verbs.MEMBER_CHANGED, dossier=second) as uow:
            uow.add(Membership(id=new_id(), scope=second, person=person))
        session.store.identity = own
    desk = made_up_desk(session)
    return in_window(desk, clear_up_pages.page_specs(desk), Place(page="clear_up"))


SCENES = (
    Scene(name="leaving-form", build=_form),
    Scene(name="leaving-offered", build=_offered),
    Scene(name="leaving-behind", build=_behind, height=1300),
    Scene(name="leaving-to-me", build=_to_me),
    Scene(name="leaving-destroy-asked", build=_asked),
    Scene(name="leaving-today", build=_today),
    Scene(name="leaving-removed", build=_removed),
    Scene(name="clear-up-offer", build=_crossed),
    Scene(name="clear-up-removed-person", build=_removed_person),
)
