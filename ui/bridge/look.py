"""Puts a theme in force: fonts, style, palette and the one sheet, together or not at all.

Follows the desktop's light, dark and high contrast. Under high contrast the system's palette is used as it is and our
sheet is dropped: whoever asks for it knows better than we do.
"""

from dataclasses import replace
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.bridge import theme
from ui.bridge.style import Style
from ui.bridge.theme_file import read_colours, read_icon_roles, read_metrics

_Role = QPalette.ColorRole
_PALETTE = {
    _Role.Window: "canvas", _Role.Base: "paper", _Role.AlternateBase: "hover", _Role.Button: "paper",
    _Role.WindowText: "ink", _Role.Text: "ink", _Role.ButtonText: "ink", _Role.PlaceholderText: "quiet",
    _Role.Highlight: "accent_soft", _Role.HighlightedText: "ink", _Role.Link: "accent", _Role.LinkVisited: "accent",
    _Role.Mid: "line", _Role.ToolTipBase: "paper", _Role.ToolTipText: "ink", _Role.Accent: "accent",
}  # fmt: skip


class Mode(Enum):
    """What the officer chose; SYSTEM follows the desktop, high contrast of the desktop always wins."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Look(QObject):
    """Holds the officer's choice of theme and size and keeps the application in step with it and the desktop."""

    def __init__(
        self, app: QApplication, resources: Path, mode: Mode = Mode.SYSTEM, factor: float = 1.0
    ) -> None:
        """Load themes and fonts and put them in force; make one per program, before the first widget.

        Raises OSError or ValueError when a theme file or font is missing or refused.
        """
        super().__init__(app)
        self._app, self._mode, self._themes = app, mode, resources / "themes"
        metrics = read_metrics(self._themes / "metrics.toml")
        folder = resources / "icons"
        icons = {
            role: folder / f"{name}.svg" for role, name in read_icon_roles(folder / "roles.toml").items()
        }
        colours = read_colours(self._themes / "light.toml")
        theme.put(theme.Theme(metrics=metrics, icons=icons, colours=colours, factor=factor))
        _register_fonts(resources / "fonts", metrics.families)
        app.setStyle(Style("Fusion"))
        self._put_in_force()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def mode(self) -> Mode:
        """What the officer chose."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Choose light, dark or the system's."""
        self._mode = mode
        self._put_in_force()

    def set_factor(self, factor: float) -> None:
        """Choose the size, held between 0.9 and 1.5; type, rows and icons follow together."""
        factors = theme.current().metrics.factors
        theme.put(replace(theme.current(), factor=min(max(factor, factors[0]), factors[-1])))
        self._put_in_force()

    def step_factor(self, steps: int) -> float:
        """Walk along the sizes of metrics.toml, for Ctrl + and Ctrl -; return the size now in force."""
        factors, now = theme.current().metrics.factors, theme.current().factor
        nearest = min(range(len(factors)), key=lambda at: abs(factors[at] - now))
        self.set_factor(factors[min(max(nearest + steps, 0), len(factors) - 1)])
        return theme.current().factor

    def _put_in_force(self) -> None:
        hints = self._app.styleHints()
        chosen = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}.get(self._mode)
        if hints.colorScheme() != chosen:
            hints.setColorScheme(chosen or Qt.ColorScheme.Unknown)
        dark = (chosen or hints.colorScheme()) == Qt.ColorScheme.Dark
        colours = read_colours(self._themes / ("dark.toml" if dark else "light.toml"))
        system = QPalette() if self._asks_high_contrast() else None
        theme.put(replace(theme.current(), colours=colours, dark=dark, system=system))
        self._app.setFont(theme.font())
        self._app.setPalette(_palette(colours) if system is None else system)
        self._app.setStyleSheet(self._sheet() if system is None else "")
        for widget in self._app.allWidgets():
            theme.dress_again(widget)
        theme.notifier.changed.emit()

    def _sheet(self) -> str:
        control = theme.size("control")
        lengths = {
            "inner_px": control - 2,  # a border of 1 px at both sides
            "inner_focus_px": control - 4,
            "inner_low_px": control - 4,
            "row_px": theme.size("row"),
            "radius_px": theme.size("radius"),
        }
        text = (self._themes / "regiemap.qss").read_text(encoding="utf-8")
        return text % {**theme.current().colours, **lengths}

    def _asks_high_contrast(self) -> bool:
        preference = self._app.styleHints().accessibility().contrastPreference()
        return preference == Qt.ContrastPreference.HighContrast

    def _follow_system(self) -> None:
        high_contrast = theme.current().system is not None
        dark_now = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        other_scheme = self._mode is Mode.SYSTEM and dark_now != theme.current().dark
        if other_scheme or high_contrast != self._asks_high_contrast():
            self._put_in_force()


def _palette(colours: dict[str, str]) -> QPalette:
    """Our roles in Qt's palette; disabled text takes the edge colour, or it would look enabled."""
    made = QPalette()
    for qt_role, role in _PALETTE.items():
        made.setColor(qt_role, QColor(colours[role]))
    for qt_role in (_Role.Text, _Role.WindowText, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, qt_role, QColor(colours["edge"]))
    return made


def _register_fonts(folder: Path, families: tuple[str, ...]) -> None:
    if set(QFontDatabase.families()).issuperset(families):
        return
    for path in sorted(folder.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise ValueError(f"font refused: {path.name}")
