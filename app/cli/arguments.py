"""What commands share: how one is declared, the store it works on, and values that are checked while they are read."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from app.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWords:
    """One command: a line in the list, more lines in its own help, and what fills in its arguments.

    `belongs`: options that say nothing without one of the others. Left alone they are wrong use, for whoever gave
    them would believe that they were heard. `needed_unless`: options that must be there unless one of the others is.
    """

    name: str
    short: str
    fill: Callable[[argparse.ArgumentParser], None]
    more: tuple[str, ...] = ()
    belongs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed_unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def misuse(self, given: argparse.Namespace) -> str:
        """What is wrong with options that are right each by itself; "" when nothing is."""
        for option, others in self.belongs.items():
            if _is_given(given, option) and not any(_is_given(given, other) for other in others):
                return _(
                    "%(option)s says something only together with %(others)s",
                    option=option,
                    others=reduce(_or, others),
                )
        for option, others in self.needed_unless.items():
            if not any(_is_given(given, each) for each in (option, *others)):
                return _("this is missing: %(given)s", given=option)
        return ""


def _is_given(given: argparse.Namespace, option: str) -> bool:
    return bool(getattr(given, option.lstrip("-").replace("-", "_")))


def _or(one: str, other: str) -> str:
    return _("%(one)s or %(other)s", one=one, other=other)


def store(parser: argparse.ArgumentParser) -> None:
    """The folder of the store and the file with its passphrase."""
    parser.add_argument("store", metavar=_("STORE"), help=_("Folder of the store."))
    parser.add_argument(
        "--passphrase-file",
        metavar=_("FILE"),
        help=_("File whose first line is the passphrase; otherwise it is asked."),
    )


def day(text: str) -> date:
    """A day as machines write it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("write the day as YYYY-MM-DD")) from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between bounds; anything else is wrong use."""

    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(
            _("a whole number from %(least)d to %(most)d must follow") % {"least": least, "most": most}
        )

    return number
