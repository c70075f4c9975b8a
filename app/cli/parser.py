"""The command line: its commands and what may follow them.

Built without importing what the commands do, so that `--help` and a typing mistake are answered at once.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, NoReturn

from typing_extensions import override

from app.cli.argparse_words import our_words
from app.cli.arguments import CommandWords, day, store, whole
from app.cli.exchange_arguments import EXCHANGE_COMMANDS
from app.cli.exit_code import WRONG_USE
from app.cli.family_arguments import FAMILY_COMMANDS
from app.config.version import VERSION
from app.i18n import N_, _

PROGRAM: Final = "python main.py"
MOST_DAYS: Final = 3_660
MOST_FAMILIES: Final = 100_000
FIRST_YEAR, LAST_YEAR = 1900, 2999


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
        raise _wrong_use(message, self.prog)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked; `command` is None when a window is wanted. Raises `WrongUse`; `--help` ends the program."""
    with our_words():
        asked = build().parse_args(arguments)
    for command in COMMANDS:
        if command.name == asked.command and (problem := command.misuse(asked)):
            raise _wrong_use(problem, f"{PROGRAM} {command.name}")
    return asked


def _wrong_use(problem: str, program: str) -> WrongUse:
    ask = _("Wrong use: %(problem)s. For help: %(help)s")
    return WrongUse(ask % {"problem": problem, "help": f"{program} --help"})


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


def _init(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("--officer", required=True, metavar=_("NAME"), help=_("Your name."))
    parser.add_argument("--location", required=True, metavar=_("PLACE"), help=_("Name of the location."))


def _demo(parser: argparse.ArgumentParser) -> None:
    store(parser)
    families = whole(1, MOST_FAMILIES)
    parser.add_argument(
        "--families", type=families, default=40, metavar=_("COUNT"), help=_("How many families (40).")
    )
    parser.add_argument(
        "--seed",
        type=whole(0, 2**63 - 1),
        default=1,
        metavar=_("WHICH"),
        help=_("Which made-up families, as a number (1); the same number gives the same families."),
    )


def _export(parser: argparse.ArgumentParser) -> None:
    store(parser)
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
    store(parser)
    parser.add_argument("file", metavar=_("FILE"), help=_("File in the open JSON form."))
    parser.add_argument("--dry-run", action="store_true", help=_("Only say what would happen."))
    parser.add_argument(
        "--overwrite", action="store_true", help=_("Also replace fields that are filled here.")
    )


def _sheet(parser: argparse.ArgumentParser) -> None:
    store(parser)
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
    store(parser)
    days = whole(1, MOST_DAYS)
    parser.add_argument(
        "--days", type=days, default=7, metavar=_("COUNT"), help=_("How many days ahead (7).")
    )


def _figures(parser: argparse.ArgumentParser) -> None:
    store(parser)
    span = parser.add_mutually_exclusive_group()
    span.add_argument(
        "--year", type=whole(FIRST_YEAR, LAST_YEAR), metavar=_("YEAR"), help=_("Of one year (this one).")
    )
    span.add_argument("--last-12", action="store_true", help=_("Of this month and the eleven before it."))
    span.add_argument(
        "--from", dest="since", type=day, metavar=_("DAY"), help=_("From this day (YYYY-MM-DD).")
    )
    parser.add_argument(
        "--to", dest="until", type=day, metavar=_("DAY"), help=_("Up to and including this day (YYYY-MM-DD).")
    )
    parser.add_argument(
        "--list",
        metavar=_("CODE"),
        help=_("The dossiers or persons behind one figure, by its code in the JSON; CODE:KEY for one part."),
    )


def _check_data(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("--dossier", metavar=_("DOSSIER"), help=_("Only this dossier, by number or id."))


def _backup(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("file", metavar=_("FILE"), help=_("Backup file to write; it must not be there yet."))


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), help=_("Backup file."))
    parser.add_argument("store", metavar=_("STORE"), help=_("New or empty folder for the store."))


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
    *FAMILY_COMMANDS,
    *EXCHANGE_COMMANDS,
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
        fill=_figures,
        more=(N_("Changes nothing. The store may be open in the window meanwhile."),),
    ),
    CommandWords(
        name="check-data",
        short=N_("What cannot be right in the records."),
        fill=_check_data,
        more=(N_("Changes nothing. What is found is something to look at, and no failure."),),
    ),
    CommandWords(
        name="verify",
        short=N_("Check that the store is whole."),
        fill=store,
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
)
