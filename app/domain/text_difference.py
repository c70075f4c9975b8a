"""A note that two people changed: what each changed against the text that both had read, put together in one proposal.

Nobody's words are left out. Where both changed the same place, both wordings stand there, one after the other, and a
person makes one text of it: the proposal is never taken over by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
BETWEEN = "\n"
MOST_TOKENS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The proposal. `clean`: nobody changed the same place; else wordings of both stand side by side somewhere."""

    text: str
    clean: bool


def merged(base: str, one: str, other: str) -> Merged:
    """Put two changed texts together against the one that both came from."""
    if other in (one, base):
        return Merged(text=one, clean=True)
    if one == base:
        return Merged(text=other, clean=True)
    old, a, b = (_TOKEN.findall(text) for text in (base, one, other))
    front = _common(old, a, b)
    kept, end = old[:front], _common(old[front:][::-1], a[front:][::-1], b[front:][::-1])
    tail = old[len(old) - end :]
    old, a, b = (tokens[front : len(tokens) - end] for tokens in (old, a, b))
    if max(map(len, (old, a, b))) > MOST_TOKENS:  # words of long texts take long to compare: then whole lines
        old, a, b = ("".join(tokens).splitlines(keepends=True) for tokens in (old, a, b))
    middle, clean = _put_together(old, a, b)
    return Merged(text="".join((*kept, *middle, *tail)), clean=clean)


def _common(*texts: Sequence[str]) -> int:
    """How many tokens all begin with."""
    count = 0
    for tokens in zip(*texts, strict=False):
        if len(set(tokens)) > 1:
            break
        count += 1
    return count


def _put_together(old: Sequence[str], a: Sequence[str], b: Sequence[str]) -> tuple[list[str], bool]:
    pieces: list[str] = []
    clean = True
    at = at_a = at_b = 0
    for start, in_a, in_b, size in (*_kept_by_both(old, a, b), (len(old), len(a), len(b), 0)):
        was, now_a, now_b = old[at:start], a[at_a:in_a], b[at_b:in_b]
        if now_a in (was, now_b):
            pieces += now_b
        elif now_b == was:
            pieces += now_a
        else:
            clean = False
            pieces += [*now_a, BETWEEN, *now_b]
        pieces += old[start : start + size]
        at, at_a, at_b = start + size, in_a + size, in_b + size
    return pieces, clean


def _kept_by_both(old: Sequence[str], a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The stretches of the old text that stand in both: place there, in the one, in the other, and length."""
    in_a, in_b = _places(old, a), _places(old, b)
    found: list[tuple[int, int, int, int]] = []
    for place in range(len(old)):
        if place not in in_a or place not in in_b:
            continue
        here = (place, in_a[place], in_b[place])
        if found:
            start, first_a, first_b, size = found[-1]
            if here == (start + size, first_a + size, first_b + size):
                found[-1] = (start, first_a, first_b, size + 1)
                continue
        found.append((*here, 1))
    return found


def _places(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Where each token of the old text that was kept stands in the new one."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
