"""argparse's own sentences in the language of the program.

argparse asks `gettext` for them in its own catalogue, which Python does not ship. Its one way in is the name under
which it knows that function; ours stands there while a command line is read, and its own comes back afterwards.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.i18n import N_, _, ngettext

# argparse fills some of its texts by place (%s). Ours say it by name, and get the place back when they are asked for.
_WORDS: Final = {
    "usage: ": N_("use:"),
    "positional arguments": N_("what goes in"),
    "options": N_("choices"),
    "show this help message and exit": N_("Show this help."),
    "show program's version number and exit": N_("Show the version."),
    "the following arguments are required: %s": N_("this is missing: %(given)s"),
    "one of the arguments %s is required": N_("one of these is missing: %(given)s"),
    "unrecognized arguments: %s": N_("this is not understood: %(given)s"),
    "not allowed with argument %s": N_("this does not go together with %(given)s"),
    "ignored explicit argument %s": N_("this takes no value: %(given)s"),
    "ignored explicit argument %r": N_("this takes no value: %(given)s"),
    "expected one argument": N_("one value must follow"),
    "expected at most one argument": N_("at most one value may follow"),
    "expected at least one argument": N_("at least one value must follow"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s: %(message)s"),
    "invalid %(type)s value: %(value)r": N_("“%(value)s” is not what is meant here"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_(
        "“%(value)s” does not exist; choose from %(choices)s"
    ),
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": N_(
        "“%(value)s” does not exist; did you mean “%(closest)s”? Choose from %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": N_(
        "“%(parser_name)s” does not exist; choose from %(choices)s"
    ),
    "ambiguous option: %(option)s could match %(matches)s": N_(
        "%(option)s may mean several things: %(matches)s"
    ),
}


class _ByName(dict[str, str]):
    """Leaves the names that argparse fills as they are."""

    def __missing__(self, name: str) -> str:
        return f"%({name})s"


def _words(text: str) -> str:
    """What argparse says for `text`; a sentence of a later Python that we do not know stays as it is."""
    ours = _WORDS.get(text)
    if ours is None:
        return text
    return _(ours) % _ByName(given="%s") + " " * text.endswith(" ")


def _counted(singular: str, plural: str, count: int) -> str:
    if singular == "expected %s argument":
        return ngettext("%(given)s value must follow", "%(given)s values must follow", count) % {
            "given": "%s"
        }
    return singular if count == 1 else plural


@contextmanager
def our_words() -> Iterator[None]:
    """Within this block argparse speaks as the rest of the program does."""
    names = vars(argparse)
    before = {name: names[name] for name in ("_", "ngettext")}
    names.update({"_": _words, "ngettext": _counted})
    try:
        yield
    finally:
        names.update(before)
