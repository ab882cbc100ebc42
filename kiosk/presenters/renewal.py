"""Where a code that is out of date is made anew, for its own issuer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kiosk.lane_view import LaneView
from verification.evidence import Evidence
from verification.reasons import ReasonId, reason

RENEWABLE = (ReasonId.EXPIRED, ReasonId.TOO_OLD, ReasonId.ALREADY_USED)
"""What a new code from the same place mends."""


def renewal_address(view: LaneView, addresses: Mapping[str, str]) -> str:
    """The address for the code in front, by its scheme or else its issuer; empty: there is none to show.

    Of several codes it has to be plain which one is out of date. Nothing is shown beside a private reason.
    """
    crossing = view.crossing
    if crossing is None or not crossing.reasons or crossing.reasons[0] not in RENEWABLE:
        return ""
    if any(reason(one).private for one in crossing.reasons):
        return ""
    shown = crossing.evidence
    if len(shown) > 1:
        shown = tuple(item for item in shown if _out_of_date(item, crossing.decided_at))
    return _of(shown[0], addresses) if len(shown) == 1 else ""


def _out_of_date(item: Evidence, at: datetime | None) -> bool:
    return item.expires_at is not None and at is not None and item.expires_at <= at


def _of(item: Evidence, addresses: Mapping[str, str]) -> str:
    return addresses.get(item.scheme) or addresses.get(item.issuer, "")
