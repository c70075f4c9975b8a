"""A family leaves this laptop: dropped (a colleague holds all of it) or destroyed (it goes everywhere).

Removing one record is the third thing, and is undone like any other change; it is done where the record stands.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text, parse_moment
from app.domain.errors import KnownProblem
from app.domain.kinds.dossier import Membership
from app.domain.record import KINDS, Compartment
from app.domain.verbs import Verb
from app.domain.words import N_
from app.exchange import destruction, trust
from app.exchange.destruction import LivesElsewhere
from app.i18n import _
from app.services.families import NoSuchDossier
from app.services.held_elsewhere import Behind, lacking, why_not_held, written_parts
from app.services.session import Session
from app.storage import access_log, removal, shielding
from app.storage.identity import DeviceIdentity
from app.storage.problem import ReadOnlyStore
from app.storage.store import Whole
from app.storage.uow import UnitOfWork, read_where

REASONS = "vernietigen"

NOT_OWNER = N_(
    "Only the case officer who has this family, or the registrar of the location, can have it destroyed."
)
NOT_ALL = N_(
    "A colleague holds parts of this family that are not here. Take those in first, or let them do it."
)


class SetApartFirst(KnownProblem):
    """Changes of this family wait for a decision."""

    message = N_("Some changes of this family were set apart. Decide about those first.")


class OwnMarksStay(KnownProblem):
    """Own marks never travel: taken off this laptop they are gone."""

    message = N_(
        "Your own marks with this family go to nobody. They will be gone. Say that this is what you want."
    )


class MayNotDestroy(KnownProblem):
    """Who destroys must have the family and hold all of it."""

    message = N_("This family cannot be destroyed from here. %(why)s")


class ReasonMissing(KnownProblem):
    """A destruction says why."""

    message = N_("Choose a reason.")


class PersonLivesElsewhere(KnownProblem):
    """A person who belongs to another family stays."""

    message = N_("This person belongs to another family on this laptop and stays here.")


class NothingWaits(KnownProblem):
    """The order was carried out, or never came."""

    message = N_("No destruction waits for your word here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a family, by name."""

    person: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCheck:
    """Whether a family may leave this laptop. `holders` confirmed to hold all; `own_marks` and `drafts` go with it.

    `parts`: those in which something stands, that a colleague must hold.
    """

    parts: frozenset[Compartment]
    holders: tuple[str, ...]
    behind: tuple[Behind, ...]
    going: tuple[Member, ...]
    staying: tuple[Member, ...]
    own_marks: int
    drafts: int
    set_apart: int

    @property
    def allowed(self) -> bool:
        """A colleague holds it all and nothing waits for a decision."""
        return bool(self.holders) and not self.set_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyCheck:
    """Whether this officer may have a family destroyed; `why_not` is a msgid. `members` may go along, each by their own
    order; `staying` belong to another family here."""

    why_not: str
    members: tuple[Member, ...]
    staying: tuple[Member, ...]

    @property
    def allowed(self) -> bool:
        """Nothing stands in the way."""
        return not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDestruction:
    """A destruction that waits for the officer's word. `days_left` reminders until it takes effect by itself; None:
    never, since its issuer does not own the family or the person lives elsewhere. `unseen`: changes here that the
    issuer had not seen; they are set apart. `dossier`: the family under which it is shown, "" for none here."""

    scope: str
    kind: str
    dossier: str
    title: str
    reason: str
    by: str
    at: datetime
    days_left: int | None
    entitled: bool
    lives_elsewhere: bool
    unseen: int


# -- taken off this laptop --------------------------------------------------------------------------------------------


