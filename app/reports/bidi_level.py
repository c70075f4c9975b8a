"""Which parts of a line run from right to left (Unicode Standard Annex 9), with isolates.

python-bidi gives the rules W, N and I for plain text; isolates, which keep a name from turning its
neighbours around ("(3 stuks)" after a Hebrew name), are done here.
"""

import unicodedata
from typing import Final

from bidi import algorithm

FSI: Final = "\u2068"
PDI: Final = "\u2069"
OBJECT: Final = "\ufffc"
FIRST_RTL: Final = 0x590
"""No character before this one runs from right to left."""
_PUNCTUATION: Final = range(0x2000, 0x20D0)


def runs_left_to_right(text: str) -> bool:
    """Tell whether `text` holds nothing that could run from right to left."""
    return text.isascii() or all(
        ord(sign) < FIRST_RTL or (ord(sign) in _PUNCTUATION and sign not in "\u200f\u202b\u202e")
        for sign in text
    )


def isolate(text: str) -> str:
    """Wrap what runs from right to left, so that it cannot disturb what stands around it; the rest stays as it is.

    A text with Latin letters reads as Dutch: in "(3 stuks)" after a Hebrew name only the name is turned. A text
    without them reads in its own direction as a whole, with its points and brackets.
    """
    if runs_left_to_right(text):
        return text
    bare = text.replace(FSI, "").replace(PDI, "")
    directions = [unicodedata.bidirectional(sign) for sign in bare]
    if "L" not in directions:
        return f"{FSI}{bare}{PDI}"
    out, last = [], 0
    for start, end in _turned(directions):
        out += [bare[last:start], FSI, bare[start:end], PDI]
        last = end
    return "".join([*out, bare[last:]])


def _turned(directions: list[str]) -> list[tuple[int, int]]:
    """Return the stretches from a right-to-left letter to the last one before the next Latin letter."""
    found: list[tuple[int, int]] = []
    is_open = False
    for place, direction in enumerate(directions):
        if direction in ("R", "AL"):
            start = found.pop()[0] if is_open else place
            found.append((start, place + 1))
            is_open = True
        elif direction == "NSM" and is_open and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        elif direction == "L":
            is_open = False
    return found


def levels(text: str) -> list[int | None]:
    """Return the embedding level of each character, odd for right to left, None for the marks of isolates.

    The line itself runs from left to right; an isolate takes its direction from its first strong character.
    """
    if FSI not in text and PDI not in text:
        return [*_plain(text, 0)]
    outer, inner = _split(text)
    found: list[int | None] = []
    for place, level in enumerate(_plain(outer, 0)):
        if place not in inner:
            found.append(None if outer[place] == "\u200b" and text[len(found)] == PDI else level)
            continue
        content, is_closed = inner[place]
        base = _first_direction(content)
        found += [None, *(each + level + (level & 1) for each in _plain(content, base))]
        found += [None] * is_closed
    return found


def _split(text: str) -> tuple[str, dict[int, tuple[str, bool]]]:
    """Return the text with one sign per isolate, and what each isolate holds and whether it is closed."""
    outer: list[str] = []
    inner: dict[int, tuple[str, bool]] = {}
    place = 0
    while place < len(text):
        if text[place] == FSI:
            end = text.find(PDI, place)
            end = len(text) if end < 0 else end
            inner[len(outer)] = (text[place + 1 : end], end < len(text))
            outer.append(OBJECT)
            place = end + 1
        else:
            outer.append("\u200b" if text[place] == PDI else text[place])
            place += 1
    return "".join(outer), inner


def _first_direction(text: str) -> int:
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return int(direction != "L")
    return 0


def _plain(text: str, base: int) -> list[int]:
    """Return the levels of `text` without isolates; `base` 1 means that it runs from right to left as a
    whole.
    """
    if not base and runs_left_to_right(text.replace(OBJECT, "")):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved = iter(storage["chars"])
    found, last = [], base
    for sign in text:
        # Rule X9 takes joiners and controls out: they follow the character before them.
        if unicodedata.bidirectional(sign) not in algorithm.X9_REMOVED:
            last = int(next(resolved)["level"])
        found.append(last)
    return found
