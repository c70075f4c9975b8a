"""One answer to one question on a paper. Silence, *onbekend* and *niet van toepassing* are different
answers.

A paper that prints nothing where nothing was asked misleads its reader (bijzonder-vertrek, BV-05 and
BV-09); so an answer is never just a text that may be empty.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A value: its text, the same in the person's own script, who it comes from and on which day (`YYYY-MM-
    DD`).
    """

    text: str
    native: str = ""
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Asked, and not known. Counts as an answer only with a reason."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question does not arise here; the reason is optional."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotShared:
    """Known, and deliberately kept from the receiver of this copy."""


@dataclass(frozen=True, slots=True)
class Open:
    """Nobody answered yet."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One of several values that stand against each other, with who said so and on which day (`YYYY-MM-
    DD`).
    """

    text: str
    author: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Disputed:
    """Two or more values, none of them chosen yet. All are printed; the paper stays a concept."""

    claims: tuple[Claim, ...]


Answer = Known | Unknown | NotApplicable | NotShared | Open | Disputed

OPEN = Open()
NOT_SHARED = NotShared()


def known_text(answer: Answer) -> str:
    """Return the text of a known answer, and "" for every other kind."""
    return answer.text.strip() if isinstance(answer, Known) else ""


def texts_of(answer: Answer) -> tuple[str, ...]:
    """Return every text of `answer` that would be printed in Latin form, own script left out."""
    match answer:
        case Known(text, _, source, _):
            return (text, source)
        case Unknown(reason) | NotApplicable(reason):
            return (reason,)
        case Disputed(claims):
            return tuple(text for claim in claims for text in (claim.text, claim.author))
        case _:
            return ()
