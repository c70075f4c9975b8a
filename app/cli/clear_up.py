"""Commands `conflicts`, `resolve` and `same-person`: what only a person can decide, and the decision."""

import argparse
from collections.abc import Sequence

from app.bootstrap import App
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.kinds.person import Person
from app.domain.words import N_
from app.i18n import _, formats
from app.services import clear_up, one_person
from app.services.matter import Matter, NoTextOfBoth
from app.services.reading import by_id
from app.services.session import Session


class NoSuchPersons(KnownProblem):
    """Not the ids of two persons."""

    message = N_(
        "These are not the ids of two different persons in this store. The command member shows them."
    )


def conflicts(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Say what there is to clear up."""
    with opened(arguments, app, read_only=True) as unlocked:
        session = unlocked.session
        only = dossier_ids(session, [arguments.dossier])[0] if arguments.dossier else ""
        found = clear_up.matters(session, only)
        later = clear_up.put_off(session, only)
    lines = [line for one in found for line in _lines(one)]
    if later:
        lines.append(_("Put off: %(count)d", count=len(later)))
    values: dict[str, object] = {
        "open": [_value(one) for one in found],
        "later": [_value(one) for one in later],
    }
    return DONE, Said(values=values, text=lines or [_("Nothing to clear up")])


def resolve(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Decide one matter, write another value, or put it off."""
    with opened(arguments, app) as unlocked:
        session = unlocked.session
        found = clear_up.find(session, arguments.matter)
        if arguments.both:
            text = clear_up.both(session, found.id)
            if not text:
                raise NoTextOfBoth
            return DONE, Said(values={"both": text}, text=[text])
        if arguments.later is not None:
            clear_up.postpone(session, found.id, arguments.later)
            return DONE, Said(values={"later": arguments.later.isoformat()}, text=[_("Put off.")])
        if arguments.value is not None:
            clear_up.write(session, found.id, arguments.value)
        else:
            clear_up.answer(session, found.id, arguments.answer)
    return DONE, Said(values={"resolved": found.id}, text=[_("Cleared up: %(what)s", what=found.title)])


def same_person(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """List the persons who were said to be one; say so of two, say that they are not, or take some apart."""
    lines = []
    acts = bool(arguments.apart or arguments.one or arguments.two)
    with opened(arguments, app, read_only=not acts) as unlocked:
        session = unlocked.session
        if arguments.apart:
            one_person.take_apart(session, arguments.apart)
            lines.append(_("They show as two persons again."))
        elif arguments.one:
            one_person.link(session, *_two(session, arguments.one))
            lines.append(_("They show as one. It can be taken apart again."))
        elif arguments.two:
            one_person.say_two(session, *_two(session, arguments.two))
            lines.append(_("Nobody is asked this again."))
        found = one_person.linked(session)
    for one in found:
        names = formats.listed([name or _("name unknown") for name in one.names])
        families = ", ".join(title or dossier for dossier, title in one.dossiers)
        lines.append(f"{one.persons[0]}  {names}  ({families})")
    values = [{"persons": list(one.persons), "names": list(one.names)} for one in found]
    return DONE, Said(values={"one_person": values}, text=lines or [_("Nobody was said to be one person.")])


def _two(session: Session, asked: Sequence[str]) -> tuple[str, str]:
    """Two different persons of this store. Raises `NoSuchPersons`."""
    with session.store.read() as conn:
        here = by_id(conn, Person, asked)
    if len(here) != 2:
        raise NoSuchPersons
    return asked[0], asked[1]


def _lines(one: Matter) -> list[str]:
    head = (
        f"{one.id}  {one.title}: {one.about} ({one.family})"
        if one.family
        else f"{one.id}  {one.title}: {one.about}"
    )
    lines = [head]
    lines += [f"  {each.code}  {each.words}  {each.note}".rstrip() for each in one.answers]
    return lines + [f"  {text}" for text in (one.explanation, one.suggestion) if text]


def _value(one: Matter) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "about": one.about,
        "family": one.family,
        "dossier": one.dossier,
        "words": one.words,
        "answers": [{"code": each.code, "words": each.words, "note": each.note} for each in one.answers],
        "suggestion": one.suggestion,
        "later": None if one.later_until is None else one.later_until.isoformat(),
    }
