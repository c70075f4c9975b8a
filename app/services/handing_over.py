"""A family goes over to a colleague: offered, accepted, refused or withdrawn (settled rule 17).

The steps are records of the dossier and travel with its file. Both may write until the receipt; merging is safe. With
a day of return it is leave cover: the colleague is the owner meanwhile, and both are reminded to offer it back.
Two who accept apart write one owner record with two officers, which shows as a difference. What one accepted and the
other withdrew apart is settled by a step that answers a step: the withdrawal is refused, or the acceptance withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_of
from app.domain.dated_event import bare_code
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Trust
from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import Handover, Owner
from app.domain.kinds.place import Officer
from app.domain.words import N_
from app.exchange import trust
from app.services.families import NoSuchDossier
from app.services.session import Session
from app.services.trust_problem import why_not_given
from app.storage.problem import ReadOnlyStore
from app.storage.uow import UnitOfWork, read_where

OFFERED, ACCEPTED = "overdracht.aangeboden", "overdracht.aanvaard"
REFUSED, WITHDRAWN = "overdracht.geweigerd", "overdracht.teruggenomen"


class NotYours(KnownProblem):
    """Another officer has it, or it is disputed who has."""

    message = N_("You can only hand over a family that is yours. Clear up first who has it.")


class OfferedToOneself(KnownProblem):
    """A family is handed over to somebody else."""

    message = N_("This device is yours. Choose a colleague who takes the family over.")


class AlreadyOffered(KnownProblem):
    """One offer at a time."""

    message = N_("This family is offered already. Withdraw that offer first.")


class ReturnTooEarly(KnownProblem):
    """The day of return lies ahead."""

    message = N_("The day on which the family comes back must be later than today.")


class NothingOffered(KnownProblem):
    """The offer was withdrawn, or is for somebody else."""

    message = N_("This family is not offered to you.")


class NothingToWithdraw(KnownProblem):
    """There is no open offer of this officer."""

    message = N_("You have no open offer for this family.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Who offers a family to whom. `officer` and `device` are the receiver's, `by_…` the giver's."""

    id: str
    officer: str
    officer_name: str
    device: str
    by_officer: str
    by_name: str
    by_device: str
    at: datetime
    returns_on: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverState:
    """How a family stands. `offer` is the open one; `lent` the accepted one that has a day of return and is running;
    `taken` the one by which who has it now took it over.

    `crossed`: it is disputed who has the family (two accepted apart), or an offer was accepted and withdrawn apart:
    then that is `crossed_offer`.
    """

    dossier: str
    title: str
    owner: str
    owner_name: str
    mine: bool
    offer: Offer | None
    to_me: bool
    by_me: bool
    lent: Offer | None
    crossed: bool
    crossed_offer: Offer | None = None
    taken: Offer | None = None

    @property
    def i_give_back(self) -> bool:
        """This officer has the family until the day of return."""
        return self.lent is not None and self.mine


