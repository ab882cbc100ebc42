"""What a code that somebody shows was known by on each of the last days, under the keys the hub holds."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.fingerprint import CODE, FINGERPRINT_BYTES
from sync.hub.database import for_reading
from sync.hub.device_models import Station
from sync.hub.lookback import DAYS
from sync.hub.station_keys import StationKeys


def fingerprints_of(signed: bytes, engine: Engine, clock: Clock) -> list[bytes]:
    """One for each station and day, the newest day first; `signed` is `Identity.signed`.

    A lane that never got the station's keys used keys of its own, which the hub does not have.
    """
    with Session(for_reading(engine)) as session:
        stations = list(session.scalars(select(Station.name).order_by(Station.name)))
    today = clock().utc.date()
    found = [
        (day, hmac.digest(key, CODE + signed, "sha256")[:FINGERPRINT_BYTES])
        for station in stations
        for day, key in StationKeys(engine, clock).alive(station).items()
        if today - timedelta(days=DAYS) <= day <= today
    ]
    return [print_ for _, print_ in sorted(found, key=lambda one: one[0], reverse=True)]
