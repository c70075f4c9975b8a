"""Words that may not cross the border are found in any guise, and nothing else is."""

import pytest

from app.domain.free_text_check import MatchKind, WordRule, check_free_text

RULES = (
    WordRule(code="nl-1", text="asiel", language="nl", kind=MatchKind.START),
    WordRule(code="nl-2", text="azc", language="nl"),
    WordRule(code="nl-3", text="IND", language="nl", is_case_sensitive=True),
    WordRule(code="nl-4", text="bewaring", language="nl", kind=MatchKind.PART),
    WordRule(code="en-1", text="asylum seeker", language="en", kind=MatchKind.START),
    WordRule(code="fr-1", text="demandeur d'asile", language="fr"),
    WordRule(code="fr-2", text="réfugié", language="fr", kind=MatchKind.START),
    WordRule(code="v-1", text=r"(?<!\d)28\d{8}(?!\d)", kind=MatchKind.PATTERN),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("afgewezen asielzoeker uit azc", ["asielzoeker", "azc"]),
        ("former Asylum-seekers", ["Asylum-seekers"]),
        ("ancien demandeur\nd’asile", ["demandeur\nd’asile"]),
        ("des refugies", ["refugies"]),
        ("un re\u0301fugie\u0301", ["re\u0301fugie\u0301"]),
        ("nummer 2800000019.", ["2800000019"]),
        ("vreemdelingenbewaring", ["vreemdelingenbewaring"[len("vreemdelingen") :]]),
        ("besluit van de IND", ["IND"]),
        ("we find it; wind and Indië", []),
        ("", []),
        ("koffer 12800000019", []),
    ],
)
def test_hits(text: str, found: list[str]) -> None:
    hits = check_free_text(text, RULES)
    assert [hit.found for hit in hits] == found
    assert all(text[hit.start : hit.end] == hit.found for hit in hits)


def test_of_hits_that_overlap_the_longest_stays() -> None:
    rules = (*RULES, WordRule(code="nl-9", text="asielzoeker uit azc", language="nl"))
    assert [hit.rule.code for hit in check_free_text("asielzoeker uit azc", rules)] == ["nl-9"]
