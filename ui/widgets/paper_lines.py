"""A paper as text beside its picture: labels left, answers right, gaps in words and colour. It can be copied."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from app.domain.paper_text import LineKind, TextLine
from ui.bridge import theme
from ui.widgets.line import Sentence

_LABEL_PX = 132
_HEADS = (LineKind.HEADING, LineKind.TITLE)


class PaperLines(QWidget):
    """Shows `TextLine`s in reading order; a line with a gap stands in the colour of what is late."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.gap(1), 0)
        self._grid.setHorizontalSpacing(theme.gap(2))
        self._grid.setVerticalSpacing(theme.gap(0))
        self._grid.setColumnStretch(1, 1)
        self._made: list[QWidget] = []
        self._measure()

    def set_lines(self, lines: Sequence[TextLine]) -> None:
        """Show another paper."""
        for old in self._made:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
        for row, line in enumerate(lines):
            self._place(row, line)
        self._grid.setRowStretch(len(lines), 1)

    def _place(self, row: int, line: TextLine) -> None:
        if line.kind in _HEADS:
            head = Sentence(line.value, "body", strong=True)
            head.setContentsMargins(0, theme.gap(2) if row else 0, 0, 0)
            self._put(head, row, 0, 2)
            return
        missing = line.gap is not None
        value = "  ".join(part for part in (line.value, line.native) if part)
        if line.label:
            self._put(Sentence(line.label, "body", "quiet"), row, 0, 1 if value else 2)
        if value:
            text = Sentence(value, "body", "late" if missing else "ink", strong=missing)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            text.setAccessibleName(f"{line.label}: {value}" if line.label else value)
            self._put(text, row, 1 if line.label else 0, 1 if line.label else 2)

    def _put(self, widget: QLabel, row: int, column: int, span: int) -> None:
        self._made.append(widget)
        widget.setMinimumWidth(theme.gap(4))  # its own least width would widen the column beyond the window
        widget.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(
            widget, row, column, 1, span
        )  # without an alignment: else a long text is not wrapped

    def _measure(self) -> None:
        self._grid.setColumnMinimumWidth(0, round(_LABEL_PX * theme.current().factor))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_made"):
            self._measure()
