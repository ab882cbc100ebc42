"""Times as the commands take them: ISO 8601, read as UTC where no zone is said."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime


def iso_time(text: str) -> datetime:
    """An argument as aware UTC. Raises `argparse.ArgumentTypeError` with one line."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no ISO time, for example 2022-06-01T12:00:00Z"
        ) from error


def iso_time_with_zone(text: str) -> datetime:
    """The same, but a time without its zone is refused: who writes a roster thinks in local time."""
    moment = iso_time(text)
    if datetime.fromisoformat(text).tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no zone; write 2027-01-31T00:00:00+08:00")
    return moment