def may_drop(session: Session, dossier: str) -> DropCheck:
    """Who holds the family and what is missing. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        return _drop_check(conn, dossier)


def drop(session: Session, dossier: str, *, with_own_marks: bool = False) -> None:
    """Take a family off this laptop, with the persons who belong to no other family here.

    Raises `ReadOnlyStore`, `NoSuchDossier`, what `why_not_held` finds, `SetApartFirst`, and `OwnMarksStay` when own
    marks would be lost and `with_own_marks` does not say so.
    """
    with _removing(session, verbs.DROPPED) as (whole, conn):
        check = _drop_check(conn, dossier)
        if check.set_apart:
            raise SetApartFirst
        if not check.holders:
            raise why_not_held(check.behind, check.parts)
        if check.own_marks and not with_own_marks:
            raise OwnMarksStay
        _log(session, conn, "drop", dossier)
        for scope in (*(member.person for member in check.going), dossier):
            whole.touched += removal.drop_scope(conn, scope)
        whole.gone.add(dossier)


def _drop_check(conn: Connection, dossier: str) -> DropCheck:
    _check_here(conn, dossier)
    going, staying = _members(conn, dossier, ever=True)
    scopes = [dossier, *(member.person for member in going)]
    marks = ",".join("?" * len(scopes))
    found = lacking(conn, scopes)
    return DropCheck(
        parts=written_parts(conn, scopes),
        holders=tuple(one.name for one in found if not one.changes),
        behind=tuple(one for one in found if one.changes),
        going=going,
        staying=staying,
        own_marks=_own_marks(conn, scopes),
        drafts=sum(
            any(scope in key for scope in scopes)
            for key in conn.exec_driver_sql('SELECT "key" FROM l_draft').scalars()
        ),
        set_apart=conn.exec_driver_sql(
            f"SELECT count(*) FROM l_quarantine WHERE scope IN ({marks})", tuple(scopes)
        ).scalar_one(),
    )


def _own_marks(conn: Connection, scopes: list[str]) -> int:
    """Records of the officer's own that stand in these scopes."""
    marks = ",".join("?" * len(scopes))
    return sum(
        int(
            conn.exec_driver_sql(
                f'SELECT count(*) FROM "r_{kind.name}" WHERE scope IN ({marks})', tuple(scopes)
            ).scalar_one()
        )
        for kind in KINDS.values()
        if kind.compartment is Compartment.EIGEN
    )


# -- destroyed --------------------------------------------------------------------------------------------------------


