"""Wakes requests that wait for something new of a station, whichever hub process it came through.

A change made here rings at once. One made by another process is seen by a thread that looks at one small
table, however many wait; it works only while somebody does.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import IntEnum

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from sync.hub.database import for_reading
from sync.hub.device_models import SpentChange, Station
from sync.hub.referral_models import ReferralFeed

LOOK_EVERY_S = 0.15
MOST_WAITING = 2
"""One device's questions of a kind that wait at a time: the second is for a line that broke unnoticed."""


class What(IntEnum):
    """What somebody waits for."""

    CHANGE = 0
    DECISION = 1


@dataclass(eq=False, slots=True)
class Listener:
    """One request that waits."""

    station: str
    what: What
    loop: asyncio.AbstractEventLoop
    event: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False
    """A newer question of the device took its place, or the hub ends: it is answered with what there is."""

    async def wait(self, seconds: float) -> None:
        """Until something may be new, or the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self.event.wait()


class Bell:
    """Shared by all requests of a process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._listeners: set[Listener] = set()
        self._of_device: dict[tuple[int, What], list[Listener]] = {}
        self._looking = self._ended = False
        self._pause = threading.Event()

    @contextmanager
    def listening(self, station: str, what: What, device: int) -> Iterator[Listener]:
        """Begin before the first look, so that nothing falls in between.

        The device's oldest question of this kind is over when it has more than `MOST_WAITING`.
        """
        listener = Listener(station, what, asyncio.get_running_loop())
        with self._lock:
            listener.over = self._ended
            mine = self._of_device.setdefault((device, what), [])
            mine.append(listener)
            for old in mine[:-MOST_WAITING]:
                old.over = True
                _wake(old)
            self._listeners.add(listener)
            if not self._looking:
                self._looking = True
                threading.Thread(target=self._look, name="bell", daemon=True).start()
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)
                mine.remove(listener)
                if not mine and self._of_device.get((device, what)) is mine:
                    del self._of_device[device, what]

    def end(self) -> None:
        """The hub ends: who waits is answered, and nobody waits any more. From any thread."""
        with self._lock:
            self._ended = True
            for listener in self._listeners:
                listener.over = True
                _wake(listener)

    def ring(self, station: str, what: frozenset[What] = frozenset(What)) -> None:
        """Something of a station changed. From any thread."""
        with self._lock:
            woken = [one for one in self._listeners if one.station == station and one.what in what]
        for listener in woken:
            _wake(listener)

    def _ring_all(self) -> None:
        with self._lock:
            stations = {one.station for one in self._listeners}
        for station in stations:
            self.ring(station)

    def _look(self) -> None:
        seen = self._feeds()
        self._ring_all()  # what came between their first look and this one is nobody's loss
        while True:
            with self._lock:
                if not self._listeners:
                    self._looking = False
                    return
            self._pause.wait(LOOK_EVERY_S)
            now = self._feeds()
            for station, numbers in now.items():
                before = seen.get(station, (0, 0))
                changed = frozenset(what for what in What if numbers[what] != before[what])
                if changed:
                    self.ring(station, changed)
            seen = now or seen

    def _feeds(self) -> dict[str, tuple[int, int]]:
        try:
            with Session(for_reading(self._engine)) as session:
                rows = session.execute(
                    select(ReferralFeed.station, ReferralFeed.change, ReferralFeed.decided)
                ).all()
        except SQLAlchemyError:
            return {}  # whoever waits hears of it with the next question
        return {row.station: (row.change, row.decided) for row in rows}


def _wake(listener: Listener) -> None:
    with suppress(RuntimeError):  # its loop has ended, and so has the request
        listener.loop.call_soon_threadsafe(listener.event.set)


class SpentBell(Bell):
    """The same for changes of a station's spent codes."""

    def _feeds(self) -> dict[str, tuple[int, int]]:
        last = select(func.max(SpentChange.id)).where(SpentChange.station == Station.name).scalar_subquery()
        try:
            with Session(for_reading(self._engine)) as session:
                rows = session.execute(select(Station.name, last.label("last"))).all()
        except SQLAlchemyError:
            return {}
        return {row.name: (row.last or 0, 0) for row in rows}
