"""Buttons in the five kinds of the design; the sheet knows them by their `kind`.

A button's icon is made again when theme or size changes. The gap between icon and text cannot be set in Qt, hence the
two spaces before the text.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from ui.bridge import icon, theme, tool_tip

Kind = Literal["primary", "plain", "link", "filter", "tab", "answer"]
_GAP = "  "
_ICON_COLOUR = {"primary": "accent_on", "link": "accent"}
_STRONG = ("primary",)


class Button(QPushButton):
    """A push button of one kind, with an optional icon; the text is said as it stands, without the gap."""

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        *,
        name: str,
        icon_role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_role, self._kind = icon_role, kind
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCheckable(kind in ("filter", "tab", "answer"))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(text)
        self._dress()

    def set_words(self, text: str) -> None:
        """Change what the button says, on screen and to a screen reader."""
        self._words = text
        self.setText(f"{_GAP}{text}" if self._icon_role else text)
        self.setAccessibleName(text.replace("&", ""))

    def set_icon_role(self, icon_role: str) -> None:
        """Show another icon; "" for none."""
        self._icon_role = icon_role
        self.set_words(self._words)
        self._dress()

    @override
    def sizeHint(self) -> QSize:
        """Room for the semibold text, so that a checked tab or answer does not push its neighbours."""
        wanted = super().sizeHint()
        if self._kind in ("tab", "answer", "primary"):
            bold = QFontMetricsF(theme.font(strong=True)).horizontalAdvance(self.text())
            now = QFontMetricsF(self.font()).horizontalAdvance(self.text())
            wanted.setWidth(wanted.width() + round(max(bold - now, 0)) + 1)
        return wanted

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_words"):
            self._dress()

    @override
    def nextCheckState(self) -> None:
        super().nextCheckState()
        self.show_checked()

    def show_checked(self) -> None:
        """Repeat the weight that goes with being checked; call after `setChecked`."""
        if self._kind in ("tab", "answer"):
            self.setFont(theme.font(strong=self.isChecked()))

    def _dress(self) -> None:
        strong = self._kind in _STRONG or (self._kind in ("tab", "answer") and self.isChecked())
        wanted = theme.font(strong=strong)
        if self.font() != wanted:
            self.setFont(wanted)
        if self._icon_role:
            self.setIcon(icon.for_button(self._icon_role, _ICON_COLOUR.get(self._kind, "ink")))
            self.setIconSize(icon.button_size())


class SignButton(QToolButton):
    """A button that is only an icon: the eye of a passphrase. Its words are spoken, and shown on hovering."""

    def __init__(self, words: str, icon_role: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "sign")
        self.set_sign(words, icon_role)

    def set_sign(self, words: str, icon_role: str) -> None:
        """Change icon and words together."""
        self._icon_role = icon_role
        self.setAccessibleName(words)
        self.setToolTip(tool_tip.plain(words))
        self._dress()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(
            self, "_icon_role"
        ):
            self._dress()

    def _dress(self) -> None:
        self.setIcon(icon.for_button(self._icon_role, "quiet"))
        self.setIconSize(icon.button_size())
