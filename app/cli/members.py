"""Command `member`: a family over time. Somebody is born, dies, leaves, moves, splits off or comes back."""

import argparse
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from app.bootstrap import App
from app.cli import named
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import IncompleteDate
from app.domain.words import N_
from app.i18n import _, formats, language
from app.services import families, membership_page, memberships
from app.services import membership_rules as rules
from app.services.families import Family
from app.services.memberships import Changed, Leaving, NewFamily
from app.services.session import Session
from app.services.value_words import incomplete_words


class MoreIsNeeded(KnownProblem):
    """A deed that cannot do without an option."""

    message = N_("For this also give %(options)s.")


def member(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """List the members, now and before, or do one deed."""
    asks = not arguments.deed or arguments.preview
    with opened(arguments, app, read_only=asks) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        lines: list[str] = []
        done: Changed | None = None
        if arguments.deed:
            persons = _checked(session, dossier, arguments)
            if arguments.preview:
                lines = _would(session, dossier, arguments, persons)
            else:
                done = _DEEDS[arguments.deed](session, dossier, persons, arguments)
        page = membership_page.read(session, dossier)
    lines += _came_of_it(done) if done is not None else []
    if not arguments.deed:
        lines += [_line(session, each) for each in page.memberships]
        lines += [
            _("Request that can go on: %(title)s (%(id)s)", title=title, id=id_)
            for id_, title in page.requests
        ]
    values: dict[str, object] = {
        "preview": arguments.preview,
        "dossier": done.dossier if done is not None else dossier,
        "emptied": (done.emptied or None) if done is not None else None,
        "members": [
            {"person": each.membership.person, "name": each.name.full} | _span(each.membership.values())
            for each in page.memberships
        ],
        "requests": [{"id": id_, "title": title} for id_, title in page.requests],
    }
    return DONE, Said(values=values, text=lines)


def _span(values: Mapping[str, object]) -> dict[str, object]:
    return {name: values[name] for name in ("role", "from_on", "to_on", "reason")}


def _line(session: Session, each: membership_page.PastOrPresent) -> str:
    role = session.content.label(each.membership.role, language())
    name = each.name.full or _("name unknown")
    return "  ".join(part for part in (str(each.membership.person), name, role, each.span) if part)


_NEEDED = {
    "born": (("given", "--given"),),
    "died": (("person", "--person"),),
    "leave": (("person", "--person"), ("reason", "--reason")),
    "move": (("person", "--person"), ("to", "--to")),
    "reunite": (("person", "--person"), ("to", "--to")),
    "split": (("person", "--person"),),
}


def _checked(session: Session, dossier: str, arguments: argparse.Namespace) -> tuple[str, ...]:
    """The members it is about. Raises `MoreIsNeeded`, `NoSuchMember`."""
    lacking = [option for name, option in _NEEDED[arguments.deed] if not getattr(arguments, name)]
    if lacking:
        raise MoreIsNeeded(options=formats.listed(lacking))
    return named.members(families.load(session, dossier), arguments.person or ())


def _leaving(
    session: Session, persons: tuple[str, ...], arguments: argparse.Namespace, reason: str
) -> Leaving:
    on = named.incomplete(session, arguments.on)
    said = (
        named.code(session.content.choices("basis", "lidmaatschap"), arguments.reason)
        if arguments.reason
        else reason
    )
    return Leaving(persons=persons, on=on, reason=said, sure=arguments.sure)


def _born(
    session: Session, dossier: str, _persons: tuple[str, ...], arguments: argparse.Namespace
) -> Changed:
    made = memberships.newborn(session, dossier)
    person = made.person.with_values(
        given_names=arguments.given,
        family_name=arguments.family_name,
        birth_date=named.incomplete(session, arguments.on),
        sex=named.ref(session, "geslacht", arguments.sex),
    )
    membership = made.membership.with_values(custody=named.ref(session, "gezag", arguments.custody))
    return memberships.born(session, replace(made, person=person, membership=membership))


def _died(session: Session, dossier: str, persons: tuple[str, ...], arguments: argparse.Namespace) -> Changed:
    if len(persons) != 1:
        raise named.NoSuchMember(asked=", ".join(arguments.person), names=_("one at a time"))
    on = named.incomplete(session, arguments.on)
    return memberships.died(session, dossier, persons[0], on, sure=arguments.sure)


def _leave(
    session: Session, dossier: str, persons: tuple[str, ...], arguments: argparse.Namespace
) -> Changed:
    return memberships.leave(session, dossier, _leaving(session, persons, arguments, ""))


def _move(session: Session, dossier: str, persons: tuple[str, ...], arguments: argparse.Namespace) -> Changed:
    into = membership_page.find_family(session, arguments.to)
    return memberships.move(session, dossier, _leaving(session, persons, arguments, memberships.MOVED), into)


def _reunite(
    session: Session, dossier: str, persons: tuple[str, ...], arguments: argparse.Namespace
) -> Changed:
    into = membership_page.find_family(session, arguments.to)
    return memberships.reunite(
        session, dossier, _leaving(session, persons, arguments, memberships.WENT_BACK), into
    )


def _split(
    session: Session, dossier: str, persons: tuple[str, ...], arguments: argparse.Namespace
) -> Changed:
    custody = {}
    if arguments.custody:
        chosen = named.code(session.content.choices("basis", "gezag"), arguments.custody)
        going = rules.chosen(families.load(session, dossier), persons)
        custody = {one.person.id: chosen for one in going if rules.may_be_child(one, session.today)}
    new = NewFamily(title=arguments.title or "", custody=custody, requests=tuple(arguments.request or ()))
    return memberships.split(session, dossier, _leaving(session, persons, arguments, memberships.SPLIT), new)


Deed = Callable[[Session, str, tuple[str, ...], argparse.Namespace], Changed]
_DEEDS: Mapping[str, Deed] = {
    "born": _born,
    "died": _died,
    "leave": _leave,
    "move": _move,
    "reunite": _reunite,
    "split": _split,
}


def _would(
    session: Session, dossier: str, arguments: argparse.Namespace, persons: tuple[str, ...]
) -> list[str]:
    """Who, on which day, where to; and whether only children would stay."""
    lines = [_("Nothing was written: this only says what would happen.")]
    family = families.load(session, dossier)
    on = incomplete_words(IncompleteDate.from_text(named.incomplete(session, arguments.on)))
    names = _names(family, persons) or arguments.given or ""
    lines.append(_("%(names)s, on %(day)s", names=names, day=on))
    if arguments.to:
        into = families.load(session, membership_page.find_family(session, arguments.to)).dossier
        lines.append(_("To %(family)s (%(number)s)", family=into.title or "", number=into.number or ""))
    left = rules.children_left(family, persons, session.today) if persons else ()
    if left:
        lines.append(
            _(
                "Only children would stay: %(names)s. Add --sure if that is right.",
                names=_names(family, [one.person.id for one in left]),
            )
        )
    return lines


def _names(family: Family, persons: Collection[str]) -> str:
    return formats.listed(
        [families.name_of(one.person).full for one in family.members if one.person.id in persons]
    )


def _came_of_it(done: Changed) -> list[str]:
    lines = [_("Written down. It can be undone in the window.")]
    if done.emptied:
        lines.append(_("Nobody is left in the family. Close its dossier with close."))
    if done.moved:
        lines.append(_("Somebody changed this meanwhile: both values stand, see conflicts."))
    return lines
