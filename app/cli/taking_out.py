"""Command `take-out`: one value goes for good, here and with colleagues."""

import argparse

from app.bootstrap import App
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.i18n import _, formats
from app.services import taking_out
from app.services.taking_out import Takeable, TakingOut, said


def take_out(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """List what could be taken out, say what it would do, or do it."""
    looks = arguments.preview or not arguments.value
    with opened(arguments, app, read_only=looks) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        if not arguments.value:
            found = taking_out.offered(session, dossier)
            text = [_line(one) for one in found] or [_("There is nothing to take out.")]
            return DONE, Said(values={"values": [_value(one) for one in found]}, text=text)
        record, _dot, field = arguments.value.partition(".")
        effect = taking_out.look(session, dossier, record, field)
        if not arguments.preview:
            code = f"{taking_out.REASONS}.{arguments.reason}" if arguments.reason else ""
            reason = session.content.ref("basis", code) if code else ""
            taking_out.take_out(session, dossier, record, field, reason)
    values: dict[str, object] = {
        "taken_out": not arguments.preview,
        "value": _value(effect.what),
        "count": len(effect.values),
        "colleagues": list(effect.colleagues),
    }
    return DONE, Said(values=values, text=_effect(effect, preview=arguments.preview))


def _name(one: Takeable) -> str:
    return f"{one.record}.{one.field}"


def _line(one: Takeable) -> str:
    values = " / ".join(" ".join(value.split()) for value in one.values)
    return f"{_name(one)}  {said(one)}{f': {values}' if values else ''}"


def _value(one: Takeable) -> dict[str, object]:
    return {"name": _name(one), "what": said(one), "values": list(one.values)}


def _effect(effect: TakingOut, *, preview: bool) -> list[str]:
    lines = [_("Nothing was written: this only says what would happen.")] if preview else []
    lines += [
        f"  {one.words}  {one.officer or _('unknown')}  {formats.deed(one.at)}" for one in effect.values
    ] * preview
    if not preview:
        lines.append(_("Taken out for good: %(what)s.", what=said(effect.what, named=False)))
    if effect.colleagues:
        names = formats.listed(list(effect.colleagues))
        lines.append(
            _(
                "With the next file it goes from the laptops of colleagues too. It was shared with: %(names)s.",
                names=names,
            )
        )
    lines.append(
        _(
            "Backups, files given before and papers that were printed or saved still hold it."
            " That something stood there, and who wrote it, stays in the timeline."
        )
    )
    return lines
