"""A part of a screen that is scrolled by keys, and read as a whole by a screen reader that comes to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QWidget

_ENDS = ".:;!?…。：；！？"


class ReadWhole(QScrollArea):
    """Its name is what its labels say, in their order. Tab comes to it, the arrows scroll it."""

    reader_role = QAccessible.Role.Client

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_body(self, body: QWidget) -> None:
        """Shows another body."""
        self.setWidget(body)
        self.setAccessibleName(words_of(body))


def words_of(widget: QWidget) -> str:
    """All that the labels in a widget say, each as a sentence; a label `unread` is told by another one."""
    said: list[str] = []
    _gather(widget.layout(), said)
    return " ".join(words if words[-1] in _ENDS else f"{words}." for words in said if words)


def _gather(layout: QLayout | None, said: list[str]) -> None:
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            _gather(inner, said)
        elif isinstance(widget, QLabel):
            if widget.property("unread") is None and not widget.isHidden():
                said.append((widget.accessibleName() or widget.text()).strip())
        elif widget is not None and not widget.isHidden():
            _gather(widget.layout(), said)
