"""Makes of the lane's newest view what its hub is told: state, faults, list ages, what is unsent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from config.moment import Clock
from kiosk.lane_view import LaneView, ListView
from kiosk.program import VERSION
from sync.lane_report import ChoiceSaid, DutySaid, FaultSaid, LaneReport, ListSaid, time_said
from sync.uplink import Uplink
from verification.entered import MOST_ISSUERS, Choice

MOST_FAULTS, MOST_LISTS = 32, 64
MOST_KINDS, LONGEST_ISSUER = 16, 16


class LaneReporting:
    """Remembers the newest view; `report` is asked by the reporter's thread."""

    def __init__(
        self, clock: Clock, uplink: Uplink, choices: Callable[[], tuple[Choice, ...]] = lambda: ()
    ) -> None:
        """`choices`: what can be entered of a paper document here."""
        self._clock, self._choices = clock, choices
        self._uplink = uplink
        self._view: LaneView | None = None

    def show_view(self, view: LaneView) -> bool:
        """The lane published a view. Returns at once: whether officers' orders changed it."""
        before, self._view = self._view, view
        return before is not None and before.duty != view.duty

    def report(self) -> LaneReport | None:
        """What to say now; None before the first view."""
        view, now = self._view, self._clock().utc
        if view is None:
            return None
        line = self._uplink.status()
        oldest = line.oldest_unsent_s
        return LaneReport(
            at=time_said(now) or "",
            phase=view.phase.value,
            demo=view.demo,
            version=VERSION[:32],
            faults=tuple(
                FaultSaid(part=fault.part[:32], code=fault.code[:8], stops=fault.stops)
                for fault in view.faults[:MOST_FAULTS]
            ),
            lists=tuple(map(_said, view.lists[:MOST_LISTS])),
            unsent=line.unsent,
            oldest_unsent_at=None if oldest is None else time_said(now - timedelta(seconds=oldest)),
            duty=DutySaid(
                direction=view.duty.direction,
                turns_to=view.duty.turns_to,
                turned=view.duty.turned,
                shut=view.duty.shut,  # type: ignore[arg-type]
                muted=view.duty.muted,
                alarm=view.duty.alarm,
            ),
            entries=tuple(map(_enterable, self._choices()[:MOST_KINDS])),
        )


def _enterable(one: Choice) -> ChoiceSaid:
    issuers = tuple(issuer for issuer in one.issuers if len(issuer) <= LONGEST_ISSUER)
    return ChoiceSaid(kind=one.kind.value, issuers=issuers[:MOST_ISSUERS])


def _said(one: ListView) -> ListSaid:
    return ListSaid(
        kind=one.kind[:32],
        name=one.name[:120],
        freshness=one.freshness.value,
        signed_at=time_said(one.signed_at),
    )
