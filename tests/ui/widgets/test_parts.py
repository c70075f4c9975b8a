"""The small parts: what they say to a screen reader, their keys, and that they let go."""

import gc
import weakref

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.bridge.cell import CELL_ROLE, NOTHING, Cell
from ui.bridge.look import Look
from ui.models.row_model import RowModel
from ui.widgets.button import Button
from ui.widgets.dialog import Question
from ui.widgets.focus_ring import FocusRing
from ui.widgets.line import Line
from ui.widgets.page_frame import PageFrame
from ui.widgets.row_table import RowTable
from ui.widgets.stage_line import Stage, StageLine
from ui.widgets.step import StepState
from ui.widgets.tab_bar import TabBar
from ui.widgets.term_bar import TermBar
from ui.widgets.timeline import Moment, Timeline
from ui.widgets.undo_notice import UndoNotice


def test_a_cell_speaks_all_its_words_and_no_dash() -> None:
    cell = Cell(main="Narek", native="Նարեկ", second="zoon, 11 jaar", icon="state.late", role="late")
    assert cell.spoken() == "Narek, Նարեկ, zoon, 11 jaar"
    assert Cell(main=NOTHING).spoken() == ""
    assert Cell(main="9 dec", spoken_as="verloopt 9 dec, te laat").spoken() == "verloopt 9 dec, te laat"


