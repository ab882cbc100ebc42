"""Room for as much as there is: a part that grows takes what height there is, then it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.widgets.read_whole import ReadWhole, words_of

LEAST = 120
"""Pixels of height that it keeps, whatever else wants room: two lines and the bar to scroll by."""
_CHANGES = (QEvent.Type.LayoutRequest, QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class AsMuch(ReadWhole):
    """As high as its body where that fits. Where not, Tab comes to it and the arrows scroll it."""

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        self._body = body
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_body(body)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._reached)

    def heightForWidth(self, width: int) -> int:
        """Of its body; 0: it is hidden."""
        return 0 if self._body.isHidden() else self._body.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """In pixels."""
        return QSize(self._body.sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """In pixels."""
        return QSize(self._body.minimumSizeHint().width(), min(LEAST, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Its body has become higher, lower, or hidden."""
        if watched is self._body and event.type() in _CHANGES:
            self.updateGeometry()
            self.setAccessibleName(words_of(self._body))
        return super().eventFilter(watched, event)

    def _reached(self, _least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most else Qt.FocusPolicy.NoFocus)
