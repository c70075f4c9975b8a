"""Refuses every internet socket in this process, whoever opens it; `tests/conftest.py` arms it for the whole run.

Standard library only: programs that tests start arm it before anything else of theirs is imported.
"""

import os
import sys

_AF_INET_FAMILIES = (2, 10, 23, 30)  # AF_INET, and AF_INET6 on Linux, Windows and macOS


class InternetSocketOpened(BaseException):
    """The program reached for a network. Not an Exception: no handler in the program may swallow it."""


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.__new__" and arguments[1] in _AF_INET_FAMILIES:
        raise InternetSocketOpened
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        raise InternetSocketOpened


def arm() -> None:
    """From now on. An audit hook sees every socket that any Python code makes, and cannot be taken away again."""
    if os.name != "nt":  # pragma: no cover - Windows makes its local socket pairs from internet sockets
        sys.addaudithook(_refuse)
