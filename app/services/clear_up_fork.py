"""Two histories under the name of one laptop: it was copied or put back, and both went on.

The second history stays out; no merge is tried. What ends it: whose laptop it was goes on under new keys and gives a
complete file. It is this officer who says that this was done, or that the laptop is trusted no more.
"""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from app.domain.exchange_facts import Trust
from app.exchange import trust
from app.i18n import _
from app.services import trust as trusting
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.session import Session
from app.storage.compact_json import json_text
from app.storage.problem import ReadOnlyStore

SETTLED, REJECT, NEW_KEYS = "settled", "reject-", "new-keys"


def forks(conn: Connection) -> Iterator[Matter]:
    """Every file that told of one and was not answered."""
    some = '%"forks":["%'
    sql = "SELECT no, sender, counts FROM l_import WHERE counts LIKE ? AND taken_back_at IS NULL ORDER BY no"
    for no, sender, text in conn.exec_driver_sql(sql, (some,)).all():
        counts = json.loads(text)
        devices = [str(one) for one in counts.get("fork_devices", ())]
        own = [one for one in devices if trust.book(conn).trust_of(one) is Trust.OWN]
        yield Matter(
            id=matter_id("fork", str(no)),
            kind="fork",
            title=_("Two histories under one name"),
            about=_("from %(name)s", name=trust.colleague(conn, sender).name or _("an unknown laptop")),
            family="",
            dossier="",
            words=_("this laptop") if own else _names(conn, devices),
            explanation=_explanation(conn, devices, here=bool(own)),
            answers=tuple(_answers(conn, devices, here=bool(own))),
            suggestion=_suggestion(conn, devices),
            subject=(str(no),),
        )


def _explanation(conn: Connection, devices: list[str], *, here: bool) -> str:
    if here:
        return _(
            "Another store went on under the name of this laptop: it was copied or put back. What that one wrote stays"
            " out. Make new keys here, and give colleagues your new card and a complete file."
        )
    return _(
        "The laptop of %(name)s was copied or put back, and both went on under one name. What differs stays out."
        " Ask for new keys, a new card and a complete file.",
        name=_names(conn, devices),
    )


def _answers(conn: Connection, devices: list[str], *, here: bool) -> Iterator[Answer]:
    if here:
        yield Answer(
            code=NEW_KEYS,
            words=_("Make new keys here"),
            note=_("This laptop goes on as a new one. Colleagues compare its figures anew."),
        )
    else:
        yield Answer(
            code=SETTLED,
            words=_("It goes on with new keys"),
            note=_("Say this once you have the new card and a complete file."),
        )
    book = trust.book(conn)
    for device in devices:
        if not here and book.trust_of(device).trusted:
            name = trust.colleague(conn, device).name or _("an unknown laptop")
            yield Answer(
                code=f"{REJECT}{device}",
                words=_("Trust this laptop of %(name)s no more", name=name),
                note=_("Files of it stay out and it gets none. What it wrote before stays."),
            )


def _suggestion(conn: Connection, devices: list[str]) -> str:
    """That new keys came in, signed by the old ones."""
    for device in devices:
        sql = "SELECT 1 FROM j_device WHERE heir_of = ? LIMIT 1"
        if conn.exec_driver_sql(sql, (device,)).first() is not None:
            name = trust.colleague(conn, device).name or _("an unknown laptop")
            return _("Suggestion: new keys of %(name)s came in.", name=name)
    return ""


def _names(conn: Connection, devices: list[str]) -> str:
    names = dict.fromkeys(trust.colleague(conn, one).name or _("an unknown laptop") for one in devices)
    return ", ".join(names) or _("an unknown laptop")


def decide(session: Session, matter: Matter, code: str) -> None:
    """Say that it is settled, after making new keys or rejecting the laptop. Raises `NoSuchMatter`, `ReadOnlyStore`,
    and what rejecting raises."""
    if session.store.read_only:
        raise ReadOnlyStore
    if code == NEW_KEYS:
        trusting.new_keys(session)
    elif code.startswith(REJECT):
        trusting.reject(session, code.removeprefix(REJECT))
    with session.store.local() as conn:
        sql = "SELECT counts FROM l_import WHERE no = ?"
        row = conn.exec_driver_sql(sql, (int(matter.subject[0]),)).first()
        if row is None:
            raise NoSuchMatter
        counts: dict[str, Any] = json.loads(row[0])
        counts |= {"forks": [], "forks_settled": counts["forks"]}
        conn.exec_driver_sql(
            "UPDATE l_import SET counts = ? WHERE no = ?", (json_text(counts), int(matter.subject[0]))
        )
