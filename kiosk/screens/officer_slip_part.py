"""The slip's part of the officer's panel: the key that opens it, whose it is, and when it closes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from kiosk.desk.desk import OfficerDesk
from kiosk.desk.slip_desk import SlipDesk
from kiosk.lane_view import LaneView
from kiosk.presenters import slip_card_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.slip import Facts, at_hand
from kiosk.reference import in_groups, reference_of
from kiosk.screens.officer_slip import SlipCard


class SlipPart(QObject):
    """Made by the panel, which lays key and card where they belong."""

    changed = Signal()
    touched = Signal()

    def __init__(self, desk: OfficerDesk) -> None:
        super().__init__()
        self._desk, self._usual = desk, "en"
        self._told: Facts | None = None
        self._waited = ""
        """Who waited for a decision when the slip was opened."""
        self._waits = ""
        self._language = "en"
        self.key, self.card = QPushButton(), SlipCard()
        self.key.setProperty("small", "true")
        self.key.clicked.connect(self._open)
        self.card.left.connect(self.changed)
        self.card.touched.connect(self.touched)
        self.card.wanted.connect(self._print)

    def attach(self, slips: SlipDesk, usual: str) -> None:
        """Gives it the lane's slips; `usual` is the language of one whose traveller's nobody knows."""
        self._usual = usual
        self.card.attach(slips)

    @property
    def is_open(self) -> bool:
        """Whether the card is in front."""
        return self.card.told is not None

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._language = language
        self.card.set_language(language)

    def follow(self, view: LaneView | None, waits: str, busy: bool) -> None:
        """`waits`: the crossing that waits for a decision, if one does; `busy`: something else is in front.

        A slip closes with its officer's session, with the lane's contact, and for the next who waits.
        """
        self._waits = waits
        signed_in = self._desk.session.officer is not None
        here = view is not None and signed_in and self.card.slips is not None
        self._told = at_hand(view) if view is not None and here else None
        if not signed_in or view is None or (waits and waits != self._waited):
            self.card.close_slip()
        self.card.follow(self._told)
        self.key.setVisible(self._told is not None and not busy and not self.is_open)
        if self._told is not None:
            reference = in_groups(reference_of(self._told.crossing))
            self.key.setText(f"{say(t.SLIP, self._language)}   {reference}")

    def _open(self) -> None:
        view = self._desk.view
        if self._told is None or view is None:
            return
        self.touched.emit()
        self._waited = self._waits
        in_front = view.crossing is not None and view.crossing.crossing == self._told.crossing
        self.card.open(self._told, (view.language if in_front else None) or self._usual)
        self.changed.emit()

    def _print(self, language: str) -> None:
        officer, told, slips = self._desk.session.officer, self.card.told, self.card.slips
        if officer is not None and told is not None and slips is not None:
            self.touched.emit()
            self.card.printing(slips.print(told, language, officer.id))