def may_destroy(session: Session, dossier: str) -> DestroyCheck:
    """Whether this officer may, and who could go along. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        return _destroy_check(session, conn, dossier)


def destroy(session: Session, dossier: str, reason: str, *, persons: Iterable[str] = ()) -> None:
    """Destroy a family, and these members of it; colleagues are asked to do the same by the next file.

    `reason`: a code of the list «vernietigen». Raises `ReadOnlyStore`, `NoSuchDossier`, `MayNotDestroy`,
    `ReasonMissing`, `PersonLivesElsewhere`.
    """
    chosen = list(dict.fromkeys(persons))
    with _removing(session, verbs.DESTROYED) as (whole, conn):
        check = _destroy_check(session, conn, dossier)
        if check.why_not:
            raise MayNotDestroy(why=check.why_not)
        if reason not in reasons(session):
            raise ReasonMissing
        if not {member.person for member in check.members}.issuperset(chosen):
            raise PersonLivesElsewhere
        for scope in (*chosen, dossier):
            _order(session, whole, scope, dossier, reason)
        whole.gone.add(dossier)


def destroy_person(session: Session, dossier: str, person: str, reason: str) -> None:
    """Destroy one member of a family that stays; colleagues are asked to do the same by the next file.

    Membership of it goes too; what the family's own records tell about the person stays. Raises as `destroy`, and
    `PersonLivesElsewhere` for who belongs to another family, is no member, or is held in part.
    """
    with _removing(session, verbs.PERSON_DESTROYED) as (whole, conn):
        check = _destroy_check(session, conn, dossier)
        if check.why_not:
            raise MayNotDestroy(why=check.why_not)
        if reason not in reasons(session):
            raise ReasonMissing
        if person not in {member.person for member in check.members}:
            raise PersonLivesElsewhere

        def end(uow: UnitOfWork) -> None:
            for row in read_where(uow.conn, Membership, "scope = ? AND person = ?", (dossier, person)):
                uow.delete(row)

        whole.act(verbs.PERSON_DESTROYED, end)
        _order(session, whole, person, dossier, reason)


def _order(session: Session, whole: Whole, scope: str, dossier: str, reason: str) -> None:
    """Destroy a scope here and make the order for everybody; `dossier`: whose owner gives it."""
    identity = session.store.identity
    assert isinstance(identity, DeviceIdentity)
    _log(session, whole.conn, "destroy", scope)
    whole.touched += destruction.issue(
        whole.conn,
        scope=scope,
        kind=destruction.DOSSIER if scope == dossier else destruction.PERSON,
        reason=reason,
        device=identity.writer.device_id,
        officer=session.officer,
        at=moment_text(session.now()),
        sign=identity.sign,
        now_ms=_ms(session),
        dossier="" if scope == dossier else dossier,
    )


def reasons(session: Session) -> tuple[str, ...]:
    """The reasons for destroying, as `destroy` takes them, in the order of the list."""
    return tuple(session.content.ref("basis", one.code) for one in session.content.choices("basis", REASONS))


def waiting(session: Session) -> tuple[WaitingDestruction, ...]:
    """The destructions that wait for a word; this showing is noted, and what was shown long enough takes effect."""
    with session.store.read() as conn:
        if not destruction.waiting(conn):
            return ()
        if session.store.read_only:
            return tuple(_waiting(conn, row) for row in destruction.waiting(conn))
    with _removing(session, verbs.DESTROYED) as (whole, conn):
        due = {row.scope: row for row in (*_left_over(conn), *destruction.remind(conn, session.today))}
        for row in due.values():
            _carry_out(session, whole, row)
        return tuple(_waiting(conn, row) for row in destruction.waiting(conn))


def accept_destruction(session: Session, scope: str) -> None:
    """The officer's word: it takes effect here now. With a family go the persons whom the same colleague asked for with
    it, unless they belong to another family here. Raises `ReadOnlyStore`, `NothingWaits`, `PersonLivesElsewhere`."""
    with _removing(session, verbs.DESTROYED) as (whole, conn):
        waits = destruction.waiting(conn)
        order = next((row for row in waits if row.scope == scope), None)
        if order is None:
            raise NothingWaits
        for row in waits:
            if row.dossier == scope and row.device == order.device and not row.lives_elsewhere:
                _carry_out(session, whole, row)
        _carry_out(session, whole, order)


def _shown_under(conn: Connection, row: destruction.Waiting) -> str:
    """The family on whose page an order is answered."""
    wanted = (
        (row.scope,)
        if row.kind == destruction.DOSSIER
        else (row.dossier, *destruction.live_dossiers(conn, row.scope))
    )
    here = "SELECT 1 FROM r_dossier WHERE scope = ?"
    return next((one for one in wanted if conn.exec_driver_sql(here, (one,)).first() is not None), "")


def _left_over(conn: Connection) -> tuple[destruction.Waiting, ...]:
    """Persons of a family that was destroyed here on the word of this officer, whose own order came later: no family
    names them any more."""
    sql = "SELECT 1 FROM r_membership WHERE person = ?"
    return tuple(
        row
        for row in destruction.waiting(conn)
        if row.kind == destruction.PERSON
        and row.entitled
        and destruction.is_destroyed(conn, row.dossier)
        and conn.exec_driver_sql(sql, (row.scope,)).first() is None
    )


def _carry_out(session: Session, whole: Whole, order: destruction.Waiting) -> None:
    try:
        whole.touched += destruction.carry_out(whole.conn, order.scope, _ms(session))
    except LivesElsewhere:
        raise PersonLivesElsewhere from None
    _log(session, whole.conn, "destroy", order.scope)
    if order.kind == destruction.DOSSIER:
        whole.gone.add(order.scope)


def _destroy_check(session: Session, conn: Connection, dossier: str) -> DestroyCheck:
    _check_here(conn, dossier)
    going, staying = _members(conn, dossier, ever=False)
    owner = destruction.owner_of(conn, dossier) == session.officer
    why = "" if owner or trust.book(conn).is_registrar else NOT_OWNER
    if not why and destruction.seen_without(conn, dossier):
        why = NOT_ALL
    whole = tuple(member for member in going if not destruction.seen_without(conn, member.person))
    left = tuple(member for member in going if member not in whole)
    return DestroyCheck(why_not=why, members=whole, staying=staying + left)


def _waiting(conn: Connection, row: destruction.Waiting) -> WaitingDestruction:
    stays = not row.entitled or row.lives_elsewhere
    return WaitingDestruction(
        scope=row.scope,
        kind=row.kind,
        dossier=_shown_under(conn, row),
        title=_title(conn, row.scope) if row.kind == destruction.DOSSIER else _name(conn, row.scope),
        reason=row.reason,
        by=trust.colleague(conn, row.device).name,
        at=parse_moment(row.at),
        days_left=None if stays else max(0, destruction.DAYS - row.days),
        entitled=row.entitled,
        lives_elsewhere=row.lives_elsewhere,
        unseen=destruction.unseen(conn, row.scope),
    )


# -- how --------------------------------------------------------------------------------------------------------------


@contextmanager
def _removing(session: Session, verb: Verb) -> Iterator[tuple[Whole, Connection]]:
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.removing(verb) as whole:
        yield whole, whole.conn


def _members(conn: Connection, dossier: str, *, ever: bool) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """Members whose scope is here: those who belong to no other dossier here (`ever`: or ever did), and the others."""
    sql = (
        "SELECT DISTINCT m.person FROM r_membership m JOIN r_scope s ON s.scope = m.person WHERE m.scope = ?"
        " ORDER BY m.person"
    )
    going: list[Member] = []
    staying: list[Member] = []
    hidden = shielding.hidden_from(conn, dossier)
    for person in conn.exec_driver_sql(sql, (dossier,)).scalars().all():
        if ever:
            others = set(
                conn.exec_driver_sql("SELECT scope FROM r_membership WHERE person = ?", (person,)).scalars()
            )
        else:
            others = set(destruction.live_dossiers(conn, person))
        if person in hidden and others - {dossier}:
            continue  # nothing of this page takes him out, and nothing of it may say that he is elsewhere
        member = Member(person=person, name=_("shielded") if person in hidden else _name(conn, person))
        (staying if others - {dossier} else going).append(member)
    return tuple(going), tuple(staying)


def _check_here(conn: Connection, dossier: str) -> None:
    if conn.exec_driver_sql("SELECT 1 FROM r_dossier WHERE scope = ?", (dossier,)).first() is None:
        raise NoSuchDossier


def _title(conn: Connection, dossier: str) -> str:
    sql = "SELECT coalesce(title, '') FROM r_dossier WHERE scope = ?"
    return str(conn.exec_driver_sql(sql, (dossier,)).scalar() or "")


def _name(conn: Connection, person: str) -> str:
    sql = "SELECT coalesce(given_names, '') || ' ' || coalesce(family_name, '') FROM r_person WHERE id = ?"
    return str(conn.exec_driver_sql(sql, (person,)).scalar() or "").strip()


def _ms(session: Session) -> int:
    return int(session.now().timestamp() * 1000)


def _log(session: Session, conn: Connection, deed: str, scope: str) -> None:
    identity = session.store.identity
    origin = identity.writer.device_id[:16] if identity is not None else ""
    access_log.write(
        conn,
        access_log.Entry(
            at=_ms(session), actor=session.officer, deed=deed, object=scope, result="done", origin=origin
        ),
    )
