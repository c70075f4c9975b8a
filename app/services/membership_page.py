"""What a form about a change of a family needs: present and past members, families that are near, open requests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.errors import KnownProblem
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.person_name import PersonName
from app.domain.words import N_
from app.i18n import _
from app.services import families, family_list, recent, requests, shield, words
from app.services.families import Family
from app.services.reading import by_id
from app.services.session import Session
from app.services.shield import NamingText
from app.services.value_words import incomplete_words
from app.storage.shielding import hidden
from app.storage.uow import read_where


class NoSuchFamily(KnownProblem):
    """What was typed names no family, or several."""

    message = N_("“%(asked)s” is not one family here. Write the dossier number, for example TEST-0001.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrPresent:
    """A membership that may show, with the name and, in words, from when until when."""

    membership: Membership
    name: PersonName
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A family with all that a change of it may ask.

    `near`: other families as proposals («number» «name»); `requests`: (id, title) of those that have not ended;
    `shielded`: the members whom this dossier shields; `naming`: records with typed texts that name each member.
    """

    family: Family
    memberships: tuple[PastOrPresent, ...]
    near: tuple[str, ...]
    requests: tuple[tuple[str, str], ...]
    shielded: tuple[Person, ...]
    naming: Mapping[str, frozenset[NamingText]]


def read(session: Session, dossier: str) -> ChangePage:
    """Raises `families.NoSuchDossier`."""
    with session.store.read() as conn:
        family = families.load_in(conn, session, dossier)
        rows = tuple(_memberships(conn, dossier))
        views = requests.views_in(conn, session, [dossier])[dossier]
        near = list(conn.exec_driver_sql(_NEAR, (dossier,)).scalars())
        apart = set(conn.exec_driver_sql(_APART, (dossier,)).scalars())
    lately = [each.dossier for each in recent.families(session)]
    near += [each for each in lately if each not in (dossier, *near, *apart)]
    found = family_list.rows_of(session, near)
    return ChangePage(
        family=family,
        memberships=rows,
        near=tuple(f"{row.number} {row.title}".strip() for row in found if row is not None),
        requests=tuple(
            (view.request.id, words.request_title(session, view.request))
            for view in views
            if not view.position.is_ended
        ),
        shielded=shield.shielded_in(session, dossier),
        naming=shield.texts_naming(session, dossier, [member.person.id for member in family.members]),
    )


_NEAR = (
    "SELECT DISTINCT b.scope FROM r_membership a JOIN r_membership b ON b.person = a.person AND b.scope <> a.scope"
    f" WHERE a.scope = ? AND NOT {hidden('a.person', 'a.scope')} AND NOT {hidden('b.person', 'b.scope')}"
)


_APART = (
    "SELECT b.scope FROM r_membership a JOIN r_membership b ON b.person = a.person AND b.scope <> a.scope"
    f" WHERE a.scope = ? AND {hidden('a.person', 'a.scope')}"
)
"""The other dossiers of whom may not show here: they are not proposed, even when opened lately."""


def _memberships(conn: Connection, dossier: str) -> Iterator[PastOrPresent]:
    """Who is there first, then who left."""
    shown = f"scope = ? AND NOT {hidden('r_membership.person', 'r_membership.scope')}"
    rows = read_where(conn, Membership, f"{shown} ORDER BY to_on IS NOT NULL, position, id", (dossier,))
    people = by_id(conn, Person, (row.person for row in rows if row.person))
    for row in rows:
        if row.person in people:
            yield PastOrPresent(membership=row, name=families.name_of(people[row.person]), span=_span(row))


def _span(row: Membership) -> str:
    begun = incomplete_words(IncompleteDate.from_text(row.from_on)) if row.from_on else _("date unknown")
    if row.to_on is None:
        return _("since %(day)s", day=begun)
    return _(
        "%(begin)s until %(end)s", begin=begun, end=incomplete_words(IncompleteDate.from_text(row.to_on))
    )


def find_family(session: Session, asked: str) -> str:
    """The dossier meant by its number (alone or before the name), or by a name that only one has.

    Raises `NoSuchFamily`.
    """
    text = asked.strip()
    with session.store.read() as conn:
        sql = "SELECT scope FROM r_dossier WHERE number IN (?, ?)"
        found = list(conn.exec_driver_sql(sql, (text, text.partition(" ")[0])).scalars())
    if not found and text:
        found = list(family_list.ids(session, text))
    if len(found) != 1:
        raise NoSuchFamily(asked=text)
    return str(found[0])
