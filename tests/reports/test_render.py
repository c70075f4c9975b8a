"""Every paper: archivable, accessible, the same bytes again, and nothing of it obeys what the data say."""

from dataclasses import replace

import pytest

from app.domain.answer import OPEN, Known
from app.domain.paper import (
    Cell,
    FactRow,
    FactTable,
    FrameWords,
    Grid,
    Paper,
    PaperStatus,
    Paragraph,
    Phrase,
    Section,
)
from app.domain.talk_facts import Attendee
from app.reports.bidi_level import isolate
from app.reports.render import CannotPrintCharacters, render
from app.reports.shaped_font import ShapedFont
from tests.reports.papers import PAPERS, sheet_paper, talk_paper
from tests.reports.sample import SHEET, TALK, TEXTS
from tests.reports.validation import IMAGE, assert_archivable, object_kinds, text_of, texts_read_aloud


def paper(*cells: Cell, grid: Grid | None = None) -> Paper:
    """A paper around the given values."""
    rows = tuple(FactRow(label=Phrase("Naam"), cell=cell) for cell in cells)
    notes = tuple(Paragraph(cell=cell) for cell in cells)
    blocks = (FactTable(rows=rows, summary="Namen"), *notes, *((grid,) if grid else ()))
    return Paper(
        name="proef",
        title=Phrase("Proef"),
        language="nl",
        reference="Set 1, versie 1",
        set_number="1",
        version=1,
        status=PaperStatus.CONCEPT,
        subtitle="Set 1",
        classification=Phrase("vertrouwelijk"),
        footer="Opgesteld door niemand",
        made_at="2026-11-23T09:00:00Z",
        author_role="regievoerder",
        sections=(Section(heading=Phrase("Wie"), blocks=blocks),),
        words=FrameWords(
            page="Pagina {page} van {pages}",
            missing="ontbreekt ({gap})",
            disputed="twee waarden ({gap})",
            remark="(zie {gap})",
            watermark="CONCEPT",
        ),
    )


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_every_paper_is_archivable_and_the_same_again(name: str) -> None:
    pdf = render(PAPERS[name]())
    assert_archivable(pdf)
    assert render(PAPERS[name]()) == pdf


@pytest.mark.parametrize(
    "name",
    [
        "Şükrü Öztürk",
        "Nguyễn Thị Phương Đặng",
        "Łukasz Żółć",
        "Иван Ђорђевић",
        "Γεώργιος Παπαδόπουλος",
        "محمد عبد الله الحسيني",
        "گلپری ژاله‌پور",
        "ተስፋይ ገብረመድህን",
        "Արամ Խաչատրյան",
        "ნინო ბერიძე",
        "יוסף בן דוד",
        "Jose\u0301 A\u0323\u0306nh",
    ],
)
def test_names_in_every_script_come_out_letter_for_letter(name: str) -> None:
    pdf = render(paper(Cell(text=name), Cell(text="Latijn", native=name)))
    assert_archivable(pdf)
    spans = "".join(texts_read_aloud(pdf))
    assert name in (spans if name[0] > "\u0590" and name[0] < "\u0700" else text_of(pdf).replace("\r\n", " "))


def test_what_stands_after_a_hebrew_name_stays_there() -> None:
    pdf = render(paper(Cell(text="יוסף (3 stuks)"), Cell(text="3 stuks", native="(יוסף)")))
    assert_archivable(pdf)
    # Not by copying: the reader of this test turns brackets by rules of its own.
    drawn = ShapedFont("proef").shape(isolate("יוסף (3 stuks)")).phrases
    assert drawn[0].text == "יוסף"
    assert "".join(phrase.text for phrase in drawn if not phrase.runs_right_to_left) == " (3 stuks)"
    assert texts_read_aloud(pdf) == ["יוסף", "(יוסף)"] * 2


@pytest.mark.parametrize(
    "text",
    [
        '<img src="/etc/hostname"/>',
        "<b>niet gesloten",
        "Jansen & Zonen <jansen@example.invalid>",
        "&lt;&amp;&#65;",
        "<para>1</para></para>",
        "{gap} {page} %(name)s",
        "a\u202eb\u202cc\u2066d\u2069",
    ],
)
def test_markup_in_a_value_is_printed_not_obeyed(text: str) -> None:
    pdf = render(paper(Cell(text=text)))
    assert_archivable(pdf)
    assert IMAGE not in object_kinds(pdf)
    shown = "".join(sign for sign in text if sign not in "\u202e\u202c\u2066\u2069")
    assert shown in text_of(pdf)


