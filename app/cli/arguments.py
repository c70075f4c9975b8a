"""What commands share: how one is declared, the store it works on, and values that are checked while they are read."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWords:
    """One command: a line in the list, more lines in its own help, and what fills in its arguments."""

    name: str
    short: str
    fill: Callable[[argparse.ArgumentParser], None]
    more: tuple[str, ...] = ()


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
