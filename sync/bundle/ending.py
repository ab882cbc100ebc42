"""The end that a role may give to one of its lists, beside the end of the role itself (docs/bundle.md).

From then on the list answers nothing: lanes refer whom they would have asked it about. That is not the same
as taking it away, after which it clears nobody and holds nobody back.
"""

from __future__ import annotations

from datetime import datetime

from tuf.api.metadata import TargetFile

from sync.bundle.layout import Kind, Target
from sync.canonical import NotCanonical, utc_text, utc_time

UNTIL, _CUSTOM = "until", "custom"
_ENDS = frozenset({Kind.TRUST, Kind.STATUS, Kind.REVOCATION})


def may_end(target: Target) -> bool:
    """Whether lanes ask a list of this kind how old it is. All other files are replaced or removed."""
    return target.kind in _ENDS and not target.is_signature


def until_of(meta: TargetFile) -> datetime | None:
    """When the list is over; None: with its role. Raises `NotCanonical`."""
    custom = meta.unrecognized_fields.get(_CUSTOM)
    until = custom.get(UNTIL) if isinstance(custom, dict) else None
    if until is None:
        return None
    if not isinstance(until, str):
        raise NotCanonical("its end is no time")
    return utc_time(until)


def end_at(meta: TargetFile, at: datetime | None) -> None:
    """Gives a list its end, or takes it away."""
    custom = meta.unrecognized_fields.get(_CUSTOM)
    rest = {key: value for key, value in custom.items() if key != UNTIL} if isinstance(custom, dict) else {}
    if at is not None:
        rest[UNTIL] = utc_text(at)
    meta.unrecognized_fields[_CUSTOM] = rest
