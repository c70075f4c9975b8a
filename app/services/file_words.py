"""Words about files of colleagues that window and commands share: from whom, how much, what becomes of a family."""

from app.domain.exchange_facts import Arrival, Colleague, FamilyComing
from app.i18n import _, formats, ngettext
from app.services.hold_words import hold_words


def named(one: Colleague) -> str:
    """A colleague by name and office; a laptop without a name is said to be unknown."""
    name = one.name or _("an unknown laptop")
    return f"{name}, {one.office}" if one.office else name


def families_words(count: int) -> str:
    """ "8 families"."""
    return ngettext("%(count)s family", "%(count)s families", count, count=formats.number(count))


def changes_words(count: int) -> str:
    """ "41 changes"."""
    return ngettext("%(count)s change", "%(count)s changes", count, count=formats.number(count))


def scans_words(count: int) -> str:
    """ "3 scans"."""
    return ngettext("%(count)s scan", "%(count)s scans", count, count=formats.number(count))


# -- a family of a file ----------------------------------------------------------------------------------------------


def family_title(family: FamilyComing) -> str:
    """What it is called; one that was destroyed here has no name any more."""
    if family.destroyed:
        return _("A destroyed family")
    return family.title or _("Family without a name")


def here_words(family: FamilyComing) -> str:
    """How it stands to what is here, in a word or two."""
    if family.destroyed:
        return _("destroyed")
    if family.removed:
        return _("removed")
    return _("new here") if family.new else _("known")


def stays_words(family: FamilyComing) -> str:
    """Why something of it stays out, "" when nothing does."""
    if family.destroyed and not family.holds:
        return _("It was destroyed here, and stays out.")
    return hold_words(family.holds)


def removed_words() -> str:
    """What it means that a family comes in removed."""
    return _("It was removed as a mistake. It can be brought back.")


# -- the whole file --------------------------------------------------------------------------------------------------


def asked_words(found: Arrival) -> tuple[str, str]:
    """That the sender asks for something to be destroyed, and that nothing is before the officer says so; "" for no."""
    if not found.to_confirm:
        return "", ""
    count = len(found.to_confirm)
    return (
        ngettext(
            "%(name)s asks for the destruction of %(count)d dossier.",
            "%(name)s asks for the destruction of %(count)d dossiers.",
            count,
            name=named(found.sender),
            count=count,
        ),
        _("Nothing is destroyed by taking the file in. The program asks you afterwards, per dossier."),
    )


def nothing_new_words(found: Arrival) -> str:
    """Of a file that brings nothing: that all is here, but for what was destroyed here; "" for another file."""
    if not found.known:
        return ""
    destroyed = sum(family.destroyed for family in found.families)
    if not destroyed:
        return _("Everything in this file is here already.")
    words = ngettext(
        "%(count)d family of this file was destroyed here, and stays out.",
        "%(count)d families of this file were destroyed here, and stay out.",
        destroyed,
        count=destroyed,
    )
    rest = "" if destroyed == len(found.families) else _("The rest is here already.")
    return f"{words} {rest}".rstrip()


def receipt_words() -> str:
    """What a receipt is for."""
    return _("It says what they have of what you gave. Later files to them then hold only what is new.")


def known_words(count: int) -> str:
    """That persons of the file may be here already."""
    return ngettext(
        "%(count)d person may be known here already",
        "%(count)d persons may be known here already",
        count,
        count=count,
    )
