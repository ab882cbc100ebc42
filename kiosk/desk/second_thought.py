"""What a station desk can still take back: its newest decision, for seconds. The lane has the last word."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.desk.lane_control import Action, Notice
from sync.referral import Shown


@dataclass(frozen=True, slots=True)
class Sent:
    """A decision that went to its lane."""

    lane: str
    crossing: str
    officer: str
    action: Action
    until: float
    """Monotonic seconds."""
    again: int = 0
    """How often the referral had begun anew when it was decided."""


class SecondThought:
    """`sent` and `wished` follow what the officer did, `heard` the hub's picture."""

    def __init__(self, span_s: float) -> None:
        self._span = span_s
        self._deciding: Sent | None = None
        self._last: Sent | None = None
        self._wished: Sent | None = None

    def deciding(self, one: Shown, officer: str, action: Action) -> None:
        """A decision is on its way to the hub."""
        self._deciding = Sent(one.lane, one.crossing, officer, action, 0.0, one.again)

    def answered(self, lane: str, crossing: str, now: float, *, done: bool) -> None:
        """The hub took what was sent, or did not."""
        sent, self._deciding = self._deciding, None
        if sent is not None and done and (sent.lane, sent.crossing) == (lane, crossing):
            self._last = replace(sent, until=now + self._span)

    def open(self, officer: str, now: float) -> Sent | None:
        """What this officer can take back now."""
        last = self._last
        return last if last is not None and last.officer == officer and now < last.until else None

    def wished(self, sent: Sent) -> None:
        """The officer takes it back."""
        self._last, self._wished = None, sent

    def heard(self, one: Shown | None) -> Notice | None:
        """What became of it, by the referral as the hub shows it now. None: nothing yet."""
        if self._wished is None or one is None or one.state == "decided":
            return None
        if one.state == "open" and one.again > self._wished.again:
            self._wished = None
            return Notice.UNDONE
        if one.word == Notice.TOO_LATE:
            self._wished = None
            return Notice.TOO_LATE
        return None

    @property
    def waiting(self) -> Sent | None:
        """What was asked to be taken back, while nothing was heard of it."""
        return self._wished
