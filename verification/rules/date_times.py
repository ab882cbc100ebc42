"""Dates and times of CertLogic (specification 1.3.3, `plusTime` and `dccDateOfBirth`).

Everything becomes a moment in UTC with milliseconds. Offsets follow ECMAScript: a day that a month does not
have runs over into the next, so 29 February and one year is 1 March.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone

from verification.rules.values import Undefined

UNITS = ("year", "month", "day", "hour")
_BIRTH = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:Z|([+-])([0-9]{1,2})(?::?([0-9]{2}))?)?"
)
_LONGEST = 64


def date_of_birth(text: str) -> datetime:
    """The last day that agrees with `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises `Undefined`."""
    found = _BIRTH.fullmatch(text)
    if found is None:
        raise Undefined("a text is no date of birth")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        month = 12 if month is None else month
        return datetime(year or 0, month, day or monthrange(year or 0, month)[1], tzinfo=UTC)
    except ValueError as error:
        raise Undefined("a text is no date of the calendar") from error


def moment(text: str) -> datetime:
    """The moment a text names: a date, also a partial one, or a date and time, in UTC where it says no zone.

    Decimals beyond milliseconds are dropped. Raises `Undefined`.
    """
    if len(text) <= 10:
        return date_of_birth(text)
    found = _MOMENT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise Undefined("a text is no date and time")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction, sign, hours, minutes = found.groups()[6:]
    milliseconds = int((fraction or "0")[:3].ljust(3, "0"))
    try:
        zone = _zone(sign, int(hours), int(minutes or 0)) if sign else UTC
        local = datetime(year, month, day, hour, minute, second, milliseconds * 1000, zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Undefined("a text is no time of the calendar") from error


def plus(begin: datetime, amount: int, unit: str) -> datetime:
    """`begin` moved by `amount` of one of `UNITS`. Raises `Undefined` beyond the years 1 to 9999."""
    try:
        if unit == "hour":
            return begin + timedelta(hours=amount)
        if unit == "day":
            return begin + timedelta(days=amount)
        months = begin.year * 12 + begin.month - 1 + amount * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return begin.replace(year=year, month=month + 1, day=1) + timedelta(days=begin.day - 1)
    except (ValueError, OverflowError) as error:
        raise Undefined("a time is moved beyond the calendar") from error


def _zone(sign: str, hours: int, minutes: int) -> timezone:
    if minutes > 59:
        raise ValueError("an hour has 60 minutes")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if sign == "-" else offset)
