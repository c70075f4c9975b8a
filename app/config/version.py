"""The version of the program, in one place for the window, the commands, the documents and the package metadata."""

from typing import Final

VERSION: Final = "0.1.0"
