"""The command line: its commands and what may follow them.

Built without importing what the commands do, so that `--help` and a typing mistake are answered at once.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, NoReturn

from typing_extensions import override

from app.cli.argparse_words import our_words
from app.cli.exit_code import WRONG_USE
from app.config.version import VERSION
from app.i18n import N_, _

PROGRAM: Final = "python main.py"
MOST_DAYS: Final = 3_660
MOST_FAMILIES: Final = 100_000
DESTRUCTION_REASONS: Final = ("bewaartermijn", "dubbel", "ten-onrechte", "verzoek", "anders")
REVOCATION_REASONS: Final = ("verloren", "gestolen", "vervangen", "uit-dienst", "anders")


class WrongUse(Exception):
    """The command line could not be understood; the text is one sentence for stderr."""


class Parser(argparse.ArgumentParser):
    """argparse with one sentence instead of a page, and no guessing what a shortened option meant."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            **settings,
            allow_abbrev=False,
            formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=100),
        )

    @override
    def error(self, message: str) -> NoReturn:
        """Leave it to who reads the arguments to print one sentence."""
        ask = _("Wrong use: %(problem)s. For help: %(help)s")
        raise WrongUse(ask % {"problem": message, "help": f"{self.prog} --help"})


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked; `command` is None when a window is wanted. Raises `WrongUse`; `--help` ends the program."""
    with our_words():
        return build().parse_args(arguments)


def refuse(problem: WrongUse, arguments: Sequence[str]) -> int:
    """Say what was not understood; also to a machine, when it asked for JSON."""
    if "--json" in arguments:
        print(json.dumps({"problem": "WrongUse", "sentence": str(problem)}, ensure_ascii=False, indent=1))
    print(problem, file=sys.stderr)
    return WRONG_USE


def build() -> Parser:
    """The parser with all commands."""
    parser = Parser(
        prog=PROGRAM,
        description=_("Regiemap: one map per family, without a network. Without a command the window opens."),
        epilog="\n".join(
            (
                _("Exit codes: 0 done; 1 refused or failed, with one sentence on stderr; 2 wrong use."),
                _("Help on one command: %(program)s COMMAND --help") % {"program": PROGRAM},
            )
        ),
    )
    parser.add_argument("--version", action="version", version=VERSION, help=_("Show the version."))
    parser.add_argument("--demo", action="store_true", help=_("Open a made-up location of 40 families."))
    parser.add_argument("--store", metavar=_("STORE"), help=_("Folder of the store to open in the window."))
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), prog=PROGRAM, parser_class=Parser
    )
    for command in COMMANDS:
        words = "\n".join(_(line) for line in (command.short, *command.more))
        made = commands.add_parser(command.name, help=_(command.short), description=words)
        command.fill(made)
        made.add_argument("--json", action="store_true", help=_("Write JSON for machines."))
    return parser


# -- what may follow a command ---------------------------------------------------------------------------------------


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", metavar=_("STORE"), help=_("Folder of the store."))
    parser.add_argument(
        "--passphrase-file",
        metavar=_("FILE"),
        help=_("File whose first line is the passphrase; otherwise it is asked."),
    )


def _init(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--officer", required=True, metavar=_("NAME"), help=_("Your name."))
    parser.add_argument("--location", required=True, metavar=_("PLACE"), help=_("Name of the location."))


def _demo(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    families = _whole(1, MOST_FAMILIES)
    parser.add_argument(
        "--families", type=families, default=40, metavar=_("COUNT"), help=_("How many families (40).")
    )
    parser.add_argument(
        "--seed",
        type=_whole(0, 2**63 - 1),
        default=1,
        metavar=_("WHICH"),
        help=_("Which made-up families, as a number (1); the same number gives the same families."),
    )


def _export(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--out", metavar=_("FILE"), help=_("File to write; otherwise to standard output."))
    parser.add_argument(
        "--dossier",
        action="append",
        metavar=_("DOSSIER"),
        help=_("Only this dossier, by number or id; may be given several times."),
    )
    parser.add_argument(
        "--compartment",
        action="append",
        metavar=_("COMPARTMENT"),
        help=_("Compartment to take along (otherwise kern and werkwijze); may be given several times."),
    )


def _import(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("file", metavar=_("FILE"), help=_("File in the open JSON form."))
    parser.add_argument("--dry-run", action="store_true", help=_("Only say what would happen."))
    parser.add_argument(
        "--overwrite", action="store_true", help=_("Also replace fields that are filled here.")
    )


def _day(text: str) -> date:
    """A day as machines write it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("write the day as YYYY-MM-DD")) from None


