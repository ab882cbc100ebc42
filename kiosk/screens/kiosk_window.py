"""A kiosk's one window: the traveller's screen, and the officer's panel laid over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.screens.first_show import made_ready
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.traveller_window import TravellerWindow
from kiosk.widgets.beforehand import Beforehand

DOOR = (0.24, 0.07)
"""The touch area of the officer's door, as shares of width and height: the lane's name plate, top left."""
KEY = "F2"


class KioskWindow(QWidget):
    """Shows the traveller's screen. The name plate, or F2, brings the officer's sign-in."""

    def __init__(self, traveller: TravellerWindow, panel: OfficerPanel | None) -> None:
        """`panel` None: the officer has a display of his own, or there is no roster."""
        super().__init__()
        self.setWindowTitle("Checkpoint Kiosk")
        self.traveller, self.panel = traveller, panel
        traveller.setParent(self)
        self.setFocusProxy(traveller)
        self.door: QPushButton | None = None
        if panel is not None:
            panel.setParent(self)
            panel.hide()
            panel.leave.connect(self.close_panel)
            self.door = QPushButton(self)
            self.door.setFlat(True)
            self.door.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.door.setStyleSheet("background: transparent; border: none;")
            self.door.setAccessibleName("Officer")
            self.door.clicked.connect(self.open_panel)
            QShortcut(QKeySequence(KEY), self, self.open_panel)
        self._beforehand = Beforehand(self)
        self._made_ready = panel is None
        self.resize(traveller.size())

    def open_panel(self) -> None:
        """Lays the officer's panel over the traveller's screen, whose keys nobody comes to meanwhile.

        It begins with the sign-in.
        """
        if self.panel is not None:
            self.panel.setGeometry(self.rect())
            self.panel.raise_()
            self.panel.show()
            self.traveller.setEnabled(False)

    def close_panel(self) -> None:
        """Gives the traveller the screen back."""
        if self.panel is not None:
            self.panel.hide()
            self.traveller.setEnabled(True)
            self.traveller.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The panel under it is made ready to be opened."""
        super().showEvent(event)
        if self.panel is not None and not self._made_ready:
            self._made_ready = True
            self._beforehand.begin(made_ready(self.panel, self.size, self.panel.dress))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything fills the window."""
        super().resizeEvent(event)
        self.traveller.setGeometry(self.rect())
        if self.panel is not None:
            self.panel.setGeometry(self.rect())
        if self.door is not None:
            self.door.setGeometry(0, 0, round(self.width() * DOOR[0]), round(self.height() * DOOR[1]))
            self.door.raise_()
            if self.panel is not None and self.panel.isVisible():
                self.panel.raise_()
