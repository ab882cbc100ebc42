"""A PDF in memory: one writer for everything that is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

RESOLUTION = 600


def printed(
    title: str, size: QPageSize, units_an_inch: float, pages: Sequence[Callable[[QPainter], object]]
) -> bytes:
    """Each of `pages` paints one page; its unit is a point (72 an inch) or a millimetre (25.4)."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    writer.setTitle(title)
    writer.setCreator("Checkpoint Kiosk")
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(RESOLUTION / units_an_inch, RESOLUTION / units_an_inch)
        page(painter)
        painter.restore()
    painter.end()
    buffer.close()
    return bytes(data.data())
