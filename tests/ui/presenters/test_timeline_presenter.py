"""A line of the timeline says enough to tell deeds apart."""

from datetime import UTC, datetime

from app.services.timeline import Deed, Detail
from ui.presenters.timeline_presenter import deed_cells

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def _handed_out(way: str) -> Deed:
    fields = (
        ("Paper", "Overdrachtsblad vertrek"),
        ("How", way),
        ("Receiver", "Begeleider"),
        ("Purpose", "Overdracht"),
    )
    detail = Detail(kind="disclosure", kind_title="Handed out", about="", fields=fields, is_new=True)
    return Deed(
        key="1", at=NOON, officer="Robin", verb="disclosed", title="Printed or handed out",
        handed_out=True, details=(detail,),
    )  # fmt: skip


def test_a_paper_that_left_says_which_how_and_to_whom() -> None:
    printed, saved = (
        deed_cells(_handed_out(way))[1].second for way in ("Afgedrukt", "Opgeslagen als bestand")
    )
    assert printed == "Overdrachtsblad vertrek, Afgedrukt, Begeleider, Overdracht"
    assert printed != saved
