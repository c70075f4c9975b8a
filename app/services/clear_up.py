"""*Op te helderen*: everything that only a person can decide, in one list, and the decisions.

Differences are resolved by ordinary ops that name all values that stood: they travel, and close the matter everywhere.
Other kinds are found anew each time from what stands; nothing here is decided by a clock.
"""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.domain.op import DELETED
from app.domain.record import Value
from app.i18n import _, formats
from app.i18n.sort_key import sort_key
from app.services import clear_up_other, clear_up_removed, differences, record_names
from app.services.clear_up_note import proposal
from app.services.clear_up_words import from_where, suggestion
from app.services.differences import Difference
from app.services.matter import Answer, DayNotToCome, Matter, NoSuchAnswer, NoSuchMatter, matter_id
from app.services.session import Session

SIDE = "side-"


def matters(session: Session, dossier: str = "") -> tuple[Matter, ...]:
    """What is open now, by family: without what was put off until a later day."""
    return tuple(one for one in _all(session, dossier) if one.later_until is None)


def put_off(session: Session, dossier: str = "") -> tuple[Matter, ...]:
    """What was put off until a day that is still to come."""
    return tuple(one for one in _all(session, dossier) if one.later_until is not None)


def count(session: Session) -> int:
    """How many are open now, for the rail: `len(matters(session))` without reading what each says."""
    later = "SELECT count(*) FROM l_postponed WHERE until > ?"
    with session.store.read() as conn:
        some_later = conn.exec_driver_sql(later, (session.today.isoformat(),)).scalar_one()
        if not some_later:
            cells = conn.exec_driver_sql("SELECT count(*) FROM j_conflict").scalar_one()
            return int(cells) + clear_up_other.count(conn, session)
    return len(matters(session))


def _all(session: Session, dossier: str) -> list[Matter]:
    with session.store.read() as conn:
        later: dict[str, str] = dict(conn.exec_driver_sql("SELECT matter, until FROM l_postponed").all())
        found = [_of_difference(conn, each) for each in differences.open_in(conn, session, dossier)]
        found += [one for one in clear_up_other.all_of(conn, session) if dossier in ("", one.dossier)]
    today = session.today.isoformat()
    found.sort(
        key=lambda one: (not one.family, sort_key(one.family), one.dossier)
    )  # within: in the order found
    return [
        replace(one, later_until=date.fromisoformat(later[one.id])) if later.get(one.id, "") > today else one
        for one in found
    ]


def _of_difference(conn: Connection, each: Difference) -> Matter:
    sides = tuple(
        Answer(
            code=f"{SIDE}{number}",
            words=side.words,
            note="  ·  ".join(
                (side.officer or _("unknown"), formats.deed(side.at), from_where(conn, side.action))
            ),
        )
        for number, side in enumerate(each.sides, 1)
    )
    removed = each.field == DELETED
    return Matter(
        id=matter_id(
            "removed" if removed else "value", each.record, each.field, *sorted(map(repr, each.seen))
        ),
        kind="removed" if removed else "value",
        title=_(each.title),
        about=_about(each),
        family=each.family,
        dossier=each.dossier,
        words=" / ".join(side.words for side in each.sides),
        answers=sides,
        suggestion=suggestion(each),
        difference=each,
    )


def _about(each: Difference) -> str:
    """The record; the family stands beside it."""
    kind = _(each.kind_title)
    if each.kind not in record_names.ALONE:
        return differences.on_what(each, kind)
    return f"{kind}, {each.about}" if each.about not in (each.family, "") else kind


def find(session: Session, matter: str) -> Matter:
    """One matter by its id, put off or not. Raises `NoSuchMatter`."""
    found = next((one for one in _all(session, "") if one.id == matter), None)
    if found is None:
        raise NoSuchMatter
    return found


def both(session: Session, matter: str) -> str:
    """A text of both, for a note that two people changed; "" for anything else. Raises `NoSuchMatter`."""
    found = find(session, matter)
    with session.store.read() as conn:
        return "" if found.difference is None else proposal(conn, found.difference)


def answer(session: Session, matter: str, code: str) -> None:
    """Decide. Raises `NoSuchMatter`, `NoSuchAnswer`, and what writing raises."""
    found = find(session, matter)
    if code not in {one.code for one in found.answers}:
        raise NoSuchAnswer
    if found.difference is None:
        clear_up_other.decide(session, found, code)
        return
    side = found.difference.sides[int(code.removeprefix(SIDE)) - 1]
    if clear_up_removed.is_family(found.difference):
        clear_up_removed.decide_difference(session, found.difference, removes=side.removes)
        return
    value: Value = (1 if side.removes else 0) if found.difference.field == DELETED else side.value
    _resolve(session, found.difference, value)


def write(session: Session, matter: str, value: Value) -> None:
    """Let another value hold than those that stand, such as a text made of both. Raises as `answer`, and
    `EntryRefused` for a value that does not fit."""
    found = find(session, matter)
    if found.kind != "value" or found.difference is None:
        raise NoSuchAnswer
    _resolve(session, found.difference, value)


def _resolve(session: Session, each: Difference, value: Value) -> None:
    differences.resolve(session, each.record, each.field, value, seen=each.seen)


def postpone(session: Session, matter: str, until: date) -> None:
    """Put it off until a day to come; when something in it changes, it is back at once. Raises `NoSuchMatter` and
    `DayNotToCome`."""
    if until <= session.today:
        raise DayNotToCome(day=formats.fact(session.today + timedelta(days=1)))
    found = find(session, matter)
    with session.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_postponed(matter, until) VALUES(?,?)"
            " ON CONFLICT(matter) DO UPDATE SET until = excluded.until",
            (found.id, until.isoformat()),
        )
