"""The roles in force: turns named roles into colours, fonts and sizes.

Widgets ask for a role at the moment they paint, so a change of theme needs no list of subscribers: Qt sends every
widget a palette and a style change. Texts that carry a font of their own are dressed through `dress`, which remembers
the role in the widget; `look` repeats it when theme or size changes.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QWidget

from ui.bridge.theme_file import Metrics

_NATIVE_PX = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Everything that is in force at one moment. `system` is the desktop's palette when it asks for high contrast."""

    metrics: Metrics
    icons: dict[str, Path]
    colours: dict[str, str]
    dark: bool = False
    factor: float = 1.0
    system: QPalette | None = None


class Notifier(QObject):
    """Tells painters with a cache of their own that roles have other values now."""

    changed = Signal()


notifier = Notifier()
_in_force: list[Theme] = []  # holds one: fonts, palette and style are one per process in Qt too

# Under high contrast the system decides; each of our roles falls back to the nearest meaning Qt has.
_Role = QPalette.ColorRole
_SYSTEM = {
    "canvas": _Role.Window, "rail": _Role.Window, "paper": _Role.Base, "hover": _Role.Base, "line": _Role.WindowText,
    "edge": _Role.WindowText, "accent": _Role.Link, "accent_strong": _Role.Link, "accent_soft": _Role.Base,
    "accent_on": _Role.Base, "accent_ring": _Role.WindowText,
}  # fmt: skip


def put(new: Theme) -> None:
    """Make `new` the theme in force; only `look` calls this, since palette and sheet must follow."""
    _in_force[:] = [new]


def current() -> Theme:
    """The theme in force; RuntimeError before `look.install`."""
    if not _in_force:
        raise RuntimeError("look.install has not been called")
    return _in_force[0]


def colour(role: str) -> QColor:
    """The colour of a role such as "ink", "quiet", "late" or "accent_soft"; KeyError for an unknown role."""
    now = current()
    if now.system is None:
        return QColor(now.colours[role])
    if role.endswith("_bg"):
        return now.system.color(_Role.Base)
    return now.system.color(_SYSTEM.get(role, _Role.WindowText))


def font(role: str = "body", *, strong: bool | None = None) -> QFont:
    """The font of a type role; `strong` True or False overrides the role's own weight.

    "number" is body with a stroke in 0 and serifs on I, for passport, laissez-passer and V-numbers only.
    """
    metrics, number = current().metrics, role == "number"
    kind = metrics.types["body" if number else role]
    weight = kind.weight if strong is None else (600 if strong else 400)
    return _font(kind.px, weight, metrics.number_features if number else metrics.features)


def native_font(text: str, px: int = _NATIVE_PX) -> QFont:
    """The font of a name in its own script; Arabic letters are set larger, since Naskh looks small beside ours."""
    metrics = current().metrics
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
    return _font(px + (metrics.arabic_extra if arabic else 0), 400, metrics.features)


def _font(px: int, weight: int, features: tuple[str, ...]) -> QFont:
    """A copy, which whoever asked may change; text is drawn twice as fast when its font was used before."""
    return QFont(_kept_font(current().metrics.families, round(px * current().factor), weight, features))


@lru_cache(maxsize=64)
def _kept_font(families: tuple[str, ...], px: int, weight: int, features: tuple[str, ...]) -> QFont:
    made = QFont()
    made.setFamilies(list(families))
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for tag in features:
        made.setFeature(QFont.Tag(tag), 1)
    return made


def size(role: str) -> int:
    """A named size of metrics.toml in logical px, times the user's factor: "row", "control", "icon"."""
    return round(current().metrics.sizes[role] * current().factor)


def gap(step: int) -> int:
    """The step-th gap, 0 to 6: 4, 8, 12, 16, 24, 32, 48 logical px; space does not grow with the user's size."""
    return current().metrics.gaps[step]


def breakpoint_px(name: str) -> int:
    """A width or height of the window at which the layout changes, in logical px at the user's size."""
    return round(current().metrics.breakpoints[name] * current().factor)


def icon_file(role: str) -> Path:
    """The SVG file of an icon role such as "nav.today"; KeyError for an unknown role."""
    return current().icons[role]


def dress(widget: QWidget, type_role: str, colour_role: str = "ink", *, strong: bool | None = None) -> None:
    """Give a widget the font and text colour of roles and keep them through changes of theme and size."""
    widget.setProperty("type_role", type_role)
    widget.setProperty("colour_role", colour_role)
    widget.setProperty("type_strong", strong)
    dress_again(widget)


def dress_again(widget: QWidget) -> None:
    """Repeat what `dress` was told; does nothing for a widget that was never dressed."""
    role, strong = widget.property("type_role"), widget.property("type_strong")
    if role is None:
        return
    wanted = font(str(role), strong=None if strong is None else bool(strong))
    if widget.font() != wanted:
        widget.setFont(wanted)
    text, palette = colour(str(widget.property("colour_role"))), widget.palette()
    if palette.color(_Role.WindowText) != text or palette.color(_Role.Text) != text:
        for palette_role in (_Role.WindowText, _Role.Text):
            palette.setColor(palette_role, text)
        widget.setPalette(palette)
