"""What can be wrong with a content pack, said so that an administrator can mend it: file, item, field."""

from collections.abc import Mapping

from app.domain.errors import KnownProblem
from app.domain.words import N_


class ContentProblem(KnownProblem):
    """Something is wrong with a content pack."""


class PackMissing(ContentProblem):
    """A file is not there."""

    message = N_("The content file %(file)s is missing. Put it back or install the program again.")


class PackUnreadable(ContentProblem):
    """A file is no TOML; the reader names line and column."""

    message = N_("The content file %(file)s cannot be read: %(detail)s.")


class PackFormatUnknown(ContentProblem):
    """A file belongs to another program version."""

    message = N_("The content file %(file)s was made for another version of the program (format %(format)s).")


class SectionUnknown(ContentProblem):
    """A section that this pack does not have, often a typing error."""

    message = N_("In %(file)s the part “%(section)s” is not known. Known are: %(known)s.")


class FieldMissing(ContentProblem):
    """A field that must be there."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” is missing.")


class FieldUnknown(ContentProblem):
    """A field that this part does not have, often a typing error."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” is not known.")


class FieldWrong(ContentProblem):
    """A value of the wrong form; each form has its own sentence below."""


class NotText(FieldWrong):
    """Not a text between quotation marks."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” must be a text between quotation marks."
    )


class NotWords(FieldWrong):
    """Not a text that is not empty."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” must be a text that is not empty.")


class NotNumber(FieldWrong):
    """Not a whole number, zero or more, without quotation marks."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” must be "
        "a whole number, zero or more, without quotation marks."
    )


class NotFlag(FieldWrong):
    """Not true or false."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” must be true or false.")


class NotDate(FieldWrong):
    """Not a date between quotation marks, such as “2026-11-23”, “2026-11” or “2026”."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” must be "
        "a date between quotation marks, such as “2026-11-23”, “2026-11” or “2026”."
    )


class NotCode(FieldWrong):
    """Not a code of letters, digits, dots and hyphens."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” must be "
        "a code of letters, digits, dots and hyphens."
    )


class NotCodes(FieldWrong):
    """Not a list of texts between square brackets."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” must be a list of texts between square brackets."
    )


class NotTable(FieldWrong):
    """Not a group of fields."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” must be a group of fields.")


class NotTables(FieldWrong):
    """Not a list of groups."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” must be a list of groups.")


class NotPattern(FieldWrong):
    """Not a search pattern that can be read."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” must be a search pattern that can be read."
    )


class NotChoice(FieldWrong):
    """None of the allowed values."""

    message = N_("In %(file)s, item “%(item)s”: the field “%(field)s” must be one of: %(allowed)s.")


class CodeTwice(ContentProblem):
    """A code that stands twice in one pack."""

    message = N_("In %(file)s the code “%(item)s” stands twice. Each code may stand once.")


class CodeUnknown(ContentProblem):
    """A reference to a code that does not exist."""

    message = N_(
        "In %(file)s, item “%(item)s”: the field “%(field)s” names “%(code)s”, which does not exist."
    )


class PackChanged(ContentProblem):
    """A stored pack does not have the hash that it was stored under."""

    message = N_("A stored content pack is damaged: its control value %(hash)s does not fit its text.")


WRONG: Mapping[str, type[FieldWrong]] = {
    "text": NotText,
    "words": NotWords,
    "number": NotNumber,
    "flag": NotFlag,
    "date": NotDate,
    "code": NotCode,
    "codes": NotCodes,
    "table": NotTable,
    "tables": NotTables,
    "pattern": NotPattern,
    "texts": NotCodes,
}
"""The problem for each kind of value in the schema; `choice` has its own, with the values."""
