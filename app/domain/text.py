"""What may be typed into a text field: kept exactly as typed, or refused at the place with the reason.

Text is never normalised: a name stays byte for byte what the officer or the passport wrote (settled rule 8).
Refused are characters that no paper can carry or that lie about the text around them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.errors import KnownProblem
from app.domain.words import N_

# Overrides, embeddings and isolates turn the letters after them around, so that a name can read otherwise
# than it is. No passport holds one. Left-to-right marks and the joiners of Persian are not among them.
DIRECTION_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_BREAKS: Final = frozenset("\u2028\u2029")


@dataclass(frozen=True, slots=True)
class TextRule:
    """What a field takes: `limit` in code points, several lines or one, direction controls or not."""

    limit: int
    several_lines: bool = False
    direction_controls: bool = False


NAME: Final = TextRule(limit=200)
LINE: Final = TextRule(limit=400)
NOTE: Final = TextRule(limit=100_000, several_lines=True, direction_controls=True)


class TextTooLong(KnownProblem):
    """More characters than the field takes."""

    message = N_(
        "This text has %(length)s characters, at most %(limit)s fit here. "
        "Shorten it or put the rest in a note."
    )


class CharacterNotAllowed(KnownProblem):
    """NUL, another control character, or half a character (a lone surrogate)."""

    message = N_("At place %(place)s stands a character that cannot be kept (%(character)s). Remove it.")


class LineBreakNotAllowed(KnownProblem):
    """Enter in a field of one line, mostly from pasting."""

    message = N_("This field has one line. Remove the line break at place %(place)s.")


class HiddenDirection(KnownProblem):
    """A direction control in a name or another line."""

    message = N_(
        "At place %(place)s stands a hidden character that turns letters around (%(character)s). Remove it."
    )


@dataclass(frozen=True, slots=True)
class Advice:
    """A remark beside a field that keeps nothing from being saved. `message` is an English msgid."""

    message: str


SPACE_AROUND: Final = Advice(N_("There is a space before or after the text."))
V_NUMBER_LENGTH: Final = Advice(N_("A V-number mostly has ten digits. Check it."))


def checked(text: str, rule: TextRule = LINE) -> str:
    """The same text, untouched, when the rule takes it; raises the first `KnownProblem` of `problems`."""
    for problem in problems(text, rule):
        raise problem
    return text


def problems(text: str, rule: TextRule = LINE) -> Iterator[KnownProblem]:
    """At most one problem per kind of character and one for the length; places count from 1."""
    if len(text) > rule.limit:
        yield TextTooLong(length=str(len(text)), limit=str(rule.limit))
    if text.isprintable():  # the common case, in C; a space is printable
        return
    seen: set[type[KnownProblem]] = set()
    for place, character in enumerate(text, start=1):
        problem = _problem(character, place, rule)
        if problem is not None and type(problem) not in seen:
            seen.add(type(problem))
            yield problem


def _problem(character: str, place: int, rule: TextRule) -> KnownProblem | None:
    if character in "\n\t":
        return None if rule.several_lines else LineBreakNotAllowed(place=str(place))
    if character in LINE_BREAKS and not rule.several_lines:
        return LineBreakNotAllowed(place=str(place))
    if character in DIRECTION_CONTROLS and not rule.direction_controls:
        return HiddenDirection(place=str(place), character=_code(character))
    if unicodedata.category(character) in ("Cc", "Cs"):
        return CharacterNotAllowed(place=str(place), character=_code(character))
    return None


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def space_advice(text: str) -> Advice | None:
    """A remark when a space stands around the text; the text itself is kept as it is."""
    return SPACE_AROUND if text != text.strip() else None


def v_number_key(text: str) -> str:
    """The form for comparing and searching: without spaces and dots. The record keeps what was typed."""
    return "".join(text.replace(".", " ").split())


def v_number_advice(text: str) -> Advice | None:
    """A remark when a V-number has not ten digits, never a refusal: no check rule is public (wp-48)."""
    key = v_number_key(text)
    if not key or (len(key) == 10 and key.isascii() and key.isdigit()):
        return None
    return V_NUMBER_LENGTH
