"""Places the unlock screen: what the program is at the left on the rail's ground, the form at the right."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.band import Band
from ui.widgets.button import Button
from ui.widgets.line import Line, Sentence
from ui.widgets.sign import Sign

_FORM_WIDTH = 380
_SIDE = 64
_TOP = 48


class UnlockLayout:
    """The parts of the screen; `aside` leaves when the window is narrow."""

    def __init__(self, view: QWidget, form: QWidget) -> None:
        self.greeting = Line("", "display")
        self.purpose = Sentence(_("Unlock your dossiers on this laptop."), "body", "quiet")
        self.other = Button(_("Other store or backup …"), "link", name="other_store")
        self.other.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.saved = Line("", "body", "quiet")
        self._saved_row = _fact("sign.saved", self.saved)
        self.aside = Band("rail")
        self._above: list[QWidget] = []
        self._columns: list[QVBoxLayout] = []
        self._fill_aside()
        outer = QHBoxLayout(view)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.aside, 47)
        outer.addLayout(self._right(form), 53)

    def fit(self, width: int, height: int) -> None:
        """Take the form for a window of this size: a low one begins at its top edge."""
        self.aside.setVisible(width >= theme.breakpoint_px("rail_icons_below"))
        low = height < theme.breakpoint_px("rail_lists_from")
        for holder in self._above:
            holder.setHidden(low)
        for column in self._columns:
            column.setContentsMargins(
                _SIDE, theme.gap(4) if low else _TOP, theme.gap(5), theme.gap(2) if low else _TOP
            )

    def show_saved(self, sentence: str) -> None:
        """Say when the store was last written, or nothing."""
        self.saved.setText(sentence)
        self._saved_row.setVisible(bool(sentence))

    def _fill_aside(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.gap(2))
        head.addWidget(Sign("sign.mark", "accent", "icon_mark_large"))
        head.addWidget(Line("Regiemap", "title"), 1)
        offline = Line(_("Works without network. All stays encrypted on this laptop."), "body", "quiet")
        above = QVBoxLayout()
        above.addLayout(head)
        above.addStretch(1)
        below = QVBoxLayout()
        below.setSpacing(theme.gap(1))
        below.addWidget(Sentence(_("One folder per family."), "display"))
        below.addWidget(
            Sentence(_("From the first talk to a careful departure."), "heading", "quiet", strong=False)
        )
        below.addStretch(1)
        below.addWidget(_fact("sign.offline", offline))
        below.addWidget(self._saved_row)
        self._share(QVBoxLayout(self.aside), above, below)

    def _right(self, form: QWidget) -> QVBoxLayout:
        holder = QWidget()
        holder.setMaximumWidth(round(_FORM_WIDTH * theme.current().factor))
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.gap(1))
        inner.addWidget(self.greeting)
        inner.addWidget(self.purpose)
        inner.addSpacing(theme.gap(4))
        inner.addWidget(form, 1)
        inner.addWidget(self.other)
        row = QHBoxLayout()
        row.addWidget(holder, 1)
        right = QVBoxLayout()
        self._share(right, QVBoxLayout(), row)
        return right

    def _share(self, column: QVBoxLayout, above: QLayout, below: QLayout) -> None:
        """Divide both halves of the screen alike, so that greeting and motto stand on one line."""
        column.setSpacing(0)
        self._columns.append(column)
        for part, share in ((above, 2), (below, 5)):
            holder = QWidget()
            holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            part.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(part)
            column.addWidget(holder, share)
            if part is above:
                self._above.append(holder)


def _fact(icon_role: str, words: Line) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.gap(2))
    row.addWidget(Sign(icon_role, "quiet"))
    row.addWidget(words, 1)
    return holder
