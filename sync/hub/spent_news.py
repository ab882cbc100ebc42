"""News of spent codes for lanes that wait: one look at the database serves everybody of a station who asks.

What a look found is written once and sent to all. Who asked is checked against the very look that answers
him, so that a device revoked in between hears nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from sync.canonical import canonical_json
from sync.hub.database import for_reading
from sync.hub.device_models import DeviceProfile, SpentChange, Station
from sync.hub.models import Device
from sync.signing import PublicKey
from sync.spent_words import MOST_CHANGES, Change

GATHER_S = 0.05
"""Looks at one station begin at least this far apart: who asks meanwhile shares the next one."""
MOST_KNOWN = 20_000
"""Kiosks whose place is remembered; one that is not is looked up."""


@dataclass(frozen=True, slots=True)
class Known:
    """A kiosk that proved who it is before. Where it stands now, the next look says."""

    station: str
    device_id: int
    key: PublicKey


@dataclass(frozen=True, slots=True)
class Written:
    """A change as it is sent."""

    number: int
    device_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """A station at one moment."""

    feed: str
    last: int
    begins: int
    """It holds every change behind this number."""
    changes: Sequence[Written]
    devices: frozenset[int]
    """Who may ask."""

    def body(self, after: int, device_id: int) -> tuple[bytes, bool]:
        """The answer for this device, as `Caller.answer` would write it; and whether it says anything new."""
        news = [one.body for one in self.changes if one.number > after and one.device_id != device_id]
        return (
            b'{"changes":[%b],"feed":"%b","last":%d,"more":false}'
            % (b",".join(news), self.feed.encode(), self.last),
            bool(news) or self.last < after,
        )


@dataclass(slots=True)
class _Next:
    """A look that has not begun."""

    after: int
    task: asyncio.Task[Look | None] = field(init=False)


class SpentNews:
    """One for a process; its looks belong to the event loop that asks for them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, Known] = {}
        self._next: dict[str, _Next] = {}
        self._began: dict[str, float] = {}
        self._last: dict[str, int] = {}

    def remember(self, kiosk: str, known: Known) -> None:
        """It signed its request and belongs to this station."""
        self._known.pop(kiosk, None)
        while len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[kiosk] = known

    def known(self, kiosk: str) -> Known | None:
        """What is remembered of a kiosk."""
        return self._known.get(kiosk)

    async def look(self, known: Known, after: int) -> Look | None:
        """A look that begins from now on and holds what came behind `after`.

        None: this device has to be looked up anew, or was away so long that it needs a look of its own.
        Raises SQLAlchemyError.
        """
        if after < self._last.get(known.station, 0) - MOST_CHANGES:
            return None
        waiting = self._next.get(known.station)
        if waiting is None or waiting.task.get_loop() is not asyncio.get_running_loop():
            waiting = _Next(after)
            waiting.task = asyncio.create_task(self._begin(known.station, waiting))
            self._next[known.station] = waiting
        waiting.after = min(waiting.after, after)
        look = await asyncio.shield(waiting.task)
        if look is None or known.device_id not in look.devices or look.begins > after:
            return None
        return look

    async def _begin(self, station: str, mine: _Next) -> Look | None:
        mono = asyncio.get_running_loop().time
        rest = self._began.get(station, float("-inf")) + GATHER_S - mono()
        if rest > 0:
            await asyncio.sleep(rest)
        self._began[station] = mono()
        if self._next.get(station) is mine:
            del self._next[station]
        look = await run_in_threadpool(self._see, station, mine.after)
        if look is not None:
            self._last[station] = look.last
        return look

    def _see(self, station: str, after: int) -> Look | None:
        with Session(for_reading(self._engine)) as session:
            feed = session.scalar(select(Station.feed).where(Station.name == station))
            if feed is None:
                return None
            devices = session.scalars(
                select(DeviceProfile.device_id)
                .join(Device, Device.id == DeviceProfile.device_id)
                .where(DeviceProfile.station == station, Device.retired_at.is_(None))
            )
            last = session.scalar(select(func.max(SpentChange.id)).where(SpentChange.station == station)) or 0
            rows = session.execute(
                select(
                    SpentChange.id,
                    SpentChange.token,
                    SpentChange.what,
                    SpentChange.at,
                    SpentChange.device_id,
                    Device.kiosk,
                )
                .join(Device, Device.id == SpentChange.device_id)
                .where(SpentChange.station == station, SpentChange.id > after, SpentChange.id <= last)
                .where(SpentChange.what != "conflict")
                .order_by(SpentChange.id.desc())
                .limit(MOST_CHANGES)
            ).all()
            begins = after if len(rows) < MOST_CHANGES else rows[-1].id
            return Look(feed, last, begins, [_written(*row) for row in reversed(rows)], frozenset(devices))


def _written(number: int, token: bytes, what: str, at: str, device_id: int, kiosk: str) -> Written:
    change = Change(number, token, what == "spent", kiosk, at)
    return Written(number, device_id, canonical_json(change.table()))
