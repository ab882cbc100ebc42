"""Texts, days and numbers as issued certificates write them: trimmed, tagged, whole floats, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from verification.encodings.cbor import Tagged
from verification.formats.numeric_date import instant


def text(value: Any) -> str:
    """A text without the space around it; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    return text(value.value) if isinstance(value, Tagged) else ""


def doses(value: Any) -> int | None:
    """A number of doses; whole floats are accepted, anything else is unknown."""
    if type(value) is not int and type(value) is not float:
        return None
    return int(value) if value == value // 1 and abs(value) < 1e6 else None


def day(value: Any) -> date | None:
    """The day of a date or time, None for what is neither."""
    if isinstance(value, Tagged) and (tagged := _tagged_seconds(value)) is not None:
        return tagged.date()
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """A time in UTC; without a zone it is taken for UTC, None for what is no time."""
    tagged = _tagged_seconds(value)
    if tagged is not None:
        return tagged
    try:
        found = datetime.fromisoformat(text(value))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _tagged_seconds(value: Any) -> datetime | None:
    return instant(value.value) if isinstance(value, Tagged) and value.tag == 1 else None
