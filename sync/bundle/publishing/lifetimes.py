"""How long what is signed counts, and how long what was replaced stays to be fetched."""

from __future__ import annotations

from datetime import datetime, timedelta

DAYS = {"root": 365, "targets": 90, "snapshot": 30, "timestamp": 7}
"""From its signing on. A jurisdiction's lists last as long as `targets`."""
KEEP = timedelta(days=7)
"""A replaced file stays this long: a timestamp's whole life, so that whoever has one can still follow it."""
RENEW_TIMESTAMP = timedelta(hours=12)
"""A running hub signs a new timestamp when the last is this old."""


def days_of(role: str) -> int:
    """The days that a role's metadata last."""
    return DAYS.get(role, DAYS["targets"])


def end_of(role: str, at: datetime, days: int | None = None) -> datetime:
    """When what is signed at `at` is over."""
    return (at + timedelta(days=days_of(role) if days is None else days)).replace(microsecond=0)


def is_due(role: str, expires: datetime, at: datetime) -> bool:
    """Whether less than a third of the usual life is left: time to sign anew."""
    return expires - at < timedelta(days=days_of(role)) / 3
