"""The passphrase of a command: from a file or a terminal, never from an argument, which other programs can see."""

import argparse
import sys
from contextlib import suppress
from getpass import getpass
from pathlib import Path
from typing import Final

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _
from app.storage import key_ahead
from app.storage.secret import Secret, from_passphrase
from app.storage.store_folder import StoreFolder

LONGEST_LINE: Final = 100_000
"""Characters that are read of the first line; a file without an end must not fill the memory."""


class NoPassphrase(KnownProblem):
    """The passphrase file cannot be read or is empty."""

    message = N_("The passphrase file cannot be read, or its first line is empty.")


class NoTerminal(KnownProblem):
    """There is nobody to ask: a prompt would wait for ever, or show what is typed."""

    message = N_("There is no terminal to ask the passphrase. Put it in a file and use --passphrase-file.")


class PassphrasesDiffer(KnownProblem):
    """Two different passphrases were typed."""

    message = N_("These two passphrases are not the same.")


def passphrase(arguments: argparse.Namespace, *, twice: bool = False) -> str:
    """The first line of the passphrase file, else what is typed. Raises the problems above."""
    if arguments.passphrase_file:
        return _first_line(Path(arguments.passphrase_file))
    if sys.stdin is None or not sys.stdin.isatty():
        raise NoTerminal
    try:
        typed = getpass(_("Passphrase: "))
        if twice and getpass(_("Once more: ")) != typed:
            raise PassphrasesDiffer
    except EOFError:
        raise NoTerminal from None
    return typed


def begin(arguments: argparse.Namespace) -> None:
    """Let the key of a store be derived while the program is still loading, where nobody need be asked for it.

    What is wrong with file or store is said where the store is opened.
    """
    folder = StoreFolder(Path(getattr(arguments, "store", None) or ""))
    if getattr(arguments, "passphrase_file", None) and folder.exists():
        with suppress(KnownProblem):
            # Kept, because a passphrase that comes out of a pipe can be read once.
            arguments.secret = key_ahead.begin(folder, from_passphrase(passphrase(arguments)))


def secret(arguments: argparse.Namespace) -> Secret:
    """The secret that `begin` read, else the passphrase as it is given now. Raises what `passphrase` does."""
    begun: Secret | None = getattr(arguments, "secret", None)
    return begun or from_passphrase(passphrase(arguments))


def _first_line(file: Path) -> str:
    """Without the end of the line, and without the mark that Windows editors put before UTF-8."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            line = source.readline(LONGEST_LINE).splitlines()
    except (OSError, ValueError):
        raise NoPassphrase from None
    if not line or not line[0]:
        raise NoPassphrase
    return line[0]
