"""What the journal knows a code by: a keyed hash, under a key that changes daily and dies on day 31."""

from __future__ import annotations

import hmac
from datetime import date, datetime, timedelta

from sync.day_keys import DayKeys

CODE = b"checkpoint-kiosk/code/v1\n"
USE = b"checkpoint-kiosk/use/v1\n"
FINGERPRINT_BYTES = 16


class Fingerprints:
    """Keyed hashes of what a code is (`Identity.signed`) and of one use of it (`Identity.use`)."""

    def __init__(self, keys: DayKeys) -> None:
        self._keys = keys

    def of(self, signed: bytes, at: datetime) -> str:
        """The fingerprint of a code on this day, 32 hexadecimal digits."""
        return _keyed(self._keys.of(at.date()), CODE + signed)[:FINGERPRINT_BYTES].hex()

    def over_all_days(self, signed: bytes) -> dict[date, str]:
        """What this code would have been known by on every day whose key still lives."""
        message = CODE + signed
        return {d: _keyed(k, message)[:FINGERPRINT_BYTES].hex() for d, k in self._keys.alive().items()}

    def use_token(self, use: bytes, day: date) -> bytes:
        """What a use on this day is remembered by, 32 bytes. Raises OSError for a new day's key."""
        return _keyed(self._keys.kept(day), USE + use)

    def use_tokens(self, use: bytes) -> list[bytes]:
        """What this use would be remembered by, for every day whose key still lives."""
        message = USE + use
        return [_keyed(key, message) for key in self._keys.alive().values()]

    def shared_tokens(self, use: bytes, day: date | None = None) -> tuple[bytes, ...]:
        """What every lane of the station knows this use by: under the key of `day` first.

        Then under those of the days before it and of the day after, for a lane whose midnight was a moment
        ago. Empty where the station's key of `day` is not here. Without a day: under every key, in any order.
        """
        message, keys = USE + use, self._keys.of_station()
        if day is None:
            return tuple(_keyed(key, message) for key in keys.values())
        if day not in keys:
            return ()
        near = [other for other in keys if other != day and other <= day + timedelta(days=1)]
        return tuple(_keyed(keys[one], message) for one in (day, *sorted(near, reverse=True)))


def _keyed(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
