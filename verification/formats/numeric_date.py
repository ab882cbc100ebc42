"""NumericDate (RFC 8392 §2): the seconds in a signed claim, believed only when they are a time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from verification.assessment import Validity

_LATEST = 253402300800.0
"""The end of the year 9999. Milliseconds written for seconds are beyond it, from January 1978 on."""
FOREVER = datetime.max.replace(tzinfo=UTC)
"""The end of a window that its format allows to stay open."""


def instant(value: Any) -> datetime | None:
    """The time that a claim names; None for anything that is not a number of seconds since 1970.

    Not a time: absent, a truth value, not finite, before 1970 or after the year 9999.
    """
    if type(value) is not int and type(value) is not float:
        return None
    return datetime.fromtimestamp(value, UTC) if 0 <= value < _LATEST else None


_VALID = Validity.VALID


class Window(NamedTuple):
    """When a credential holds. None: the claim is missing or is no time, so nothing can be said."""

    begins: datetime | None
    ends: datetime | None

    def validity(self, at: datetime) -> Validity:
        """Valid from `begins` to `ends`, both included; what is certain goes before what is unknown."""
        if self.ends is not None and at > self.ends:
            return Validity.EXPIRED
        if self.begins is not None and at < self.begins:
            return Validity.NOT_YET_VALID
        if self.ends is None or self.begins is None:
            return Validity.UNKNOWN
        return _VALID
