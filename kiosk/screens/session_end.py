"""The key that says a session ends soon, and what to do: no officer is signed out without a word."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.desk.session import OfficerSession
from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.presenters.officer_texts import say

IDLE = QT_TRANSLATE_NOOP("Officer", "Signing out in {seconds} s: touch here to stay")
LONG = QT_TRANSLATE_NOOP("Officer", "This sign-in ends in {minutes} min: touch here to sign out and in again")


class SessionEndKey(QPushButton):
    """Hidden until a minute before an idle session ends, or five before one that has lasted its time."""

    def __init__(self, session: OfficerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "refer")
        self.clicked.connect(self._answer)
        self.hide()

    def follow(self, language: str) -> None:
        """Time went on."""
        ending = self._session.ending()
        if ending is not None and ending.can_stay:
            self.setText(say(IDLE, language, seconds=math.ceil(ending.left_s)))
        elif ending is not None:
            self.setText(say(LONG, language, minutes=max(1, math.ceil(ending.left_s / 60))))
        self.setVisible(ending is not None)

    def _answer(self) -> None:
        ending = self._session.ending()
        if ending is not None and ending.can_stay:
            self._session.touched()
            self.hide()
        elif ending is not None:
            self._session.sign_out()
