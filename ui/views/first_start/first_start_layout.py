"""Places the four steps of the wizard: a line of steps at the left, one question at a time at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.band import Band
from ui.views.first_start.step_list import StepList
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.key_groups import KeyGroups
from ui.widgets.line import Line, Sentence
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.sign import Sign
from ui.widgets.strength_bar import StrengthBar
from ui.widgets.text_field import TextField

_WIDTH = 480
_SIDE = 64
_TOP = 132


class FirstStartLayout:
    """The parts of the wizard; `fields` by the names the presenter uses."""

    def __init__(self, view: QWidget) -> None:
        self.steps = StepList((_("You"), _("Passphrase"), _("Recovery key"), _("Check")))
        self._make_fields()
        self.next = Button(_("Next"), "primary", name="first_start_next")
        self.back = Button(_("Back"), "plain", name="first_start_back")
        self.other = Button(_("Other store or backup …"), "link", name="other_store")
        self.said = Sentence("", "second", "quiet")
        self.pages = QStackedWidget()
        for page in (self._person(), self._passphrase(), self._recovery(), self._check()):
            page.setMaximumWidth(round(_WIDTH * theme.current().factor))
            self.pages.addWidget(page)
        self.aside = Band("rail")
        self._fill_aside()
        outer = QHBoxLayout(view)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.aside, 34)
        self.right = self._right()
        outer.addLayout(self.right, 66)

    def _make_fields(self) -> None:
        self.officer: Field[QLineEdit] = Field(
            _("Your name"), TextField(name="officer"), hint=_("As colleagues know you.")
        )
        self.location = Field(_("Family location"), TextField(name="location"))
        self.passphrase_hint = _("Four or more words that do not belong together.")
        self.passphrase = Field(
            _("Passphrase"), PassphraseField(name="new_passphrase"), hint=self.passphrase_hint
        )
        self.again = Field(_("The same again"), PassphraseField(name="new_passphrase_again"))
        self.strength = StrengthBar(name="strength")
        self.advice = Sentence("", "second", "quiet")
        self.key = KeyGroups(name="recovery_groups")
        self.print = Button(_("Print the sheet"), name="print_recovery", icon_role="sign.print")
        self.save = Button(_("Save as PDF"), name="save_recovery", icon_role="sign.saved")
        self.typed = Field(
            _("Recovery key"),
            TextField(name="typed_recovery", number=True),
            hint=_("With or without spaces and dashes; capitals do not matter."),
        )
        self.fields: dict[str, Field[QLineEdit]] = {
            "officer": self.officer, "location": self.location, "passphrase": self.passphrase,
            "again": self.again, "typed": self.typed,
        }  # fmt: skip

    def _person(self) -> QWidget:
        return _page(
            _("Who works here?"),
            _("Your name stands with everything you record. Both can be changed later."),
            self.officer,
            self.location,
        )

    def _passphrase(self) -> QWidget:
        return _page(
            _("Choose a passphrase"),
            _("It opens your dossiers. Nobody can read them without it, also not who finds this laptop."),
            self.passphrase,
            self.strength,
            self.advice,
            self.again,
        )

    def _recovery(self) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(1))
        row.addWidget(self.print)
        row.addWidget(self.save)
        row.addStretch(1)
        return _page(
            _("Keep the recovery key"),
            _(
                "It opens your dossiers when the passphrase is lost. "
                "Print it or write it down, and keep it in a sealed envelope at the location."
            ),
            self.key,
            buttons,
            self.said,
        )

    def _check(self) -> QWidget:
        return _page(
            _("Type the recovery key once"),
            _("So that it is sure that the key on paper is right."),
            self.typed,
        )

    def _fill_aside(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.gap(2))
        head.addWidget(Sign("sign.mark", "accent", "icon_mark_large"))
        head.addWidget(Line("Regiemap", "title"), 1)
        column = QVBoxLayout(self.aside)
        column.setContentsMargins(_SIDE, 48, theme.gap(4), 48)
        column.addLayout(head)
        column.addSpacing(40)
        column.addWidget(self.steps)
        column.addStretch(1)
        column.addWidget(
            Sentence(_("Everything stays on this laptop, encrypted. There is no network."), "second", "quiet")
        )

    def _right(self) -> QVBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.gap(1))
        buttons.addWidget(self.next)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.other)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setProperty("ground", "canvas")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.pages)
        right = QVBoxLayout()
        right.addWidget(scroll, 1)
        right.addLayout(buttons)
        return right

    def fit(self, width: int, height: int) -> None:
        """Take the form for a window of this size: a low one gives the room above to the step."""
        self.aside.setVisible(width >= theme.breakpoint_px("rail_icons_below"))
        low = height < theme.breakpoint_px("rail_recent_from")
        top, bottom = (theme.gap(4), theme.gap(3)) if low else (_TOP, 48)
        self.right.setContentsMargins(_SIDE, top, theme.gap(4), bottom)


def _page(title: str, sentence: str, *parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.gap(2))
    column.addWidget(Sentence(title, "title"))
    column.addWidget(Sentence(sentence, "body", "quiet"))
    column.addSpacing(theme.gap(1))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return page
