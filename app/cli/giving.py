"""What would go in a file, as commands say it."""

from app.domain.exchange_facts import FamilyGoing, GivePreview
from app.i18n import _, formats, problem_text
from app.services.file_words import changes_words, named, scans_words
from app.services.trust_problem import why_not_given


def would_go(seen: GivePreview, *, counted: bool = True) -> list[str]:
    """A line per family (`counted`: with its changes), to whom, the parts, how large, and what stands in the way."""
    lines = [_("Nothing was written: this only says what would happen.")]
    lines += [_family(one, counted) for one in seen.families]
    lines += [_("To %(name)s", name=named(one)) for one in seen.receivers if one not in seen.not_trusted]
    lines.append(_("Parts: %(names)s", names=", ".join(sorted(seen.compartments))))
    lines.append(_("Size: %(size)s", size=_size(seen)))
    if seen.missing_scans:
        lines.append(missing_words(seen.missing_scans))
    stopped = map(why_not_given, seen.not_trusted)
    return lines + [problem_text(each) for each in stopped if each is not None]


def would_go_values(seen: GivePreview) -> dict[str, object]:
    """The same for machines."""
    return {
        "preview": True,
        "changes": seen.changes,
        "bytes": seen.size_bytes,
        "scans": seen.scans,
        "scan_bytes": seen.scan_bytes,
        "compartments": sorted(seen.compartments),
        "missing_scans": list(seen.missing_scans),
        "not_trusted": [one.device for one in seen.not_trusted],
    }


def missing_words(names: tuple[str, ...]) -> str:
    """Whose scans cannot go along."""
    once = formats.listed(list(dict.fromkeys(names)))
    return _("Scans are missing on this laptop and did not go along: %(names)s", names=once)


def _family(one: FamilyGoing, counted: bool) -> str:
    words = f"{one.title or _('Family without a name')} ({one.number})"
    return f"{words}: {changes_words(one.changes)}" if counted else words


def _size(seen: GivePreview) -> str:
    size = formats.size(seen.size_bytes)
    if not seen.scans:
        return size
    scans, room = scans_words(seen.scans), formats.size(seen.scan_bytes)
    return _("%(size)s, and %(scans)s of %(room)s together", size=size, scans=scans, room=room)
