"""The look-up's part of a panel or desk: the key that opens its page, and when the page closes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from config.moment import Clock
from kiosk.desk.finding import Finding
from kiosk.desk.session import OfficerSession
from kiosk.presenters import reference_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.screens.reference_page import ReferencePage


class ReferencePart(QObject):
    """Made by a window, which lays key and page where they belong."""

    changed = Signal()
    touched = Signal()

    def __init__(self, session: OfficerSession, clock: Clock) -> None:
        super().__init__()
        self._session, self._clock = session, clock
        self.key, self.page = QPushButton(), ReferencePage()
        self.key.setProperty("small", "true")
        self.key.clicked.connect(self._open)
        self.page.left.connect(self.changed)
        self.page.touched.connect(self.touched)
        self._waits = ""

    def attach(self, finding: Finding) -> None:
        """Where it looks; without one there is no key."""
        self.page.attach(finding)

    @property
    def is_open(self) -> bool:
        """Whether the page is in front."""
        return self.page.is_open

    def follow(self, language: str, zone: ZoneInfo, waits: str, *, busy: bool) -> None:
        """`waits`: the crossing that waits for this officer; `busy`: something else is in front.

        The page closes with its officer's session, and for the next who waits.
        """
        officer = self._session.officer
        if self.is_open and (officer is None or (waits and waits != self._waits)):
            self.page.forget()
        if officer is not None:
            today = self._clock().utc.astimezone(zone).date()
            self.page.speak(officer.id, language, zone, today)
        self._waits = waits
        self.key.setText(say(t.FIND, language))
        self.key.setVisible(
            officer is not None and self.page.finding is not None and not busy and not self.is_open
        )

    def step_back(self) -> bool:
        """Esc. Whether there was a step to take back."""
        if not self.is_open:
            return False
        self.page.step_back()
        return True

    def _open(self) -> None:
        self.touched.emit()
        self.page.open()
        self.changed.emit()
