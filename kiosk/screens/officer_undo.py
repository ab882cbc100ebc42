"""The one button that takes a decision back while there is time, with the seconds that are left."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.desk.crossed import APPROVED, Said
from kiosk.desk.roster import Officer
from kiosk.desk.second_thought import Sent
from kiosk.lane_view import CrossingView
from kiosk.presenters import deciding_texts as d
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_texts import say


class TakeBackButton(QPushButton):
    """Hidden where there is nothing to take back. Ctrl+Z does it too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "refer")
        self.hide()

    def show_crossing(
        self, crossing: CrossingView | None, officer: Officer | None, now: float, language: str
    ) -> None:
        """At the lane: the officer's own decision about who stands there."""
        until = None if crossing is None else crossing.take_back_until
        if crossing is None or until is None or officer is None or crossing.decided_by != officer.id:
            self.hide()
        else:
            self._show(crossing.override, until - now, language)

    def show_sent(self, sent: Sent | None, now: float, language: str) -> None:
        """At the station desk: what was sent last."""
        if sent is None:
            self.hide()
        else:
            self._show(sent.action, sent.until - now, language)

    def show_late(self, word: Said | None, left: float, language: str) -> None:
        """In the list: what was said last about a crossing that is over, and the seconds left."""
        if word is None:
            self.hide()
        else:
            self._show("admit" if word.act == APPROVED else word.act, left, language)

    def click_if_shown(self) -> bool:
        """For the keyboard. Whether there was something to take back."""
        shown = self.isVisible()
        if shown:
            self.click()
        return shown

    def _show(self, action: str, left: float, language: str) -> None:
        what = next((say(words, language) for key, words in t.ACTIONS.items() if key == action), action)
        self.setText(say(d.TAKE_BACK, language, what=what, seconds=max(0, math.ceil(left))))
        self.setVisible(left > 0)
