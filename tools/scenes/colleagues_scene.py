"""Colleagues: in every state of trust, one to be compared, the own card, and before there is anybody."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QWidget

from app.domain.ident import derived_id
from app.exchange import card as cards
from app.services import trust
from app.services.session import Session
from app.storage import identity, seal_key
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.views.colleagues import pages

_PEOPLE = ("A. Okoro", "M. de Wit", "S. Yıldız", "T. Brouwer", "N. Haddad")


def _add(session: Session, name: str) -> str:
    """The card of a made-up colleague; its keys come from the name."""
    seed = hashlib.sha512(name.encode()).digest()
    key = Ed25519PrivateKey.from_private_bytes(seed[:32])
    card = cards.make(
        sign_key=key.public_key().public_bytes_raw(),
        seal_public=seal_key.public((seed * 2)[: seal_key.SECRET_BYTES]),
        sign=key.sign,
        name=name,
        office="GL Noordermeer" if name < "S" else "GL Zuiderveen",
        officer=derived_id("officer", name),
        now=session.now(),
    )
    return trust.add_card(session, cards.render(card).encode()).device


def _fix_own(session: Session) -> None:
    """Give the store a device that is the same on every run, so that the digits on the picture are."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key().public_bytes_raw()
    with session.store.local() as conn:
        conn.exec_driver_sql(
            "UPDATE j_device SET id = ?, sign_key = ?", (hashlib.sha256(public).hexdigest(), public)
        )
        conn.exec_driver_sql("UPDATE l_own_device SET sign_secret = ?", (key.private_bytes_raw(),))
        session.store.identity = identity.load(conn, session.officer)


def _colleagues(part: str, name: str = "", *, filled: bool = True) -> QWidget:
    session = made_up_session(0, "colleagues" if filled else "alone")
    if filled and not trust.colleagues(session):
        _fix_own(session)
        early = replace(session, now=lambda: session.now() - timedelta(days=12))
        devices = [_add(session, each) for each in _PEOPLE]
        for each, how in zip(devices[:4], ("qr", "phone", "phone", "phone"), strict=True):
            typed = " ".join(cards.fingerprint(each))
            trust.verify(early, each, typed, "qr" if how == "qr" else "phone")
        trust.set_registrar(session, devices[1], True)
        trust.set_registrar(session, trust.own(session).device, True)
        trust.vouch(session, devices[0])
        trust.revoke(early, devices[2], "intrekking.gestolen")
        trust.reject(session, devices[3])
    device = next((one.device for one in trust.colleagues(session) if one.name == name), "")
    desk = made_up_desk(session)
    return in_window(desk, pages.page_specs(desk), Place(page="colleagues", part=part, subject=device))


def _compare() -> QWidget:
    return _colleagues("list", "N. Haddad")


def _known() -> QWidget:
    return _colleagues("list", "A. Okoro")


def _own() -> QWidget:
    return _colleagues("own")


def _empty() -> QWidget:
    return _colleagues("list", filled=False)


SCENES = (
    Scene(name="colleagues-compare", build=_compare),
    Scene(name="colleagues-known", build=_known),
    Scene(name="colleagues-own", build=_own),
    Scene(name="colleagues-empty", build=_empty),
)
