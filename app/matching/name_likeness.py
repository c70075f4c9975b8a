"""Lays the words of two names side by side: which belong together, which are left over, in which order."""

from dataclasses import dataclass

from app.matching.name_form import LOOSE, Form
from app.matching.romanise import Word
from app.matching.thresholds import JOINED, PART
from app.matching.word_likeness import likeness


@dataclass(frozen=True, slots=True)
class NameFit:
    """How two names fit: `least` and `mean` likeness of the pairs of words, and how many `words` were paired.

    `left_a` and `left_b` count the words that found nothing and are missed.
    """

    least: float
    mean: float
    words: int
    left_a: int
    left_b: int
    order_differs: bool
    same_text: bool

    @property
    def rank(self) -> tuple[bool, int, float]:
        """The better of several fits has the higher rank."""
        return not (self.left_a and self.left_b), self.words, self.mean


def fit(a: Form, b: Form, least_words: int = 1) -> NameFit | None:
    """None when fewer than `least_words` of the names belong together."""
    if a.words == b.words and a.given == b.given:
        return NameFit(1.0, 1.0, len(a.words), 0, 0, False, a.plain == b.plain)
    pairs = _pairs(a, b)
    if not pairs and len(a.words) == len(b.words) == 2:  # then nothing can be joined either
        return None
    free_a, free_b = set(range(len(a.words))), set(range(len(b.words)))
    laid: list[tuple[float, int]] = []
    crossed = 0
    for alike, stays, i, j in pairs:
        if i in free_a and j in free_b:
            free_a.discard(i)
            free_b.discard(j)
            laid.append((alike, 1))
            crossed += not stays
    if free_a and free_b:
        laid += _joined(a, b, free_a, free_b) + _joined(b, a, free_b, free_a)
    words = sum(n for _alike, n in laid)
    if words < least_words or not laid:
        return None
    count = len(laid)
    return NameFit(
        least=min(laid)[0],
        mean=sum(alike for alike, _n in laid) / count,
        words=words,
        left_a=_weighty(a, free_a) if count > 1 else len(free_a),
        left_b=_weighty(b, free_b) if count > 1 else len(free_b),
        order_differs=crossed == count,
        same_text=False,
    )


def _pairs(a: Form, b: Form) -> list[tuple[float, bool, int, int]]:
    """Every two words that are alike, best first; on a tie those in the same place of the name."""
    found = [
        (alike, (i < a.given) == (j < b.given), i, j)
        for i, one in enumerate(a.words)
        for j, other in enumerate(b.words)
        if (alike := likeness(one, other)) >= PART
    ]
    if len(found) > 1:
        found.sort(key=lambda pair: (-pair[0], not pair[1], pair[2], pair[3]))
    return found


def _joined(a: Form, b: Form, free_a: set[int], free_b: set[int]) -> list[tuple[float, int]]:
    """Two or three words of `a` that stand together for one word of `b`: Abdul Rahman, Mir Zada, Ter Petrosyan."""
    found: list[tuple[float, int]] = []
    for size in (3, 2) if len(free_a) > 1 else ():
        for start in range(len(a.words) - size + 1):
            span = range(start, start + size)
            if not free_a.issuperset(span):
                continue
            parts = a.words[start : start + size]
            whole = Word("".join(part.text for part in parts), all(part.vocalised for part in parts))
            best = max(((likeness(whole, b.words[j]), j) for j in free_b), default=(0.0, -1))
            if best[0] >= JOINED:
                free_a.difference_update(span)
                free_b.discard(best[1])
                found.append((best[0], size))
    return found


def _weighty(form: Form, free: set[int]) -> int:
    return sum(form.words[i].text not in LOOSE for i in free)
