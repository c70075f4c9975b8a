"""Whom this officer trusts: from what was compared in person, from what registrars wrote, from keys that sign keys.

For many questions within one transaction read `book(conn)` once and ask that.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.domain.exchange_facts import Colleague, Trust
from app.exchange import card as cards
from app.exchange.card import Card
from app.exchange.registrar import known_card, tip_name
from app.exchange.trust_book import TrustBook, book, heir_ok, remembered

__all__ = [
    "TrustBook",
    "book",
    "card_of",
    "colleague",
    "colleagues",
    "heir_ok",
    "keep_card",
    "own_name",
    "people",
    "tip_name",
    "tips_of",
    "tips_text",
    "trust_of",
    "valid_up_to",
]


# -- the questions of the engine ------------------------------------------------------------------------------------


def trust_of(conn: Connection, device: str) -> Trust:
    """How far `device` is known here."""
    return book(conn).trust_of(device)


def card_of(conn: Connection, device: str) -> Card | None:
    """The card of a device: one that was added here, or one on the roster of a registrar."""
    return book(conn).card_of(device)


def colleague(conn: Connection, device: str) -> Colleague:
    """What is shown of a device, known or not; this device has the name of the officer."""
    return people(conn, [device])[0]


def people(conn: Connection, devices: Sequence[str]) -> tuple[Colleague, ...]:
    """The same for several, read once."""
    read = book(conn)
    name, office, officer = own_name(conn)
    return tuple(
        replace(found, name=name, office=office, officer=officer) if found.device in read.own else found
        for found in map(read.colleague, devices)
    )


def colleagues(conn: Connection) -> tuple[Colleague, ...]:
    """All devices of others with a card here, by name."""
    read = book(conn)
    found = [read.colleague(device) for device in {*read.peers, *read.roster} - read.own]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.office.casefold(), one.device)))


def valid_up_to(conn: Connection, device: str, scope: str, compartment: str) -> int | None:
    """The last number of a stream that is taken; None: the device is not revoked, 0: nothing is."""
    return book(conn).valid_up_to(device, scope, compartment)


def own_name(conn: Connection) -> tuple[str, str, str]:
    """Name of the officer, name of the location, and the officer's record: what the own card says."""
    officer, place = remembered(conn, "officer"), remembered(conn, "place")
    name = conn.exec_driver_sql("SELECT name FROM r_officer WHERE id = ?", (officer,)).scalar()
    office = conn.exec_driver_sql("SELECT name FROM r_location WHERE scope = ?", (place,)).scalar()
    return str(name or ""), str(office or ""), officer


# -- what is kept ---------------------------------------------------------------------------------------------------


def keep_card(conn: Connection, card: Card) -> None:
    """Remember a card, unverified; a newer one of a known device takes the place of the older (no trust changes)."""
    conn.exec_driver_sql(
        "INSERT INTO l_peer(device, card) VALUES(?,?) ON CONFLICT(device) DO NOTHING",
        (card.device, cards.render(card)),
    )
    kept = conn.exec_driver_sql("SELECT card FROM l_peer WHERE device = ?", (card.device,)).scalar_one()
    before = known_card(str(kept))
    if before is None or before.made < card.made:
        conn.exec_driver_sql("UPDATE l_peer SET card = ? WHERE device = ?", (cards.render(card), card.device))


def tips_of(conn: Connection, device: str) -> dict[str, int]:
    """How far each stream of a device is held here, as a revocation says it."""
    sql = (
        "SELECT s.scope, s.compartment, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device"
        " WHERE d.id = ? AND s.seq > 0"
    )
    rows = conn.exec_driver_sql(sql, (device,))
    return {tip_name(scope, compartment): seq for scope, compartment, seq in rows}


def tips_text(conn: Connection, device: str) -> str:
    """The same as the text of a revocation."""
    return json.dumps(tips_of(conn, device), sort_keys=True, separators=(",", ":"))
