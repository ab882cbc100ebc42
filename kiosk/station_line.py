"""What a lane has from its hub beside lists and receipts: keys of the day, spent codes, desks, its word."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.moment import Clock
from kiosk.crossing_io import Input, PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.program import VERSION
from kiosk.referral_line import ReferralLine
from sync.event import Event
from sync.exchange import Exchange
from sync.hub_contact import HubContact, Trouble
from sync.journal import Journal
from sync.other_lanes import OtherLanes
from sync.sealing import seal_key
from sync.spent_elsewhere import SpentElsewhere

OTHER_LANES = ("other lanes", "OL")
TROUBLES = {
    Trouble.REVOKED: ("device", "DV", True),
    Trouble.OUTDATED: ("program", "PV", False),
    Trouble.KEYS: ("station keys", "SK", False),
}
"""The part a trouble is of, its code for the telephone, and whether the lane stops for it."""


class StationLine:
    """Two parts with their threads. What goes wrong with them is named on the officer's screen."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        clock: Clock,
        exchange: Callable[[], Exchange],
        post: Callable[[Input | Event], None],
        passed: Callable[[], datetime | None] = lambda: None,
        referrals: ReferralLine | None = None,
    ) -> None:
        """`folder` is the journal's; `passed` gives a time that has surely passed, None: it is now.

        Raises OSError, sqlite3.Error and `KeyUnusable`.
        """
        self._post = post
        self.referrals = referrals
        self._elsewhere = SpentElsewhere(folder)
        self.lanes = OtherLanes(
            journal.spent_line,
            self._elsewhere,
            exchange,
            clock,
            post,
            self._other_lanes_changed,
            passed=passed,
        )
        self._contact = HubContact(
            exchange,
            clock,
            seal_key(folder),
            VERSION,
            folder / "day-keys",
            journal.adopt,
            post,
            self._changed,
        )

    def start(self) -> None:
        """Begins."""
        self._contact.start()
        if self.referrals:
            self.referrals.start()
        try:
            self.lanes.start()
        except sqlite3.Error as error:
            self._other_lanes_changed(
                f"Codes for one use can't be checked with the other lanes ({type(error).__name__}): check "
                "the disk and start again."
            )

    def stop(self) -> None:
        """Ends; before the journal is closed."""
        if self.referrals:
            self.referrals.stop()
        self.lanes.stop()
        self._contact.stop()
        self._elsewhere.close()

    def _other_lanes_changed(self, advice: str | None) -> None:
        part, code = OTHER_LANES
        self._post(PartRecovered(part) if advice is None else PartFailed(Fault(part, code, advice)))

    def _changed(self, trouble: Trouble, advice: str | None) -> None:
        part, code, stops = TROUBLES[trouble]
        if advice is None:
            self._post(PartRecovered(part))
        else:
            self._post(PartFailed(Fault(part, code, advice, stops=stops)))
