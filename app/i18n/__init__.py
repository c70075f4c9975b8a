"""Languages: catalogues, and (in `formats`) dates, numbers, lists and sort keys the Dutch or English way.

Use `from app.i18n import _, ngettext, N_`. `formats` is imported by itself, because Babel's locale data is only
needed where a date or number is shown.
"""

from app.i18n.catalogue import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    N_,
    Language,
    UnknownLanguage,
    _,
    in_language,
    language,
    ngettext,
    problem_text,
    set_language,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "N_",
    "Language",
    "UnknownLanguage",
    "_",
    "in_language",
    "language",
    "ngettext",
    "problem_text",
    "set_language",
]
