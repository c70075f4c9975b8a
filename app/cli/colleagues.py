"""Commands about devices: `identity` shows this one, `trust` is about those of colleagues."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.bootstrap import App
from app.cli.exchange_arguments import REVOCATION_REASONS
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Colleague
from app.i18n import N_, _, language
from app.services import trust as trust_service
from app.services import trust_card, trust_page
from app.services.session import Session
from app.services.trust_page import Known, TrustPage
from app.services.trust_problem import ColleagueAmbiguous, ColleagueUnknown, GroupsNotRead
from app.services.trust_words import means, trust_words
from app.storage.atomic_file import check_place

LEAST_OF_DEVICE: Final = 8
"""Characters of a device that name one; fewer could be a mistake."""

OWN_NAMES = frozenset({"ik", "own"})
_FOLLOWS = N_(
    "New keys were made. Give your new card to your colleagues; a registrar is compared and marked anew."
)
_REGISTRAR = N_("registrar")
_VOUCHED = N_("On the roster of the location. It goes along with your next files.")
_VOUCH_ENDED = N_("Taken off the roster of the location. It goes along with your next files.")
_TOLD = N_("A registrar revoked this device. Make new keys and let colleagues compare them.")


class RevocationReasonMissing(KnownProblem):
    """`reasons`: the codes there are."""

    message = N_("Say why the device is revoked, with --reason: %(reasons)s.")


class DeviceTooShort(KnownProblem):
    """`least`: how many characters name a device."""

    message = N_("Give at least the first %(least)d characters of the device, or the name of your colleague.")


def identity(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Show who this device is; write its card; make new keys."""
    if arguments.card:
        check_place(Path(arguments.card))  # before new keys are made
    with opened(arguments, app, must_write=arguments.new_keys) as unlocked:
        session = unlocked.session
        if arguments.new_keys:
            trust_service.new_keys(session)
        if arguments.card:
            trust_card.save_own(session, Path(arguments.card))
        page = trust_page.page(session)
    own = page.own
    lines = [_(_FOLLOWS)] if arguments.new_keys else []
    lines += [f"{own.name}, {own.office}", " ".join(own.groups), trust_card.qr_text(own.device)]
    if page.is_registrar:
        lines.append(_("You are registrar of this location."))
    if page.own_revoked:
        lines.append(_(_TOLD))
    if arguments.card:
        lines.append(_("Card: %(file)s") % {"file": arguments.card})
    values = {
        **_value(own),
        "qr": trust_card.qr_text(own.device),
        "revoked": page.own_revoked,
        "card": arguments.card,
        "new_keys": bool(arguments.new_keys),
    }
    return DONE, Said(values=values, text=lines)


