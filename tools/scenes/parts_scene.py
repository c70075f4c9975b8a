"""Every reusable part on one sheet, as `docs/design.md` describes them; people are made up."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from tools.scenes.scene import Scene
from ui.bridge import theme
from ui.bridge.cell import Cell
from ui.models.row_model import RowModel
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.checklist_view import ChecklistItem, ChecklistView
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.focus_ring import FocusRing
from ui.widgets.head import Head
from ui.widgets.heading import Heading
from ui.widgets.incomplete_date_field import IncompleteDateField
from ui.widgets.line import Line
from ui.widgets.note_edit import NoteEdit
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField
from ui.widgets.side_list import SideEntry, SideList
from ui.widgets.stage_line import Stage, StageLine
from ui.widgets.step import StepState
from ui.widgets.tab_bar import TabBar
from ui.widgets.term_bar import TermBar
from ui.widgets.timeline import Moment, Timeline
from ui.widgets.undo_notice import UndoNotice

_CHIPS = (
    ("Te laat", "late", ""), ("Let op", "watch", ""), ("In orde", "good", ""), ("Ter info", "info", ""),
    ("Verschil", "clash", ""), ("Onbekend", "unknown", ""), ("Concept", "watch", "sign.edit"),
    ("Definitief", "good", "sign.lock"),
)  # fmt: skip
_ROWS = (
    ("Siranush", "Սիրանուշ", "grootmoeder, 71 jaar", "Toegezegd", "lp.promised", "ink", "belofte", "watch"),
    ("Noor", "نور", "dochter, 17 jaar", "Afgegeven", "lp.issued", "good", "geldig", "good"),
    ("Hirut", "ሂሩት", "moeder, 34 jaar", "Aangehouden", "lp.held", "watch", "te kort", "late"),
    ("Elene", "ელენე", "dochter, 7 jaar", "onbekend", "state.unknown", "unknown", "onbekend", "unknown"),
)


def member_table() -> RowTable:
    """Four made-up people, two lines each, the third chosen."""
    view = RowTable(
        name="members",
        words="Leden",
        row_role="row_two_lines",
        head=Head(centred=frozenset({2}), right=frozenset({3}), two_lines=True),
    )
    model = RowModel(("Gezinslid", "Reisdocument", "Document bij vlucht", "Verloopt eerst"), view)
    model.set_rows(
        [
            (
                name,
                (
                    Cell(main=name, native=native, second=who, strong=True),
                    Cell(main=document, icon=icon, role=role),
                    Cell(main=word, icon=f"state.{state}", role=state, light=True),
                    Cell(main="–" if state == "watch" else "20 feb 2027", right=True),
                ),
            )
            for name, native, who, document, icon, role, word, state in _ROWS
        ]
    )
    view.setModel(model)
    view.set_columns((220, 170, 110, 120), stretch=0)
    view.choose_row(2)
    view.setFixedHeight(view.height_of_all())
    return view


def _chips() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.gap(1))
    for word, state, icon in _CHIPS:
        row.addWidget(Chip(word, state, icon))
    row.addStretch(1)
    return holder


def _left() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.gap(2))
    notice = UndoNotice()
    notice.say("Gezin Hakobyan is gesloten.")
    again = Button("Nieuwe LP vragen", name="again")
    for part in (
        TabBar(
            (("a", "Overzicht"), ("b", "Gesprekken"), ("c", "Reisdocumenten"), ("d", "Verloop")), name="tabs"
        ),
        _chips(),
        Banner(
            "late",
            "Het document van Narek verloopt 8 dagen vóór de vlucht.",
            "Daarna: Areg. De toezegging wacht op zijn geboorteakte.",
            again,
        ),
        Banner("watch", "Er loopt een asielaanvraag. Stappen richting de ambassade staan stil."),
        notice,
        Heading(
            "Leden",
            count="4",
            ruled=False,
            action=Button("Lid toevoegen", "link", name="add", icon_role="sign.add"),
        ),
        member_table(),
    ):
        column.addWidget(part)
    column.addStretch(1)
    return column


def _right() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.gap(2))
    wrong = Field("Geldig tot", DateField(name="valid"), required=True)
    wrong.editor.setText("31-11-2026")
    birth = Field(
        "Geboortedatum", IncompleteDateField(name="birth"), hint="Weet u een deel niet? Typ ?? of onbekend."
    )
    birth.editor.setText("?? mei 1988")
    off = Field("Dossiernummer", DateField(name="off"))
    off.editor.setText("uitgeschakeld")
    off.editor.setEnabled(False)
    note = NoteEdit(name="note", rows=3)
    note.set_value("Armen: “Als ik terugga, wil ik eerst weten waar de kinderen naar school gaan.”")
    buttons, signs = QHBoxLayout(), QHBoxLayout()
    save = Button("Opslaan", "primary", name="save")
    filled = Button("Locatie: GL Noordermeer", "filter", name="filter")
    filled.setChecked(True)
    blocked = Button("Definitief maken", "primary", name="blocked")
    blocked.setEnabled(False)
    for button in (save, Button("Annuleren", name="cancel"), filled, blocked):
        buttons.addWidget(button)
    buttons.addStretch(1)
    box, radio = QCheckBox("Tolk nodig"), QRadioButton("Telefonisch")
    box.setChecked(True)
    radio.setChecked(True)
    for sign in (box, QCheckBox("Begeleiding"), radio, QRadioButton("Aanwezig")):
        signs.addWidget(sign)
    column.addWidget(SearchField("Naam, V-nummer, plaats …", name="search"))
    column.addWidget(birth)
    column.addWidget(wrong)
    column.addWidget(off)
    column.addWidget(Field("Fase", Choice((("a", "Voorbeschouwing"), ("b", "Overpeinzing")), name="phase")))
    column.addWidget(Field("Notitie", note))
    column.addLayout(buttons)
    column.addLayout(signs)
    column.addWidget(
        EmptyState(
            "Nog geen gesprekken",
            "Leg het eerste gesprek vast, of plan er een.",
            Button("Gesprek beginnen", "plain", name="begin", icon_role="nav.talks"),
        )
    )
    wrong.check()
    return column


def _parts() -> QWidget:
    sheet = QWidget()
    columns = QHBoxLayout()
    columns.setSpacing(theme.gap(6))
    columns.addLayout(_left(), 3)
    columns.addLayout(_right(), 2)
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(28, 20, 28, 20)
    outer.addWidget(Line("Onderdelen", "title"))
    outer.addLayout(columns, 1)
    FocusRing(sheet).follow(sheet.findChild(Button, "save"))
    return sheet


def _request() -> QWidget:
    sheet = QWidget()
    stages = StageLine(name="stages")
    words = ("Opdracht", "Ingediend", "Presentatie", "Onderzoek", "Bevestigd", "Toegezegd", "Afgegeven")
    states = [StepState.DONE, StepState.DONE, StepState.NOW] + [StepState.TO_COME] * 4
    when = ("2 okt", "12 okt", "vr 27 nov", "", "", "", "")
    stages.set_stages([Stage(words=w, when=d, state=s) for w, d, s in zip(words, when, states, strict=True)])
    line = Timeline(name="timeline", words="Levenslijn")
    line.set_moments(
        (
            Moment(
                when="vr 2 okt",
                main="Opdracht naar DIA",
                second="formulieren getekend door Hirut",
                strong=True,
            ),
            Moment(
                when="ma 12 okt",
                main="Ingediend bij de vertegenwoordiging",
                second="per koerier",
                strong=True,
            ),
            Moment(when="wo 11 nov", main="Rappel 1 verstuurd", strong=True),
            Moment(main="Vandaag, ma 23 nov", is_today=True),
            Moment(
                when="di 24 nov",
                main="Statuscheck, 3 werkdagen vóór presentatie",
                second="poort: zonder uitkomst gaat de presentatie niet door",
                done=False,
                icon="sign.gate",
                role="watch",
            ),
            Moment(
                when="vr 27 nov",
                main="Presentatie in persoon, Brussel, 10:30",
                second="vervoer nog bevestigen",
                done=False,
                icon="lp.presentation",
                role="info",
                strong=True,
            ),
            Moment(when="vr 4 dec", main="Terugkoppeling vragen", done=False, icon="sign.term"),
            Moment(
                when="za 12 dec",
                main="Streeftermijn presentatie (2 maanden)",
                done=False,
                icon="sign.last_day",
                role="watch",
            ),
        )
    )
    gates = SideList(name="gates")
    gates.set_entries(
        (
            SideEntry(
                main="Geen lopende asielaanvraag",
                second="IND, gecontroleerd ma 9 nov",
                icon="state.good",
                role="good",
            ),
            SideEntry(
                main="Kopie van de aanvraag gegeven",
                second="moet vóór de presentatie",
                icon="state.watch",
                role="watch",
                link="Vastleggen",
            ),
            SideEntry(
                main="Uitleg over de presentatie gegeven",
                second="onbekend, vraag het in het gesprek",
                icon="state.unknown",
                role="unknown",
            ),
        )
    )
    right = QVBoxLayout()
    right.setSpacing(theme.gap(1))
    right.addWidget(Heading("Termijnen"))
    right.addWidget(
        TermBar(
            "Verwachte datum melden",
            "gehaald",
            "30 dagen na indienen, bron: pakket LP, 1 sep 2026",
            1.0,
            "good",
        )
    )
    right.addWidget(
        TermBar("Presentatie", "nog 19 dagen", "2 maanden na indienen, bron: pakket LP, 1 sep 2026", 0.69)
    )
    right.addWidget(
        TermBar(
            "Kopie aan betrokkene",
            "3 dagen te laat",
            "vóór de presentatie; eigen instelling: 20 nov",
            1.0,
            "late",
        )
    )
    right.addWidget(Heading("Poorten"))
    right.addWidget(gates)
    right.addStretch(1)
    left = QVBoxLayout()
    left.setSpacing(theme.gap(1))
    left.addWidget(Heading("Levenslijn"))
    left.addWidget(line, 1)
    columns = QHBoxLayout()
    columns.setSpacing(theme.gap(6))
    columns.addLayout(left, 62)
    columns.addLayout(right, 38)
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(28, 20, 28, 20)
    outer.setSpacing(theme.gap(4))
    outer.addWidget(stages)
    outer.addLayout(columns, 1)
    return sheet


def _checklist() -> QWidget:
    sheet = QWidget()
    view = ChecklistView(name="checklist", words="Verdieping: Overpeinzing")
    sentences = (
        ("OP-01", "De voor- en nadelen van blijven én van gaan staan er in hun eigen woorden.", "yes"),
        (
            "OP-02",
            "Ik heb gevraagd hoe hun leven er over één en over vijf jaar uit moet zien, hier en daar.",
            "yes",
        ),
        ("OP-04", "Ik heb toestemming gevraagd voordat ik informatie of advies gaf.", "not_discussed"),
        ("OP-06", "De mogelijkheden voor hulp bij terugkeer zijn genoemd, en meegegeven in hun taal.", ""),
        ("OP-08", "Ik heb gevraagd wie in het gezin of de gemeenschap meebeslist.", ""),
        ("OP-09", "Er is één kleine stap afgesproken die zij zelf hebben gekozen.", ""),
    )
    view.set_items(
        [ChecklistItem(key=code, code=code, sentence=said, answer=answer) for code, said, answer in sentences]
    )
    view.set_current("OP-06")
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(28, 20, 120, 20)
    outer.addWidget(Heading("Verdieping: Overpeinzing", note="3 van 9 beantwoord"))
    outer.addWidget(view, 1)
    FocusRing(sheet)
    view.take_focus()
    return sheet


SCENES = (
    Scene(name="parts", build=_parts, height=900),
    Scene(name="parts-request", build=_request),
    Scene(name="parts-checklist", build=_checklist),
)
