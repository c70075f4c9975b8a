"""Commands on a whole store: make it, fill it, check it, back it up."""

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from app.bootstrap import App
from app.cli.asking import passphrase
from app.cli.exit_code import DONE, REFUSED
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _, ngettext
from app.i18n.formats import number
from app.services.gate import Unlocked
from app.storage import recovery_key
from app.storage.problem import StoreExists
from app.storage.store_folder import StoreFolder


class StoreNotWhole(KnownProblem):
    """One of the checks found something."""

    message = N_("The store is not whole. Keep using the newest good backup, and have this looked at.")


def _create(
    arguments: argparse.Namespace, app: App, secret: str, officer: str, location: str
) -> tuple[Unlocked, Sequence[str]]:
    key = recovery_key.new()
    path = Path(arguments.store)
    unlocked = app.gate.create(path, officer=officer, location=location, passphrase=secret, recovery=key)
    return unlocked, key.groups


def _new_passphrase(arguments: argparse.Namespace) -> str:
    if StoreFolder(Path(arguments.store)).exists():  # before anybody has to think of a passphrase
        raise StoreExists
    return passphrase(arguments, twice=True)


def init(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Make an empty store and say its recovery key once; a weak passphrase is taken, and said to be weak."""
    from app.services.passphrase import strength

    secret = _new_passphrase(arguments)
    unlocked, groups = _create(arguments, app, secret, arguments.officer, arguments.location)
    unlocked.lock()
    found = strength(secret, (arguments.officer, arguments.location))
    lines = [
        _("The store is ready: %(store)s") % {"store": arguments.store},
        _("Recovery key, shown only now: %(key)s") % {"key": "-".join(groups)},
        _("Write it down and keep it in a sealed envelope, away from this laptop."),
    ]
    if not found.is_enough:
        advice = " ".join(_(each) for each in found.advice)
        lines.append(
            _("The passphrase: %(words)s. %(advice)s") % {"words": _(found.words).lower(), "advice": advice}
        )
    values: dict[str, object] = {
        "store": arguments.store,
        "recovery_key": "-".join(groups),
        "passphrase_is_strong": found.is_enough,
    }
    return DONE, Said(values=values, text=lines)


def demo(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Make a store with made-up families; their number and seed decide them wholly. All of them or no store."""
    from app.services import demo as demo_service
    from app.services.demo_families import LOCATION, OFFICERS

    secret = _new_passphrase(arguments)
    unlocked, _groups = _create(arguments, app, secret, OFFICERS[0], LOCATION)
    try:
        made = demo_service.fill(unlocked.session, arguments.families, arguments.seed)
    except BaseException:
        unlocked.lock()
        shutil.rmtree(arguments.store, ignore_errors=True)  # made a moment ago, by this command
        raise
    unlocked.lock()
    count = ngettext("%(count)d made-up family", "%(count)d made-up families", made) % {"count": made}
    return DONE, Said(
        values={"store": arguments.store, "families": made, "seed": arguments.seed},
        text=(_("%(families)s in %(store)s") % {"families": count, "store": arguments.store},),
    )


def verify(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Check database, journal, tables, index, log and content; refuse (1) when anything is wrong."""
    from app.services.check_store import check_store

    with opened(arguments, app, must_write=False) as unlocked:
        found = check_store(unlocked)
    good = all(each.is_good for each in found)
    values: dict[str, object] = {
        "good": good,
        "checks": [
            {"code": each.code, "good": each.is_good, "count": each.count, "sentence": each.sentence}
            for each in found
        ],
    }
    failure = None if good else StoreNotWhole()
    return (DONE if good else REFUSED), Said(
        values=values, text=[each.sentence for each in found], failure=failure
    )


def backup(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Write one file with everything."""
    from app.services import backups

    with opened(arguments, app) as unlocked:
        made = backups.make(unlocked, Path(arguments.file))
    words = {"file": str(made.file), "size": number(round(Decimal(made.size_bytes) / 1_000_000, 1))}
    lines = [_("Backup written and read back: %(file)s (%(size)s MB)") % words]
    if made.missing_scans:
        lines.append(_("Scans that were missing already: %(count)d") % {"count": made.missing_scans})
    return DONE, Said(values=asdict(made) | {"file": str(made.file)}, text=lines)


def restore(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:  # noqa: ARG001 - every command takes both
    """Put a backup in a new folder."""
    from app.services import backups

    target = backups.restore(Path(arguments.file), Path(arguments.store))
    return DONE, Said(
        values={"store": str(target)},
        text=(
            _("The backup stands in %(store)s. Open it with the passphrase of that backup.")
            % {"store": target},
        ),
    )
