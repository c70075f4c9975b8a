"""What can be wrong with a file of dossiers, each said in one sentence, all of them at once."""

from dataclasses import dataclass
from typing import Final

from app.domain.errors import KnownProblem
from app.domain.words import N_

MOST_PROBLEMS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProblem:
    """`path` is the place in the file, such as `records[12].fields.birth_date`; empty for the whole file."""

    path: str
    problem: KnownProblem


class FileRefused(KnownProblem):
    """The file has problems; `found` holds the first fifty, and nothing was written."""

    message = N_("The file was not taken in, because something in it is wrong. Nothing was changed.")

    def __init__(self, found: tuple[FileProblem, ...]) -> None:
        super().__init__(count=len(found))
        self.found = found


class OtherFormat(KnownProblem):
    """Some other JSON."""

    message = N_("This is not a file of dossiers: “format” must be “%(wanted)s”.")


class OtherVersion(KnownProblem):
    """A version of the form that this program does not know."""

    message = N_("This file has version %(found)s of the form, this program reads version %(wanted)s.")


class PartMissing(KnownProblem):
    """A part that must be there."""

    message = N_("The part “%(name)s” is missing.")


class PartUnknown(KnownProblem):
    """A part that this form does not have: a typing error, or written by a newer program."""

    message = N_("The part “%(name)s” is not known. Was the file made by a newer program?")


class FieldUnknown(KnownProblem):
    """A field that this kind does not have."""

    message = N_(
        "A record of the kind “%(kind)s” has no field “%(name)s”. Was the file made by a newer program?"
    )


class KindUnknown(KnownProblem):
    """A kind that does not exist."""

    message = N_("The kind “%(kind)s” is not known. Was the file made by a newer program?")


class KindNotCarried(KnownProblem):
    """A kind that no file of dossiers may hold."""

    message = N_("Records of the kind “%(kind)s” may not be in a file of dossiers.")


class CompartmentUnknown(KnownProblem):
    """A compartment that does not exist or never leaves a store."""

    message = N_("The compartment “%(name)s” may not be in a file of dossiers.")


class CompartmentNotNamed(KnownProblem):
    """A record outside the compartments that the file says it holds."""

    message = N_("This record lies in “%(name)s”, and the file does not name that compartment.")


class NotAnObject(KnownProblem):
    """Something else where an object belongs."""

    message = N_("Here an object is needed: names and values between curly brackets.")


class NotAList(KnownProblem):
    """Something else where a list belongs."""

    message = N_("Here a list is needed, between square brackets.")


class NotAnId(KnownProblem):
    """An id of another shape."""

    message = N_("Here an id is needed: 32 characters out of 0-9 and a-f.")


class NotYesOrNo(KnownProblem):
    """A flag that is neither."""

    message = N_("Here true, false or null is needed.")


class ScopeKindUnknown(KnownProblem):
    """A scope that is neither a person nor a dossier."""

    message = N_("Here “person” or “dossier” is needed.")


class IdTwice(KnownProblem):
    """One id for two things."""

    message = N_("The id %(id)s stands twice in the file.")


class ScopeNotNamed(KnownProblem):
    """A record whose scope is missing among the scopes."""

    message = N_("The scope %(id)s is not in the list “scopes”.")


class ScopeOfWrongKind(KnownProblem):
    """A talk in a person, a passport in a dossier."""

    message = N_("A record of the kind “%(kind)s” cannot lie in a scope of the kind “%(scope)s”.")


class MainIdDiffers(KnownProblem):
    """A person or dossier whose id is not that of its scope."""

    message = N_("The id of a %(kind)s must be the same as its scope.")


class MainRecordMissing(KnownProblem):
    """A new scope without the person or dossier that it is about."""

    message = N_("The %(kind)s %(id)s is new here, and its own record is not in the file.")


class RefersToOtherKind(KnownProblem):
    """A reference to something of another kind."""

    message = N_("Here a %(wanted)s is needed, and %(id)s is a %(found)s.")


class PackDiffers(KnownProblem):
    """A content pack that does not fit its hash."""

    message = N_("The control value of the content pack “%(name)s” does not fit its content.")


class CodeOfOtherPack(KnownProblem):
    """A code out of the wrong content pack."""

    message = N_("Here a code of the content pack “%(wanted)s” is needed, and this is one of “%(found)s”.")


class CodeUnknown(KnownProblem):
    """A code written by its name that the content of this program does not have."""

    message = N_("The content pack “%(pack)s” has no code “%(name)s”.")


class ScopeDestroyed(KnownProblem):
    """A person or dossier that was destroyed here stays destroyed (settled rule 23)."""

    message = N_("%(id)s was destroyed here and cannot come back.")


class ScopeDropped(KnownProblem):
    """A second history under the same name would begin."""

    message = N_(
        "%(id)s was taken off this laptop and lies with a colleague. Ask the colleague for a file with it."
    )


class KnownAsOther(KnownProblem):
    """An id that this store knows for something else."""

    message = N_("The id %(id)s is known here as something else (%(found)s).")