def _handover(words: argparse.ArgumentParser) -> None:
    _store(words)
    words.add_argument("dossier", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    step = words.add_mutually_exclusive_group()
    step.add_argument("--to", metavar=_("NAME"), help=_("Offer it to this colleague."))
    step.add_argument("--accept", action="store_true", help=_("Take it over."))
    step.add_argument("--refuse", action="store_true", help=_("Do not take it over."))
    step.add_argument("--withdraw", action="store_true", help=_("Take the offer back."))
    step.add_argument("--back", action="store_true", help=_("Offer it back to whom it came from."))
    words.add_argument(
        "--paper", metavar=_("FILE"), help=_("Also write the overview for the new case officer, as PDF.")
    )
    words.add_argument(
        "--until", metavar="YYYY-MM-DD", type=_day, help=_("Leave cover: the day on which it comes back.")
    )
    words.add_argument("--note", metavar=_("TEXT"), default="", help=_("A note for the colleague."))


def _drop(words: argparse.ArgumentParser) -> None:
    _store(words)
    words.add_argument("dossier", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    words.add_argument("--preview", action="store_true", help=_("Only say what would happen."))
    words.add_argument("--own-marks", action="store_true", help=_("My own marks with this family may go."))


def _destroy(words: argparse.ArgumentParser) -> None:
    _store(words)
    words.add_argument("dossier", nargs="?", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    words.add_argument(
        "--reason", choices=DESTRUCTION_REASONS, metavar=_("CODE"), help=", ".join(DESTRUCTION_REASONS)
    )
    words.add_argument(
        "--persons", action="store_true", help=_("Also the members who belong to no other family.")
    )
    words.add_argument("--accept", action="store_true", help=_("Carry out what a colleague asks."))


def _sheet(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--dossier", required=True, metavar=_("DOSSIER"), help=_("Dossier number or id."))
    parser.add_argument(
        "--person", metavar=_("PERSON"), help=_("V-number, name or id of the person (if there are several).")
    )
    parser.add_argument(
        "--paper",
        choices=("overdrachtsblad", "ontvangstbewijs"),
        default="overdrachtsblad",
        help=_("Which paper."),
    )
    parser.add_argument(
        "--language", choices=("en", "fr"), default="en", help=_("Second language of the receipt.")
    )
    parser.add_argument("--receiver", metavar=_("NAME"), help=_("Who gets this copy."))
    parser.add_argument("--out", required=True, metavar=_("FILE"), help=_("PDF file to write."))


def _agenda(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    days = _whole(1, MOST_DAYS)
    parser.add_argument(
        "--days", type=days, default=7, metavar=_("COUNT"), help=_("How many days ahead (7).")
    )


def _backup(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("file", metavar=_("FILE"), help=_("Backup file to write; it must not be there yet."))


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), help=_("Backup file."))
    parser.add_argument("store", metavar=_("STORE"), help=_("New or empty folder for the store."))


def _identity(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--card", metavar=_("FILE"), help=_("Write your card for colleagues to this file."))
    parser.add_argument("--new-keys", action="store_true", help=_("Go on as a new device first."))


def _trust(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--add", metavar=_("FILE"), help=_("Add the card of a colleague."))
    who = (
        ("--verify", N_("Trust this device, after comparing --groups or --qr.")),
        ("--registrar", N_("Mark as registrar: a compared device, or “own”.")),
        ("--no-registrar", N_("Take that mark away.")),
        ("--vouch", N_("As registrar: put on the roster of the location.")),
        ("--end-vouch", N_("As registrar: take off the roster.")),
        ("--revoke", N_("As registrar: trust no more, for the whole location and for good. Needs --reason.")),
        ("--reject", N_("Trust no more, for yourself.")),
        ("--unreject", N_("Take the rejection back.")),
    )
    for option, words in who:
        deeds.add_argument(option, metavar=_("COLLEAGUE"), help=_(words))
    compared = parser.add_mutually_exclusive_group()
    compared.add_argument(
        "--groups", metavar=_("DIGITS"), help=_("The six groups of digits that your colleague read to you.")
    )
    compared.add_argument("--qr", metavar=_("TEXT"), help=_("What a scanner read from the QR code."))
    parser.add_argument("--reason", choices=REVOCATION_REASONS, help=_("Why the device is revoked."))


def _give(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument(
        "--to",
        action="append",
        required=True,
        metavar=_("COLLEAGUE"),
        help=_("Who gets it: card, name or device of a colleague you compared; may be given several times."),
    )
    parser.add_argument(
        "--dossier",
        action="append",
        metavar=_("DOSSIER"),
        help=_("Only this dossier, by number or id; may be given several times."),
    )
    parser.add_argument(
        "--part",
        action="append",
        metavar=_("COMPARTMENT"),
        help=_("Compartment to take along (otherwise kern and werkwijze); may be given several times."),
    )
    parser.add_argument("--without-scans", action="store_true", help=_("Leave scans out."))
    parser.add_argument(
        "--full",
        action="store_true",
        help=_("Also what the colleague told to have: after something was missing."),
    )
    parser.add_argument("--split", action="store_true", help=_("In parts of at most 20 MB, for the mail."))
    parser.add_argument("--extract", action="store_true", help=_("One dossier, only to read."))
    parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help=_("The last day to read it."))
    parser.add_argument("--preview", action="store_true", help=_("Only say what would happen."))
    parser.add_argument("--out", required=True, metavar=_("FILE"), help=_("File to write, or a folder."))


def _extracts(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--show", metavar=_("ID"), help=_("Read this one; the start of its id is enough."))
    chosen.add_argument("--remove", metavar=_("ID"), help=_("Remove this one before its last day."))


def _look(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("file", metavar=_("FILE"), help=_("File of a colleague, or one of its parts."))


def _take(parser: argparse.ArgumentParser) -> None:
    _look(parser)
    parser.add_argument("--preview", action="store_true", help=_("Only say what would happen."))
    parser.add_argument(
        "--dossier",
        action="append",
        metavar=_("DOSSIER"),
        help=_("Take in only this family, by name or id; may be given several times."),
    )


def _receipt(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--to", required=True, metavar=_("COLLEAGUE"), help=_("Who gets it."))
    parser.add_argument("--out", required=True, metavar=_("FILE"), help=_("File to write, or a folder."))


def _conflicts(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--dossier", metavar=_("DOSSIER"), help=_("Only this dossier, by number or id."))


def _resolve(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("matter", metavar=_("MATTER"), help=_("What, by the name that conflicts shows."))
    deed = parser.add_mutually_exclusive_group(required=True)
    deed.add_argument("--answer", metavar=_("ANSWER"), help=_("One of the answers that conflicts shows."))
    deed.add_argument("--value", metavar=_("TEXT"), help=_("Another value that holds from now on."))
    deed.add_argument(
        "--both", action="store_true", help=_("Show a text of both, for a note; changes nothing.")
    )
    deed.add_argument("--later", type=_day, metavar=_("DAY"), help=_("Put it off until this day."))


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between bounds; anything else is wrong use."""

    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(
            _("a whole number from %(least)d to %(most)d must follow") % {"least": least, "most": most}
        )

    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandWords:
    """One command: a line in the list, more lines in its own help, and what fills in its arguments."""

    name: str
    short: str
    fill: Callable[[argparse.ArgumentParser], None]
    more: tuple[str, ...] = ()


COMMANDS: Final = (
    CommandWords(
        name="init",
        short=N_("Make a store."),
        fill=_init,
        more=(N_("Its recovery key is shown once, on standard output. Keep it away from this laptop."),),
    ),
    CommandWords(
        name="demo",
        short=N_("Make a store with made-up families."),
        fill=_demo,
        more=(N_("For trying things out. Put no real cases in it."),),
    ),
    CommandWords(
        name="export-dossiers",
        short=N_("Write dossiers in the open JSON form."),
        fill=_export,
        more=(
            N_("The file is not encrypted. Each export stands in the timeline of the dossiers."),
            N_(
                "Health, asylum and secret addresses go along only when their compartment is named; "
                "own marks never do."
            ),
        ),
    ),
    CommandWords(
        name="import-dossiers",
        short=N_("Read dossiers from the open JSON form."),
        fill=_import,
        more=(N_("Everything is checked first: one mistake in the file, and nothing is written."),),
    ),
    CommandWords(
        name="export",
        short=N_("Give families to colleagues as one encrypted file."),
        fill=_give,
        more=(
            N_("Only colleagues whose digits you compared can open it. Own marks never go along."),
            N_("A later file carries only what the colleague has not told to have."),
            N_("With --extract one dossier can be read until a day; it is not merged or passed on."),
        ),
    ),
    CommandWords(
        name="inspect",
        short=N_("Show everything that a file of a colleague holds."),
        fill=_look,
        more=(N_("Changes nothing."),),
    ),
    CommandWords(
        name="import",
        short=N_("Take a file of a colleague in."),
        fill=_take,
        more=(
            N_(
                "Everything is checked first; what does not fit stays out, and nothing here is replaced unseen."
            ),
        ),
    ),
    CommandWords(
        name="receipt",
        short=N_("Tell a colleague what you have, as a file."),
        fill=_receipt,
        more=(N_("Then the next file from there carries only what is new."),),
    ),
    CommandWords(
        name="extracts",
        short=N_("What colleagues let you read, and until when."),
        fill=_extracts,
    ),
    CommandWords(
        name="handover",
        short=N_("Hand a family over to a colleague, or take one over."),
        fill=_handover,
        more=(
            N_("Without a choice: how it stands. The step goes along with the next file of the family."),
            N_("With --until it is leave cover: on that day the program reminds both of you."),
        ),
    ),
    CommandWords(
        name="drop",
        short=N_("Take a family off this laptop."),
        fill=_drop,
        more=(N_("Only when a colleague has confirmed to hold all of it. It can come back by file."),),
    ),
    CommandWords(
        name="destroy",
        short=N_("Destroy a family, here and with colleagues."),
        fill=_destroy,
        more=(
            N_("Without --reason: what waits for your word, and what could be destroyed. This has no undo."),
        ),
    ),
    CommandWords(
        name="conflicts",
        short=N_("What there is to clear up."),
        fill=_conflicts,
        more=(N_("Changes nothing. Each has a name and answers, for the command resolve."),),
    ),
    CommandWords(
        name="resolve",
        short=N_("Clear one thing up, or put it off."),
        fill=_resolve,
        more=(N_("The decision travels with the next file and closes the matter for everybody."),),
    ),
    CommandWords(
        name="sheet",
        short=N_("Write a handover sheet or receipt as PDF."),
        fill=_sheet,
        more=(N_("While something is missing the paper says CONCEPT and names what is missing."),),
    ),
    CommandWords(
        name="agenda",
        short=N_("What is late, today and soon."),
        fill=_agenda,
        more=(N_("Changes nothing. The store may be open in the window meanwhile."),),
    ),
    CommandWords(
        name="figures",
        short=N_("Counts of the location."),
        fill=_store,
        more=(N_("Changes nothing. The store may be open in the window meanwhile."),),
    ),
    CommandWords(
        name="verify",
        short=N_("Check that the store is whole."),
        fill=_store,
        more=(
            N_("Looks at database, journal, records, search index, log and content, and changes no dossier."),
        ),
    ),
    CommandWords(
        name="backup",
        short=N_("Write one file with database, key file and scans."),
        fill=_backup,
        more=(
            N_("The file is encrypted like the store and is read back before the command says it is done."),
        ),
    ),
    CommandWords(
        name="restore",
        short=N_("Put a backup in a new folder."),
        fill=_restore,
        more=(
            N_("The passphrase of that backup opens it. Nothing that stands in the folder is overwritten."),
        ),
    ),
    CommandWords(
        name="identity",
        short=N_("Who this device is: name, digits to compare, card."),
        fill=_identity,
        more=(N_("Give the card to colleagues. They compare the six groups of digits with you."),),
    ),
    CommandWords(
        name="trust",
        short=N_("Colleagues: cards, comparing, roster, revoking."),
        fill=_trust,
        more=(
            N_("Without a choice: the list. A colleague is named by name or by the beginning of the device."),
        ),
    ),
)
