"""One thing to tick in a short list, as plain data: presenters make it, the list shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry:
    """`second` says more, or why it cannot be ticked (`enabled` False). `link` is a way to mend that."""

    key: str
    words: str
    second: str = ""
    checked: bool = False
    enabled: bool = True
    link: str = ""
