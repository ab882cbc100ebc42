"""What a device adds beside its records counts toward its day, too: referrals, decisions, orders."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sync.hub.allowance import Allowance, add
from sync.hub.spent_uses import DayUsedUp


class DayCount:
    """The count of each device's day, moved in the caller's transaction."""

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def fits(self, session: Session, device_id: int, now: str, count: int, size: int = 0) -> bool:
        """Counts `count` rows of `size` bytes; False: they are too many, and nothing was counted."""
        return add(session.connection(), device_id, self._allowance.adds(now, count, size))

    def take(self, session: Session, device_id: int, now: str, count: int, size: int = 0) -> None:
        """The same. Raises `DayUsedUp`."""
        if not self.fits(session, device_id, now, count, size):
            raise self.used_up()

    def used_up(self) -> DayUsedUp:
        """What a device is told."""
        return DayUsedUp(self._allowance.sentence())
