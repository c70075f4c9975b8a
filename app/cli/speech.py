"""Output in UTF-8 everywhere: names come in many scripts, and a redirected Windows console takes 256 letters."""

import sys
from io import TextIOWrapper


def speak_utf8() -> None:
    """Let stdout and stderr write UTF-8. What is no text, such as half a file name, comes out as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a program without a console has none
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
