"""Commands by which a family leaves: `handover` to a colleague, `drop` from this laptop, `remove` as a mistake,
`destroy` everywhere."""

import argparse
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

from app.bootstrap import App
from app.cli.colleagues import find
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.record import Compartment
from app.i18n import N_, _, formats, language
from app.services import handing_over, overview_sheet, removal, removed_family
from app.services.handing_over import HandoverState
from app.services.held_elsewhere import first_advice, lacks_advice, lacks_words
from app.services.offer_words import about_offer
from app.services.part_words import in_order
from app.services.removal import DropCheck, WaitingDestruction
from app.services.removed_family import NotRemoved
from app.services.session import Session


class NoSuchMember(KnownProblem):
    """No member of this name, more than one, or one who belongs to another family too."""

    message = N_("There is no such member of this family who can go alone. Use the full name or the id.")


def handover(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Offer, accept, refuse, withdraw, or say how it stands."""
    asks = not (arguments.to or arguments.accept or arguments.refuse or arguments.withdraw or arguments.back)
    with opened(arguments, app, read_only=asks and not arguments.paper) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        if arguments.to:
            device = find(session, arguments.to)
            handing_over.offer(session, dossier, device, returns_on=arguments.until, reason=arguments.note)
        elif arguments.accept:
            handing_over.accept(session, dossier)
        elif arguments.refuse:
            handing_over.refuse(session, dossier, arguments.note)
        elif arguments.withdraw:
            handing_over.withdraw(session, dossier)
        elif arguments.back:
            handing_over.give_back(session, dossier)
        if arguments.paper:
            overview_sheet.save(session, dossier, Path(arguments.paper))
        now = handing_over.state(session, dossier)
    return DONE, Said(values=_values(now), text=_stands(now))


def drop(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Take a family off this laptop, or say whether that may be."""
    with opened(arguments, app, read_only=arguments.preview) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        check = removal.may_drop(session, dossier)
        if not arguments.preview:
            removal.drop(session, dossier, with_own_marks=arguments.own_marks)
    behind = [asdict(one) | {"parts": in_order(one.parts)} for one in check.behind]
    values = asdict(check) | {
        "parts": in_order(check.parts),
        "behind": behind,
        "allowed": check.allowed,
        "preview": arguments.preview,
    }
    return DONE, Said(values=values, text=_dropped(check, preview=arguments.preview))


def remove(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Remove a family as a mistake, bring one back, or list the removed ones."""
    with opened(arguments, app, read_only=not arguments.dossier) as unlocked:
        session = unlocked.session
        lines: list[str] = []
        if arguments.dossier and arguments.back:
            removed_family.bring_back(session, _removed(session, arguments.dossier))
            lines.append(_("Brought back."))
        elif arguments.dossier:
            (dossier,) = dossier_ids(session, [arguments.dossier])
            removed_family.remove(session, dossier)
            lines.append(_("Removed. It can be brought back."))
        found = removed_family.removed(session)
    if not arguments.dossier:
        lines += [
            f"{one.number or one.dossier}  {one.title}  {one.officer}  {formats.deed(one.at)}"
            for one in found
        ] or [_("No family was removed")]
    values = [asdict(one) | {"at": one.at.isoformat()} for one in found]
    return DONE, Said(values={"removed": values}, text=lines)


def _removed(session: Session, named: str) -> str:
    """A removed family by number or id. Raises `NotRemoved`."""
    for one in removed_family.removed(session):
        if named in (one.dossier, one.number):
            return one.dossier
    raise NotRemoved


def destroy(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Destroy a family, carry out what a colleague asks, or say what waits."""
    acts = bool(arguments.dossier and (arguments.reason or arguments.accept))
    with opened(arguments, app, read_only=not acts) as unlocked:
        session = unlocked.session
        lines: list[str] = []
        if acts:
            (dossier,) = dossier_ids(session, [arguments.dossier])
            if arguments.accept:
                removal.accept_destruction(session, dossier)
            else:
                _destroy(session, arguments, dossier)
            lines.append(_("Destroyed. This has no undo."))
        waits = removal.waiting(session)
        lines += [_waits(session, one) for one in waits]
    if not lines:
        lines.append(_("Nothing waits for your word."))
    values = [asdict(one) | {"at": one.at.isoformat()} for one in waits]
    return DONE, Said(values={"destroyed": acts, "waiting": values}, text=lines)


def _destroy(session: Session, arguments: argparse.Namespace, dossier: str) -> None:
    """A family, with its members if asked; or one member of it."""
    reason = session.content.ref("basis", f"{removal.REASONS}.{arguments.reason}")
    members = removal.may_destroy(session, dossier).members
    if arguments.person:
        named = [one.person for one in members if arguments.person in (one.person, one.name)]
        if len(named) != 1:
            raise NoSuchMember
        removal.destroy_person(session, dossier, named[0], reason)
        return
    removal.destroy(session, dossier, reason, persons=[one.person for one in members if arguments.persons])


def _stands(now: HandoverState) -> list[str]:
    """How it stands, a line for each thing."""
    nobody = _("nobody is named as case officer")
    lines = [f"{now.title}: {now.owner_name or nobody}"]
    if now.offer is not None:
        lines.append(
            _(
                "Offered by %(giver)s to %(receiver)s",
                giver=now.offer.by_name,
                receiver=now.offer.officer_name,
            )
        )
        about = about_offer(now.offer)
        lines += [f"  {about}"] if about else []
    if now.lent is not None and now.lent.returns_on is not None:
        day = formats.fact(now.lent.returns_on)
        lines.append(_("Goes back to %(name)s on %(day)s", name=now.lent.by_name, day=day))
    if now.crossed:
        lines.append(_("It is disputed who has this family. Clear that up first."))
    return lines


def _values(now: HandoverState) -> dict[str, object]:
    values = asdict(now)
    for name in ("offer", "lent", "taken"):
        found = values[name]
        if found is not None:
            found["at"] = found["at"].isoformat()
            found["returns_on"] = found["returns_on"].isoformat() if found["returns_on"] else None
    return values


def _dropped(check: DropCheck, *, preview: bool) -> list[str]:
    lines = [_("Nothing was written: this only says what would happen.")] if preview else []
    lines += [_("%(name)s has confirmed to hold all of it.", name=name) for name in check.holders]
    for one in check.behind:
        lines += [lacks_words(one), f"  {lacks_advice(one)}", f"  {_options(one.parts)}"]
    if not check.holders and not check.behind:
        lines += [_("No colleague has confirmed to hold this family."), f"  {first_advice(check.parts)}"]
        lines.append(f"  {_options(check.parts)}")
    if not preview:
        lines.append(_("Taken off this laptop. It can come back by a file of a colleague."))
    return lines


def _options(parts: Collection[Compartment]) -> str:
    """How a command gives these parts."""
    options = " ".join(f"--part {part}" for part in in_order(parts))
    return _("With the command export: %(options)s", options=options)


def _waits(session: Session, one: WaitingDestruction) -> str:
    reason = session.content.label(one.reason, language())
    return _("%(name)s asks to destroy %(title)s: %(reason)s", name=one.by, title=one.title, reason=reason)
