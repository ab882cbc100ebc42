"""Pages one behind the other, of which only the one in front needs height: a hidden one squeezes no key."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QStackedWidget, QWidget


class FrontPage(QStackedWidget):
    """As wide as its widest page, so that columns keep their places; as tall as the one in front."""

    reader_role = QAccessible.Role.Client
    """Nothing a screen reader tells: it would say "layered pane" before whatever is in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """In pixels."""
        front = self.currentWidget()
        widest = super().minimumSizeHint().width()
        return QSize(widest, 0 if front is None else front.minimumSizeHint().height())
