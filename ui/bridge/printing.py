"""Prints finished pages through the system's own print window: the pages come as pictures, so paper equals preview."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page: `rgb` holds height × width × 3 bytes, row by row without padding."""

    width: int
    height: int
    rgb: bytes


def to_image(page: PageImage) -> QImage:
    """A QImage that owns its pixels; ValueError when the bytes do not fit the size."""
    if len(page.rgb) != page.width * page.height * 3:
        raise ValueError("page picture has the wrong number of bytes")
    row_bytes = page.width * 3
    return QImage(page.rgb, page.width, page.height, row_bytes, QImage.Format.Format_RGB888).copy()


def draw_pages(printer: QPrinter, pages: Sequence[PageImage]) -> None:
    """Draw each page as large as the paper allows, centred, without stretching it."""
    painter = QPainter(printer)
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        scale = min(paper.width() / page.width, paper.height() / page.height)
        box = QRectF(0, 0, page.width * scale, page.height * scale)
        box.moveCenter(paper.center())
        painter.drawImage(box, to_image(page))
    painter.end()


def ask_printer(job_name: str, parent: QWidget) -> QPrinter | None:
    """Show the system's print window; None when the officer closed it without printing.

    `job_name` is seen in the queue of the printer by others: give it a number, never a person's name.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDocName(job_name)
    dialog = QPrintDialog(printer, parent)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


def ask_and_print(pages: Sequence[PageImage], job_name: str, parent: QWidget) -> bool:
    """Ask for a printer and print; False when the officer closed the window without printing."""
    printer = ask_printer(job_name, parent)
    if printer is not None:
        draw_pages(printer, pages)
    return printer is not None
