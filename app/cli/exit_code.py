"""The exit codes that scripts may count on."""

from typing import Final

DONE: Final = 0
REFUSED: Final = 1
"""Refused or failed, with one sentence on stderr."""
WRONG_USE: Final = 2
"""The command line could not be understood."""
