"""Names are text, in tool tips too: Qt would draw markup in one, and load the picture that it names."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot

from ui.bridge import tool_tip
from ui.bridge.cell import Cell
from ui.bridge.look import Look
from ui.models.row_model import RowModel
from ui.widgets.line import Line

MARKUP = "<img src='file:///x.png'><b>Vet</b> & Zoon"


@pytest.mark.parametrize("text", ["Gewoon", MARKUP, "a < b", "<b>", "&lt;b&gt;", "<!-- x -->"])
def test_a_tool_tip_shows_every_sign(qtbot: QtBot, text: str) -> None:
    tip = tool_tip.plain(text)
    if GuiQt.mightBeRichText(tip):
        assert QTextDocumentFragment.fromHtml(tip).toPlainText() == text
    else:
        assert tip == text


def test_a_shortened_line_and_a_cell(look: Look, qtbot: QtBot) -> None:
    line = Line(MARKUP)
    qtbot.addWidget(line)
    line.resize(20, 20)
    line.setText(MARKUP)
    assert "<img" not in line.toolTip() and "&lt;img" in line.toolTip()
    model = RowModel(["Naam"])
    model.set_rows([("a", (Cell(main=MARKUP),))])
    tip = str(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in tip and "&lt;img" in tip
