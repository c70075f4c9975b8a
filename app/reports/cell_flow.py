"""How one answer is set: known in ink, *onbekend* in words, a gap by its number, two values that differ
both.
"""

from typing import Any, Final

from app.domain.paper import Cell, CellKind, FrameWords
from app.reports import markup
from app.reports.markup import Markup
from app.reports.pen_field import WRITING_LINE, PenField, form_tag
from app.reports.style import ACCENT, CODE, NATIVE_SIZE, QUIET, style
from app.reports.tag_tree import Tag
from app.reports.tagged_paragraph import TaggedParagraph

WIDE_SPACE: Final = "\u00a0\u00a0 "
"""Between a name and the same in its own script; it may break there."""
DASH: Final = "–"
"""Says that there is nothing to say: a cell is never empty."""
QUIET_KINDS: Final = frozenset({CellKind.NOT_APPLICABLE, CellKind.NOT_SHARED, CellKind.UNKNOWN})


class CellFlow:
    """Sets cells for one paper."""

    def __init__(self, words: FrameWords, second_language: str) -> None:
        self._words, self._second_language = words, second_language

    def flowables(self, parent: Tag, cell: Cell, role: str = "value") -> list[Any]:
        """Return the paragraphs of `cell` under `parent`: value, own script, second language, source."""
        if cell.kind is CellKind.WRITE_IN:
            return [PenField(form_tag(parent, "tv", cell.text), 0, WRITING_LINE, "line")]
        found: list[Any] = []
        native = markup.native(markup.value(cell.native), QUIET, NATIVE_SIZE) if cell.native else markup.EMPTY
        main = markup.joined([markup.joined([self._main(cell), native], WIDE_SPACE), self._gap(cell)])
        if main:
            found.append(TaggedParagraph(main, style(role), parent.add("P")))
        found += [TaggedParagraph(_variant(text), style("value"), parent.add("P")) for text in cell.variants]
        if cell.beside:
            tag = parent.add("P", Lang=self._second_language)
            found.append(TaggedParagraph(markup.value(cell.beside), style("beside"), tag))
        if cell.note:
            found.append(TaggedParagraph(markup.value(cell.note), style("note"), parent.add("P")))
        return found or [TaggedParagraph(markup.wording(DASH), style(role), parent.add("P"))]

    def _main(self, cell: Cell) -> Markup:
        text = markup.value(cell.text)
        if cell.is_code and cell.kind is CellKind.KNOWN:
            return markup.code(text, CODE)
        return markup.coloured(text, QUIET) if text and cell.kind in QUIET_KINDS else text

    def _gap(self, cell: Cell) -> Markup:
        if cell.gap is None:
            return markup.EMPTY
        words = self._words.remark if cell.text else self._words.missing
        words = self._words.disputed if cell.variants else words
        return markup.coloured(markup.strong(markup.wording(words.format(gap=cell.gap))), ACCENT)


def _variant(text: str) -> Markup:
    return Markup("–\u00a0" + markup.value(text))
