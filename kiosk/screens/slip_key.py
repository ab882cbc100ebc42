"""What the slip's part is at the lane's panel and at the desk: a key, a card, and what goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from kiosk.desk.session import OfficerSession
from kiosk.desk.slip_desk import SlipDesk
from kiosk.presenters import slip_card_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.qr import modules
from kiosk.presenters.slip import Facts, Slip
from kiosk.reference import in_groups, reference_of
from kiosk.screens.officer_slip import SlipCard
from kiosk.widgets.beforehand import Beforehand


class SlipKey(QObject):
    """Made by the window, which lays key and card where they belong."""

    changed = Signal()
    touched = Signal()

    def __init__(self, session: OfficerSession) -> None:
        super().__init__()
        self._session, self._usual, self._language = session, "en", "en"
        self.key, self.card = QPushButton(), SlipCard()
        self._beforehand = Beforehand(self)
        self._ready: object = None
        """What the symbol was made for that one touch would show."""
        self.key.setProperty("small", "true")
        self.key.clicked.connect(self._open)
        self.card.left.connect(self.changed)
        self.card.touched.connect(self.touched)
        self.card.wanted.connect(self._print)

    def _give(self, slips: SlipDesk, usual: str) -> None:
        """The slips; `usual` is the language of one whose traveller's nobody knows."""
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

    def _offer(self, told: Facts | None, *, busy: bool) -> None:
        """Shows the key where there is a slip to give; `busy`: something else is in front."""
        self.key.setVisible(told is not None and not busy and not self.is_open)
        if told is not None:
            reference = in_groups(reference_of(told.crossing))
            self.key.setText(f"{say(t.SLIP, self._language)}   {reference}")

    def _soon(self, told: Facts, language: str, slip: Callable[[], Slip]) -> None:
        """The symbol of the slip that one touch would open is made while nobody waits for it."""
        if (told, language) != self._ready:
            self._ready = (told, language)
            self._beforehand.begin(_symbol(slip))

    def _open(self) -> None:
        """The key was touched."""

    def _print(self, language: str) -> None:
        officer, told, slips = self._session.officer, self.card.told, self.card.slips
        if officer is not None and told is not None and slips is not None:
            self.touched.emit()
            self.card.printing(slips.print(told, language, officer.id))


def _symbol(slip: Callable[[], Slip]) -> Iterator[None]:
    yield
    modules(slip().content)
