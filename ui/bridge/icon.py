"""One-colour SVG icons, tinted by role and sharp at every device pixel ratio.

Colour effects and `QIcon.fromTheme` look different on each system, so the SVG text itself gets the role's colour.
"""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui.bridge import theme

_RATIOS = (1.0, 1.25, 1.5, 2.0)
_THIN = ('stroke-width="2"', 'stroke-width="1.9"')


@lru_cache(maxsize=512)
def _rendered(path: Path, hex_colour: str, px: int, ratio: float) -> QPixmap:
    svg = path.read_text(encoding="utf-8").replace("currentColor", hex_colour).replace(*_THIN)
    image = QPixmap(round(px * ratio), round(px * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def pixmap(icon_role: str, colour_role: str, px: int, ratio: float) -> QPixmap:
    """The icon at `px` logical pixels for a screen of this device pixel ratio; KeyError for an unknown role."""
    return _rendered(theme.icon_file(icon_role), theme.colour(colour_role).name(), px, ratio)


def draw(painter: QPainter, x: float, y: float, icon_role: str, colour_role: str, size: str = "icon") -> None:
    """Paint an icon with its top left at (x, y) in logical px; `size` is a size role of metrics.toml."""
    px = theme.size(size)
    painter.drawPixmap(
        QPointF(x, y), pixmap(icon_role, colour_role, px, painter.device().devicePixelRatioF())
    )


def for_button(icon_role: str, colour_role: str = "ink", disabled_role: str = "quiet") -> QIcon:
    """A QIcon for buttons and menus, with a picture for each of the usual ratios, so that 150 % is not blurred."""
    colours = (theme.colour(colour_role).name(), theme.colour(disabled_role).name())
    return _button_icon(theme.icon_file(icon_role), *colours, theme.size("icon"), _screen_ratio())


@lru_cache(maxsize=128)
def _button_icon(path: Path, normal: str, disabled: str, px: int, screen_ratio: float) -> QIcon:
    made = QIcon()
    for ratio in sorted({*_RATIOS, screen_ratio}):
        made.addPixmap(_rendered(path, normal, px, ratio), QIcon.Mode.Normal)
        made.addPixmap(_rendered(path, disabled, px, ratio), QIcon.Mode.Disabled)
    return made


def program_icon() -> QIcon:
    """The mark in the accent colour, for the window and the task bar."""
    made = QIcon()
    for px in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("sign.mark", "accent", px, 1.0))
    return made


def button_size() -> QSize:
    """The icon size of buttons at the user's size."""
    return QSize(theme.size("icon"), theme.size("icon"))


def _screen_ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