def test_a_list_opens_by_enter_and_speaks_with_its_heads(look: Look, qtbot: QtBot) -> None:
    table = RowTable(name="members", words="Leden")
    qtbot.addWidget(table)
    model = RowModel(("Gezinslid", "Document"), table)
    model.set_rows(
        [("a", (Cell(main="Narek"), Cell(main="Afgegeven", icon="lp.issued", role="good"))), ("b", ())]
    )
    table.setModel(model)
    opened: list[object] = []
    table.row_opened.connect(opened.append)
    table.choose_row(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [0]
    index = model.index(0, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Document: Afgegeven"
    assert model.index(1, 0).data(CELL_ROLE) is None
    table.choose_row(99)
    assert table.current_row() == 1
    assert table.accessibleName() == "Leden"
    assert not table.grab().isNull()


def test_a_long_line_does_not_widen_the_window(look: Look, qtbot: QtBot) -> None:
    line = Line("Reisdocumenten " * 100)
    qtbot.addWidget(line)
    line.resize(200, 30)
    line.show()
    assert line.minimumSizeHint().width() <= 40
    assert line.toolTip() == line.text()
    line.setText("kort")
    assert line.toolTip() == ""


def test_tabs_walk_by_arrows(look: Look, qtbot: QtBot) -> None:
    bar = TabBar((("a", "Overzicht"), ("b", "Gesprekken"), ("c", "Verloop")), name="tabs")
    qtbot.addWidget(bar)
    chosen: list[object] = []
    bar.tab_chosen.connect(chosen.append)
    bar.show()
    first = bar.findChild(QPushButton, "tabs_a")
    assert isinstance(first, QPushButton)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert chosen == ["b"]
    assert bar.current() == "b"


def test_tabs_move_together_before_a_word_is_cut(look: Look, qtbot: QtBot) -> None:
    words = ("Overzicht", "Stand", "Gegevens", "Gesprekken", "Reisdocumenten", "Overdragen")
    holder = QWidget()
    bar = TabBar(tuple((word, word) for word in words), name="tabs", parent=holder)
    row = bar.layout()
    assert row is not None
    qtbot.addWidget(holder)
    holder.show()
    tabs, wished = bar.findChildren(QPushButton), bar.sizeHint().width()

    def apart_at(width: int) -> int:
        bar.setGeometry(0, 0, width, 40)
        row.activate()
        for tab in tabs:
            assert tab.width() >= tab.sizeHint().width(), tab.text()
        assert tabs[-1].geometry().right() <= bar.width()
        return tabs[1].x() - tabs[0].geometry().right()

    apart = apart_at(wished)
    assert apart_at(wished - 60) < apart
    assert bar.sizeHint().width() == wished  # standing together does not make it wish for less
    assert apart_at(wished) == apart


def test_terms_and_stages_are_words_too(look: Look, qtbot: QtBot) -> None:
    term = TermBar("Presentatie", "nog 19 dagen", "2 maanden, bron: pakket LP", 0.7)
    stages = StageLine(
        (Stage(words="Opdracht", state=StepState.DONE), Stage(words="Ingediend")), name="stages"
    )
    for widget in (term, stages):
        qtbot.addWidget(widget)
    assert term.accessibleDescription() == "nog 19 dagen. 2 maanden, bron: pakket LP"
    assert stages.accessibleName() == "Opdracht: gedaan; Ingediend: komt nog"


def test_a_term_has_room_for_its_whole_source(look: Look, qtbot: QtBot) -> None:
    short = TermBar("Rappel", "nog 25 dagen", "eigen instelling", 0.2)
    long = TermBar("Rappel", "nog 25 dagen", "30 dagen na de vorige stap; eigen keuze, zonder bron " * 2, 0.2)
    for widget in (short, long):
        qtbot.addWidget(widget)
    assert short.heightForWidth(300) < long.heightForWidth(300)
    assert long.heightForWidth(600) < long.heightForWidth(200)
    short.set_term("Rappel", "nog 25 dagen", long.toolTip(), 0.2)
    assert short.heightForWidth(300) == long.heightForWidth(300)


def test_a_timeline_opens_only_what_has_a_key(look: Look, qtbot: QtBot) -> None:
    line = Timeline(name="timeline", words="Levenslijn")
    qtbot.addWidget(line)
    line.set_moments(
        (
            Moment(when="2 okt", main="Opdracht"),
            Moment(main="Vandaag", is_today=True),
            Moment(main="Gesprek", key="k"),
        )
    )
    opened: list[object] = []
    line.moment_opened.connect(opened.append)
    model = line.model()
    for row in range(3):
        line.activated.emit(model.index(row, 0, QModelIndex()))
    assert opened == ["k"]
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "2 okt, Opdracht"
    assert line.height_of_all() > 100


def test_undo_is_offered_and_asked_once(look: Look, qtbot: QtBot) -> None:
    notice = UndoNotice()
    qtbot.addWidget(notice)
    asked: list[bool] = []
    notice.undo_requested.connect(lambda: asked.append(True))
    notice.say("Gezin gesloten.")
    button = notice.findChild(QPushButton, "undo_notice_undo")
    assert isinstance(button, QPushButton)
    button.click()
    assert asked == [True]
    assert notice.isHidden()


def test_the_ring_lies_outside_the_button(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = Button("Opslaan", "primary", name="save", parent=window)
    button.move(40, 40)
    ring = FocusRing(window)
    window.show()
    ring.follow(button)
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.move(60, 60)
    assert ring.geometry().topLeft() == button.geometry().adjusted(-4, -4, 4, 4).topLeft()
    button.hide()
    assert ring.isHidden()


def test_a_question_starts_on_the_way_back_and_is_freed(look: Look, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Question(
        "Scan vernietigen?", "Dit kan niet ongedaan worden gemaakt.", "Scan vernietigen", parent=parent
    )
    assert dialog.focusWidget() is dialog.back_button
    gone = weakref.ref(dialog)
    dialog.act_button.click()
    assert dialog.result() == Question.DialogCode.Accepted
    dialog.deleteLater()
    del dialog
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


def test_actions_make_room_for_a_title_that_would_be_cut(look: Look, qtbot: QtBot) -> None:
    frame = PageFrame("Overdrachtsblad vertrek", name="frame")
    qtbot.addWidget(frame)
    button = Button("Een knop met veel woorden", name="long_button")
    frame.add_action(button)
    title = frame.findChild(Line)
    assert title is not None
    for width, beside in ((900, True), (430, False), (900, True)):
        frame.resize(width, 300)
        frame.show()
        qtbot.wait(10)
        assert (button.y() < title.geometry().bottom()) is beside
        assert title.toolTip() == "", "the whole title shows"
