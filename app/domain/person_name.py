"""How a name is put together for a list, a greeting and a paper, whatever script it was written in.

A register writes `.` for a surname that does not exist (source wp-50b); some people have only
one name. Neither is an error, and no part is ever made up.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from app.domain.errors import KnownProblem
from app.domain.script import Script, script_of, scripts_in
from app.domain.words import N_

NO_SURNAME = "."


class LatinFormNeeded(KnownProblem):
    """The name holds letters that the fonts of our papers do not have. It is kept; the paper waits."""

    message = N_("These letters cannot be printed: %(letters)s. Write the name in Latin letters beside it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """The parts as written in the travel document and in the person's own script; any may be empty."""

    family: str = ""
    given: str = ""
    call: str = ""
    native_family: str = ""
    native_given: str = ""

    @property
    def surname(self) -> str:
        """The family name, empty where the register says that there is none."""
        return _without_dot(self.family)

    @property
    def first(self) -> str:
        """What the person is called: the call name, else the first given name, else the family name."""
        given = self.given.split()
        return self.call.strip() or (given[0] if given else self.surname)

    @property
    def full(self) -> str:
        """Given names, then family name: `Siranush Hakobyan`."""
        return _joined(self.given, self.surname)

    @property
    def listed(self) -> str:
        """Family name first, as a list sorts it: `Hakobyan, Siranush`; a single name stands alone."""
        return ", ".join(part for part in (self.surname.strip(), self.given.strip()) if part)

    @property
    def native(self) -> str:
        """The name in the own script, given names first; empty when it is not held."""
        return _joined(self.native_given, _without_dot(self.native_family))

    @property
    def native_first(self) -> str:
        """The first given name in the own script."""
        given = self.native_given.split()
        return given[0] if given else ""

    @property
    def short(self) -> str:
        """Initials and family name: `S. Hakobyan`; without a family name the given names in full."""
        return _joined(initials(self.given), self.surname) if self.surname.strip() else self.given.strip()


def _without_dot(name: str) -> str:
    return "" if name.strip() == NO_SURNAME else name


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())


def initials(given: str) -> str:
    """`Anna Maria` → `A.M.`, `Jean-Pierre` → `J.-P.`; only for Latin letters, else an empty text.

    Other scripts have no custom of initials that a reader would recognise.
    """
    if script_of(given) is not Script.LATIN:
        return ""
    return "".join(
        "-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece[:1].isalpha())
        for word in given.split()
    )


def latin_form_problem(
    name: str, latin: str, unprintable: Callable[[str], Collection[str]]
) -> LatinFormNeeded | None:
    """The problem when `name` cannot be printed and no usable Latin form stands beside it.

    `unprintable` gives the characters of a text for which our fonts have no glyph (`Coverage.unprintable`).
    The paper asks the same, so printing cannot fail later. A name is stored whatever comes out.
    """
    missing = sorted(set(unprintable(name)))
    if not missing:
        return None
    if latin.strip() and scripts_in(latin) <= {Script.LATIN} and not unprintable(latin):
        return None
    return LatinFormNeeded(letters=" ".join(missing[:8]))