def test_a_name_of_ten_thousand_characters_breaks_over_pages() -> None:
    pdf = render(paper(Cell(text="Naam" * 2500), Cell(text="een twee drie " * 700)))
    assert_archivable(pdf)
    assert text_of(pdf).replace("\r\n", "").count("Naam") >= 2500


@pytest.mark.parametrize("text", ["王小明", "bel\x07", "\x00", "\x1b[31m", "\x7f", "ชื่อ"])
def test_what_cannot_be_printed_is_refused_before_drawing(text: str) -> None:
    with pytest.raises(CannotPrintCharacters) as problem:
        render(paper(Cell(text=text)))
    assert text[0] in str(problem.value.params["characters"]) or problem.value.params["characters"]


def test_a_long_table_repeats_its_head_as_an_artifact() -> None:
    rows = tuple(
        (Cell(text=f"rij {number}"), Cell(text="waarde " * (number % 30 + 1))) for number in range(120)
    )
    grid = Grid(head=(Phrase("Kop"), Phrase("Waarde")), rows=rows, weights=(1, 2), summary="Rijen")
    pdf = render(paper(grid=grid))
    assert_archivable(pdf)
    text = text_of(pdf)
    assert text.count("Kop") > 3
    assert all(f"rij {number}" in text for number in range(120))


def test_a_row_taller_than_a_page_is_divided_at_a_line() -> None:
    tall = Cell(text="\n".join(f"regel {number}" for number in range(200)))
    grid = Grid(
        head=(Phrase("Kop"), Phrase("Waarde")),
        rows=((Cell(text="x"), tall),),
        weights=(1, 2),
        summary="Rijen",
    )
    pdf = render(paper(grid=grid))
    assert_archivable(pdf)
    assert all(f"regel {number}" in text_of(pdf) for number in range(200))


def test_metadata_names_no_person() -> None:
    pdf = render(PAPERS["final"]())
    head = pdf[pdf.index(b"<x:xmpmeta") : pdf.index(b"</x:xmpmeta>")].decode()
    assert "Terpstra" not in head
    assert "Nguy" not in head
    assert "regievoerder" in head
    assert sheet_paper(SHEET).file_name == "2026-12-07_set-2026-0147_blad1_v3.pdf"


def test_concept_stands_across_the_page_only_with_gaps() -> None:
    identity = replace(SHEET.identity, surname=OPEN)
    assert sheet_paper(SHEET).status is PaperStatus.FINAL
    concept = sheet_paper(replace(SHEET, identity=identity))
    assert concept.status is PaperStatus.CONCEPT
    assert "ontbreekt (1)" in text_of(render(concept))
    assert "Achternaam: nog niet ingevuld" in text_of(render(concept))


def test_a_name_without_latin_form_prints_a_stand_in_and_is_a_gap() -> None:
    identity = replace(SHEET.identity, surname=Known("王"), given_names=Known("Xiaoming", "小明"))
    made = sheet_paper(replace(SHEET, identity=identity))
    assert [gap.code for gap in made.gaps] == ["identity.surname"]
    pdf = render(made)
    assert_archivable(pdf)
    assert "□" in text_of(pdf)


def test_each_unprintable_name_in_a_list_is_a_gap_of_its_own() -> None:
    strange = replace(TALK, attendees=(*TALK.attendees, Attendee(name="王小明")))
    assert [(gap.code, gap.number) for gap in talk_paper(strange).gaps] == [("talk.attendees.4", 1)]
    assert_archivable(render(talk_paper(strange)))


def test_the_wording_abroad_is_there_in_every_language() -> None:
    abroad = [
        key for key in TEXTS if key.startswith(("receipt.", "field.receipt.", "sign.", "blad7.", "date."))
    ]
    assert abroad
    assert [key for key in abroad if set(TEXTS[key]) != {"nl", "en", "fr"}] == []
