"""A line to type in that knows a finger from a mouse: a finger has no keys and is given some."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputDevice, QMouseEvent
from PySide6.QtWidgets import QLineEdit


class TouchField(QLineEdit):
    """Keys on the screen are its owner's; whoever comes by Tab or mouse is left alone."""

    touched = Signal()
    """A finger came down on it."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch arrives as a press that Qt, or the machine, made of it."""
        super().mousePressEvent(event)
        made = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        if made or event.deviceType() == QInputDevice.DeviceType.TouchScreen:
            self.touched.emit()
