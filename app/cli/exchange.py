"""Commands of exchange by file: `export`, `inspect`, `import` and `receipt`."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from app.bootstrap import App
from app.cli.colleagues import find
from app.cli.dossiers import NoSuchCompartment, dossier_ids
from app.cli.exit_code import DONE
from app.cli.extracts import give_to_read, receiver_lines
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.exchange_facts import GIVABLE, Arrival, FamilyComing, GiveChoice, Taken
from app.domain.record import Compartment
from app.i18n import _, formats, ngettext, problem_text
from app.services import give, take, trust_card
from app.services.clear_up_words import brought
from app.services.hold_words import hold_words
from app.services.session import Session
from app.services.trust_problem import why_not_taken

USUAL = (Compartment.KERN, Compartment.WERKWIJZE)


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
            lines = [_("Nothing was written: this only says what would happen.")]
            lines += [f"{one.title} ({one.number}): {_changes(one.changes)}" for one in seen.families]
            lines += receiver_lines(seen)
            return DONE, Said(
                values={"preview": True, "changes": seen.changes, "bytes": seen.size_bytes}, text=lines
            )
        out = Path(arguments.out)
        folder, name = (out, "") if out.is_dir() else (out.parent, out.name)
        made = give.write(session, choice, folder, split=arguments.split, name=name)
    words = ngettext("%(count)d family", "%(count)d families", made.families, count=made.families)
    lines = [f"{words}, {_changes(made.changes)}"]
    lines += [_("Written and read back: %(file)s", file=file) for file in made.files]
    if made.missing_scans:
        names = formats.listed(list(dict.fromkeys(made.missing_scans)))
        lines.append(_("Scans are missing on this laptop and did not go along: %(names)s", names=names))
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
        seen = take.look(session, file)
        if arguments.preview:
            return DONE, Said(values=_values(seen) | {"preview": True}, text=_seen(seen))
        only = frozenset(_coming(seen, name) for name in arguments.dossier) if arguments.dossier else None
        done = take.accept(session, file, dossiers=only)
    return DONE, Said(values=_done_values(done, seen), text=_done(done, seen))


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
    """A family of the package by its id or name; one that is not there is left as it was typed."""
    return next((one.dossier for one in seen.families if name in (one.dossier, one.title)), name)


def _changes(count: int) -> str:
    return ngettext("%(count)d change", "%(count)d changes", count, count=count)


def _seen(seen: Arrival) -> list[str]:
    lines = [_("Nothing was written: this only says what would happen.")]
    lines.append(_("From %(name)s", name=seen.sender.name or seen.sender.device[:16]))
    stopped = why_not_taken(seen.sender)
    if stopped is not None:
        lines.append(problem_text(stopped))
    return lines + [_line(one) for one in seen.families] + _notes(seen)


def _line(one: FamilyComing) -> str:
    words = [_("new here") if one.new else _("known"), _changes(one.changes)]
    if one.differences:
        words.append(
            ngettext("%(count)d difference", "%(count)d differences", one.differences, count=one.differences)
        )
    if one.holds:
        words.append(hold_words(one.holds))
    return f"{one.title or one.dossier}: {', '.join(words)}"


def _notes(seen: Arrival) -> list[str]:
    notes = []
    if seen.extract_until is not None:
        notes.append(_("Can be read until %(day)s", day=formats.fact(seen.extract_until)))
        return notes
    if seen.known:
        notes.append(_("Everything in this file is here already."))
    if seen.may_be_known:
        notes.append(
            ngettext(
                "%(count)d person may be known here already",
                "%(count)d persons may be known here already",
                seen.may_be_known,
                count=seen.may_be_known,
            )
        )
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
    lines = [_("Taken in from %(name)s: %(changes)s", name=done.sender_name, changes=_changes(done.changes))]
    return lines + [_line(one) for one in seen.families] + _notes(seen)


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


def _done_values(done: Taken, seen: Arrival) -> dict[str, object]:
    values = asdict(done)
    values["at"] = done.at.isoformat()
    values["taken_back_at"] = None
    return values | {"set_apart": seen.set_apart, "newer": seen.newer}