def state(session: Session, dossier: str) -> HandoverState:
    """How handing over stands for a family. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        return _state(session, conn, dossier)


def list_open(session: Session) -> tuple[HandoverState, ...]:
    """The families with an open offer to or by this officer, lent out or borrowed, or disputed; by title."""
    with session.store.read() as conn:
        known = conn.exec_driver_sql(
            "SELECT DISTINCT h.scope FROM r_handover h JOIN r_dossier d ON d.scope = h.scope"
            " UNION SELECT c.scope FROM j_conflict c JOIN r_dossier d ON d.scope = c.scope WHERE c.kind = 'owner'"
        ).scalars()
        found = [_state(session, conn, dossier) for dossier in known.all()]
    return tuple(
        sorted(
            (
                one
                for one in found
                if one.crossed or one.to_me or one.by_me or (one.lent is not None and _concerns(session, one))
            ),
            key=lambda one: (one.title.casefold(), one.dossier),
        )
    )


def crossed_offers(conn: Connection, session: Session) -> tuple[tuple[HandoverState, Offer], ...]:
    """The families whose last offer was accepted and withdrawn apart, by dossier, with that offer."""
    answered_twice = conn.exec_driver_sql(
        "SELECT DISTINCT h.scope FROM r_handover h JOIN r_dossier d ON d.scope = h.scope WHERE h.offer IS NOT NULL"
        " GROUP BY h.scope, h.offer HAVING count(*) > 1 ORDER BY h.scope"
    ).scalars()
    states = (_state(session, conn, dossier) for dossier in answered_twice.all())
    return tuple((state, state.crossed_offer) for state in states if state.crossed_offer is not None)


def settle(session: Session, uow: UnitOfWork, dossier: str, officer: str) -> None:
    """Let the officer who accepted an offer have the family, or the one who withdrew it: the step of the other counts
    no more. Raises `NoSuchDossier`, `NothingOffered`."""
    crossed = _state(session, uow.conn, dossier).crossed_offer
    if crossed is None or officer not in (crossed.officer, crossed.by_officer):
        raise NothingOffered
    void, step = (WITHDRAWN, REFUSED) if officer == crossed.officer else (ACCEPTED, WITHDRAWN)
    for one in _standing(_steps(uow.conn, dossier)):
        if one.record.offer == crossed.id and one.step == void:
            uow.add(_answer(session, one.record.id, dossier, step))


def offer(
    session: Session, dossier: str, device: str, *, returns_on: date | None = None, reason: str = ""
) -> None:
    """Offer a family to the colleague who works on `device`.

    Raises `ReadOnlyStore`, `NoSuchDossier`, `NotYours`, `AlreadyOffered`, `OfferedToOneself`,
    `ReturnTooEarly`, what `why_not_given` finds.
    """
    with session.store.read() as conn:
        now = _state(session, conn, dossier)
        colleague = trust.colleague(conn, device)
    if now.crossed or (now.owner and not now.mine):
        raise NotYours
    if now.offer is not None:
        raise AlreadyOffered
    if colleague.trust is Trust.OWN:
        raise OfferedToOneself
    stopped = why_not_given(colleague)
    if stopped is not None:
        raise stopped
    if returns_on is not None and returns_on <= session.today:
        raise ReturnTooEarly
    made = Handover(
        id=new_id(),
        scope=dossier,
        step=session.content.ref("basis", OFFERED),
        officer=colleague.officer or None,
        device=device,
        returns_on=returns_on.isoformat() if returns_on else None,
        reason=reason.strip() or None,
    )
    _writable(session)
    with session.store.write(verbs.HANDOVER_OFFERED, dossier=dossier) as uow:
        uow.add(made)


def withdraw(session: Session, dossier: str) -> None:
    """Take an offer back. Raises `ReadOnlyStore`, `NoSuchDossier`, `NothingToWithdraw`."""
    _writable(session)
    with session.store.write(verbs.HANDOVER_WITHDRAWN, dossier=dossier) as uow:
        now = _state(session, uow.conn, dossier)
        if now.offer is None or not now.by_me:
            raise NothingToWithdraw
        uow.add(_answer(session, now.offer.id, dossier, WITHDRAWN))


def refuse(session: Session, dossier: str, reason: str = "") -> None:
    """Say no to an offer. Raises `ReadOnlyStore`, `NoSuchDossier`, `NothingOffered`."""
    _writable(session)
    with session.store.write(verbs.HANDOVER_REFUSED, dossier=dossier) as uow:
        now = _state(session, uow.conn, dossier)
        if now.offer is None or not now.to_me:
            raise NothingOffered
        uow.add(_answer(session, now.offer.id, dossier, REFUSED, reason=reason))


def accept(session: Session, dossier: str) -> None:
    """Take a family over: this officer is its owner from today, and who had it no longer is.

    Raises `ReadOnlyStore`, `NoSuchDossier`, `NothingOffered`.
    """
    _writable(session)
    with session.store.write(verbs.HANDOVER_ACCEPTED, dossier=dossier) as uow:
        now = _state(session, uow.conn, dossier)
        if now.offer is None or not now.to_me:
            raise NothingOffered
        uow.add(_answer(session, now.offer.id, dossier, ACCEPTED, returns_on=now.offer.returns_on))
        _own(session, uow, dossier, now.offer)


def give_back(session: Session, dossier: str) -> None:
    """Offer a borrowed family back to whom it came from. Raises what `offer` raises, and `NothingOffered`."""
    with session.store.read() as conn:
        now = _state(session, conn, dossier)
    if now.lent is None or not now.mine:
        raise NothingOffered
    offer(session, dossier, now.lent.by_device)


def _own(session: Session, uow: UnitOfWork, dossier: str, accepted: Offer) -> None:
    """End who had the family and begin anew; the id follows from what ends, so that two who do this apart make one."""
    today = session.today.isoformat()
    standing = read_where(uow.conn, Owner, "scope = ? AND to_on IS NULL ORDER BY id", (dossier,))
    if [one.officer for one in standing] == [session.officer]:
        return
    for one in standing:
        uow.save(one, one.with_values(to_on=today))
    made = derived_id("owner", dossier, *(one.id for one in standing))
    uow.add(
        Owner(id=made, scope=dossier, officer=session.officer, from_on=today, reason=accepted.reason or None)
    )


def _answer(
    session: Session,
    answered: str,
    dossier: str,
    step: str,
    *,
    returns_on: date | None = None,
    reason: str = "",
) -> Handover:
    """A step that answers an offer, or a step."""
    device = _device(session)
    return Handover(
        id=derived_id("handover", answered, step, device),
        scope=dossier,
        step=session.content.ref("basis", step),
        offer=answered,
        officer=session.officer,
        device=device,
        returns_on=returns_on.isoformat() if returns_on else None,
        reason=reason.strip() or None,
    )


# -- how it stands ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Written:
    """A step with who wrote it."""

    record: Handover
    officer: str
    device: str
    hlc: int

    @property
    def step(self) -> str:
        """Its code without the pack."""
        return bare_code(self.record.step or "")


def _state(session: Session, conn: Connection, dossier: str) -> HandoverState:
    title = conn.exec_driver_sql(
        "SELECT coalesce(title, '') FROM r_dossier WHERE scope = ?", (dossier,)
    ).first()
    if title is None:
        raise NoSuchDossier
    steps = _steps(conn, dossier)
    by_offer: dict[str, set[str]] = {}
    for one in _standing(steps):
        if one.step != OFFERED:
            by_offer.setdefault(one.record.offer or "", set()).add(one.step)
    offers = [one for one in steps if one.step == OFFERED]
    answered = {one.record.offer for one in steps}
    open_ = [one for one in offers if one.record.id not in answered]
    taken = [one for one in offers if ACCEPTED in by_offer.get(one.record.id, ())]
    owner, disputed = _owner(conn, dossier)
    mine = owner == session.officer
    current = _offer(conn, open_[-1]) if open_ else None
    last_taken = _offer(conn, taken[-1]) if taken else None
    if last_taken is not None and (disputed or owner not in ("", last_taken.officer)):
        last_taken = None
    lent = last_taken if last_taken is not None and last_taken.returns_on is not None else None
    both = [one for one in offers[-1:] if by_offer.get(one.record.id, set()) >= {ACCEPTED, WITHDRAWN}]
    own = _own_devices(conn)
    return HandoverState(
        dossier=dossier,
        title=str(title[0]),
        owner=owner,
        owner_name=_officer_name(conn, owner),
        mine=mine,
        offer=current,
        to_me=current is not None and (current.device in own or current.officer == session.officer),
        by_me=current is not None and (current.by_device in own or current.by_officer == session.officer),
        lent=lent,
        crossed=disputed or bool(both),
        crossed_offer=_offer(conn, both[0]) if both else None,
        taken=last_taken,
    )


def _steps(conn: Connection, dossier: str) -> list[_Written]:
    """The steps of a dossier in the order in which they were written."""
    records = {one.id: one for one in read_where(conn, Handover, "scope = ?", (dossier,))}
    found: list[_Written] = []
    for id_, record in records.items():
        row = conn.exec_driver_sql(
            "SELECT a.officer, d.id, a.hlc FROM j_op o JOIN j_action a ON a.no = o.action"
            " JOIN j_stream s ON s.no = o.stream JOIN j_device d ON d.no = s.device WHERE o.rec = ?"
            " ORDER BY a.hlc LIMIT 1",
            (bytes.fromhex(id_),),
        ).first()
        if row is not None:
            found.append(_Written(record, *row))
    return sorted(found, key=lambda one: (one.hlc, one.record.id))


def _standing(steps: Sequence[_Written]) -> list[_Written]:
    """Without the steps that another step answered, but for offers."""
    answered = {one.record.offer for one in steps}
    return [one for one in steps if one.step == OFFERED or one.record.id not in answered]


def _owner(conn: Connection, dossier: str) -> tuple[str, bool]:
    """The officer who has a dossier, and whether that is disputed."""
    sql = (
        "SELECT 1 FROM j_conflict WHERE kind = 'owner' AND scope = ? AND field IN ('officer', 'to_on', '_del')"
        " LIMIT 1"
    )
    disputed = conn.exec_driver_sql(sql, (dossier,)).first() is not None
    standing = read_where(conn, Owner, "scope = ? AND to_on IS NULL AND officer IS NOT NULL", (dossier,))
    officers = sorted({one.officer or "" for one in standing})
    return (officers[0] if len(officers) == 1 else ""), disputed or len(officers) > 1


def _offer(conn: Connection, written: _Written) -> Offer:
    record = written.record
    receiver = trust.colleague(conn, record.device or "")
    giver = trust.colleague(conn, written.device)
    return Offer(
        id=record.id,
        officer=record.officer or receiver.officer,
        officer_name=_officer_name(conn, record.officer or "") or receiver.name,
        device=record.device or "",
        by_officer=written.officer,
        by_name=_officer_name(conn, written.officer) or giver.name,
        by_device=written.device,
        at=moment_of(written.hlc),
        returns_on=date.fromisoformat(record.returns_on) if record.returns_on else None,
        reason=record.reason or "",
    )


def _officer_name(conn: Connection, officer: str) -> str:
    """By the record of their location, else by the card of a colleague."""
    found: Sequence[Officer] = read_where(conn, Officer, "id = ?", (officer,)) if officer else ()
    if found and found[0].name:
        return found[0].name
    return next((one.name for one in trust.colleagues(conn) if officer and one.officer == officer), "")


def _own_devices(conn: Connection) -> frozenset[str]:
    sql = "SELECT d.id FROM l_own_device o JOIN j_device d ON d.no = o.no"
    return frozenset(conn.exec_driver_sql(sql).scalars())


def _concerns(session: Session, one: HandoverState) -> bool:
    """Whether a lent family is this officer's to give back or to get back."""
    return one.lent is not None and (one.mine or one.lent.by_officer == session.officer)


def _device(session: Session) -> str:
    return session.store.identity.writer.device_id if session.store.identity is not None else ""


def _writable(session: Session) -> None:
    if session.store.read_only:
        raise ReadOnlyStore