def trust(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """One deed about a colleague's device, or the list of all of them."""
    asked = _asked(arguments)
    with opened(arguments, app, read_only=asked is None) as unlocked:
        session = unlocked.session
        if asked is None:
            page = trust_page.page(session)
            known = (*page.colleagues, *page.earlier)
        else:
            device = asked(session).device
            page = trust_page.page(session)
            known = tuple(one for one in (*page.colleagues, *page.earlier) if one.colleague.device == device)
        lines = [_(words) for words, done in _roster_deeds(arguments) if done]
        lines += [line for one in known for line in _lines(session, one)]
        values: dict[str, object] = {"colleagues": [_known_value(session, one) for one in known]}
    if not known:
        own = asked is not None
        lines = [_registrar_line(page) if own else _("No cards of colleagues yet. Add one with --add.")]
    return DONE, Said(values=values | {"registrar": page.is_registrar}, text=lines)


def _roster_deeds(arguments: argparse.Namespace) -> tuple[tuple[str, bool], ...]:
    """What the state of the colleague would not show: who was compared stays so, on the roster or off it."""
    return (_VOUCHED, bool(arguments.vouch)), (_VOUCH_ENDED, bool(arguments.end_vouch))


def _registrar_line(page: TrustPage) -> str:
    if page.is_registrar:
        return _("You are registrar of this location.")
    return _("You are not registrar of this location.")


def _asked(arguments: argparse.Namespace) -> Callable[[Session], Colleague] | None:
    """The deed that was asked for, None for the list."""
    if arguments.add:
        return lambda session: trust_card.add_file(session, Path(arguments.add))
    if arguments.verify:
        return lambda session: _verified(session, arguments)
    if arguments.revoke:
        return lambda session: _revoked(session, arguments)
    deeds: dict[str, Callable[[Session, str], Colleague]] = {
        "registrar": lambda session, device: trust_service.set_registrar(session, device, True),
        "no_registrar": lambda session, device: trust_service.set_registrar(session, device, False),
        "vouch": trust_service.vouch,
        "end_vouch": trust_service.end_vouch,
        "reject": trust_service.reject,
        "unreject": trust_service.unreject,
    }
    for name, deed in deeds.items():
        who = getattr(arguments, name)
        if who:
            return lambda session, deed=deed, who=who: deed(session, find(session, who))  # type: ignore[misc]
    return None


def _verified(session: Session, arguments: argparse.Namespace) -> Colleague:
    if not arguments.groups and not arguments.qr:
        raise GroupsNotRead
    device = find(session, arguments.verify)
    if arguments.qr:
        return trust_service.verify(session, device, arguments.qr, "qr")
    return trust_service.verify(session, device, arguments.groups, "phone")


def _revoked(session: Session, arguments: argparse.Namespace) -> Colleague:
    if not arguments.reason:
        raise RevocationReasonMissing(reasons=", ".join(REVOCATION_REASONS))
    device = find(session, arguments.revoke)
    return trust_service.revoke(session, device, f"{trust_service.REASONS}.{arguments.reason}")


def find(session: Session, who: str) -> str:
    """The one device that fits: «own», the beginning of a device, a name or a word of it. Also for `--to` of giving.

    Raises `ColleagueUnknown`, `ColleagueAmbiguous` or `DeviceTooShort`.
    """
    page, asked = trust_page.page(session), who.strip().casefold()
    if asked in OWN_NAMES:
        return page.own.device
    known = [one.colleague for one in (*page.colleagues, *page.earlier)]
    for fits in (
        [one for one in known if one.device == asked],
        [one for one in known if len(asked) >= LEAST_OF_DEVICE and one.device.startswith(asked)],
        [one for one in known if one.name.casefold() == asked],
        [one for one in known if asked and asked in one.name.casefold().split()],
    ):
        if len(fits) == 1:
            return fits[0].device
        if fits:
            raise ColleagueAmbiguous(name=who)
    if any(asked and one.device.startswith(asked) for one in known):
        raise DeviceTooShort(least=LEAST_OF_DEVICE)
    raise ColleagueUnknown


def _lines(session: Session, known: Known) -> list[str]:
    one = known.colleague
    registrar = f" ({_(_REGISTRAR)})" if one.registrar else ""
    name = one.name or _("unknown")
    # Digits that were not compared yet are heard from the colleague, not read off here.
    digits = f"  {' '.join(one.groups)}" if one.trust.trusted and not one.new_keys else ""
    return [
        f"{name}, {one.office}{registrar}: {trust_words(session, known)}",
        f"  {one.device[:16]}{digits}",
        f"  {means(one.trust, new_keys=one.new_keys)}",
    ]


def _value(one: Colleague) -> dict[str, object]:
    return {
        "device": one.device,
        "name": one.name,
        "office": one.office,
        "officer": one.officer,
        "groups": list(one.groups),
        "trust": one.trust.value,
        "registrar": one.registrar,
    }


def _known_value(session: Session, known: Known) -> dict[str, object]:
    one = known.colleague
    return _value(one) | {
        "words": trust_words(session, known),
        "verified_at": one.verified_at.isoformat() if one.verified_at else None,
        "how": known.how or None,
        "new_keys": one.new_keys,
        "vouched_by": list(known.vouched_by),
        "revoked_by": known.revoked_by or None,
        "revoked_at": known.revoked_at.isoformat() if known.revoked_at else None,
        "reason": session.content.label(known.revoked_reason, language()) or None,
        "last_file_at": one.last_file_at.isoformat() if one.last_file_at else None,
    }
