"""What an officer may do with a slip: show it, print it once at a time; each print is a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from drivers.printer.port import NoPrinter, Picture, Printed, Printer
from kiosk.presenters.slip import Facts, Place, Slip, slip
from kiosk.reports.slip_roll import roll_picture
from sync.event import Event
from sync.event_types import SlipPrinted


class SlipDesk(QObject):
    """The slips of one lane. Records and `became` come from the printer's thread."""

    became = Signal(str, object)
    """Of which crossing's slip, and a `Printed`."""

    def __init__(self, place: Place, printer: Printer, dots: int, record: Callable[[Event], None]) -> None:
        super().__init__()
        self._place, self._printer, self._dots, self._record = place, printer, dots, record

    @property
    def can_print(self) -> bool:
        """Whether this lane has a printer, in order or not."""
        return not isinstance(self._printer, NoPrinter)

    def slip(self, told: Facts, language: str) -> Slip:
        """The slip of a crossing, in a language."""
        return slip(told, self._place, language)

    def print(self, told: Facts, language: str, officer: str) -> bool:
        """Prints it in the officer's name. False: the printer is at another one."""
        picture: Picture = roll_picture(self.slip(told, language), self._dots)

        def printed(what: Printed) -> None:
            self._record(SlipPrinted(told.crossing, officer, language, what))
            self.became.emit(told.crossing, what)

        return self._printer.print(picture, printed)


class StationSlips(SlipDesk):
    """The slips of a station's lanes, at the officers' desk. Where to object is the desk's own setting."""

    def of_lane(self, lane: str, *, demo: bool) -> None:
        """The next slips are this lane's."""
        self._place = self.at_lane(lane, demo=demo)

    def at_lane(self, lane: str, *, demo: bool) -> Place:
        """What stands on a slip of this lane about where it is."""
        return replace(self._place, lane=lane, demo=demo)
