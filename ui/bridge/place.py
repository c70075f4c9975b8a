"""Where in the program somebody is: a screen and what it shows. Plain data, so that presenters can send people on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`page` is the key of a registered page; `subject` an id such as a dossier's; `part` a tab or member in it."""

    page: str
    subject: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence about what was done; with `undoable` the step can be taken back from the notice."""

    sentence: str
    undoable: bool = True
