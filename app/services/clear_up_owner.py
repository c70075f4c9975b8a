"""Who has a family: two case officers at once, nobody, or an offer that was accepted and withdrawn apart."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.ident import derived_id
from app.domain.kinds.dossier import Owner
from app.i18n import _, formats
from app.services import handing_over
from app.services.handing_over import NothingOffered
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.session import Session
from app.storage.uow import UnitOfWork, read_where

OWNER, OFFER = "owner", "offer"
KINDS = frozenset({OWNER, OFFER})
HAS = "owner-"


def owners(conn: Connection) -> Iterator[Matter]:
    """Two at once; or nobody, after two officers each chose the other."""
    open_ = "count(DISTINCT CASE WHEN w.to_on IS NULL THEN w.officer END)"
    sql = (
        f"SELECT w.scope, coalesce(d.title, ''), {open_} FROM r_owner w JOIN r_dossier d ON d.id = w.scope"
        f" WHERE d.closed_on IS NULL GROUP BY w.scope HAVING {open_} <> 1 ORDER BY w.scope"
    )
    names: dict[str, str] = dict(conn.exec_driver_sql("SELECT id, name FROM r_officer").all())
    for scope, title, count in conn.exec_driver_sql(sql).all():
        where = (
            "scope = ? AND to_on IS NULL ORDER BY id"
            if count
            else "scope = ? ORDER BY to_on DESC, id LIMIT 2"
        )
        both = read_where(conn, Owner, where, (scope,))
        people = [str(names.get(one.officer or "") or _("unknown")) for one in both]
        yield Matter(
            id=matter_id(OWNER, *(one.id for one in both), str(count)),
            kind=OWNER,
            title=_("More than one case officer") if count else _("Nobody is case officer"),
            about=title,
            family=title,
            dossier=scope,
            words=" / ".join(people),
            explanation=_("More than one of you took this family over. It has one case officer.")
            if count
            else _("Each of you chose another. Choose together who it is."),
            answers=tuple(
                Answer(
                    code=f"{HAS}{one.officer}",
                    words=name,
                    note=formats.fact(date.fromisoformat(one.from_on)) if one.from_on else "",
                )
                for one, name in zip(both, people, strict=True)
            ),
        )


def offers(conn: Connection, session: Session) -> Iterator[Matter]:
    """Offers that one accepted while the other withdrew them: until somebody says who has the family, nobody can go on
    handing it over."""
    for state, offer in handing_over.crossed_offers(conn, session):
        receiver, giver = offer.officer_name or _("unknown"), offer.by_name or _("unknown")
        yield Matter(
            id=matter_id(OFFER, offer.id),
            kind=OFFER,
            title=_("Offer accepted and withdrawn"),
            about=state.title,
            family=state.title,
            dossier=state.dossier,
            words=f"{receiver} / {giver}",
            explanation=_(
                "One of you took this family over while the other withdrew the offer. Choose together who has it."
            ),
            answers=(
                Answer(
                    code=f"{HAS}{offer.officer}",
                    words=_("%(name)s has the family", name=receiver),
                    note=_("The offer holds."),
                ),
                Answer(
                    code=f"{HAS}{offer.by_officer}",
                    words=_("%(name)s has the family", name=giver),
                    note=_("The offer was withdrawn."),
                ),
            ),
        )


def decide(session: Session, matter: Matter, code: str) -> None:
    """Let one officer have the family. Raises `NoSuchMatter`, and what writing raises."""
    officer = code.removeprefix(HAS)
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        if matter.kind == OFFER:
            try:
                handing_over.settle(session, uow, matter.dossier, officer)
            except NothingOffered:
                raise NoSuchMatter from None
        _let_have(session, uow, matter.dossier, officer, anew=matter.kind == OFFER)


def _let_have(session: Session, uow: UnitOfWork, dossier: str, officer: str, *, anew: bool) -> None:
    """End who else has it, and begin with this officer if nobody is left. `anew` begins in any case: the id follows
    from what stood, so that two who choose apart make one record, and another choice shows as a difference."""
    every = read_where(uow.conn, Owner, "scope = ? ORDER BY id", (dossier,))
    standing, day = [one for one in every if one.to_on is None], session.today.isoformat()
    for one in standing:
        if anew or one.officer != officer:
            uow.save(one, one.with_values(to_on=day))
    if anew or not standing:
        again = derived_id("owner again", dossier, *(one.id for one in every))
        uow.add(Owner(id=again, scope=dossier, officer=officer, from_on=day))
