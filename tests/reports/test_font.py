"""Fonts: the table tells the truth about the files, runs are ordered as they are read, and everything is shipped."""

import pytest

from app.domain.glyphs import Coverage
from app.reports.bidi_level import isolate, levels
from app.reports.coverage import font_coverage
from app.reports.font_face import FAMILIES, FONT_FOLDER, font_face
from app.reports.preview import page_count, page_picture, page_pictures
from app.reports.render import render
from app.reports.shaped_font import NoGlyphError, ShapedFont
from tests.reports.papers import PAPERS
from tools.font_coverage import table


def test_the_table_is_what_the_files_hold() -> None:
    assert (FONT_FOLDER / "coverage.txt").read_text(encoding="utf-8") == table()


def test_each_file_is_shipped_with_a_licence_and_may_be_embedded() -> None:
    for family in FAMILIES:
        assert font_face(family.regular).weight < font_face(family.bold).weight
    assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL-Noto.txt").read_text(encoding="utf-8").upper()
    assert (
        "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL-SourceSans3.txt").read_text(encoding="utf-8").upper()
    )


@pytest.mark.parametrize(
    "text", ["Şükrü Nguyễn", "Иван", "محمد", "ተስፋይ", "ნინო", "Արամ", "יוסף", "€ “één–twee” …"]
)
def test_the_scripts_of_the_caseload_can_be_printed(text: str) -> None:
    assert font_coverage().unprintable(text) == ()
    assert ShapedFont("proef").shape(text).width > 0


def test_what_has_no_glyph_is_named_once_in_order() -> None:
    assert font_coverage().unprintable("李 a 王 李\x07\n") == ("李", "王", "\x07")
    with pytest.raises(NoGlyphError):
        ShapedFont("proef").shape("李")


def test_a_broken_table_has_no_characters() -> None:
    assert Coverage.parse("# niets\n").unprintable("a") == ("a",)


def test_an_isolated_name_does_not_turn_its_neighbours() -> None:
    assert levels("ab") == [0, 0]
    assert isolate("Jansen") == "Jansen"
    text = f"{isolate('יוסף')} (3)"
    assert levels(text) == [None, 1, 1, 1, 1, None, 0, 0, 0, 0]


def test_logical_text_of_a_right_to_left_phrase_is_kept() -> None:
    phrases = ShapedFont("proef").shape(f"tolk {isolate('محمد عبد الله')} en Jan").phrases
    assert [phrase.text for phrase in phrases if phrase.runs_right_to_left] == ["محمد عبد الله"]


def test_a_preview_is_a_picture_of_each_page() -> None:
    pdf = render(PAPERS["receipt-en"]())
    pictures = list(page_pictures(pdf, 96))
    assert len(pictures) == page_count(pdf)
    assert (pictures[0].width, pictures[0].height) == (794, 1123)
    assert len(pictures[0].rgb) == pictures[0].stride * pictures[0].height
    with pytest.raises(IndexError):
        page_picture(pdf, 9, 96)
