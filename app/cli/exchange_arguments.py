"""What may follow the commands of exchange: colleagues, files, what to clear up, and how a family leaves."""

import argparse
from typing import Final

from app.cli.arguments import CommandWords, day, store
from app.i18n import N_, _

DESTRUCTION_REASONS: Final = ("bewaartermijn", "dubbel", "ten-onrechte", "verzoek", "anders")
TAKING_OUT_REASONS: Final = ("verkeerde-plek", "ten-onrechte", "verzoek", "anders")
REVOCATION_REASONS: Final = ("verloren", "gestolen", "vervangen", "uit-dienst", "anders")


def _handover(words: argparse.ArgumentParser) -> None:
    store(words)
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
        "--until", metavar="YYYY-MM-DD", type=day, help=_("Leave cover: the day on which it comes back.")
    )
    words.add_argument("--note", metavar=_("TEXT"), default="", help=_("A note for the colleague."))


def _drop(words: argparse.ArgumentParser) -> None:
    store(words)
    words.add_argument("dossier", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    words.add_argument("--preview", action="store_true", help=_("Only say what would happen."))
    words.add_argument("--own-marks", action="store_true", help=_("My own marks with this family may go."))


def _remove(words: argparse.ArgumentParser) -> None:
    store(words)
    words.add_argument("dossier", nargs="?", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    words.add_argument("--back", action="store_true", help=_("Bring a removed family back."))


def _destroy(words: argparse.ArgumentParser) -> None:
    store(words)
    words.add_argument("dossier", nargs="?", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    deed, whom = words.add_mutually_exclusive_group(), words.add_mutually_exclusive_group()
    deed.add_argument(
        "--reason", choices=DESTRUCTION_REASONS, metavar=_("CODE"), help=", ".join(DESTRUCTION_REASONS)
    )
    whom.add_argument(
        "--persons", action="store_true", help=_("Also the members who belong to no other family.")
    )
    whom.add_argument(
        "--person", metavar=_("PERSON"), help=_("Only this member, by name or id; the family stays.")
    )
    deed.add_argument("--accept", action="store_true", help=_("Carry out what a colleague asks."))


def _take_out(words: argparse.ArgumentParser) -> None:
    store(words)
    words.add_argument("dossier", metavar=_("DOSSIER"), help=_("Number or id of the dossier."))
    words.add_argument("--value", metavar=_("VALUE"), help=_("Which, by the name that the list shows."))
    words.add_argument(
        "--reason", choices=TAKING_OUT_REASONS, metavar=_("CODE"), help=", ".join(TAKING_OUT_REASONS)
    )
    words.add_argument("--preview", action="store_true", help=_("Only say what would happen."))


def _identity(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("--card", metavar=_("FILE"), help=_("Write your card for colleagues to this file."))
    parser.add_argument("--new-keys", action="store_true", help=_("Go on as a new device first."))


def _trust(parser: argparse.ArgumentParser) -> None:
    store(parser)
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
    store(parser)
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
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--full",
        action="store_true",
        help=_("Also what the colleague told to have: after something was missing."),
    )
    way.add_argument("--extract", action="store_true", help=_("One dossier, only to read."))
    parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help=_("The last day to read it."))
    parser.add_argument("--split", action="store_true", help=_("In parts of at most 20 MB, for the mail."))
    parser.add_argument("--preview", action="store_true", help=_("Only say what would happen."))
    parser.add_argument("--out", metavar=_("FILE"), help=_("File to write, or a folder."))


def _extracts(parser: argparse.ArgumentParser) -> None:
    store(parser)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--show", metavar=_("ID"), help=_("Read this one; the start of its id is enough."))
    chosen.add_argument("--remove", metavar=_("ID"), help=_("Remove this one before its last day."))


def _look(parser: argparse.ArgumentParser) -> None:
    store(parser)
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
    store(parser)
    parser.add_argument("--to", required=True, metavar=_("COLLEAGUE"), help=_("Who gets it."))
    parser.add_argument("--out", required=True, metavar=_("FILE"), help=_("File to write, or a folder."))


def _taken_in(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument(
        "--back", type=int, metavar=_("NUMBER"), help=_("Take this file back, by the number in the list.")
    )


def _who_has(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("--dossier", metavar=_("DOSSIER"), help=_("Only this dossier, by number or id."))


def _conflicts(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("--dossier", metavar=_("DOSSIER"), help=_("Only this dossier, by number or id."))


def _resolve(parser: argparse.ArgumentParser) -> None:
    store(parser)
    parser.add_argument("matter", metavar=_("MATTER"), help=_("What, by the name that conflicts shows."))
    deed = parser.add_mutually_exclusive_group(required=True)
    deed.add_argument("--answer", metavar=_("ANSWER"), help=_("One of the answers that conflicts shows."))
    deed.add_argument("--value", metavar=_("TEXT"), help=_("Another value that holds from now on."))
    deed.add_argument(
        "--both", action="store_true", help=_("Show a text of both, for a note; changes nothing.")
    )
    deed.add_argument("--later", type=day, metavar=_("DAY"), help=_("Put it off until this day."))


def _same_person(words: argparse.ArgumentParser) -> None:
    store(words)
    deed = words.add_mutually_exclusive_group()
    deed.add_argument("--apart", metavar=_("ID"), help=_("Take this person and who is linked apart again."))
    deed.add_argument(
        "--one", nargs=2, metavar=_("ID"), help=_("Say that these two records are one person, by their ids.")
    )
    deed.add_argument(
        "--two",
        nargs=2,
        metavar=_("ID"),
        help=_("Say that these two are two persons; nobody is asked again."),
    )


EXCHANGE_COMMANDS: Final = (
    CommandWords(
        name="export",
        short=N_("Give families to colleagues as one encrypted file."),
        fill=_give,
        more=(
            N_("Only colleagues whose digits you compared can open it. Own marks never go along."),
            N_("A later file carries only what the colleague has not told to have."),
            N_("With --extract one dossier can be read until a day; it is not merged or passed on."),
        ),
        belongs={"--until": ("--extract",)},
        needed_unless={"--out": ("--preview",)},
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
        name="taken-in",
        short=N_("Which files of colleagues came in; take one back."),
        fill=_taken_in,
        more=(N_("It can be taken back until something was written in its families here."),),
    ),
    CommandWords(
        name="who-has",
        short=N_("Who has what: what colleagues were given, and what they lack."),
        fill=_who_has,
        more=(N_("What somebody lacks is counted over the parts that were given to them."),),
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
        belongs={"--until": ("--to",), "--note": ("--to", "--refuse")},
    ),
    CommandWords(
        name="drop",
        short=N_("Take a family off this laptop."),
        fill=_drop,
        more=(N_("Only when a colleague has confirmed to hold all of it. It can come back by file."),),
    ),
    CommandWords(
        name="remove",
        short=N_("Remove a family that was a mistake, or bring it back."),
        fill=_remove,
        more=(N_("Without a dossier: the removed families. Nothing is destroyed."),),
    ),
    CommandWords(
        name="destroy",
        short=N_("Destroy a family, here and with colleagues."),
        fill=_destroy,
        more=(
            N_("Without --reason: what waits for your word, and what could be destroyed. This has no undo."),
        ),
        belongs={"--persons": ("--reason",), "--person": ("--reason",)},
    ),
    CommandWords(
        name="take-out",
        short=N_("Take one value out for good, here and with colleagues."),
        fill=_take_out,
        more=(
            N_("Without --value: the list of what could be taken out."),
            N_("Every value that the field ever had goes. It has no undo."),
        ),
        belongs={"--reason": ("--value",)},
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
        name="same-person",
        short=N_("Who was registered twice and is shown as one; take them apart."),
        fill=_same_person,
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
            N_(
                "Without a choice: the list. A colleague is named by name, by a word of it, "
                "or by at least the first 8 characters of the device."
            ),
        ),
        belongs={"--groups": ("--verify",), "--qr": ("--verify",), "--reason": ("--revoke",)},
    ),
)
