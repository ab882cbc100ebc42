"""The clock as a part of the lane: watched, confirmed by the hub, asked before all judging and erasing."""

from __future__ import annotations

from datetime import datetime

from kiosk.clock_watch import ClockWatch, Tell
from sync.clock.hub_time import HubTime, ask_hub
from sync.clock.trusted import TrustedClock
from sync.exchange import Exchange


class LaneClock:
    """What the machinery does with a trusted clock. Without one (a demonstration) the time is believed."""

    def __init__(self, trusted: TrustedClock | None, exchange: Exchange | None, every_s: float) -> None:
        """`exchange` is for this clock alone; None: there is no hub. `every_s`: how often it is asked."""
        self._trusted, self._every_s = trusted, every_s
        self._watch = ClockWatch(trusted, has_hub=exchange is not None) if trusted else None
        self._hub_time = self._asking(exchange) if exchange is not None else None

    def look_again(self, tell: Tell) -> None:
        """Tells what is new; first before the lane takes a traveller, then every few seconds."""
        if self._watch:
            self._watch.look_again(tell)

    def start(self) -> None:
        """Begins to ask the hub."""
        if self._hub_time:
            self._hub_time.start()

    def join(self, exchange: Exchange) -> None:
        """The lane has a hub from now on: begins to ask it."""
        if self._watch:
            self._watch.expect_hub()
        self._hub_time = self._asking(exchange)
        self.start()

    def _asking(self, exchange: Exchange) -> HubTime | None:
        trusted = self._trusted
        return HubTime(lambda: ask_hub(exchange, trusted), self._every_s) if trusted else None

    def stop(self) -> None:
        """Ends within a second; what is known is on the disk then, where the disk takes it."""
        if self._hub_time:
            self._hub_time.stop()
        if self._trusted:
            self._trusted.save()

    def believed(self) -> bool:
        """Whether the lane may go by the time."""
        return self._trusted is None or self._trusted.works

    def passed(self) -> datetime | None:
        """A time that has surely passed, for whatever is erased by its age; None: it is now."""
        return self._trusted.surely() if self._trusted else None
