"""Which travel document of a person counts: with two of them somebody travels on the one that is valid longest.

For a family the first of these to end counts (design, *Loopt het eerst af*): then one of them can no longer travel.
"""

from collections.abc import Iterable, Set

from app.domain.dated_event import bare_code
from app.domain.kinds.person import Original


def held(papers: Iterable[Original], travel_kinds: Set[str]) -> list[Original]:
    """The papers that somebody can travel on, by the bare codes of such kinds."""
    return [paper for paper in papers if bare_code(paper.kind or "") in travel_kinds]


def longest(papers: Iterable[Original], unsure: Set[str] = frozenset()) -> Original | None:
    """Of these papers the one that is valid longest; what is `unsure` (ids) or has no last day does not count."""
    dated = [paper for paper in papers if paper.valid_until and paper.id not in unsure]
    return max(dated, key=lambda paper: paper.valid_until or "", default=None)


def first_to_end(longest_of_each: Iterable[Original | None]) -> str | None:
    """The first last day among the longest papers of the members; None where nobody has one."""
    return min((paper.valid_until for paper in longest_of_each if paper and paper.valid_until), default=None)
