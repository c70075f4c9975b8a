"""What may follow the commands about one family: how it stands, who leaves, and who belongs to it."""

import argparse
from typing import Final

from app.cli.arguments import CommandWords, day, store
from app.i18n import N_, _

DEEDS: Final = ("born", "died", "leave", "move", "split", "reunite")


def _family(words: argparse.ArgumentParser) -> None:
    store(words)
    words.add_argument("dossier", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))


def _on(words: argparse.ArgumentParser) -> None:
    words.add_argument("--on", type=day, metavar=_("DAY"), help=_("Day, as YYYY-MM-DD (today)."))


def _preview(words: argparse.ArgumentParser) -> None:
    words.add_argument("--preview", action="store_true", help=_("Only say what would happen."))


def _state(words: argparse.ArgumentParser) -> None:
    _family(words)
    deed = words.add_mutually_exclusive_group()
    deed.add_argument("--set", metavar=_("STATE"), help=_("Begin this state: s0 to s11."))
    deed.add_argument("--end", metavar=_("STATE"), help=_("End this state."))
    _on(words)
    words.add_argument(
        "--person",
        metavar=_("PERSON"),
        help=_("Of this member, by name, V-number or id; otherwise the family."),
    )
    words.add_argument("--reason", metavar=_("TEXT"), help=_("Why."))
    words.add_argument(
        "--also-ends",
        action="append",
        metavar=_("STATE"),
        help=_("This parallel state ends with it; may be given several times."),
    )
    _preview(words)


def _outflow(words: argparse.ArgumentParser) -> None:
    _family(words)
    deed = words.add_mutually_exclusive_group()
    deed.add_argument(
        "--person",
        action="append",
        metavar=_("PERSON"),
        help=_("This member left, by name, V-number or id; may be given several times."),
    )
    deed.add_argument("--remove", metavar=_("ID"), help=_("Take away an outflow that was a mistake."))
    words.add_argument("--kind", metavar=_("CODE"), help=_("How: a code of the list of kinds."))
    words.add_argument("--sort", metavar=_("CODE"), help=_("Sort, of those that go with the kind."))
    when = words.add_mutually_exclusive_group()
    _on(when)  # type: ignore[arg-type]
    when.add_argument("--day-unknown", action="store_true", help=_("Nobody knows the day."))
    words.add_argument("--proof", metavar=_("TEXT"), help=_("What shows it."))
    words.add_argument("--country", metavar="ISO", help=_("Country, in two letters."))
    words.add_argument("--support", metavar=_("CODE"), help=_("Support used: its programme, or its id."))
    words.add_argument(
        "--reported-on", type=day, metavar=_("DAY"), help=_("Day on which a disappearance was reported.")
    )
    words.add_argument("--reported-to", metavar=_("NAME"), help=_("To whom it was reported."))
    _preview(words)


def _close(words: argparse.ArgumentParser) -> None:
    _family(words)
    _on(words)
    _preview(words)


def _reopen(words: argparse.ArgumentParser) -> None:
    _family(words)
    _on(words)
    words.add_argument("--source", metavar=_("CODE"), help=_("Where it comes from (heropend)."))
    words.add_argument("--from-whom", metavar=_("NAME"), help=_("From whom."))
    words.add_argument(
        "--person",
        action="append",
        metavar=_("PERSON"),
        help=_("Member who left and is back; may be given several times."),
    )


def _member(words: argparse.ArgumentParser) -> None:
    _family(words)
    words.add_argument("deed", nargs="?", choices=DEEDS, metavar=_("DEED"), help=", ".join(DEEDS))
    words.add_argument(
        "--person",
        action="append",
        metavar=_("PERSON"),
        help=_("Who, by name, V-number or id; may be given several times."),
    )
    words.add_argument("--on", metavar=_("DATE"), help=_("Day (today); parts may be unknown: 2019, 03-2019."))
    words.add_argument("--reason", metavar=_("CODE"), help=_("Why a membership ends: a code of the list."))
    words.add_argument("--to", metavar=_("DOSSIER"), help=_("Family to move or go back to, by number."))
    words.add_argument("--title", metavar=_("NAME"), help=_("Name of the family that splits off."))
    words.add_argument(
        "--custody", metavar=_("CODE"), help=_("Custody of the child, or of children who go along.")
    )
    words.add_argument(
        "--request",
        action="append",
        metavar=_("ID"),
        help=_("Request that goes on in the new family; may be given several times."),
    )
    words.add_argument("--given", metavar=_("NAME"), help=_("Given names of who is born."))
    words.add_argument("--family-name", metavar=_("NAME"), help=_("Family name of who is born."))
    words.add_argument("--sex", metavar=_("CODE"), help=_("Sex of who is born: v, m."))
    words.add_argument("--sure", action="store_true", help=_("It is right that only children stay behind."))
    _preview(words)


FAMILY_COMMANDS: Final = (
    CommandWords(
        name="state",
        short=N_("How a family stands, S0 to S11; begin or end a state."),
        fill=_state,
        more=(
            N_("Without --set or --end it changes nothing. A state of the main course ends the one before."),
        ),
    ),
    CommandWords(
        name="outflow",
        short=N_("Who left the caseload and how; record it."),
        fill=_outflow,
        more=(N_("Without --person it changes nothing. The state S10 of that person follows from it."),),
    ),
    CommandWords(
        name="close",
        short=N_("Close a dossier."),
        fill=_close,
        more=(N_("What is still open is named and does not hold it up. Nothing is removed."),),
    ),
    CommandWords(name="reopen", short=N_("Open a closed dossier again."), fill=_reopen),
    CommandWords(
        name="member",
        short=N_("Who belongs to a family; born, died, leave, move, split, reunite."),
        fill=_member,
        more=(N_("Without a deed: the members now and before, and the requests that can go on."),),
    ),
)
