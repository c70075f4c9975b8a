"""Commands of exchange by file: `export`, `inspect`, `import` and `receipt`."""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from app.bootstrap import App
from app.cli.colleagues import find
from app.cli.dossiers import NoSuchCompartment, dossier_ids
from app.cli.exit_code import DONE
from app.cli.extracts import give_to_read
from app.cli.giving import missing_words, would_go, would_go_values
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import GIVABLE, Arrival, FamilyComing, GiveChoice, Holding, Taken
from app.domain.record import Compartment
from app.domain.words import N_
from app.i18n import _, formats, ngettext, problem_text
from app.services import give, take, trust_card
from app.services.clear_up_words import brought
from app.services.file_words import (
    asked_words,
    changes_words,
    families_words,
    family_title,
    here_words,
    known_words,
    named,
    nothing_new_words,
    receipt_words,
    removed_words,
    stays_words,
)
from app.services.session import Session
from app.services.trust_problem import why_not_taken

USUAL = (Compartment.KERN, Compartment.WERKWIJZE)


class NoSuchFamily(KnownProblem):
    """A family that the file does not hold, or more than one of this name."""

    message = N_("“%(asked)s” is not one family of this file. There are: %(names)s.")


def export(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Give families to colleagues as one file, or say what would go."""
    parts = _parts(arguments.part)
    with opened(arguments, app) as unlocked:
        session = unlocked.session
        receivers = tuple(dict.fromkeys(_receiver(session, name) for name in arguments.to))
        if arguments.extract:
            return give_to_read(arguments, session, receivers, parts)
        choice = GiveChoice(
            dossiers=dossier_ids(session, arguments.dossier) if arguments.dossier else _all(session),
            receivers=receivers,
            compartments=parts,
            scans=not arguments.without_scans,
            full=arguments.full,
        )
        if arguments.preview:
            seen = give.preview(session, choice)
            return DONE, Said(values=would_go_values(seen), text=would_go(seen))
        out = Path(arguments.out)
        folder, name = (out, "") if out.is_dir() else (out.parent, out.name)
        made = give.write(session, choice, folder, split=arguments.split, name=name)
    lines = [f"{families_words(made.families)}, {changes_words(made.changes)}"]
    lines += [_("Written and read back: %(file)s", file=file) for file in made.files]
    if made.missing_scans:
        lines.append(missing_words(made.missing_scans))
    return DONE, Said(values=asdict(made), text=lines)


def receipt(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Tell a colleague what is held here, so that the next file carries only what is new."""
    with opened(arguments, app) as unlocked:
        session = unlocked.session
        out = Path(arguments.out)
        folder, name = (out, "") if out.is_dir() else (out.parent, out.name)
        made = give.receipt(session, _receiver(session, arguments.to), folder, name=name)
    lines = [_("Written and read back: %(file)s", file=file) for file in made.files]
    return DONE, Said(values=asdict(made), text=lines)


def inspect(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Show everything that a package holds; nothing is taken in."""
    with opened(arguments, app, read_only=True) as unlocked:
        seen = take.inspect(unlocked.session, Path(arguments.file))
    lines = [f"{line.group}\t{line.words}\t{line.detail}" for line in seen.lines]
    return DONE, Said(values=asdict(seen), text=lines)


def import_(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Take a package in, or say what would happen."""
    with opened(arguments, app) as unlocked:
        session, file = unlocked.session, Path(arguments.file)
        seen, only = take.look(session, file), None
        if arguments.dossier:
            only = frozenset(_coming(seen, name) for name in arguments.dossier)
            seen = _with_titles(take.look(session, file, dossiers=only), seen)
        if arguments.preview:
            return DONE, Said(values=_values(seen) | {"preview": True}, text=_seen(seen))
        done = take.accept(session, file, dossiers=only)
        told = give.holdings(session, seen.sender.device) if seen.kind == "receipt" else ()
    return DONE, Said(values=_done_values(done, seen, told), text=[*_done(done, seen), *map(_holds, told)])


def _receiver(session: Session, name: str) -> str:
    """The device behind a name, the beginning of its id, or a card in a file."""
    if Path(name).is_file():
        return trust_card.add_file(session, Path(name)).device
    return find(session, name)


def _all(session: Session) -> tuple[str, ...]:
    with session.store.read() as conn:
        return tuple(conn.exec_driver_sql("SELECT scope FROM r_dossier ORDER BY id").scalars())


def _parts(named: Sequence[str] | None) -> frozenset[Compartment]:
    known = {str(part): part for part in GIVABLE}
    for name in named or ():
        if name not in known:
            raise NoSuchCompartment(name=name, names=", ".join(known))
    return frozenset(known[name] for name in named) if named else frozenset(USUAL)


def _coming(seen: Arrival, name: str) -> str:
    """A family of the file by its id or name. Raises `NoSuchFamily`."""
    asked = name.casefold()
    offered = [one for one in seen.families if not one.destroyed]
    meant = [one for one in offered if asked in (one.dossier, one.title.casefold())]
    if len(meant) != 1:
        titles = Counter(one.title for one in offered)
        names = [one.title if titles[one.title] == 1 and one.title else _with_id(one) for one in offered]
        raise NoSuchFamily(asked=name, names="; ".join(names) or _("nothing"))
    return meant[0].dossier


def _with_titles(chosen: Arrival, whole: Arrival) -> Arrival:
    """A look at what was chosen. Of what stays out only the look at the whole file has read what it is called."""
    titles = {one.dossier: one.title for one in whole.families}
    families = tuple(replace(one, title=titles[one.dossier]) for one in chosen.families)
    return replace(chosen, families=families)


def _with_id(one: FamilyComing) -> str:
    return f"{family_title(one)} ({one.dossier})"


def _seen(seen: Arrival) -> list[str]:
    lines = [_("Nothing was written: this only says what would happen.")]
    lines.append(_("From %(name)s", name=named(seen.sender)))
    stopped = why_not_taken(seen.sender)
    if stopped is not None:
        lines.append(problem_text(stopped))
    return lines + _told(seen)


def _told(seen: Arrival) -> list[str]:
    """What is in the file and what becomes of it; first what asks for the most care."""
    if seen.kind == "extract":
        return [
            *(_("Only to read: %(title)s", title=family_title(one)) for one in seen.families),
            *_notes(seen),
        ]
    lines = [receipt_words()] if seen.kind == "receipt" else []
    if seen.to_confirm:
        asked, rest = asked_words(seen)
        unnamed = _("Family without a name")
        lines += [asked, *(f"- {title or unnamed}" for title in seen.to_confirm), rest]
        lines.append(_("The command destroy shows what waits for your word."))
    lines += [_line(one) for one in seen.families if not one.left_out]
    lines += [_("Stays out: %(name)s", name=family_title(one)) for one in seen.families if one.left_out]
    return lines + _notes(seen)


def _line(one: FamilyComing) -> str:
    words = [] if one.destroyed else [here_words(one)]
    if one.changes or not one.destroyed:
        words.append(changes_words(one.changes))
    if one.differences:
        words.append(
            ngettext("%(count)d difference", "%(count)d differences", one.differences, count=one.differences)
        )
    rest = [removed_words()] if one.removed else []
    rest += [stays] if (stays := stays_words(one)) else []
    title = family_title(one) if one.title or one.destroyed else _with_id(one)
    return ". ".join((": ".join(part for part in (title, ", ".join(words)) if part), *rest))


def _notes(seen: Arrival) -> list[str]:
    notes = []
    if seen.extract_until is not None:
        notes.append(_("Can be read until %(day)s", day=formats.fact(seen.extract_until)))
        return notes
    if nothing_new := nothing_new_words(seen):
        notes.append(nothing_new)
    if seen.may_be_known:
        notes.append(known_words(seen.may_be_known))
        notes += [f"- {words}" for words in seen.known_words]
    head, *rest = brought(seen.to_clear_up) or ("",)
    notes += [head, *(f"- {words}" for words in rest)] if head else []
    if seen.set_apart:
        notes.append(_("Set apart, for you to decide about: %(count)d changes", count=seen.set_apart))
    if seen.newer:
        notes.append(_("Kept until the program is brought up to date: %(count)d changes", count=seen.newer))
    if seen.clock_ahead:
        notes.append(_("The clock of the sender is far ahead. Nothing depends on it."))
    return notes


def _done(done: Taken, seen: Arrival) -> list[str]:
    name, changes = named(seen.sender), changes_words(done.changes)
    heads = {
        "receipt": _("Noted what %(name)s has.", name=name),
        "extract": _("Kept to read, from %(name)s. The command extracts shows it.", name=name),
    }
    head = heads.get(seen.kind) or _("Taken in from %(name)s: %(changes)s", name=name, changes=changes)
    return [head, *_told(seen)]


def _holds(one: Holding) -> str:
    """What a receipt confirmed of a family."""
    stands = (
        _("not confirmed yet: %(changes)s", changes=changes_words(one.behind))
        if one.behind
        else _("has everything")
    )
    return f"{one.title or one.dossier}: {stands}"


def _values(seen: Arrival) -> dict[str, object]:
    plain = replace(seen, compartments=frozenset())
    values = asdict(plain)
    values["made_at"] = seen.made_at.isoformat()
    values["to_clear_up"] = [{"title": name, "count": count} for name, count in seen.to_clear_up]
    values["compartments"] = sorted(seen.compartments)
    values["extract_until"] = None if seen.extract_until is None else seen.extract_until.isoformat()
    values["sender"] = {
        "device": seen.sender.device,
        "name": seen.sender.name,
        "trust": str(seen.sender.trust),
    }
    values["families"] = [asdict(one) | {"holds": sorted(one.holds)} for one in seen.families]
    return values


def _done_values(done: Taken, seen: Arrival, told: Sequence[Holding]) -> dict[str, object]:
    values = asdict(done)
    values["at"] = done.at.isoformat()
    values["taken_back_at"] = None
    values["confirmed"] = [{"dossier": one.dossier, "title": one.title, "behind": one.behind} for one in told]
    return values | {
        "kind": seen.kind,
        "set_apart": seen.set_apart,
        "newer": seen.newer,
        "to_confirm": seen.to_confirm,
    }
