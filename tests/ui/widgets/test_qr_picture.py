"""A QR code on the screen: every module where it belongs, on whole dots, white around it in the dark theme too."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.bridge.look import Look, Mode
from ui.bridge.qr_image import QUIET_ZONE
from ui.widgets.qr_picture import QrPicture

CODE = tuple(tuple((row * column) % 3 == 0 for column in range(21)) for row in range(21))


def test_each_module_is_a_square_of_whole_dots(look: Look, qtbot: QtBot) -> None:
    look.set_mode(Mode.DARK)
    shown = QrPicture(name="code")
    qtbot.addWidget(shown)
    shown.set_code(CODE, "QR-code")
    shown.resize(shown.sizeHint())
    image = QImage(shown.size(), QImage.Format.Format_RGB32)
    shown.render(image, QPoint())
    unit = shown.width() // (len(CODE) + 2 * QUIET_ZONE)
    assert unit >= 4
    for y in range(shown.height()):
        for x in range(shown.width()):
            row, column = y // unit - QUIET_ZONE, x // unit - QUIET_ZONE
            inside = 0 <= row < len(CODE) and 0 <= column < len(CODE)
            dark = inside and CODE[row][column]
            assert image.pixelColor(x, y).lightness() == (0 if dark else 255), (x, y)
    assert shown.accessibleName() == "QR-code"
