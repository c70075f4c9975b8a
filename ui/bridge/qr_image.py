"""A QR code as a picture of one dot per module: dark on white in every theme, because a scanner needs it so."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QImage

QUIET_ZONE = 4
"""Empty modules around the code that a reader needs (ISO/IEC 18004)."""


def qr_image(modules: Sequence[Sequence[bool]]) -> QImage:
    """The code with its empty edge."""
    side = len(modules) + 2 * QUIET_ZONE
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                image.setPixelColor(column + QUIET_ZONE, row + QUIET_ZONE, QColor("black"))
    return image
