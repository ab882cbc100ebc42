"""The station's key of each day: made here, delivered sealed to its lanes in advance, destroyed on day 31."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import canonical_json
from sync.day_keys import KEY_BYTES, LIFE_DAYS
from sync.hub.database import for_reading
from sync.hub.device_models import DeviceProfile, Station, StationKey
from sync.sealing import DAY_KEYS, SealPublicKey, seal

AHEAD_DAYS = 60
"""Keys are made so far ahead: a lane that hears from the hub once has them for at least 45 days."""


class StationKeys:
    """Every call is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def alive(self, station: str) -> dict[date, bytes]:
        """The keys of the last 30 days, of today and of the days ahead; those that lacked are made."""
        today = self._clock().utc.date()
        first = today - timedelta(days=LIFE_DAYS - 1)
        wanted = [first + timedelta(days=number) for number in range(LIFE_DAYS + AHEAD_DAYS)]
        with Session(self._engine) as session, session.begin():
            locked = session.scalar(select(Station.name).where(Station.name == station).with_for_update())
            if locked is None:
                return {}
            rows = session.execute(
                select(StationKey.day, StationKey.key).where(
                    StationKey.station == station, StationKey.day >= first.isoformat()
                )
            )
            keys = {date.fromisoformat(row.day): bytes(row.key) for row in rows}
            for day in wanted:
                if day not in keys:
                    keys[day] = secrets.token_bytes(KEY_BYTES)
                    session.add(StationKey(station=station, day=day.isoformat(), key=keys[day]))
        return {day: keys[day] for day in sorted(keys)}

    def sealed_for(self, device_id: int) -> bytes | None:
        """The keys of the device's station for its seal key alone; None without a station or a seal key."""
        with Session(for_reading(self._engine)) as session:
            row = session.execute(
                select(DeviceProfile.station, DeviceProfile.seal_key).where(
                    DeviceProfile.device_id == device_id
                )
            ).first()
        if row is None or row.seal_key is None:
            return None
        keys = {day.isoformat(): key.hex() for day, key in self.alive(row.station).items()}
        plain = canonical_json({"station": row.station, "keys": keys})
        return seal(SealPublicKey(row.seal_key), DAY_KEYS, plain)

    def destroy_due(self) -> int:
        """Overwrites, then removes the keys of 31 days ago and before; how many."""
        last_dead = (self._clock().utc.date() - timedelta(days=LIFE_DAYS)).isoformat()
        with Session(self._engine) as session, session.begin():
            due = session.execute(
                select(StationKey.station, StationKey.day).where(StationKey.day <= last_dead)
            ).all()
            if due:
                old = StationKey.day <= last_dead
                session.execute(update(StationKey).where(old).values(key=bytes(KEY_BYTES)))
                session.flush()
                session.execute(delete(StationKey).where(old))
        return len(due)
